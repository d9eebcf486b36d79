"""A town or parish of the county, and who employs its case managers."""

from collections.abc import Sequence
from typing import assert_never

import msgspec

from domain.directory.commands import MunicipalityCommand, RecordEmployer, RegisterMunicipality
from domain.directory.errors import MalformedKey, UnknownMunicipality
from domain.directory.events import EmployerRecorded, MunicipalityEvent, MunicipalityRegistered
from domain.kernel import Aggregate, Context

AGS_LENGTH = 8


class Municipality(msgspec.Struct, frozen=True, kw_only=True):
    """`ags` is empty while nothing is recorded; `county_is_employer` is None while unknown.

    `is_assumed`: no source states yet who the employer is.
    """

    ags: str = ""
    name: str = ""
    county_is_employer: bool | None = None
    is_assumed: bool = False


def normal_ags(written: str) -> str:
    """The eight-digit key; the school register writes it without the land ("774032")."""
    key = f"05{written}" if len(written) == AGS_LENGTH - 2 else written
    if len(key) != AGS_LENGTH or not (key.isascii() and key.isdigit()):
        raise MalformedKey(written)
    return key


def evolve(municipality: Municipality, event: MunicipalityEvent) -> Municipality:
    match event:
        case MunicipalityRegistered():
            return msgspec.structs.replace(municipality, ags=event.ags, name=event.name)
        case EmployerRecorded():
            return msgspec.structs.replace(
                municipality,
                county_is_employer=event.county_is_employer,
                is_assumed=event.assumed,
            )
        case _:
            assert_never(event)


def decide(
    command: MunicipalityCommand, municipality: Municipality, _: Context
) -> Sequence[MunicipalityEvent]:
    match command:
        case RegisterMunicipality():
            if normal_ags(command.ags) != command.ags:
                raise MalformedKey(command.ags)
            if municipality.ags:
                return []
            return [MunicipalityRegistered(ags=command.ags, name=command.name, kind=command.kind)]
        case RecordEmployer():
            if not municipality.ags:
                raise UnknownMunicipality(command.ags)
            is_new = municipality.county_is_employer != command.county_is_employer
            is_confirmed = municipality.is_assumed and not command.assumed
            if not is_new and not is_confirmed:
                return []
            return [
                EmployerRecorded(
                    ags=command.ags,
                    county_is_employer=command.county_is_employer,
                    assumed=command.assumed,
                )
            ]
        case _:
            assert_never(command)


MUNICIPALITY = Aggregate("municipality", initial=Municipality(), evolve=evolve, decide=decide)
