"""Why a vote is refused."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class NotAProposal(Refused):
    """Only proposals are voted on."""

    code: ClassVar[str] = "session.not-a-proposal"
    item: str


@dataclass(eq=False)
class UnknownAlternative(NotFound):
    code: ClassVar[str] = "session.unknown-alternative"
    item: str
    alternative: str


@dataclass(eq=False)
class AlreadyCounted(Refused):
    """This wording was put to the vote; it would have to be annulled first."""

    code: ClassVar[str] = "session.already-counted"
    number: int


@dataclass(eq=False)
class AlreadyAdopted(Refused):
    """One alternative of a proposal is adopted, not two."""

    code: ClassVar[str] = "session.already-adopted"
    item: str


@dataclass(eq=False)
class ItemIsDeferred(Refused):
    code: ClassVar[str] = "session.item-is-deferred"
    item: str


@dataclass(eq=False)
class NobodyVoted(Invalid):
    code: ClassVar[str] = "session.nobody-voted"


@dataclass(eq=False)
class NegativeCount(Invalid):
    code: ClassVar[str] = "session.negative-count"


@dataclass(eq=False)
class MoreVotesThanSeats(Invalid):
    """There are more votes than voting seats that are there and may vote."""

    code: ClassVar[str] = "session.more-votes-than-seats"
    given: int
    seats: int


@dataclass(eq=False)
class CountsAndCalls(Invalid):
    """Either votes are counted, or each seat is called by name."""

    code: ClassVar[str] = "session.counts-and-calls"


@dataclass(eq=False)
class SeatCalledTwice(Invalid):
    """Each seat votes once."""

    code: ClassVar[str] = "session.seat-called-twice"
    seat: str


@dataclass(eq=False)
class SeatMayNotVote(Forbidden):
    """It has no vote, nobody sits on it, or it has a conflict of interest."""

    code: ClassVar[str] = "session.seat-may-not-vote"
    seat: str


@dataclass(eq=False)
class UnknownVote(NotFound):
    """There is no such vote, or it was annulled."""

    code: ClassVar[str] = "session.unknown-vote"
    number: int


@dataclass(eq=False)
class NoCircularVotes(Refused):
    """The rules of the body know no votes in writing."""

    code: ClassVar[str] = "session.no-circular-votes"
    edition: int


@dataclass(eq=False)
class NotCirculating(Refused):
    """No vote in writing is running."""

    code: ClassVar[str] = "session.not-circulating"
    stage: str


@dataclass(eq=False)
class BallotTooLate(Refused):
    code: ClassVar[str] = "session.ballot-too-late"
    closed_at: str


@dataclass(eq=False)
class OtherItemShown(Conflict):
    """The ballot is on another text than the one that is put to the vote."""

    code: ClassVar[str] = "session.other-item-shown"
    shown: str
    current: str


@dataclass(eq=False)
class BallotIsPersonal(Forbidden):
    """Who is away is stood in for by the deputy of the seat, not by a substitute at work."""

    code: ClassVar[str] = "session.ballot-is-personal"


@dataclass(eq=False)
class HolderIsNotAway(Refused):
    """A deputy votes only if the holder said they would not, and has not."""

    code: ClassVar[str] = "session.holder-is-not-away"
    seat: str


@dataclass(eq=False)
class SeatHasVoted(Refused):
    """Another deputy of the seat has voted."""

    code: ClassVar[str] = "session.seat-has-voted"
    seat: str


@dataclass(eq=False)
class VotedForAnotherSeat(Refused):
    """Nobody votes twice on an item."""

    code: ClassVar[str] = "session.voted-for-another-seat"
    seat: str


@dataclass(eq=False)
class StillVoting(Refused):
    """The time is not over, and not everybody voted."""

    code: ClassVar[str] = "session.still-voting"
    closes_at: str
