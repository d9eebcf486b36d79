"""Examples of assessment instruments, their versions, cut scores and statistics."""

from datetime import date

from domain.assessments.definition import (
    Cut,
    CutScores,
    Definition,
    Gap,
    Kind,
    Level,
    Norms,
    Part,
    Rule,
)
from domain.assessments.instrument import definition_digest
from domain.assessments.measured import (
    Measured,
    MeasuredConcern,
    MeasuredItem,
    MeasuredScale,
    MeasuredText,
)
from services.api.examples.shared import DIGEST, PERSON, ROUND
from services.api.figure_views import StatisticsView
from services.api.instrument_views import (
    Approval,
    CutDraft,
    CutScoresDraft,
    CutScoresView,
    DefinitionDraft,
    GapDraft,
    InstrumentSummary,
    InstrumentView,
    LevelCut,
    NewInstrument,
    NormsDraft,
    PartDraft,
    RuleDraft,
    VersionSummary,
    VersionView,
)

KEY = "c-test-fachsprache"
TITLE = "C-Test Fachsprache"
SET_ON = date(2026, 1, 15)
A1_URI = "http://data.europa.eu/snb/cefr/c_1e3dc79a"
DEFINITION = Definition(
    kind=Kind.C_TEST,
    parts=(
        Part(
            key="werkstatt",
            title="In der Werkstatt",
            maximum=2,
            text="In der Werk{1} wird gear{2}.",
            gaps=(
                Gap(accepted=("statt",), recognised=("stat",)),
                Gap(accepted=("beitet",), recognised=("beited",)),
            ),
        ),
    ),
    cut_scores=CutScores(
        version="2026-1",
        author="Fachgruppe Sprachstandserhebung",
        method="Bookmark-Verfahren mit neun Lehrkräften",
        set_on=SET_ON,
        cuts=(Cut(level=Level.A1, at_least=0), Cut(level=Level.B1, at_least=1)),
    ),
    norms=Norms(reliability=840, deviation=70, people=312, source="Erprobung 2025"),
    rules=(
        Rule(
            key="lesen",
            lowest=Level.A1,
            highest=Level.A2,
            measures=("reading-vocabulary",),
            difference=20,
        ),
    ),
)
SUMMARY = VersionSummary(number=1, state="approved", digest=definition_digest(DEFINITION))
ITEM = MeasuredItem(difficulty=614, discrimination=523)
SCALE = MeasuredScale(
    mean=6140, deviation=1830, error=620, alpha=885, lowest_alpha=871, highest_alpha=898
)

EXAMPLES = (
    NewInstrument(key=KEY, title=TITLE, kind=Kind.C_TEST),
    DefinitionDraft(
        kind=Kind.C_TEST,
        parts=(
            PartDraft(
                key="werkstatt",
                title="In der Werkstatt",
                maximum=2,
                text="In der Werk{1} wird gear{2}.",
                gaps=(
                    GapDraft(accepted=("statt",), recognised=("stat",)),
                    GapDraft(accepted=("beitet",), recognised=("beited",)),
                ),
            ),
        ),
        cut_scores=CutScoresDraft(
            version="2026-1",
            author="Fachgruppe Sprachstandserhebung",
            method="Bookmark-Verfahren mit neun Lehrkräften",
            set_on=SET_ON,
            cuts=(CutDraft(level=Level.A1, at_least=0), CutDraft(level=Level.B1, at_least=1)),
        ),
        norms=NormsDraft(reliability=840, deviation=70, people=312, source="Erprobung 2025"),
        rules=(
            RuleDraft(
                key="lesen",
                lowest=Level.A1,
                highest=Level.A2,
                measures=("reading-vocabulary",),
                difference=20,
            ),
        ),
    ),
    Approval(digest=DIGEST),
    InstrumentSummary(key=KEY, title=TITLE, kind=Kind.C_TEST, versions=[SUMMARY], version=4),
    InstrumentView(key=KEY, title=TITLE, kind=Kind.C_TEST, versions=[SUMMARY], version=4),
    VersionView(
        instrument=KEY,
        number=1,
        state="approved",
        digest=definition_digest(DEFINITION),
        authors=[str(PERSON)],
        approver="6a1f3e1c-0d3a-5c0e-9a0f-2b7f5d1c9e44",
        reason="",
        maximum=2,
        with_solutions=True,
        definition=DEFINITION,
    ),
    CutScoresView(
        instrument=KEY,
        number=1,
        cut_scores="2026-1",
        author="Fachgruppe Sprachstandserhebung",
        method="Bookmark-Verfahren mit neun Lehrkräften",
        set_on=SET_ON,
        maximum=2,
        cuts=[LevelCut(level=Level.A1, at_least=0, cefr=A1_URI)],
    ),
    StatisticsView(
        instrument=KEY,
        number=1,
        round=ROUND,
        position=5120,
        computed_at=5118,
        measured=Measured(
            learners=840,
            classes=36,
            exact=SCALE,
            recognition=SCALE,
            texts=(
                MeasuredText(
                    part="werkstatt",
                    pilot=False,
                    exact=ITEM,
                    recognition=ITEM,
                    gaps_exact=(ITEM, ITEM),
                    gaps_recognition=(ITEM, ITEM),
                ),
            ),
            concerns=(MeasuredConcern(code="too-easy", part="werkstatt"),),
        ),
    ),
)
