"""How the desk asks for what a decision looks at beside its own aggregate."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from domain.kernel import Aggregate, Command, Context
from services.orders import Order

AnyAggregate: TypeAlias = Aggregate[Any, Any, Any, Any]
FurtherContext: TypeAlias = Callable[[Any, Context], Awaitable[Context]]
Asked: TypeAlias = Mapping[type[Command], tuple[AnyAggregate, FurtherContext]]
"""The aggregate and the further context of each command."""


class Contexts(ABC):
    """What the desk has to know of the commands of one context."""

    @abstractmethod
    def table(self) -> Asked:
        """Which commands these are."""

    async def area(self, order: Order, state: Any, /) -> object:  # noqa: ARG002 (some ask it)
        """What the command is about, for whoever may do this in their own area only.

        `state` is its aggregate, and mostly the answer.
        """
        return state


async def plain(_: Command, context: Context) -> Context:
    """Nothing more than who asks and when."""
    return context
