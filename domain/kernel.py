"""The words every context shares: event, command, error, actor, and what an aggregate is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar
from uuid import UUID, uuid5

import msgspec

NAMESPACE = UUID("6f1c7f0e-52a5-5d0b-9d8b-0b6d0f7d5c11")
"""Ids that follow from what they name (a municipality's concept) are version 5 below this."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Named in the past tense, never changed once recorded.

    `TOPIC` is the name it is stored under, so classes may be renamed and moved. A class whose
    fields changed has a higher `VERSION` and a static method for each step,
    `upcast_v1_v2(state)`, which changes the decoded JSON object of the earlier version in place.
    """

    TOPIC: ClassVar[str]
    VERSION: ClassVar[int] = 1


class Erased(msgspec.Struct, frozen=True, kw_only=True, tag="erased"):
    """What stands in a personal field once the data of its person were erased: when, and why.

    `at` is None if the key is missing and nothing says why.
    """

    at: datetime | None
    reason: str


class Personal(msgspec.Struct, frozen=True):
    """Marks a field that says something about a person; `subject` is the field with their id."""

    subject: str


def personal(subject: str) -> Personal:
    """Declare that a field of an event is personal.

    As in `name: Annotated[str | Erased, personal("account")]`. It is stored encrypted with the
    key of the person whose id is in the named field, a UUID, and reads `Erased` once that
    person's data were erased.
    """
    return Personal(subject)


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person or a timer asks for. Named in the imperative, may be refused.

    It holds exactly what was asked. Who asks and when is in the `Context` of the decision, so
    the same request sent twice is the same command.
    """

    @property
    def subject(self) -> UUID:
        """The stream of the aggregate that decides."""
        raise NotImplementedError


class Role(StrEnum):
    """What a person is in the county's processes."""

    COORDINATOR = "coordinator"
    CASE_MANAGER = "case-manager"
    ORGANISATION_MEMBER = "organisation-member"
    STEERING_MEMBER = "steering-member"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    COLLEGE = "college"
    """Staff of a vocational college, which is the organisation of the grant."""
    EXPERT = "expert"
    """Of the expert group that writes and approves assessment instruments."""
    PROCESS = "process"
    """A workflow: a timer ran out. Never given to a person."""
    COMPANY = "company"
    """A company that follows the link of its own report. Never given to a person."""


ROLES_OF_PEOPLE = tuple(role for role in Role if role not in {Role.PROCESS, Role.COMPANY})
"""What can be granted to an account."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, for which organisation, in which role, and how they signed in.

    `account` is the id of an account, or the id of a workflow (`concept/…`) for a process.
    `substitutes` is the account whose role it is, if they act in somebody's absence.
    """

    account: str
    role: Role
    organisation: str = ""
    signed_in: str = ""
    substitutes: str = ""

    @property
    def people(self) -> frozenset[str]:
        """Who counts as having done it: for four eyes, a substitute and the absent are one."""
        return people(self.account, self.substitutes)


def people(account: str, substitutes: str) -> frozenset[str]:
    """The one who acted, and the one for whom they did, if any."""
    return frozenset({account, substitutes} - {""})


class DomainError(Exception):
    """A rule of the domain was not met. Knows nothing of HTTP or of Temporal.

    Each subclass is one rule: a stable `code` and the facts as attributes. The sentences people
    read are in `services/texts`.
    """

    code: ClassVar[str] = "domain.error"

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({facts})"

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the refusal by name."""
        return vars(self)


class NotFound(DomainError):
    """The thing asked for does not exist."""


class Forbidden(DomainError):
    """This actor may not do this."""


class Refused(DomainError):
    """The state of things does not allow this now."""


class Conflict(DomainError):
    """What the actor saw is no longer what is there."""


class Invalid(DomainError):
    """What was asked for makes no sense whatever the state of things."""


C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)
S = TypeVar("S")
X = TypeVar("X")


class Aggregate(Generic[C, E, S, X]):
    """One kind of aggregate: its first state, its fold, and its decision.

    `decide` is pure: `(command, state, context) -> events`. No events means "it is already so".
    `evolve` never refuses: what was recorded did happen.
    """

    def __init__(
        self,
        name: str,
        *,
        initial: S,
        evolve: Callable[[S, E], S],
        decide: Callable[[C, S, X], Sequence[E]],
    ) -> None:
        self.name = name
        self.initial = initial
        self.evolve = evolve
        self.decide = decide

    def replay(self, events: Iterable[E]) -> S:
        """The state after these events."""
        state = self.initial
        for event in events:
            state = self.evolve(state, event)
        return state


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks and when. Contexts that look at more than their aggregate extend it."""

    at: datetime
    by: Actor


def stream_id(kind: str, key: str) -> UUID:
    """The id of the one stream of this kind for this key: the same on every machine."""
    return uuid5(NAMESPACE, f"{kind}/{key}")
