"""What the routes work with, given to each by its name."""

from dataclasses import dataclass

from services.api.body_reading import BodyReader
from services.api.class_access import Classes
from services.api.decisions import Clerk
from services.api.health import Engine
from services.api.reading import Reader
from services.api.session_reading import SessionReader
from services.audit.tasks import AuditTasks
from services.class_lists import ClassLists
from services.desk import Desk
from services.eventstore.database import Pool
from services.eventstore.following import Bell
from services.eventstore.store import EventStore
from services.feedback import Feedback
from services.goals.years import SchoolYears
from services.identity.addresses import AddressBook
from services.identity.breached import BreachedPasswords, breached_passwords
from services.identity.entrance import Entrance
from services.identity.oidc import OpenIdConnect, openid_connect
from services.identity.recovery import Recovery
from services.identity.security_log import SecurityLog
from services.identity.sessions import Sessions, sessions_of
from services.identity.tokens import SignIn
from services.intake.door import PublicDoor, public_door_of
from services.mail.letters import Letters
from services.mail.post import letters_of, outbox_of
from services.oparl.collection import Collection
from services.oparl.publisher import Publisher
from services.operations import Operations
from services.pooling.asking import Solver
from services.pooling.searches import PoolSearches
from services.privacy.retention.files import RetainedFiles
from services.privacy.subject_keys import SubjectKeys
from services.projections.read_models import ReadModels
from services.report.composing import Reports
from services.runtime import Runtime
from services.settings import Settings
from services.web.compiled import CompiledTemplates
from services.web.inside import Inside
from services.web.rendering import Pages
from services.web.sign_in.links import Doorplate


@dataclass(frozen=True, kw_only=True)
class Parts:
    """One running service, as the routes see it. Needs `close` at the end."""

    pool: Pool
    store: EventStore
    desk: Desk
    bell: Bell
    read_models: ReadModels
    reader: Reader
    clerk: Clerk
    files: RetainedFiles
    addresses: AddressBook
    letters: Letters
    engine: Engine
    bodies: BodyReader
    session_reader: SessionReader
    classes: Classes
    class_lists: ClassLists
    school_years: SchoolYears
    reports: Reports
    open_data: Collection
    operations: Operations
    pool_searches: PoolSearches
    audit_tasks: AuditTasks
    feedback: Feedback
    inside: Inside
    pages: Pages
    settings: Settings
    openid: OpenIdConnect | None
    sessions: Sessions
    sign_in: SignIn
    entrance: Entrance
    recovery: Recovery
    doorplate: Doorplate
    breached: BreachedPasswords | None
    security_log: SecurityLog
    public_door: PublicDoor

    async def close(self) -> None:
        """Interrupt what still runs."""
        await self.operations.dismiss()
        await self.audit_tasks.dismiss()
        await self.pool_searches.dismiss()
        if self.openid:
            await self.openid.close()


def parts_of(
    runtime: Runtime,
    engine: Engine,
    settings: Settings,
    inside: Inside,
    templates: CompiledTemplates,
) -> Parts:
    """What this service consists of; its pages ask `inside`."""
    sessions = sessions_of(runtime.pool, settings)
    school_years = SchoolYears(runtime.store, runtime.calendar)
    clerk = Clerk(runtime.desk)
    bodies = BodyReader(runtime.store, clerk, settings)
    return Parts(
        pool=runtime.pool,
        store=runtime.store,
        desk=runtime.desk,
        bell=runtime.bell,
        read_models=runtime.read_models,
        reader=Reader(runtime.pool, runtime.store, runtime.read_models),
        clerk=clerk,
        bodies=bodies,
        session_reader=SessionReader(runtime.store, bodies, clerk),
        files=runtime.files,
        addresses=runtime.addresses,
        letters=letters_of(runtime, settings),
        engine=engine,
        classes=Classes(runtime.store, runtime.desk),
        class_lists=ClassLists(runtime.store, runtime.desk),
        school_years=school_years,
        reports=Reports(runtime.pool, runtime.store, school_years),
        open_data=Collection(runtime.pool, runtime.store, Publisher.of(settings)),
        operations=Operations(runtime.pool, runtime.desk),
        pool_searches=PoolSearches(runtime.pool, runtime.store, Solver()),
        audit_tasks=AuditTasks(runtime.pool, settings.export_folder),
        feedback=Feedback(runtime.pool),
        inside=inside,
        pages=Pages(
            inside,
            runtime.pool,
            runtime.read_models,
            runtime.calendar,
            settings.county,
            templates,
        ),
        settings=settings,
        openid=openid_connect(
            settings, runtime.pool, SubjectKeys(runtime.master), sessions, runtime.addresses
        ),
        sessions=sessions,
        sign_in=SignIn(runtime.pool),
        entrance=Entrance(runtime.pool, runtime.master, sessions, runtime.addresses),
        recovery=Recovery(runtime.pool, runtime.addresses, outbox_of(runtime)),
        doorplate=Doorplate(runtime.pool, runtime.store, runtime.addresses),
        breached=breached_passwords(settings.breached_passwords),
        security_log=SecurityLog(runtime.pool),
        public_door=public_door_of(runtime),
    )
