"""Why funded posts refuse."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownPost(NotFound):
    code: ClassVar[str] = "post.unknown"
    post: str


@dataclass(eq=False)
class PostAlreadyThere(Refused):
    """Another post has this key."""

    code: ClassVar[str] = "post.already-there"
    key: str


@dataclass(eq=False)
class PostHasEnded(Refused):
    """What is said of a post is said of days on which there is one."""

    code: ClassVar[str] = "post.has-ended"
    ended_on: str


@dataclass(eq=False)
class BeforeThePost(Refused):
    code: ClassVar[str] = "post.before-it-was-there"
    since: str


@dataclass(eq=False)
class MunicipalityMissing(Invalid):
    """Case managers work for a municipality."""

    code: ClassVar[str] = "post.municipality-missing"


@dataclass(eq=False)
class MalformedShare(Invalid):
    """A post is more than nothing and at most full time, in hundredths."""

    code: ClassVar[str] = "post.malformed-share"
    share: int


@dataclass(eq=False)
class MalformedFunding(Invalid):
    """A period ends after it begins, and its grant is more than nothing if it is said."""

    code: ClassVar[str] = "post.malformed-funding"
    starts_on: str
    ends_on: str


@dataclass(eq=False)
class FundingOverlaps(Refused):
    """No day is funded twice."""

    code: ClassVar[str] = "post.funding-overlaps"
    starts_on: str
    ends_on: str


@dataclass(eq=False)
class ConsentMissing(Refused):
    """Who is on a post is recorded only if they agreed."""

    code: ClassVar[str] = "post.consent-missing"


@dataclass(eq=False)
class UnknownHolder(NotFound):
    code: ClassVar[str] = "post.unknown-holder"
    holder: str


@dataclass(eq=False)
class PostIsVacant(Refused):
    """It cannot be vacated on a day on which nobody works on it."""

    code: ClassVar[str] = "post.is-vacant"
    on: str


@dataclass(eq=False)
class ProofNotDue(NotFound):
    """No proof of use was asked for of this year."""

    code: ClassVar[str] = "post.proof-not-due"
    year: int


@dataclass(eq=False)
class ProofAlreadySubmitted(Refused):
    code: ClassVar[str] = "post.proof-already-submitted"
    year: int


@dataclass(eq=False)
class SubmittedInFuture(Invalid):
    """A proof is recorded once it has been handed in."""

    code: ClassVar[str] = "post.submitted-in-future"
    submitted_on: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "post.reason-missing"
