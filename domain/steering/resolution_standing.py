"""What has become of a resolution, as the next session of its body is shown it."""

from datetime import datetime
from typing import assert_never
from uuid import UUID

import msgspec

from domain.steering.resolution import (
    Annulled,
    Existing,
    Fulfilled,
    Letter,
    Open,
    Resolution,
    Revoked,
    Settled,
    Unknown,
)
from domain.steering.resolution_events import Standing


class Became(msgspec.Struct, frozen=True, kw_only=True):
    """`due` is until when it is or was to be done; `reports` on it are in their order.

    `result` is what came of it: a group, a concept, a need review. `revoking`: what put an end
    to it.
    """

    standing: Standing
    owner: str
    due: datetime | None = None
    reports: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    outcome: str = ""
    result: UUID | None = None
    revoking: UUID | None = None


def standing_of(resolution: Existing) -> Standing:
    match resolution:
        case Open(follow_up=follow_up):
            return Standing.OVERDUE if follow_up.is_overdue else Standing.OPEN
        case Settled():
            return Standing.SETTLED
        case Fulfilled():
            return Standing.FULFILLED
        case Revoked():
            return Standing.REVOKED
        case Annulled():
            return Standing.ANNULLED
        case _:
            assert_never(resolution)


def what_became_of(resolution: Existing) -> Became:
    """All that is known of it now."""
    passed = resolution.passed
    became = Became(
        standing=standing_of(resolution),
        owner=passed.owner,
        due=passed.resolved_due,
        reports=passed.reports,
        letters=passed.letters,
    )
    match resolution:
        case Open(follow_up=follow_up):
            return msgspec.structs.replace(became, due=follow_up.due)
        case Fulfilled(due=due, outcome=outcome, result=result):
            return msgspec.structs.replace(became, due=due, outcome=outcome, result=result)
        case Revoked(revoking=revoking, outcome=outcome):
            return msgspec.structs.replace(became, revoking=revoking, outcome=outcome)
        case Settled() | Annulled():
            return became
        case _:
            assert_never(resolution)


def is_to_show(resolution: Resolution, session: UUID) -> bool:
    """Whether this session, one after it was passed, is to be shown it.

    What is open is shown to every session, how it ended once.
    """
    match resolution:
        case Unknown() | Settled() | Annulled():
            return False
        case Open(passed=passed):
            return session not in {passed.session, *(one.session for one in passed.shown)}
        case Fulfilled(passed=passed) | Revoked(passed=passed):
            was_shown = bool(passed.shown) and passed.shown[-1].standing is standing_of(resolution)
            return session != passed.session and not was_shown
        case _:
            assert_never(resolution)
