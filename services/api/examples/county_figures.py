"""Examples of published figures."""

from domain.assessments.definition import Level
from domain.assessments.events import Sitting
from services.api.examples.shared import COLLEGE, COLLEGE_NAME, OPENED, ROUND
from services.api.figure_views import AskedFigures, CountyFigures, PublishedFigures
from services.county_figures.tables import ChangedBlock, ChangeRow, FigureRow, LevelBlock
from services.county_figures.wording import figure_words

CITATION = (
    "Sprachstandserhebung 2026/27 (Wiederholungstest), 1. Veröffentlichung,"
    " berechnet am Stand 5118 des Protokolls, Eintrag 5120"
)
BLOCKS = [
    LevelBlock(lowest=Level.A1_MINUS, highest=Level.A2_PLUS, people=118),
    LevelBlock(lowest=Level.A2_B1, highest=Level.C2, people=722),
]

EXAMPLES = (
    AskedFigures(
        round=ROUND,
        trade="10-10104",
        people=212,
        unplaced=9,
        whole=True,
        blocks=[
            LevelBlock(lowest=Level.A1_MINUS, highest=Level.A2_PLUS, people=31),
            LevelBlock(lowest=Level.A2_B1, highest=Level.C2, people=172),
        ],
        citations=[CITATION],
    ),
    CountyFigures(
        round=ROUND,
        title="Sprachstandserhebung",
        school_year="2026/27",
        sitting=Sitting.RETEST,
        instrument="c-test-fachsprache",
        instrument_version=1,
        rule=figure_words().rule.de.format(least=5),
        publications=[
            PublishedFigures(
                release=1,
                position=5120,
                computed_at=5118,
                published_at=OPENED,
                citation=CITATION,
                least=5,
                rows=[
                    FigureRow(
                        number=1,
                        part_of=None,
                        kind="county",
                        path=[],
                        name="Kreis",
                        members=[],
                        people=840,
                        blocks=BLOCKS,
                    )
                ],
            )
        ],
        first=ROUND,
        change=[
            ChangeRow(
                kind="college",
                path=[COLLEGE],
                name=COLLEGE_NAME,
                blocks=[
                    ChangedBlock(lowest=Level.A1_MINUS, highest=Level.A2_PLUS, first=61, retest=38)
                ],
            )
        ],
    ),
)
