"""What requests and answers look like: one example of each kind, for the API description."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
from litestar.openapi.spec import Reference, Schema

from domain.concepts.events import (
    Answer,
    Invitation,
    Outcome,
    Policy,
    Position,
    Section,
)
from domain.directory.account import Grant
from domain.directory.events import OrganisationKind
from domain.kernel import Erased, Role
from domain.retention.case import Proposal
from domain.retention.classes import PersonFile, RetentionClass, Start
from domain.retention.events import ArchiveAnswer
from services.api.administration import (
    AccountView,
    Employer,
    NewAccount,
    NewGrant,
    NewMunicipality,
    NewOrganisation,
    Revocation,
)
from services.api.adoption import Adoption, Publication
from services.api.concept_views import ConceptView, ResponseView, RoundView, SectionView
from services.api.concepts import ConceptSummary, OpenedOrNot, Opening, OpeningOfAll
from services.api.consultations import Extension, Invited, RoundOpening, Rule, Timing
from services.api.decisions import Decision
from services.api.directory import ChronicleEntry, Me, MunicipalityView, OrganisationView
from services.api.explanations import Explanation, Front
from services.api.framework import EditionSummary, EditionView, NewEdition, NewSection
from services.api.health import Live, Part, Ready
from services.api.holds import HoldReason
from services.api.ledger import (
    CheckpointView,
    ConsistencyProof,
    EventProof,
    ReceiptView,
)
from services.api.privacy import Erasure, SubjectView
from services.api.responses import (
    AnswerToAll,
    AskedSection,
    OpenRequest,
    RequestView,
    SectionAnswer,
)
from services.api.retention_steps import AnswerOfArchive, Offer, Postponement, Withdrawal
from services.api.retention_views import CaseSummary, CaseView, FileExport, Hold
from services.api.sections import Because, ReplyToObjection, SectionText, SectionVersion, Submission
from services.history import Comparison, HistoryEntry, SectionChange
from services.ledger.keys import KeyHistory, KnownKey

CONCEPT = UUID("47f7d783-713f-5279-9484-96bef79f6f6a")
PERSON = UUID("2b0c9c57-5a0e-5d0e-9c79-1f3f6a1c2d11")
CORRELATION = "0f8e3b1c-5f0a-4f0e-8b59-5d1d8d6f2a10"
DELBRUECK = "05774020"
TEXT = "Fragen des Aufenthalts entscheidet die Ausländerbehörde; das Case Management verweist."
EARLIER_TEXT = "Das Case Management übernimmt die Beratung zu Aufenthaltsfragen."
OBJECTION = "Aufenthaltsfragen entscheidet die Ausländerbehörde."
RESOLUTION = "Lenkungsgruppe KIM, 12.05.2026, Beschluss 3"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
OPENED = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
REMIND = datetime(2026, 12, 7, 7, tzinfo=UTC)
DUE = datetime(2026, 12, 14, 17, tzinfo=UTC)
CLOSES = datetime(2026, 12, 17, 17, tzinfo=UTC)
REVIEW = datetime(2028, 12, 18, 7, tzinfo=UTC)

DECISION = Decision(
    id=CONCEPT,
    version=12,
    position=120,
    recorded=True,
    recorded_at=OPENED,
    receipt=f"/api/v1/receipts/{CORRELATION}",
)
RESPONSE = ResponseView(
    organisation="jobcenter",
    respondent=str(PERSON),
    answers=[Answer(section="abgrenzung", position=Position.AGREE, digest=DIGEST)],
    shown=DIGEST,
    given_at=OPENED,
    position=121,
)
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
CHECKPOINT = f"log.example.org/kim\n120\n{HASH}\n\n— log.example.org/kim Az3grlgtzPI=\n"
LINE = f"120 {CONCEPT} 12 1795683600000000 {DIGEST} concept.response-given"
EVENT_PROOF = EventProof(
    position=120,
    line=LINE,
    state='{"schema":1,"metadata":{},"event":{}}',
    hashes=[HASH],
    proof=f"c2sp.org/tlog-proof@v1\nextra MTIw\nindex 119\n{HASH}\n\n{CHECKPOINT}",
)
LOG_KEY = KnownKey(
    vkey="log.example.org/kim+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", from_size=1
)
SECTION = Section(key="abgrenzung", title="Abgrenzung zu anderen Diensten")
GRANT = Grant(role=Role.COORDINATOR, organisation="kim-koordinierung")

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
    # What is asked for
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
    NewEdition(
        edition="2027",
        title="Rahmenkonzept, zweite Ausgabe",
        sections=(NewSection(key=SECTION.key, title=SECTION.title),),
        replaces="2025",
    ),
    NewMunicipality(ags=DELBRUECK, name="Delbrück", kind="Stadt"),
    Employer(county_is_employer=True),
    NewOrganisation(
        key="jobcenter", name="Jobcenter Kreis Paderborn", kind=OrganisationKind.EMPLOYMENT
    ),
    NewAccount(name="Karin Koordination (erfunden)"),
    NewGrant(role=Role.CASE_MANAGER, organisation="kim-koordinierung", municipality=DELBRUECK),
    Revocation(
        role=Role.COORDINATOR, organisation="kim-koordinierung", reason="Wechsel der Stelle."
    ),
    Erasure(reason="Antrag der Person nach Art. 17 DSGVO"),
    Offer(digest=DIGEST, reference="Az. 41-07/2032"),
    AnswerOfArchive(answer=ArchiveAnswer.DECLINES, reference="Stadt- und Kreisarchiv, 12.02.2032"),
    Postponement(until=date(2032, 6, 1), reason="Die Prüfung des Landes läuft noch."),
    Withdrawal(reason="Die Unterlagen werden für den Sachbericht gebraucht."),
    HoldReason(reason="Klageverfahren 12 K 3/31"),
    # What is answered
    DECISION,
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
    SectionVersion(version=2, text=TEXT, digest=DIGEST, author=str(PERSON)),
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
    Me(
        account=str(PERSON),
        name="Karin Koordination (erfunden)",
        grants=(GRANT,),
        signed_in="token",
    ),
    MunicipalityView(
        ags=DELBRUECK, name="Delbrück", kind="Stadt", county_is_employer=True, assumed=True
    ),
    OrganisationView(
        key="jobcenter",
        name="Jobcenter Kreis Paderborn",
        kind=OrganisationKind.EMPLOYMENT,
        ags=DELBRUECK,
        number="179292",
    ),
    AccountView(id=PERSON, name="Karin Koordination (erfunden)", grants=[GRANT]),
    Erased(at=OPENED, reason="Antrag der Person nach Art. 17 DSGVO"),
    SubjectView(id=PERSON, kept_since=OPENED, holds={}, erased=None),
    ChronicleEntry(
        key="lenkungsgruppe-2024-11",
        about="Lenkungsgruppe",
        occurred_on=date(2024, 11, 26),
        title="Sitzung der Lenkungsgruppe",
        text="Beraten wurde der Stand der Konzepte.",
        organisations=["kim-koordinierung"],
        source="Bericht 2024/25",
        assumed=False,
        position=30,
    ),
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
    Explanation(
        type="/problems/concept.answer-too-late",
        title="Die Antwort kommt zu spät",
        detail="Die Runde ist seit {closed_at} geschlossen.",
    ),
    Front(),
    EVENT_PROOF,
    ReceiptView(
        command=UUID(CORRELATION),
        id=CONCEPT,
        version=12,
        position=120,
        checkpoint=CHECKPOINT,
        events=[EVENT_PROOF],
    ),
    ConsistencyProof(old=119, new=120, hashes=[HASH]),
    CheckpointView(size=120, note=CHECKPOINT, time_stamped=False),
    LOG_KEY,
    KeyHistory(origin="log.example.org/kim", keys=(LOG_KEY,)),
    Live(),
    Ready(
        ready=True,
        degraded=True,
        position=121,
        parts=[
            Part(name="database", ok=True, needed=True),
            Part(name="temporal", ok=False, needed=False, trouble="no answer"),
        ],
    ),
)

BY_NAME: Mapping[str, object] = {
    type(example).__name__: msgspec.to_builtins(example) for example in EXAMPLES
}
PAGE = re.compile(r"Page_(?:.*\.)?(?P<name>\w+)_")
"""What the description calls a page of something."""


def example_of(schema: object) -> object | None:
    """The example of what a schema describes: a kind, a page of a kind, or a list of it."""
    match schema:
        case Reference(ref=ref):
            name = ref.rpartition("/")[2]
            if page := PAGE.fullmatch(name):
                return {"items": [BY_NAME[page["name"]]], "next": None}
            return BY_NAME.get(name)
        case Schema(items=items) if items is not None:
            example = example_of(items)
            return None if example is None else [example]
        case _:
            return None
