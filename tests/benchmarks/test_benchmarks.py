"""The benchmarks run and say what they promise to say; how fast anything is, is not tested."""

import asyncio
import sys
from pathlib import Path

import msgspec
import pytest

from benchmarks.bench import settings_in
from benchmarks.figure import alone, compared
from benchmarks.filling import fill
from benchmarks.material import Stream
from benchmarks.tailing import Seen, compare
from services.ledger.proof import check_inclusion
from services.ledger.tree import TreeReader
from services.runtime import running

ROOT = Path(__file__).parents[2]
COLUMNS = {"name", "unit", "ours", "other", "other_name", "ratio", "goal", "holds"}


async def test_a_quick_run_prints_one_json_object_with_machine_and_figures() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks", "writer", "--quick", "--json"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()

    assert process.returncode == 0
    report = msgspec.json.decode(told)
    assert report.keys() == {"machine", "figures"}
    assert report["machine"]["settings"]["fsync"] == "on"
    assert report["machine"]["settings"]["synchronous_commit"] == "on"
    [figure] = report["figures"]
    assert figure.keys() == COLUMNS
    assert figure["ratio"] == pytest.approx(figure["ours"] / figure["other"])


def test_a_goal_is_a_bound_on_the_ratio_where_there_is_a_peer() -> None:
    faster = compared("appends", "events/s", 30, 2, "a peer", goal=("at least", 15))
    slower = compared("an append", "ms", 1.6, 1, "a peer", goal=("at most", 1.5))
    assert (faster.ratio, faster.holds, slower.holds) == (15, True, False)


def test_a_goal_is_a_bound_on_the_figure_where_there_is_none() -> None:
    figure = alone("verify", "s", 6.1, goal=("at most", 6))
    assert (figure.other, figure.ratio, figure.holds) == (None, None, False)


def test_a_reader_is_told_what_it_missed_doubled_and_saw_out_of_order() -> None:
    seen = compare([1, 2, 5, 4, 4], [1, 2, 3, 4, 5, 6])
    assert seen == Seen(seen=5, missed=1, doubled=1, reordered=1)


async def test_a_filled_log_is_one_the_store_goes_on_with(
    database_url: str, tmp_path: Path
) -> None:
    """With the same tree as if every event had been appended, tiles and all."""
    await fill(database_url, 1_000)
    async with running(settings_in(tmp_path), database_url) as runtime:
        receipt = await Stream(runtime.store, 30).append()
        entries = await runtime.store.read(0, limit=2_000)
        row = await runtime.pool.fetchrow(
            "select head.peaks, tree_with(0, array_agg(leaf order by event.position), '') as fresh"
            " from log_head as head, event group by head.peaks"
        )
        tree = TreeReader(runtime.pool)
        leaf = await runtime.pool.fetchval("select leaf from event where position = 777")
        proof = await tree.inclusion(776, 1_030)
        root = await tree.root(1_030)

    assert (receipt.first, receipt.last) == (1_001, 1_030)
    assert [entry.position for entry in entries] == list(range(1, 1_031))
    assert row is not None
    assert row["peaks"] == row["fresh"]
    assert check_inclusion(leaf, 776, 1_030, proof, root)


async def test_a_filled_log_has_the_receipt_of_each_command(
    database_url: str, tmp_path: Path
) -> None:
    await fill(database_url, 100)
    async with running(settings_in(tmp_path), database_url) as runtime:
        entries = await runtime.store.read(0)
        for entry in entries:
            receipt = await runtime.store.receipt(entry.metadata.command)
            assert receipt is not None
            assert receipt.first == receipt.last == entry.position
            assert receipt.version == entry.originator_version
    assert len(entries) == 100
