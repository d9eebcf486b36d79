"""A morning: the colleges submit class after class, rows first. Everything must be kept."""

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from benchmarks.bench import Bench
from benchmarks.county import LEARNERS, College, County, county, rows
from benchmarks.figure import Figure, alone
from benchmarks.http_client import Work, percentile, request, send
from benchmarks.serving import product, serving
from domain.assessments.events_class import ClassSubmitted, ResultRecorded
from services.runtime import Runtime

CONNECTIONS = 16
"""So many colleges submit at the very same moment, and none ever pauses: the service has all the
load it can take. More would only wait for each other."""

COLLEGES, CLASSES = 245, 40
QUICK_COLLEGES, QUICK_CLASSES = 32, 10
A_LONG_TIME = 3_600.0
REGISTERED = 1
"""Events of a class before its rows come."""


async def measure(bench: Bench) -> Sequence[Figure]:
    colleges = bench.pick(QUICK_COLLEGES, COLLEGES)
    classes = bench.pick(QUICK_CLASSES, CLASSES)
    async with bench.product(await bench.database("ours")) as runtime:
        place = await county(runtime, colleges, classes)
        connections = [
            [
                sent
                for college in place.colleges[number::CONNECTIONS]
                for this in college.classes
                for sent in _submitting(place.round, college, this)
            ]
            for number in range(CONNECTIONS)
        ]
        async with serving(product(runtime)) as port:
            work = Work(port=port, connections=connections, seconds=A_LONG_TIME)
            answers = await send(work)
        lost = await _lost(runtime, place)
    # A class is two requests, one after the other.
    taken = answers.milliseconds
    times = [sum(pair) for pair in zip(taken[::2], taken[1::2], strict=True)]
    submits = colleges * classes
    bench.note(
        f"{submits:,} classes of {LEARNERS} in {answers.seconds:.0f} s:"
        f" {submits / answers.seconds:,.0f} classes/s, {answers.rate:,.0f} requests/s,"
        f" a class within {percentile(times, 50):.0f} ms (p50)"
    )
    name = f"a morning of {submits:,} classes of {LEARNERS}" + bench.pick(" (quick)", "")
    return [
        alone(
            f"{name}: a class's rows and submission, p99",
            "ms",
            percentile(times, 99),
            goal=("at most", 250),
        ),
        alone(f"{name}: what is not in the log", "events", lost, goal=("at most", 0)),
    ]


def _submitting(assessment_round: UUID, college: College, this: UUID) -> Iterator[bytes]:
    path = f"/api/v1/classes/{this}/rounds/{assessment_round}"
    token = f"Bearer {college.token}"
    yield request(
        "POST",
        f"{path}/results",
        rows(0, LEARNERS),
        Authorization=token,
        Idempotency_Key=str(uuid4()),
    )
    # Each learner joins the class and has a result.
    version = REGISTERED + 2 * LEARNERS
    yield request(
        "POST",
        f"{path}/submission",
        Authorization=token,
        Idempotency_Key=str(uuid4()),
        If_Match=f'"{version}"',
    )


async def _lost(runtime: Runtime, place: County) -> int:
    """So many submissions and results are not in the log, although they were answered."""
    classes = sum(len(college.classes) for college in place.colleges)
    submitted: int = await runtime.pool.fetchval(COUNT, ClassSubmitted.TOPIC)
    recorded: int = await runtime.pool.fetchval(COUNT, ResultRecorded.TOPIC)
    return classes * (1 + LEARNERS) - submitted - recorded


COUNT = "select count(*) from event where topic = $1"
