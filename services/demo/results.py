"""Invented classes of the demo's assessment, and results that are the same at every start."""

from collections.abc import Sequence
from hashlib import sha256
from math import exp
from typing import NamedTuple

from services.demo.c_test import GAPS, TEXTS
from services.demo.front_door import Json
from services.privacy.pseudonyms import Learner, PseudonymKey

PROGRAMME = "A01"


class InventedClass(NamedTuple):
    """`strength`: how well its learners know German, about -2 to 2."""

    college: str
    letters: str
    trade: str
    size: int
    strength: float

    def name(self, school_year: str) -> str:
        """As colleges name them: letters, the year, and a letter more."""
        return f"{self.letters}{school_year[2:4]}A"


WEIZSAECKER = "richard-von-weizsaecker-berufskolleg"
ERHARD = "ludwig-erhard-berufskolleg"
CLASSES = (
    InventedClass(WEIZSAECKER, "AM", "10-10104", 16, -0.4),
    InventedClass(WEIZSAECKER, "BZ", "10-11700", 13, 0.9),
    InventedClass(ERHARD, "BK", "10-11000", 15, -0.9),
    InventedClass(ERHARD, "AK", "10-10800", 14, 0.5),
)


def pseudonym_key(college: str) -> PseudonymKey:
    """The key of an invented college. A real one draws it by chance and shows it to nobody."""
    return PseudonymKey(sha256(f"demo/{college}".encode()).digest())


def rows(this: InventedClass, taken_on: str) -> list[Json]:
    """A result for each learner. One is absent, one breaks off, one gets more time."""
    key = pseudonym_key(this.college)
    found: list[Json] = []
    for number in range(1, this.size + 1):
        own_id = f"{this.letters}-{number}"
        row: Json = {
            "pseudonym": key.pseudonym(Learner(own_id=own_id)),
            "taken_on": taken_on,
            "scores": _scores(this, own_id),
        }
        match number:
            case 3:
                row["accommodation"] = ["extra-time"]
            case 7:
                row |= {"attendance": "aborted", "scores": row["scores"][:1]}
            case 11:
                row |= {"attendance": "absent", "scores": []}
            case _:
                pass
        found.append(row)
    return found


def weakest(found: Sequence[Json]) -> str:
    """The pseudonym of who has the fewest points of those who took all of the test."""
    whole = [row for row in found if len(row["scores"]) == len(TEXTS)]
    return min(whole, key=lambda row: sum(s["exact"] for s in row["scores"]))["pseudonym"]


def _scores(this: InventedClass, learner: str) -> list[Json]:
    ability = this.strength + 2 * (_drawn(learner, "a") + _drawn(learner, "b") - 1)
    scores: list[Json] = []
    for part in TEXTS:
        gaps = "".join(_gap(ability, learner, part, gap) for gap in range(GAPS))
        scores.append(
            {
                "part": part,
                "exact": gaps.count("e"),
                "recognition": gaps.count("e") + gaps.count("r"),
                "omitted": gaps.count("o"),
                "gaps": gaps,
            }
        )
    return scores


def _gap(ability: float, learner: str, part: str, gap: int) -> str:
    """Exact, recognised, wrong or omitted: the abler, the likelier right (a Rasch model)."""
    difficulty = 3 * (_drawn(part, str(gap)) - 0.5)
    right = 1 / (1 + exp(difficulty - ability))
    drawn = _drawn(learner, part, str(gap))
    shares = (("e", right), ("r", (1 - right) / 3), ("w", (1 - right) / 3))
    for letter, share in shares:
        if drawn < share:
            return letter
        drawn -= share
    return "o"


def _drawn(*words: str) -> float:
    """From 0 to 1, as if by chance, but the same for the same words."""
    return int.from_bytes(sha256("/".join(words).encode()).digest()[:4]) / 2**32
