"""Everything that can happen to resolutions and need reviews, once, through the desk."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from domain.directory.commands import RegisterAccount
from domain.kernel import Command
from domain.steering.agenda import Alternative
from domain.steering.mandate import Commission, GroupMandate, MinistryMandate, RevocationMandate
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    CorrectEvidence,
    DropProposal,
    NoteRejection,
    NoteResolution,
    OpenNeedReview,
    PutProposalForward,
    RecordEvidence,
    TakeProposalBack,
    WithdrawEvidence,
    WriteProposal,
    review_id,
)
from domain.steering.need_review_events import Evidence, EvidenceKind
from domain.steering.resolution_commands import (
    AnnulResolution,
    DeclareMandateOverdue,
    ExtendMandate,
    FulfilMandate,
    HandOverMandate,
    PassResolution,
    RecordLetter,
    RemindOfMandate,
    ReopenMandate,
    ReportProgress,
    RevokeResolution,
    ShowProgress,
    resolution_id,
)
from services.identity.principal import CONSOLE
from tests.domain.county import CARITAS, JOBCENTER
from tests.support.office import Office
from tests.support.steering_group import SteeringGroup, proposal

BODY = "mandatsgremium"
FIRST, SECOND = date(2025, 11, 20), date(2026, 3, 12)
DUE = date(2026, 2, 27)
LETTER = proposal("Meldung", "Der Bedarf wird gemeldet.")
GROUP = proposal("Arbeitsgruppe", "Eine Arbeitsgruppe wird eingerichtet.")
VOID = proposal("Umzug", "Die Koordinierung zieht um.")
REJECTED = proposal("Gespräche", "Die Träger sprechen miteinander.")
REVOCATION = proposal("Aufhebung", "Die Meldung unterbleibt.")
REVIEW, GIVEN_UP = review_id("2025/26", "fachsprache"), review_id("2025/26", "wohnen")


async def decide_and_follow_up(office: Office) -> None:
    """The office is set up; afterwards there is an event of every topic of the two contexts."""
    seats = {JOBCENTER: str(uuid4()), CARITAS: str(uuid4())}
    for seat, account in seats.items():
        await office.ask(CONSOLE, RegisterAccount(account=UUID(account), name=seat))
    group = SteeringGroup(office.desk, seats)
    await group.found(BODY)
    first, second = await _hold_sessions(group)
    await _examine(group, first)
    await _follow_up(office, group, first, second)


async def _hold_sessions(group: SteeringGroup) -> tuple[UUID, UUID]:
    items = (LETTER, GROUP, VOID)
    first = await group.prepare("2025-1", FIRST, *items, REJECTED, body=BODY)
    await group.meet(first, FIRST)
    for item in items:
        await group.vote(first, FIRST, item.item, yes=2)
    await group.vote(first, FIRST, REJECTED.item, yes=0, no=2)
    void = PassResolution(session=first, number=3, mandate=Commission(), owner=JOBCENTER, due=DUE)
    await group.ask(void, _noon(FIRST) + timedelta(hours=2))
    await group.annul(first, FIRST, 3)
    annulment = AnnulResolution(resolution=resolution_id(first, 3), reason="Verzählt.")
    await group.ask(annulment, _noon(FIRST) + timedelta(hours=2))
    await group.close(first, FIRST)
    second = await group.prepare("2026-1", SECOND, REVOCATION, body=BODY)
    await group.meet(second, SECOND)
    await group.vote(second, SECOND, REVOCATION.item, yes=2)
    await group.close(second, SECOND)
    return first, second


async def _follow_up(office: Office, group: SteeringGroup, first: UUID, second: UUID) -> None:
    """The letter to the ministry, in all its fates."""
    this, revoking = resolution_id(first, 1), resolution_id(second, 1)
    soon, late = _noon(FIRST) + timedelta(days=7), _noon(DUE) + timedelta(days=1)
    later = DUE + timedelta(days=60)
    await _ask(
        group,
        soon,
        PassResolution(
            session=first,
            number=1,
            mandate=MinistryMandate(need="Kurse fehlen im ganzen Land."),
            owner=JOBCENTER,
            due=DUE,
        ),
        RemindOfMandate(resolution=this),
        ReportProgress(resolution=this, report=1, text="Der Entwurf liegt vor."),
        HandOverMandate(resolution=this, owner=CARITAS, reason="Zuständigkeit."),
    )
    await office.ask(office.clock, DeclareMandateOverdue(resolution=this), at=late)
    await _ask(
        group,
        late,
        ExtendMandate(resolution=this, due=later, reason="Der Entwurf ist in Prüfung."),
        RecordLetter(
            resolution=this,
            addressee="Ministerium",
            subject_line="Berufssprachkurse",
            text="Kurse fehlen.",
            sent_on=late.date(),
        ),
        FulfilMandate(resolution=this),
        ReopenMandate(resolution=this, due=later, reason="Keine Antwort."),
        ShowProgress(resolution=this, session=second),
    )
    await _ask(
        group,
        _noon(SECOND) + timedelta(days=1),
        PassResolution(session=second, number=1, mandate=RevocationMandate(resolution=this)),
        RevokeResolution(resolution=this, revoking=revoking),
    )


async def _examine(group: SteeringGroup, session: UUID) -> None:
    """One review with a proposal of every fate, and one that is given up."""
    at = _noon(FIRST) + timedelta(days=1)
    resolution = resolution_id(session, 2)
    rejected = PutProposalForward(review=REVIEW, proposal=2, session=session, item=REJECTED.item)
    await _ask(group, at, *_evidence(), *(_proposal(number) for number in (1, 2, 3)))
    await _ask(
        group,
        at,
        PutProposalForward(review=REVIEW, proposal=1, session=session, item=GROUP.item),
        PassResolution(
            session=session,
            number=2,
            mandate=GroupMandate(title="Fachsprache", purpose="Theorie.", members=(CARITAS,)),
            owner=JOBCENTER,
            due=DUE,
        ),
        NoteResolution(review=REVIEW, proposal=1, resolution=resolution),
        rejected,
        TakeProposalBack(review=REVIEW, proposal=2, reason="Zahlen fehlen."),
        rejected,
        NoteRejection(review=REVIEW, proposal=2),
        DropProposal(review=REVIEW, proposal=3, reason="Überholt."),
        CloseNeedReview(review=REVIEW, summary="Der Bedarf ist belegt."),
        OpenNeedReview(
            school_year="2025/26", key="wohnen", question="Auch hier?", fields=("housing",)
        ),
        AbandonNeedReview(review=GIVEN_UP, reason="Die Frage hat sich erledigt."),
    )


def _evidence() -> Sequence[Command]:
    first = RecordEvidence(
        review=REVIEW,
        meeting=1,
        held_on=FIRST - timedelta(days=30),
        fields=("work",),
        attended=(CARITAS, JOBCENTER),
        evidence=(Evidence(kind=EvidenceKind.NEED, field="work", text="Theorie."),),
    )
    return (
        OpenNeedReview(
            school_year="2025/26", key="fachsprache", question="Eine Gruppe?", fields=("work",)
        ),
        first,
        msgspec.structs.replace(first, meeting=2),
        CorrectEvidence(
            review=REVIEW,
            meeting=1,
            held_on=first.held_on,
            fields=first.fields,
            attended=first.attended,
            evidence=first.evidence,
            summary="Einig.",
            reason="Ergänzt.",
        ),
        WithdrawEvidence(review=REVIEW, meeting=2, reason="Doppelt."),
    )


def _proposal(number: int) -> WriteProposal:
    return WriteProposal(
        review=REVIEW,
        proposal=number,
        title=f"Vorschlag {number}",
        reasons="",
        alternatives=(Alternative(key="vorschlag", text="So soll es sein."),),
        based_on=0,
    )


async def _ask(group: SteeringGroup, at: datetime, *commands: Command) -> None:
    for command in commands:
        await group.ask(command, at)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
