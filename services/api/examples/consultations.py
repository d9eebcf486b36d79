"""Examples of rounds of consultation: asking, answering, and what came of it."""

from datetime import UTC, datetime

from domain.concepts.events import Answer, Invitation, Outcome, Policy, Position
from services.api.concept_views import ResponseView, RoundView
from services.api.consultations import Extension, Invited, RoundOpening, Rule, Timing
from services.api.examples.shared import (
    CLOSES,
    CONCEPT,
    DELBRUECK,
    DIGEST,
    DUE,
    EARLIER_TEXT,
    OPENED,
    PERSON,
    SECTION,
    TEXT,
)
from services.api.responses import (
    AnswerToAll,
    AskedSection,
    OpenRequest,
    RequestView,
    SectionAnswer,
)
from services.api.tasks import Task, TaskKind, Urgency

OBJECTION = "Aufenthaltsfragen entscheidet die Ausländerbehörde."
REMIND = datetime(2026, 12, 7, 7, tzinfo=UTC)
RESPONSE = ResponseView(
    organisation="jobcenter",
    respondent=str(PERSON),
    answers=[Answer(section="abgrenzung", position=Position.AGREE, digest=DIGEST)],
    shown=DIGEST,
    given_at=OPENED,
    position=121,
)

EXAMPLES = (
    RoundOpening(
        timing=Timing(working_days=15, grace_working_days=3),
        invited=(
            Invited(organisation="jobcenter"),
            Invited(organisation="agentur", sections=("netzwerk", "abgrenzung")),
        ),
        policy=Rule(quorum_percent=60),
    ),
    Extension(timing=Timing(working_days=10), reason="Die Ferien lagen in der Frist."),
    AnswerToAll(
        shown=DIGEST,
        position=Position.AGREE,
        sections=(SectionAnswer(section="abgrenzung", position=Position.OBJECT, remark=OBJECTION),),
    ),
    RoundView(
        number=1,
        opened_at=OPENED,
        due=DUE,
        closes_at=CLOSES,
        reminders=[REMIND],
        policy=Policy(quorum_percent=60),
        invitations=[
            Invitation(organisation="jobcenter", scope=(SECTION.key,), asked=(SECTION.key,))
        ],
        responses=[RESPONSE],
        reminded=[],
        extensions=[],
        closed_at=CLOSES,
        outcome=Outcome.AGREED,
        positions={Position.AGREE: 1},
        missing=[],
    ),
    RequestView(
        concept=CONCEPT,
        municipality=DELBRUECK,
        edition="2025",
        round=2,
        organisation="jobcenter",
        due=DUE,
        closes_at=CLOSES,
        sections=[
            AskedSection(
                key=SECTION.key,
                title=SECTION.title,
                text=TEXT,
                digest=DIGEST,
                earlier_text=EARLIER_TEXT,
            )
        ],
        shown=DIGEST,
        response=RESPONSE,
    ),
    OpenRequest(
        concept=CONCEPT,
        municipality=DELBRUECK,
        municipality_name="Delbrück",
        edition="2025",
        round=1,
        organisation="jobcenter",
        sections=[SECTION.key],
        due=DUE,
        closes_at=CLOSES,
        answered_at=OPENED,
    ),
    Task(
        kind=TaskKind.ANSWER_REQUEST,
        urgency=Urgency.THIS_WEEK,
        target=str(CONCEPT),
        number=1,
        municipality=DELBRUECK,
        municipality_name="Delbrück",
        organisation="jobcenter",
        organisation_name="Jobcenter Kreis Paderborn",
        title="",
        due=DUE,
        since=None,
        count=1,
        names=[SECTION.key],
    ),
)
