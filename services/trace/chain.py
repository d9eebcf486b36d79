"""What follows from what, as the log says it: things with their names, and links between them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.assessments.events import RoundAnnounced
from domain.concepts.events import ConceptOpened
from domain.findings.events import FindingReleasedFromTheme, FindingTakenIntoTheme
from domain.findings.events_theme import (
    Source,
    SourceKind,
    SourceNamed,
    ThemeHandedOver,
    ThemeMerged,
    ThemeOpened,
    ThemeSummarised,
)
from domain.steering.agenda import AgendaItem
from domain.steering.agenda_events import ItemProposed, ItemRevised, ItemWithdrawn
from domain.steering.mandate import AdoptionMandate
from domain.steering.need_review_events import (
    NeedReviewOpened,
    ProposalPutForward,
    ProposalTakenBack,
)
from domain.steering.resolution_events import LetterSent, ResolutionPassed
from domain.steering.session_held_events import RecommendationMade, VoteAnnulled, VoteTaken
from domain.working_groups.events import (
    AgreementMade,
    ConsequenceLinked,
    ConsequenceUnlinked,
    WorkingGroupEstablished,
)
from services.eventstore.record import LogEntry
from services.trace.graph import Link, Thing, ThingKind

TOPICS = tuple(
    event.TOPIC
    for event in (
        FindingTakenIntoTheme,
        FindingReleasedFromTheme,
        ThemeOpened,
        SourceNamed,
        ThemeSummarised,
        ThemeHandedOver,
        ThemeMerged,
        ItemProposed,
        ItemRevised,
        ItemWithdrawn,
        VoteTaken,
        RecommendationMade,
        VoteAnnulled,
        ResolutionPassed,
        LetterSent,
        NeedReviewOpened,
        ProposalPutForward,
        ProposalTakenBack,
        WorkingGroupEstablished,
        AgreementMade,
        ConsequenceLinked,
        ConsequenceUnlinked,
        RoundAnnounced,
        ConceptOpened,
    )
)
"""Of findings only in which theme they are: what they say is never opened here."""


class Named(msgspec.Struct, frozen=True):
    """What a thing is called, and where and when it came to be."""

    title: str
    position: int
    occurred_at: datetime


class Chain:
    """Follows the log, entry by entry. What was undone is no longer there."""

    def __init__(self) -> None:
        self.named: dict[Thing, Named] = {}
        self.presented: set[Thing] = set()
        """Themes that were on an agenda at some time."""
        self._links: dict[tuple[Thing, Thing], int] = {}
        self._put: dict[tuple[UUID, int], Thing] = {}
        self._letters: dict[UUID, int] = {}

    @property
    def links(self) -> list[Link]:
        return [Link(*ends, position) for ends, position in self._links.items()]

    @property
    def things(self) -> set[Thing]:
        return {*self.named, *(thing for ends in self._links for thing in ends)}

    def follow(self, entries: Iterable[LogEntry]) -> None:
        for entry in entries:
            self._note_finding(entry, entry.event)
            self._note_theme(entry, entry.event)
            self._note_session(entry, entry.event)
            self._note_resolution(entry, entry.event)
            self._note_review(entry, entry.event)
            self._note_group(entry, entry.event)

    def _note_finding(self, entry: LogEntry, event: Any) -> None:
        match event:
            case FindingTakenIntoTheme(finding=finding, theme=theme):
                self._link(_finding(finding), _theme(theme), entry)
            case FindingReleasedFromTheme(finding=finding, theme=theme):
                self._unlink(_finding(finding), _theme(theme))
            case RoundAnnounced(round=stream, title=title):
                self._name(_thing(ThingKind.ROUND, stream), title, entry)
            case ConceptOpened(concept=stream, municipality=municipality):
                self._name(_thing(ThingKind.CONCEPT, stream), municipality, entry)
            case _:
                pass

    def _note_theme(self, entry: LogEntry, event: Any) -> None:
        match event:
            case ThemeOpened(theme=theme, title=title, sources=sources):
                self._name(_theme(theme), title, entry)
                for source in sources:
                    self._note_source(source, theme, entry)
            case SourceNamed(theme=theme, source=source):
                self._note_source(source, theme, entry)
            case ThemeSummarised(theme=theme, title=title):
                self._rename(_theme(theme), title)
            case ThemeHandedOver(theme=theme):
                self.presented.add(_theme(theme))
            case ThemeMerged(theme=theme, into=into):
                self._link(_theme(theme), _theme(into), entry)
            case _:
                pass

    def _note_source(self, source: Source, theme: UUID, entry: LogEntry) -> None:
        if source.kind is SourceKind.NEED_REVIEW and source.reference:
            review = Thing(ThingKind.NEED_REVIEW, source.reference)
            self._link(review, _theme(theme), entry)

    def _note_session(self, entry: LogEntry, event: Any) -> None:
        session = entry.originator_id
        match event:
            case ItemProposed(item=item) | ItemRevised(item=item):
                self._note_item(session, item, entry)
            case ItemWithdrawn(item=item):
                self._drop(_item(session, item))
            case VoteTaken(vote=vote) | RecommendationMade(vote=vote):
                this = _thing(ThingKind.VOTE, session, vote.number)
                self._name(this, vote.text, entry)
                self._link(_item(session, vote.item), this, entry)
            case VoteAnnulled(number=number):
                self._drop(_thing(ThingKind.VOTE, session, number))
            case _:
                pass

    def _note_item(self, session: UUID, item: AgendaItem, entry: LogEntry) -> None:
        """The themes are those of the item as it is now; a link that stays keeps its place."""
        this = _item(session, item.item)
        if this in self.named:
            self._rename(this, item.title)
        else:
            self._name(this, item.title, entry)
        themes = {_theme(theme) for theme in item.themes}
        for source, target in list(self._links):
            if target == this and source.kind is ThingKind.THEME and source not in themes:
                self._unlink(source, target)
        for theme in themes:
            self._link(theme, this, entry)

    def _note_resolution(self, entry: LogEntry, event: Any) -> None:
        match event:
            case ResolutionPassed(resolution=resolution, session=session, number=number):
                this = _resolution(resolution)
                self._name(this, event.title, entry)
                self._link(_thing(ThingKind.VOTE, session, number), this, entry)
                if isinstance(event.mandate, AdoptionMandate):
                    concept = _thing(ThingKind.CONCEPT, event.mandate.concept)
                    self._link(this, concept, entry)
            case LetterSent(resolution=resolution, subject_line=title):
                number = self._letters.get(resolution, 0) + 1
                self._letters[resolution] = number
                letter = _thing(ThingKind.LETTER, resolution, number)
                self._name(letter, title, entry)
                self._link(_resolution(resolution), letter, entry)
            case _:
                pass

    def _note_review(self, entry: LogEntry, event: Any) -> None:
        match event:
            case NeedReviewOpened(review=review, question=question, resolution=resolution):
                this = _thing(ThingKind.NEED_REVIEW, review)
                self._name(this, question, entry)
                if resolution is not None:
                    self._link(_resolution(resolution), this, entry)
            case ProposalPutForward(review=review, proposal=proposal, session=session):
                item = _item(session, event.item)
                self._put[review, proposal] = item
                self._link(_thing(ThingKind.NEED_REVIEW, review), item, entry)
            case ProposalTakenBack(review=review, proposal=proposal):
                item = self._put.pop((review, proposal), None)
                if item is not None and item not in self._put.values():
                    self._unlink(_thing(ThingKind.NEED_REVIEW, review), item)
            case _:
                pass

    def _note_group(self, entry: LogEntry, event: Any) -> None:
        match event:
            case WorkingGroupEstablished(group=group, resolution=resolution, title=title):
                this = _thing(ThingKind.GROUP, group)
                self._name(this, title, entry)
                self._link(_resolution(resolution), this, entry)
            case AgreementMade(group=group, agreement=number, text=text):
                this = _thing(ThingKind.AGREEMENT, group, number)
                self._name(this, text, entry)
                self._link(_thing(ThingKind.GROUP, group), this, entry)
            case ConsequenceLinked(group=group, agreement=number, kind=kind, consequence=came):
                this = _thing(ThingKind.AGREEMENT, group, number)
                self._link(this, _thing(ThingKind(kind), came), entry)
            case ConsequenceUnlinked(group=group, agreement=number, consequence=came):
                this = _thing(ThingKind.AGREEMENT, group, number)
                for source, target in list(self._links):
                    if source == this and target.id == str(came):
                        self._unlink(source, target)
            case _:
                pass

    def _name(self, thing: Thing, title: str, entry: LogEntry) -> None:
        self.named[thing] = Named(title, entry.position, entry.metadata.occurred_at)

    def _rename(self, thing: Thing, title: str) -> None:
        if thing in self.named:
            self.named[thing] = msgspec.structs.replace(self.named[thing], title=title)

    def _link(self, source: Thing, target: Thing, entry: LogEntry) -> None:
        self._links.setdefault((source, target), entry.position)

    def _unlink(self, source: Thing, target: Thing) -> None:
        self._links.pop((source, target), None)

    def _drop(self, thing: Thing) -> None:
        self.named.pop(thing, None)
        for ends in [ends for ends in self._links if thing in ends]:
            del self._links[ends]


def _thing(kind: ThingKind, stream: UUID, part: object = None) -> Thing:
    return Thing(kind, str(stream) if part is None else f"{stream}.{part}")


def _finding(finding: UUID) -> Thing:
    return _thing(ThingKind.FINDING, finding)


def _theme(theme: UUID) -> Thing:
    return _thing(ThingKind.THEME, theme)


def _item(session: UUID, item: UUID) -> Thing:
    return _thing(ThingKind.ITEM, session, item)


def _resolution(resolution: UUID) -> Thing:
    return _thing(ThingKind.RESOLUTION, resolution)
