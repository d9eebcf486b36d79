"""What the report says otherwise than the text that was given out last."""

from collections.abc import Mapping, Sequence

import msgspec

from services.report.report import Report
from services.web.concepts.differences import Piece, differences


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """`new` and `changed` are keys of statements, the latter with what is gone and what came.

    `gone` are the texts of statements that are not made any more.
    """

    new: frozenset[str] = frozenset()
    changed: Mapping[str, Sequence[Piece]] = {}
    gone: Sequence[str] = ()

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + len(self.gone)


def changes_since(earlier: Report, now: Report) -> Changes:
    """Statement by statement, by their keys."""
    before, after = _texts(earlier), _texts(now)
    return Changes(
        new=frozenset(after.keys() - before.keys()),
        changed={
            key: differences(before[key], text)
            for key, text in after.items()
            if key in before and before[key] != text
        },
        gone=[text for key, text in before.items() if key not in after],
    )


def _texts(report: Report) -> dict[str, str]:
    return {one.key: one.text for section in report.sections for one in section.statements}
