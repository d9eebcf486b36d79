"""The chain as the log has it, and who may see which part of it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.findings.events import FindingReported
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.identity.finding_readers import FindingsSeen
from services.trace.chain import TOPICS, Chain, Named
from services.trace.graph import Link, Thing, ThingKind, traced

Reported = Mapping[Thing, FindingReported]


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What led to the start and came of it. `hidden` findings are not for whoever reads.

    `named` says what the things are called; of findings `reported` says what they are about.
    """

    start: Thing
    links: Sequence[Link]
    named: Mapping[Thing, Named]
    reported: Reported
    hidden: int

    @property
    def things(self) -> list[Thing]:
        """Each once, in the order in which they came to be."""
        found = {self.start, *(end for link in self.links for end in (link.source, link.target))}
        return sorted(found, key=lambda thing: (self.position_of(thing), thing))

    def position_of(self, thing: Thing) -> int:
        """Where in the log it came to be; 0 if nothing says so."""
        named = self.named.get(thing)
        return named.position if named else 0


async def trace(
    store: EventStore, start: Thing, seen: FindingsSeen, position: int | None = None
) -> Trace | None:
    """The chain through the start, as of a log position. None if there is no such thing to see."""
    chain = await _chain(store, position)
    links = traced(chain.links, start)
    ends = {start, *(end for link in links for end in (link.source, link.target))}
    reports = await _reports(
        store, [one for one in ends if one.kind is ThingKind.FINDING], position
    )
    named = {
        **chain.named,
        **{
            thing: Named(_event(entry).key, entry.position, entry.metadata.occurred_at)
            for thing, entry in reports.items()
        },
    }
    reported = {thing: _event(entry) for thing, entry in reports.items()}
    closed = _closed(ends, chain, links, reported, seen)
    if start not in named or start in closed:
        return None
    return Trace(
        start=start,
        links=[link for link in links if closed.isdisjoint((link.source, link.target))],
        named=named,
        reported={thing: event for thing, event in reported.items() if thing not in closed},
        hidden=sum(thing.kind is ThingKind.FINDING for thing in closed),
    )


async def _chain(store: EventStore, until: int | None) -> Chain:
    chain, after = Chain(), 0
    while entries := await store.read(after, topics=TOPICS):
        chain.follow(entry for entry in entries if until is None or entry.position <= until)
        after = entries[-1].position
        if until is not None and after >= until:
            break
    return chain


async def _reports(
    store: EventStore, findings: Sequence[Thing], until: int | None
) -> Mapping[Thing, LogEntry]:
    streams = [UUID(thing.id) for thing in findings]
    entries = await store.of_topics(streams, [FindingReported.TOPIC]) if streams else []
    return {
        Thing(ThingKind.FINDING, str(entry.originator_id)): entry
        for entry in entries
        if until is None or entry.position <= until
    }


def _event(entry: LogEntry) -> FindingReported:
    assert isinstance(entry.event, FindingReported), "only these were asked for"
    return entry.event


def _closed(
    ends: set[Thing],
    chain: Chain,
    links: Sequence[Link],
    reported: Reported,
    seen: FindingsSeen,
) -> set[Thing]:
    """Findings of other municipalities, and themes of nothing else that were on no agenda yet."""
    if seen.is_all:
        return set()
    findings = {
        thing
        for thing in ends
        if thing.kind is ThingKind.FINDING
        and not (thing in reported and seen.reads(reported[thing].municipality))
    }
    own = {
        link.target
        for link in links
        if link.source.kind is ThingKind.FINDING and link.source not in findings
    }
    themes = {
        thing
        for thing in ends
        if thing.kind is ThingKind.THEME and thing not in chain.presented | own
    }
    return findings | themes
