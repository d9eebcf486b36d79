"""A change of a workflow's commands is made on purpose: the baseline is renewed by hand."""

from pathlib import Path

import pytest

from services.temporal import WORKFLOWS
from tests.workflows.fingerprints import HOW_TO_GO_ON, baseline, fingerprints

WAITING = """
from temporalio import workflow
from activities import Greetings

@workflow.defn(name="Waiting")
class Waiting:
    @workflow.run
    async def run(self):
        await self._greet()
        await workflow.wait_condition(lambda: self.done)
        self._count()

    async def _greet(self):
        await workflow.execute_activity_method(Greetings.greet, **TWICE)
        await workflow.sleep(await workflow.execute_activity("how_long"))

    def _count(self):
        self.counted += 1

    @workflow.signal(name="finish")
    def finished(self):
        self.done = True
"""


def fingerprint_of(code: str, folder: Path) -> object:
    (folder / "waiting.py").write_text(code)
    return fingerprints(folder)["Waiting"]


def test_the_commands_of_the_workflows_are_as_written_down() -> None:
    assert fingerprints() == baseline(), HOW_TO_GO_ON


def test_every_workflow_of_the_worker_has_a_fingerprint() -> None:
    assert baseline().keys() == {workflow.__name__ for workflow in WORKFLOWS}


def test_a_fingerprint_lists_handlers_and_commands_in_their_order(tmp_path: Path) -> None:
    assert fingerprint_of(WAITING, tmp_path) == {
        "run": ["run run", "-> _greet()", "wait_condition()"],
        "_greet": [
            "execute_activity_method(Greetings.greet)",
            "execute_activity('how_long')",
            "sleep()",
        ],
        "finished": ["signal finish"],
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Greetings.greet,", "Greetings.part,"),
        ("lambda: self.done)", "lambda: self.done, timeout=5)"),
        ('"how_long"', '"how_short"'),
        ("        self._count()", "        await self._greet()"),
        ("self.counted += 1", 'workflow.patched("counting")'),
        ('name="finish"', 'name="stop"'),
        ("@workflow.signal", "@workflow.update"),
        ("execute_activity_method", "start_activity_method"),
    ],
)
def test_another_command_is_another_fingerprint(before: str, after: str, tmp_path: Path) -> None:
    assert before in WAITING
    changed = fingerprint_of(WAITING.replace(before, after), tmp_path)

    assert changed != fingerprint_of(WAITING, tmp_path)


@pytest.mark.parametrize(
    ("before", "after"), [("self.counted += 1", "self.counted += 2"), ("self.done = True", "pass")]
)
def test_what_leaves_no_trace_in_a_history_is_the_same_fingerprint(
    before: str, after: str, tmp_path: Path
) -> None:
    changed = fingerprint_of(WAITING.replace(before, after), tmp_path)

    assert changed == fingerprint_of(WAITING, tmp_path)


def test_what_a_workflow_has_from_a_base_elsewhere_counts_as_its_own(tmp_path: Path) -> None:
    based = WAITING.replace("class Waiting:", "class Waiting(Resting):")
    base = "class Resting:\n    async def rest(self):\n        await workflow.sleep(1)\n"
    (tmp_path / "resting.py").write_text(base)
    resting = fingerprint_of(based, tmp_path)
    assert resting != fingerprint_of(WAITING, tmp_path)
    (tmp_path / "resting.py").write_text(base.replace("sleep(1)", "wait_condition(1)"))
    assert fingerprint_of(based, tmp_path) != resting
