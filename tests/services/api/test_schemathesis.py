"""Made-up requests after the description: no failure of the service, no answer undocumented."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.support.background import in_background
from tests.support.sealing import sealer_of
from tests.support.stack import Stack

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "ignored_auth",
)
RUNNER = Path(sys.executable).with_name("schemathesis")


async def test_what_the_description_gives_as_examples_is_answered_as_it_says(
    stack: Stack, tmp_path: Path
) -> None:
    await explored(stack, "koordination", tmp_path, phases="examples", seconds=200, examples=1)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_made_up_requests_at_every_bound_find_no_failure_and_no_undocumented_answer(
    stack: Stack, tmp_path: Path
) -> None:
    """Some 16,000, of all operations: .ci/run asks them too."""
    await explored(
        stack, "koordination", tmp_path, phases="examples,coverage", seconds=500, examples=1
    )


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("person", ["koordination", "verwaltung", "jobcenter", "revision"])
async def test_many_made_up_requests_find_nothing_either(
    stack: Stack, person: str, tmp_path: Path
) -> None:
    await explored(
        stack, person, tmp_path, phases="examples,coverage,fuzzing", seconds=240, examples=60
    )


async def explored(
    stack: Stack, person: str, folder: Path, *, phases: str, seconds: int, examples: int
) -> None:
    """Let schemathesis ask as this person; the news are left out, which do not end by themselves.

    The test's time goes by outside: the service answers in this process. Its log is sealed as it
    grows, for what is not sealed yet has no proof for the moment, which is a 503.
    """
    async with in_background(sealer_of(stack).run(stack.runtime.bell)):
        await _explored(stack, person, folder, phases=phases, seconds=seconds, examples=examples)


async def _explored(
    stack: Stack, person: str, folder: Path, *, phases: str, seconds: int, examples: int
) -> None:
    runner = await asyncio.create_subprocess_exec(
        str(RUNNER),
        *["run", f"{stack.address}/schema/openapi.json", "--no-color", "--phases", phases],
        *["--header", f"Authorization: Bearer {stack.people[person].token}"],
        *["--checks", ",".join(CHECKS), "--exclude-operation-id", "followNews"],
        *["--max-examples", str(examples), "--max-time", str(seconds), "--continue-on-failure"],
        *["--warnings", "off", "--request-timeout", "20", "--generation-database", "none"],
        # Python 3.11 may fail where two threads read source code at once, as hypothesis does.
        *["--workers", "1"],
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await runner.communicate()
    assert runner.returncode == 0, output.decode()
