"""Examples of what auditors read: a process at a moment, what was shown, checks and exports."""

from uuid import UUID

from services.api.audit_processes import ProcessAt, ShownView
from services.api.audit_tasks import CheckView, ExportView, LogCheck, LogExport
from services.api.examples.ledger import CHECKPOINT, LOG_KEY
from services.api.examples.shared import CLOSES, CONCEPT, CORRELATION, DIGEST, OPENED, SECTION, TEXT
from services.audit.process import Fact
from services.audit.shown import ShownText

EXPORT = f"/api/v1/ledger/exports/{CORRELATION}/kreislauf-export.zip"

EXAMPLES = (
    ProcessAt(
        id=CONCEPT,
        kind="concept",
        kind_name="Konzept",
        title="Konzept Delbrück, Ausgabe 2025",
        stage="consulting",
        facts=[Fact(key="edition", label="Ausgabe", value="2025")],
        step=12,
        position=120,
        recorded_at=OPENED,
        positions=[11, 118, 120, 121],
    ),
    ShownView(
        position=120,
        process=CONCEPT,
        digest=DIGEST,
        computed=DIGEST,
        texts=[ShownText(section=SECTION.key, title=SECTION.title, text=TEXT, digest=DIGEST)],
    ),
    LogCheck(checkpoints=CHECKPOINT),
    LogExport(proofs=(120,)),
    CheckView(
        id=UUID(CORRELATION),
        state="done",
        done=121,
        whole=121,
        started_at=CLOSES,
        holds=True,
        told="121 Einträge sind unverändert. Prüfpunkte: 3, der letzte bei 120. Quittungen: 90.",
        events=121,
        checkpoints=3,
        covered=120,
        receipts=90,
        keys=[LOG_KEY.vkey],
    ),
    ExportView(
        id=UUID(CORRELATION),
        state="done",
        done=120,
        whole=121,
        started_at=CLOSES,
        events=120,
        bytes=48_211,
        file=EXPORT,
    ),
)
