"""The votes of a session, as resolutions and need reviews look at them."""

from uuid import UUID

from domain.steering.need_review_context import Count
from domain.steering.resolution_context import Voted
from domain.steering.session import Session, Unknown


def voted_in(session: Session, number: int) -> Voted | None:
    """The session's vote of this number, if it stands."""
    if isinstance(session, Unknown):
        return None
    record = session.record
    count = next((one for one in record.counts if one.vote.number == number), None)
    item = count and record.item(count.vote.item)
    if count is None or item is None:
        return None
    return Voted(body=record.body, item=item, vote=count.vote, decided=count.decided)


def was_annulled(session: Session, number: int) -> bool:
    """Whether the session had a vote of this number that was annulled."""
    if isinstance(session, Unknown):
        return False
    record = session.record
    stands = any(one.vote.number == number for one in record.counts)
    return 0 < number <= record.numbered and not stands


def counts_on(session: Session, item: UUID) -> tuple[Count, ...]:
    """The votes on an item that stand."""
    if isinstance(session, Unknown):
        return ()
    return tuple(
        Count(alternative=one.vote.alternative, decided=one.decided)
        for one in session.record.counts_on(item)
    )
