"""The pages of the service, put together."""

from collections.abc import Sequence
from typing import Any

from litestar import Router
from litestar.middleware import DefineMiddleware

from services.web.administration.pages import ADMINISTRATION_PAGES
from services.web.assessments.pages import ASSESSMENT_PAGES
from services.web.assets import read_asset
from services.web.audit.pages import AUDIT_PAGES
from services.web.bodies.pages import BODY_PAGES
from services.web.concepts.pages import CONCEPT_PAGES
from services.web.door import SessionAuthentication, at_the_door
from services.web.goals.pages import GOAL_PAGES
from services.web.groups.pages import GROUP_PAGES
from services.web.mandates.pages import MANDATE_PAGES
from services.web.meetings.pages import MEETING_PAGES
from services.web.needs.pages import NEED_PAGES
from services.web.news import follow
from services.web.offers.pages import OFFER_PAGES
from services.web.oidc.pages import come_back, go_to_provider, hear_of_logout, show_gone
from services.web.open.pages import OPEN_PAGES
from services.web.pools.pages import POOL_PAGES
from services.web.posts.pages import POST_PAGES
from services.web.report.pages import REPORT_PAGES
from services.web.reporting.pages import REPORTING_PAGES
from services.web.search.search import show_hits
from services.web.sessions.pages import SESSION_PAGES
from services.web.sign_in.pages import SIGN_IN_PAGES
from services.web.steering.pages import STEERING_PAGES
from services.web.tasks.tasks import show_tasks
from services.web.trace.pages import TRACE_PAGES
from services.web.trouble import TROUBLE

HANDLERS: Sequence[Any] = (
    *OPEN_PAGES,
    *REPORTING_PAGES,
    follow,
    go_to_provider,
    come_back,
    hear_of_logout,
    show_gone,
    show_tasks,
    show_hits,
    *CONCEPT_PAGES,
    *STEERING_PAGES,
    *SESSION_PAGES,
    *MEETING_PAGES,
    *MANDATE_PAGES,
    *BODY_PAGES,
    *TRACE_PAGES,
    *GROUP_PAGES,
    *GOAL_PAGES,
    *NEED_PAGES,
    *OFFER_PAGES,
    *POOL_PAGES,
    *POST_PAGES,
    *REPORT_PAGES,
    *SIGN_IN_PAGES,
    *ASSESSMENT_PAGES,
    *AUDIT_PAGES,
    *ADMINISTRATION_PAGES,
)


def pages_router() -> Router:
    """All pages, which know the person by session and answer trouble with a page."""
    return Router(
        path="/",
        route_handlers=[
            read_asset,
            Router(
                path="/",
                route_handlers=list(HANDLERS),
                before_request=at_the_door,
                # Excluded from tokens, not from sessions.
                middleware=[
                    DefineMiddleware(SessionAuthentication, exclude_from_auth_key="no-session")
                ],
                exception_handlers=TROUBLE,
                include_in_schema=False,
            ),
        ],
    )
