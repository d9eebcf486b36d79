"""The templates of mails: facts into the sentences of a language, sentences into a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from services.catalogues.course_types import course_types
from services.mail.blocks import Block, as_html, link, plain
from services.texts import Language, Names
from services.texts.words import all_of, day, moment, number, word


class Words:
    """Fills templates in one language, with what keys are called and the clock of a zone."""

    def __init__(self, language: Language, names: Names, zone: ZoneInfo) -> None:
        self.language: Language = language
        self._about = {"language": language, "names": names, "zone": zone}

    def fill(self, template: str, facts: Mapping[str, object]) -> str:
        """The template with its facts. Raises UndefinedError if one is missing."""
        found = _texts().get_template(f"{template}.{self.language}.txt")
        return found.render({**facts, **self._about})


def subject_of(filled: str) -> str:
    """The first line."""
    return plain(filled.lstrip().partition("\n")[0])


def laid_out(
    language: Language, subject: str, blocks: Sequence[Block], footer: Sequence[Block]
) -> str:
    """The blocks as a page of HTML."""
    return _layout().render(
        language=language,
        subject=subject,
        body=Markup(as_html(blocks)),  # noqa: S704 (each block is escaped)
        footer=Markup(as_html(footer)),  # noqa: S704
    )


@cache
def _texts() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=False,  # noqa: S701 (it is plain text; what becomes HTML of it is escaped)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=plain,
    )
    filters: Mapping[str, Any] = {
        "organisation": _organisation,
        "municipality": _municipality,
        "moment": _moment,
        "day": _day,
        "number": _number,
        "part": _part,
        "course": _course,
    }
    more: Mapping[str, Any] = {"button": link, "linked": link}
    environment.filters.update(filters)
    environment.globals.update(more)
    return environment


@cache
def _layout() -> Any:
    return Environment(loader=FunctionLoader(_source), autoescape=True).get_template("_layout.html")


def _source(name: str) -> str:
    return (files("services.mail") / "templates" / name).read_text(encoding="utf-8")


@pass_context
def _organisation(context: Context, keys: str) -> str:
    """One or several, as in `jobcenter, caritas`."""
    return _named(context["names"].organisations, keys, context["language"])


@pass_context
def _municipality(context: Context, keys: str) -> str:
    return _named(context["names"].municipalities, keys, context["language"])


@pass_context
def _moment(context: Context, at: str) -> str:
    return moment(datetime.fromisoformat(at), context["language"], context["zone"])


@pass_context
def _day(context: Context, at: str) -> str:
    on = datetime.fromisoformat(at).astimezone(context["zone"]).date()
    return day(on, context["language"])


@pass_context
def _number(context: Context, count: str | int) -> str:
    return number(int(count), context["language"])


@pass_context
def _part(context: Context, code: str) -> str:
    """The part of the programme a post is granted in."""
    return word(code, context["language"], of="post")


@pass_context
def _course(context: Context, key: str) -> str:
    """The type of a course."""
    entry = course_types().entries.get(key)
    return entry.name(context["language"]) if entry else key


def _named(names: Mapping[str, str], keys: str, language: Language) -> str:
    return all_of([names.get(key, key) for key in keys.split(", ")], language)
