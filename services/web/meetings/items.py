"""The items of a session while people meet or vote in writing, and what came of them."""

from collections.abc import Mapping, Sequence

import msgspec

from domain.steering.agenda import ItemKind
from domain.steering.minutes import Decided
from services.api.agenda_views import ItemView, Said, VoteView
from services.api.body_views import RulesEdition
from services.api.session_views import SessionView
from services.web.meetings.seats import SeatPlace

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a proposal, and the vote on it that stands."""

    key: str
    text: str
    vote: VoteView | None


class OwnBallot(msgspec.Struct, frozen=True, kw_only=True):
    """A seat for which whoever looks may vote in writing, and how they did."""

    seat: str
    name: str
    choice: Said | None


class ItemPart(msgspec.Struct, frozen=True, kw_only=True):
    """`eligible` are the seats there that may vote on it, `counted` those that make its quorum.

    `own` are the ballots in writing of whoever looks, `asked` and `answered` are seats.
    """

    view: ItemView
    wordings: Sequence[Wording]
    eligible: Sequence[SeatPlace]
    counted: int
    needed: int
    voting_seats: int
    own: Sequence[OwnBallot]
    asked: int
    answered: int

    @property
    def number(self) -> int:
        return self.view.number

    @property
    def is_proposal(self) -> bool:
        return self.view.kind is ItemKind.PROPOSAL

    @property
    def is_quorate(self) -> bool:
        return self.counted >= self.needed

    @property
    def is_adopted(self) -> bool:
        votes = (wording.vote for wording in self.wordings if wording.vote)
        return any(vote.decided is Decided.ADOPTED for vote in votes)

    @property
    def open_wordings(self) -> Sequence[Wording]:
        """Those that can still be put to the vote."""
        if self.is_adopted or self.view.deferred:
            return ()
        return [wording for wording in self.wordings if wording.vote is None]

    @property
    def free_key(self) -> str:
        """A key for one more wording; empty if there is none left."""
        taken = {wording.key for wording in self.wordings}
        return next((key for key in LETTERS if key not in taken), "")


def item_parts(
    session: SessionView,
    seats: Sequence[SeatPlace],
    editions: Mapping[int, RulesEdition],
    account: str,
) -> list[ItemPart]:
    """In the order of the agenda."""
    return [_item_part(item, session, seats, editions, account) for item in session.items]


def _item_part(
    item: ItemView,
    session: SessionView,
    seats: Sequence[SeatPlace],
    editions: Mapping[int, RulesEdition],
    account: str,
) -> ItemPart:
    votes = {vote.alternative: vote for vote in session.votes if vote.item == item.item}
    quorum = session.quorum
    there = frozenset(quorum.represented if quorum else ())
    eligible = [seat for seat in seats if seat.seat in there and seat.seat not in item.conflicts]
    edition = editions.get(quorum.edition) if quorum else None
    stay = edition is not None and edition.rules.conflicted_are_present
    asked = session.circular.seats if session.circular else ()
    return ItemPart(
        view=item,
        wordings=[
            Wording(key=one.key, text=one.text, vote=votes.get(one.key))
            for one in item.alternatives
        ],
        eligible=eligible,
        counted=len(there) if stay else len(eligible),
        needed=quorum.needed if quorum else 0,
        voting_seats=quorum.voting_seats if quorum else 0,
        own=_own_ballots(item, session, seats, account),
        asked=len(asked),
        answered=len(item.ballots),
    )


def _own_ballots(
    item: ItemView, session: SessionView, seats: Sequence[SeatPlace], account: str
) -> list[OwnBallot]:
    """Of the seats that were asked: the holder's, or a deputy's while the holder is away.

    Who holds a vote of their own gives that one only.
    """
    asked = session.circular.seats if session.circular else ()
    said = {ballot.seat: ballot for ballot in item.ballots}
    own: list[OwnBallot] = []
    held = {seat.seat for seat in seats if seat.votes and seat.holder == account}
    for seat in seats:
        is_deputy = (
            not held and account in seat.deputies and (seat.is_absent or seat.holder is None)
        )
        may = seat.seat in asked and seat.seat not in item.conflicts
        if not may or not (seat.holder == account or is_deputy):
            continue
        ballot = said.get(seat.seat)
        if ballot is not None and ballot.person != account and is_deputy:
            continue
        choice = ballot.choice if ballot else None
        own.append(OwnBallot(seat=seat.seat, name=seat.name, choice=choice))
    return own
