"""Example of what a search finds."""

from services.api.examples.shared import CONCEPT
from services.api.search_hits import Hit, HitKind

EXAMPLES = (
    Hit(kind=HitKind.CONCEPT, title="Delbrück", line="2025, in Abstimmung", id=str(CONCEPT)),
)
