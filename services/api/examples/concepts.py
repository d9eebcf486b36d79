"""Examples of concepts: opening, writing, adopting, their history, and the framework."""

from datetime import UTC, date, datetime

import msgspec

from domain.concepts.events import Policy
from domain.kernel import Role
from services.api.adoption import Adoption, Publication
from services.api.concept_views import ConceptView, SectionView
from services.api.concepts import ConceptSummary, OpenedOrNot, Opening, OpeningOfAll
from services.api.examples.shared import (
    CLOSES,
    CONCEPT,
    CORRELATION,
    DECISION,
    DELBRUECK,
    DIGEST,
    DUE,
    EARLIER_TEXT,
    OPENED,
    PERSON,
    SECTION,
    TEXT,
)
from services.api.framework import EditionSummary, EditionView, NewEdition, NewSection
from services.api.sections import Because, ReplyToObjection, SectionText, SectionVersion, Submission
from services.comparison import Comparison, SectionChange
from services.history import HistoryEntry

RESOLUTION = "Lenkungsgruppe KIM, 12.05.2026, Beschluss 3"
REVIEW = datetime(2028, 12, 18, 7, tzinfo=UTC)

EXAMPLES = (
    Opening(municipality=DELBRUECK, edition="2025"),
    OpeningOfAll(edition="2025"),
    SectionText(text=TEXT),
    Submission(
        replies=(
            ReplyToObjection(
                organisation="jobcenter",
                section="fallablauf",
                text="Der Ablauf ist mit dem Jobcenter vereinbart.",
            ),
        )
    ),
    Because(reason="Die Zahlen des Sozialraums fehlen noch."),
    Adoption(resolution=RESOLUTION),
    Publication(review_on=date(2028, 12, 18)),
    NewEdition(
        edition="2027",
        title="Rahmenkonzept, zweite Ausgabe",
        sections=(NewSection(key=SECTION.key, title=SECTION.title),),
        replaces="2025",
    ),
    OpenedOrNot(municipality=DELBRUECK, name="Delbrück", opened=DECISION),
    ConceptSummary(
        id=CONCEPT,
        municipality=DELBRUECK,
        municipality_name="Delbrück",
        edition="2025",
        stage="consulting",
        round=1,
        due=DUE,
        closes_at=CLOSES,
        review_at=REVIEW,
        missing=["agentur"],
        version=14,
        position=121,
        changed_at=OPENED,
    ),
    ConceptView(
        id=CONCEPT,
        municipality=DELBRUECK,
        edition="2025",
        stage="consulting",
        version=14,
        position=121,
        changed_at=OPENED,
        sections=[
            SectionView(
                key=SECTION.key,
                title=SECTION.title,
                guidance="Zu MBE, JMD und Jobcenter.",
                required=True,
                version=1,
                text=TEXT,
                digest=DIGEST,
                author=str(PERSON),
            )
        ],
        digest=DIGEST,
        rounds=1,
        round_open=True,
        due=DUE,
        closes_at=CLOSES,
        missing=["agentur"],
    ),
    SectionView(
        key=SECTION.key,
        title=SECTION.title,
        guidance="Zu MBE, JMD und Jobcenter.",
        required=True,
        version=2,
        text=TEXT,
        digest=DIGEST,
        author=str(PERSON),
    ),
    SectionVersion(
        version=2,
        text=TEXT,
        digest=DIGEST,
        author=str(PERSON),
        name="Falk Fallmanagement",
        saved_at=OPENED,
    ),
    HistoryEntry(
        position=121,
        stream=CONCEPT,
        topic="concept.consultation-closed",
        sentence="Die 1. Runde wurde geschlossen.",
        occurred_at=CLOSES,
        recorded_at=CLOSES,
        account=f"concept/{CONCEPT}",
        name="",
        organisation="",
        role=Role.PROCESS,
        signed_in="workflow",
        reason="",
        shown="",
        basis=DIGEST,
        rule=msgspec.to_builtins(Policy(quorum_percent=60)),
        source="",
        correlation=CORRELATION,
        causation=118,
        event={"round": 1, "outcome": "agreed", "positions": {"agree": 1}, "missing": []},
    ),
    Comparison(
        stage_before="consulting",
        stage_after="revising",
        sections=[
            SectionChange(
                section=SECTION.key,
                title=SECTION.title,
                before=EARLIER_TEXT,
                after=TEXT,
                lines=["@@ -1 +1 @@", f"-{EARLIER_TEXT}", f"+{TEXT}"],
            )
        ],
    ),
    EditionSummary(edition="2027", title="Rahmenkonzept", replaces="2025", published_at=OPENED),
    EditionView(edition="2027", title="Rahmenkonzept", replaces="2025", sections=[SECTION]),
)
