"""What the objects of OParl are called, and under which addresses they are found for ever."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

ROOT = "/oparl/v1.1"
SCHEMA = "https://schema.oparl.org/1.1/"
SYSTEM = f"{ROOT}/system"


class Kind(StrEnum):
    """The types of OParl we have; the value is their word in our addresses."""

    SYSTEM = "system"
    BODY = "body"
    LEGISLATIVE_TERM = "legislative-term"
    ORGANIZATION = "organization"
    PERSON = "person"
    MEMBERSHIP = "membership"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda-item"
    PAPER = "paper"
    CONSULTATION = "consultation"
    FILE = "file"
    LOCATION = "location"

    @property
    def type(self) -> str:
        """The address by which OParl names the type."""
        return SCHEMA + "".join(part.capitalize() for part in self.value.split("-"))


LINKS = frozenset(
    {
        "id",
        "body",
        "organization",
        "person",
        "membership",
        "meeting",
        "meetings",
        "agendaItem",
        "paper",
        "consultation",
        "file",
        "locationList",
        "legislativeTermList",
        "system",
        "onBehalfOf",
        "subOrganizationOf",
        "accessUrl",
        "downloadUrl",
        "first",
        "self",
        "next",
    }
)
"""Fields that hold addresses of ours; what people wrote stands in none of them."""


def path_of(kind: Kind, key: UUID) -> str:
    """The address of an object, below the service's own. There is one system."""
    return SYSTEM if kind is Kind.SYSTEM else f"{ROOT}/{kind.value}/{key}"


def list_of(kind: Kind) -> str:
    """The address of the list of all objects of this type."""
    return f"{ROOT}/{kind.value}"


def absolute(content: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """The object with whole addresses. `origin` is the service's own, without a path."""
    return {name: _absolute(name, value, origin) for name, value in content.items()}


def _absolute(name: str, value: object, origin: str) -> object:
    match value:
        case str():
            return origin + value if name in LINKS else value
        case Mapping():
            return absolute(cast("Mapping[str, Any]", value), origin)
        case Sequence():
            return [_absolute(name, one, origin) for one in cast("Sequence[object]", value)]
        case _:
            return value
