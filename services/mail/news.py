"""News: a mail to everybody in an audience."""

from collections.abc import Mapping

import msgspec

from services.mail.audiences import Audience


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever is in several audiences gets one mail of a template, or one for each `apart`."""

    template: str
    to: Audience
    facts: Mapping[str, str]
    apart: str = ""
