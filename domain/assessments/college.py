"""A college's own settings: which key its pseudonyms are of, and how its files are read."""

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

import msgspec

from domain.assessments.commands_class import (
    AdoptPseudonymKey,
    CollegeCommand,
    DropMapping,
    SaveMapping,
)
from domain.assessments.errors import KeyAlreadyAdopted, MalformedFingerprint, UnknownMapping
from domain.assessments.errors_class import NotOfThisCollege
from domain.assessments.events_class import (
    CollegeEvent,
    MappingDropped,
    MappingSaved,
    PseudonymKeyAdopted,
)
from domain.assessments.wording import check_name
from domain.kernel import Aggregate, Context

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class CollegeSetup(msgspec.Struct, frozen=True, kw_only=True):
    """`fingerprint` is empty before a key was adopted. `mappings`: by name, field to heading."""

    fingerprint: str = ""
    mappings: Mapping[str, Mapping[str, str]] = {}


def evolve(setup: CollegeSetup, event: CollegeEvent) -> CollegeSetup:
    match event:
        case PseudonymKeyAdopted(fingerprint=fingerprint):
            return msgspec.structs.replace(setup, fingerprint=fingerprint)
        case MappingSaved(name=name, columns=columns):
            return msgspec.structs.replace(setup, mappings={**setup.mappings, name: columns})
        case MappingDropped(name=dropped):
            kept = {name: m for name, m in setup.mappings.items() if name != dropped}
            return msgspec.structs.replace(setup, mappings=kept)
        case _:
            assert_never(event)


def decide(
    command: CollegeCommand, setup: CollegeSetup, context: Context
) -> Sequence[CollegeEvent]:
    if context.by.organisation != command.college:
        raise NotOfThisCollege
    match command:
        case AdoptPseudonymKey():
            return _adopt_key(command, setup)
        case SaveMapping():
            return _save_mapping(command, setup)
        case DropMapping():
            if command.name not in setup.mappings:
                raise UnknownMapping(command.name)
            return [MappingDropped(college=command.college, name=command.name)]
        case _:
            assert_never(command)


def _adopt_key(command: AdoptPseudonymKey, setup: CollegeSetup) -> Sequence[CollegeEvent]:
    """The first key; another one only if it is said to replace it."""
    if not FINGERPRINT.fullmatch(command.fingerprint):
        raise MalformedFingerprint
    if setup.fingerprint == command.fingerprint:
        return []
    if setup.fingerprint and not command.replace:
        raise KeyAlreadyAdopted
    return [PseudonymKeyAdopted(college=command.college, fingerprint=command.fingerprint)]


def _save_mapping(command: SaveMapping, setup: CollegeSetup) -> Sequence[CollegeEvent]:
    check_name(command.name)
    if setup.mappings.get(command.name) == command.columns:
        return []
    return [MappingSaved(college=command.college, name=command.name, columns=command.columns)]


COLLEGE: Aggregate[CollegeCommand, CollegeEvent, CollegeSetup, Context] = Aggregate(
    "college", initial=CollegeSetup(), evolve=evolve, decide=decide
)
