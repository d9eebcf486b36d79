"""What of an error enters Temporal: the code of a refusal, which is final, or a failure's kind."""

from typing import Any

from temporalio.activity import info, logger
from temporalio.exceptions import ActivityError, ApplicationError, ApplicationErrorCategory
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

from domain.kernel import DomainError


class RefusalInterceptor(Interceptor):
    """Turns domain errors into benign, non-retryable ones that name the rule."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _RefusalActivityInterceptor(next)


class _RefusalActivityInterceptor(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except DomainError as error:
            # The facts of an error may name people; only its code enters Temporal.
            raise ApplicationError(
                f"refused in {info().activity_type}",
                type=error.code,
                non_retryable=True,
                category=ApplicationErrorCategory.BENIGN,
            ) from None
        except ApplicationError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever broke, only its kind goes further)
            # A driver's message may quote what it was given; the worker's own log keeps it.
            logger.exception("failed")
            raise ApplicationError(
                f"failed in {info().activity_type}", type=type(error).__name__
            ) from None


def is_refusal(error: ActivityError) -> bool:
    """Whether the domain said no, as against something broken."""
    cause = error.cause
    return isinstance(cause, ApplicationError) and (
        cause.category is ApplicationErrorCategory.BENIGN
    )
