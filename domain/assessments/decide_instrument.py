"""What an instrument decides: versions are written, submitted, approved by a second person."""

from collections.abc import Sequence
from typing import assert_never

from domain.assessments.checking import check_catalogued, check_definition
from domain.assessments.commands import (
    ApproveVersion,
    DraftVersion,
    InstrumentCommand,
    RegisterInstrument,
    RetireVersion,
    ReturnVersion,
    SubmitVersion,
)
from domain.assessments.context import InstrumentContext
from domain.assessments.errors_instrument import (
    AuthorMayNotApprove,
    InstrumentAlreadyRegistered,
    KindDiffers,
    OtherDefinitionShown,
    UnknownInstrument,
    UnknownVersion,
    VersionNotADraft,
    VersionNotApproved,
    VersionNotNext,
    VersionNotSubmitted,
)
from domain.assessments.events import (
    InstrumentEvent,
    InstrumentRegistered,
    VersionApproved,
    VersionDrafted,
    VersionRetired,
    VersionReturned,
    VersionSubmitted,
)
from domain.assessments.instrument import (
    Approved,
    Drafted,
    Instrument,
    Registered,
    Retired,
    Submitted,
    Unknown,
    Version,
    definition_digest,
    evolve,
    stage_of,
)
from domain.assessments.wording import check_key, check_name, check_reason
from domain.kernel import Actor, Aggregate


def decide(
    command: InstrumentCommand, instrument: Instrument, context: InstrumentContext
) -> Sequence[InstrumentEvent]:
    if isinstance(command, RegisterInstrument):
        return register_instrument(command, instrument)
    if isinstance(instrument, Unknown):
        raise UnknownInstrument(command.instrument)
    if isinstance(command, DraftVersion):
        return draft_version(command, instrument, context)
    version = instrument.versions.get(command.version)
    if version is None:
        raise UnknownVersion(command.instrument, command.version)
    match command:
        case SubmitVersion():
            return submit_version(command, version)
        case ReturnVersion():
            return return_version(command, version)
        case ApproveVersion():
            return approve_version(command, version, context.by)
        case RetireVersion():
            return retire_version(command, version)
        case _:
            assert_never(command)


def register_instrument(
    command: RegisterInstrument, instrument: Instrument
) -> Sequence[InstrumentEvent]:
    """Once under its key; a key and a kind are for ever."""
    check_key(command.instrument)
    check_name(command.title)
    if isinstance(instrument, Registered):
        if (instrument.title, instrument.kind) == (command.title, command.kind):
            return []
        raise InstrumentAlreadyRegistered(command.instrument)
    return [
        InstrumentRegistered(instrument=command.instrument, title=command.title, kind=command.kind)
    ]


def draft_version(
    command: DraftVersion, instrument: Registered, context: InstrumentContext
) -> Sequence[InstrumentEvent]:
    """The next version, or anew one that is still a draft. The same again is no new draft."""
    following = len(instrument.versions) + 1
    version = instrument.versions.get(command.version)
    if version is None and command.version != following:
        raise VersionNotNext(command.version, following)
    digest = definition_digest(command.definition)
    if version is not None and not isinstance(version, Drafted):
        raise VersionNotADraft(command.version, stage_of(version))
    if version is not None and version.written.digest == digest:
        return []
    if command.definition.kind is not instrument.kind:
        raise KindDiffers
    check_definition(command.definition)
    check_catalogued(
        command.definition.rules,
        measures=context.measures,
        programmes=context.programmes,
        trades=context.trades,
    )
    return [
        VersionDrafted(
            instrument=command.instrument,
            version=command.version,
            definition=command.definition,
            digest=digest,
            author=context.by.account,
            substitutes=context.by.substitutes,
        )
    ]


def submit_version(command: SubmitVersion, version: Version) -> Sequence[InstrumentEvent]:
    if isinstance(version, Submitted):
        return []
    if not isinstance(version, Drafted):
        raise VersionNotADraft(command.version, stage_of(version))
    return [VersionSubmitted(instrument=command.instrument, version=command.version)]


def return_version(command: ReturnVersion, version: Version) -> Sequence[InstrumentEvent]:
    """It is a draft again."""
    check_reason(command.reason)
    if not isinstance(version, Submitted):
        raise VersionNotSubmitted(command.version, stage_of(version))
    return [
        VersionReturned(
            instrument=command.instrument, version=command.version, reason=command.reason
        )
    ]


def approve_version(
    command: ApproveVersion, version: Version, by: Actor
) -> Sequence[InstrumentEvent]:
    """Four eyes: of exactly what they saw, and by nobody who wrote it or stands for who did."""
    written = version.written
    if command.digest != written.digest:
        raise OtherDefinitionShown(command.digest, written.digest)
    if isinstance(version, Approved) and version.approver == by.account:
        return []
    if not isinstance(version, Submitted):
        raise VersionNotSubmitted(command.version, stage_of(version))
    if not by.people.isdisjoint(written.authors):
        raise AuthorMayNotApprove
    return [
        VersionApproved(
            instrument=command.instrument,
            version=command.version,
            digest=written.digest,
            approver=by.account,
        )
    ]


def retire_version(command: RetireVersion, version: Version) -> Sequence[InstrumentEvent]:
    """From now on no new round uses it."""
    check_reason(command.reason)
    if isinstance(version, Retired):
        return []
    if not isinstance(version, Approved):
        raise VersionNotApproved(command.instrument, command.version, stage_of(version))
    return [
        VersionRetired(
            instrument=command.instrument, version=command.version, reason=command.reason
        )
    ]


INSTRUMENT: Aggregate[InstrumentCommand, InstrumentEvent, Instrument, InstrumentContext] = (
    Aggregate("instrument", initial=Unknown(), evolve=evolve, decide=decide)
)
