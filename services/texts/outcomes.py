"""What became of a file or of rows, as a sentence."""

from services.texts.catalogue import outcome_entries
from services.texts.language import Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording


def outcome(code: str, language: Language, **facts: object) -> str:
    """The sentence. Raises KeyError if there is none for the code."""
    return Wording(language, NAMELESS).fill(outcome_entries()[code][language], facts)
