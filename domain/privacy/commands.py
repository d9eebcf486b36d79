"""What can be asked about the data kept of a person."""

from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id


def subject_stream(person: UUID) -> UUID:
    """The stream that says what happened to the person's data, beside those that hold them."""
    return stream_id("subject", str(person))


class AboutSubject(Command, frozen=True, kw_only=True):
    """`person` is the id the data are kept under, as an account's."""

    person: UUID
    reason: str

    @property
    def subject(self) -> UUID:
        return subject_stream(self.person)


class EraseSubject(AboutSubject, frozen=True, kw_only=True):
    """Make everything personal that is kept about the person unreadable, for ever."""


class PlaceHold(AboutSubject, frozen=True, kw_only=True):
    """Keep everything about the person until this hold, and every other one, is lifted."""

    hold: UUID


class LiftHold(AboutSubject, frozen=True, kw_only=True):
    """End this hold; erasure is possible again once there is none left."""

    hold: UUID


SubjectCommand: TypeAlias = EraseSubject | PlaceHold | LiftHold
