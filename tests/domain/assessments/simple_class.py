"""A class as a teacher would explain it: plain names, numbers and lists, to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

POINTS_OF_LEVELS = {"A1": 0, "A2": 12, "B1": 20, "B2": 31}
LEVELS = tuple(POINTS_OF_LEVELS)
ERROR = 2
MOST = 40
ERASED = "erased"


def level(points: int) -> str:
    return max((name for name, least in POINTS_OF_LEVELS.items() if least <= points))


@dataclass
class SimpleSheet:
    """`points` by name: None is absent. `seen` are those with a meaning, `looks` their levels."""

    stage: str = "collecting"
    points: dict[str, int | str | None] = field(default_factory=dict[str, int | str | None])
    seen: set[str] = field(default_factory=set[str])
    looks: dict[str, str] = field(default_factory=dict[str, str])
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


@dataclass
class SimpleClass:
    """Every method says whether the class agrees, and remembers what follows."""

    stage: str = "unknown"
    size: int = 0
    learners: set[str] = field(default_factory=set[str])
    erased: set[str] = field(default_factory=set[str])
    sheets: dict[str, SimpleSheet] = field(default_factory=dict[str, SimpleSheet])

    def sheet(self, name: str) -> SimpleSheet:
        return self.sheets.setdefault(name, SimpleSheet())

    @property
    def has_results(self) -> bool:
        return any(sheet.points for sheet in self.sheets.values())

    def register(self, size: int) -> bool:
        if self.stage == "registered":
            return size == self.size
        self.stage, self.size = "registered", size
        return True

    def change(self, size: int) -> bool:
        if self.stage != "registered" or (self.has_results and size != self.size):
            return False
        self.size = size
        return True

    def withdraw(self) -> bool:
        if self.stage == "unknown" or self.has_results:
            return False
        self.stage = "withdrawn"
        return True

    def enrol(self, names: set[str]) -> bool:
        are_new = not names <= self.learners
        submitted = any(sheet.stage == "submitted" for sheet in self.sheets.values())
        if self.stage != "registered" or (are_new and submitted):
            return False
        self.learners |= names
        return True

    def remove(self, name: str) -> bool:
        has_row = any(name in sheet.points for sheet in self.sheets.values())
        if self.stage != "registered" or name not in self.learners or has_row:
            return False
        self.learners.remove(name)
        self.erased.discard(name)
        return True

    def record(
        self, named: str, window: str, rows: Mapping[str, int | None], *, has_reason: bool
    ) -> bool:
        sheet = self.sheet(named)
        if self.stage != "registered" or (sheet.stage != "released" and window != "open"):
            return False
        if any(points is not None and not 0 <= points <= MOST for points in rows.values()):
            return False
        if rows.keys() & self.erased:
            return False
        new = rows.keys() - sheet.points.keys()
        other = {n for n in rows.keys() - new if sheet.points[n] != rows[n]}
        if (new and sheet.stage != "collecting") or (other and not has_reason):
            return False
        self.learners |= new
        for name in new | other:
            sheet.points[name] = rows[name]
            sheet.looks.pop(name, None)
            sheet.chosen.pop(name, None)
            sheet.seen.discard(name)
            if sheet.stage == "released" and rows[name] is not None:
                sheet.seen.add(name)
        return True

    def submit(self, named: str, window: str) -> bool:
        sheet = self.sheet(named)
        if self.stage != "registered":
            return False
        if sheet.stage != "collecting":
            return True
        complete = self.learners - self.erased <= sheet.points.keys()
        if window != "open" or not sheet.points or not complete:
            return False
        sheet.stage = "submitted"
        return True

    def reopen(self, named: str, window: str) -> bool:
        sheet = self.sheet(named)
        if self.stage != "registered":
            return False
        if sheet.stage == "collecting":
            return True
        if window != "open" or sheet.stage != "submitted":
            return False
        sheet.stage = "collecting"
        return True

    def release(self, named: str, window: str) -> bool:
        sheet = self.sheet(named)
        if self.stage != "registered":
            return False
        if sheet.stage == "released":
            return True
        if window == "open" or sheet.stage != "submitted":
            return False
        sheet.stage = "released"
        sheet.seen = {name for name, points in sheet.points.items() if isinstance(points, int)}
        return True

    def look(self, named: str, name: str, decided: str) -> bool:
        sheet = self.sheet(named)
        points = sheet.points.get(name)
        if self.stage != "registered" or name not in sheet.seen or not isinstance(points, int):
            return False
        lowest, highest = level(max(points - ERROR, 0)), level(min(points + ERROR, MOST))
        if lowest == highest or not lowest <= decided <= highest:
            return False
        sheet.looks[name] = decided
        return True

    def choose(self, named: str, name: str, measure: str) -> bool:
        sheet = self.sheet(named)
        if self.stage != "registered" or name not in sheet.seen:
            return False
        sheet.chosen[name] = (measure,)
        return True

    def erase(self, name: str) -> None:
        """Nothing is left of what was achieved, only that there was a row."""
        self.erased.add(name)
        for sheet in self.sheets.values():
            sheet.seen.discard(name)
            sheet.looks.pop(name, None)
            sheet.chosen.pop(name, None)
            if name in sheet.points:
                sheet.points[name] = ERASED
