"""How many requests an account may send."""

import pytest

from services.identity import pace
from services.identity.pace import Pace


def let_through(pace: Pace, account: str, now: float, count: int) -> int:
    return sum(pace.wait(account, now) == 0 for _ in range(count))


def test_so_many_are_let_through_at_once_and_then_as_many_a_minute() -> None:
    pace = Pace(60)
    assert let_through(pace, "jana", 1000.0, 100) == 60
    assert pace.wait("jana", 1000.0) == pytest.approx(1.0)
    assert let_through(pace, "jana", 1030.0, 100) == 30
    assert let_through(pace, "jana", 5000.0, 100) == 60


def test_whoever_asks_too_often_is_let_in_again_when_they_have_waited() -> None:
    pace = Pace(60)
    let_through(pace, "jana", 0.0, 1000)
    wait = pace.wait("jana", 0.0)
    assert wait > 0
    assert pace.wait("jana", wait - 0.01) > 0
    assert pace.wait("jana", wait + 0.001) == 0, "what was refused does not count"


def test_an_even_pace_is_never_held_up() -> None:
    pace = Pace(600)
    assert all(pace.wait("jana", number * 0.1) == 0 for number in range(5000))


def test_each_account_has_its_own() -> None:
    pace = Pace(5)
    assert let_through(pace, "jana", 0.0, 10) == 5
    assert let_through(pace, "karin", 0.0, 10) == 5


def test_accounts_that_have_fallen_silent_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MANY", 100)
    kept = Pace(60)
    for number in range(1000):
        kept.wait(f"account {number}", number * 1.0)
    assert len(kept._full) <= 101  # pyright: ignore[reportPrivateUsage]


def test_whoever_is_held_up_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MANY", 10)
    kept = Pace(60)
    let_through(kept, "jana", 0.0, 60)
    for number in range(50):
        kept.wait(f"account {number}", 0.0)
    assert kept.wait("jana", 0.0) > 0
