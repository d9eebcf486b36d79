"""An object of OParl as it follows from the log, before it is known since when it is as it is."""

from typing import Any
from uuid import UUID

import msgspec

from services.oparl.addresses import Kind, path_of
from services.papers.paper import Paper


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """Stands for a whole object inside another one, without the field that leads back."""

    path: str
    without: str


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """`fields` are those of OParl; empty ones are left out.

    `organization` is the path of the one in whose list it stands. `account` is whose name belongs
    to it, which is in the log alone. `paper` is what a file has in it; its size follows from that.
    """

    kind: Kind
    key: UUID
    fields: dict[str, Any]
    organization: str | None = None
    account: str | None = None
    paper: Paper | None = None

    @property
    def path(self) -> str:
        return path_of(self.kind, self.key)

    def inside(self, without: str) -> Inside:
        """This object within the one that `without` leads back to."""
        return Inside(path=self.path, without=without)
