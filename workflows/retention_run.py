"""The daily run over the files of people: it proposes and does what the retention plan says."""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.retention_activities import Look, Looked, RetentionActivities

WORKFLOW_ID = "retention/run"
"""There is one for the county."""

SHORTEST_PAUSE = timedelta(minutes=1)

ACTIVITY = workflow.ActivityConfig(
    start_to_close_timeout=timedelta(minutes=10),
    retry_policy=RetryPolicy(maximum_interval=timedelta(minutes=10)),
)


@workflow.defn(name="RetentionRun")
class RetentionRun:
    """Holds no more than when to look again: whose turn it is, the log says each time.

    So a day on which nothing ran is made up by the next run, and a run that begins anew, after
    Temporal's storage was lost, goes on where the log is.
    """

    @workflow.run
    async def run(self) -> None:
        while True:
            again_at = await self._look_at_all()
            await workflow.sleep(max(again_at - workflow.now(), SHORTEST_PAUSE))
            if workflow.info().is_continue_as_new_suggested():
                workflow.continue_as_new()

    async def _look_at_all(self) -> datetime:
        look = Look(at=workflow.now(), correlation=str(workflow.uuid4()))
        while True:
            looked: Looked = await workflow.execute_activity_method(
                RetentionActivities.look_at_files, look, **ACTIVITY
            )
            if looked.after is None:
                return looked.again_at
            look = Look(at=look.at, correlation=look.correlation, after=looked.after)
