import msgspec

from domain.kernel import stream_id
from domain.steering.agenda import AgendaItem
from domain.steering.minutes import Decided, MinutedVote
from domain.steering.need_review_context import Count
from domain.steering.resolution_vote import counts_on, voted_in, was_annulled
from domain.steering.session import Held, Session, Unknown
from domain.steering.session_events import SessionKind
from domain.steering.session_record import Record
from tests.domain.steering.resolution_example import BODY, DECIDED_AT, ITEM, SESSION, VOTED

RECORD = Record(
    session=SESSION,
    body=BODY,
    key="2026-02",
    title="Lenkungsgruppe",
    kind=SessionKind.MEETING,
    starts_at=DECIDED_AT,
)


def session(*counts: MinutedVote, numbered: int, items: tuple[AgendaItem, ...]) -> Session:
    """A session that has been held, with these votes of so many."""
    record = msgspec.structs.replace(RECORD, counts=counts, numbered=numbered, items=items)
    return Held(record=record)


STANDS = MinutedVote(vote=VOTED.vote, decided=Decided.ADOPTED)


def test_a_vote_that_stands_is_found_with_its_item_and_body() -> None:
    held = session(STANDS, numbered=1, items=(VOTED.item,))
    assert voted_in(held, 1) == VOTED
    assert not was_annulled(held, 1)
    assert counts_on(held, ITEM) == (Count(alternative="group", decided=Decided.ADOPTED),)


def test_a_vote_that_was_annulled_is_told_from_one_that_never_was() -> None:
    held = session(numbered=1, items=(VOTED.item,))
    assert voted_in(held, 1) is None
    assert was_annulled(held, 1)
    assert not was_annulled(held, 2)
    assert not was_annulled(held, 0)
    assert counts_on(held, ITEM) == ()


def test_a_session_that_never_was_has_no_votes() -> None:
    assert voted_in(Unknown(), 1) is None
    assert not was_annulled(Unknown(), 1)
    assert counts_on(Unknown(), stream_id("item", "any")) == ()
