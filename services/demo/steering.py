"""The steering of the demo county in 2024/25: what its report tells, as the data file has it."""

from datetime import date, datetime
from importlib.resources import files

import msgspec

from domain.findings.events import FindingKind
from domain.goals.events import Target
from domain.steering.agenda import ItemKind
from domain.steering.need_review_events import Evidence


class Seat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organisation's seat, and which of the invented people holds it."""

    organisation: str
    person: str


class SteeringBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    title: str
    since: date
    seats: tuple[Seat, ...]


class AgreedGoal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    school_year: str
    agreed_on: date
    goal: str
    text: str
    targets: tuple[Target, ...]
    told: tuple[str, ...] = ()


class Examination(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The need review, its meetings by the day they were held."""

    key: str
    opened_on: date
    question: str
    fields: tuple[str, ...]
    meetings: tuple[date, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A theme with the one finding it is bundled from."""

    key: str
    title: str
    municipality: str
    field: str
    kind: FindingKind
    written_on: date
    text: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`text` is what was resolved, `note` what the minutes say. `groups`: about both of them."""

    key: str
    kind: ItemKind
    title: str
    text: str = ""
    note: str = ""
    theme: str = ""
    groups: bool = False


class SessionHeld(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    on: date
    scheduled_on: date
    items: tuple[Item, ...]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A working group, established by the resolution on this item of the agenda."""

    item: str
    title: str
    purpose: str
    members: tuple[str, ...]
    guests: tuple[str, ...]
    meetings: tuple[datetime, ...]
    attended: tuple[str, ...]
    agreement: str
    due: date
    report: str


class Steering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. `assumed` says of each part what no source states of it."""

    about: str
    source: str
    assumed: dict[str, str]
    body: SteeringBody
    goals: tuple[AgreedGoal, ...]
    closed_on: date
    review: Examination
    themes: tuple[Theme, ...]
    sessions: tuple[SessionHeld, ...]
    groups: tuple[Group, ...]

    def source_of(self, part: str) -> str:
        """Where a part is from, with what is assumed of it."""
        return f"{self.source} ({self.assumed[part]})"


def steering_of_paderborn() -> Steering:
    """The data of Kreis Paderborn as they are shipped."""
    file = files("services.demo") / "steering.json"
    return msgspec.json.decode(file.read_bytes(), type=Steering)
