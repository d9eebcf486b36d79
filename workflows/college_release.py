"""The release of one college's classes, as a part of its round's."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.assessment_activities import Batch, Released, RoundActivities

MISSED = timedelta(seconds=10)
"""A worker at a release that was not heard of for so long is gone; each class is a heartbeat."""

RELEASING = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=10),
    heartbeat_timeout=MISSED,
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=1)),
)


class CollegeStart(msgspec.Struct, frozen=True, kw_only=True):
    """The release of one college's classes. `at` is when the round came to it."""

    round: UUID
    college: str
    at: datetime
    correlation: str
    causation: int


@workflow.defn(name="CollegeRelease")
class CollegeRelease:
    """Releases the classes of one college, some at a time. Begun anew, it goes on with the rest."""

    @workflow.run
    async def run(self, start: CollegeStart) -> None:
        after: UUID | None = None
        while True:
            batch = Batch(
                round=start.round,
                college=start.college,
                at=start.at,
                correlation=start.correlation,
                causation=start.causation,
                after=after,
            )
            released: Released = await workflow.execute_activity_method(
                RoundActivities.release_classes, batch, **RELEASING
            )
            if released.after is None:
                return
            after = released.after
