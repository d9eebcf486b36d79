"""Examples of the security log and of an invitation."""

from datetime import UTC, datetime

from services.api.examples.shared import PERSON
from services.api.security import InvitationSent, SecurityEntry, SignedOut

EXAMPLES = (
    SecurityEntry(
        id=4711,
        at=datetime(2026, 11, 20, 8, 15, tzinfo=UTC),
        happening="signed-in",
        account=PERSON,
        name="Karin Koordination (erfunden)",
        by=str(PERSON),
        by_name="Karin Koordination (erfunden)",
        method="password-code",
        origin="203.0.113.0/24",
        correlation="0f8e3b1c-5f0a-4f0e-8b59-5d1d8d6f2a10",
    ),
    SignedOut(account=PERSON, ended=2),
    InvitationSent(account=PERSON, expires_at=datetime(2026, 12, 4, 8, 15, tzinfo=UTC)),
)
