"""Made-up requests after the description: no failure of the service, no answer undocumented."""

import asyncio
import sys
from pathlib import Path

import pytest

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


async def test_made_up_requests_find_no_failure_and_no_undocumented_answer(
    stack: Stack, tmp_path: Path
) -> None:
    await explored(
        stack, "koordination", tmp_path, phases="examples,coverage", seconds=40, examples=1
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

    The test's time goes by outside: the service answers in this process.
    """
    runner = await asyncio.create_subprocess_exec(
        str(RUNNER),
        *["run", f"{stack.address}/schema/openapi.json", "--no-color", "--phases", phases],
        *["--header", f"Authorization: Bearer {stack.people[person].token}"],
        *["--checks", ",".join(CHECKS), "--exclude-operation-id", "followNews"],
        *["--max-examples", str(examples), "--max-time", str(seconds), "--continue-on-failure"],
        *["--warnings", "off", "--request-timeout", "20", "--generation-database", "none"],
        *["--workers", "2"],
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await runner.communicate()
    assert runner.returncode == 0, output.decode()
