"""Examples of what the service answers everywhere: decisions, explanations, its health."""

from services.api.examples.shared import CONCEPT, DECISION, DUE
from services.api.explanations import Explanation, Front
from services.api.health import Live, Part, Ready
from services.api.processes import NextStep, ProcessKind, ProcessView, Running

EXAMPLES = (
    DECISION,
    Explanation(
        type="/problems/concept.answer-too-late",
        title="Die Antwort kommt zu spät",
        detail="Die Runde ist seit {closed_at} geschlossen.",
    ),
    Front(),
    ProcessView(
        id=f"concept/{CONCEPT}",
        kind=ProcessKind.CONCEPT,
        subject=CONCEPT,
        title="Delbrück",
        stage="consulting",
        next_step=NextStep.ESCALATE,
        next_at=DUE,
        is_late=False,
        running=Running.RUNNING,
    ),
    Live(),
    Ready(
        ready=True,
        degraded=True,
        position=121,
        parts=[
            Part(name="database", ok=True, needed=True),
            Part(name="temporal", ok=False, needed=False, trouble="no answer"),
        ],
    ),
)
