"""How many requests one account may send: counted in the memory of each process.

What is limited is a program gone wild or a stolen session, not a person, so the count need not be
exact over all processes, and costs no statement.
"""

from time import monotonic

MANY = 10_000
"""With so many accounts, those that have sent nothing for a while are forgotten."""

MINUTE = 60.0


class Pace:
    """So many requests at once, and from then on so many a minute, for each account."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._each = MINUTE / per_minute
        self._full: dict[str, float] = {}
        """When everything that an account has sent will have been let through evenly."""

    def wait(self, account: str, now: float | None = None) -> float:
        """So many seconds until the next request; 0 if this one may go on, and it counts then.

        `now`: of a clock that never goes back.
        """
        now = monotonic() if now is None else now
        full = max(self._full.get(account, now), now) + self._each
        if full - now > MINUTE:
            return full - now - MINUTE
        if len(self._full) >= MANY and account not in self._full:
            self._full = {one: until for one, until in self._full.items() if until > now}
        self._full[account] = full
        return 0.0
