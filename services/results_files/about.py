"""What a file of results belongs to: written into the template, compared when it comes back."""

import msgspec

FORMAT = "kreislauf-results-1"
STAMP_SHEET = "Kreislauf"
"""The hidden sheet that says what a workbook belongs to."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """One class in one round. Organisation, round and instrument are named by their keys."""

    college: str
    school_year: str
    training_class: str
    round: str
    round_title: str
    instrument: str
    version: int

    def stamp(self) -> dict[str, str]:
        """What tells this file from one of another class, round or version."""
        return {
            "college": self.college,
            "school_year": self.school_year,
            "training_class": self.training_class,
            "round": self.round,
            "instrument": self.instrument,
            "version": str(self.version),
        }
