from datetime import date, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory.errors import UnknownMunicipality, UnknownOrganisation
from domain.directory.events import OrganisationKind
from domain.directory.municipality import Municipality
from domain.directory.organisation import Organisation
from domain.kernel import stream_id
from domain.posts.commands import (
    ChangePost,
    EndPost,
    ExtendFunding,
    FillPost,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
)
from domain.posts.decide import POST
from domain.posts.errors import (
    BeforeThePost,
    ConsentMissing,
    FundingOverlaps,
    MalformedFunding,
    MalformedShare,
    MunicipalityMissing,
    PostAlreadyThere,
    PostHasEnded,
    PostIsVacant,
    ProofAlreadySubmitted,
    ProofNotDue,
    ReasonMissing,
    SubmittedInFuture,
    UnknownHolder,
    UnknownPost,
)
from domain.posts.events import (
    FundingExtended,
    HolderNamed,
    HolderWithheld,
    PostChanged,
    PostEvent,
    PostReminded,
    ProofDueSet,
    ProofSubmitted,
)
from domain.posts.post import Ended, Established, is_filled, share_on
from domain.posts.terms import Lead, Matter, Part
from tests.domain.posts.example import (
    BEGINS,
    ENDED,
    ENDS,
    ESTABLISH,
    ESTABLISHED,
    FILLED,
    GRANTED,
    HERE,
    KEY,
    PROLONGED,
    VACATED,
    post,
)
from tests.domain.strategies import any_of

FILL = FillPost(post=HERE, effective_from=FILLED.effective_from)
VACATE = VacatePost(post=HERE, effective_from=VACATED.effective_from, reason=VACATED.reason)
DUE = date(2026, 3, 31)
DUE_SET = ProofDueSet(post=HERE, year=2025, due=DUE)
SUBMIT = SubmitProof(post=HERE, year=2025, submitted_on=date(2025, 11, 20))
SUBMITTED = ProofSubmitted(post=HERE, year=2025, submitted_on=date(2025, 11, 20))
NAMED = HolderNamed(post=HERE, holding=stream_id("holding", f"{HERE}/1"), holder="ben")
WITHHELD = HolderWithheld(post=HERE, holding=NAMED.holding)

post_events: st.SearchStrategy[PostEvent] = st.one_of(*map(any_of, get_args(PostEvent)))


def test_a_post_is_established_once_under_its_key() -> None:
    post.given().when(ESTABLISH).then(ESTABLISHED)
    post.given(ESTABLISHED).when(ESTABLISH).then_nothing()
    half = msgspec.structs.replace(ESTABLISH, share=50)
    post.given(ESTABLISHED).when(half).then_refused(PostAlreadyThere, key=KEY)
    post.given().when(FILL).then_refused(UnknownPost)


def test_a_post_of_a_town_is_not_one_of_the_county() -> None:
    town = Organisation(key="stadt", name="Stadt", kind=OrganisationKind.MUNICIPALITY)
    command = msgspec.structs.replace(ESTABLISH, employer="stadt")
    post.given().knowing(employer=town).when(command).then(
        msgspec.structs.replace(ESTABLISHED, employer="stadt", is_of_county=False)
    )


def test_a_post_has_an_employer_a_place_a_share_and_a_period_that_make_sense() -> None:
    backwards = msgspec.structs.replace(GRANTED, ends_on=BEGINS - timedelta(days=1))
    for change, error in (
        ({"share": 0}, MalformedShare),
        ({"share": 101}, MalformedShare),
        ({"municipality": ""}, MunicipalityMissing),
        ({"funding": backwards}, MalformedFunding),
        ({"funding": msgspec.structs.replace(GRANTED, per_year=0)}, MalformedFunding),
    ):
        command = msgspec.structs.replace(ESTABLISH, **change)
        post.given().when(command).then_refused(error)
    nobody, nowhere = Organisation(), Municipality()
    post.given().knowing(employer=nobody).when(ESTABLISH).then_refused(UnknownOrganisation)
    post.given().knowing(municipality=nowhere).when(ESTABLISH).then_refused(UnknownMunicipality)


def test_only_case_managers_need_a_municipality() -> None:
    county_wide = msgspec.structs.replace(ESTABLISH, municipality="", part=Part.COORDINATION)
    post.given().knowing(municipality=Municipality()).when(county_wide).then(
        msgspec.structs.replace(ESTABLISHED, municipality="", part=Part.COORDINATION)
    )


def test_a_share_changes_from_a_day_on_and_what_is_said_later_of_that_day_holds() -> None:
    day = date(2025, 7, 1)
    half = ChangePost(post=HERE, share=50, effective_from=day, reason="Elternzeit")
    changed = PostChanged(post=HERE, share=50, effective_from=day, reason="Elternzeit")
    post.given(ESTABLISHED).when(half).then(changed)
    post.given(ESTABLISHED, changed).when(half).then_nothing()
    mended = msgspec.structs.replace(changed, share=60)
    state = POST.replay([ESTABLISHED, changed, mended])
    assert isinstance(state, Established)
    assert [share_on(state, on) for on in (BEGINS, day, BEGINS - timedelta(days=1))] == [100, 60, 0]
    silent = msgspec.structs.replace(half, reason=" ")
    post.given(ESTABLISHED).when(silent).then_refused(ReasonMissing)
    early = msgspec.structs.replace(half, effective_from=date(2024, 12, 31))
    post.given(ESTABLISHED).when(early).then_refused(BeforeThePost, since="2025-01-01")


def test_no_day_is_funded_twice() -> None:
    extend = ExtendFunding(post=HERE, funding=PROLONGED)
    extended = FundingExtended(post=HERE, funding=PROLONGED)
    post.given(ESTABLISHED).when(extend).then(extended)
    post.given(ESTABLISHED, extended).when(extend).then_nothing()
    overlapping = msgspec.structs.replace(PROLONGED, starts_on=ENDS)
    post.given(ESTABLISHED).when(ExtendFunding(post=HERE, funding=overlapping)).then_refused(
        FundingOverlaps, starts_on="2025-01-01", ends_on="2026-12-31"
    )


def test_a_post_is_filled_and_vacated_without_anybody_being_named() -> None:
    post.given(ESTABLISHED).when(FILL).then(FILLED)
    post.given(ESTABLISHED, FILLED).when(FILL).then_nothing()
    post.given(ESTABLISHED, FILLED).when(VACATE).then(VACATED)
    post.given(ESTABLISHED, FILLED, VACATED).when(VACATE).then_nothing()
    post.given(ESTABLISHED).when(VACATE).then_refused(PostIsVacant, on="2025-09-01")


def test_who_holds_a_post_is_recorded_with_their_consent_only() -> None:
    named = msgspec.structs.replace(FILL, holder="ben")
    agreed = msgspec.structs.replace(named, has_consent=True)
    post.given(ESTABLISHED).when(named).then_refused(ConsentMissing)
    post.given(ESTABLISHED).when(agreed).then(FILLED, NAMED)
    post.given(ESTABLISHED, FILLED).when(agreed).then(NAMED)
    post.given(ESTABLISHED, FILLED, NAMED).when(agreed).then_nothing()
    stranger = post.given(ESTABLISHED).knowing(is_holder_known=False)
    stranger.when(agreed).then_refused(UnknownHolder, holder="ben")


def test_who_was_named_is_withheld_at_their_wish_and_when_they_leave() -> None:
    held = post.given(ESTABLISHED, FILLED, NAMED)
    held.when(WithholdHolder(post=HERE)).then(WITHHELD)
    held.when(VACATE).then(VACATED, WITHHELD)
    again = msgspec.structs.replace(FILL, holder="cem", has_consent=True)
    other = stream_id("holding", f"{HERE}/2")
    held.when(again).then(WITHHELD, HolderNamed(post=HERE, holding=other, holder="cem"))
    post.given(ESTABLISHED, FILLED, NAMED, WITHHELD).when(WithholdHolder(post=HERE)).then_nothing()


def test_a_proof_of_use_is_due_and_is_handed_in_once() -> None:
    due = SetProofDue(post=HERE, year=2025, due=DUE)
    post.given(ESTABLISHED).when(due).then(DUE_SET)
    post.given(ESTABLISHED, DUE_SET).when(due).then_nothing()
    post.given(ESTABLISHED, DUE_SET).when(SUBMIT).then(SUBMITTED)
    post.given(ESTABLISHED, DUE_SET, SUBMITTED).when(SUBMIT).then_nothing()
    post.given(ESTABLISHED).when(SUBMIT).then_refused(ProofNotDue, year=2025)
    another = msgspec.structs.replace(SUBMIT, submitted_on=date(2025, 11, 21))
    done = post.given(ESTABLISHED, DUE_SET, SUBMITTED)
    done.when(another).then_refused(ProofAlreadySubmitted, year=2025)
    later = msgspec.structs.replace(due, due=date(2026, 4, 30))
    done.when(later).then_refused(ProofAlreadySubmitted, year=2025)
    early = msgspec.structs.replace(SUBMIT, submitted_on=date(2025, 11, 26))
    post.given(ESTABLISHED, DUE_SET).when(early).then_refused(SubmittedInFuture)


def test_nothing_but_proofs_is_recorded_of_a_post_from_its_last_day_on() -> None:
    end = EndPost(post=HERE, effective_from=ENDED.effective_from, reason=ENDED.reason)
    post.given(ESTABLISHED).when(end).then(ENDED)
    post.given(ESTABLISHED, ENDED).when(end).then_nothing()
    state = POST.replay([ESTABLISHED, FILLED, ENDED])
    assert isinstance(state, Ended)
    days = (date(2026, 6, 30), ENDED.effective_from)
    assert [is_filled(state, day) for day in days] == [True, False]
    late = msgspec.structs.replace(FILL, effective_from=ENDED.effective_from)
    post.given(ESTABLISHED, ENDED).when(late).then_refused(PostHasEnded, ended_on="2026-07-01")
    post.given(ESTABLISHED, ENDED).when(SetProofDue(post=HERE, year=2025, due=DUE)).then(DUE_SET)


def test_a_reminder_is_recorded_once() -> None:
    remind = RemindOfPost(post=HERE, what=Matter.FUNDING_ENDS, due=ENDS, lead=Lead.ONE_MONTH)
    reminded = PostReminded(post=HERE, what=remind.what, due=remind.due, lead=remind.lead)
    post.given(ESTABLISHED).when(remind).then(reminded)
    post.given(ESTABLISHED, reminded).when(remind).then_nothing()


@given(events=st.lists(post_events, max_size=8))
def test_any_sequence_of_events_folds(events: list[PostEvent]) -> None:
    assert isinstance(POST.replay([ESTABLISHED, *events]), Established | Ended)


@pytest.mark.parametrize("event", [FILLED, VACATED, ENDED, DUE_SET])
def test_what_happens_to_no_post_is_left_alone(event: PostEvent) -> None:
    assert POST.replay([event]) == POST.initial
