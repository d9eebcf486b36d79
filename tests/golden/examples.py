"""One example of every event topic and its version, as it was first stored.

What says something about a person is stored encrypted since the second envelope; its examples end
in `-e2`, those of what was done in somebody's absence in `-absence`. What is in
`tests/golden/events` was stored once and is never written again; an example here is what reading it
must give. Never change an example. A topic with a new field gets a further one that uses it
(`concept.opened.v2`); the first one shows that what was stored before is still read.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from domain.chronicle.entry import EntryDocumented
from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    DecidedBy,
    DraftReturned,
    DraftSubmitted,
    FrameworkEditionPublished,
    Invitation,
    ObjectionEffect,
    OrganisationsReminded,
    Outcome,
    Policy,
    Position,
    Reply,
    ResponseGiven,
    ReviewFellDue,
    Section,
    SectionDrafted,
)
from domain.directory.events import (
    AccountRegistered,
    AddressRecorded,
    AddressRemoved,
    EmployerRecorded,
    MunicipalityRegistered,
    OrganisationKind,
    OrganisationRegistered,
    OrganisationRenamed,
    RoleGranted,
    RoleRevoked,
    SubstitutionEnded,
    SubstitutionGranted,
    TokenIssued,
    TokenRevoked,
)
from domain.kernel import Event, Role
from domain.ledger.key import KeyAdopted
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased
from domain.retention.classes import Erasing, RetentionClass, Start
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
)
from services.eventstore.record import Metadata, Recorded
from tests.golden import (
    annual_report,
    assessments,
    bodies,
    course_offers,
    course_pools,
    findings,
    goals,
    groups,
    language_needs,
    mandates,
    posts,
    sessions,
)

STREAM = UUID("5a1f6f0e-0000-5000-8000-000000000001")
CONCEPT = UUID("5a1f6f0e-0000-5000-8000-000000000002")
ANOTHER = UUID("5a1f6f0e-0000-5000-8000-000000000003")
ACCOUNT = UUID("5a1f6f0e-0000-5000-8000-000000000004")
TOKEN = UUID("5a1f6f0e-0000-5000-8000-000000000005")
DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"

METADATA = Metadata(
    command=UUID("5a1f6f0e-0000-5000-8000-000000000006"),
    correlation="5a1f6f0e-0000-5000-8000-000000000007",
    account=str(ACCOUNT),
    role=Role.COORDINATOR,
    occurred_at=datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC),
    organisation="kreis",
    signed_in="token",
    causation=41,
    reason="Auf Wunsch der Stadt",
    shown=DIGEST,
    source="Niederschrift vom 2. März 2026",
)
SECTIONS = (
    Section(key="situation", title="Ausgangslage", guidance="Wer lebt hier?"),
    Section(key="outlook", title="Ausblick", required=False),
)
DUE = datetime(2026, 3, 16, 17, tzinfo=UTC)
CLOSES_AT = datetime(2026, 3, 19, 17, tzinfo=UTC)
REMINDER = datetime(2026, 3, 12, 8, tzinfo=UTC)

EVENTS: Mapping[str, Event] = {
    "municipality.registered.v1": MunicipalityRegistered(
        ags="05774036", name="Salzkotten", kind="Stadt"
    ),
    "municipality.employer-recorded.v1": EmployerRecorded(
        ags="05774036", county_is_employer=True, assumed=True
    ),
    "organisation.registered.v1": OrganisationRegistered(
        key="rbk",
        name="Richard-von-Weizsäcker-Berufskolleg",
        kind=OrganisationKind.COLLEGE,
        ags="05774032",
        number="177660",
    ),
    "organisation.renamed.v1": OrganisationRenamed(key="jobcenter", name="Jobcenter Paderborn"),
    "account.registered.v1": AccountRegistered(account=ACCOUNT, name="Ada Beispiel"),
    "account.role-granted.v1": RoleGranted(
        account=ACCOUNT,
        role=Role.CASE_MANAGER,
        organisation="kreis",
        municipality="05774036",
        since=datetime(2026, 1, 1, tzinfo=UTC),
        until=datetime(2027, 1, 1, tzinfo=UTC),
    ),
    "account.role-revoked.v1": RoleRevoked(
        account=ACCOUNT, role=Role.CASE_MANAGER, organisation="kreis", reason="Wechsel"
    ),
    "account.address-recorded.v1": AddressRecorded(
        account=ACCOUNT, address="ada.beispiel@example.org"
    ),
    "account.address-removed.v1": AddressRemoved(account=ACCOUNT),
    "account.substitution-granted.v1": SubstitutionGranted(
        account=ACCOUNT,
        substitution=TOKEN,
        substitute=ANOTHER,
        roles=(Role.CASE_MANAGER, Role.COORDINATOR),
        since=datetime(2026, 4, 1, tzinfo=UTC),
        until=datetime(2026, 4, 18, tzinfo=UTC),
        reason="Osterurlaub",
    ),
    "account.substitution-ended.v1": SubstitutionEnded(
        account=ACCOUNT, substitution=TOKEN, substitute=ANOTHER, reason="Früher zurück"
    ),
    "account.token-issued.v1": TokenIssued(
        account=ACCOUNT,
        token=TOKEN,
        digest=DIGEST,
        label="Auswertung",
        expires_at=datetime(2026, 6, 30, tzinfo=UTC),
    ),
    "account.token-revoked.v1": TokenRevoked(account=ACCOUNT, token=TOKEN, reason="verloren"),
    "framework.edition-published.v1": FrameworkEditionPublished(
        edition="2027",
        title="Rahmenkonzept 2027",
        sections=SECTIONS,
        replaces="2025",
        source="Beschluss der Lenkungsgruppe",
    ),
    "concept.opened.v1": ConceptOpened(
        concept=CONCEPT,
        municipality="05774036",
        edition="2027",
        sections=SECTIONS,
        predecessor=ANOTHER,
    ),
    "concept.section-drafted.v1": SectionDrafted(
        section="situation",
        version=2,
        text="In Salzkotten leben Menschen\naus 80 Staaten „und mehr“.",
        digest=DIGEST,
        author=str(ACCOUNT),
    ),
    "concept.draft-submitted.v1": DraftSubmitted(
        digest=DIGEST,
        replies=(Reply(organisation="jobcenter", section="situation", text="Bleibt so."),),
    ),
    "concept.draft-returned.v1": DraftReturned(reason="Der Ausblick fehlt."),
    "concept.consultation-opened.v1": ConsultationOpened(
        round=2,
        invitations=(
            Invitation(
                organisation="jobcenter", scope=("situation", "outlook"), asked=("situation",)
            ),
            Invitation(organisation="caritas", scope=("outlook",), asked=()),
        ),
        policy=Policy(
            quorum_percent=60,
            objection=ObjectionEffect.NOTED,
            silence_is_consent=True,
            decided_by=DecidedBy.STEERING_GROUP,
        ),
        due=DUE,
        closes_at=CLOSES_AT,
        reminders=(REMINDER,),
        digest=DIGEST,
    ),
    "concept.consultation-extended.v1": ConsultationExtended(
        round=2, due=DUE, closes_at=CLOSES_AT, reminders=(REMINDER,), reason="Osterferien"
    ),
    "concept.response-given.v1": ResponseGiven(
        round=2,
        organisation="jobcenter",
        respondent=str(ACCOUNT),
        answers=(
            Answer(section="situation", position=Position.AGREE, digest=DIGEST),
            Answer(
                section="outlook",
                position=Position.OBJECT,
                digest=DIGEST,
                remark="Eine Frist fehlt.",
            ),
        ),
        shown=DIGEST,
    ),
    "concept.organisations-reminded.v1": OrganisationsReminded(
        round=2, organisations=("caritas", "jobcenter"), moment=REMINDER
    ),
    "concept.consultation-escalated.v1": ConsultationEscalated(round=2, missing=("caritas",)),
    "concept.consultation-closed.v1": ConsultationClosed(
        round=2,
        outcome=Outcome.OBJECTED,
        positions={
            Position.AGREE: 3,
            Position.AGREE_WITH_REMARKS: 1,
            Position.OBJECT: 1,
            Position.ABSTAIN: 0,
        },
        missing=("caritas",),
    ),
    "concept.adopted.v1": ConceptAdopted(
        digest=DIGEST, adopter=str(ACCOUNT), resolution="Lenkungsgruppe, Beschluss 7"
    ),
    "concept.published.v1": ConceptPublished(
        valid_from=date(2026, 4, 1), review_at=datetime(2028, 4, 3, 7, tzinfo=UTC)
    ),
    "concept.review-fell-due.v1": ReviewFellDue(),
    "concept.superseded.v1": ConceptSuperseded(successor=ANOTHER),
    "concept.withdrawn.v1": ConceptWithdrawn(reason="Die Stadt wird selbst Arbeitgeberin."),
    "concept.reopened.v1": ConceptReopened(reason="Irrtum"),
    "chronicle.entry-documented.v1": EntryDocumented(
        key="auftakt",
        about="session",
        occurred_on=date(2024, 3, 1),
        title="Auftakt",
        text="Die Lenkungsgruppe tagt zum ersten Mal.",
        organisations=("kreis", "jobcenter"),
        source="Bericht 2025",
        assumed=True,
    ),
    "subject.hold-placed.v1": HoldPlaced(subject=ACCOUNT, hold=ANOTHER, reason="Klage"),
    "subject.hold-lifted.v1": HoldLifted(subject=ACCOUNT, hold=ANOTHER, reason="Klage beendet"),
    "subject.erased.v1": SubjectErased(subject=ACCOUNT, reason="Antrag nach Art. 17 DSGVO"),
    "retention.erasure-proposed.v1": ErasureProposed(
        subject=ACCOUNT,
        retention_class=RetentionClass(
            key="accounts",
            title="Konten",
            title_en="Accounts",
            years=5,
            start=Start.FILE_CLOSED,
            offer_to_archive=True,
            archive_days=180,
            silence_is_declined=True,
            erasing=Erasing.AUTOMATIC,
            rule="VO-DV I NRW § 9",
            source="https://example.org/vo-dv",
            is_confirmed=True,
            note="bestätigt",
        ),
        closed_on=date(2020, 3, 2),
        due=date(2026, 1, 1),
    ),
    "retention.archive-offered.v1": ArchiveOffered(
        subject=ACCOUNT, answer_due=DUE, digest=DIGEST, reference="Az. 7"
    ),
    "retention.archive-answered.v1": ArchiveAnswered(
        subject=ACCOUNT, answer=ArchiveAnswer.DECLINES, reference="Az. 8"
    ),
    "retention.erasure-confirmed.v1": ErasureConfirmed(subject=ACCOUNT, is_automatic=True),
    "retention.erasure-postponed.v1": ErasurePostponed(
        subject=ACCOUNT, until=date(2026, 6, 1), reason="Prüfung"
    ),
    "retention.proposal-withdrawn.v1": ProposalWithdrawn(
        subject=ACCOUNT, reason="Wieder da", is_not_due=True
    ),
    "ledger.key-adopted.v1": KeyAdopted(
        vkey="log.example+f2f55ae9+AQOhB7/zzhC+HXDdGOdLwJln5PYwm6UNXx3chmQSVTG4",
        retires="log.example+6b25ba1e+ASFS+NGN3nZ0yZb5nm2e6MWnRkpQnlNkwcC+KVF8r2lE",
        announcement="Der nächste Schlüssel\n\n— log.example c2lnbmF0dXI=\n",
        reason="Jährlicher Wechsel",
    ),
    **assessments.EVENTS,
    **bodies.EVENTS,
    **sessions.EVENTS,
    **findings.EVENTS,
    **goals.EVENTS,
    **course_offers.EVENTS,
    **course_pools.EVENTS,
    **language_needs.EVENTS,
    **posts.EVENTS,
    **annual_report.EVENTS,
    **mandates.EVENTS,
    **groups.EVENTS,
}

PERSONAL = (
    "account.registered",
    "account.address-recorded",
    "account.substitution-granted",
    "account.substitution-ended",
    "account.role-revoked",
    "account.token-issued",
    "account.token-revoked",
    *assessments.PERSONAL,
    *findings.PERSONAL,
    *language_needs.PERSONAL,
    "course-pool.member-removed",
    "course-pool.declined",
    "post.holder-named",
)
KEYS = {
    ACCOUNT: bytes(range(32)),
    assessments.LEARNER: bytes(range(32, 64)),
    findings.FINDING: bytes(range(64, 96)),
    language_needs.REPORT: bytes(range(160, 192)),
    course_pools.BAKERY: bytes(range(192, 224)),
    posts.HOLDING: bytes(range(128, 160)),
}
"""The keys of the people in the examples. There are no such people, so they may be known."""

SUBSTITUTED = ("concept.section-drafted", "instrument.version-drafted")
"""Whose events say themselves in whose absence the author wrote."""

EXAMPLES: Mapping[str, Recorded] = {
    name: Recorded(originator_id=STREAM, originator_version=3, event=event, metadata=METADATA)
    for name, event in (
        *EVENTS.items(),
        *((f"{topic}.v1-e2", EVENTS[f"{topic}.v1"]) for topic in PERSONAL),
    )
} | {
    f"{topic}.v1-absence": Recorded(
        originator_id=STREAM,
        originator_version=4,
        event=msgspec.structs.replace(EVENTS[f"{topic}.v1"], substitutes=str(ANOTHER)),
        metadata=msgspec.structs.replace(METADATA, substitutes=str(ANOTHER)),
    )
    for topic in SUBSTITUTED
}
