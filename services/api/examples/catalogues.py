"""Examples of what the catalogues hold."""

from datetime import date

from domain.assessments.definition import Level
from services.api.catalogues import (
    AccommodationView,
    Catalogued,
    CataloguedEntry,
    LevelView,
    MeasureView,
)
from services.catalogues.catalogue import Source

EXAMPLES = (
    LevelView(
        key=Level.A1_PLUS, rank=Level.A1_PLUS.rank, cefr="http://data.europa.eu/snb/cefr/c_1e3dc79a"
    ),
    Catalogued(
        source=Source(
            url="https://github.com/SVWS-NRW/SVWS-Server",
            path="svws-db/src/main/resources/daten/json/fachklassen",
            commit="1304a56a1bb3878ed36b500150a659e662dfe598",
            date=date(2025, 9, 5),
            licence="BSD-3-Clause",
        ),
        items=[
            CataloguedEntry(
                key="10-10100",
                name="Anlagenmechaniker/-in",
                index="10",
                valid_from=date(2004, 8, 1),
                valid_until=None,
            )
        ],
        next=None,
    ),
    MeasureView(
        key="reading-vocabulary",
        name="Förderung von Lesen und Wortschatz",
        source="https://www.uni-due.de/imperia/md/content/prodaz/c_test_einsatzmoeglichkeiten_daz.pdf",
    ),
    AccommodationView(key="extra-time", name="mehr Zeit"),
)
