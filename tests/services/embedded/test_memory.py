"""PostgreSQL gets its share of the memory there is, and no more."""

import os
from pathlib import Path

import pytest

from services.embedded import memory

GIB = 2**30


def machine_with(gib: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with so much memory."""
    of_it = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gib * GIB) // 4096}
    monkeypatch.setattr(os, "sysconf", of_it.__getitem__)


@pytest.mark.parametrize(
    ("gib", "share"), [(0.5, "128MB"), (2, "256MB"), (4, "512MB"), (24, "1024MB")]
)
def test_it_is_an_eighth_of_the_machines_but_neither_little_nor_much(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gib: float, share: str
) -> None:
    machine_with(gib, monkeypatch)
    monkeypatch.setattr(memory, "LIMIT", tmp_path / "there is none")
    assert memory.shared_buffers() == share


@pytest.mark.parametrize(("limit", "share"), [(str(2 * GIB), "256MB"), ("max", "512MB")])
def test_a_container_that_may_have_less_than_the_machine_gives_of_that(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, limit: str, share: str
) -> None:
    machine_with(4, monkeypatch)
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    monkeypatch.setattr(memory, "LIMIT", tmp_path / "memory.max")
    assert memory.shared_buffers() == share
