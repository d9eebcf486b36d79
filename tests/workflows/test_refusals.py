"""What the engine is told when the domain refuses, and when something is broken."""

from typing import Any

import pytest
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.testing import ActivityEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput

from domain.concepts.errors import NotInvited
from domain.kernel import DomainError
from workflows.converter import DATA_CONVERTER
from workflows.refusals import RefusalInterceptor

SECRET = "Karin Koordination"


class Fails(ActivityInboundInterceptor):
    """The end of the chain: an activity that fails with this error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: ARG002 (the interface's)
        raise self._error


async def intercepted(error: Exception) -> None:
    """Run an activity that fails with the error, as the worker runs it."""
    chain = RefusalInterceptor().intercept_activity(Fails(error))
    call = ExecuteActivityInput(fn=intercepted, args=[], executor=None, headers={})
    await ActivityEnvironment().run(chain.execute_activity, call)


async def refused(error: DomainError) -> ApplicationError:
    with pytest.raises(ApplicationError) as refusal:
        await intercepted(error)
    return refusal.value


async def test_a_refusal_is_benign_and_final() -> None:
    refusal = await refused(NotInvited(SECRET))

    assert refusal.type == NotInvited.code
    assert refusal.non_retryable
    assert refusal.category is ApplicationErrorCategory.BENIGN


async def test_a_refusal_tells_the_engine_its_code_and_no_facts() -> None:
    refusal = await refused(NotInvited(SECRET))
    failure = Failure()
    await DATA_CONVERTER.encode_failure(refusal, failure)

    assert failure.message == "refused in unknown"
    assert failure.application_failure_info.type == NotInvited.code
    assert SECRET not in str(failure)


async def test_what_is_broken_is_tried_again_and_tells_the_engine_its_kind_only() -> None:
    with pytest.raises(ApplicationError) as broken:
        await intercepted(OSError(SECRET))
    failure = Failure()
    await DATA_CONVERTER.encode_failure(broken.value, failure)

    assert not broken.value.non_retryable
    assert failure.application_failure_info.type == "OSError"
    assert SECRET not in str(failure)
