"""Examples of sessions: planned, held, voted in, minuted."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.steering.agenda import ItemKind
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Tally
from domain.steering.minutes import Absent, Attended, Decided, GuestsAttended
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.vote import Manner, Represented
from services.api.agenda import AgendaOrder, ItemDraft, WordingDraft
from services.api.agenda_proceedings import ItemDiscussion
from services.api.agenda_views import AgendaView, AlternativeView, BallotView, ItemView, VoteView
from services.api.attendance import (
    GuestsAdmission,
    GuestsLeaving,
    SeatLeaving,
    SeatTaking,
    SessionClosing,
    SessionOpening,
)
from services.api.attendance_views import QuorumView
from services.api.examples.bodies import KEY as BODY
from services.api.examples.bodies import NAME, ORGANISATION, SEAT
from services.api.examples.bodies import TITLE as BODY_TITLE
from services.api.examples.shared import DIGEST, OPENED, PERSON
from services.api.minutes import MinutesApproval, MinutesDraft, NoteDraft
from services.api.minutes_views import MinutedItemView, MinutesStage, MinutesView
from services.api.session_planning import (
    ItemCall,
    MemberReminder,
    SeatOnly,
    SessionInvitation,
    SessionMove,
)
from services.api.session_views import (
    GuestsView,
    InvitationView,
    MinutesStanding,
    PlanView,
    PresenceView,
    SessionSummary,
    SessionView,
)
from services.api.sessions import NewSession
from services.api.votes import CircularOpening, NewBallot, NewVote, SeatAnswer

SESSION = UUID("1f0b4c3e-8d57-5f0a-8c1d-6b7e2a9d4f52")
ITEM = UUID("7d3a1b52-4c6f-5e0b-9f7a-3c2d1e0f9a63")
KEY, TITLE, PLACE = "2026-27-1", "Erste Sitzung im Schuljahr 2026/27", "Kreishaus, Raum 1"
STARTS = datetime(2026, 11, 26, 13, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)
CALLED_UNTIL = datetime(2026, 11, 5, 17, tzinfo=UTC)
ITEM_TITLE = "Fachsprachliche Förderung in der Ausbildung"
ITEM_TEXT = "Auszubildende brechen ab, weil ihnen die Fachsprache fehlt."
WORDING = "Eine Arbeitsgruppe „Fachsprachliche Förderung“ wird eingerichtet."
NOTE = "Der Bedarf ist belegt."
PEOPLE = {str(PERSON): NAME}

VOTE = VoteView(
    number=1,
    item=ITEM,
    alternative="a",
    text=WORDING,
    decided=Decided.ADOPTED,
    manner=Manner.ROLL_CALL,
    at=STARTS + timedelta(hours=1),
    tally=Tally(yes=1, no=0),
    ballots=[BallotView(seat=SEAT, person=str(PERSON), choice="yes")],
    represented=[Represented(seat=SEAT, person=str(PERSON))],
    conflicted=[],
    counted=1,
    needed=1,
    voting_seats=1,
    is_quorate=True,
    edition=1,
    majority=Majority.SIMPLE,
    abstentions_count=False,
)
ITEM_VIEW = ItemView(
    number=1,
    item=ITEM,
    kind=ItemKind.PROPOSAL,
    title=ITEM_TITLE,
    text=ITEM_TEXT,
    organisation=ORGANISATION,
    is_own=False,
    themes=[],
    about=[],
    alternatives=[AlternativeView(key="a", text=WORDING)],
    digest=DIGEST,
    conflicts=[],
    ballots=[],
    note=NOTE,
    deferred="",
    is_published=False,
)

EXAMPLES = (
    NewSession(
        body=BODY,
        key=KEY,
        title=TITLE,
        kind=SessionKind.MEETING,
        starts_at=STARTS,
        ends_at=ENDS,
        place=PLACE,
    ),
    SessionMove(starts_at=STARTS, ends_at=ENDS, place=PLACE, reason="Der Raum ist belegt."),
    ItemCall(until=CALLED_UNTIL),
    SessionInvitation(),
    MemberReminder(occasion=Occasion.SESSION),
    SeatOnly(seat=SEAT),
    WordingDraft(key="a", text=WORDING),
    ItemDraft(
        kind=ItemKind.PROPOSAL,
        title=ITEM_TITLE,
        text=ITEM_TEXT,
        alternatives=(WordingDraft(key="a", text=WORDING),),
    ),
    AgendaOrder(items=(ITEM,)),
    ItemDiscussion(text=NOTE),
    SessionOpening(chair=PERSON, keeper=PERSON),
    SeatTaking(seat=SEAT, person=PERSON),
    SeatLeaving(seat=SEAT),
    GuestsAdmission(organisation="caritas", people=2),
    GuestsLeaving(organisation="caritas"),
    SessionClosing(),
    NewVote(
        item=ITEM,
        alternative="a",
        manner=Manner.ROLL_CALL,
        answers=(SeatAnswer(seat=SEAT, choice="yes"),),
    ),
    CircularOpening(),
    NewBallot(item=ITEM, seat=SEAT, choice="yes", shown=DIGEST),
    MinutesDraft(notes=(NoteDraft(item=ITEM, text=NOTE),), remark="Nächste Sitzung im Mai."),
    MinutesApproval(digest=DIGEST),
    SessionSummary(
        id=SESSION,
        body=BODY,
        body_title=BODY_TITLE,
        key=KEY,
        title=TITLE,
        kind=SessionKind.MEETING,
        stage="open",
        starts_at=STARTS,
        ends_at=ENDS,
        place=PLACE,
        called_until=CALLED_UNTIL,
        is_invited=True,
        closes_at=None,
        minutes=0,
        released=0,
        minutes_overdue=False,
        version=9,
        position=131,
        changed_at=OPENED,
    ),
    ITEM_VIEW,
    AgendaView(
        session=SESSION,
        body=BODY,
        body_title=BODY_TITLE,
        title=TITLE,
        kind=SessionKind.MEETING,
        stage="frozen",
        starts_at=STARTS,
        ends_at=ENDS,
        place=PLACE,
        items=[ITEM_VIEW],
        digest=DIGEST,
        version=5,
    ),
    SessionView(
        id=SESSION,
        body=BODY,
        body_title=BODY_TITLE,
        key=KEY,
        title=TITLE,
        kind=SessionKind.MEETING,
        stage="open",
        starts_at=STARTS,
        ends_at=ENDS,
        place=PLACE,
        called_until=CALLED_UNTIL,
        plan=PlanView(),
        invitation=InvitationView(
            edition=1,
            due=(STARTS - timedelta(days=15)).date(),
            urgency="",
            reminders=[STARTS - timedelta(days=2)],
        ),
        absences=[],
        items=[ITEM_VIEW],
        agenda=DIGEST,
        opened_at=STARTS,
        chair=str(PERSON),
        keeper=str(PERSON),
        presences=[
            PresenceView(
                seat=SEAT,
                organisation=ORGANISATION,
                kind=SeatKind.MEMBER,
                person=str(PERSON),
                capacity=Capacity.HOLDER,
                since=STARTS,
            )
        ],
        guests=[GuestsView(organisation="caritas", people=2, since=STARTS)],
        quorum=QuorumView(represented=[SEAT], needed=1, voting_seats=1, edition=1, is_quorate=True),
        circular=None,
        votes=[VOTE],
        closed_at=None,
        minutes=MinutesStanding(version=0, digest="", released=0, is_overdue=False, writers=[]),
        cancelled_because="",
        people=PEOPLE,
        version=9,
        position=131,
    ),
    MinutesView(
        session=SESSION,
        version=1,
        stage=MinutesStage.DRAFTED,
        digest=DIGEST,
        body=BODY,
        title=TITLE,
        place=PLACE,
        opened_at=STARTS,
        closed_at=ENDS,
        chair=str(PERSON),
        keeper=str(PERSON),
        urgency="",
        attended=[
            Attended(
                seat=SEAT,
                organisation=ORGANISATION,
                kind=SeatKind.MEMBER,
                person=str(PERSON),
                capacity=Capacity.HOLDER,
                since=STARTS,
                until=ENDS,
            )
        ],
        guests=[GuestsAttended(organisation="caritas", people=2, since=STARTS, until=ENDS)],
        absent=[
            Absent(seat="bamf-1", organisation="bamf", kind=SeatKind.ADVISER, was_announced=True)
        ],
        items=[
            MinutedItemView(
                number=1,
                item=ITEM,
                kind=ItemKind.PROPOSAL,
                title=ITEM_TITLE,
                text=NOTE,
                deferred="",
                votes=[VOTE],
            )
        ],
        remark="Nächste Sitzung im Mai.",
        author=str(PERSON),
        drafted_at=ENDS,
        reason="",
        returned_because="",
        approver="",
        approved_at=None,
        released_at=None,
        people=PEOPLE,
        position=140,
    ),
)
