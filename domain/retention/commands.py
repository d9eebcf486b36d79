"""What can be asked about the file of a person: the steps towards its erasure."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command
from domain.privacy.commands import subject_stream
from domain.retention.events import ArchiveAnswer


class FileCommand(Command, frozen=True, kw_only=True):
    """`person` is the id of whom it is about, e.g. that of an account."""

    person: UUID

    @property
    def subject(self) -> UUID:
        return subject_stream(self.person)


class ProposeErasure(FileCommand, frozen=True, kw_only=True):
    """The period has run out: begin what the person's retention class asks for."""


class OfferToArchive(FileCommand, frozen=True, kw_only=True):
    """`digest` is the SHA-256 of the export the archive was given, `reference` the letter."""

    digest: str = ""
    reference: str = ""


class RecordArchiveAnswer(FileCommand, frozen=True, kw_only=True):
    answer: ArchiveAnswer
    reference: str = ""


class ConfirmErasure(FileCommand, frozen=True, kw_only=True):
    """Erase now. All that the class asks for has been done."""


class PostponeErasure(FileCommand, frozen=True, kw_only=True):
    """Do nothing further before this day; today or a nearer day takes it back."""

    until: date
    reason: str


class WithdrawProposal(FileCommand, frozen=True, kw_only=True):
    """Do not erase after all. The run does not propose it again unless it is closed anew."""

    reason: str = ""


RetentionCommand: TypeAlias = (
    ProposeErasure
    | OfferToArchive
    | RecordArchiveAnswer
    | ConfirmErasure
    | PostponeErasure
    | WithdrawProposal
)
