"""Why an instrument refuses a version or a step with it."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownInstrument(NotFound):
    code: ClassVar[str] = "instrument.unknown"
    instrument: str


@dataclass(eq=False)
class InstrumentAlreadyRegistered(Refused):
    code: ClassVar[str] = "instrument.already-registered"
    instrument: str


@dataclass(eq=False)
class UnknownVersion(NotFound):
    code: ClassVar[str] = "instrument.unknown-version"
    instrument: str
    version: int


@dataclass(eq=False)
class VersionNotNext(Refused):
    """Versions are numbered without a gap."""

    code: ClassVar[str] = "instrument.version-not-next"
    version: int
    following: int


@dataclass(eq=False)
class VersionNotADraft(Refused):
    """What others approve or have approved is not changed; a new text is a new version."""

    code: ClassVar[str] = "instrument.version-not-a-draft"
    version: int
    stage: str


@dataclass(eq=False)
class VersionNotSubmitted(Refused):
    code: ClassVar[str] = "instrument.version-not-submitted"
    version: int
    stage: str


@dataclass(eq=False)
class VersionNotApproved(Refused):
    """Rounds use approved versions, and only these are retired."""

    code: ClassVar[str] = "instrument.version-not-approved"
    instrument: str
    version: int
    stage: str


@dataclass(eq=False)
class OtherDefinitionShown(Conflict):
    """The version has another content than the one that was seen."""

    code: ClassVar[str] = "instrument.other-definition-shown"
    shown: str
    current: str


@dataclass(eq=False)
class AuthorMayNotApprove(Forbidden):
    """Four eyes: whoever wrote the version at any time does not approve it."""

    code: ClassVar[str] = "instrument.author-may-not-approve"


@dataclass(eq=False)
class KindDiffers(Invalid):
    """An instrument keeps its kind through all its versions."""

    code: ClassVar[str] = "instrument.kind-differs"


@dataclass(eq=False)
class PartTwice(Invalid):
    code: ClassVar[str] = "instrument.part-twice"
    part: str


@dataclass(eq=False)
class NoCountedPart(Invalid):
    code: ClassVar[str] = "instrument.no-counted-part"


@dataclass(eq=False)
class MaximumNotPositive(Invalid):
    code: ClassVar[str] = "instrument.maximum-not-positive"
    part: str
    maximum: int


@dataclass(eq=False)
class GapsDoNotFit(Invalid):
    """The maximum of a text is the number of its gaps."""

    code: ClassVar[str] = "instrument.gaps-do-not-fit"
    part: str
    gaps: int
    maximum: int


@dataclass(eq=False)
class TextDoesNotFit(Invalid):
    """A text has each of its gaps once and in order: `{1}`, `{2}` and so on."""

    code: ClassVar[str] = "instrument.text-does-not-fit"
    part: str


@dataclass(eq=False)
class GapWithoutAnswer(Invalid):
    code: ClassVar[str] = "instrument.gap-without-answer"
    part: str
    gap: int


@dataclass(eq=False)
class SubtestWithGaps(Invalid):
    """Subtests have points only."""

    code: ClassVar[str] = "instrument.subtest-with-gaps"
    part: str


@dataclass(eq=False)
class CutScoresWithoutSource(Invalid):
    """Who set the cut scores and how, and under which version, is part of them."""

    code: ClassVar[str] = "instrument.cut-scores-without-source"


@dataclass(eq=False)
class CutsNotFromZero(Invalid):
    """Every score has a level."""

    code: ClassVar[str] = "instrument.cuts-not-from-zero"


@dataclass(eq=False)
class CutsNotUpward(Invalid):
    """Each cut has a higher score and a higher level than the one before it."""

    code: ClassVar[str] = "instrument.cuts-not-upward"
    level: str


@dataclass(eq=False)
class CutAboveMaximum(Invalid):
    code: ClassVar[str] = "instrument.cut-above-maximum"
    level: str
    at_least: int
    maximum: int


@dataclass(eq=False)
class NormsOutOfRange(Invalid):
    """A reliability lies between 0 and 1; a deviation and a number of people are not negative."""

    code: ClassVar[str] = "instrument.norms-out-of-range"


@dataclass(eq=False)
class RuleTwice(Invalid):
    code: ClassVar[str] = "instrument.rule-twice"
    rule: str


@dataclass(eq=False)
class RuleUpsideDown(Invalid):
    """The lowest level of a rule is not above its highest."""

    code: ClassVar[str] = "instrument.rule-upside-down"
    rule: str


@dataclass(eq=False)
class RuleWithoutMeasure(Invalid):
    code: ClassVar[str] = "instrument.rule-without-measure"
    rule: str


@dataclass(eq=False)
class DifferenceOutOfRange(Invalid):
    """The difference of two scores is a share of the maximum."""

    code: ClassVar[str] = "instrument.difference-out-of-range"
    rule: str
    difference: int


@dataclass(eq=False)
class NotCatalogued(Invalid):
    """Rules name measures, programmes and trades of the catalogues."""

    code: ClassVar[str] = "instrument.not-catalogued"
    rule: str
    key: str
