"""Why an agenda refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownItem(NotFound):
    code: ClassVar[str] = "session.unknown-item"
    item: str


@dataclass(eq=False)
class ItemAlreadyProposed(Refused):
    """Another item has this id."""

    code: ClassVar[str] = "session.item-already-proposed"
    item: str


@dataclass(eq=False)
class ItemTitleMissing(Invalid):
    code: ClassVar[str] = "session.item-title-missing"


@dataclass(eq=False)
class ThemeMissing(Invalid):
    """A theme on the agenda is one of those that findings were bundled into."""

    code: ClassVar[str] = "session.theme-missing"


@dataclass(eq=False)
class ThemeNotReady(Refused):
    """Fewer than five cases: the people could be recognised, or nobody knows the theme."""

    code: ClassVar[str] = "session.theme-not-ready"
    theme: str


@dataclass(eq=False)
class AlternativesMissing(Invalid):
    """A proposal says what it proposes, and only a proposal does."""

    code: ClassVar[str] = "session.alternatives-missing"


@dataclass(eq=False)
class AlternativeUnclear(Invalid):
    """Alternatives have different keys, and each has a wording."""

    code: ClassVar[str] = "session.alternative-unclear"
    alternative: str


@dataclass(eq=False)
class NothingToFollowUp(Invalid):
    """A follow-up names what became of what."""

    code: ClassVar[str] = "session.nothing-to-follow-up"


@dataclass(eq=False)
class AgendaIsFrozen(Refused):
    """What people were told of does not change any more."""

    code: ClassVar[str] = "session.agenda-is-frozen"
    stage: str


@dataclass(eq=False)
class AgendaNotWhole(Invalid):
    """An order of the agenda names every item once."""

    code: ClassVar[str] = "session.agenda-not-whole"


@dataclass(eq=False)
class AgendaIsEmpty(Refused):
    code: ClassVar[str] = "session.agenda-is-empty"


@dataclass(eq=False)
class OnlyOneWording(Refused):
    """In writing, each item is a proposal with one wording, to which people say yes or no."""

    code: ClassVar[str] = "session.only-one-wording"
    item: str


@dataclass(eq=False)
class ItemIsPublished(Refused):
    """What everybody may see is withdrawn from there before it changes."""

    code: ClassVar[str] = "session.item-is-published"
    item: str


@dataclass(eq=False)
class ItemNotPublished(Refused):
    code: ClassVar[str] = "session.item-not-published"
    item: str


@dataclass(eq=False)
class AgendaNotPublic(Refused):
    """An item is published once the agenda is settled."""

    code: ClassVar[str] = "session.agenda-not-public"
    stage: str
