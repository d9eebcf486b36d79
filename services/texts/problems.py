"""What people read when something is refused or fails."""

from collections.abc import Mapping

import msgspec

from services.texts.catalogue import problem_entries
from services.texts.language import Language
from services.texts.names import NAMELESS, Names
from services.texts.wording import Wording


class ProblemText(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is the same for every problem of a code; `pointer` leads into the request's body.

    A problem that can be in several places says in its fact `field` in which.
    """

    title: str
    detail: str
    pointer: str | None


def problem(
    code: str, language: Language, facts: Mapping[str, object], names: Names = NAMELESS
) -> ProblemText:
    """The text for a problem code with its facts; without them, `{due}` stands in their places.

    Raises KeyError if there is no text for the code.
    """
    entry = problem_entries()[code]
    text = entry[language]
    return ProblemText(
        title=text.title,
        detail=Wording(language, names).fill(text.detail, facts).rstrip(),
        pointer=entry.pointer and _filled(entry.pointer, facts),
    )


def _filled(pointer: str, facts: Mapping[str, object]) -> str:
    return pointer.replace("{field}", str(facts["field"])) if "field" in facts else pointer


def problem_codes() -> frozenset[str]:
    """Every code there is a text for."""
    return frozenset(problem_entries())
