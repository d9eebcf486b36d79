from datetime import UTC, date, datetime, timedelta

import pytest

from domain.concepts.commands import (
    AdoptConcept,
    CloseConsultation,
    DeclareReviewDue,
    PublishConcept,
    ReopenConcept,
    SubmitDraft,
    SupersedeConcept,
    WithdrawConcept,
    concept_id,
)
from domain.concepts.errors import (
    AlreadyEnded,
    AuthorMayNotAdopt,
    NotAdopted,
    NotAgreed,
    NotInDrafting,
    NotWithdrawn,
    ReasonMissing,
    ResolutionMissing,
    ReviewInThePast,
    TooEarly,
)
from domain.concepts.events import (
    ConceptAdopted,
    ConceptEvent,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    DecidedBy,
    Outcome,
    Policy,
    ReviewFellDue,
)
from tests.domain.concepts.example import (
    ADOPTED,
    BOTH,
    CLOSES_AT,
    CONCEPT_ID,
    DRAFTED,
    OPENED,
    PUBLISHED,
    SITUATION,
    SUBMITTED,
    adopted,
    agreed,
    answered,
    closed,
    concept,
    consulted,
    drafted,
    lapsed,
    objected,
    published,
    round_opened,
    shown,
)
from tests.domain.county import ADA, BEN, CARITAS, CEM, CLOCK, JOBCENTER, MONDAY, berlin

ADOPT = AdoptConcept(concept=CONCEPT_ID)
PUBLISH = PublishConcept(concept=CONCEPT_ID)
REVIEW = DeclareReviewDue(concept=CONCEPT_ID)
WITHDRAW = WithdrawConcept(concept=CONCEPT_ID, reason="Die Stadt stellt selbst ein.")
REOPEN = ReopenConcept(concept=CONCEPT_ID, reason="Doch nicht.")

WITHDRAWN = ConceptWithdrawn(reason="Die Stadt stellt selbst ein.")
REOPENED = ConceptReopened(reason="Doch nicht.")
SUPERSEDED = ConceptSuperseded(successor=concept_id("05774036", "2027"))
SUPERSEDE = SupersedeConcept(concept=CONCEPT_ID, successor=SUPERSEDED.successor)

STEERING_GROUP = Policy(decided_by=DecidedBy.STEERING_GROUP)
SECOND = timedelta(seconds=1)

UNFINISHED: list[tuple[ConceptEvent, ...]] = [
    (OPENED,),
    DRAFTED,
    (*DRAFTED, SUBMITTED),
    consulted(),
    objected(),
    lapsed(),
]


def test_an_agreed_concept_is_adopted_with_the_digest_of_its_text() -> None:
    concept.given(*agreed()).when(ADOPT, by=ADA).then(ADOPTED)
    assert ADOPTED.digest == shown(*BOTH)


@pytest.mark.parametrize("history", [*UNFINISHED, published(), (*agreed(), WITHDRAWN)])
def test_nothing_is_adopted_that_was_not_agreed(history: tuple[ConceptEvent, ...]) -> None:
    concept.given(*history).when(ADOPT, by=ADA).then_refused(NotAgreed)


def test_adopting_twice_is_refused() -> None:
    concept.given(*adopted()).when(ADOPT, by=ADA).then_refused(NotAgreed, stage="adopted")


def test_whoever_wrote_a_section_does_not_adopt_the_concept() -> None:
    concept.given(*agreed()).when(ADOPT, by=BEN).then_refused(AuthorMayNotAdopt)


def test_whoever_wrote_a_version_that_was_replaced_does_not_adopt_either() -> None:
    history = (
        OPENED,
        drafted(SITUATION, "Erster Versuch.", by=CEM),
        drafted(SITUATION, version=2),
        *DRAFTED[2:],
        *agreed()[len(DRAFTED) :],
    )
    concept.given(*history).when(ADOPT, by=CEM).then_refused(AuthorMayNotAdopt)
    concept.given(*history).when(ADOPT, by=ADA).then(ADOPTED)


def test_what_the_steering_group_decides_names_its_resolution() -> None:
    for nothing in (None, "", "  "):
        unnamed = AdoptConcept(concept=CONCEPT_ID, resolution=nothing)
        concept.given(*agreed(STEERING_GROUP)).when(unnamed).then_refused(ResolutionMissing)
    named = AdoptConcept(concept=CONCEPT_ID, resolution=" LG 2/2026, TOP 3 ")
    concept.given(*agreed(STEERING_GROUP)).when(named).then(
        ConceptAdopted(digest=shown(*BOTH), adopter="ada", resolution="LG 2/2026, TOP 3")
    )


def test_the_coordination_may_name_a_resolution_too() -> None:
    concept.given(*agreed()).when(AdoptConcept(concept=CONCEPT_ID, resolution="LG 2/2026")).then(
        ConceptAdopted(digest=shown(*BOTH), adopter="ada", resolution="LG 2/2026")
    )


def test_the_policy_of_the_last_round_says_who_decides() -> None:
    history = (
        *lapsed(),
        round_opened(number=2, policy=STEERING_GROUP),
        answered(CARITAS, number=2),
        answered(JOBCENTER, number=2),
        closed(Outcome.AGREED, number=2, agree=2),
    )
    concept.given(*history).when(ADOPT).then_refused(ResolutionMissing)


def test_an_adopted_concept_is_valid_from_today_and_reviewed_in_two_years() -> None:
    concept.given(*adopted()).when(PUBLISH).then(PUBLISHED)


def test_a_concept_published_at_night_is_valid_from_the_county_s_day() -> None:
    still_sunday_in_greenwich = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    (event,) = concept.given(*adopted()).when(PUBLISH, at=still_sunday_in_greenwich).decided()
    assert isinstance(event, ConceptPublished)
    assert event.valid_from == date(2026, 3, 2)


def test_a_review_falls_on_a_working_day() -> None:
    for day, moment in (
        (date(2026, 4, 3), berlin(2026, 4, 7, 9)),  # Good Friday
        (date(2026, 4, 7), berlin(2026, 4, 7, 9)),
        (date(2026, 10, 24), berlin(2026, 10, 26, 9)),  # the clocks change on that Sunday
    ):
        concept.given(*adopted()).when(PublishConcept(concept=CONCEPT_ID, review_on=day)).then(
            ConceptPublished(valid_from=MONDAY.date(), review_at=moment)
        )


def test_a_review_may_be_set_to_a_moment() -> None:
    moment = berlin(2026, 3, 2, 10, 5).replace(microsecond=7)
    concept.given(*adopted()).when(PublishConcept(concept=CONCEPT_ID, review_at=moment)).then(
        ConceptPublished(valid_from=MONDAY.date(), review_at=moment.replace(microsecond=0))
    )


def test_a_concept_published_on_a_leap_day_is_reviewed_on_the_last_of_february() -> None:
    (event,) = concept.given(*adopted()).when(PUBLISH, at=berlin(2028, 2, 29, 12)).decided()
    assert isinstance(event, ConceptPublished)
    assert event.review_at == berlin(2030, 2, 28, 9)


def test_a_review_lies_ahead() -> None:
    for past in (
        PublishConcept(concept=CONCEPT_ID, review_at=MONDAY),
        PublishConcept(concept=CONCEPT_ID, review_at=MONDAY.replace(microsecond=9)),
    ):
        concept.given(*adopted()).when(past).then_refused(
            ReviewInThePast, review_at=MONDAY.isoformat()
        )
    today_at_nine = PublishConcept(concept=CONCEPT_ID, review_on=MONDAY.date())
    concept.given(*adopted()).when(today_at_nine).then_refused(ReviewInThePast)


@pytest.mark.parametrize("history", [*UNFINISHED, agreed(), published()])
def test_only_an_adopted_concept_is_published(history: tuple[ConceptEvent, ...]) -> None:
    concept.given(*history).when(PUBLISH).then_refused(NotAdopted)


def test_a_review_falls_due_at_its_time_and_once() -> None:
    due = PUBLISHED.review_at
    concept.given(*published()).when(REVIEW, by=CLOCK, at=due - SECOND).then_refused(
        TooEarly, due=due.isoformat()
    )
    concept.given(*published()).when(REVIEW, by=CLOCK, at=due).then(ReviewFellDue())
    concept.given(*published(), ReviewFellDue()).when(REVIEW, by=CLOCK, at=due).then_nothing()


def test_only_a_valid_concept_is_reviewed() -> None:
    for history in (adopted(), (*published(), SUPERSEDED), (*published(), WITHDRAWN)):
        concept.given(*history).when(REVIEW, by=CLOCK, at=PUBLISHED.review_at).then_nothing()


def test_a_valid_concept_is_superseded_by_the_next_edition_once() -> None:
    concept.given(*published()).when(SUPERSEDE, by=CLOCK).then(SUPERSEDED)
    concept.given(*published(), ReviewFellDue()).when(SUPERSEDE, by=CLOCK).then(SUPERSEDED)
    concept.given(*published(), SUPERSEDED).when(SUPERSEDE, by=CLOCK).then_nothing()


def test_a_concept_that_never_became_valid_is_not_superseded() -> None:
    for history in (*UNFINISHED, agreed(), adopted(), (*published(), WITHDRAWN)):
        concept.given(*history).when(SUPERSEDE, by=CLOCK).then_nothing()


@pytest.mark.parametrize("history", [*UNFINISHED, agreed(), adopted(), published()])
def test_a_concept_is_withdrawn_at_any_stage_with_a_reason(
    history: tuple[ConceptEvent, ...],
) -> None:
    concept.given(*history).when(WITHDRAW).then(WITHDRAWN)
    concept.given(*history, WITHDRAWN).when(WITHDRAW).then_nothing()
    concept.given(*history).when(WithdrawConcept(concept=CONCEPT_ID, reason=" ")).then_refused(
        ReasonMissing
    )


def test_a_superseded_concept_does_not_go_on() -> None:
    history = (*published(), SUPERSEDED)
    concept.given(*history).when(WITHDRAW).then_refused(AlreadyEnded, stage="superseded")
    concept.given(*history).when(REOPEN).then_refused(NotWithdrawn, stage="superseded")


def test_a_withdrawal_ends_an_open_round() -> None:
    history = (*consulted(), WITHDRAWN)
    close = CloseConsultation(concept=CONCEPT_ID, round=1)
    concept.given(*history).when(close, by=CLOCK, at=CLOSES_AT).then_nothing()
    concept.given(*history).when(SubmitDraft(concept=CONCEPT_ID)).then_refused(
        NotInDrafting, stage="withdrawn"
    )


def test_a_withdrawal_is_undone_with_a_reason_and_drafting_goes_on() -> None:
    concept.given(*published(), WITHDRAWN).when(REOPEN).then(REOPENED)
    concept.given(*published(), WITHDRAWN, REOPENED).when(SubmitDraft(concept=CONCEPT_ID)).then(
        SUBMITTED
    )
    concept.given(*DRAFTED, WITHDRAWN).when(
        ReopenConcept(concept=CONCEPT_ID, reason="\n")
    ).then_refused(ReasonMissing)


def test_a_reopened_concept_is_adopted_only_after_another_round() -> None:
    concept.given(*agreed(), WITHDRAWN, REOPENED).when(ADOPT).then_refused(
        NotAgreed, stage="drafting"
    )


def test_only_a_withdrawn_concept_is_reopened() -> None:
    for history, stage in ((DRAFTED, "drafting"), (published(), "published")):
        concept.given(*history).when(REOPEN).then_refused(NotWithdrawn, stage=stage)
