import pytest

from services.eventstore import lanes


@pytest.fixture(params=["found by the database", "known to the process"])
def head(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Which way appends take into the log, as far as there are two."""
    head: str = request.param
    monkeypatch.setattr(lanes, "ALONE", 10**9 if head == "found by the database" else 0)
    return head


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes trust their knowledge of the head from the first append on."""
    monkeypatch.setattr(lanes, "ALONE", 0)
