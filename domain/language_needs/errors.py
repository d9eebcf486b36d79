"""Why what a report says is refused, and what is not there; `field` is where, as in `groups/0`."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownReport(NotFound):
    code: ClassVar[str] = "company-report.unknown"
    report: str


@dataclass(eq=False)
class ReferenceMalformed(Invalid):
    """The reference does not check, or is another report's."""

    code: ClassVar[str] = "company-report.malformed-reference"
    reference: str


@dataclass(eq=False)
class AlreadySubmitted(Refused):
    """Another report has this reference."""

    code: ClassVar[str] = "company-report.already-submitted"
    reference: str


@dataclass(eq=False)
class NotConfirmed(Refused):
    """A form counts once its link was opened; only the coordination takes reports by telephone."""

    code: ClassVar[str] = "company-report.not-confirmed"


@dataclass(eq=False)
class TextMissing(Invalid):
    code: ClassVar[str] = "company-report.text-missing"
    field: str


@dataclass(eq=False)
class TextTooLong(Invalid):
    code: ClassVar[str] = "company-report.text-too-long"
    field: str
    limit: int


@dataclass(eq=False)
class NamesSomebody(Invalid):
    """Reports are about groups. `places` are like `birth-date 12-22`, without what stands there."""

    code: ClassVar[str] = "company-report.names-somebody"
    field: str
    places: str


@dataclass(eq=False)
class NumberOutOfRange(Invalid):
    code: ClassVar[str] = "company-report.number-out-of-range"
    field: str
    value: int
    least: int
    most: int


@dataclass(eq=False)
class ValueMalformed(Invalid):
    """Not written as it has to be: a time, a weekday, a section of trades, a language."""

    code: ClassVar[str] = "company-report.value-malformed"
    field: str


@dataclass(eq=False)
class LevelNotHigher(Invalid):
    """The wanted level is above the present one."""

    code: ClassVar[str] = "company-report.level-not-higher"
    field: str


@dataclass(eq=False)
class OnlyForApprentices(Invalid):
    """A trade, a college and a year of training are told of apprentices only."""

    code: ClassVar[str] = "company-report.only-for-apprentices"
    field: str


@dataclass(eq=False)
class TimesOutOfOrder(Invalid):
    code: ClassVar[str] = "company-report.times-out-of-order"
    earliest: str
    latest: str
    field: str = "times/latest"


@dataclass(eq=False)
class ContactUnreachable(Invalid):
    """A form is answered by mail; what was told by telephone needs an address or a number."""

    code: ClassVar[str] = "company-report.contact-unreachable"
    field: str = "contact/email"


@dataclass(eq=False)
class NotACollege(Invalid):
    code: ClassVar[str] = "company-report.not-a-college"
    field: str
    organisation: str
