"""The sentences people read, in German and English: problems, history, words, dates."""

from services.texts.history import sentence
from services.texts.language import Language, preferred_language
from services.texts.names import Names
from services.texts.problems import ProblemText, problem, problem_codes
from services.texts.validation import validation_message
from services.texts.words import day, moment, standing_in, word

__all__ = [
    "Language",
    "Names",
    "ProblemText",
    "day",
    "moment",
    "preferred_language",
    "problem",
    "problem_codes",
    "sentence",
    "standing_in",
    "validation_message",
    "word",
]
