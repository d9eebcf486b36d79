"""Classes of a college: registered, changed, withdrawn; who is in them."""

from http import HTTPStatus
from uuid import UUID

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.assessments.commands_class import (
    ChangeClass,
    EnrolLearners,
    RegisterClass,
    RemoveLearner,
    WithdrawClass,
)
from domain.kernel import Role
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import colleges_of, has_one_of
from services.api.assessment_bounds import YearOnly
from services.api.class_access import COLLEGE_ROLE, Classes, own_college, require_class
from services.api.class_views import (
    ClassDetails,
    ClassRow,
    ClassView,
    EnrolledLearner,
    EnrolledLearners,
    Learners,
    NewClass,
    OfCollege,
    class_row,
    class_view,
)
from services.api.decisions import (
    Clerk,
    Decision,
    IdempotencyKey,
    IfMatch,
    decided,
    etag,
    version_of,
)
from services.api.looks import Purpose, note_look
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.sections import Because
from services.catalogues.catalogue import catalogues
from services.eventstore.database import Pool
from services.identity.authorisation import require

READS_ALL_CLASSES = frozenset({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
"""What a class is and how far it is; never its learners."""

LISTED = """
    select training_class.*, array(
        select (round, results, submitted, released) from class_sitting
        where class = training_class.id order by position, round
    ) as sittings
    from training_class
    where (school_year, college, name) > ($1, $2, $3)
        and ($4::text is null or school_year = $4) and ($5::text is null or college = $5)
        and ($6::text[] is null or college = any($6))
    order by school_year, college, name limit $7
"""


class ClassController(Controller):
    """New training classes that take part in the language assessment."""

    path = "/classes"
    tags = ("Assessments",)

    @get("/", operation_id="listClasses", responses=READING)
    async def list_classes(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        school_year: YearOnly = None,
        college: OfCollege = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[ClassRow]:
        """Classes by school year, college and name. A college sees its own."""
        sees_all = has_one_of(request.user, READS_ALL_CLASSES, clerk.now())
        if not sees_all:
            require(request.user, READS_ALL_CLASSES | COLLEGE_ROLE, clerk.now())
        own = None if sees_all else colleges_of(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, tuple[str, str, str], ("", "", ""))
        rows = await pool.fetch(LISTED, *after, school_year, college, own, limit + 1)
        items = [class_row(row, catalogues()) for row in rows[:limit]]
        last = items[-1] if len(rows) > limit else None
        following = write_cursor((last.school_year, last.college, last.name)) if last else None
        return Page(items=items, next=following)

    @post("/", operation_id="registerClass", responses=CHANGING)
    async def register_class(
        self,
        request: SignedIn,
        data: JSONBody[NewClass],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Register a class of the own college. Said again as it is, it changes nothing."""
        command = RegisterClass(
            college=own_college(request, clerk.now(), data.college),
            school_year=data.school_year,
            name=data.name,
            programme=data.programme,
            trade=data.trade,
            size=data.size,
        )
        receipt = await clerk.decide(request, command, key=key)
        return decided(
            receipt, status=HTTPStatus.CREATED, location=f"/api/v1/classes/{receipt.stream}"
        )

    @get("/{training_class:uuid}", operation_id="readClass", responses=READING)
    async def read_class(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
    ) -> Response[ClassView]:
        """What the class is and how far it is in each round; nothing of persons."""
        if has_one_of(request.user, READS_ALL_CLASSES, clerk.now()):
            found, entries = await classes.load(training_class)
            this, version = require_class(found, training_class), len(entries)
        else:
            own = await classes.own(request, training_class, clerk.now())
            this, version = own.this, own.version
        view = class_view(this, version, catalogues())
        return Response(view, headers={"ETag": etag(version)})

    @put("/{training_class:uuid}", operation_id="changeClass", responses=CHANGING)
    async def change_class(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        data: JSONBody[ClassDetails],
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Change what was said of the class, as long as it has no results."""
        command = ChangeClass(
            training_class=training_class,
            programme=data.programme,
            trade=data.trade,
            size=data.size,
        )
        expected = version_of(if_match)
        return decided(await clerk.decide(request, command, expected_version=expected))

    @post(
        "/{training_class:uuid}/withdrawal",
        operation_id="withdrawClass",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_class(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Say that the class takes no part, with a reason. Only without results."""
        command = WithdrawClass(training_class=training_class, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{training_class:uuid}/learners", operation_id="listLearners", responses=READING)
    async def list_learners(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
    ) -> Response[EnrolledLearners]:
        """Who is in the class, by pseudonym: for its college alone, and the look is recorded."""
        found = await classes.own(request, training_class, clerk.now())
        await note_look(request, clerk, training_class, Purpose.LIST)
        view = EnrolledLearners(
            training_class=training_class,
            learners=[
                EnrolledLearner(learner=learner, pseudonym=who)
                for learner, who in found.this.learners.items()
            ],
            version=found.version,
        )
        return Response(view, headers={"ETag": etag(found.version)})

    @post(
        "/{training_class:uuid}/learners",
        operation_id="registerLearners",
        status_code=200,
        responses=CHANGING,
    )
    async def enrol_learners(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        data: JSONBody[Learners],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Let learners join the class; who is in it already stays."""
        command = EnrolLearners(training_class=training_class, pseudonyms=data.pseudonyms)
        return decided(await clerk.decide(request, command, key=key))

    @delete(
        "/{training_class:uuid}/learners/{learner:uuid}",
        operation_id="withdrawLearner",
        status_code=200,
        responses=CHANGING,
    )
    async def remove_learner(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        learner: FromPath[UUID],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Note that a learner has left the class before there was a result of theirs."""
        command = RemoveLearner(training_class=training_class, learner=learner)
        return decided(await clerk.decide(request, command))
