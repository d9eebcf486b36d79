"""A running service: the store, the desk and the read models over one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg
import msgspec

from services.assessment_contexts import AssessmentContexts
from services.assessment_views import AssessmentViews
from services.calendar import HolidayCalendar
from services.catalogues.catalogue import catalogues
from services.contexts.steering import steering
from services.crew import Crew
from services.desk import LONG, Desk
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import Pool, as_it_is
from services.eventstore.following import Bell
from services.eventstore.mapper import EventMapper
from services.eventstore.snapshots import Snapshots
from services.eventstore.store import EventStore
from services.identity.addresses import AddressBook, AddressKey
from services.identity.leaving import Leaving
from services.mail.erasure import MailErasure
from services.privacy.master import MasterKeys, master_keys
from services.privacy.retention.accounts import Accounts
from services.privacy.retention.company_reports import CompanyReports as ReportFiles
from services.privacy.retention.files import RetainedFiles
from services.privacy.retention.findings import Findings as FindingFiles
from services.privacy.retention.holdings import Holdings
from services.privacy.retention.learners import Learners
from services.privacy.retention.plan import read_plan
from services.privacy.shredding import Shredding, Sweep
from services.privacy.subject_keys import SubjectKeys
from services.projections.assessments import Assessments
from services.projections.bodies import Bodies
from services.projections.company_reports import CompanyReports
from services.projections.concepts import Concepts
from services.projections.course_offers import CourseOffers
from services.projections.course_pools import CoursePools
from services.projections.directory import Directory
from services.projections.findings import Findings
from services.projections.goals import GoalYears
from services.projections.groups import WorkingGroups
from services.projections.mandates import Mandates
from services.projections.oparl import OpenData
from services.projections.posts import Posts
from services.projections.read_models import ReadModels
from services.projections.record import Trail
from services.projections.retention import Retention
from services.projections.runner import ProjectionRunner
from services.projections.sessions import SteeringSessions
from services.settings import Settings

PATIENCE = 5.0
"""So many seconds a reader waits for the read models."""


class Runtime(msgspec.Struct, frozen=True, kw_only=True):
    """What every process of the service is made of."""

    pool: Pool
    store: EventStore
    desk: Desk
    bell: Bell
    read_models: ReadModels
    master: MasterKeys
    files: RetainedFiles
    addresses: AddressBook
    calendar: HolidayCalendar


@asynccontextmanager
async def running(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """Connect to the database. Raises OSError or asyncpg.PostgresError if it is not there."""
    master = master_keys(settings)
    pool = await asyncpg.create_pool(
        database_url,
        min_size=1,
        max_size=settings.database_pool_size,
        reset=as_it_is,
        server_settings={"application_name": "kreislauf", "timezone": "UTC"},
    )
    async with pool:
        people = SubjectKeys(master)
        await people.accept(pool)
        store = EventStore(pool, EventMapper(EVENTS), people)
        calendar = HolidayCalendar(settings.holidays, settings.time_zone)
        plan = read_plan(settings.retention_plan)
        kinds = [
            kind(pool, store, plan, calendar.zone)
            for kind in (Accounts, Learners, FindingFiles, ReportFiles, Holdings)
        ]
        files = RetainedFiles(plan, kinds)
        bell = Bell(database_url, timedelta(milliseconds=settings.poll_milliseconds))
        address_key = AddressKey(master)
        addresses = AddressBook(pool, store, address_key)
        views = (
            Directory(address_key),
            Concepts(),
            Assessments(),
            Findings(),
            Bodies(),
            SteeringSessions(),
            Mandates(),
            WorkingGroups(),
            GoalYears(),
            Posts(),
            CourseOffers(),
            CompanyReports(),
            CoursePools(),
            OpenData(calendar.zone, settings.county),
            Trail(),
            Retention(),
            Shredding(EVENTS),
            Leaving(),
            MailErasure(),
        )
        runners = [ProjectionRunner(pool, store, view) for view in views]
        assessments = AssessmentContexts(
            pool, store, calendar, catalogues(), AssessmentViews(pool, store)
        )
        yield Runtime(
            pool=pool,
            store=store,
            desk=Desk(
                store,
                Snapshots(pool, store, master, LONG),
                files,
                assessments,
                addresses,
                steering(pool, store, calendar),
            ),
            bell=bell,
            read_models=ReadModels(pool, store, runners, bell, PATIENCE),
            master=master,
            files=files,
            addresses=addresses,
            calendar=calendar,
        )


def follow_the_log(runtime: Runtime, crew: Crew) -> None:
    """Keep listening and keep the read models up to date, in the background."""
    crew.start(runtime.bell.listen(), "bell")
    crew.start(runtime.read_models.run(), "read models")
    crew.start(Sweep(runtime.pool).run(), "sweep")
