"""The solver as a process of its own: a problem comes in as JSON, its solution goes out."""

import sys

import msgspec

from services.pooling.solution import Question
from services.pooling.solver import solve


def main() -> None:
    question = msgspec.json.decode(sys.stdin.buffer.read(), type=Question)
    solution = solve(question.problem, question.seconds)
    sys.stdout.buffer.write(msgspec.json.encode(solution))


if __name__ == "__main__":
    main()
