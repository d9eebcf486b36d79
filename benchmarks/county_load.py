"""Reads a county's load: `python -m benchmarks.county_load FILE`, in a process of its own."""

import asyncio
import resource
import sys
import time
from datetime import date
from pathlib import Path

import msgspec

from domain.assessments.definition import Cut, CutScores, Definition, Kind, Level, Norms, Part
from domain.assessments.results import PartScore, Result
from services.privacy.pseudonyms import KEY_BYTES, Learner, PseudonymKey
from services.results_files.about import About
from services.results_files.county import CountyExpected, check_county
from services.results_files.template import Template, csv_template

TEXTS = 5
GAPS = 20
LEARNERS = 25
CLASSES = 40
KEY = PseudonymKey(bytes(KEY_BYTES))
FIRST_COLLEGE = 180_000
SCHOOL_YEAR = "2026/27"
TAKEN_ON = date(2026, 9, 3)
KIBIBYTES = 1024


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, how long it took, and the most memory the process had, in MiB."""

    rows: int
    classes: int
    seconds: float
    peak: float


def definition() -> Definition:
    """Five texts of twenty gaps, the last one on trial."""
    return Definition(
        kind=Kind.C_TEST,
        parts=tuple(
            Part(key=f"t{n}", title=f"Text {n}", maximum=GAPS, pilot=n == TEXTS)
            for n in range(1, TEXTS + 1)
        ),
        cut_scores=CutScores(
            version="1",
            author="AG Fachsprache",
            method="Bookmark",
            set_on=TAKEN_ON,
            cuts=(Cut(level=Level.A2, at_least=0),),
        ),
        norms=Norms(reliability=840, deviation=1_400, people=120, source="Erprobung"),
    )


def county_expected() -> CountyExpected:
    """A county where up to a thousand colleges take part."""
    return CountyExpected(
        definition=definition(),
        school_year=SCHOOL_YEAR,
        colleges={f"{FIRST_COLLEGE + n}": f"college-{n}" for n in range(1_000)},
        today=TAKEN_ON,
    )


def college_number(row: int) -> str:
    return f"{FIRST_COLLEGE + row // (CLASSES * LEARNERS)}"


def write_load(path: Path, rows: int) -> None:
    """A file of so many rows, in classes of 25 learners and colleges of 40 classes."""
    instrument = definition()
    with path.open("wb") as file:
        for first in range(0, rows, LEARNERS):
            numbers = range(first, min(first + LEARNERS, rows))
            pseudonyms = [KEY.pseudonym(Learner(own_id=str(number))) for number in numbers]
            template = Template(
                about=About(
                    college=college_number(first),
                    school_year=SCHOOL_YEAR,
                    training_class=f"IF{first // LEARNERS % CLASSES}A",
                    round="herbst",
                    round_title="Herbst",
                    instrument="c-test",
                    version=1,
                ),
                definition=instrument,
                learners=pseudonyms,
                recorded=dict(zip(pseudonyms, map(_result, numbers), strict=True)),
            )
            lines = csv_template(template)
            file.write(lines if first == 0 else lines[lines.index(b"\n") + 1 :])


async def load(path: Path) -> Load:
    """Read the file in a fresh process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.county_load", str(path)),
        cwd=Path(__file__).parents[1],
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return msgspec.json.decode(told, type=Load)


def _result(number: int) -> Result:
    return Result(
        taken_on=TAKEN_ON,
        scores=tuple(
            PartScore(
                part=f"t{text}",
                exact=(number + text) % 15,
                recognition=(number + text) % 15 + 3,
                omitted=number % 3,
            )
            for text in range(1, TEXTS + 1)
        ),
    )


def main(path: Path) -> None:
    start = time.perf_counter()
    with path.open("rb") as stream:
        check = check_county(
            stream,
            path.name,
            county_expected(),
        )
    seconds = time.perf_counter() - start
    assert not check.faults, [fault.sentence("en") for fault in check.faults]
    found = Load(rows=check.rows, classes=check.classes, seconds=seconds, peak=_peak())
    sys.stdout.write(msgspec.json.encode(found).decode())


def _peak() -> float:
    """In MiB. Where Linux tells, without what the parent had when it forked."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / KIBIBYTES
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES


if __name__ == "__main__":
    main(Path(sys.argv[1]))
