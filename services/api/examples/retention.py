"""Examples of keeping and erasing what is about a person."""

from datetime import UTC, date, datetime

from domain.kernel import Erased
from domain.retention.case import Proposal
from domain.retention.classes import PersonFile, RetentionClass, Start
from domain.retention.events import ArchiveAnswer
from services.api.examples.shared import CONCEPT, DIGEST, OPENED, PERSON
from services.api.holds import HoldReason
from services.api.privacy import Erasure, SubjectView
from services.api.retention_steps import AnswerOfArchive, Offer, Postponement, Withdrawal
from services.api.retention_views import CaseSummary, CaseView, FileExport, Hold

RETAINED = RetentionClass(
    key="accounts",
    title="Alle übrigen Daten: Konten von Personen mit einer Rolle",
    title_en="All other data: accounts of people with a role",
    years=5,
    start=Start.FILE_CLOSED,
    offer_to_archive=True,
    archive_days=180,
    rule="VO-DV I NRW § 9 entsprechend",
    is_confirmed=False,
)

EXAMPLES = (
    Erasure(reason="Antrag der Person nach Art. 17 DSGVO"),
    Offer(digest=DIGEST, reference="Az. 41-07/2032"),
    AnswerOfArchive(answer=ArchiveAnswer.DECLINES, reference="Stadt- und Kreisarchiv, 12.02.2032"),
    Postponement(until=date(2032, 6, 1), reason="Die Prüfung des Landes läuft noch."),
    Withdrawal(reason="Die Unterlagen werden für den Sachbericht gebraucht."),
    HoldReason(reason="Klageverfahren 12 K 3/31"),
    Erased(at=OPENED, reason="Antrag der Person nach Art. 17 DSGVO"),
    SubjectView(id=PERSON, kept_since=OPENED, holds={}, erased=None),
    RETAINED,
    CaseSummary(
        person=PERSON,
        name="Karin Koordination (erfunden)",
        stage="answered",
        retention_class="accounts",
        closed_on=date(2026, 3, 2),
        due=date(2032, 1, 1),
        postponed_until=date(2032, 6, 1),
        answer_due=datetime(2032, 7, 1, tzinfo=UTC),
        answer="declines",
        held=False,
        version=2,
        position=121,
        changed_at=OPENED,
    ),
    CaseView(
        person=PERSON,
        name="Karin Koordination (erfunden)",
        stage="answered",
        version=2,
        kept=PersonFile(retention_class="accounts", closed_on=date(2026, 3, 2)),
        due=date(2032, 1, 1),
        proposed=Proposal(retained=RETAINED, closed_on=date(2026, 3, 2), due=date(2032, 1, 1)),
        answer_due=datetime(2032, 7, 1, tzinfo=UTC),
        answer="declines",
        holds=[Hold(id=CONCEPT, reason="Klageverfahren 12 K 3/31")],
        trail=[],
    ),
    FileExport(person=PERSON, retention_class=RETAINED, closed_on=date(2026, 3, 2), entries=[]),
)
