"""A file that was closed in 2026, and what happens to it."""

from datetime import date, datetime
from uuid import UUID

from domain.kernel import Actor, Role
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased
from domain.retention.classes import PersonFile, RetentionClass, Start
from domain.retention.decide import FILE, FileContext
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasureProposed,
)
from tests.domain.county import BERLIN, berlin
from tests.support.scenario import Scenario

DORA = UUID("0a5a4d1e-7a65-4b8a-8a58-0f9f3c1c0d01")
HOLD = UUID("0a5a4d1e-7a65-4b8a-8a58-0f9f3c1c0d02")
ADMIN = Actor(account="kim", role=Role.ADMINISTRATOR, organisation="kreis")
RUN = Actor(account="retention/sweep", role=Role.PROCESS)

RETAINED = RetentionClass(
    key="accounts",
    title="Konten",
    title_en="Accounts",
    years=5,
    start=Start.FILE_CLOSED,
    offer_to_archive=True,
    archive_days=30,
    rule="VO-DV I NRW § 9 entsprechend",
    is_confirmed=False,
)
KEPT = PersonFile(retention_class="accounts", closed_on=date(2026, 3, 2))
DUE = date(2032, 1, 1)
THEN = berlin(2032, 1, 1, 3)
"""The first run of the day on which the file is due."""

LATER = berlin(2032, 3, 1, 10)
ANSWER_DUE = datetime(2032, 2, 1, tzinfo=BERLIN)
REASON = "Konten: VO-DV I NRW § 9 entsprechend, Aufbewahrung 5 Jahre, abgelaufen vor dem 01.01.2032"

PROPOSED = ErasureProposed(
    subject=DORA, retention_class=RETAINED, closed_on=date(2026, 3, 2), due=DUE
)
OFFERED = ArchiveOffered(subject=DORA, answer_due=ANSWER_DUE, digest="ab", reference="Az. 7")
DECLINED = ArchiveAnswered(subject=DORA, answer=ArchiveAnswer.DECLINES, reference="Az. 8")
CONFIRMED = ErasureConfirmed(subject=DORA)
ERASED = SubjectErased(subject=DORA, reason=REASON)
HELD = HoldPlaced(subject=DORA, hold=HOLD, reason="Klage 12 K 3/31")
LIFTED = HoldLifted(subject=DORA, hold=HOLD, reason="Urteil")

file = Scenario(
    FILE,
    FileContext(by=ADMIN, at=THEN, zone=BERLIN, kept=KEPT, retained=RETAINED, is_known=True),
)
