"""An example of a trace."""

from services.api.examples.mandates import DECIDED, RESOLUTION, SESSION, TEXT, TITLE
from services.api.trace_views import TraceLink, TraceThing, TraceView
from services.trace.graph import ThingKind

VOTE, PASSED = f"vote/{SESSION}.1", f"resolution/{RESOLUTION}"

EXAMPLES = (
    TraceView(
        start=PASSED,
        things=[
            TraceThing(
                key=VOTE,
                kind=ThingKind.VOTE,
                id=f"{SESSION}.1",
                title=TEXT,
                layer=0,
                position=126,
                occurred_at=DECIDED,
                path=f"/api/v1/sessions/{SESSION}",
            ),
            TraceThing(
                key=PASSED,
                kind=ThingKind.RESOLUTION,
                id=str(RESOLUTION),
                title=TITLE,
                layer=1,
                position=128,
                occurred_at=DECIDED,
                path=f"/api/v1/resolutions/{RESOLUTION}",
            ),
        ],
        links=[TraceLink(source=VOTE, target=PASSED, position=128)],
        hidden=2,
    ),
)
