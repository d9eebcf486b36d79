"""What the page of a session needs from its opening on: who is there, the items, the minutes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.kernel import Erased, Role
from domain.steering.session_events import SessionKind
from domain.steering.vote import Choice, Manner
from services.api.body_views import BodyView, RulesEdition
from services.api.minutes_views import MinutesView
from services.api.resolution_views import ResolutionSummary
from services.api.session_views import SessionView
from services.identity.mandate_readers import READS_EVERY_RESOLUTION
from services.texts import Language, word
from services.texts.rules import quorum_in_words
from services.web.administration.answers import organisation_names
from services.web.assessments.viewer import ZONE
from services.web.inside import Inside, Refusal, Visit
from services.web.language import language_of
from services.web.meetings.items import ItemPart, item_parts
from services.web.meetings.paper import MinutesText, text_of
from services.web.meetings.seats import SeatPlace, seat_places
from services.web.sessions.addresses import LIST
from services.web.sessions.viewer import session_viewer

ALL = 200
BY_COUNT = (Manner.COUNTED, Manner.SECRET)
LAST_MINUTE = "23:59"
BEGUN = frozenset({"open", "circulating", "held", "drafted", "approved", "released"})
OVER = frozenset({"held", "drafted", "approved", "released"})


class Attendant(msgspec.Struct, frozen=True, kw_only=True):
    """Who looks at the meeting; `seats` are those for which they act that day."""

    account: str
    coordinates: bool
    steers: bool
    reads_resolutions: bool
    seats: frozenset[str]


class MeetingPart(msgspec.Struct, frozen=True, kw_only=True):
    """The session with all its page shows of it from its opening on.

    `rule` is that of the quorum in words. `guests` are the organisations that have no seat,
    `passed` the resolutions by the number of their vote. `um` is the time of day for which the
    next thing is recorded; empty: now.
    """

    session: SessionView
    viewer: Attendant
    day: date
    is_today: bool
    is_due: bool
    seats: Sequence[SeatPlace]
    people: Mapping[str, str | Erased]
    organisations: Mapping[str, str]
    guests: Sequence[tuple[str, str]]
    editions: Mapping[int, RulesEdition]
    rule: str
    items: Sequence[ItemPart]
    passed: Mapping[int, UUID]
    minutes: MinutesView | None
    text: MinutesText | None
    um: str
    choices: Sequence[tuple[str, str]]
    manners: Sequence[tuple[str, str]]

    @property
    def address(self) -> str:
        return f"{LIST}/{self.session.id}"

    @property
    def is_circular(self) -> bool:
        return self.session.kind is SessionKind.CIRCULAR

    @property
    def has_begun(self) -> bool:
        return self.session.stage in BEGUN

    @property
    def is_over(self) -> bool:
        return self.session.stage in OVER

    @property
    def can_open(self) -> bool:
        """For the coordination; the rest the API says."""
        return self.session.stage == "frozen" and self.viewer.coordinates

    @property
    def seat_names(self) -> Mapping[str, str]:
        return {seat.seat: seat.name for seat in self.seats}

    @property
    def chairs(self) -> Sequence[str]:
        """The accounts that may sit somewhere, each once."""
        return list(dict.fromkeys(account for seat in self.seats for account in seat.sitting))

    @property
    def voted(self) -> int:
        """How many seats have nothing left to vote on in writing."""
        circular = self.session.circular
        return sum(not self._missing(seat) for seat in circular.seats) if circular else 0

    @property
    def can_close_voting(self) -> bool:
        circular = self.session.circular
        if circular is None:
            return False
        return self.voted == len(circular.seats) or circular.closes_at <= datetime.now(UTC)

    @property
    def wrote(self) -> bool:
        """Whoever looks wrote something of the minutes, so somebody else approves them."""
        return self.viewer.account in self.session.minutes.writers

    def may_declare(self, item: ItemPart) -> Sequence[tuple[str, str]]:
        """The seats whose conflict of interest whoever looks may declare now."""
        if self.session.stage not in {"open", "circulating"}:
            return ()
        return [
            (seat.seat, seat.name)
            for seat in self.seats
            if seat.votes
            and seat.seat not in item.view.conflicts
            and (self.viewer.coordinates or seat.seat in self.viewer.seats)
        ]

    def _missing(self, seat: str) -> bool:
        return any(
            seat not in item.view.conflicts
            and all(ballot.seat != seat for ballot in item.view.ballots)
            for item in self.items
        )


async def meeting_part(
    request: Visit, inside: Inside, session: SessionView, *, um: str = ""
) -> MeetingPart:
    """The session from its opening on, for whoever looks at it. Raises Refusal.

    `um` is the time of day that came with a form; else it is the one in the address.
    """
    language = language_of(request)
    today = datetime.now(ZONE).date()
    day = session.starts_at.astimezone(ZONE).date()
    body = await _body(request, inside, session, today if session.circular else day)
    organisations = await organisation_names(inside, request)
    seats = seat_places(session, body, organisations)
    viewer = attendant_of(request, seats)
    minutes: MinutesView | None = None
    if session.minutes.version:
        minutes = await inside.read(request, f"/sessions/{session.id}/minutes", MinutesView)
    editions = {edition.edition: edition for edition in body.editions} if body else {}
    seated = {seat.organisation for seat in seats}
    return MeetingPart(
        session=session,
        viewer=viewer,
        day=day,
        is_today=day == today,
        is_due=_is_due(session, day, today),
        seats=seats,
        people={
            **(body.people if body else {}),
            **session.people,
            **(minutes.people if minutes else {}),
        },
        organisations=organisations,
        guests=[(key, name) for key, name in organisations.items() if key not in seated],
        editions=editions,
        rule=_rule(session, editions, language),
        items=item_parts(session, seats, editions, viewer.account),
        passed=await _passed(request, inside, session, viewer),
        minutes=minutes,
        text=text_of(session, minutes),
        um=um or request.query_params.get("um", "") or _next_moment(session, day, today),
        choices=[(choice.value, word(choice, language)) for choice in Choice],
        manners=[(manner.value, word(manner, language, of="manner")) for manner in BY_COUNT],
    )


def attendant_of(request: Visit, seats: Sequence[SeatPlace]) -> Attendant:
    grants = request.user.grants_at(datetime.now(UTC))
    roles = {grant.role for grant in grants}
    accounts = session_viewer(request).accounts
    return Attendant(
        account=request.user.account,
        coordinates=Role.COORDINATOR in roles,
        steers=Role.STEERING_MEMBER in roles,
        reads_resolutions=not roles.isdisjoint(READS_EVERY_RESOLUTION),
        seats=frozenset(seat.seat for seat in seats if not accounts.isdisjoint(seat.sitting)),
    )


def _is_due(session: SessionView, day: date, today: date) -> bool:
    """A session is opened on its day, or recorded later; a vote in writing from its begin on."""
    if session.kind is SessionKind.CIRCULAR:
        return session.starts_at <= datetime.now(UTC)
    return day <= today


def _next_moment(session: SessionView, day: date, today: date) -> str:
    """On later days, a time of the session's own day: after all that is recorded already."""
    if session.opened_at is None or day == today:
        return ""
    moments = [
        session.opened_at,
        *(vote.at for vote in session.votes),
        *(presence.until or presence.since for presence in session.presences),
        *(guests.until or guests.since for guests in session.guests),
    ]
    after = max(moments).astimezone(ZONE) + timedelta(minutes=1)
    return f"{after:%H:%M}" if after.date() == day else LAST_MINUTE


def _rule(session: SessionView, editions: Mapping[int, RulesEdition], language: Language) -> str:
    edition = editions.get(session.quorum.edition) if session.quorum else None
    return quorum_in_words(edition.rules.quorum, language) if edition else ""


async def _body(request: Visit, inside: Inside, session: SessionView, day: date) -> BodyView | None:
    """As it is on this day; None for those who sat on it then, but do not any more."""
    try:
        return await inside.read(request, f"/bodies/{session.body}", BodyView, on=day)
    except Refusal as refusal:
        if refusal.status == HTTPStatus.FORBIDDEN:
            return None
        raise


async def _passed(
    request: Visit, inside: Inside, session: SessionView, viewer: Attendant
) -> Mapping[int, UUID]:
    if not session.votes or not viewer.reads_resolutions:
        return {}
    listed = inside.items(request, "/resolutions", ResolutionSummary, session=session.id, limit=ALL)
    return {one.number: one.id async for one in listed}
