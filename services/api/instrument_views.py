"""How an instrument and its versions look from outside: with solutions for few, without for all."""

from datetime import date
from typing import Annotated

import msgspec

from domain.assessments.definition import Definition, Kind, Level, Part
from domain.assessments.instrument import Approved, Registered, Retired, Version, stage_of
from services.api import assessment_bounds as bounds
from services.api.bounds import Digest, Key, Name, Remark, checked_day
from services.catalogues.catalogue import Catalogues


class GapDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`accepted` are right; `recognised` show that the word was known, though wrong."""

    accepted: Annotated[tuple[bounds.Answer, ...], msgspec.Meta(min_length=1, max_length=20)]
    recognised: Annotated[tuple[bounds.Answer, ...], msgspec.Meta(max_length=50)] = ()


class PartDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text or a subtest. A pilot part is tried out and does not count."""

    key: bounds.OwnKey
    title: Name
    maximum: bounds.Maximum
    pilot: bool = False
    text: bounds.PassageText = ""
    gaps: Annotated[tuple[GapDraft, ...], msgspec.Meta(max_length=bounds.MOST_GAPS)] = ()


class CutDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From this exact score on the level is this one."""

    level: Level
    at_least: bounds.Points


class CutScoresDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who set the cut scores, how and when. The first is from 0 on."""

    version: Name
    author: Name
    method: Name
    set_on: date
    cuts: Annotated[tuple[CutDraft, ...], msgspec.Meta(min_length=1, max_length=len(Level))]


class NormsDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reliability` (Cronbach's alpha) in thousandths, `deviation` in hundredths of a point."""

    reliability: Annotated[int, msgspec.Meta(ge=0, le=1000, examples=[840])]
    deviation: Annotated[int, msgspec.Meta(ge=0, le=1_000_000, examples=[700])]
    people: Annotated[int, msgspec.Meta(ge=0, le=10_000_000, examples=[312])]
    source: Remark


class RuleDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Measures for a band of levels; `difference` of the two scores in percent of the maximum."""

    key: bounds.OwnKey
    lowest: Level
    highest: Level
    measures: Annotated[tuple[bounds.OwnKey, ...], msgspec.Meta(min_length=1, max_length=20)]
    difference: bounds.Percent = 0
    programmes: Annotated[tuple[bounds.ProgrammeKey, ...], msgspec.Meta(max_length=100)] = ()
    trades: Annotated[tuple[bounds.TradeKey, ...], msgspec.Meta(max_length=500)] = ()


class DefinitionDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One version of an instrument, whole."""

    kind: Kind
    parts: Annotated[
        tuple[PartDraft, ...], msgspec.Meta(min_length=1, max_length=bounds.MOST_PARTS)
    ]
    cut_scores: CutScoresDraft
    norms: NormsDraft
    rules: Annotated[tuple[RuleDraft, ...], msgspec.Meta(max_length=200)] = ()


class NewInstrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: Key
    title: Name
    kind: Kind


class Approval(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`digest` is that of the definition the person had before them."""

    digest: Digest


class VersionSummary(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    state: str
    digest: str


class InstrumentSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `version` is that of the record, for `If-Match`."""

    key: str
    title: str
    kind: Kind
    versions: list[VersionSummary]
    version: int


class InstrumentView(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument with the state of each of its versions."""

    key: str
    title: str
    kind: Kind
    versions: list[VersionSummary]
    version: int


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """One version. `authors` and `approver` are accounts.

    Without `with_solutions` texts and gaps are left out, which are confidential until the test is
    over. The digest is that of the whole definition.
    """

    instrument: str
    number: int
    state: str
    digest: str
    authors: list[str]
    approver: str
    reason: str
    maximum: int
    with_solutions: bool
    definition: Definition


class LevelCut(msgspec.Struct, frozen=True, kw_only=True):
    """From this score on; `cefr` is the URI of the CEFR level fully reached, empty below A1."""

    level: Level
    at_least: int
    cefr: str


class CutScoresView(msgspec.Struct, frozen=True, kw_only=True):
    """What a score means, and who says so. A band, never a certificate."""

    instrument: str
    number: int
    cut_scores: str
    author: str
    method: str
    set_on: date
    maximum: int
    cuts: list[LevelCut]


def definition_of(draft: DefinitionDraft) -> Definition:
    """What a draft says, as the domain knows it. Raises EdgeProblem for a day beyond calendars."""
    checked_day(draft.cut_scores.set_on, pointer="/cut_scores/set_on")
    return msgspec.convert(msgspec.to_builtins(draft), Definition)


def instrument_view(instrument: Registered, version: int) -> InstrumentView:
    return InstrumentView(
        key=instrument.instrument,
        title=instrument.title,
        kind=instrument.kind,
        versions=[
            VersionSummary(number=number, state=stage_of(found), digest=found.written.digest)
            for number, found in sorted(instrument.versions.items())
        ],
        version=version,
    )


def version_view(
    instrument: str, number: int, version: Version, *, with_solutions: bool
) -> VersionView:
    definition = version.written.definition
    return VersionView(
        instrument=instrument,
        number=number,
        state=stage_of(version),
        digest=version.written.digest,
        authors=sorted(version.written.authors),
        approver=version.approver if isinstance(version, Approved | Retired) else "",
        reason=version.reason if isinstance(version, Retired) else "",
        maximum=definition.maximum,
        with_solutions=with_solutions,
        definition=definition if with_solutions else without_solutions(definition),
    )


def cut_scores_view(
    instrument: str, number: int, definition: Definition, known: Catalogues
) -> CutScoresView:
    scores = definition.cut_scores
    return CutScoresView(
        instrument=instrument,
        number=number,
        cut_scores=scores.version,
        author=scores.author,
        method=scores.method,
        set_on=scores.set_on,
        maximum=definition.maximum,
        cuts=[
            LevelCut(level=cut.level, at_least=cut.at_least, cefr=known.cefr[cut.level])
            for cut in scores.cuts
        ],
    )


def without_solutions(definition: Definition) -> Definition:
    """Parts and maxima, cut scores, norms and rules."""
    return msgspec.structs.replace(definition, parts=tuple(map(_bare, definition.parts)))


def _bare(part: Part) -> Part:
    return msgspec.structs.replace(part, text="", gaps=())
