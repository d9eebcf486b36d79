"""A course that companies fill together: proposed, agreed to by each, formed, dissolved."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from domain.course_pools.commands import (
    AddPoolMember,
    AgreeToPool,
    DeclinePool,
    DissolvePool,
    PoolCommand,
    ProposePool,
    RemovePoolMember,
)
from domain.course_pools.decide import COURSE_POOL
from domain.course_pools.details import PoolMember
from domain.course_pools.errors import (
    AlreadyDissolved,
    AlreadyFormed,
    AlreadyMember,
    AlreadyProposed,
    BoundsMalformed,
    InAnotherPool,
    LearnersNotThere,
    NamedTwice,
    NoRoom,
    NotAMember,
    NotTheirWord,
    OfferNotOpen,
    OutsideTheCounty,
    PoolingNotWanted,
    ReportNotReady,
    ReportUnknown,
    StartOutOfRange,
    TooFewMembers,
    UnknownCourseType,
    UnknownPool,
)
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
)
from domain.course_pools.pool import Formed, is_below_minimum, learners_in
from domain.kernel import DomainError
from domain.language_needs.errors import NamesSomebody, TextMissing
from domain.language_needs.report import CompanyReport
from domain.language_needs.report import Unknown as NoReport
from tests.domain.county import MONDAY
from tests.domain.course_offers.example import OFFER_ID
from tests.domain.course_pools.example import (
    BAKERY,
    BAKERY_AGREED,
    BAKERY_DECLINED,
    COURSE,
    FEWER,
    FORGE,
    FORGE_AGREED,
    FORMED,
    MILL,
    MILL_AGREED,
    MILL_DECLINED,
    OTHER_POOL,
    POOL,
    PROPOSE,
    PROPOSED,
    REPORTS,
    agree,
    company_of,
    decline,
    pool,
    reported,
    wanting,
)
from tests.domain.language_needs.example import CLOSED, STARTED

ADD_FORGE = AddPoolMember(pool=POOL, member=PoolMember(report=FORGE, learners=3))
FORGE_ADDED = PoolMemberAdded(pool=POOL, report=FORGE, learners=3)
REMOVE_BAKERY = RemovePoolMember(pool=POOL, report=BAKERY, reason="Eigener Kurs.")
BAKERY_REMOVED = PoolMemberRemoved(pool=POOL, report=BAKERY, reason="Eigener Kurs.")
DISSOLVE = DissolvePool(pool=POOL, reason="Der Raum fehlt.")
DISSOLVED = PoolDissolved(pool=POOL, reason="Der Raum fehlt.")


def proposing(**course: Any) -> ProposePool:
    return msgspec.structs.replace(PROPOSE, course=msgspec.structs.replace(COURSE, **course))


def among(*members: PoolMember) -> ProposePool:
    return msgspec.structs.replace(PROPOSE, members=members)


def test_a_coordinator_proposes_a_course_to_two_companies() -> None:
    pool.given().when(PROPOSE).then(PROPOSED)


def test_the_same_proposal_twice_is_one() -> None:
    pool.given(PROPOSED).when(PROPOSE).then_nothing()
    pool.given(PROPOSED).when(proposing(maximum=20)).then_refused(AlreadyProposed)
    pool.given(PROPOSED, DISSOLVED).when(PROPOSE).then_refused(AlreadyProposed)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (proposing(course_type="tango"), UnknownCourseType),
        (proposing(municipality="05111000"), OutsideTheCounty),
        (proposing(starts_on=MONDAY.date()), StartOutOfRange),
        (proposing(starts_on=MONDAY.date() + timedelta(days=401)), StartOutOfRange),
        (proposing(minimum=0), BoundsMalformed),
        (proposing(minimum=16), BoundsMalformed),
        (proposing(offer=OFFER_ID), OfferNotOpen),
        (among(PoolMember(report=MILL, learners=4)), TooFewMembers),
        (proposing(minimum=1, maximum=6), NoRoom),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_course_that_makes_no_sense_is_not_proposed(
    command: ProposePool, error: type[DomainError]
) -> None:
    pool.given().when(command).then_refused(error)


def test_a_company_is_named_once() -> None:
    twice = among(PoolMember(report=MILL, learners=4), PoolMember(report=MILL, learners=2))
    pool.given().when(twice).then_refused(NamedTwice, report=str(MILL), field="members/1/report")


def test_a_course_online_is_in_no_municipality() -> None:
    online = proposing(municipality="")
    pool.given().when(online).then(msgspec.structs.replace(PROPOSED, course=online.course))


@pytest.mark.parametrize(
    ("report", "error"),
    [
        (NoReport(), ReportUnknown),
        (reported(BAKERY, STARTED), ReportNotReady),
        (reported(BAKERY, CLOSED), ReportNotReady),
        (wanting(BAKERY, pooling=False), PoolingNotWanted),
        (wanting(BAKERY, groups=FEWER), LearnersNotThere),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_a_report_that_does_not_fit_is_neither_proposed_nor_added_nor_agrees(
    report: CompanyReport, error: type[DomainError]
) -> None:
    knowing = pool.knowing(reports=REPORTS | {BAKERY: report})
    knowing.given().when(PROPOSE).then_refused(error)
    back = AddPoolMember(pool=POOL, member=PROPOSE.members[1])
    knowing.given(PROPOSED, BAKERY_REMOVED).when(back).then_refused(error)
    agreeing = knowing.given(PROPOSED).when(agree(BAKERY), by=company_of(BAKERY))
    agreeing.then_refused(error)


def test_a_report_is_in_one_pool_at_a_time() -> None:
    knowing = pool.knowing(elsewhere={BAKERY: OTHER_POOL})
    knowing.given().when(PROPOSE).then_refused(
        InAnotherPool, report=str(BAKERY), pool=str(OTHER_POOL), field="members/1/report"
    )
    agreeing = knowing.given(PROPOSED).when(agree(BAKERY), by=company_of(BAKERY))
    agreeing.then_refused(InAnotherPool)


def test_the_pool_is_formed_with_the_last_agreement() -> None:
    mill = pool.given(PROPOSED).when(agree(MILL), by=company_of(MILL))
    mill.then(MILL_AGREED)
    bakery = pool.given(PROPOSED, MILL_AGREED).when(agree(BAKERY), by=company_of(BAKERY))
    bakery.then(BAKERY_AGREED, FORMED)


def test_an_agreement_said_again_is_one() -> None:
    pool.given(PROPOSED, MILL_AGREED).when(agree(MILL), by=company_of(MILL)).then_nothing()
    formed = pool.given(PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED)
    formed.when(agree(MILL), by=company_of(MILL)).then_nothing()


def test_the_coordination_notes_what_it_was_told_by_telephone() -> None:
    told = AgreeToPool(pool=POOL, report=MILL, by_telephone=True)
    agreed = PoolAgreed(pool=POOL, report=MILL, by_telephone=True)
    pool.given(PROPOSED).when(told).then(agreed)
    no = DeclinePool(pool=POOL, report=MILL, reason="Zu weit.", by_telephone=True)
    declined = PoolDeclined(pool=POOL, report=MILL, reason="Zu weit.", by_telephone=True)
    pool.given(PROPOSED).when(no).then(declined)
    pool.given(PROPOSED).when(msgspec.structs.replace(no, reason="")).then_refused(TextMissing)


def test_the_coordination_does_not_answer_for_a_company_nor_a_company_by_telephone() -> None:
    pool.given(PROPOSED).when(agree(MILL)).then_refused(NotTheirWord)
    told = AgreeToPool(pool=POOL, report=MILL, by_telephone=True)
    pool.given(PROPOSED).when(told, by=company_of(MILL)).then_refused(NotTheirWord)


def test_a_company_that_is_not_asked_has_no_say() -> None:
    pool.given(PROPOSED).when(agree(FORGE), by=company_of(FORGE)).then_refused(NotAMember)
    pool.given(PROPOSED).when(decline(FORGE), by=company_of(FORGE)).then_refused(NotAMember)


def test_a_company_that_declined_counts_no_more_and_the_others_may_be_enough() -> None:
    pool.given(PROPOSED).when(decline(MILL), by=company_of(MILL)).then(MILL_DECLINED)
    three = pool.given(PROPOSED, FORGE_ADDED, MILL_AGREED, FORGE_AGREED)
    formed = PoolFormed(
        pool=POOL, members=(PROPOSE.members[0], PoolMember(report=FORGE, learners=3))
    )
    three.when(decline(BAKERY), by=company_of(BAKERY)).then(BAKERY_DECLINED, formed)


def test_too_few_learners_do_not_form_a_pool() -> None:
    few = msgspec.structs.replace(PROPOSED, course=msgspec.structs.replace(COURSE, minimum=8))
    last = pool.given(few, MILL_AGREED).when(agree(BAKERY), by=company_of(BAKERY))
    last.then(BAKERY_AGREED)


def test_one_company_alone_forms_no_pool() -> None:
    alone = msgspec.structs.replace(PROPOSED, course=msgspec.structs.replace(COURSE, minimum=1))
    declining = pool.given(alone, MILL_AGREED).when(decline(BAKERY), by=company_of(BAKERY))
    declining.then(BAKERY_DECLINED)


def test_a_company_may_change_its_mind_until_the_pool_is_formed() -> None:
    agreed = pool.given(PROPOSED, MILL_AGREED)
    agreed.when(decline(MILL), by=company_of(MILL)).then(MILL_DECLINED)
    declined = pool.given(PROPOSED, MILL_DECLINED)
    declined.when(agree(MILL), by=company_of(MILL)).then(MILL_AGREED)
    formed = pool.given(PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED)
    formed.when(decline(MILL), by=company_of(MILL)).then_refused(AlreadyFormed)


def test_who_declined_comes_back_only_if_there_is_still_room() -> None:
    full = msgspec.structs.replace(PROPOSED, course=msgspec.structs.replace(COURSE, maximum=7))
    taken = pool.given(full, BAKERY_DECLINED, FORGE_ADDED)
    taken.when(agree(BAKERY), by=company_of(BAKERY)).then_refused(NoRoom)


def test_nobody_is_disclosed_whose_report_does_not_fit_any_more() -> None:
    """The company has just withdrawn it; the process takes it out, and that forms the pool."""
    three = pool.given(PROPOSED, FORGE_ADDED, BAKERY_AGREED, FORGE_AGREED)
    gone = three.knowing(reports=REPORTS | {BAKERY: reported(BAKERY, CLOSED)})
    gone.when(agree(MILL), by=company_of(MILL)).then(MILL_AGREED)
    after = pool.given(PROPOSED, FORGE_ADDED, BAKERY_AGREED, FORGE_AGREED, MILL_AGREED)
    formed = PoolFormed(
        pool=POOL, members=(PROPOSE.members[0], PoolMember(report=FORGE, learners=3))
    )
    after.when(REMOVE_BAKERY).then(BAKERY_REMOVED, formed)


def test_a_member_is_added_while_the_pool_is_proposed() -> None:
    pool.given(PROPOSED).when(ADD_FORGE).then(FORGE_ADDED)
    pool.given(PROPOSED, FORGE_ADDED).when(ADD_FORGE).then_nothing()
    more = AddPoolMember(pool=POOL, member=PoolMember(report=FORGE, learners=4))
    pool.given(PROPOSED, FORGE_ADDED).when(more).then_refused(AlreadyMember)
    pool.given(PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED).when(ADD_FORGE).then_refused(
        AlreadyFormed
    )
    pool.given(PROPOSED, DISSOLVED).when(ADD_FORGE).then_refused(AlreadyDissolved)


def test_more_than_there_is_room_for_are_not_added() -> None:
    small = msgspec.structs.replace(PROPOSED, course=msgspec.structs.replace(COURSE, maximum=9))
    pool.given(small).when(ADD_FORGE).then_refused(NoRoom, learners=10, maximum=9, field="learners")


def test_who_declined_may_be_asked_anew() -> None:
    anew = AddPoolMember(pool=POOL, member=PROPOSE.members[1])
    added = PoolMemberAdded(pool=POOL, report=BAKERY, learners=3)
    pool.given(PROPOSED, BAKERY_DECLINED).when(anew).then(added)


def test_a_member_is_taken_out_with_a_reason() -> None:
    pool.given(PROPOSED).when(REMOVE_BAKERY).then(BAKERY_REMOVED)
    pool.given(PROPOSED, BAKERY_REMOVED).when(REMOVE_BAKERY).then_nothing()
    pool.given(PROPOSED, BAKERY_DECLINED).when(REMOVE_BAKERY).then_nothing()
    for reason, error in (("", TextMissing), ("Frau Maria Müller ging.", NamesSomebody)):
        named = msgspec.structs.replace(REMOVE_BAKERY, reason=reason)
        pool.given(PROPOSED).when(named).then_refused(error)


def test_a_pool_below_its_minimum_stays_formed_and_says_so() -> None:
    formed = pool.given(PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED)
    formed.when(REMOVE_BAKERY).then(BAKERY_REMOVED)
    events = (PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED, BAKERY_REMOVED)
    left = COURSE_POOL.replay(events)
    assert isinstance(left, Formed)
    assert learners_in(left) == 4
    assert is_below_minimum(left)


def test_a_pool_is_dissolved_also_after_it_was_formed() -> None:
    pool.given(PROPOSED).when(DISSOLVE).then(DISSOLVED)
    formed = (PROPOSED, MILL_AGREED, BAKERY_AGREED, FORMED)
    pool.given(*formed).when(DISSOLVE).then(DISSOLVED)
    pool.given(*formed, DISSOLVED).when(DISSOLVE).then_nothing()
    unsaid = msgspec.structs.replace(DISSOLVE, reason=" ")
    pool.given(PROPOSED).when(unsaid).then_refused(TextMissing)
    gone = pool.given(PROPOSED, DISSOLVED)
    gone.when(agree(MILL), by=company_of(MILL)).then_refused(AlreadyDissolved)
    gone.when(REMOVE_BAKERY).then_refused(AlreadyDissolved)


@pytest.mark.parametrize(
    "command", [ADD_FORGE, REMOVE_BAKERY, agree(MILL), decline(MILL), DISSOLVE]
)
def test_what_was_never_proposed_is_unknown(command: PoolCommand) -> None:
    pool.given().when(command).then_refused(UnknownPool)
