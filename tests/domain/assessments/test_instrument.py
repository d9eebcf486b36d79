from datetime import date
from typing import Any

import msgspec
import pytest

from domain.assessments.commands import (
    ApproveVersion,
    DraftVersion,
    RegisterInstrument,
    RetireVersion,
    ReturnVersion,
    SubmitVersion,
    instrument_id,
)
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.definition import Cut, Definition, Gap, Kind, Level, Part, Rule
from domain.assessments.errors import MalformedKey, NameMissing, ReasonMissing
from domain.assessments.errors_instrument import (
    AuthorMayNotApprove,
    CutAboveMaximum,
    CutScoresWithoutSource,
    CutsNotFromZero,
    CutsNotUpward,
    DifferenceOutOfRange,
    GapsDoNotFit,
    GapWithoutAnswer,
    InstrumentAlreadyRegistered,
    KindDiffers,
    MaximumNotPositive,
    NoCountedPart,
    NormsOutOfRange,
    NotCatalogued,
    OtherDefinitionShown,
    PartTwice,
    RuleTwice,
    RuleUpsideDown,
    RuleWithoutMeasure,
    SubtestWithGaps,
    TextDoesNotFit,
    UnknownInstrument,
    UnknownVersion,
    VersionNotADraft,
    VersionNotApproved,
    VersionNotNext,
    VersionNotSubmitted,
)
from domain.assessments.events import InstrumentRegistered, VersionRetired, VersionReturned
from domain.assessments.instrument import Registered, Retired, definition_digest
from domain.kernel import DomainError
from tests.domain.assessments.example import (
    APPROVED,
    APPROVED_VERSION,
    DEFINITION,
    ELA,
    FINN,
    INSTRUMENT_KEY,
    REGISTERED,
    SUBMITTED,
    drafted,
    instrument,
)
from tests.domain.county import ADA

DIGEST = definition_digest(DEFINITION)
GAP = Gap(accepted=("ld",))


def with_(**changes: Any) -> Definition:
    return msgspec.structs.replace(DEFINITION, **changes)


def with_cuts(*cuts: Cut, **changes: Any) -> Definition:
    scores = msgspec.structs.replace(DEFINITION.cut_scores, **changes)
    return with_(cut_scores=msgspec.structs.replace(scores, cuts=cuts) if cuts else scores)


def with_norms(**changes: int) -> Definition:
    return with_(norms=msgspec.structs.replace(DEFINITION.norms, **changes))


def with_rule(**changes: Any) -> Definition:
    return with_(rules=(msgspec.structs.replace(DEFINITION.rules[0], **changes),))


def with_part(**changes: Any) -> Definition:
    part = Part(key="neu", title="Neu", maximum=2, text="Der Wa{1} im Wa{2}.", gaps=(GAP, GAP))
    return with_(parts=(*DEFINITION.parts[:2], msgspec.structs.replace(part, **changes)))


OTHER = with_norms(people=400)


def draft(definition: Definition = DEFINITION, version: int = 1) -> DraftVersion:
    return DraftVersion(instrument=INSTRUMENT_KEY, version=version, definition=definition)


def approve(digest: str = DIGEST, version: int = 1) -> ApproveVersion:
    return ApproveVersion(instrument=INSTRUMENT_KEY, version=version, digest=digest)


SUBMIT = SubmitVersion(instrument=INSTRUMENT_KEY, version=1)
RETURN = ReturnVersion(instrument=INSTRUMENT_KEY, version=1, reason="Text 2 ist zu schwer.")
RETIRE = RetireVersion(instrument=INSTRUMENT_KEY, version=1, reason="Bekannt geworden.")
RETURNED = VersionReturned(instrument=INSTRUMENT_KEY, version=1, reason=RETURN.reason)
RETIRED = VersionRetired(instrument=INSTRUMENT_KEY, version=1, reason=RETIRE.reason)
REGISTER = RegisterInstrument(instrument=INSTRUMENT_KEY, title=REGISTERED.title, kind=Kind.C_TEST)


def test_an_instrument_is_registered_once_under_its_key() -> None:
    instrument.given().when(REGISTER).then(REGISTERED)
    instrument.given(REGISTERED).when(REGISTER).then_nothing()
    other = msgspec.structs.replace(REGISTER, title="Anderer Test")
    instrument.given(REGISTERED).when(other).then_refused(
        InstrumentAlreadyRegistered, instrument=INSTRUMENT_KEY
    )


@pytest.mark.parametrize("key", ["", "C-Test", "c--test", "-c", "ü", "a b"])
def test_a_key_is_of_small_letters_digits_and_dashes(key: str) -> None:
    instrument.given().when(msgspec.structs.replace(REGISTER, instrument=key)).then_refused(
        MalformedKey, key=key
    )


def test_an_instrument_has_a_title() -> None:
    instrument.given().when(msgspec.structs.replace(REGISTER, title=" ")).then_refused(NameMissing)


def test_only_a_registered_instrument_has_versions() -> None:
    instrument.given().when(draft()).then_refused(UnknownInstrument, instrument=INSTRUMENT_KEY)
    instrument.given(REGISTERED).when(SUBMIT).then_refused(
        UnknownVersion, instrument=INSTRUMENT_KEY, version=1
    )


def test_versions_are_numbered_without_a_gap() -> None:
    instrument.given(REGISTERED).when(draft()).then(drafted())
    instrument.given(REGISTERED, drafted()).when(draft(OTHER, 2)).then(drafted(OTHER, version=2))
    for version in (0, 2):
        instrument.given(REGISTERED).when(draft(version=version)).then_refused(
            VersionNotNext, version=version, following=1
        )


def test_a_draft_is_written_anew_until_it_is_submitted() -> None:
    instrument.given(REGISTERED, drafted()).when(draft(OTHER), by=FINN).then(
        drafted(OTHER, by=FINN)
    )
    instrument.given(REGISTERED, drafted(), SUBMITTED).when(draft(OTHER)).then_refused(
        VersionNotADraft, version=1, stage="submitted"
    )


def test_the_same_draft_again_is_no_new_one() -> None:
    instrument.given(REGISTERED, drafted()).when(draft(), by=FINN).then_nothing()


def test_what_was_approved_never_changes() -> None:
    instrument.given(*APPROVED_VERSION).when(draft(OTHER)).then_refused(
        VersionNotADraft, version=1, stage="approved"
    )
    instrument.given(*APPROVED_VERSION, RETIRED).when(draft()).then_refused(
        VersionNotADraft, version=1, stage="retired"
    )


def test_a_draft_is_submitted_once() -> None:
    instrument.given(REGISTERED, drafted()).when(SUBMIT).then(SUBMITTED)
    instrument.given(REGISTERED, drafted(), SUBMITTED).when(SUBMIT).then_nothing()
    instrument.given(*APPROVED_VERSION).when(SUBMIT).then_refused(
        VersionNotADraft, version=1, stage="approved"
    )


def test_a_returned_version_is_a_draft_again() -> None:
    instrument.given(REGISTERED, drafted(), SUBMITTED).when(RETURN).then(RETURNED)
    given = instrument.given(REGISTERED, drafted(), SUBMITTED, RETURNED)
    given.when(draft(OTHER)).then(drafted(OTHER))
    given.when(SUBMIT).then(SUBMITTED)
    given.when(RETURN).then_refused(VersionNotSubmitted, version=1, stage="drafted")


def test_returning_and_retiring_have_a_reason() -> None:
    for command in (RETURN, RETIRE):
        instrument.given(REGISTERED, drafted(), SUBMITTED).when(
            msgspec.structs.replace(command, reason=" ")
        ).then_refused(ReasonMissing)


def test_a_second_person_approves_what_they_saw() -> None:
    given = instrument.given(REGISTERED, drafted(), SUBMITTED)
    given.when(approve(), by=FINN).then(APPROVED)
    given.when(approve("another"), by=FINN).then_refused(
        OtherDefinitionShown, shown="another", current=DIGEST
    )
    instrument.given(*APPROVED_VERSION).when(approve(), by=FINN).then_nothing()
    instrument.given(REGISTERED, drafted()).when(approve(), by=FINN).then_refused(
        VersionNotSubmitted, version=1, stage="drafted"
    )


def test_nobody_approves_what_they_ever_wrote() -> None:
    given = instrument.given(REGISTERED, drafted(OTHER, by=ADA), drafted(by=ELA), SUBMITTED)
    for author in (ADA, ELA):
        given.when(approve(), by=author).then_refused(AuthorMayNotApprove)
    given.when(approve(), by=FINN).then(APPROVED)


def test_the_author_of_another_version_may_approve() -> None:
    instrument.given(*APPROVED_VERSION, drafted(OTHER, version=2, by=FINN)).when(
        SubmitVersion(instrument=INSTRUMENT_KEY, version=2)
    ).then(msgspec.structs.replace(SUBMITTED, version=2))
    instrument.given(
        *APPROVED_VERSION,
        drafted(OTHER, version=2, by=FINN),
        msgspec.structs.replace(SUBMITTED, version=2),
    ).when(approve(definition_digest(OTHER), 2), by=ELA).then(
        msgspec.structs.replace(
            APPROVED, version=2, digest=definition_digest(OTHER), approver="ela"
        )
    )


def test_an_approved_version_is_retired_once() -> None:
    instrument.given(*APPROVED_VERSION).when(RETIRE).then(RETIRED)
    instrument.given(*APPROVED_VERSION, RETIRED).when(RETIRE).then_nothing()
    instrument.given(REGISTERED, drafted()).when(RETIRE).then_refused(
        VersionNotApproved, instrument=INSTRUMENT_KEY, version=1, stage="drafted"
    )


def test_the_digest_tells_definitions_apart() -> None:
    assert definition_digest(DEFINITION) != definition_digest(OTHER)
    stored = msgspec.json.decode(msgspec.json.encode(DEFINITION), type=Definition)
    assert definition_digest(stored) == DIGEST


def test_who_wrote_and_who_approved_a_version_is_kept_when_it_is_retired() -> None:
    state = INSTRUMENT.replay([*APPROVED_VERSION, RETIRED])
    assert isinstance(state, Registered)
    retired = state.versions[1]
    assert isinstance(retired, Retired)
    assert (retired.written.authors, retired.approver) == ({"ela"}, "finn")
    assert instrument_id(INSTRUMENT_KEY) == REGISTER.subject


LOW = Cut(level=Level.A1, at_least=0)
RULE = DEFINITION.rules[0]


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (with_(parts=DEFINITION.parts[:1] * 2), PartTwice("wald")),
        (with_(parts=DEFINITION.parts[2:]), NoCountedPart()),
        (with_part(key="Neu"), MalformedKey("Neu")),
        (with_part(maximum=0), MaximumNotPositive("neu", 0)),
        (with_part(maximum=3), GapsDoNotFit("neu", 2, 3)),
        (with_part(gaps=(GAP, Gap(accepted=()))), GapWithoutAnswer("neu", 2)),
        (with_part(gaps=(Gap(accepted=("a", " ")), GAP)), GapWithoutAnswer("neu", 1)),
        (with_part(text="Der Wa{2} im Wa{1}."), TextDoesNotFit("neu")),
        (with_part(text="Der Wald im Wa{1}."), TextDoesNotFit("neu")),
        (with_cuts(author=" "), CutScoresWithoutSource()),
        (with_cuts(method=""), CutScoresWithoutSource()),
        (with_cuts(version=""), CutScoresWithoutSource()),
        (with_cuts(Cut(level=Level.A1, at_least=1)), CutsNotFromZero()),
        (with_cuts(LOW, Cut(level=Level.A2, at_least=0)), CutsNotUpward("A2")),
        (with_cuts(LOW, Cut(level=Level.A1, at_least=5)), CutsNotUpward("A1")),
        (with_cuts(LOW, Cut(level=Level.A1_MINUS, at_least=5)), CutsNotUpward("A1-")),
        (with_cuts(LOW, Cut(level=Level.C2, at_least=41)), CutAboveMaximum("C2", 41, 40)),
        (with_norms(reliability=1001), NormsOutOfRange()),
        (with_norms(reliability=-1), NormsOutOfRange()),
        (with_norms(deviation=-1), NormsOutOfRange()),
        (with_norms(people=-1), NormsOutOfRange()),
        (with_(rules=(RULE, RULE)), RuleTwice("low")),
        (with_rule(key=""), MalformedKey("")),
        (with_rule(lowest=Level.B1, highest=Level.A2), RuleUpsideDown("low")),
        (with_rule(measures=()), RuleWithoutMeasure("low")),
        (with_rule(difference=101), DifferenceOutOfRange("low", 101)),
        (with_rule(measures=("nonsense",)), NotCatalogued("low", "nonsense")),
        (with_rule(programmes=("Z99",)), NotCatalogued("low", "Z99")),
        (with_rule(trades=("A01",)), NotCatalogued("low", "A01")),
        (with_(kind=Kind.SUBTESTS), KindDiffers()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_definition_makes_sense(definition: Definition, expected: DomainError) -> None:
    instrument.given(REGISTERED).when(draft(definition)).then_refused(
        type(expected), **expected.facts
    )


def test_no_cut_scores_at_all_do_not_begin_at_zero() -> None:
    empty = msgspec.structs.replace(DEFINITION.cut_scores, cuts=())
    instrument.given(REGISTERED).when(draft(with_(cut_scores=empty))).then_refused(CutsNotFromZero)


def test_a_subtest_has_no_gaps() -> None:
    subtests = InstrumentRegistered(instrument=INSTRUMENT_KEY, title="2P", kind=Kind.SUBTESTS)
    definition = msgspec.structs.replace(with_part(), kind=Kind.SUBTESTS)
    instrument.given(subtests).when(draft(definition)).then_refused(SubtestWithGaps, part="neu")
    plain = with_(kind=Kind.SUBTESTS)
    instrument.given(subtests).when(draft(plain)).then(drafted(plain))


def test_a_text_has_its_gaps_in_order() -> None:
    definition = with_part()
    instrument.given(REGISTERED).when(draft(definition)).then(drafted(definition))


@pytest.mark.parametrize("reliability", [0, 1000])
def test_norms_may_be_as_bad_and_as_good_as_they_get(reliability: int) -> None:
    definition = with_norms(reliability=reliability, deviation=0, people=0)
    instrument.given(REGISTERED).when(draft(definition)).then(drafted(definition))


def test_a_text_may_be_kept_elsewhere_and_a_cut_may_be_the_maximum() -> None:
    definition = with_part(text="")
    instrument.given(REGISTERED).when(draft(definition)).then(drafted(definition))
    highest = with_cuts(LOW, Cut(level=Level.C2, at_least=40), set_on=date(2026, 1, 1))
    instrument.given(REGISTERED).when(draft(highest)).then(drafted(highest))


def test_a_rule_for_one_level_and_any_difference_is_one() -> None:
    rule = Rule(key="all", lowest=Level.A1, highest=Level.A1, measures=("tandem",), difference=100)
    definition = with_(rules=(rule,))
    instrument.given(REGISTERED).when(draft(definition)).then(drafted(definition))
