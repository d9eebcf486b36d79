"""What a resolution asks for: the kinds of mandate. Stored in events under their tags."""

from typing import TypeAlias
from uuid import UUID

import msgspec


class GroupMandate(msgspec.Struct, frozen=True, kw_only=True, tag="establish-working-group"):
    """Establish a working group with these organisations."""

    title: str
    purpose: str
    members: tuple[str, ...]
    guests: tuple[str, ...] = ()


class DissolutionMandate(msgspec.Struct, frozen=True, kw_only=True, tag="dissolve-working-group"):
    """Dissolve a working group."""

    group: UUID


class Commission(msgspec.Struct, frozen=True, kw_only=True, tag="commission"):
    """Do what the resolution's text says: for the coordination, or another owner."""


class AdoptionMandate(msgspec.Struct, frozen=True, kw_only=True, tag="adopt-concept"):
    """The steering group adopts a concept: its process is answered."""

    concept: UUID


class ReviewMandate(msgspec.Struct, frozen=True, kw_only=True, tag="open-need-review"):
    """Examine whether a county-wide working group is needed; in which fields."""

    question: str
    fields: tuple[str, ...] = ()


class MinistryMandate(msgspec.Struct, frozen=True, kw_only=True, tag="report-to-ministry"):
    """Report a supra-regional need, by a letter."""

    need: str


class RevocationMandate(msgspec.Struct, frozen=True, kw_only=True, tag="revoke-resolution"):
    """An earlier resolution no longer holds."""

    resolution: UUID


class Notice(msgspec.Struct, frozen=True, kw_only=True, tag="take-note"):
    """The body has taken note: nothing is to be done."""


Mandate: TypeAlias = (
    GroupMandate
    | DissolutionMandate
    | Commission
    | AdoptionMandate
    | ReviewMandate
    | MinistryMandate
    | RevocationMandate
    | Notice
)

NOTHING_TO_DO = (Notice, RevocationMandate)
"""They are done by being resolved: no owner, no day by which, no follow-up."""


def kind_of(mandate: Mandate) -> str:
    """The kind's name as it is stored, sent and shown, such as `take-note`."""
    return str(mandate.__struct_config__.tag)
