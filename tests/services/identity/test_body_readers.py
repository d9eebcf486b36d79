"""Who reads what a body does: the offices all of it, members as long as they sit on it."""

from datetime import date

import pytest

from domain.directory.account import Grant
from domain.kernel import Role
from domain.steering.body_events import AppointmentEnded, Capacity
from services.identity.authorisation import RoleMissing
from services.identity.body_readers import may_read_body, seats_of
from services.identity.principal import Principal
from tests.domain.county import JOBCENTER, MONDAY
from tests.domain.steering.body_example import FOUNDED, HOLDERS, RULES, group

HOLDER = HOLDERS[JOBCENTER]
TODAY, BEFORE = date(2026, 3, 2), date(2026, 1, 31)


def principal(role: Role, substitutes: str = "") -> Principal:
    grant = Grant(role=role, organisation=JOBCENTER, substitutes=substitutes)
    return Principal(account=HOLDER, grants=(grant,), signed_in="token")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_offices_read_every_body(role: Role) -> None:
    assert seats_of(principal(role), MONDAY) is None
    assert may_read_body(None, group(), [TODAY])


def test_who_stands_in_for_a_member_reads_on_the_seat_of_the_absent() -> None:
    assert seats_of(principal(Role.STEERING_MEMBER), MONDAY) == {HOLDER}
    assert seats_of(principal(Role.STEERING_MEMBER, "absent"), MONDAY) == {"absent"}


def test_others_read_no_body() -> None:
    for role in (Role.CASE_MANAGER, Role.ORGANISATION_MEMBER, Role.COLLEGE, Role.EXPERT):
        with pytest.raises(RoleMissing):
            seats_of(principal(role), MONDAY)


def test_who_has_left_reads_only_what_was_done_while_they_sat_there() -> None:
    left = AppointmentEnded(
        seat=JOBCENTER, person=HOLDER, capacity=Capacity.HOLDER, since=FOUNDED, until=BEFORE
    )
    body = group(RULES, left)
    seats = frozenset({HOLDER})
    assert may_read_body(seats, body, [TODAY, BEFORE])
    assert not may_read_body(seats, body, [TODAY])
    assert not may_read_body(frozenset({"lena"}), body, [TODAY, BEFORE])
