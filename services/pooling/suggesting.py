"""From who waits to what is suggested: laid out as a problem, solved, and told with its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from domain.course_offers.course_type import CourseType
from domain.course_offers.offer import Offered
from domain.language_needs.need import LearnerGroup
from domain.pooling.demands import Waiting, problem_of, steps_of
from domain.pooling.explaining import Seat, reasons_for
from domain.pooling.left_over import left_over
from domain.pooling.matching import Reason, Wish, fit
from domain.pooling.meeting import common_weekdays
from domain.pooling.plan import PlannedCourse
from domain.pooling.problem import ONLINE, Demand, Problem, most_in, pool_id, seats_id
from domain.pooling.times import class_of
from services.catalogues.course_types import course_types
from services.catalogues.places import distances
from services.pooling.solver import solve
from services.pooling.suggestion import Course, Member, Question, Suggestion, Unserved


def suggest(question: Question) -> Suggestion:
    """The best distribution found in the time, with each reason. Raises Unsound."""
    types = course_types().types
    problem = problem_of(
        question.waiting, question.offers, types.values(), distances(), question.day
    )
    solution = solve(problem, question.seconds)
    teller = _Teller(question, problem, types)
    seated: dict[UUID, list[int]] = {}
    for seating in solution.plan.seatings:
        seated.setdefault(seating.offer, []).append(seating.demand)
    return Suggestion(
        proof=solution.proof,
        gap_permyriad=solution.gap_permyriad,
        waiting=sum(demand.learners for demand in problem.demands),
        courses=(
            *(teller.course(course) for course in solution.plan.courses),
            *(teller.seats(offer, indexes) for offer, indexes in seated.items()),
        ),
        unserved=tuple(
            Unserved(
                report=problem.demands[left.demand].report,
                group=problem.demands[left.demand].group,
                learners=problem.demands[left.demand].learners,
                because=left.because,
                together=left.learners,
                needed=left.needed,
            )
            for left in left_over(problem, solution.plan)
        ),
    )


class _Teller:
    """Tells a distribution in the words of reports and offers."""

    def __init__(
        self, question: Question, problem: Problem, types: Mapping[str, CourseType]
    ) -> None:
        self._problem = problem
        self._types = types
        self._day = question.day
        self._waiting: dict[UUID, Waiting] = {each.report: each for each in question.waiting}
        self._offers: dict[UUID, Offered] = {each.record.offer: each for each in question.offers}
        self._shapes = {shape.key: shape for shape in problem.shapes}

    def course(self, course: PlannedCourse) -> Course:
        """A course that is not held yet."""
        setting, shape = course.setting, self._shapes[course.setting.shape]
        demands = [self._problem.demands[index] for index in course.members]
        course_type, present, target = steps_of(setting.shape)

        def reasons(demand: Demand) -> Sequence[Reason]:
            seat = Seat(
                need=self._waiting[demand.report].need,
                group=self._group(demand),
                setting=setting,
                km=demand.reach[setting.place],
            )
            return reasons_for(seat, self._types[course_type])

        is_online = setting.place == ONLINE
        return Course(
            pool=pool_id(setting, (demand.report for demand in demands)),
            offer=None,
            course_type=course_type,
            present=present,
            level=target,
            municipality="" if is_online else setting.place,
            is_online=is_online,
            time=setting.time,
            weekdays=common_weekdays(setting.time, demands),
            starts_on=setting.start,
            minimum=shape.smallest,
            maximum=most_in(shape, setting),
            room=next((demand.report for demand in demands if demand.in_house), None),
            members=_members(
                (demand, None if is_online else demand.reach[setting.place], reasons(demand))
                for demand in demands
            ),
        )

    def seats(self, offer: UUID, indexes: Sequence[int]) -> Course:
        """The free seats of an offer."""
        found = self._offers[offer]
        details = found.record.details
        demands = [self._problem.demands[index] for index in indexes]
        first = self._group(demands[0])

        def reasons(demand: Demand) -> Sequence[Reason]:
            wish = Wish(
                need=self._waiting[demand.report].need,
                group=self._group(demand),
                today=self._day,
                km=self._km(demand, details.municipality),
            )
            return fit(wish, found, self._types[details.course_type]).reasons

        return Course(
            pool=seats_id(offer, (demand.report for demand in demands)),
            offer=offer,
            course_type=details.course_type,
            present=details.from_level or first.present,
            level=details.to_level or first.wanted,
            municipality=details.municipality,
            is_online=details.form == ONLINE,
            time=class_of(details.weekdays, details.begins),
            weekdays=details.weekdays,
            starts_on=details.starts_on,
            minimum=1,
            maximum=details.free or 0,
            room=None,
            members=_members(
                (demand, self._km(demand, details.municipality), reasons(demand))
                for demand in demands
            ),
        )

    def _group(self, demand: Demand) -> LearnerGroup:
        return self._waiting[demand.report].need.groups[demand.group]

    def _km(self, demand: Demand, municipality: str) -> int | None:
        return distances().get(demand.home, {}).get(municipality)


def _members(seats: Iterable[tuple[Demand, int | None, Sequence[Reason]]]) -> tuple[Member, ...]:
    """One for each report, in order, with the reasons of all its groups, each once."""
    members: dict[UUID, Member] = {}
    for demand, km, reasons in seats:
        known = members.get(demand.report)
        groups = known.groups if known else ()
        told = known.reasons if known else ()
        members[demand.report] = Member(
            report=demand.report,
            groups=tuple(sorted({*groups, demand.group})),
            learners=demand.learners + (known.learners if known else 0),
            km=km,
            is_urgent=demand.is_urgent,
            reasons=(*told, *(reason for reason in reasons if reason not in told)),
        )
    return tuple(members.values())
