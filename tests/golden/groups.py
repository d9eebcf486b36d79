"""One example of every event of a working group, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from domain.kernel import Event
from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    AgreementReminded,
    AgreementReopened,
    CallingReminded,
    ConsequenceKind,
    ConsequenceLinked,
    ConsequenceUnlinked,
    LeadHandedOver,
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingsPlanned,
    MeetingWithdrawn,
    OrganisationJoined,
    OrganisationLeft,
    Part,
    Present,
    ReportedBack,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
)
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished

GROUP = UUID("5a1f6f0e-0000-5000-8000-000000000061")
RESOLUTION = UUID("5a1f6f0e-0000-5000-8000-000000000062")
DISSOLVING = UUID("5a1f6f0e-0000-5000-8000-000000000063")
SESSION = UUID("5a1f6f0e-0000-5000-8000-000000000064")
ROUND = UUID("5a1f6f0e-0000-5000-8000-000000000065")

HELD_AT = datetime(2026, 9, 14, 12, tzinfo=UTC)
NEXT = datetime(2026, 11, 23, 13, tzinfo=UTC)
CALL_BY = (datetime(2026, 11, 2, 8, tzinfo=UTC), datetime(2027, 3, 1, 8, tzinfo=UTC))
DUE = datetime(2026, 10, 30, 17, tzinfo=UTC)
LATER = datetime(2026, 11, 30, 17, tzinfo=UTC)
REMINDERS = (datetime(2026, 10, 16, 7, tzinfo=UTC), datetime(2026, 10, 28, 8, tzinfo=UTC))
LATER_REMINDERS = (datetime(2026, 11, 16, 8, tzinfo=UTC),)
ATTENDED = (
    Present(organisation="caritas", part=Part.MEMBER),
    Present(organisation="jobcenter", part=Part.GUEST),
)

EVENTS: Mapping[str, Event] = {
    "working-group.established.v1": WorkingGroupEstablished(
        group=GROUP,
        resolution=RESOLUTION,
        body="lenkungsgruppe",
        title="Sprache in der Ausbildung",
        purpose="Auszubildende sollen an der Theorie nicht scheitern.",
        lead="kreis",
        since=date(2026, 9, 1),
        members=("caritas", "rbk"),
        guests=("jobcenter",),
    ),
    "working-group.organisation-joined.v1": OrganisationJoined(
        group=GROUP,
        organisation="jobcenter",
        part=Part.MEMBER,
        since=date(2026, 11, 1),
        reason="Es trägt zwei Vereinbarungen mit.",
    ),
    "working-group.organisation-left.v1": OrganisationLeft(
        group=GROUP,
        organisation="caritas",
        until=date(2027, 1, 31),
        reason="Der Kurs läuft aus.",
    ),
    "working-group.lead-handed-over.v1": LeadHandedOver(
        group=GROUP, lead="rbk", reason="Die Schule lädt künftig ein."
    ),
    "working-group.meetings-planned.v1": MeetingsPlanned(
        group=GROUP, school_year="2026/27", meetings=3, call_by=CALL_BY
    ),
    "working-group.calling-reminded.v1": CallingReminded(
        group=GROUP, school_year="2026/27", moment=CALL_BY[0], meetings=1, planned=3
    ),
    "working-group.meeting-called.v1": MeetingCalled(
        group=GROUP,
        meeting=2,
        starts_at=NEXT,
        place="Kreishaus, Raum 1",
        purpose="Stand der Erhebung.",
    ),
    "working-group.meeting-moved.v1": MeetingMoved(
        group=GROUP,
        meeting=2,
        starts_at=NEXT,
        place="Kreishaus, Raum 2",
        reason="Der Raum ist belegt.",
    ),
    "working-group.meeting-cancelled.v1": MeetingCancelled(
        group=GROUP, meeting=2, reason="Zu viele sind krank."
    ),
    "working-group.meeting-held.v1": MeetingHeld(
        group=GROUP,
        meeting=1,
        held_at=HELD_AT,
        attended=ATTENDED,
        summary="Alle wollen eine einheitliche Erhebung.",
    ),
    "working-group.meeting-corrected.v1": MeetingCorrected(
        group=GROUP,
        meeting=1,
        held_at=HELD_AT,
        attended=ATTENDED[:1],
        summary="Alle wollen eine einheitliche Erhebung.",
        reason="Das Jobcenter fehlte.",
    ),
    "working-group.meeting-withdrawn.v1": MeetingWithdrawn(
        group=GROUP, meeting=3, reason="Es gehörte zu einer anderen Gruppe."
    ),
    "working-group.agreement-made.v1": AgreementMade(
        group=GROUP,
        agreement=1,
        meeting=1,
        text="Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen.",
        owner="rbk",
        due=DUE,
        reminders=REMINDERS,
    ),
    "working-group.agreement-reminded.v1": AgreementReminded(
        group=GROUP, agreement=1, moment=REMINDERS[0]
    ),
    "working-group.agreement-fell-overdue.v1": AgreementFellOverdue(
        group=GROUP, agreement=1, due=DUE
    ),
    "working-group.agreement-extended.v1": AgreementExtended(
        group=GROUP,
        agreement=1,
        due=LATER,
        reminders=LATER_REMINDERS,
        reason="Die Herbstferien lagen dazwischen.",
    ),
    "working-group.agreement-fulfilled.v1": AgreementFulfilled(
        group=GROUP, agreement=1, outcome="Die Erhebung läuft an allen Berufskollegs."
    ),
    "working-group.agreement-reopened.v1": AgreementReopened(
        group=GROUP,
        agreement=1,
        due=LATER,
        reminders=LATER_REMINDERS,
        reason="Eine Schule hat noch nicht begonnen.",
    ),
    "working-group.agreement-dropped.v1": AgreementDropped(
        group=GROUP, agreement=1, meeting=2, reason="Das Land führt eine eigene Erhebung ein."
    ),
    "working-group.consequence-linked.v1": ConsequenceLinked(
        group=GROUP, agreement=1, kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND
    ),
    "working-group.consequence-unlinked.v1": ConsequenceUnlinked(
        group=GROUP, agreement=1, consequence=ROUND, reason="Sie war schon vorher geplant."
    ),
    "working-group.reported-back.v1": ReportedBack(
        group=GROUP, report=1, session=SESSION, text="Die Erhebung hat begonnen."
    ),
    "working-group.dissolved.v1": WorkingGroupDissolved(
        group=GROUP, resolution=DISSOLVING, until=date(2028, 7, 31), lapsed=(1, 2)
    ),
    "working-group.published.v1": GroupPublished(group=GROUP),
    "working-group.publication-withdrawn.v1": GroupPublicationWithdrawn(
        group=GROUP, reason="Ein Versehen."
    ),
}
