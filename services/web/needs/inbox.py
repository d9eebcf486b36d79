"""All reports: what is due first comes first, and what is over comes last."""

from typing import Annotated, TypeAlias
from urllib.parse import urlencode

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from domain.language_needs.holder import HolderKind
from services.api.company_report_views import STAGES, CompanyReportSummary
from services.api.pages import Page
from services.identity.areas import Area
from services.web.door import for_area
from services.web.filters import one_of
from services.web.inside import After, Inside, Visit
from services.web.needs.offered import offered_to, spoken
from services.web.needs.places import HOME, viewer_of
from services.web.rendering import Pages

ALL, LATEST = 200, 50
OVER = frozenset({"closed", "withdrawn"})

Chosen: TypeAlias = Annotated[str | None, QueryParameter(max_length=64, required=False)]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen of the list; empty is all."""

    stage: str = ""
    holder: str = ""
    municipality: str = ""
    trade: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.stage or self.holder or self.municipality or self.trade)

    @property
    def query(self) -> dict[str, str | None]:
        return {name: value or None for name, value in msgspec.structs.asdict(self).items()}

    @property
    def address(self) -> str:
        """Of the list as it is narrowed."""
        chosen = {
            "stand": self.stage,
            "bei": self.holder,
            "ort": self.municipality,
            "branche": self.trade,
        }
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{HOME}?{query}" if query else HOME


@get(HOME, opt=for_area(Area.REPORTS))
async def show_inbox(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    stand: Chosen = None,
    bei: Chosen = None,
    ort: Chosen = None,
    branche: Chosen = None,
    ab: After = None,
) -> Response[str]:
    """Partners see what was referred to them, everybody else all of it."""
    offered = await offered_to(request, inside)
    filters = Filters(
        stage=one_of(stand, STAGES),
        holder=one_of(bei, tuple(HolderKind)),
        municipality=one_of(ort, [one.key for one in offered.municipalities]),
        trade=one_of(branche, [one.key for one in offered.sectors]),
    )
    listed = inside.items(
        request,
        "/company-reports",
        CompanyReportSummary,
        **filters.query,
        is_open=True,
        limit=ALL,
        at_least=ab,
    )
    still_open = [one async for one in listed]
    over = await inside.read(
        request,
        "/company-reports",
        Page[CompanyReportSummary],
        **filters.query,
        is_open=False,
        limit=LATEST,
    )
    return await pages.show(
        request,
        "needs/inbox.html",
        viewer=viewer_of(request),
        filters=filters,
        stages=STAGES,
        holders=list(HolderKind),
        still_open=still_open,
        overdue=sum(one.holder is not None and one.holder.is_overdue for one in still_open),
        over=over.items,
        has_more=over.next is not None,
        recorded=ab,
        **spoken(request, offered),
    )
