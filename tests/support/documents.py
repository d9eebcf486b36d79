"""The commands in our documents, run as people type them."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def blocks(document: str) -> list[str]:
    """The commands of a document, one string for each block, in order."""
    text = (DOCS / document).read_text()
    return [re.sub(r"(?m)^ {4}", "", block) for block in re.findall(r"(?m)(?:^ {4}.*\n)+", text)]


class Shell:
    """Runs the blocks of a document one after the other. Blocks that only export are left out.

    `told` fills the placeholders in: what people export. Files are kept in `folder`.
    """

    def __init__(self, document: str, folder: Path, told: Mapping[str, str]) -> None:
        self._steps: Iterator[str] = filter(_commands, blocks(document))
        self._folder = folder
        self.told = dict(told)

    async def step(self, **told: str) -> str:
        """What the next block prints; what is told stays known."""
        self.told |= told
        return await run(next(self._steps), self._folder, **self.told)

    async def answer(self, **told: str) -> Any:
        """The JSON that the next block prints."""
        return json.loads(await self.step(**told))

    @property
    def is_through(self) -> bool:
        return next(self._steps, None) is None


async def run(commands: str, folder: Path, **environment: str) -> str:
    """What the commands print in a shell, with the placeholders filled in by the environment."""
    shell = await asyncio.create_subprocess_exec(
        "bash",
        "-ec",
        _commands(commands).replace("uv run ", ""),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
        env={
            **os.environ,
            **environment,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        },
    )
    printed, _ = await shell.communicate()
    return printed.decode()


def _commands(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if not line.startswith("export "))
