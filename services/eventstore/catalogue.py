"""Every event of every context: what the store can read and write."""

from typing import get_args

from domain.annual_report.events import ReportEvent
from domain.assessments.events import InstrumentEvent, RoundEvent
from domain.assessments.events_class import ClassEvent, CollegeEvent, RowsSeen
from domain.assessments.figures import FiguresPublished
from domain.chronicle.entry import EntryDocumented
from domain.concepts.events import ConceptEvent, FrameworkEditionPublished
from domain.course_offers.events import CourseOfferEvent
from domain.course_pools.events import PoolEvent
from domain.directory.events import AccountEvent, MunicipalityEvent, OrganisationEvent
from domain.findings.events import FindingEvent
from domain.findings.events_theme import ThemeEvent
from domain.goals.events import YearEvent
from domain.kernel import Event
from domain.language_needs.events import ReportEvent as CompanyReportEvent
from domain.language_needs.look import ContactSeen
from domain.ledger.key import KeyAdopted
from domain.posts.events import PostEvent
from domain.privacy.events import SubjectEvent
from domain.retention.events import RetentionEvent
from domain.steering.body_events import BodyEvent
from domain.steering.need_review_events import NeedReviewEvent
from domain.steering.resolution_events import ResolutionEvent
from domain.steering.session_events import SessionEvent
from domain.working_groups.events import WorkingGroupEvent

EVENTS: tuple[type[Event], ...] = (
    *get_args(MunicipalityEvent),
    *get_args(OrganisationEvent),
    *get_args(AccountEvent),
    FrameworkEditionPublished,
    *get_args(ConceptEvent),
    *get_args(InstrumentEvent),
    *get_args(RoundEvent),
    *get_args(ClassEvent),
    *get_args(CollegeEvent),
    RowsSeen,
    FiguresPublished,
    *get_args(FindingEvent),
    *get_args(ThemeEvent),
    *get_args(BodyEvent),
    *get_args(SessionEvent),
    *get_args(ResolutionEvent),
    *get_args(NeedReviewEvent),
    *get_args(WorkingGroupEvent),
    *get_args(YearEvent),
    *get_args(ReportEvent),
    *get_args(CourseOfferEvent),
    *get_args(PoolEvent),
    *get_args(PostEvent),
    *get_args(CompanyReportEvent),
    ContactSeen,
    EntryDocumented,
    *get_args(SubjectEvent),
    *get_args(RetentionEvent),
    KeyAdopted,
)
