"""Passwords that cost next to nothing, and what a check of them costs.

A fifth of a second each is no concern of the pages. What they cost in production is tested where
they are kept and at the door.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from services.identity.passwords import Passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Watched(PasswordHasher):
    """Notes with which parameters each password is checked: they decide how long it takes."""

    def __init__(self) -> None:
        super().__init__()
        self.checked: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.checked.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


@contextmanager
def quickly_checked() -> Iterator[None]:
    """Whoever begins to serve meanwhile keeps and checks passwords quickly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("services.identity.entrance.Passwords", partial(Passwords, hasher=QUICK))
        yield
