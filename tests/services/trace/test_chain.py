"""What follows from what: links come with what happens, and go when it is undone."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.findings.events import FindingReleasedFromTheme, FindingTakenIntoTheme
from domain.findings.events_theme import Source, SourceKind, ThemeMerged, ThemeOpened
from domain.kernel import Event, Role, stream_id
from domain.steering.agenda import AgendaItem, ItemKind
from domain.steering.agenda_events import ItemProposed, ItemRevised, ItemWithdrawn
from domain.steering.need_review_events import ProposalPutForward, ProposalTakenBack
from domain.steering.resolution_events import LetterSent
from domain.steering.session_held_events import VoteAnnulled, VoteTaken
from domain.working_groups.events import (
    ConsequenceKind,
    ConsequenceLinked,
    ConsequenceUnlinked,
)
from services.eventstore.record import LogEntry, Metadata
from services.trace.chain import Chain
from services.trace.graph import Link, Thing, ThingKind, layers, traced
from tests.domain.steering.resolution_example import ITEM, LETTER_MANDATE, SESSION, passed, vote
from tests.golden.mandates import EVENTS

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FINDING, THEME, OTHER = (stream_id("trace", name) for name in ("finding", "theme", "other"))
GROUP, REVIEW, ROUND = (stream_id("trace", name) for name in ("group", "review", "round"))
ON_THE_THEME = AgendaItem(item=ITEM, kind=ItemKind.THEME, title="Sprache", themes=(THEME,))


def followed(*events: tuple[UUID, Event]) -> list[str]:
    """The links after these events of these streams, as `theme/… > item/…` without the ids."""
    chain = Chain()
    chain.follow(_entries(events))
    return [f"{link.source.kind} > {link.target.kind}" for link in chain.links]


def _entries(events: Sequence[tuple[UUID, Event]]) -> list[LogEntry]:
    return [
        LogEntry(
            originator_id=stream,
            originator_version=1,
            event=event,
            metadata=Metadata(
                command=uuid4(),
                correlation="test",
                account="ada",
                role=Role.COORDINATOR,
                occurred_at=NOW,
            ),
            position=position,
            recorded_at=NOW,
            topic=event.TOPIC,
        )
        for position, (stream, event) in enumerate(events, start=1)
    ]


def test_a_finding_leads_to_the_theme_it_is_in_and_to_the_one_that_goes_on_in() -> None:
    taken = (FINDING, FindingTakenIntoTheme(finding=FINDING, theme=THEME))
    merged = (THEME, ThemeMerged(theme=THEME, into=OTHER, reason="Dasselbe."))
    assert followed(taken, merged) == ["finding > theme", "theme > theme"]
    released = FindingReleasedFromTheme(finding=FINDING, theme=THEME, reason="Irrtum.")
    assert followed(taken, (FINDING, released)) == []


def test_an_item_comes_from_the_themes_it_has_now() -> None:
    proposed = (SESSION, ItemProposed(item=ON_THE_THEME, proposer="ada", organisation="kreis"))
    assert followed(proposed) == ["theme > item"]
    without = AgendaItem(item=ITEM, kind=ItemKind.REPORT, title="Bericht")
    assert followed(proposed, (SESSION, ItemRevised(item=without))) == []
    withdrawn = ItemWithdrawn(item=ITEM, reason="Erledigt.")
    assert followed(proposed, (SESSION, withdrawn)) == []


def test_a_vote_that_was_annulled_leads_to_nothing() -> None:
    taken = (SESSION, VoteTaken(vote=vote, adopted=True))
    resolution = passed(LETTER_MANDATE)
    resolved = (resolution.resolution, resolution)
    letter = EVENTS["resolution.letter-sent.v1"]
    assert isinstance(letter, LetterSent)
    assert followed(taken, resolved, (letter.resolution, letter)) == [
        "item > vote",
        "vote > resolution",
        "resolution > letter",
    ]
    assert followed(taken, resolved, (SESSION, VoteAnnulled(number=1, reason="Verzählt."))) == []


def test_a_review_leads_to_the_item_its_proposal_is_and_to_a_theme_that_names_it() -> None:
    put = ProposalPutForward(review=REVIEW, proposal=1, version=1, session=SESSION, item=ITEM)
    back = ProposalTakenBack(review=REVIEW, proposal=1, reason="Vertagt.")
    assert followed((REVIEW, put)) == ["need-review > item"]
    assert followed((REVIEW, put), (REVIEW, back)) == []
    source = Source(kind=SourceKind.NEED_REVIEW, text="Prüfung", reference=str(REVIEW))
    opened = ThemeOpened(theme=THEME, key="sprache", title="Sprache", sources=(source,))
    assert followed((THEME, opened)) == ["need-review > theme"]


def test_an_agreement_leads_to_what_is_linked_with_it() -> None:
    linked = ConsequenceLinked(
        group=GROUP, agreement=1, kind=ConsequenceKind.ASSESSMENT_ROUND, consequence=ROUND
    )
    unlinked = ConsequenceUnlinked(group=GROUP, agreement=1, consequence=ROUND, reason="Irrtum.")
    assert followed((GROUP, linked)) == ["agreement > assessment-round"]
    assert followed((GROUP, linked), (GROUP, unlinked)) == []


def test_what_shares_only_a_source_or_a_target_is_not_in_the_trace() -> None:
    one, two, three = (Thing(ThingKind.THEME, name) for name in "abc")
    assert traced([Link(one, two, 1), Link(one, three, 2)], two) == [Link(one, two, 1)]
    assert traced([Link(one, three, 1), Link(two, three, 2)], two) == [Link(two, three, 2)]


def test_a_chain_that_comes_back_to_its_beginning_still_has_an_end() -> None:
    """An agreement may lead to the theme it came from."""
    one, two, three = (Thing(ThingKind.THEME, name) for name in "abc")
    circle = [Link(one, two, 1), Link(two, three, 2), Link(three, one, 3)]
    assert traced(circle, one) == circle
    assert set(layers(circle, one)) == {one, two, three}
