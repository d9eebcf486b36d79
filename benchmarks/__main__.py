"""Every published figure: `uv run python -m benchmarks [group] [--quick] [--json]`."""

import signal
import sys
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec
from rich.console import Console

from benchmarks.bench import Bench, bench, settings_in
from benchmarks.figure import Figure
from benchmarks.groups import (
    append,
    assessment_import,
    assessment_morning,
    assessment_posting,
    assessment_release,
    commands,
    growth,
    loading,
    pages,
    pooling,
    prove,
    rebuild,
    submits,
    verify,
    writer,
)
from benchmarks.machine import Machine, this_machine
from benchmarks.table import show
from services import event_loop
from services.observability import configure_logging

GROUPS: Mapping[str, Callable[[Bench], Awaitable[Sequence[Figure]]]] = {
    "append": append.measure,
    "commands": commands.measure,
    "writer": writer.measure,
    "load": loading.measure,
    "rebuild": rebuild.measure,
    "verify": verify.measure,
    "prove": prove.measure,
    "growth": growth.measure,
    "import": assessment_import.measure,
    "posting": assessment_posting.measure,
    "morning": assessment_morning.measure,
    "release": assessment_release.measure,
    "pages": pages.measure,
    "pooling": pooling.measure,
    "submits": submits.measure,
}


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `--json` prints."""

    machine: Machine
    figures: Sequence[Figure]


def main() -> None:
    parser = ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("group", nargs="?", choices=GROUPS, help="all if none is named")
    parser.add_argument("--quick", action="store_true", help="at most 50 seconds for each group")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    asked = parser.parse_args()
    # UmaDB's client takes Ctrl-C for itself when it is imported. However we are ended, it is in
    # order, so that no server stays behind.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    groups = [asked.group] if asked.group else list(GROUPS)
    try:
        event_loop.run(_run(groups, quick=asked.quick, as_json=asked.json))
    except KeyboardInterrupt:
        sys.exit("stopped")


async def _run(groups: Sequence[str], *, quick: bool, as_json: bool) -> None:
    progress, figures, notes = Console(stderr=True), list[Figure](), list[str]()
    machine: Machine | None = None
    for name in groups:
        with progress.status(f"measuring {name}"):
            # Each group has a server of its own, so that none finds what another left behind.
            async with bench(quick=quick) as at:
                configure_logging(settings_in(at.folder))
                machine = machine or await this_machine(at.url, at.folder)
                figures += await GROUPS[name](at)
                notes += [f"{name}: {note}" for note in at.notes]
    assert machine is not None, "at least one group is measured"
    if as_json:
        report = msgspec.json.encode(Report(machine=machine, figures=figures))
        sys.stdout.write(f"{report.decode()}\n")
        for note in notes:
            progress.print(note, highlight=False)
    else:
        # A file or a pipe says nothing of its width, and tables are cut at 80.
        console = Console() if sys.stdout.isatty() else Console(width=140)
        show(console, machine, figures, notes)


if __name__ == "__main__":
    main()
