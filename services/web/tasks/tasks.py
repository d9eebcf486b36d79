"""My tasks: what is asked of me, by when, for which organisation; answered in place."""

from collections.abc import Mapping, Sequence

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.responses import OpenRequest, RequestView
from services.api.tasks import Task, TaskKind, Urgency
from services.identity.areas import Area
from services.web.concepts.people import organisation_names
from services.web.concepts.stages import anfrage
from services.web.door import for_area
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

IN_PLACE = 3
"""So many requests come with their whole text, to be agreed to on the spot; the rest by a link."""

PLACES: Mapping[TaskKind, str] = {
    TaskKind.DRAFT_CONCEPT: "/konzepte/{target}",
    TaskKind.REVISE_CONCEPT: "/konzepte/{target}",
    TaskKind.OPEN_CONCEPTS: "/konzepte?sortierung=stand",
    TaskKind.OPEN_CONSULTATION: "/konzepte/{target}/abstimmung",
    TaskKind.MISSING_ANSWERS: "/konzepte/{target}/runden/{number}",
    TaskKind.CLOSE_ROUND: "/konzepte/{target}/runden/{number}/schliessen",
    TaskKind.ADOPT_CONCEPT: "/konzepte/{target}/schritte/verabschieden",
    TaskKind.PUBLISH_CONCEPT: "/konzepte/{target}/schritte/veroeffentlichen",
    TaskKind.REVIEW_CONCEPT: "/konzepte/{target}",
    TaskKind.REGISTER_CLASSES: "/erhebungen/klassen/neu",
    TaskKind.MISSING_CLASSES: "/erhebungen",
    TaskKind.MISSING_COLLEGES: "/erhebungen/runden/{target}",
    TaskKind.READ_RESULTS: "/erhebungen/runden/{target}/kolleg",
    TaskKind.APPROVE_INSTRUMENT: "/erhebungen/instrumente/{target}/{number}",
    TaskKind.RETENTION_CASES: "/verwaltung/aufbewahrung",
    TaskKind.BUNDLE_FINDINGS: "/steuerung/themen#wartend",
    TaskKind.PROPOSE_ITEMS: "/steuerung/sitzungen/{target}",
    TaskKind.CAST_BALLOT: "/steuerung/sitzungen/{target}#verlauf",
    TaskKind.DRAFT_MINUTES: "/steuerung/sitzungen/{target}#protokoll",
    TaskKind.APPROVE_MINUTES: "/steuerung/sitzungen/{target}#protokoll",
    TaskKind.RELEASE_MINUTES: "/steuerung/sitzungen/{target}#protokoll",
    TaskKind.RECORD_RESOLUTIONS: "/steuerung/sitzungen/{target}#verlauf",
    TaskKind.FULFIL_MANDATE: "/steuerung/beschluesse/{target}",
    TaskKind.CALL_MEETING: "/steuerung/arbeitsgruppen/{target}",
    TaskKind.RECORD_MEETING: "/steuerung/arbeitsgruppen/{target}/treffen/{number}",
    TaskKind.FULFIL_AGREEMENT: "/steuerung/arbeitsgruppen/{target}/vereinbarungen/{number}",
    TaskKind.ACKNOWLEDGE_REPORT: "/meldungen/{target}",
    TaskKind.TRIAGE_REPORT: "/meldungen/{target}",
    TaskKind.PLACE_REPORT: "/meldungen/{target}",
    TaskKind.CONCLUDE_REPORT: "/meldungen/{target}",
    TaskKind.FOLLOW_UP_REPORT: "/meldungen/{target}",
    TaskKind.CHASE_REPORT: "/meldungen/{target}",
    TaskKind.ANSWER_REFERRAL: "/meldungen/{target}",
    TaskKind.CHASE_POOL: "/meldungen/kurse-gemeinsam/{target}",
    TaskKind.SETTLE_POOL: "/meldungen/kurse-gemeinsam/{target}",
    TaskKind.CONFIRM_OFFERS: "/meldungen/angebote",
    TaskKind.UNDELIVERED_MAIL: "/verwaltung/post?stand=dead",
}
"""Where a task is done."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A task with its page, and with what is asked if it can be answered here."""

    task: Task
    address: str
    request: RequestView | None = None


@get("/aufgaben", opt=for_area(Area.TASKS))
async def show_tasks(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """What is asked of me. `ab`: what was recorded up to there is shown."""
    tasks = await inside.read(request, "/tasks", list[Task], at_least=ab)
    requests = await inside.read(request, "/requests", list[OpenRequest])
    items = await _items(request, inside, tasks)
    return await pages.show(
        request,
        "tasks/tasks.html",
        count=len(items),
        groups=[(one, [item for item in items if item.task.urgency is one]) for one in Urgency],
        answered=[one for one in requests if one.answered_at],
        organisations=await organisation_names(inside, request),
        anfrage=anfrage,
    )


async def _items(request: Visit, inside: Inside, tasks: Sequence[Task]) -> list[Item]:
    items: list[Item] = []
    left = IN_PLACE
    for task in tasks:
        if task.kind is not TaskKind.ANSWER_REQUEST:
            address = PLACES[task.kind].format(target=task.target, number=task.number)
            items.append(Item(task=task, address=address))
            continue
        page = anfrage(task.target, task.number or 0, task.organisation or "")
        asked = await _asked(request, inside, task) if left else None
        left -= asked is not None
        items.append(Item(task=task, address=page, request=asked))
    return items


async def _asked(request: Visit, inside: Inside, task: Task) -> RequestView | None:
    """What is asked; nothing if the round has just ended."""
    path = f"/concepts/{task.target}/consultations/{task.number}/responses/{task.organisation}"
    try:
        return await inside.read(request, path, RequestView)
    except Refusal:
        return None
