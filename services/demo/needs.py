"""A month of reports by invented companies, and the course offers there were, as the file has it.

The month ends on the day it is loaded, whichever that is.
"""

from collections.abc import Mapping
from datetime import time
from importlib.resources import files
from uuid import UUID

import msgspec

from domain.course_offers.details import Source
from domain.kernel import stream_id
from domain.language_needs.reference import BITS, reference_of, report_id

COORDINATOR = "koordination"


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody does (`do`) what the command of this name asks for, so many working days ago (`on`).

    `by` is the key of one of the county's people, or `company`. A day among the facts is counted
    in working days if it is past, else in days from the Monday of the week.
    """

    on: int
    at: time
    do: str
    by: str = COORDINATOR
    facts: Mapping[str, object] = {}


class Reported(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A report with all that happened to it, in order."""

    key: str
    steps: tuple[Step, ...]

    @property
    def reference(self) -> str:
        return reference_of(stream_id("company-report", f"demo/{self.key}").int % 2**BITS)

    @property
    def report(self) -> UUID:
        return report_id(self.reference)


class OfferKnown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An offer that became known so many working days ago; the days in it count as in steps."""

    key: str
    on: int
    source: Source
    details: Mapping[str, object]
    expires: int | None = None


class Agreed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The company of the report with this key agrees."""

    key: str
    on: int
    at: time


class Shared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A course that companies are asked to fill together: so many learners of which report."""

    key: str
    on: int
    at: time
    course: Mapping[str, object]
    members: Mapping[str, int]
    agreed: tuple[Agreed, ...] = ()

    @property
    def pool(self) -> UUID:
        return stream_id("course-pool", f"demo/{self.key}")


class Needs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. The first offer is entered first: by it, one knows when the month began."""

    about: str
    source: str
    offers: tuple[OfferKnown, ...]
    reports: tuple[Reported, ...]
    shared: tuple[Shared, ...]


def needs_of_paderborn() -> Needs:
    """The month as it is shipped."""
    return msgspec.json.decode((files("services.demo") / "needs.json").read_bytes(), type=Needs)
