"""Revision: the timeline of a process as PDF/A."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.concepts.events import Policy
from domain.kernel import Erased, Role
from services.api.audit_processes import ProcessAt
from services.calendar import HolidayCalendar
from services.history import HistoryEntry
from services.identity.areas import Area
from services.identity.principal import CONSOLE
from services.settings import Settings
from services.texts import Language, moment, standing_in, word
from services.texts.words import erased
from services.web.audit.telling import SIGNED_IN, organisations_of, rules_of
from services.web.documents.typesetting import typeset
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.texts import say

PDF = "application/pdf"
AT_ONCE = 200


@get("/revision/vorgang/{process:uuid}/verlauf.pdf", opt=for_area(Area.AUDIT), media_type=PDF)
async def download_timeline(
    request: Visit,
    process: FromPath[UUID],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Response[bytes]:
    """The whole timeline, with who, what, when, and on what grounds."""
    view = await inside.read(request, f"/audit/processes/{process}", ProcessAt)
    told = inside.items(request, "/audit/trail", HistoryEntry, stream=process, limit=AT_ONCE)
    entries = [entry async for entry in told]
    writer = _Writer(
        language_of(request),
        await organisations_of(request, inside),
        rules_of(entries),
        HolidayCalendar(settings.holidays, settings.time_zone),
    )
    county = request.scope["state"]["frame"].county
    content = await typeset("timeline.typ", writer.data(view, entries, county))
    headers = {"Content-Disposition": f'attachment; filename="kreislauf-{process}.pdf"'}
    return Response(content, media_type=PDF, headers=headers)


class _Writer:
    """Writes what the template shows, in the reader's language."""

    def __init__(
        self,
        language: Language,
        organisations: Mapping[str, str],
        rules: Mapping[int, Policy | int],
        calendar: HolidayCalendar,
    ) -> None:
        self._language: Language = language
        self._organisations = organisations
        self._rules = rules
        self._zone = calendar.zone

    def data(
        self, view: ProcessAt, entries: Sequence[HistoryEntry], county: str
    ) -> Mapping[str, object]:
        at = view.recorded_at
        return {
            "language": self._language,
            "at": [at.year, at.month, at.day],
            "title": view.title,
            "county": county,
            "facts": [
                *((fact.label, fact.value) for fact in view.facts),
                (self._said("paper.id"), str(view.id)),
                (self._said("paper.until"), str(view.positions[-1])),
            ],
            "page": self._said("paper.page"),
            "of": self._said("paper.of"),
            "entries": [self._entry(entry) for entry in entries],
            "proof": self._said("paper.proof"),
            "proof_text": self._said("paper.proof_text"),
        }

    def _entry(self, entry: HistoryEntry) -> Mapping[str, object]:
        number = self._said("entry.number", position=entry.position)
        when = moment(entry.recorded_at, self._language, self._zone)
        return {
            "heading": f"{number} · {when}",
            "sentence": entry.sentence,
            "who": self._who(entry),
            "grounds": list(self._grounds(entry)),
        }

    def _who(self, entry: HistoryEntry) -> str:
        if entry.role == Role.PROCESS:
            return self._said("entry.process")
        if entry.account == CONSOLE.account:
            return self._said("entry.console")
        name = self._plain(entry.name) or entry.account
        if entry.substitutes:
            name = standing_in(name, self._plain(entry.absent), self._language)
        parts = [name, word(entry.role, self._language)]
        if entry.organisation:
            called = self._organisations.get(entry.organisation, entry.organisation)
            parts.append(self._said("entry.for", name=called))
        way = entry.signed_in
        by = self._said(f"signed_in.{way}") if way in SIGNED_IN else way
        told = ", ".join(parts)
        return f"{told} · {self._said('entry.signed_in')} {by}" if by else told

    def _grounds(self, entry: HistoryEntry) -> Iterator[tuple[str, str]]:
        """Why, under which rule, on which text, from which source, after which entry."""
        if entry.reason:
            yield self._said("entry.reason"), self._plain(entry.reason)
        match self._rules.get(entry.position):
            case None:
                pass
            case int() as position:
                yield self._said("entry.rule"), self._said("entry.as_in", position=position)
            case policy:
                yield self._said("entry.rule"), self._said("entry.policy", policy=policy)
        if entry.basis:
            yield self._said("entry.basis"), entry.basis
        if entry.source:
            yield self._said("entry.source"), entry.source
        if entry.causation:
            cause = self._said("entry.number", position=entry.causation)
            yield self._said("entry.causation"), cause

    def _said(self, key: str, **facts: object) -> str:
        return say(f"audit.{key}", self._language, facts)

    def _plain(self, text: str | Erased) -> str:
        return erased(text, self._language, self._zone) if isinstance(text, Erased) else text
