"""Examples of what people reported about the pages."""

from uuid import UUID

from services.api.examples.shared import CORRELATION, OPENED
from services.feedback import FeedbackKind, KeptReport

EXAMPLES = (
    KeptReport(
        id=UUID(CORRELATION),
        at=OPENED,
        kind=FeedbackKind.BARRIER,
        page="/konzepte",
        text="Die Tabelle lässt sich mit der Tastatur nicht sortieren.",
        address="person@example.org",
        done_at=None,
    ),
)
