"""How facts are put into a sentence: placeholders, what they may say, and optional parts."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from datetime import date, datetime
from enum import Enum
from string import Formatter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.annual_report.prose import PLACEHOLDER
from domain.assessments.events import Missing
from domain.concepts.events import Answer, Invitation, Position, Reply
from domain.findings.events_theme import Source
from domain.kernel import Erased, Role
from domain.posts.terms import Funding
from domain.steering.mandate import kind_of
from domain.working_groups.events import Present
from services.catalogues.course_types import course_types
from services.catalogues.sectors import sectors
from services.texts.catalogue import words
from services.texts.findings import part, places
from services.texts.language import Language
from services.texts.names import Names
from services.texts.rules import rules_in_words
from services.texts.words import (
    all_of,
    day,
    erased,
    euros,
    moment,
    number,
    one_of,
    quoted,
    shares,
    word,
)

ZONE = "Europe/Berlin"
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
SEPARATOR = ", "
"""Errors carry lists as text: `coordinator, case-manager`."""


class _Blank(str):
    """The name of a fact that is not known, as in a text that explains a kind of problem."""

    __slots__ = ()


class Wording(Formatter):
    """Puts facts into sentences of one language.

    `{due}` is written as its type demands: dates, numbers, code words of enumerations, lists.
    `{stage:word}` says what a text is; the words after the colon are the keys of `forms`.
    `{assumed:yes|no}` chooses: the first for true, for 1 and for a list of one.
    `[A part in brackets]` is left out if a fact in it is missing or empty.
    """

    def __init__(self, language: Language, names: Names) -> None:
        self._language: Language = language
        self._names = names
        self.forms: Mapping[str, Callable[[Any], str]] = {
            "word": lambda value: word(value, language),
            "words": lambda value: all_of([word(v, language) for v in _parts(value)], language),
            "choice": lambda value: one_of([word(v, language) for v in _parts(value)], language),
            "session": lambda value: word(value, language, of="session"),
            "reminder": lambda value: word(value, language, of="reminder"),
            "theme": lambda value: word(value, language, of="theme"),
            "mandate": lambda value: word(value, language, of="mandate"),
            "kind": lambda value: word(kind_of(value), language),
            "agreement": lambda value: word(value, language, of="agreement"),
            "seat": lambda value: word(value, language, of="seat"),
            "seat-name": lambda value: self._named(names.seats, value),
            "item-kind": lambda value: word(value, language, of="item"),
            "manner": lambda value: word(value, language, of="manner"),
            "rules": lambda value: rules_in_words(value, language),
            "part": lambda value: part(str(value), language),
            "places": lambda value: places(str(value), language),
            "moment": self._moment_of,
            "day": self._day_of,
            "account": lambda value: self.name_of(str(value)),
            "municipality": lambda value: self._named(names.municipalities, value),
            "organisation": lambda value: self._named(names.organisations, value),
            "area": lambda value: self._named(
                {**names.organisations, **names.municipalities}, value
            ),
            "section": lambda value: self._named(names.sections, value),
            "sections": self._sections,
            "item": self._items,
            "asked": self._asked,
            "replied": self._replied,
            "present": self._present,
            "missing": self._missing,
            "answers": self._answers,
            "counts": self._counts,
            "count": lambda value: number(len(value), language),
            "field": self._field,
            "course-level": lambda value: word(str(value).upper(), language),
            "offer": lambda value: word(value, language, of="offer"),
            "offer-field": lambda value: word(value, language, of="offer-field"),
            "course-type": self._course_type,
            "report": lambda value: word(value, language, of="report"),
            "need": lambda value: word(value, language, of="need"),
            "sector": self._sector,
            "post": lambda value: word(value, language, of="post"),
            "plain": str,
            "shares": lambda value: shares(value, language),
            "funding": self._funding,
            "theme-title": lambda value: self._named(names.themes, str(value)),
            "origins": self._origins,
            "prose": lambda value: PLACEHOLDER.sub("…", str(value)),
        }

    def fill(self, template: str, facts: Mapping[str, object]) -> str:
        """The sentence. A fact that is missing outside the optional parts stays as `{stage}`."""
        kept = OPTIONAL.sub(lambda part: part[1] if _is_known(part[1], facts) else "", template)
        return self.vformat(kept, (), facts)

    def name_of(self, account: str) -> str:
        """What an account is called, or that its name was erased; a process by its role.

        Whoever runs the commands of the service is called after where they do.
        """
        if "/" in account and account not in self._names.accounts:
            return word(Role.PROCESS, self._language)
        known = self._names.accounts.get(account)
        return word(account, self._language) if known is None else self._plain(known)

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        try:
            return super().get_field(field_name, args, kwargs)
        except KeyError:
            return _Blank(field_name), field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, _Blank):
            return f"{{{value}}}"
        if "|" in format_spec:
            one, _, other = format_spec.partition("|")
            return one if _is_one(value) else other
        if format_spec:
            return self.forms[format_spec](value)
        return self._plain(value)

    def _plain(self, value: object) -> str:
        match value:
            case Enum():
                return word(value.value, self._language)
            case datetime():
                return moment(value, self._language, ZoneInfo(ZONE))
            case date():
                return day(value, self._language)
            case int():
                return number(value, self._language)
            case Erased():
                return erased(value, self._language, ZoneInfo(ZONE))
            case _:
                return str(value)

    def _moment_of(self, value: datetime | str) -> str:
        """A point in time, also as ISO 8601 text; other text, or one beyond calendars, as it is."""
        try:
            at = datetime.fromisoformat(value) if isinstance(value, str) else value
            return moment(at, self._language, ZoneInfo(ZONE))
        except (ValueError, OverflowError):
            return str(value)

    def _day_of(self, value: date | str) -> str:
        """A day, also as ISO 8601 text; other text as it is."""
        try:
            return day(date.fromisoformat(str(value)[:10]), self._language)
        except ValueError:
            return str(value)

    def _named(self, names: Mapping[str, str], value: str | Iterable[str]) -> str:
        return all_of([names.get(key, key) for key in _parts(value)], self._language)

    def _sections(self, value: str | Iterable[str]) -> str:
        titles = [self._names.sections.get(key, key) for key in _parts(value)]
        return all_of([quoted(title, self._language) for title in titles], self._language)

    def _items(self, value: UUID | Iterable[UUID]) -> str:
        """The titles of one item of an agenda, or of several."""
        items = [value] if isinstance(value, UUID) else value
        titles = [self._names.items.get(str(item), str(item)) for item in items]
        return all_of([quoted(title, self._language) for title in titles], self._language)

    def _asked(self, invitations: Iterable[Invitation]) -> str:
        """The organisations that have something to answer."""
        asked = [invitation.organisation for invitation in invitations if invitation.asked]
        return self._named(self._names.organisations, asked)

    def _replied(self, replies: Iterable[Reply]) -> str:
        """The organisations whose objections were weighed, each once."""
        organisations = dict.fromkeys(reply.organisation for reply in replies)
        return self._named(self._names.organisations, list(organisations))

    def _present(self, attended: Iterable[Present]) -> str:
        """Who was there, and as what."""
        return all_of(
            [
                f"{self._named(self._names.organisations, one.organisation)}"
                f" ({word(one.part, self._language)})"
                for one in attended
            ],
            self._language,
        )

    def _missing(self, missing: Iterable[Missing]) -> str:
        """The colleges with results to come."""
        return self._named(self._names.organisations, [one.college for one in missing])

    def _answers(self, answers: Sequence[Answer]) -> str:
        """What was said, and to which sections."""
        said = {
            position: [answer.section for answer in answers if answer.position is position]
            for position in Position
        }
        return SEPARATOR.join(
            f"{word(position, self._language)} ({self._sections(sections)})"
            for position, sections in said.items()
            if sections
        )

    def _field(self, key: str) -> str:
        """What a finding is about, as the catalogue calls it."""
        known = self._names.fields.get(key)
        return quoted(known[self._language] if known else key, self._language)

    def _course_type(self, key: str) -> str:
        """What the catalogue calls a type of course; the key if it is not there any more."""
        known = course_types().entries.get(key)
        return quoted(known.name(self._language) if known else key, self._language)

    def _sector(self, key: str) -> str:
        """What the catalogue calls a section of trades; the key if it is none."""
        known = sectors().get(key)
        return quoted(known[self._language] if known else key, self._language)

    def _funding(self, value: Funding | Iterable[Funding]) -> str:
        """Periods for which a post is funded, each with what is known of its grant."""
        fundings = [value] if isinstance(value, Funding) else value
        known = [(one, euros(one.per_year or 0, self._language)) for one in fundings]
        template = {
            "de": "{from:day} bis {until:day}[, {grant} im Jahr][, Bescheid {notice}]",
            "en": "{from:day} to {until:day}[, {grant} a year][, notice {notice}]",
        }[self._language]
        return "; ".join(
            self.fill(
                template,
                {
                    "from": one.starts_on,
                    "until": one.ends_on,
                    "grant": grant if one.per_year else "",
                    "notice": one.notice,
                },
            )
            for one, grant in known
        )

    def _origins(self, sources: Iterable[Source]) -> str:
        """The kinds of where a theme comes from, each once."""
        kinds = dict.fromkeys(word(source.kind, self._language) for source in sources)
        return all_of(list(kinds), self._language)

    def _counts(self, positions: Mapping[str, int]) -> str:
        """How many said what, also that nobody did."""
        return SEPARATOR.join(
            self.fill(f"{{n}} {{n:{forms[self._language]}}}", {"n": positions.get(position, 0)})
            for position, forms in words().counted.items()
        )


def _is_known(template: str, facts: Mapping[str, object]) -> bool:
    fields = [field for _, field, _, _ in Formatter().parse(template) if field]
    return all(_has_content(facts.get(field.partition(".")[0])) for field in fields)


def _has_content(value: object) -> bool:
    return bool(value.strip(SEPARATOR) if isinstance(value, str) else value)


def _is_one(value: object) -> bool:
    return (len(value) if isinstance(value, Sized) else value) == 1


def _parts(value: str | Iterable[object]) -> list[str]:
    """The single values of a list, or of a text that lists them."""
    values = value.split(SEPARATOR) if isinstance(value, str) else value
    return [str(part) for part in values if part]
