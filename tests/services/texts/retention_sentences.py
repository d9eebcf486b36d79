"""What is told of each event of a file that is kept and erased."""

from datetime import UTC, date, datetime
from uuid import UUID

from domain.kernel import Event
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
)
from tests.domain.retention.example import RETAINED

ID = UUID(int=1)
DUE = datetime(2026, 3, 16, 17, tzinfo=UTC)

EXAMPLES: tuple[tuple[Event, str], ...] = (
    (
        ErasureProposed(
            subject=ID,
            retention_class=RETAINED,
            closed_on=date(2026, 3, 2),
            due=date(2032, 1, 1),
        ),
        (
            "Löschung der Daten von Ben Demir vorgeschlagen: Die Aufbewahrungsfrist (Konten,"
            " 5 Jahre, VO-DV I NRW § 9 entsprechend) ist seit Donnerstag, 1. Januar 2032"
            " abgelaufen; geschlossen am Montag, 2. März 2026."
        ),
    ),
    (
        ArchiveOffered(subject=ID, answer_due=DUE, reference="Az. 7"),
        (
            "Die Akte von Ben Demir wurde dem Archiv angeboten (Az. 7);"
            " Antwort bis Montag, 16. März 2026, 18:00 Uhr."
        ),
    ),
    (
        ArchiveAnswered(subject=ID, answer=ArchiveAnswer.SILENT),
        ("Antwort des Archivs zur Akte von Ben Demir: keine, gilt als nicht übernommen."),
    ),
    (
        ErasureConfirmed(subject=ID, is_automatic=True),
        ("Löschung der Daten von Ben Demir nach der Regel der Aufbewahrungsklasse ausgelöst."),
    ),
    (ErasureConfirmed(subject=ID), "Löschung der Daten von Ben Demir bestätigt."),
    (
        ErasurePostponed(subject=ID, until=date(2026, 3, 2), reason="Prüfung läuft."),
        (
            "Löschung der Daten von Ben Demir zurückgestellt bis Montag, 2. März 2026."
            " Begründung: Prüfung läuft."
        ),
    ),
    (
        ProposalWithdrawn(subject=ID, reason="", is_not_due=True),
        (
            "Vorschlag zur Löschung der Daten von Ben Demir zurückgenommen,"
            " weil die Frist nicht oder nicht mehr abgelaufen ist."
        ),
    ),
)
