"""A mandate is fulfilled, a resolution revoked or annulled, and a session shown what became."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from domain.concepts.concept import Adopted, Published, Superseded
from domain.concepts.concept import stage_of as stage_of_concept
from domain.steering.follow_up import follow_up
from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
    kind_of,
)
from domain.steering.need_review import Closed
from domain.steering.need_review import stage_of as stage_of_review
from domain.steering.need_review_commands import review_of
from domain.steering.resolution import (
    Annulled,
    Existing,
    Fulfilled,
    InForce,
    Open,
    Passed,
    Revoked,
    is_later,
    stage_of,
)
from domain.steering.resolution_commands import (
    AnnulResolution,
    FulfilMandate,
    ReopenMandate,
    RevokeResolution,
    ShowProgress,
)
from domain.steering.resolution_context import ResolutionContext
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
    MandateFulfilled,
    MandateReopened,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionRevoked,
)
from domain.steering.resolution_standing import standing_of
from domain.working_groups.commands import group_id
from domain.working_groups.group import Dissolved
from domain.working_groups.group import Unknown as NoGroup
from domain.working_groups.group import stage_of as stage_of_group


def fulfil_mandate(
    command: FulfilMandate, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """Once what it asks for is there to be seen; of a commission it is told."""
    if isinstance(resolution, Fulfilled) and command.outcome in {"", resolution.outcome}:
        return []
    if not isinstance(resolution, Open):
        raise NotOpen(stage_of(resolution))
    passed = resolution.passed
    result = _result(command, passed, context)
    return [MandateFulfilled(resolution=passed.resolution, outcome=command.outcome, result=result)]


def _result(  # noqa: C901, PLR0912 (one case for each kind of mandate)
    command: FulfilMandate, passed: Passed, context: ResolutionContext
) -> UUID | None:
    kind = kind_of(passed.mandate)
    match passed.mandate:
        case GroupMandate():
            if isinstance(context.group, NoGroup):
                raise NotDoneYet(kind, stage_of_group(context.group))
            return group_id(passed.resolution)
        case DissolutionMandate(group=group):
            if not isinstance(context.group, Dissolved):
                raise NotDoneYet(kind, stage_of_group(context.group))
            return group
        case AdoptionMandate(concept=concept):
            if not isinstance(context.concept, Adopted | Published | Superseded):
                raise NotDoneYet(kind, stage_of_concept(context.concept))
            return concept
        case ReviewMandate():
            if not isinstance(context.review, Closed):
                raise NotDoneYet(kind, stage_of_review(context.review))
            return review_of(passed.resolution)
        case MinistryMandate():
            if not passed.letters:
                raise LetterMissing
        case Commission() | RevocationMandate() | Notice():
            if not command.outcome.strip():
                raise TextMissing
        case _:
            assert_never(passed.mandate)
    return None


def reopen_mandate(
    command: ReopenMandate, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """It was not fulfilled after all, and is due anew."""
    if not isinstance(resolution, Fulfilled):
        raise NotFulfilled(stage_of(resolution))
    if not command.reason.strip():
        raise ReasonMissing
    days = command.remind_working_days_before
    anew = follow_up(context.calendar, command.due, days, after=context.at)
    return [
        MandateReopened(
            resolution=resolution.passed.resolution,
            due=anew.due,
            reminders=anew.reminders,
            reason=command.reason,
        )
    ]


def show_progress(
    command: ShowProgress, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """To a later session of the same body: what had become of it by then."""
    if isinstance(resolution, Annulled):
        raise NoLongerInForce(stage_of(resolution))
    passed = resolution.passed
    session = context.sessions.get(command.session)
    if session is None:
        raise UnknownSession(str(command.session))
    if session.body != passed.body:
        raise OtherBody(session.body)
    if command.session == passed.session or session.starts_at <= passed.decided_at:
        raise NotALaterSession(str(command.session))
    event = ProgressShown(
        resolution=passed.resolution,
        session=command.session,
        standing=standing_of(resolution),
        reports=len(passed.reports),
    )
    before = [one for one in passed.shown if one.session == command.session]
    if before and (before[-1].standing, before[-1].reports) == (event.standing, event.reports):
        return []
    return [event]


def revoke_resolution(
    command: RevokeResolution, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """By a later one of the same body that says so and is in force itself."""
    if isinstance(resolution, Revoked) and resolution.revoking == command.revoking:
        return []
    if not isinstance(resolution, InForce):
        raise NoLongerInForce(stage_of(resolution))
    passed, other = resolution.passed, context.other
    if not isinstance(other, InForce):
        raise NotRevokedBy(str(command.revoking))
    says_so = other.passed.mandate == RevocationMandate(resolution=passed.resolution)
    came_later = is_later(other.passed.decided_at, other.passed.number, passed)
    if not says_so or not came_later or other.passed.body != passed.body:
        raise NotRevokedBy(str(command.revoking))
    return [ResolutionRevoked(resolution=passed.resolution, revoking=command.revoking)]


def annul_resolution(
    command: AnnulResolution, resolution: Existing, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """Only together with its vote: what was validly resolved is for the body to revoke."""
    if not command.reason.strip():
        raise ReasonMissing
    if isinstance(resolution, Annulled):
        return []
    passed = resolution.passed
    if not context.was_annulled:
        raise VoteStands(str(passed.session), passed.number)
    return [ResolutionAnnulled(resolution=passed.resolution, reason=command.reason)]
