"""Signing the log of a service under test as it grows."""

from datetime import timedelta

from services.ledger.sealing import Sealer
from tests.support.stack import Stack


def sealer_of(stack: Stack, milliseconds: int = 10) -> Sealer:
    pause = timedelta(milliseconds=milliseconds)
    return Sealer(stack.runtime.pool, stack.runtime.master, origin="log.example", pause=pause)
