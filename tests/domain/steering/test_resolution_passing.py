from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest

from domain.concepts.errors import UnknownConcept
from domain.directory.errors import UnknownOrganisation
from domain.steering.follow_up_errors import DueInThePast
from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    Mandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
    kind_of,
)
from domain.steering.minutes import Decided
from domain.steering.resolution import Open, Settled, stage_of
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.steering.resolution_errors import (
    AlreadyPassed,
    DueMissing,
    MandateIncomplete,
    NamedTwice,
    NoLongerInForce,
    NotAdopted,
    NothingToDo,
    NotRevokedBy,
    OnlyRecommended,
    OtherBody,
    OwnerMissing,
    UnknownResolution,
    UnknownVote,
    VoteWasAnnulled,
)
from domain.steering.resolution_events import MandateHandedOver, ResolutionAnnulled
from domain.working_groups.errors import GroupDissolved, UnknownGroup
from tests.domain.concepts.example import CONCEPT_ID, agreed
from tests.domain.concepts.example import after as concept_after
from tests.domain.county import CARITAS, CHAMBER, STRANGERS, berlin
from tests.domain.steering.resolution_example import (
    COMMISSIONED,
    DECIDED_AT,
    DUE,
    EARLIER_SESSION,
    GROUP_MANDATE,
    NOTED,
    RESOLUTION_ID,
    SESSION,
    VOTED,
    after,
    passed,
    resolution,
    to_pass,
)
from tests.domain.working_groups.example import DISSOLVED, ESTABLISHED, GROUP_ID
from tests.domain.working_groups.example import after as group_after

REVOCATION = RevocationMandate(resolution=resolution_id(EARLIER_SESSION, 1))
DISSOLUTION = DissolutionMandate(group=GROUP_ID)
EARLIER = msgspec.structs.replace(
    passed(Commission(), session=EARLIER_SESSION), decided_at=berlin(2025, 11, 20, 16)
)


def decided(outcome: Decided, *, counted: int = 4) -> Mapping[str, Any]:
    vote = msgspec.structs.replace(VOTED.vote, counted=counted)
    return {"voted": msgspec.structs.replace(VOTED, decided=outcome, vote=vote)}


def test_a_resolution_says_what_was_voted_on_how_and_under_which_rules() -> None:
    resolution.when(to_pass(GROUP_MANDATE)).then(passed(GROUP_MANDATE))


def test_a_mandate_is_open_from_the_day_it_is_resolved() -> None:
    state = after(passed(GROUP_MANDATE))
    assert isinstance(state, Open)
    assert stage_of(state) == "open"


def test_taking_note_asks_for_nothing_more() -> None:
    resolution.when(to_pass(Notice())).then(NOTED)
    assert isinstance(after(NOTED), Settled)


def test_what_a_vote_resolved_is_recorded_once() -> None:
    resolution.given(COMMISSIONED).when(to_pass(Commission())).then_nothing()
    resolution.given(COMMISSIONED).when(to_pass(Notice())).then_refused(
        AlreadyPassed, session=str(SESSION), number=1
    )


def test_another_owner_later_does_not_make_the_same_request_another_one() -> None:
    handed_over = MandateHandedOver(resolution=RESOLUTION_ID, owner=CARITAS, reason="Umzug")
    given = resolution.given(COMMISSIONED, handed_over)
    given.when(to_pass(Commission())).then_nothing()
    other = msgspec.structs.replace(to_pass(Commission()), owner=CARITAS)
    given.when(other).then_refused(AlreadyPassed)


@pytest.mark.parametrize("outcome", [Decided.RECOMMENDED, Decided.NOT_RECOMMENDED])
@pytest.mark.parametrize("mandate", [Commission(), Notice(), GROUP_MANDATE], ids=kind_of)
def test_a_recommendation_is_no_resolution_and_carries_no_mandate(
    outcome: Decided, mandate: Mandate
) -> None:
    resolution.knowing(**decided(outcome, counted=2)).when(to_pass(mandate)).then_refused(
        OnlyRecommended, session=str(SESSION), number=1
    )


def test_what_was_not_quorate_is_no_resolution_whatever_the_session_made_of_it() -> None:
    resolution.knowing(**decided(Decided.ADOPTED, counted=2)).when(
        to_pass(Commission())
    ).then_refused(OnlyRecommended)


def test_what_the_body_voted_against_is_no_resolution() -> None:
    resolution.knowing(**decided(Decided.REJECTED)).when(to_pass(Commission())).then_refused(
        NotAdopted
    )


def test_there_is_no_resolution_without_a_vote_that_stands() -> None:
    resolution.knowing(voted=None).when(to_pass(Commission())).then_refused(UnknownVote)
    resolution.knowing(voted=None, was_annulled=True).when(to_pass(Commission())).then_refused(
        VoteWasAnnulled
    )
    resolution.knowing(was_annulled=True).when(to_pass(Commission())).then_refused(
        VoteWasAnnulled, session=str(SESSION), number=1
    )


def test_what_is_to_be_done_has_an_owner_and_a_day() -> None:
    without_owner = PassResolution(session=SESSION, number=1, mandate=Commission(), due=DUE)
    resolution.when(without_owner).then_refused(OwnerMissing, kind="commission")
    without_day = PassResolution(session=SESSION, number=1, mandate=Commission(), owner=CARITAS)
    resolution.when(without_day).then_refused(DueMissing, kind="commission")
    strangers = msgspec.structs.replace(without_day, owner=STRANGERS, due=DUE)
    resolution.when(strangers).then_refused(UnknownOrganisation)


def test_who_takes_note_or_revokes_has_no_owner_and_no_day_for_it() -> None:
    for mandate in (Notice(), REVOCATION):
        asked = PassResolution(session=SESSION, number=1, mandate=mandate, owner=CARITAS)
        resolution.when(asked).then_refused(NothingToDo, kind=kind_of(mandate))
        asked = PassResolution(session=SESSION, number=1, mandate=mandate, due=DUE)
        resolution.when(asked).then_refused(NothingToDo)


def test_a_mandate_is_due_after_it_was_resolved_though_recorded_later() -> None:
    on_the_day = msgspec.structs.replace(to_pass(Commission()), due=DECIDED_AT.date())
    (event,) = resolution.when(on_the_day, at=berlin(2026, 4, 1, 8)).decided()
    assert event == msgspec.structs.replace(COMMISSIONED, due=berlin(2026, 2, 26, 18), reminders=())
    before = msgspec.structs.replace(to_pass(Commission()), due=date(2026, 2, 25))
    resolution.when(before).then_refused(DueInThePast, due="2026-02-25")


@pytest.mark.parametrize(
    ("mandate", "field"),
    [
        (msgspec.structs.replace(GROUP_MANDATE, title=" "), "title"),
        (msgspec.structs.replace(GROUP_MANDATE, purpose=""), "purpose"),
        (msgspec.structs.replace(GROUP_MANDATE, members=()), "members"),
        (ReviewMandate(question=" "), "question"),
        (MinistryMandate(need=""), "need"),
    ],
)
def test_a_mandate_says_what_it_is_about(mandate: Mandate, field: str) -> None:
    resolution.when(to_pass(mandate)).then_refused(
        MandateIncomplete, kind=kind_of(mandate), field=field
    )


def test_a_group_has_each_organisation_once_and_only_known_ones() -> None:
    twice = msgspec.structs.replace(GROUP_MANDATE, guests=(CHAMBER,))
    resolution.when(to_pass(twice)).then_refused(NamedTwice, organisation=CHAMBER)
    unknown = msgspec.structs.replace(GROUP_MANDATE, guests=(STRANGERS,))
    resolution.when(to_pass(unknown)).then_refused(UnknownOrganisation)


def test_only_a_group_of_the_body_that_works_is_to_be_dissolved() -> None:
    asked = to_pass(DISSOLUTION)
    resolution.when(asked).then_refused(UnknownGroup, group=str(GROUP_ID))
    working = group_after(ESTABLISHED)
    resolution.knowing(group=working).when(asked).then(passed(DISSOLUTION))
    over = group_after(ESTABLISHED, DISSOLVED)
    resolution.knowing(group=over).when(asked).then_refused(GroupDissolved)
    of_others = group_after(msgspec.structs.replace(ESTABLISHED, body="beirat"))
    resolution.knowing(group=of_others).when(asked).then_refused(OtherBody, body="beirat")


def test_only_a_concept_that_exists_is_to_be_adopted() -> None:
    asked = to_pass(AdoptionMandate(concept=CONCEPT_ID))
    resolution.when(asked).then_refused(UnknownConcept)
    resolution.knowing(concept=concept_after(*agreed())).when(asked).then(
        passed(AdoptionMandate(concept=CONCEPT_ID))
    )


def test_only_an_earlier_resolution_of_the_body_in_force_is_revoked() -> None:
    asked = PassResolution(session=SESSION, number=1, mandate=REVOCATION)
    (event,) = resolution.knowing(other=after(EARLIER)).when(asked).decided()
    assert event == msgspec.structs.replace(NOTED, mandate=REVOCATION)
    resolution.when(asked).then_refused(UnknownResolution)
    annulled = ResolutionAnnulled(resolution=EARLIER.resolution, reason="Verzählt")
    resolution.knowing(other=after(EARLIER, annulled)).when(asked).then_refused(
        NoLongerInForce, stage="annulled"
    )
    of_others = msgspec.structs.replace(EARLIER, body="beirat")
    resolution.knowing(other=after(of_others)).when(asked).then_refused(OtherBody)
    at_once = msgspec.structs.replace(EARLIER, decided_at=DECIDED_AT, number=1)
    resolution.knowing(other=after(at_once)).when(asked).then_refused(NotRevokedBy)


def test_body_text_and_rules_are_those_of_the_vote() -> None:
    vote = msgspec.structs.replace(VOTED.vote, text="Anders.", alternative="other", edition=3)
    voted = msgspec.structs.replace(VOTED, body="beirat", vote=vote)
    resolution.knowing(voted=voted).when(to_pass(Commission())).then(
        msgspec.structs.replace(
            COMMISSIONED, body="beirat", text="Anders.", alternative="other", edition=3
        )
    )
