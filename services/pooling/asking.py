"""Asks the solver without keeping anybody waiting: in a process of its own.

Whoever asked and goes away ends it. It takes two cores, so one process of ours asks it one
question at a time.
"""

import asyncio
import sys

import msgspec

from domain.pooling.plan import Plan
from domain.pooling.problem import Problem
from services.pooling.solution import Question, Solution

AFTER = 15.0
"""Seconds that are given to start, to read and to write besides."""


class SolverFailed(RuntimeError):
    """The process ended without a solution; what it said is in the log of this one."""


class Solver:
    def __init__(self) -> None:
        self._one = asyncio.Lock()

    async def ask(self, problem: Problem, seconds: float) -> Solution:
        """The best distribution found in this time. Raises SolverFailed and TimeoutError."""
        if not problem.demands:
            return Solution(plan=Plan(), worth=0, bound=0)
        async with self._one:
            question = msgspec.json.encode(Question(problem=problem, seconds=seconds))
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "services.pooling.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
            try:
                async with asyncio.timeout(seconds + AFTER):
                    answer, _ = await process.communicate(question)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode:
            raise SolverFailed(process.returncode)
        return msgspec.json.decode(answer, type=Solution)
