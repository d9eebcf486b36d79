"""Why the directory refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Forbidden, Invalid, NotFound, Refused


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


@dataclass(eq=False)
class MalformedAddress(Invalid):
    """An e-mail address has a name, an @ and a domain."""

    code: ClassVar[str] = "account.malformed-address"


@dataclass(eq=False)
class AddressTaken(Refused):
    """Another account has this address: who signs in with it would be two people."""

    code: ClassVar[str] = "account.address-taken"


@dataclass(eq=False)
class UnknownSubstitute(NotFound):
    """There is no account that could substitute."""

    code: ClassVar[str] = "account.unknown-substitute"
    substitute: str


@dataclass(eq=False)
class UnknownSubstitution(NotFound):
    code: ClassVar[str] = "account.unknown-substitution"
    substitution: str


@dataclass(eq=False)
class OwnSubstitute(Invalid):
    """Nobody substitutes for themselves."""

    code: ClassVar[str] = "account.own-substitute"


@dataclass(eq=False)
class SubstituteAppointsThemselves(Forbidden):
    """Somebody else decides that one acts in the name of an absent person."""

    code: ClassVar[str] = "account.substitute-appoints-themselves"


@dataclass(eq=False)
class SubstitutionIsOver(Invalid):
    """A substitution ends after now."""

    code: ClassVar[str] = "account.substitution-is-over"
    until: str


@dataclass(eq=False)
class RoleNotHeld(Refused):
    """One substitutes in a role that the absent person has in that span; `role` is none of them."""

    code: ClassVar[str] = "account.role-not-held"
    role: str


@dataclass(eq=False)
class NothingToSubstitute(Invalid):
    """A substitution names at least one role."""

    code: ClassVar[str] = "account.nothing-to-substitute"
