"""What administrators read of a mail, from the file wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from services.texts import Language
from services.texts.catalogue import InBoth


class MailWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words by code."""

    kinds: Mapping[str, InBoth]
    states: Mapping[str, InBoth]
    troubles: Mapping[str, InBoth]


@cache
def mail_words() -> MailWords:
    text = (files("services.mail") / "wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), MailWords)


def kind_in_words(template: str, language: Language) -> str:
    return mail_words().kinds[template][language]


def state_in_words(state: str, language: Language) -> str:
    return mail_words().states[state][language]


def trouble_in_words(trouble: str, language: Language) -> str:
    """The sentence; none if nothing keeps the mail."""
    return mail_words().troubles[trouble][language] if trouble else ""
