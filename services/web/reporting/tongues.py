"""In which language a company reads: German and English are ours, each further one is a file.

The file is called by its tag (`uk.toml`) and says `name` (the language in itself), `direction`
(`ltr` or `rtl`) and the texts by the keys the pages have for them, as in
`[texts.reporting.start]`, and for what one chooses from, as in `[texts.choice.levels]`.
What it does not have stays German.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from litestar import Request

from services.settings import Settings
from services.texts.language import LANGUAGES, Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording
from services.web.language import language_of
from services.web.texts import say, sentences

CHOSEN = "sprache"
"""In the query: other sites that show the form cannot have our cookie."""

OURS: Mapping[Language, str] = {"de": "Deutsch", "en": "English"}
AREA = "reporting."


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    texts: Mapping[str, Any]


class Tongue(msgspec.Struct, frozen=True, kw_only=True):
    """A language of these pages. `base`: what dates, and whatever is missing, are written in."""

    tag: str
    name: str
    direction: Literal["ltr", "rtl"] = "ltr"
    base: Language = "de"
    texts: Mapping[str, str] = {}

    @property
    def is_complete(self) -> bool:
        """Whether every text of these pages is in it."""
        wanted = {key for key in sentences() if key.startswith(AREA)}
        return self.tag in LANGUAGES or wanted <= self.texts.keys()

    def say(self, key: str, **facts: object) -> str:
        """The text with its facts put in; raises KeyError if there is none even in German."""
        own = self.texts.get(key)
        if own is None:
            return say(key, self.base, facts)
        return Wording(self.base, NAMELESS).fill(own, facts)

    def choice(self, group: str, key: str, name: str) -> str:
        """What one of several is called here; `name` is what it is called otherwise."""
        return self.texts.get(f"choice.{group}.{key}", name)


def tongues(settings: Settings) -> Sequence[Tongue]:
    """All languages of these pages: ours, then those of the folder by their tags."""
    return _all(settings.report_languages)


def tongue_of(request: Request[Any, Any, Any], settings: Settings) -> Tongue:
    """The one that was chosen, or else the one the person reads elsewhere."""
    known = {tongue.tag: tongue for tongue in tongues(settings)}
    return known.get(request.query_params.get(CHOSEN, "")) or known[language_of(request)]


@cache
def _all(folder: Path | None) -> Sequence[Tongue]:
    """Raises msgspec.ValidationError or tomllib.TOMLDecodeError, naming the file."""
    ours = [Tongue(tag=tag, name=OURS[tag], base=tag) for tag in LANGUAGES]
    files = sorted(folder.glob("*.toml")) if folder else []
    return [*ours, *(_read(file) for file in files if file.stem not in LANGUAGES)]


def _read(file: Path) -> Tongue:
    try:
        found = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        error.add_note(str(file))
        raise
    return Tongue(
        tag=file.stem, name=found.name, direction=found.direction, texts=_flat("", found.texts)
    )


def _flat(prefix: str, table: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, str):
            found[f"{prefix}{key}"] = value
        else:
            found |= _flat(f"{prefix}{key}.", value)
    return found
