"""A clock that can be skipped, and the agreement on one concept that lives by it."""

from collections.abc import AsyncIterator

import pytest
from temporalio.testing import WorkflowEnvironment

from services.runtime import Runtime
from tests.support.assessments import Assessment, prepare_colleges, school_year_after
from tests.support.engines import skipping_time, working
from tests.support.workflows import NEXT_EDITION, Agreement, prepare_county


@pytest.fixture
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    async with await skipping_time() as environment:
        yield environment


@pytest.fixture
async def prepared(runtime: Runtime) -> Runtime:
    """What a concept needs to be opened is there."""
    await prepare_county(runtime)
    return runtime


@pytest.fixture
async def worker(prepared: Runtime, environment: WorkflowEnvironment) -> AsyncIterator[None]:
    async with working(environment, prepared):
        yield


@pytest.fixture
async def untold(prepared: Runtime, environment: WorkflowEnvironment) -> Agreement:
    """A draft is submitted, and nobody has told the engine of anything."""
    agreement = Agreement(prepared, environment)
    await agreement.open()
    await agreement.draft()
    return agreement


@pytest.fixture
async def concept(worker: None, untold: Agreement) -> Agreement:  # noqa: ARG001 (it runs)
    """A draft is submitted, and the process of its concept runs."""
    await untold.tell()
    return untold


@pytest.fixture
def successor(prepared: Runtime, environment: WorkflowEnvironment) -> Agreement:
    """The same municipality's concept in the next edition, not opened yet."""
    return Agreement(prepared, environment, NEXT_EDITION)


@pytest.fixture
async def colleges(runtime: Runtime) -> Runtime:
    """Three colleges are there, and an approved instrument."""
    await prepare_colleges(runtime)
    return runtime


@pytest.fixture
async def unheard(colleges: Runtime, environment: WorkflowEnvironment) -> Assessment:
    """The first test of the next school year, not announced, and no worker runs."""
    now = await environment.get_current_time()
    return Assessment(colleges, environment, school_year_after(now))


@pytest.fixture
async def assessment(
    unheard: Assessment, environment: WorkflowEnvironment
) -> AsyncIterator[Assessment]:
    """The first test of the next school year, not announced, with a worker."""
    async with working(environment, unheard.runtime):
        yield unheard
