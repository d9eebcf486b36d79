"""Minutes that are not released in the time of the rules: noticed once, in case somebody forgot."""

import msgspec
import pytest

from domain.steering.body_rules import Period
from domain.steering.minutes_events import MinutesFellOverdue
from domain.steering.session_commands import DeclareMinutesOverdue
from domain.steering.session_errors import NotYet
from domain.steering.session_events import SessionEvent
from tests.domain.county import berlin
from tests.domain.steering.body_example import RULES, group
from tests.domain.steering.session_example import (
    APPROVED,
    DRAFTED,
    HELD,
    READY,
    RELEASED,
    SESSION_ID,
    session,
)

DUE = berlin(2026, 4, 9, 18)
DECLARE = DeclareMinutesOverdue(session=SESSION_ID)
WITH_TIME = group(msgspec.structs.replace(RULES, minutes=Period(days=10, working=True)))


waiting = session.knowing(body=WITH_TIME)


@pytest.mark.parametrize("written", [(), (DRAFTED,), (DRAFTED, APPROVED)])
def test_until_they_are_released_they_fall_overdue_at_the_end_of_their_time_once(
    written: tuple[SessionEvent, ...],
) -> None:
    overdue = MinutesFellOverdue(due=DUE)
    held = waiting.given(*HELD, *written)
    held.when(DECLARE, at=berlin(2026, 4, 9, 17)).then_refused(NotYet)
    held.when(DECLARE, at=DUE).then(overdue)
    waiting.given(*HELD, *written, overdue).when(DECLARE, at=DUE).then_nothing()


@pytest.mark.parametrize(
    "history",
    [
        READY,
        (*HELD, DRAFTED, APPROVED, RELEASED),
        (*HELD, DRAFTED, APPROVED, RELEASED, DRAFTED),
    ],
    ids=["not-held", "released", "corrected"],
)
def test_nothing_is_overdue_before_the_session_and_once_the_body_had_its_minutes(
    history: tuple[SessionEvent, ...],
) -> None:
    waiting.given(*history).when(DECLARE, at=DUE).then_nothing()


def test_without_a_time_in_the_rules_nothing_is_overdue() -> None:
    session.given(*HELD).when(DECLARE, at=DUE).then_nothing()
