"""What is refused at the public door."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class ForeignStamp(Invalid):
    """The form does not carry what it was given when it was opened."""

    code: ClassVar[str] = "intake.stamp-foreign"


@dataclass(eq=False)
class StampOutdated(Refused):
    """The form was opened too long ago."""

    code: ClassVar[str] = "intake.stamp-outdated"


@dataclass(eq=False)
class FilledTooFast(Refused):
    """Nobody fills in the form as fast as that; `seconds` are left."""

    code: ClassVar[str] = "intake.too-fast"
    seconds: int


@dataclass(eq=False)
class AlreadyConfirmed(Refused):
    """The form with this stamp was confirmed: a change goes through the status page."""

    code: ClassVar[str] = "intake.confirmed-already"


@dataclass(eq=False)
class ChangedTooOften(Refused):
    """A form that is not confirmed was sent with other content again and again."""

    code: ClassVar[str] = "intake.changed-too-often"


@dataclass(eq=False)
class ConfirmationUnknown(NotFound):
    """There is no form to confirm with this link, or not any more."""

    code: ClassVar[str] = "intake.confirmation-unknown"
