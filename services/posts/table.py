"""The posts as a table to take along."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from domain.posts.post import is_filled, is_funded, share_on, stage_of
from services.posts.reading import PostAt
from services.results_files.exports import Cell
from services.texts.catalogue import InBoth
from services.texts.language import Language
from services.texts.names import Names
from services.texts.words import word


class TableWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file wording.toml."""

    title: InBoth
    source: InBoth
    protection: InBoth
    yes: InBoth
    no: InBoth
    headings: Mapping[str, InBoth]


@cache
def table_words() -> TableWords:
    text = files("services.posts").joinpath("wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), TableWords)


def headings(language: Language) -> Sequence[str]:
    return [heading[language] for heading in table_words().headings.values()]


def rows(
    posts: Iterable[PostAt], day: date, names: Names, language: Language
) -> Sequence[Sequence[Cell]]:
    """A row for each post as it stands on the day; of people it says nothing."""
    return [_row(this, day, names, language) for this in posts]


def _row(this: PostAt, day: date, names: Names, language: Language) -> Sequence[Cell]:
    post, record = this.post, this.post.record
    last = record.fundings[-1] if record.fundings else None
    waiting = [proof.due for proof in record.proofs.values() if proof.submitted_on is None]

    def said(value: bool) -> str:  # noqa: FBT001 (it is what is said)
        return (table_words().yes if value else table_words().no)[language]

    return [
        record.key,
        word(record.part, language, of="post"),
        names.municipalities.get(record.municipality, record.municipality),
        names.organisations.get(record.employer, record.employer),
        word(stage_of(post), language, of="post"),
        float(Decimal(share_on(post, day)) / 100),
        said(is_filled(post, day)),
        said(is_funded(post, day)),
        record.since,
        last.starts_on if last else None,
        last.ends_on if last else None,
        float(Decimal(last.per_year) / 100) if last and last.per_year else None,
        last.notice if last else "",
        min(waiting, default=None),
        said(this.is_imported),
        said(record.assumed),
    ]
