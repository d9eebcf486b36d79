"""What can be asked of a framework edition and of a concept."""

from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.concepts.events import Policy, Position, Reply, Section
from domain.kernel import Command, stream_id


def edition_id(edition: str) -> UUID:
    """The stream of the framework's edition."""
    return stream_id("framework", edition)


def concept_id(municipality: str, edition: str) -> UUID:
    """The one concept of a municipality in an edition: a second one has no place to be."""
    return stream_id("concept", f"{municipality}/{edition}")


class PublishEdition(Command, frozen=True, kw_only=True):
    edition: str
    title: str
    sections: tuple[Section, ...]
    replaces: str | None = None
    source: str = ""

    @property
    def subject(self) -> UUID:
        return edition_id(self.edition)


class OpenConcept(Command, frozen=True, kw_only=True):
    municipality: str
    edition: str

    @property
    def subject(self) -> UUID:
        return concept_id(self.municipality, self.edition)


class AboutConcept(Command, frozen=True, kw_only=True):
    """A command to a concept that exists."""

    concept: UUID

    @property
    def subject(self) -> UUID:
        return self.concept


class DraftSection(AboutConcept, frozen=True, kw_only=True):
    """`based_on` is the version of the section the author had before them; 0 for none."""

    section: str
    text: str
    based_on: int


class SubmitDraft(AboutConcept, frozen=True, kw_only=True):
    replies: tuple[Reply, ...] = ()


class ReturnDraft(AboutConcept, frozen=True, kw_only=True):
    reason: str


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation to ask. No sections: all of them."""

    organisation: str
    sections: tuple[str, ...] = ()


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """When a round ends: after so many working days, or at a given moment.

    `grace` is the time after the deadline in which the missing may still answer. Reminders are
    counted back from the deadline in working days unless their moments are given.
    """

    working_days: int | None = None
    due: datetime | None = None
    grace_working_days: int = 0
    closes_at: datetime | None = None
    remind_working_days_before: tuple[int, ...] = (5, 2)
    remind_at: tuple[datetime, ...] | None = None


class OpenConsultation(AboutConcept, frozen=True, kw_only=True):
    """In a later round the organisations of the earlier ones are asked without being named.

    Without a policy the one of the round before holds. `anew` asks everybody everything again;
    without it only those are asked to whom something is new or open.
    """

    schedule: Schedule
    invited: tuple[Invite, ...] = ()
    policy: Policy | None = None
    anew: bool = False


class ExtendConsultation(AboutConcept, frozen=True, kw_only=True):
    round: int
    schedule: Schedule
    reason: str


class SectionResponse(msgspec.Struct, frozen=True, kw_only=True):
    section: str
    position: Position
    remark: str = ""


class Respond(AboutConcept, frozen=True, kw_only=True):
    """One position for all that is asked, and others for single sections.

    `shown` is the digest of the text the respondent had before them.
    """

    round: int
    organisation: str
    shown: str
    position: Position | None = None
    remark: str = ""
    sections: tuple[SectionResponse, ...] = ()


class RemindOrganisations(AboutConcept, frozen=True, kw_only=True):
    round: int
    moment: datetime | None = None


class EscalateConsultation(AboutConcept, frozen=True, kw_only=True):
    round: int


class CloseConsultation(AboutConcept, frozen=True, kw_only=True):
    round: int


class AdoptConcept(AboutConcept, frozen=True, kw_only=True):
    resolution: str | None = None


class PublishConcept(AboutConcept, frozen=True, kw_only=True):
    """The review is on a day, at a moment, or two years on if neither is given."""

    review_on: date | None = None
    review_at: datetime | None = None


class DeclareReviewDue(AboutConcept, frozen=True, kw_only=True):
    pass


class SupersedeConcept(AboutConcept, frozen=True, kw_only=True):
    successor: UUID


class WithdrawConcept(AboutConcept, frozen=True, kw_only=True):
    reason: str


class ReopenConcept(AboutConcept, frozen=True, kw_only=True):
    reason: str


ConceptCommand: TypeAlias = (
    OpenConcept
    | DraftSection
    | SubmitDraft
    | ReturnDraft
    | OpenConsultation
    | ExtendConsultation
    | Respond
    | RemindOrganisations
    | EscalateConsultation
    | CloseConsultation
    | AdoptConcept
    | PublishConcept
    | DeclareReviewDue
    | SupersedeConcept
    | WithdrawConcept
    | ReopenConcept
)
