"""The keys of many people at once: each has one, whoever was faster to make it."""

import asyncio
from uuid import uuid4

import pytest

from domain.kernel import Erased
from domain.privacy.commands import EraseSubject
from domain.privacy.errors import SubjectIsErased
from services.identity.principal import CONSOLE
from services.privacy.subject_keys import SubjectKeys, check_not_erased
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.assessments import ask

PEOPLE = [uuid4() for _ in range(40)]


@pytest.fixture
def keys(unfollowed: Runtime) -> SubjectKeys:
    return SubjectKeys(unfollowed.master)


async def test_all_who_make_the_keys_of_the_same_people_at_once_get_the_same_ones(
    unfollowed: Runtime,
) -> None:
    makers = [SubjectKeys(unfollowed.master) for _ in range(6)]
    orders = (PEOPLE, list(reversed(PEOPLE)))
    made = await asyncio.gather(
        *(maker.made(unfollowed.pool, orders[n % 2]) for n, maker in enumerate(makers))
    )
    assert all(found == made[0] for found in made)
    assert made[0].keys() == set(PEOPLE)
    assert len(set(made[0].values())) == len(PEOPLE)
    assert await makers[0].to_read(unfollowed.pool, PEOPLE) == made[0]


async def test_who_is_there_keeps_the_key_and_who_is_not_gets_one(
    unfollowed: Runtime, keys: SubjectKeys
) -> None:
    first = await keys.made(unfollowed.pool, PEOPLE[:2])
    more = await keys.made(unfollowed.pool, PEOPLE[:4])
    assert {person: more[person] for person in PEOPLE[:2]} == first


async def test_keys_that_are_there_are_read_without_writing_anything(
    unfollowed: Runtime, keys: SubjectKeys
) -> None:
    await keys.made(unfollowed.pool, PEOPLE)
    before = await _written(unfollowed)
    await keys.made(unfollowed.pool, PEOPLE)
    assert await _written(unfollowed) == before


async def test_a_key_is_never_made_again_for_somebody_whose_data_were_erased(
    unfollowed: Runtime, keys: SubjectKeys
) -> None:
    person, other = PEOPLE[:2]
    await keys.made(unfollowed.pool, [person])
    await ask(unfollowed, EraseSubject(person=person, reason="Art. 17 DSGVO"), CONSOLE, MONDAY)
    await unfollowed.read_models.catch_up()
    found = await keys.made(unfollowed.pool, [person, other])
    assert isinstance(found[person], Erased)
    with pytest.raises(SubjectIsErased):
        check_not_erased([person, other], found)


async def _written(runtime: Runtime) -> list[tuple[object, ...]]:
    """Which transaction wrote each key and the canary last, or locked it."""
    rows = await runtime.pool.fetch(
        "select subject, xmin::text::bigint, xmax::text::bigint from subject_key"
        " union all select null, xmin::text::bigint, xmax::text::bigint from master_key"
        " order by 1"
    )
    return [tuple(row) for row in rows]
