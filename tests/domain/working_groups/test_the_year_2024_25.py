"""What the county reports of 2024/25: a need review, two resolutions, two groups, an agreement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from domain.assessments.commands import round_id
from domain.assessments.wording import year_of
from domain.directory.organisation import Organisation
from domain.kernel import stream_id
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.mandate import GroupMandate, Mandate, ReviewMandate
from domain.steering.minutes import Decided
from domain.steering.need_review import Closed, NeedReview, Unknown
from domain.steering.need_review_commands import (
    CloseNeedReview,
    NeedReviewCommand,
    NoteResolution,
    OpenReviewByResolution,
    PutProposalForward,
    RecordEvidence,
    WriteProposal,
)
from domain.steering.need_review_context import NeedReviewContext
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import NeedOutcome
from domain.steering.resolution import Existing, Fulfilled
from domain.steering.resolution import Unknown as NoResolution
from domain.steering.resolution_commands import FulfilMandate, PassResolution
from domain.steering.resolution_context import ResolutionContext, Voted
from domain.steering.resolution_decide import RESOLUTION
from domain.working_groups.commands import (
    EstablishGroup,
    LinkConsequence,
    MakeAgreement,
    RecordMeeting,
    WorkingGroupCommand,
)
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import ConsequenceKind, Part
from domain.working_groups.group import Existing as ExistingGroup
from domain.working_groups.group import Unknown as NoGroup
from domain.working_groups.meeting import Held
from tests.domain.county import ADA, NRW, berlin
from tests.domain.steering.resolution_example import VOTED

KIM, BAMF, AGENCY, JOBCENTER = "kim-koordinierung", "bamf", "agentur", "jobcenter"
IHK, HWK, OFFICE, COLLEGE = "ihk", "hwk", "auslaenderbehoerde-kreis", "berufskolleg"
KEYS = (KIM, BAMF, AGENCY, JOBCENTER, IHK, HWK, OFFICE, COLLEGE)
ORGANISATIONS = {key: Organisation(key=key, name=key) for key in KEYS}

IN_MAY = stream_id("session", "lenkungsgruppe/2024-05")
IN_NOVEMBER = stream_id("session", "lenkungsgruppe/2024-11")
RESOLVED_AT = berlin(2024, 11, 26, 16)
ROUND = round_id("2025/26", "sprachstand")

LANGUAGE = GroupMandate(
    title="Fachsprachliche Förderung im Rahmen von Ausbildungen",
    purpose="Auszubildende absolvieren den theoretischen Teil erfolgreich.",
    members=(COLLEGE, IHK, HWK),
    guests=(AGENCY, BAMF, OFFICE),
)
FORM = GroupMandate(
    title="Meldeformular für Unternehmen zu Deutschförderbedarfen",
    purpose="Unternehmen finden passende Deutschförderangebote.",
    members=(IHK, HWK, JOBCENTER, AGENCY, BAMF),
)


def item(number: int) -> AgendaItem:
    return AgendaItem(
        item=stream_id("item", f"2024-11/{number}"),
        kind=ItemKind.PROPOSAL,
        title=f"Lösungsvorschlag {number}",
        alternatives=(Alternative(key="group", text="Die Arbeitsgruppe wird eingerichtet."),),
    )


def resolve(session: Any, number: int, at: datetime, mandate: Mandate, due: date) -> Existing:
    vote = msgspec.structs.replace(
        VOTED.vote, number=number, item=item(number).item, at=at, edition=1
    )
    voted = Voted(body="lenkungsgruppe", item=item(number), vote=vote, decided=Decided.ADOPTED)
    context = ResolutionContext(
        by=ADA, at=at, calendar=NRW, voted=voted, organisations=ORGANISATIONS
    )
    asked = PassResolution(session=session, number=number, mandate=mandate, owner=KIM, due=due)
    state = RESOLUTION.replay(RESOLUTION.decide(asked, NoResolution(), context))
    assert not isinstance(state, NoResolution)
    return state


def review_with(
    steps: Sequence[tuple[NeedReviewCommand, datetime, Mapping[str, Any]]],
) -> NeedReview:
    state: NeedReview = Unknown()
    for command, at, facts in steps:
        context = NeedReviewContext(by=ADA, at=at, calendar=NRW, **facts)
        for event in NEED_REVIEW.decide(command, state, context):
            state = NEED_REVIEW.evolve(state, event)
    return state


def group_of(resolution: Existing, *commands: WorkingGroupCommand, at: datetime) -> ExistingGroup:
    context = WorkingGroupContext(
        by=ADA,
        at=at,
        calendar=NRW,
        resolution=resolution,
        organisations=ORGANISATIONS,
        consequences=frozenset({ROUND}),
    )
    establish = EstablishGroup(resolution=resolution.passed.resolution)
    events = list(WORKING_GROUP.decide(establish, NoGroup(), context))
    for command in commands:
        events += WORKING_GROUP.decide(command, WORKING_GROUP.replay(events), context)
    state = WORKING_GROUP.replay(events)
    assert not isinstance(state, NoGroup)
    return state


@pytest.fixture
def resolutions() -> tuple[Existing, Existing]:
    """Of 26 November 2024."""
    due = date(2025, 1, 31)
    return (
        resolve(IN_NOVEMBER, 1, RESOLVED_AT, LANGUAGE, due),
        resolve(IN_NOVEMBER, 2, RESOLVED_AT, FORM, due),
    )


def test_it_was_examined_whether_a_county_wide_group_is_needed(
    resolutions: tuple[Existing, Existing],
) -> None:
    mandate = ReviewMandate(question="Braucht es eine AG?", fields=("work", "language"))
    asked = resolve(IN_MAY, 1, berlin(2024, 5, 14, 16), mandate, date(2024, 11, 30))
    opening = OpenReviewByResolution(resolution=asked.passed.resolution)
    review, now = opening.subject, berlin(2024, 11, 4, 10)
    meetings = [
        RecordEvidence(
            review=review,
            meeting=number,
            held_on=day,
            fields=("work", "language"),
            attended=(AGENCY, BAMF),
            evidence=(),
        )
        for number, day in enumerate((date(2024, 9, 18), date(2024, 10, 16)), 1)
    ]
    proposals = [
        WriteProposal(
            review=review,
            proposal=number,
            title=one.title,
            reasons="",
            alternatives=one.alternatives,
            based_on=0,
        )
        for number, one in ((1, item(1)), (2, item(2)))
    ]
    state = review_with(
        [
            (opening, now, {"resolution": asked}),
            *((meeting, now, {}) for meeting in meetings),
            *((proposal, now, {}) for proposal in proposals),
            *(
                (
                    PutProposalForward(
                        review=review, proposal=n, session=IN_NOVEMBER, item=item(n).item
                    ),
                    now,
                    {"item": item(n)},
                )
                for n in (1, 2)
            ),
            *(
                (
                    NoteResolution(review=review, proposal=n, resolution=one.passed.resolution),
                    RESOLVED_AT,
                    {"resolution": one},
                )
                for n, one in enumerate(resolutions, 1)
            ),
            (CloseNeedReview(review=review), RESOLVED_AT, {}),
        ]
    )
    assert isinstance(state, Closed)
    assert state.outcome is NeedOutcome.GROUP_NEEDED
    assert state.resolutions == tuple(one.passed.resolution for one in resolutions)
    assert state.examined.meetings_held == 2


def test_two_groups_were_established_met_and_agreed(
    resolutions: tuple[Existing, Existing],
) -> None:
    summer = berlin(2025, 7, 11, 12)
    first, second = resolutions
    group = EstablishGroup(resolution=first.passed.resolution).subject
    days = (berlin(2025, 1, 21, 10), berlin(2025, 3, 25, 10), berlin(2025, 6, 17, 10))
    meetings = [
        RecordMeeting(group=group, meeting=n, held_at=held_at, attended=(COLLEGE, IHK, AGENCY))
        for n, held_at in enumerate(days, 1)
    ]
    agreement = MakeAgreement(
        group=group,
        agreement=1,
        meeting=3,
        text="Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen.",
        owner=COLLEGE,
        due=date(2025, 9, 30),
    )
    link = LinkConsequence(
        group=group, agreement=1, kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND
    )
    language = group_of(first, *meetings, agreement, link, at=summer).record
    parts = {one.organisation: one.part for one in language.memberships}
    assert parts == {
        **dict.fromkeys((COLLEGE, IHK, HWK), Part.MEMBER),
        **dict.fromkeys((AGENCY, BAMF, OFFICE), Part.GUEST),
    }
    held = [one.held_at for one in language.meetings.values() if isinstance(one, Held)]
    assert [year_of(moment.date()) for moment in held] == [2024, 2024, 2024]
    assert list(language.agreements[1].agreed.consequences) == [ROUND]

    other = EstablishGroup(resolution=second.passed.resolution).subject
    once = RecordMeeting(
        group=other, meeting=1, held_at=berlin(2025, 5, 20, 10), attended=(IHK, JOBCENTER)
    )
    form = group_of(second, once, at=summer)
    assert len(form.record.meetings) == 1

    done = RESOLUTION.decide(
        FulfilMandate(resolution=second.passed.resolution),
        second,
        ResolutionContext(by=ADA, at=summer, calendar=NRW, group=form),
    )
    state = second
    for event in done:
        state = RESOLUTION.evolve(state, event)
    assert isinstance(state, Fulfilled)
    assert state.result == other
