"""What can be asked of a session."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Command, stream_id
from domain.steering.agenda import AgendaItem, Alternative
from domain.steering.minutes import ItemNote
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.vote import Choice, Manner


def session_id(body: str, key: str) -> UUID:
    """The stream of the body's session with this key."""
    return stream_id("session", f"{body}/{key}")


class ScheduleSession(Command, frozen=True, kw_only=True):
    """`body` is the key of the body, `key` that of the session, such as `2024-1`."""

    body: str
    key: str
    title: str
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""

    @property
    def subject(self) -> UUID:
        return session_id(self.body, self.key)


class AboutSession(Command, frozen=True, kw_only=True):
    """A command to a session that was scheduled."""

    session: UUID

    @property
    def subject(self) -> UUID:
        return self.session


class MoveSession(AboutSession, frozen=True, kw_only=True):
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    reason: str


class CancelSession(AboutSession, frozen=True, kw_only=True):
    reason: str


class CallForItems(AboutSession, frozen=True, kw_only=True):
    until: datetime
    remind_working_days_before: tuple[int, ...] = (5, 2)


class ProposeItem(AboutSession, frozen=True, kw_only=True):
    item: AgendaItem


class ReviseItem(AboutSession, frozen=True, kw_only=True):
    item: AgendaItem


class WithdrawItem(AboutSession, frozen=True, kw_only=True):
    item: UUID
    reason: str


class OrderAgenda(AboutSession, frozen=True, kw_only=True):
    """Every item once."""

    items: tuple[UUID, ...]


class FreezeAgenda(AboutSession, frozen=True, kw_only=True):
    pass


class ReopenAgenda(AboutSession, frozen=True, kw_only=True):
    reason: str


class InviteToSession(AboutSession, frozen=True, kw_only=True):
    """`urgency` says why it is later than the rules want, if it is."""

    urgency: str = ""
    remind_working_days_before: tuple[int, ...] = (2,)


class RemindMembers(AboutSession, frozen=True, kw_only=True):
    occasion: Occasion
    moment: datetime | None = None


class AnnounceAbsence(AboutSession, frozen=True, kw_only=True):
    """The holder will not come, or not vote in writing."""

    seat: str


class WithdrawAbsence(AboutSession, frozen=True, kw_only=True):
    seat: str


class OpenSession(AboutSession, frozen=True, kw_only=True):
    """`at` is when it was, if it is recorded later; likewise in what follows."""

    chair: str
    keeper: str
    at: datetime | None = None


class TakeSeat(AboutSession, frozen=True, kw_only=True):
    """`person` is an account, of the holder or of a deputy."""

    seat: str
    person: str
    at: datetime | None = None


class LeaveSeat(AboutSession, frozen=True, kw_only=True):
    seat: str
    at: datetime | None = None


class AdmitGuests(AboutSession, frozen=True, kw_only=True):
    organisation: str
    people: int = 1
    at: datetime | None = None


class DismissGuests(AboutSession, frozen=True, kw_only=True):
    organisation: str
    at: datetime | None = None


class DeclareConflict(AboutSession, frozen=True, kw_only=True):
    item: UUID
    seat: str


class LiftConflict(AboutSession, frozen=True, kw_only=True):
    item: UUID
    seat: str


class AmendProposal(AboutSession, frozen=True, kw_only=True):
    """An alternative with a key that is there is worded anew, another one is added."""

    item: UUID
    alternative: Alternative


class DiscussItem(AboutSession, frozen=True, kw_only=True):
    item: UUID
    text: str


class DeferItem(AboutSession, frozen=True, kw_only=True):
    item: UUID
    reason: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a seat said when it was called."""

    seat: str
    choice: Choice


class ResumeItem(AboutSession, frozen=True, kw_only=True):
    item: UUID


class TakeVote(AboutSession, frozen=True, kw_only=True):
    """Either how many said what, or, called by name, what each seat said."""

    item: UUID
    alternative: str
    manner: Manner = Manner.COUNTED
    yes: int = 0
    no: int = 0
    abstain: int = 0
    answers: tuple[Answer, ...] = ()
    at: datetime | None = None


class AnnulVote(AboutSession, frozen=True, kw_only=True):
    number: int
    reason: str


class OpenCircular(AboutSession, frozen=True, kw_only=True):
    remind_working_days_before: tuple[int, ...] = (2,)


class CastBallot(AboutSession, frozen=True, kw_only=True):
    """By whoever sits on the seat. `shown` is the digest of the item they had before them."""

    item: UUID
    seat: str
    choice: Choice
    shown: str


class CloseSession(AboutSession, frozen=True, kw_only=True):
    """A vote in writing is closed by the process when its time is over, or everybody voted."""

    at: datetime | None = None


class DraftMinutes(AboutSession, frozen=True, kw_only=True):
    """From what was recorded; what is said to an item can be worded, the rest stays as it is.

    After minutes were released, `reason` says what is corrected.
    """

    notes: tuple[ItemNote, ...] = ()
    remark: str | None = None
    reason: str = ""


class ReturnMinutes(AboutSession, frozen=True, kw_only=True):
    version: int
    reason: str


class ApproveMinutes(AboutSession, frozen=True, kw_only=True):
    """`digest` is that of what the approver read."""

    version: int
    digest: str


class ReleaseMinutes(AboutSession, frozen=True, kw_only=True):
    version: int


class DeclareMinutesOverdue(AboutSession, frozen=True, kw_only=True):
    """By the process."""


class PublishItem(AboutSession, frozen=True, kw_only=True):
    item: UUID


class WithdrawPublication(AboutSession, frozen=True, kw_only=True):
    item: UUID
    reason: str


PlanningCommand: TypeAlias = (
    MoveSession
    | CancelSession
    | CallForItems
    | InviteToSession
    | RemindMembers
    | AnnounceAbsence
    | WithdrawAbsence
)
AgendaCommand: TypeAlias = (
    ProposeItem | ReviseItem | WithdrawItem | OrderAgenda | FreezeAgenda | ReopenAgenda
)
MeetingCommand: TypeAlias = (
    OpenSession
    | TakeSeat
    | LeaveSeat
    | AdmitGuests
    | DismissGuests
    | DeclareConflict
    | LiftConflict
    | AmendProposal
    | DiscussItem
    | DeferItem
    | ResumeItem
)
VotingCommand: TypeAlias = TakeVote | AnnulVote | OpenCircular | CastBallot | CloseSession
MinutesCommand: TypeAlias = (
    DraftMinutes
    | ReturnMinutes
    | ApproveMinutes
    | ReleaseMinutes
    | DeclareMinutesOverdue
    | PublishItem
    | WithdrawPublication
)
SessionCommand: TypeAlias = (
    ScheduleSession
    | PlanningCommand
    | AgendaCommand
    | MeetingCommand
    | VotingCommand
    | MinutesCommand
)
