"""All contexts of the county's steering, from a finding to a goal."""

from collections.abc import Sequence

from services.calendar import HolidayCalendar
from services.catalogues.catalogue import catalogues
from services.contexts.annual_report import ReportContexts
from services.contexts.asking import Contexts
from services.contexts.bodies import BodyContexts
from services.contexts.course_offers import OfferContexts
from services.contexts.course_pools import PoolContexts
from services.contexts.findings import FindingContexts
from services.contexts.goals import GoalContexts
from services.contexts.groups import WorkingGroups
from services.contexts.language_needs import NeedContexts
from services.contexts.mandates import MandateContexts
from services.contexts.posts import PostContexts
from services.contexts.reviews import ReviewContexts
from services.contexts.sessions import SessionContexts
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.goals.years import SchoolYears
from services.report.composing import Reports


def steering(pool: Pool, store: EventStore, calendar: HolidayCalendar) -> Sequence[Contexts]:
    """What the desk needs for their commands."""
    findings = FindingContexts(store, catalogues().fields)
    return (
        findings,
        WorkingGroups(store, calendar),
        BodyContexts(store, calendar),
        SessionContexts(store, calendar, findings.ready_themes),
        MandateContexts(store, calendar),
        ReviewContexts(store, calendar),
        GoalContexts(store, calendar),
        PostContexts(store, calendar),
        OfferContexts(store, calendar),
        NeedContexts(store, calendar),
        PoolContexts(store, calendar),
        ReportContexts(Reports(pool, store, SchoolYears(store, calendar))),
    )
