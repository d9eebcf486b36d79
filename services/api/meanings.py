"""What results mean: for the college alone, with a teacher's second look and own choice."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.assessments.commands_class import OverrideRecommendation, TakeSecondLook
from domain.assessments.errors import NoRetestPlanned
from services.api.access import SignedIn
from services.api.class_access import Classes, require_released
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, etag
from services.api.languages import language_of, said_in
from services.api.looks import Purpose, note_look
from services.api.meaning_views import (
    Choice,
    ClassChange,
    ClassMeaning,
    SecondLookEntry,
    class_change,
    class_meaning,
)
from services.api.problems import CHANGING, READING
from services.api.results import IN_ROUND
from services.catalogues.catalogue import catalogues


class MeaningController(Controller):
    """Bands, recommendations and change. Never a certificate."""

    path = IN_ROUND
    tags = ("Assessments",)

    @get("/meaning", operation_id="readMeaning", responses=READING)
    async def read_meaning(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
    ) -> Response[ClassMeaning]:
        """What the class's results mean: distribution, strengths, then each learner.

        Those whose level is uncertain come first.
        """
        found = await classes.own_in_round(request, training_class, round_id, clerk.now())
        require_released(found, round_id)
        await note_look(request, clerk, training_class, Purpose.MEANING, round_id=round_id)
        language = language_of(request)
        view = class_meaning(found, catalogues(), language)
        return Response(view, headers={"ETag": etag(found.version), **said_in(language)})

    @get("/comparison", operation_id="compareSittings", responses=READING)
    async def compare_sittings(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
    ) -> Response[ClassChange]:
        """The change from the first test to the retest, for learners who took both.

        `round_id` is either of the two.
        """
        found = await classes.own_in_round(request, training_class, round_id, clerk.now())
        first, retest = found.plan.first or round_id, found.plan.scheduled
        if found.plan.first is not None:
            retest = round_id
        if retest is None:
            raise NoRetestPlanned
        for one in (first, retest):
            require_released(found, one)
        await note_look(request, clerk, training_class, Purpose.CHANGE, round_id=round_id)
        view = class_change(found, first, retest)
        return Response(view, headers={"ETag": etag(found.version)})

    @post(
        "/learners/{learner:uuid}/second-look",
        operation_id="recordSecondLook",
        status_code=200,
        responses=CHANGING,
    )
    async def take_second_look(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        learner: FromPath[UUID],
        data: JSONBody[SecondLookEntry],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Decide between the levels that a borderline result leaves open, with a reason."""
        command = TakeSecondLook(
            training_class=training_class,
            round=round_id,
            learner=learner,
            level=data.level,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/learners/{learner:uuid}/recommendation",
        operation_id="changeRecommendation",
        status_code=200,
        responses=CHANGING,
    )
    async def override_recommendation(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        learner: FromPath[UUID],
        data: JSONBody[Choice],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Choose otherwise than the rule, with a reason. Rule and choice are both kept."""
        command = OverrideRecommendation(
            training_class=training_class,
            round=round_id,
            learner=learner,
            measures=data.measures,
            reason=data.reason,
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)
