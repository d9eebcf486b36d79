"""Given, when, then for an aggregate: a test reads as the rule it checks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, Self, TypeVar

import msgspec
import pytest

from domain.kernel import Actor, Aggregate, Command, Context, DomainError, Event

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)
S = TypeVar("S")
X = TypeVar("X", bound=Context)


class Scenario(Generic[C, E, S, X]):
    """`concept.given(OPENED).when(command, by=ADA, at=MONDAY).then(DRAFTED)`.

    `context` says who acts, when, and what else is known unless a scenario says otherwise.
    """

    def __init__(self, aggregate: Aggregate[C, E, S, X], context: X) -> None:
        self._aggregate = aggregate
        self._context = context
        self._given: tuple[E, ...] = ()
        self._command: C | None = None

    def given(self, *events: E) -> Self:
        scenario = self._copy()
        scenario._given = events
        return scenario

    def knowing(self, **facts: Any) -> Self:
        """Decide with these facts of the context, e.g. `municipality=…`."""
        scenario = self._copy()
        scenario._context = msgspec.structs.replace(self._context, **facts)
        return scenario

    def when(self, command: C, *, by: Actor | None = None, at: datetime | None = None) -> Self:
        who_and_when = {"by": by or self._context.by, "at": at or self._context.at}
        scenario = self.knowing(**who_and_when)
        scenario._command = command
        return scenario

    def decided(self) -> Sequence[E]:
        """The events, for a `then` about a part of them."""
        assert self._command is not None, "a scenario needs a when()"
        state = self._aggregate.replay(self._given)
        return self._aggregate.decide(self._command, state, self._context)

    def then(self, *expected: E) -> None:
        assert list(self.decided()) == list(expected)

    def then_nothing(self) -> None:
        """It is already so."""
        self.then()

    def then_refused(self, error: type[DomainError], **facts: object) -> None:
        """For this reason; with `facts`, these are all the facts of the refusal."""
        with pytest.raises(error) as refusal:
            self.decided()
        if facts:
            assert refusal.value.facts == facts

    def _copy(self) -> Self:
        scenario = type(self)(self._aggregate, self._context)
        scenario._given = self._given
        scenario._command = self._command
        return scenario
