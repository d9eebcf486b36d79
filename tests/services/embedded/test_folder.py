import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.embedded.folder import (
    DataFolder,
    FolderInUse,
    FolderUnusable,
    PortTaken,
    free_port,
    runs,
)

HOLD = """
import sys, time
from pathlib import Path
from services.embedded.folder import DataFolder
with DataFolder(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds `tmp_path / "data"`."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.fixture
def taken() -> Iterator[int]:
    """A port someone listens on, with a free one above it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with DataFolder(tmp_path / "new" / "data") as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700


def test_a_second_up_on_the_same_folder_says_who_holds_it(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(FolderInUse) as caught, DataFolder(tmp_path / "data"):
        pass
    assert caught.value.pid == holder.pid
    assert f"in use by process {holder.pid}" in str(caught.value)


def test_a_folder_whose_holder_was_killed_is_free(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with DataFolder(tmp_path / "data") as folder:
        assert (folder.path / "lock").read_text() == f"{os.getpid()}\n"


def test_a_folder_that_was_left_can_be_held_again(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with folder:
        pass
    with folder, pytest.raises(FolderInUse), DataFolder(tmp_path / "data"):
        pass


def test_two_names_of_one_folder_are_one_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "data")
    with (
        DataFolder(tmp_path / "data"),
        pytest.raises(FolderInUse),
        DataFolder(tmp_path / "link"),
    ):
        pass


def test_a_folder_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(FolderUnusable, match="not a directory"),
        DataFolder(tmp_path / "file" / "data"),
    ):
        pass


def test_a_preferred_port_that_is_free_is_taken() -> None:
    free = free_port("127.0.0.1", 0)
    assert free_port("127.0.0.1", free) == free


def test_a_preferred_port_that_is_taken_gives_way_to_one_above_it(taken: int) -> None:
    assert taken < free_port("127.0.0.1", taken) <= taken + 50


def test_an_explicit_port_that_is_taken_is_refused(taken: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken} of 127.0.0.1 cannot be used") as caught:
        free_port("127.0.0.1", taken, explicit=True)
    assert caught.value.port == taken


def test_a_port_everyone_listens_on_is_taken_for_one_address_too() -> None:
    with socket.create_server(("", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(PortTaken):
            free_port("127.0.0.1", port, explicit=True)


def test_a_port_with_connections_that_have_just_ended_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            listener.accept()[0].close()  # the server ends it first, so its end stays for a minute
    assert free_port("127.0.0.1", port, explicit=True) == port


def test_a_host_that_is_not_this_machine_is_refused() -> None:
    with pytest.raises(PortTaken, match=r"Port 8000 of 192\.0\.2\.1 cannot be used: cannot assign"):
        free_port("192.0.2.1", 8000)


def test_no_port_is_tried_beyond_the_last_one() -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 65_535))
        listener.listen()
        with pytest.raises(PortTaken):
            free_port("127.0.0.1", 65_535)


def test_a_process_runs_only_under_its_own_words(holder: subprocess.Popen[str]) -> None:
    assert runs(holder.pid, "-c")
    assert not runs(holder.pid, "start-dev")
    holder.kill()
    os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT)
    assert not runs(holder.pid, "-c"), "a zombie does not run"
