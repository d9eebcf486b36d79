"""What a file would change in what is recorded, shown before it is applied."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from domain.assessments.commands_class import Row
from domain.assessments.results import PartScore, Result

SCORE_FIELDS = ("exact", "recognition", "omitted", "gaps")
RESULT_FIELDS = ("taken_on", "attendance", "accommodation", "form")


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """`field` is a field of the result or, with `part`, of that part's score.

    `old` or `new` is None where the part had or has no score.
    """

    field: str
    old: str | int | None
    new: str | int | None
    part: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    pseudonym: str
    fields: tuple[FieldChange, ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Pseudonyms in the order of the file. Those `absent` are recorded and not in the file.

    What is absent from a file is not deleted by it.
    """

    new: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    changed: tuple[Change, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether applying the file would change nothing."""
        return not self.new and not self.changed


def difference(recorded: Mapping[str, Result], rows: Iterable[Row]) -> Difference:
    """Compare the rows of a file with the recorded results by pseudonym.

    The order of scores and accommodations makes no difference.
    """
    new: list[str] = []
    same: list[str] = []
    changed: list[Change] = []
    named: set[str] = set()
    for row in rows:
        named.add(row.pseudonym)
        old = recorded.get(row.pseudonym)
        if old is None:
            new.append(row.pseudonym)
        elif fields := tuple(_changes(old, row.result)):
            changed.append(Change(pseudonym=row.pseudonym, fields=fields))
        else:
            same.append(row.pseudonym)
    return Difference(
        new=tuple(new),
        same=tuple(same),
        changed=tuple(changed),
        absent=tuple(who for who in recorded if who not in named),
    )


def _changes(old: Result, new: Result) -> Iterator[FieldChange]:
    for field in RESULT_FIELDS:
        before, after = _shown(old, field), _shown(new, field)
        if before != after:
            yield FieldChange(field=field, old=before, new=after)
    scores, others = _by_part(old), _by_part(new)
    for part in dict.fromkeys((*scores, *others)):
        for field in SCORE_FIELDS:
            before, after = _score(scores.get(part), field), _score(others.get(part), field)
            if before != after:
                yield FieldChange(field=field, old=before, new=after, part=part)


def _shown(result: Result, field: str) -> str | None:
    value = getattr(result, field)
    if field == "accommodation":
        return ", ".join(sorted(set(value)))
    return None if value is None else str(value)


def _by_part(result: Result) -> dict[str, PartScore]:
    return {score.part: score for score in result.scores}


def _score(score: PartScore | None, field: str) -> str | int | None:
    return None if score is None else getattr(score, field)
