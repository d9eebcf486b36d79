"""What can be asked of a resolution."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id
from domain.steering.follow_up import REMIND_WORKING_DAYS_BEFORE
from domain.steering.mandate import Mandate


def resolution_id(session: UUID, number: int) -> UUID:
    """The one resolution that comes of a vote: a second one has no place to be."""
    return stream_id("resolution", f"{session}/{number}")


class PassResolution(Command, frozen=True, kw_only=True):
    """Record what the vote `number` of a session resolved, and who sees to it until when.

    Without an owner and a day only if nothing is to be done.
    """

    session: UUID
    number: int
    mandate: Mandate
    owner: str = ""
    due: date | None = None
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE
    reference: str = ""

    @property
    def subject(self) -> UUID:
        return resolution_id(self.session, self.number)


class AboutResolution(Command, frozen=True, kw_only=True):
    """A command to a resolution that was passed."""

    resolution: UUID

    @property
    def subject(self) -> UUID:
        return self.resolution


class RemindOfMandate(AboutResolution, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person asks."""

    moment: datetime | None = None


class ReportProgress(AboutResolution, frozen=True, kw_only=True):
    """`report` is its number, the next."""

    report: int
    text: str


class RecordLetter(AboutResolution, frozen=True, kw_only=True):
    """The letter to the ministry was sent."""

    addressee: str
    subject_line: str
    text: str
    sent_on: date
    reference: str = ""


class DeclareMandateOverdue(AboutResolution, frozen=True, kw_only=True):
    """By the process, once its day has passed."""


class ExtendMandate(AboutResolution, frozen=True, kw_only=True):
    due: date
    reason: str
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE


class HandOverMandate(AboutResolution, frozen=True, kw_only=True):
    owner: str
    reason: str


class FulfilMandate(AboutResolution, frozen=True, kw_only=True):
    """What came of it is looked up where the mandate's kind says; a commission tells it."""

    outcome: str = ""


class ReopenMandate(AboutResolution, frozen=True, kw_only=True):
    """It was not fulfilled after all."""

    due: date
    reason: str
    remind_working_days_before: tuple[int, ...] = REMIND_WORKING_DAYS_BEFORE


class ShowProgress(AboutResolution, frozen=True, kw_only=True):
    """To a later session of the body."""

    session: UUID


class RevokeResolution(AboutResolution, frozen=True, kw_only=True):
    """By a later resolution that says so."""

    revoking: UUID


class AnnulResolution(AboutResolution, frozen=True, kw_only=True):
    """Its vote was annulled in the session."""

    reason: str


ResolutionCommand: TypeAlias = (
    PassResolution
    | RemindOfMandate
    | ReportProgress
    | RecordLetter
    | DeclareMandateOverdue
    | ExtendMandate
    | HandOverMandate
    | FulfilMandate
    | ReopenMandate
    | ShowProgress
    | RevokeResolution
    | AnnulResolution
)
