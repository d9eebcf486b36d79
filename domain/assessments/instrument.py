"""An instrument and its versions: their stages, and how they follow from what happened."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TypeAlias, assert_never

import msgspec

from domain.assessments.definition import Definition, Kind
from domain.assessments.events import (
    InstrumentEvent,
    InstrumentRegistered,
    VersionApproved,
    VersionDrafted,
    VersionRetired,
    VersionReturned,
    VersionSubmitted,
)
from domain.kernel import people


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage of a version knows. `authors` are all who ever wrote it, or for whom."""

    definition: Definition
    digest: str
    authors: frozenset[str]


class Drafted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    written: Written


class Submitted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Waiting for a second person."""

    written: Written


class Approved(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Rounds may use it."""

    written: Written
    approver: str


class Retired(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """No new round uses it; those there are go on."""

    written: Written
    approver: str
    reason: str


Version: TypeAlias = Drafted | Submitted | Approved | Retired


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Registered(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """`versions` by number, from 1 on."""

    instrument: str
    title: str
    kind: Kind
    versions: Mapping[int, Version] = {}


Instrument: TypeAlias = Unknown | Registered


def stage_of(version: Version) -> str:
    """The stage's name as it is stored, sent and shown, such as `drafted` or `approved`."""
    return type(version).__name__.lower()


def definition_digest(definition: Definition) -> str:
    """SHA-256 of the definition as JSON without spaces, fields in order, in hexadecimal."""
    return sha256(msgspec.json.encode(definition)).hexdigest()


def evolve(instrument: Instrument, event: InstrumentEvent) -> Instrument:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, InstrumentRegistered):
        return Registered(instrument=event.instrument, title=event.title, kind=event.kind)
    if isinstance(instrument, Unknown):
        return instrument
    version = _changed(instrument.versions.get(event.version), event)
    if version is None:
        return instrument
    versions = {**instrument.versions, event.version: version}
    return msgspec.structs.replace(instrument, versions=versions)


OfVersion: TypeAlias = (
    VersionDrafted | VersionSubmitted | VersionReturned | VersionApproved | VersionRetired
)


def _changed(version: Version | None, event: OfVersion) -> Version | None:
    """The version after the event; None if there is none it could be about."""
    if isinstance(event, VersionDrafted):
        before: frozenset[str] = frozenset() if version is None else version.written.authors
        written = Written(
            definition=event.definition,
            digest=event.digest,
            authors=before | people(event.author, event.substitutes),
        )
        return Drafted(written=written)
    if version is None:
        return None
    match event:
        case VersionSubmitted():
            return Submitted(written=version.written)
        case VersionReturned():
            return Drafted(written=version.written)
        case VersionApproved(approver=approver):
            return Approved(written=version.written, approver=approver)
        case VersionRetired(reason=reason):
            approver = version.approver if isinstance(version, Approved | Retired) else ""
            return Retired(written=version.written, approver=approver, reason=reason)
        case _:
            assert_never(event)
