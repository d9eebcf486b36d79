from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
import pytest

from domain.kernel import stream_id
from domain.steering.mandate import (
    AdoptionMandate,
    DissolutionMandate,
    Mandate,
    ReviewMandate,
    RevocationMandate,
    kind_of,
)
from domain.steering.need_review_commands import review_of
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_events import NeedOutcome, NeedReviewClosed, NeedReviewOpened
from domain.steering.resolution import Fulfilled, Revoked
from domain.steering.resolution_commands import (
    AnnulResolution,
    FulfilMandate,
    ReopenMandate,
    RevokeResolution,
    ShowProgress,
    resolution_id,
)
from domain.steering.resolution_context import SessionOfBody
from domain.steering.resolution_errors import (
    LetterMissing,
    NoLongerInForce,
    NotALaterSession,
    NotDoneYet,
    NotFulfilled,
    NotOpen,
    NotRevokedBy,
    OtherBody,
    ReasonMissing,
    TextMissing,
    UnknownSession,
    VoteStands,
)
from domain.steering.resolution_events import (
    MandateFellOverdue,
    MandateFulfilled,
    MandateReopened,
    ProgressReported,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionRevoked,
    Standing,
)
from domain.steering.resolution_standing import Became, is_to_show, what_became_of
from tests.domain.concepts.example import CONCEPT_ID, adopted, agreed
from tests.domain.concepts.example import after as concept_after
from tests.domain.county import CLOCK, berlin
from tests.domain.steering.resolution_example import (
    COMMISSIONED,
    COORDINATION,
    DUE_AT,
    EARLIER_SESSION,
    GROUP_MANDATE,
    LATER,
    LATER_AT,
    LATER_REMINDERS,
    LETTER_MANDATE,
    NEXT_SESSION,
    NOTED,
    RESOLUTION_ID,
    SESSION,
    SESSION_OF_OTHERS,
    after,
    passed,
    resolution,
)
from tests.domain.steering.test_resolution_following import SENT
from tests.domain.working_groups.example import DISSOLVED, ESTABLISHED, GROUP_ID
from tests.domain.working_groups.example import after as group_after

FULFIL = FulfilMandate(resolution=RESOLUTION_ID, outcome="Die Träger sind informiert.")
FULFILLED = MandateFulfilled(resolution=RESOLUTION_ID, outcome="Die Träger sind informiert.")
REOPEN = ReopenMandate(resolution=RESOLUTION_ID, due=LATER, reason="Zwei fehlen.")
REOPENED = MandateReopened(
    resolution=RESOLUTION_ID, due=LATER_AT, reminders=LATER_REMINDERS, reason="Zwei fehlen."
)
REVOKING_ID = resolution_id(NEXT_SESSION, 1)
REVOKING = msgspec.structs.replace(
    NOTED,
    resolution=REVOKING_ID,
    session=NEXT_SESSION,
    decided_at=berlin(2026, 9, 10, 16),
    mandate=RevocationMandate(resolution=RESOLUTION_ID),
)
REVOKE = RevokeResolution(resolution=RESOLUTION_ID, revoking=REVOKING_ID)
REVOKED = ResolutionRevoked(resolution=RESOLUTION_ID, revoking=REVOKING_ID)
ANNUL = AnnulResolution(resolution=RESOLUTION_ID, reason="Verzählt")
ANNULLED = ResolutionAnnulled(resolution=RESOLUTION_ID, reason="Verzählt")
SHOW = ShowProgress(resolution=RESOLUTION_ID, session=NEXT_SESSION)
OVERDUE = MandateFellOverdue(resolution=RESOLUTION_ID, owner=COORDINATION, due=DUE_AT)
REPORTED = ProgressReported(resolution=RESOLUTION_ID, report=1, text="Eingeladen.")

REVIEW = (
    NeedReviewOpened(
        review=review_of(RESOLUTION_ID), question="?", fields=(), resolution=RESOLUTION_ID
    ),
)
REVIEWED = (
    *REVIEW,
    NeedReviewClosed(
        review=review_of(RESOLUTION_ID),
        outcome=NeedOutcome.NO_GROUP_NEEDED,
        resolutions=(REVOKING_ID,),
    ),
)


def shown(standing: Standing, reports: int = 0, session: UUID = NEXT_SESSION) -> ProgressShown:
    return ProgressShown(
        resolution=RESOLUTION_ID, session=session, standing=standing, reports=reports
    )


def test_of_a_commission_it_is_told_what_came() -> None:
    resolution.given(COMMISSIONED).when(FULFIL).then(FULFILLED)
    resolution.given(COMMISSIONED, FULFILLED).when(FULFIL).then_nothing()
    silent = FulfilMandate(resolution=RESOLUTION_ID)
    resolution.given(COMMISSIONED).when(silent).then_refused(TextMissing)


@pytest.mark.parametrize(
    ("mandate", "not_yet", "done", "result"),
    [
        (
            GROUP_MANDATE,
            {"group": group_after()},
            {"group": group_after(ESTABLISHED)},
            GROUP_ID,
        ),
        (
            DissolutionMandate(group=GROUP_ID),
            {"group": group_after(ESTABLISHED)},
            {"group": group_after(ESTABLISHED, DISSOLVED)},
            GROUP_ID,
        ),
        (
            AdoptionMandate(concept=CONCEPT_ID),
            {"concept": concept_after(*agreed())},
            {"concept": concept_after(*adopted())},
            CONCEPT_ID,
        ),
        (
            ReviewMandate(question="?"),
            {"review": NEED_REVIEW.replay(REVIEW)},
            {"review": NEED_REVIEW.replay(REVIEWED)},
            review_of(RESOLUTION_ID),
        ),
    ],
    ids=lambda value: kind_of(value) if isinstance(value, Mandate) else "",
)
def test_a_mandate_is_fulfilled_once_what_it_asks_for_is_there(
    mandate: Mandate, not_yet: Mapping[str, Any], done: Mapping[str, Any], result: UUID
) -> None:
    given = resolution.given(passed(mandate))
    (stage,) = (type(state).__name__.lower() for state in not_yet.values())
    given.knowing(**not_yet).when(FULFIL).then_refused(
        NotDoneYet, kind=kind_of(mandate), stage=stage
    )
    silent = FulfilMandate(resolution=RESOLUTION_ID)
    given.knowing(**done).when(silent, by=CLOCK).then(
        MandateFulfilled(resolution=RESOLUTION_ID, outcome="", result=result)
    )


def test_a_need_is_reported_to_the_ministry_by_a_letter() -> None:
    given = resolution.given(passed(LETTER_MANDATE))
    given.when(FULFIL).then_refused(LetterMissing)
    resolution.given(passed(LETTER_MANDATE), SENT).when(FULFIL).then(FULFILLED)


def test_what_is_overdue_may_still_be_fulfilled() -> None:
    resolution.given(COMMISSIONED, OVERDUE).when(FULFIL).then(FULFILLED)


def test_what_is_not_open_is_not_fulfilled() -> None:
    resolution.given(NOTED).when(FULFIL).then_refused(NotOpen, stage="settled")
    resolution.given(COMMISSIONED, REVOKED).when(FULFIL).then_refused(NotOpen, stage="revoked")
    resolution.given(COMMISSIONED, REVOKED).when(FULFIL, by=CLOCK).then_nothing()
    other = msgspec.structs.replace(FULFIL, outcome="Anderes.")
    resolution.given(COMMISSIONED, FULFILLED).when(other).then_refused(NotOpen)


def test_a_mandate_that_was_not_fulfilled_after_all_is_due_anew() -> None:
    resolution.given(COMMISSIONED, FULFILLED).when(REOPEN).then(REOPENED)
    resolution.given(COMMISSIONED).when(REOPEN).then_refused(NotFulfilled, stage="open")
    without_reason = msgspec.structs.replace(REOPEN, reason=" ")
    resolution.given(COMMISSIONED, FULFILLED).when(without_reason).then_refused(ReasonMissing)
    resolution.given(COMMISSIONED, FULFILLED, REOPENED).when(FULFIL).then(FULFILLED)


def test_a_later_resolution_that_says_so_revokes_it() -> None:
    knowing = resolution.knowing(other=after(REVOKING))
    knowing.given(COMMISSIONED).when(REVOKE).then(REVOKED)
    knowing.given(COMMISSIONED, REVOKED).when(REVOKE).then_nothing()
    knowing.given(COMMISSIONED, FULFILLED).when(REVOKE).then(REVOKED)
    state = after(COMMISSIONED, FULFILLED, REVOKED)
    assert isinstance(state, Revoked)
    assert state.outcome == FULFILLED.outcome


@pytest.mark.parametrize(
    "other",
    [
        (),
        (msgspec.structs.replace(REVOKING, mandate=NOTED.mandate),),
        (msgspec.structs.replace(REVOKING, mandate=RevocationMandate(resolution=REVOKING_ID)),),
        (msgspec.structs.replace(REVOKING, decided_at=berlin(2026, 2, 26, 16)),),
        (msgspec.structs.replace(REVOKING, decided_at=COMMISSIONED.decided_at, number=1),),
        (msgspec.structs.replace(REVOKING, body="beirat"),),
        (REVOKING, msgspec.structs.replace(ANNULLED, resolution=REVOKING_ID)),
    ],
    ids=["unknown", "says-nothing", "of-another", "earlier", "the-same-vote", "other-body", "void"],
)
def test_no_other_resolution_revokes_it(other: tuple[Any, ...]) -> None:
    resolution.knowing(other=after(*other)).given(COMMISSIONED).when(REVOKE).then_refused(
        NotRevokedBy, revoking=str(REVOKING_ID)
    )


def test_a_later_vote_of_the_same_moment_revokes_it() -> None:
    at_once = msgspec.structs.replace(REVOKING, decided_at=COMMISSIONED.decided_at, number=2)
    resolution.knowing(other=after(at_once)).given(COMMISSIONED).when(REVOKE).then(REVOKED)


def test_what_does_not_hold_is_not_revoked() -> None:
    knowing = resolution.knowing(other=after(REVOKING))
    knowing.given(COMMISSIONED, ANNULLED).when(REVOKE).then_refused(
        NoLongerInForce, stage="annulled"
    )


def test_a_resolution_is_annulled_only_with_its_vote() -> None:
    resolution.given(COMMISSIONED).when(ANNUL).then_refused(
        VoteStands, session=str(SESSION), number=1
    )
    resolution.knowing(voted=None).given(COMMISSIONED).when(ANNUL).then_refused(VoteStands)
    without_vote = resolution.knowing(voted=None, was_annulled=True)
    without_vote.given(COMMISSIONED).when(ANNUL).then(ANNULLED)
    without_vote.given(COMMISSIONED, FULFILLED).when(ANNUL).then(ANNULLED)
    without_vote.given(COMMISSIONED, ANNULLED).when(ANNUL).then_nothing()
    without_reason = msgspec.structs.replace(ANNUL, reason="")
    without_vote.given(COMMISSIONED).when(without_reason).then_refused(ReasonMissing)


def test_the_next_session_is_shown_what_became_of_it() -> None:
    resolution.given(COMMISSIONED).when(SHOW).then(shown(Standing.OPEN))
    resolution.given(COMMISSIONED, REPORTED, OVERDUE).when(SHOW).then(shown(Standing.OVERDUE, 1))
    resolution.given(COMMISSIONED, FULFILLED).when(SHOW).then(shown(Standing.FULFILLED))
    resolution.given(COMMISSIONED, REVOKED).when(SHOW).then(shown(Standing.REVOKED))
    resolution.given(NOTED).when(SHOW).then(shown(Standing.SETTLED))


def test_it_is_shown_again_to_a_session_only_if_something_came_since() -> None:
    open_still = shown(Standing.OPEN)
    resolution.given(COMMISSIONED, open_still).when(SHOW).then_nothing()
    resolution.given(COMMISSIONED, open_still, REPORTED).when(SHOW).then(shown(Standing.OPEN, 1))


def test_it_is_shown_to_a_later_session_of_the_body() -> None:
    given = resolution.given(COMMISSIONED)
    for session in (SESSION, EARLIER_SESSION):
        given.when(ShowProgress(resolution=RESOLUTION_ID, session=session)).then_refused(
            NotALaterSession, session=str(session)
        )
    at_once = SessionOfBody(body=COMMISSIONED.body, starts_at=COMMISSIONED.decided_at)
    given.knowing(sessions={NEXT_SESSION: at_once}).when(SHOW).then_refused(NotALaterSession)
    of_others = ShowProgress(resolution=RESOLUTION_ID, session=SESSION_OF_OTHERS)
    given.when(of_others).then_refused(OtherBody, body="beirat")
    unknown = ShowProgress(resolution=RESOLUTION_ID, session=stream_id("session", "none"))
    given.when(unknown).then_refused(UnknownSession)
    resolution.given(COMMISSIONED, ANNULLED).when(SHOW).then_refused(NoLongerInForce)


def test_what_is_open_is_shown_to_every_session_and_how_it_ended_once() -> None:
    third = stream_id("session", "third")
    open_still, done = shown(Standing.OPEN), shown(Standing.FULFILLED)
    assert not is_to_show(after(COMMISSIONED), SESSION)
    assert is_to_show(after(COMMISSIONED), NEXT_SESSION)
    assert not is_to_show(after(COMMISSIONED, open_still), NEXT_SESSION)
    assert is_to_show(after(COMMISSIONED, open_still), third)
    assert is_to_show(after(COMMISSIONED, open_still, FULFILLED), third)
    assert not is_to_show(after(COMMISSIONED, FULFILLED, done), third)
    assert is_to_show(after(COMMISSIONED, FULFILLED, done, REVOKED), third)
    for never in ((), (NOTED,), (COMMISSIONED, ANNULLED)):
        assert not is_to_show(after(*never), NEXT_SESSION)


def test_what_became_of_it_is_told_from_what_was_recorded() -> None:
    done = after(COMMISSIONED, REPORTED, OVERDUE, FULFILLED)
    assert isinstance(done, Fulfilled)
    became = Became(
        standing=Standing.FULFILLED,
        owner=COORDINATION,
        due=DUE_AT,
        reports=("Eingeladen.",),
        outcome=FULFILLED.outcome,
    )
    assert what_became_of(done) == became
    revoked = after(COMMISSIONED, REPORTED, FULFILLED, REVOKED)
    assert isinstance(revoked, Revoked)
    assert what_became_of(revoked) == msgspec.structs.replace(
        became, standing=Standing.REVOKED, revoking=REVOKING_ID
    )
