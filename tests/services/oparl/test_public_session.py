"""What the open data keep of a session agrees with what the session itself says."""

from uuid import UUID

import msgspec

from domain.steering.agenda_events import (
    AgendaOrdered,
    AgendaReopened,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.minutes_events import ItemPublished, PublicationWithdrawn
from domain.steering.session import Unknown
from domain.steering.session_events import SessionEvent, SessionMoved, SessionScheduled
from domain.steering.session_held_events import ItemDeferred, ProposalAmended, VoteAnnulled
from services.oparl import public_session
from services.oparl.papers import result_of
from services.oparl.public_session import PublicSession
from services.oparl.session_objects import drafts_of
from tests.domain.county import BERLIN, MONDAY
from tests.domain.steering.session_example import (
    ADOPTED,
    CLOSED,
    FOUND,
    INVITED,
    ITEMS,
    PLANNED,
    PROPOSAL,
    RELEASED,
    REPORT,
    REVIEW,
    SCHEDULED,
    THREE,
    after,
    drafted,
    frozen,
    meeting,
    minutes_after,
    proposed,
)
from tests.services.oparl.group import LATER, TOPICS

WORKSHOP = TOPICS[0]
WORDED = msgspec.structs.replace(FOUND, text="Eine Arbeitsgruppe wird zum Herbst gegründet.")


def folded(*events: SessionEvent) -> PublicSession:
    first, *rest = events
    assert isinstance(first, SessionScheduled)
    session = public_session.scheduled(first)
    for event in rest:
        session = public_session.evolve(session, event, MONDAY)
    return session


def published(item: UUID) -> ItemPublished:
    return ItemPublished(item=item, digest="0" * 64)


def test_the_agenda_is_that_of_the_session_after_whatever_happens_to_it() -> None:
    moved = SessionMoved(
        starts_at=MONDAY,
        ends_at=None,
        place="Rathaus",
        invitation_stands=False,
        reason="Ferien",
    )
    events: tuple[SessionEvent, ...] = (
        *PLANNED,
        proposed(WORKSHOP),
        AgendaOrdered(items=(PROPOSAL.item, WORKSHOP.item, REPORT.item)),
        frozen(PROPOSAL, WORKSHOP, REPORT),
        published(REPORT.item),
        published(PROPOSAL.item),
        AgendaReopened(reason="Nachtrag"),
        ItemRevised(item=msgspec.structs.replace(WORKSHOP, text="Anders.")),
        ItemWithdrawn(item=WORKSHOP.item, reason="erledigt"),
        frozen(PROPOSAL, REPORT),
        INVITED,
        moved,
        ProposalAmended(item=PROPOSAL.item, alternative=LATER),
        ProposalAmended(item=PROPOSAL.item, alternative=WORDED),
        PublicationWithdrawn(item=REPORT.item, reason="Irrtum"),
    )
    for number in range(1, len(events) + 1):
        whole, public = after(*events[:number]), folded(*events[:number])
        assert not isinstance(whole, Unknown)
        record = whole.record
        assert public.items == record.items
        assert {one.item.item for one in public.public_items} == record.published
        assert public.is_invited == (record.invitation is not None)
        for fact in ("session", "body", "title", "kind", "starts_at", "ends_at", "place"):
            assert getattr(public, fact) == getattr(record, fact), fact


def test_the_result_is_that_of_the_votes_that_stand() -> None:
    held = (*meeting(*THREE), ADOPTED)
    annulled = (*held, VoteAnnulled(number=1, reason="verzählt"))
    deferred = (*annulled, ItemDeferred(item=PROPOSAL.item, reason="Zahlen fehlen"))
    for happened, said in ((held, "angenommen"), (annulled, ""), (deferred, "vertagt")):
        events = (*happened, CLOSED)
        session = folded(*events, drafted(minutes_after(*events)), RELEASED)
        assert session.released
        result = session.released.of(PROPOSAL.item)
        assert result
        assert result_of(result) == said


def test_what_nobody_published_has_no_object() -> None:
    assert drafts_of(folded(SCHEDULED, *map(proposed, ITEMS)), BERLIN) == []
    everything = (SCHEDULED, *map(proposed, ITEMS), published(PROPOSAL.item))
    drafts = str(drafts_of(folded(*everything), BERLIN))
    assert REVIEW.text in drafts
    assert REPORT.title not in drafts
