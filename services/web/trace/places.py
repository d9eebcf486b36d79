"""Where the things of a trace have their pages, and who is led there."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from services.api.trace_views import TraceThing
from services.identity.areas import AREAS, Area
from services.identity.authorisation import has_one
from services.trace.graph import ThingKind
from services.web.inside import Visit

PAGES: Mapping[ThingKind, str] = {
    ThingKind.FINDING: "/steuerung/erkenntnisse/{}",
    ThingKind.THEME: "/steuerung/themen/{}",
    ThingKind.ITEM: "/steuerung/sitzungen/{}",
    ThingKind.VOTE: "/steuerung/sitzungen/{}",
    ThingKind.RESOLUTION: "/steuerung/beschluesse/{}",
    ThingKind.LETTER: "/steuerung/beschluesse/{}",
    ThingKind.NEED_REVIEW: "/steuerung/bedarfspruefungen/{}",
    ThingKind.GROUP: "/steuerung/arbeitsgruppen/{}",
    ThingKind.AGREEMENT: "/steuerung/arbeitsgruppen/{}",
    ThingKind.ROUND: "/erhebungen/runden/{}",
    ThingKind.CONCEPT: "/konzepte/{}",
}
"""Parts have that of what they are a part of."""

OF_SESSIONS = frozenset({ThingKind.ITEM, ThingKind.VOTE})
ELSEWHERE = {ThingKind.ROUND: Area.ASSESSMENTS, ThingKind.CONCEPT: Area.CONCEPTS}


def page_of(request: Visit, thing: TraceThing, sessions: Collection[str]) -> str:
    """The address of its page; empty if this person is not led there.

    `sessions` are the ids of those they may read: not everybody sits on each body.
    """
    stream = thing.id.partition(".")[0]
    if thing.kind in OF_SESSIONS and stream not in sessions:
        return ""
    area = ELSEWHERE.get(thing.kind, Area.STEERING)
    led = has_one(request.user, AREAS[area], datetime.now(UTC))
    return PAGES[thing.kind].format(stream) if led else ""
