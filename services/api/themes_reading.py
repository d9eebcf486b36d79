"""One theme at a moment with what belonged to it, if the person may read it."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.findings.decide_theme import THEME
from domain.findings.errors_theme import UnknownTheme
from domain.findings.events_theme import ThemeHandedOver
from domain.findings.standing import reports_in
from domain.findings.theme import Existing, Unknown
from services.api.problems import EdgeProblem
from services.api.replaying import replayed
from services.api.theme_views import Bundle
from services.contexts.findings import FindingContexts
from services.eventstore.record import LogEntry
from services.eventstore.store import NOW, EventStore, Moment
from services.identity.finding_readers import FindingsSeen


class ThemeAt(msgspec.Struct, frozen=True, kw_only=True):
    """A theme as it was, the entries it follows from, and what belonged to it."""

    theme: Existing
    entries: Sequence[LogEntry]
    bundle: Bundle


async def theme_at(
    store: EventStore,
    theme_id: UUID,
    seen: FindingsSeen,
    moment: Moment = NOW,
) -> ThemeAt:
    """The theme at a moment. Raises UnknownTheme, and EdgeProblem if it may not be read yet.

    Whether it may is decided by how it is now.
    """
    unknown = UnknownTheme(str(theme_id))
    found = await replayed(store, THEME, theme_id, unknown, moment)
    assert not isinstance(found.state, Unknown), "what is unknown was refused"
    bundle = await _bundle(store, theme_id, moment)
    present = bundle if moment == NOW else await _bundle(store, theme_id, NOW)
    if not (seen.is_all or await _was_presented(store, theme_id) or _is_of(present, seen)):
        raise EdgeProblem(HTTPStatus.FORBIDDEN, "theme.may-not-read")
    return ThemeAt(theme=found.state, entries=found.entries, bundle=bundle)


async def _bundle(store: EventStore, theme: UUID, moment: Moment) -> Bundle:
    contexts = FindingContexts(store, ())
    merged = await contexts.merged_into(theme, moment)
    findings = await contexts.findings_in({theme, *merged}, moment)
    return Bundle(merged=merged, reports=reports_in(findings, {theme, *merged}))


async def _was_presented(store: EventStore, theme: UUID) -> bool:
    return bool(await store.of_topics([theme], [ThemeHandedOver.TOPIC]))


def _is_of(bundle: Bundle, seen: FindingsSeen) -> bool:
    """Whether a finding in it is of a municipality whose findings are read."""
    return any(seen.reads(report.municipality) for report in bundle.reports)
