"""The administration at a glance: what needs care, and where everything is."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.mail import MailSummary
from services.api.pages import Page
from services.api.processes import ProcessView
from services.api.retention_views import CaseSummary
from services.web.administration.answers import ADMINISTRATION, HOME
from services.web.administration.processes import AT_ONCE, in_trouble
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

MOST = 200
"""So many at most are counted; beyond it says that there are more."""

PLACES = [
    ("organisations", "organisationen"),
    ("people", "personen"),
    ("retention", "aufbewahrung"),
    ("processes", "prozesse"),
    ("mail", "post"),
    ("feedback", "rueckmeldungen"),
    ("setup", "einrichtung"),
]
"""Each place by its text, with its address below this one."""

ADMINISTRATORS_OWN = frozenset({"mail", "feedback"})

WAITING = ("proposed", "answered")
"""Stages in which somebody has to do something."""


@get(HOME, opt=ADMINISTRATION)
async def show_overview(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """What waits for somebody: files, processes that stand still, mails that did not arrive."""
    cases = sum([await _cases(request, inside, stage) for stage in WAITING])
    processes = await inside.read(request, "/processes", Page[ProcessView], limit=AT_ONCE)
    troubled = sum(in_trouble(one) for one in processes.items)
    mail = await _mail(request, inside)
    dead = mail.dead if mail else 0
    return await pages.show(
        request,
        "administration/overview.html",
        cases=cases,
        troubled=troubled,
        mail=mail,
        dead=dead,
        places=[place for place in PLACES if mail or place[0] not in ADMINISTRATORS_OWN],
        needs=sum(map(bool, (cases, troubled, dead))),
    )


async def _cases(request: Visit, inside: Inside, stage: str) -> int:
    page = await inside.read(
        request, "/retention/cases", Page[CaseSummary], stage=stage, limit=MOST
    )
    return len(page.items)


async def _mail(request: Visit, inside: Inside) -> MailSummary | None:
    """None for whoever has nothing to do with it."""
    try:
        return await inside.read(request, "/mail/summary", MailSummary)
    except Refusal:
        return None
