"""What a search finds: hits of several kinds, and which titles fit what is looked for."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from services.api.directory import in_german_order
from services.identity.principal import Principal
from services.texts import Language

MOST = 10


class HitKind(StrEnum):
    """What was found."""

    CONCEPT = "concept"
    ROUND = "round"
    CLASS = "class"
    THEME = "theme"
    SESSION = "session"
    RESOLUTION = "resolution"
    GROUP = "working-group"
    REPORT = "company-report"
    POST = "post"
    ORGANISATION = "organisation"
    PERSON = "person"
    ENTRY = "entry"


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """Something found. `line` says more of it, in the language of the request.

    `id` is the key of an organisation, the log position of an entry, and of all else its id.
    """

    kind: HitKind
    title: str
    line: str
    id: str


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for, by whom, when."""

    text: str
    person: Principal
    at: datetime
    language: Language


def fitting(asked: Asked, all_of_them: Iterable[Hit]) -> Sequence[Hit]:
    """The first of those with the text in their title, in German order.

    Not by the database: its locale may know capitals of English letters only, so that `BÜREN`
    would not find `Büren`, and people's names are not in it.
    """
    looked_for = _plain(asked.text)
    found = [hit for hit in all_of_them if looked_for in _plain(hit.title)]
    return sorted(found, key=lambda hit: in_german_order(hit.title))[:MOST]


def _plain(text: str) -> str:
    """As it is compared: capitals, the way umlauts are composed, and rows of blanks count not."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
