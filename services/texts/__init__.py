"""The sentences people read, in German and English: problems, history, words, dates."""

from services.texts.history import sentence
from services.texts.language import Language, preferred_language
from services.texts.names import Names
from services.texts.problems import ProblemText, problem, problem_codes
from services.texts.validation import validation_message
from services.texts.words import day, moment, word

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
    "validation_message",
    "word",
]
