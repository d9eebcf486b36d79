"""What the report tells of work: evidence, need reviews, working groups, and the concepts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.goals.counting import Occurrence
from domain.steering.need_review import Closed, EvidenceMeeting
from domain.steering.need_review import Unknown as NoReview
from domain.working_groups.events import Part
from domain.working_groups.group import Record
from domain.working_groups.group import Unknown as NoGroup
from services.goals.kinds import Kind
from services.report.marks import bound
from services.report.material import Counted, Material
from services.report.report import Figure, Statement, statement, with_figure
from services.report.wording import collective, day, in_words, listed, months, quoted, times, titles
from services.texts import word


async def of_evidence(material: Material, counted: Counted) -> Sequence[Statement]:
    """When people of which fields came together, and what was found out."""
    meetings = [await _evidence(material, one) for one in counted.happened]
    held = [meeting for meeting in meetings if meeting is not None]
    figure = _figure("evidence-meetings", counted)
    if not held:
        said = material.sentences.none(figure.name, "no-evidence")
        return [statement(counted.key, said, figure)]
    fields = dict.fromkeys(field for meeting in held for field in meeting.fields)
    named = [material.fields[key].de if key in material.fields else key for key in fields]
    text = material.sentences.say(
        "evidence",
        months=months(meeting.held_on for meeting in held),
        n=figure.value,
        number=bound(
            "evidence-meetings:number", in_words(figure.value) if figure.value != 1 else "ein"
        ),
        fields=titles(named),
        summary=" ".join(dict.fromkeys(meeting.summary for meeting in held if meeting.summary)),
    )
    return [statement(counted.key, text, figure)]


async def of_reviews(material: Material, counted: Counted) -> Sequence[Statement]:
    """What was examined, and what came of it."""
    figure = _figure("need-reviews", counted)
    told: list[Statement] = []
    for number, one in enumerate(counted.happened, 1):
        review = await material.review(UUID(one.about))
        if isinstance(review, Closed):
            text = material.sentences.say(
                "review",
                question=quoted(review.examined.question),
                outcome=bound("need-reviews:outcome", word(review.outcome, "de")),
                summary=review.summary,
            )
            figures = (figure,) if number == 1 else ()
            key = f"{counted.key}/{number}"
            told.append(statement(key, text, *figures, behind=(one.position,)))
    nothing = material.sentences.none(figure.name, "no-review")
    return told or [statement(counted.key, nothing, figure)]


async def of_groups(material: Material, counted: Counted) -> Sequence[Statement]:
    """Which groups were established when, what for, and who is in them."""
    figure = _figure("groups", counted)
    if not counted.happened:
        return [statement(counted.key, material.sentences.none("groups"), figure)]
    by_day: defaultdict[date, list[Occurrence]] = defaultdict(list)
    for one in counted.happened:
        if one.on is not None:
            by_day[one.on].append(one)
    told: list[Statement] = []
    for on, established in by_day.items():
        found = [(one, await _group(material, UUID(one.about))) for one in established]
        records = [(one, record) for one, record in found if record is not None]
        text = material.sentences.say(
            "groups",
            body=material.body(records[0][1].body if records else ""),
            on=day(on),
            n=len(established),
            number=bound(
                "groups:number", in_words(len(established)) if len(established) != 1 else "einer"
            ),
        )
        of_day = Figure(
            name="groups",
            value=len(established),
            positions=tuple(one.position for one in established),
        )
        told.append(statement(f"{counted.key}/{on.isoformat()}", text, of_day))
        for one, record in records:
            told.append(await _founded(counted.key, material, one, record, on))
    return told


async def of_work(material: Material, meetings: Counted) -> Sequence[Statement]:
    """What each group did, without a number for all of them."""
    return await _work_of_groups(material, meetings, material.all_of(Kind.AGREEMENT))


async def _work_of_groups(
    material: Material, meetings: Counted, agreements: Counted
) -> Sequence[Statement]:
    """How often each group met in the year, and what was agreed in it."""
    met: defaultdict[str, list[int]] = defaultdict(list)
    agreed: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in meetings.happened:
        met[one.about.partition("/")[0]].append(one.position)
    for one in agreements.happened:
        group, _, number = one.about.partition("/")
        agreed[group].append((one.position, int(number)))
    told: list[Statement] = []
    for group in dict.fromkeys((*met, *agreed)):
        record = await _group(material, UUID(group))
        if record is None:
            continue
        texts = [record.agreements[number].agreed.text for _, number in agreed[group]]
        text = material.sentences.say(
            "group-work",
            title=quoted(record.title),
            times=bound("meetings:times", times(len(met[group]))),
            agreements=" ".join(texts),
        )
        told.append(
            statement(
                f"{meetings.key}/{group}",
                text if texts else f"{text}.",
                Figure(name="meetings", value=len(met[group]), positions=tuple(met[group])),
                Figure(
                    name="agreements",
                    value=len(texts),
                    positions=tuple(position for position, _ in agreed[group]),
                ),
            )
        )
    return told


async def of_meetings(material: Material, counted: Counted) -> Sequence[Statement]:
    """Of the groups, if their meetings are what counts."""
    told = await of_work(material, counted)
    return _with_total(counted, "meetings", told, material)


async def of_agreements(material: Material, counted: Counted) -> Sequence[Statement]:
    """Likewise their agreements."""
    told = await _work_of_groups(material, material.all_of(Kind.MEETING), counted)
    return _with_total(counted, "agreements", told, material)


async def of_framework(material: Material, counted: Counted) -> Sequence[Statement]:
    """The county's template for the concepts."""
    figure = _figure("framework", counted)
    if not counted.happened:
        return [statement(counted.key, material.sentences.none("framework"), figure)]
    told: list[Statement] = []
    for one in counted.happened:
        edition = await material.framework(one.about)
        text = material.sentences.say("framework", title=quoted(edition.title), edition=one.about)
        told.append(
            statement(
                f"{counted.key}/{one.about}",
                text,
                Figure(name="framework", value=1, positions=(one.position,)),
            )
        )
    return told


async def of_concepts(material: Material, counted: Counted) -> Sequence[Statement]:
    """In how many of the municipalities a concept was adopted, and what is outstanding."""
    figure = _figure("concepts", counted)
    say, names = material.sentences.say, [material.municipality(o.about) for o in counted.happened]
    if counted.required is None:
        if not names:
            return [statement(counted.key, material.sentences.none("concepts"), figure)]
        number = in_words(figure.value) if figure.value != 1 else "ein"
        said = bound("concepts:number", number.capitalize())
        text = say("concepts-count", n=figure.value, number=said, names=listed(names))
        return [statement(counted.key, text, figure)]
    text = say(
        "concepts",
        actual=bound("concepts", str(figure.value)),
        required=bound("concepts:required", str(counted.required)),
        names=listed(names),
    )
    told = [statement(counted.key, text, figure)]
    if figure.value < counted.required:
        told.append(statement(f"{counted.key}/outstanding", say("concepts-outstanding"), figure))
    return told


def _with_total(
    counted: Counted,
    name: str,
    told: Sequence[Statement],
    material: Material,
) -> Sequence[Statement]:
    figure = _figure(name, counted)
    if not told:
        return [statement(counted.key, material.sentences.none(name), figure)]
    first, *others = told
    return [with_figure(first, figure), *others]


async def _founded(
    key: str, material: Material, one: Occurrence, record: Record, on: date
) -> Statement:
    """What the group is for, and who is in it from its first day on."""
    of_part = {
        part: [m.organisation for m in record.memberships if m.part is part and m.holds_on(on)]
        for part in Part
    }
    members = await _called(material, of_part[Part.MEMBER])
    guests = await _called(material, of_part[Part.GUEST])
    text = material.sentences.say(
        "group",
        title=quoted(record.title),
        purpose=record.purpose,
        n=len(of_part[Part.MEMBER]),
        members=bound("members:list", listed(members)),
        guests=bound("guests:list", listed(guests)),
    )
    return statement(
        f"{key}/{record.group}",
        text,
        Figure(name="members", value=len(of_part[Part.MEMBER]), positions=(one.position,)),
        Figure(name="guests", value=len(of_part[Part.GUEST]), positions=(one.position,)),
    )


async def _called(material: Material, keys: Sequence[str]) -> list[str]:
    """The organisations; several colleges or chambers are called together."""
    organisations = await material.organisations(keys)
    kinds = [one.kind for one in organisations]
    called = (
        collective()[str(one.kind)]
        if one.kind and str(one.kind) in collective() and kinds.count(one.kind) > 1
        else one.name
        for one in organisations
    )
    return [*dict.fromkeys(called)]


async def _evidence(material: Material, one: Occurrence) -> EvidenceMeeting | None:
    review, _, number = one.about.partition("/")
    state = await material.review(UUID(review))
    return None if isinstance(state, NoReview) else state.examined.meetings.get(int(number))


async def _group(material: Material, group: UUID) -> Record | None:
    state = await material.group(group)
    return None if isinstance(state, NoGroup) else state.record


def _figure(name: str, counted: Counted) -> Figure:
    return Figure(
        name=name,
        value=len(counted.happened),
        required=counted.required,
        positions=counted.positions,
    )
