"""Something that happens in the very moment in which a process hands in a command, once."""

from collections.abc import Awaitable, Callable
from functools import cached_property

from domain.kernel import Command
from workflows.commissions import Commission

Happening = Callable[[], Awaitable[object]]


class Interrupting:
    """What the records that get into a process's way have in common.

    `before` a command of this type is handed in, it happens once.
    """

    @cached_property
    def before(self) -> dict[type[Command], Happening]:
        return {}

    @cached_property
    def handed_in(self) -> list[Commission]:
        return []

    async def interrupt(self, commission: Commission) -> None:
        """To be awaited before the commission is handed in."""
        self.handed_in.append(commission)
        for kind in [kind for kind in self.before if isinstance(commission.command, kind)]:
            await self.before.pop(kind)()

    def count(self, kind: type[Command]) -> int:
        """How often the process handed in a command of this type."""
        return sum(isinstance(commission.command, kind) for commission in self.handed_in)
