"""Asks the solver without keeping anybody waiting: in a process of its own.

Whoever asked and goes away ends it, and so does the end of ours. It takes two cores: one process
of ours asks it one question at a time.
"""

import asyncio
import sys
from collections.abc import Sequence

import msgspec

from services.pooling.suggestion import Question, Suggestion

AFTER = 30.0
"""Seconds that are given to start, to read, to lay out the problem and to write besides."""
CHILD = (sys.executable, "-m", "services.pooling.child")


class SolverFailed(RuntimeError):
    """The process ended without a suggestion; what it said is in the log of this one."""


class Solver:
    def __init__(self, command: Sequence[str] = CHILD, after: float = AFTER) -> None:
        self._command = command
        self._after = after

    async def ask(self, question: Question) -> Suggestion:
        """The best distribution found in its time. Raises SolverFailed and TimeoutError."""
        if not question.waiting:
            return Suggestion()
        answer = await self._answer(msgspec.json.encode(question), question.seconds + self._after)
        try:
            return msgspec.json.decode(answer, type=Suggestion)
        except msgspec.DecodeError as error:
            raise SolverFailed from error

    async def _answer(self, question: bytes, seconds: float) -> bytes:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
        except OSError as error:
            raise SolverFailed from error
        try:
            async with asyncio.timeout(seconds):
                answer, _ = await process.communicate(question)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise SolverFailed(process.returncode)
        return answer
