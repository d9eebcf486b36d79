"""`kreislauf retention`: the plan, the cases, and the run by hand."""

from pathlib import Path

from services.runtime import Runtime
from tests.services.cli.conftest import Command
from tests.services.privacy.retention.test_plan import CLASS
from tests.support.retention import left_long_ago


async def test_what_is_due_is_proposed_by_hand_and_listed(
    kreislauf: Command, runtime: Runtime
) -> None:
    person = await left_long_ago(runtime, "Gisela Gegangen")
    ran = await kreislauf("retention", "run")
    assert ran.out == "1 steps taken, 0 files refused.\n"
    again = await kreislauf("retention", "run")
    assert again.out == "0 steps taken, 0 files refused.\n"
    listed = await kreislauf("retention", "cases", "--stage", "proposed")
    (row,) = [line for line in listed.out.splitlines() if line.startswith(str(person))]
    assert row.split("\t")[1:5] == ["Gisela Gegangen", "proposed", "accounts", "2025-01-01"]


async def test_the_plan_in_force_is_shown(kreislauf: Command) -> None:
    shown = await kreislauf("retention", "classes")
    assert "Zweitschriften von Abgangs- und Abschlusszeugnissen\t50\t" in shown.out
    assert shown.out.endswith("This is the plan that comes with the service.\n")


async def test_a_plan_is_checked_before_it_is_put_in_force(
    kreislauf: Command, tmp_path: Path
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(CLASS)
    good = await kreislauf("retention", "classes", "--plan", str(path))
    assert "Konten\t3\tfile-closed\t30 days" in good.out
    path.write_text(CLASS.replace("years = 3", "years = many"))
    bad = await kreislauf("retention", "classes", "--plan", str(path))
    assert bad.code == 1
    assert "is not right" in bad.err
