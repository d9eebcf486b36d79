"""An organisation that takes part, such as an authority, a chamber or a college."""

from collections.abc import Sequence
from typing import assert_never

import msgspec

from domain.directory.commands import RegisterOrganisation
from domain.directory.events import (
    OrganisationEvent,
    OrganisationKind,
    OrganisationRegistered,
    OrganisationRenamed,
)
from domain.kernel import Aggregate, Context


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is empty while nothing is recorded."""

    key: str = ""
    name: str = ""
    kind: OrganisationKind | None = None


def evolve(organisation: Organisation, event: OrganisationEvent) -> Organisation:
    match event:
        case OrganisationRegistered(key=key, name=name, kind=kind):
            return Organisation(key=key, name=name, kind=kind)
        case OrganisationRenamed(key=key, name=name):
            return msgspec.structs.replace(organisation, key=key, name=name)
        case _:
            assert_never(event)


def decide(
    command: RegisterOrganisation, organisation: Organisation, _: Context
) -> Sequence[OrganisationEvent]:
    if not organisation.key:
        return [
            OrganisationRegistered(
                key=command.key,
                name=command.name,
                kind=command.kind,
                ags=command.ags,
                number=command.number,
            )
        ]
    if organisation.name != command.name:
        return [OrganisationRenamed(key=command.key, name=command.name)]
    return []


ORGANISATION = Aggregate("organisation", initial=Organisation(), evolve=evolve, decide=decide)
