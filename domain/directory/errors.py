"""Why the directory refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownMunicipality(NotFound):
    code: ClassVar[str] = "municipality.unknown"
    municipality: str


@dataclass(eq=False)
class MalformedKey(Invalid):
    """An AGS has eight digits."""

    code: ClassVar[str] = "municipality.malformed-key"
    municipality: str


@dataclass(eq=False)
class UnknownOrganisation(NotFound):
    code: ClassVar[str] = "organisation.unknown"
    organisation: str


@dataclass(eq=False)
class UnknownAccount(NotFound):
    code: ClassVar[str] = "account.unknown"
    account: str


@dataclass(eq=False)
class UnknownToken(NotFound):
    code: ClassVar[str] = "account.unknown-token"
    token: str


@dataclass(eq=False)
class RoleNeedsMunicipality(Invalid):
    """A case manager works in a municipality."""

    code: ClassVar[str] = "account.role-needs-municipality"
    role: str


@dataclass(eq=False)
class RoleNotForPeople(Refused):
    """Timers act in the role of the process; no person may."""

    code: ClassVar[str] = "account.role-not-for-people"
    role: str


@dataclass(eq=False)
class SpanEndsBeforeItBegins(Invalid):
    code: ClassVar[str] = "account.span-ends-before-it-begins"
    since: str
    until: str
