"""Why the processing of a report refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Invalid, Refused


@dataclass(eq=False)
class NotAtThisStage(Refused):
    """Something else comes first, or it is too late for this."""

    code: ClassVar[str] = "company-report.not-at-this-stage"
    stage: str


@dataclass(eq=False)
class AlreadyEnded(Refused):
    """Closed or withdrawn; the coordination can reopen it."""

    code: ClassVar[str] = "company-report.already-ended"
    stage: str


@dataclass(eq=False)
class CourseUnderWay(Refused):
    """What a course was arranged for is not changed any more."""

    code: ClassVar[str] = "company-report.course-under-way"


@dataclass(eq=False)
class ContactErased(Refused):
    """Nobody knows any more which company it was."""

    code: ClassVar[str] = "company-report.contact-erased"


@dataclass(eq=False)
class NotACoordinator(Invalid):
    """Whoever is named to the company works for the coordination."""

    code: ClassVar[str] = "company-report.not-a-coordinator"
    account: str
    field: str = "contact_person"


@dataclass(eq=False)
class NoConsent(Refused):
    """The company did not agree that its report is passed on to them."""

    code: ClassVar[str] = "company-report.no-consent"
    organisation: str


@dataclass(eq=False)
class AlreadyReferred(Refused):
    """One partner holds it at a time."""

    code: ClassVar[str] = "company-report.already-referred"
    organisation: str


@dataclass(eq=False)
class NotReferredTo(Conflict):
    """Another partner holds it by now, or none."""

    code: ClassVar[str] = "company-report.not-referred-to"
    organisation: str


@dataclass(eq=False)
class DueOutOfRange(Invalid):
    """In the past, or so late that the report would lie unseen."""

    code: ClassVar[str] = "company-report.due-out-of-range"
    due: str
    last: str
    field: str = "due"


@dataclass(eq=False)
class OfferNotOpen(Refused):
    """The course offer was withdrawn, or never was."""

    code: ClassVar[str] = "company-report.offer-not-open"
    offer: str


@dataclass(eq=False)
class PoolingNotWanted(Refused):
    """The company did not say that it would share a course."""

    code: ClassVar[str] = "company-report.pooling-not-wanted"


@dataclass(eq=False)
class InAnotherPool(Refused):
    code: ClassVar[str] = "company-report.in-another-pool"
    pool: str


@dataclass(eq=False)
class AnswerIncomplete(Invalid):
    """An answer of this kind names an offer, the pool the report is in, or a partner's word."""

    code: ClassVar[str] = "company-report.answer-incomplete"
    kind: str
    field: str = "kind"


@dataclass(eq=False)
class DatesOutOfOrder(Invalid):
    code: ClassVar[str] = "company-report.dates-out-of-order"
    starts_on: str
    ends_on: str
    field: str = "ends_on"


@dataclass(eq=False)
class CourseTooFarOff(Invalid):
    """A course more than so many days away would let the report lie unseen."""

    code: ClassVar[str] = "company-report.course-too-far-off"
    field: str
    day: str
    last: str


@dataclass(eq=False)
class CourseNotThereYet(Refused):
    """What is asked after the start or the end is noted from that day on."""

    code: ClassVar[str] = "company-report.course-not-there-yet"
    day: str


@dataclass(eq=False)
class CompanyNotAnswered(Refused):
    """The company hears first what came of its report."""

    code: ClassVar[str] = "company-report.company-not-answered"
    outcome: str


@dataclass(eq=False)
class CourseNotFollowedUp(Refused):
    """A course counts as held once somebody asked after its end."""

    code: ClassVar[str] = "company-report.course-not-followed-up"


@dataclass(eq=False)
class UnmetNeedUnnamed(Invalid):
    """It is seen by a theme or by a finding: by one of them."""

    code: ClassVar[str] = "company-report.unmet-need-unnamed"


@dataclass(eq=False)
class DueChanged(Conflict):
    """The holder is due at another moment by now, or the report has climbed already."""

    code: ClassVar[str] = "company-report.due-changed"
    due: str


@dataclass(eq=False)
class NotDueYet(Refused):
    """Reminders and climbing have their moments."""

    code: ClassVar[str] = "company-report.not-due-yet"
    at: str
