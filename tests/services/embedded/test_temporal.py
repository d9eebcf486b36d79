import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client

from services.embedded.folder import PackageMissing, PortTaken, free_port, runs
from services.embedded.temporal import EmbeddedTemporal, TemporalFailed

START_AND_SLEEP = """
import asyncio, sys
from pathlib import Path
from services.embedded.temporal import EmbeddedTemporal

async def main() -> None:
    temporal = EmbeddedTemporal(Path(sys.argv[1]), port=0, ui_port=0)
    await temporal.start()
    print(temporal.pid, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kreislauf-test-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def orphan(data: Path) -> int:
    """The pid of a server whose owner was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", START_AND_SLEEP, str(data)], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        left_over = int(owner.stdout.readline())
        owner.send_signal(signal.SIGKILL)
    return left_over


@pytest.fixture
def other() -> Iterator[int]:
    """The pid of a process that has nothing to do with us."""
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    ) as process:
        yield process.pid


def on_any_port(data: Path, namespace: str = "default") -> EmbeddedTemporal:
    return EmbeddedTemporal(data, namespace=namespace, port=0, ui_port=0)


async def test_a_workflow_can_be_started_as_soon_as_it_is_up(data: Path) -> None:
    async with on_any_port(data, namespace="soest") as temporal:
        client = await Client.connect(temporal.address, namespace="soest")
        handle = await client.start_workflow("Any", id="first", task_queue="nobody")
        assert (await handle.describe()).workflow_type == "Any"


async def test_the_pages_answer_under_their_address(data: Path) -> None:
    async with on_any_port(data) as temporal, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(temporal.ui_address, follow_redirects=True)
        assert answer.status_code == 200


async def test_a_restart_has_the_same_addresses_and_knows_its_workflows(data: Path) -> None:
    temporal = on_any_port(data)
    await temporal.start()
    addresses = temporal.address, temporal.ui_address
    client = await Client.connect(temporal.address)
    await client.start_workflow("Any", id="first", task_queue="nobody")
    await temporal.stop()
    async with temporal:
        assert (temporal.address, temporal.ui_address) == addresses
        described = await client.get_workflow_handle("first").describe()
        assert described.workflow_type == "Any"


async def test_without_a_wish_a_taken_port_gives_way_to_the_next_one(data: Path) -> None:
    with socket.create_server(("127.0.0.1", free_port("127.0.0.1", 7233))):
        async with EmbeddedTemporal(data) as temporal:
            assert int(temporal.address.partition(":")[2]) > 7233
            assert await Client.connect(temporal.address)


async def test_a_wished_port_that_is_taken_is_refused(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port}"):
            await EmbeddedTemporal(data, port=port).start()


async def test_a_port_that_another_process_takes_meanwhile_gives_way_too(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporal = on_any_port(data)
    choose = temporal._ports  # pyright: ignore[reportPrivateUsage]
    with socket.socket() as quicker:
        quicker.bind(("127.0.0.1", 0))
        taken = quicker.getsockname()[1]
        choices = iter([(taken, free_port("127.0.0.1", 0, explicit=True))])
        monkeypatch.setattr(temporal, "_ports", lambda: next(choices, None) or choose())
        async with temporal:
            assert temporal.address != f"127.0.0.1:{taken}"


async def test_a_server_that_does_not_start_shows_the_end_of_its_log(data: Path) -> None:
    (data / "temporal.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(TemporalFailed, match="file is not a database"):
        await on_any_port(data).start()
    assert not (data / "temporal.json").exists()


async def test_the_server_of_a_killed_owner_is_ended_before_ours_starts(
    data: Path, orphan: int
) -> None:
    assert runs(orphan, "start-dev")
    async with on_any_port(data) as temporal:
        assert not runs(orphan, "start-dev")
        assert temporal.pid != orphan


async def test_a_noted_pid_that_now_belongs_to_another_process_is_left_alone(
    data: Path, other: int
) -> None:
    (data / "temporal.json").write_text(f'{{"pid":{other},"port":1,"ui_port":2}}')
    async with on_any_port(data):
        assert runs(other, "-c")


async def test_a_server_that_was_killed_can_be_stopped_and_started_again(data: Path) -> None:
    temporal = on_any_port(data)
    await temporal.start()
    os.kill(temporal.pid, signal.SIGKILL)
    await temporal.stop()
    await temporal.stop()
    async with temporal:
        assert await Client.connect(temporal.address)


async def test_a_start_that_is_given_up_leaves_no_server_behind(data: Path) -> None:
    temporal = on_any_port(data)
    starting = asyncio.create_task(temporal.start())
    await asyncio.sleep(0.1)
    pid = temporal.pid
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not runs(pid, "start-dev")


async def test_ctrl_c_in_the_terminal_does_not_reach_the_server(data: Path) -> None:
    async with on_any_port(data) as temporal:
        assert os.getsid(temporal.pid) != os.getsid(0)


async def test_its_files_are_for_its_owner_only(data: Path) -> None:
    async with on_any_port(data):
        for name in ("temporal.db", "temporal.log"):
            assert (data / name).stat().st_mode & 0o077 == 0


async def test_a_missing_package_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(PackageMissing, match=r"pip install 'kreislauf\[embedded\]'"):
        await on_any_port(data).start()
