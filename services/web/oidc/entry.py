"""What the browser keeps while its person is at the provider, and the button that leads there."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

import msgspec
from litestar.datastructures import Cookie

from services.identity.oidc import Attempt, attempt_name
from services.settings import Settings
from services.web.door import inner_path

START = "/anmelden/oidc"
NAMES = {True: "__Host-kreislauf-oidc-", False: "kreislauf-oidc-"}
"""By whether people reach us by https; browsers keep the first kind from other hosts."""

TEN_MINUTES = 600
MOST = 4
"""So many attempts may be under way in one browser; the others are given up."""


class WayIn(msgspec.Struct, frozen=True, kw_only=True):
    """The button for `sign_in/_oidc.html`; `name` is what people call their account there."""

    name: str | None
    address: str


def way_in(settings: Settings, target: str | None = None) -> WayIn | None:
    """The way in by the provider and on to the target; None if there is no provider."""
    if settings.oidc_issuer is None:
        return None
    inner = inner_path(target)
    query = f"?weiter={quote(inner, safe='/')}" if inner != "/" else ""
    return WayIn(name=settings.oidc_name, address=f"{START}{query}")


class Attempts:
    """The attempts of one browser, a cookie for each."""

    def __init__(self, cookies: Mapping[str, str], *, encrypted: bool) -> None:
        self._cookies = cookies
        self._prefix = NAMES[encrypted]
        self._encrypted = encrypted

    def of(self, state: str) -> Attempt | None:
        """The one with this state."""
        kept = self._cookies.get(self._prefix + attempt_name(state))
        return Attempt.of(kept) if kept else None

    def keep(self, attempt: Attempt) -> list[Cookie]:
        """Keep one more, and give up those that are too many."""
        known = [name for name in self._cookies if name.startswith(self._prefix)]
        return [
            self._cookie(self._prefix + attempt.name, attempt.kept, TEN_MINUTES),
            *self._ended(known[MOST - 1 :]),
        ]

    def end(self, state: str) -> list[Cookie]:
        """An attempt ends with its first answer, whatever that is."""
        return self._ended([self._prefix + attempt_name(state)])

    def _ended(self, names: Iterable[str]) -> list[Cookie]:
        return [self._cookie(name, "", 0) for name in names if name in self._cookies]

    def _cookie(self, name: str, value: str, seconds: int) -> Cookie:
        return Cookie(
            key=name,
            value=value,
            max_age=seconds,
            path="/",
            secure=self._encrypted,
            httponly=True,
            samesite="lax",  # the way back begins at the provider's
        )
