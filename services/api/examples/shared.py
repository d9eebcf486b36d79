"""What several of the examples speak of."""

from datetime import UTC, datetime
from uuid import UUID

from domain.concepts.events import Section
from services.api.decisions import Decision

CONCEPT = UUID("47f7d783-713f-5279-9484-96bef79f6f6a")
PERSON = UUID("2b0c9c57-5a0e-5d0e-9c79-1f3f6a1c2d11")
ROUND = UUID("b7d0c0c6-3d0e-5b5e-8f53-7c3a3f0a9d21")
LEARNER = UUID("9c3f4b51-0f3b-5d6e-8a4c-2d1e7b9f5c66")
PSEUDONYM = "MFRG-GZDF-MZTW-Q2LK-B"
CLASS = UUID("3c8e9a8a-58a1-5a76-9c3b-6f0b1d3e7a44")
COLLEGE = "richard-von-weizsaecker-berufskolleg"
COLLEGE_NAME = "Richard-von-Weizsäcker-Berufskolleg"
CORRELATION = "0f8e3b1c-5f0a-4f0e-8b59-5d1d8d6f2a10"
DELBRUECK = "05774020"
TEXT = "Fragen des Aufenthalts entscheidet die Ausländerbehörde; das Case Management verweist."
EARLIER_TEXT = "Das Case Management übernimmt die Beratung zu Aufenthaltsfragen."
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OPENED = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
DUE = datetime(2026, 12, 14, 17, tzinfo=UTC)
CLOSES = datetime(2026, 12, 17, 17, tzinfo=UTC)
DECISION = Decision(
    id=CONCEPT,
    version=12,
    position=120,
    recorded=True,
    recorded_at=OPENED,
    receipt=f"/api/v1/receipts/{CORRELATION}",
)
SECTION = Section(key="abgrenzung", title="Abgrenzung zu anderen Diensten")
