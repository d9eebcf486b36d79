"""A role a person holds."""

from datetime import datetime

import msgspec

from domain.kernel import Role


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role a person holds. The span includes `since` and excludes `until`.

    `substitutes` is the account whose role it is, if the person acts in somebody's absence.
    """

    role: Role
    organisation: str
    municipality: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    substitutes: str = ""

    def holds_at(self, moment: datetime) -> bool:
        begun = self.since is None or self.since <= moment
        return begun and (self.until is None or moment < self.until)

    def meets(self, since: datetime, until: datetime) -> bool:
        """Whether it holds at some moment of this span."""
        begins = self.since is None or self.since < until
        return begins and (self.until is None or since < self.until)
