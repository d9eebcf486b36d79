import re
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

from tests.support.library import environment

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/howto/use-with-eventsourcing.md"


async def test_the_example_does_what_it_says(database_url: str, tmp_path: Path) -> None:
    [example] = re.findall(r"(?s)```python\n(.*?)```", PAGE.read_text())
    script = tmp_path / "school.py"
    script.write_text(example)
    process = await create_subprocess_exec(
        sys.executable,
        script,
        env=environment(database_url) | {"PYTHONPATH": str(ROOT)},
        stdout=PIPE,
        stderr=STDOUT,
    )
    printed, _ = await process.communicate()
    assert printed.decode() == "['Amira']\n"
