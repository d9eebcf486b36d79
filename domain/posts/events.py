"""What happens to a funded post. `effective_from` is the first day on which it holds."""

from datetime import date
from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Erased, Event, personal
from domain.posts.terms import Funding, Lead, Matter, Part

OfTheHolding = Annotated[str | Erased, personal("holding")]
"""Sealed apart from the post: who held it can be erased, that it was filled stays."""


class PostEstablished(Event, frozen=True, kw_only=True):
    """A post there is, filled or not. `share` is in hundredths of full time.

    `municipality` is the AGS of where it works, empty for the whole county. `is_of_county`: the
    employer is the county itself. `assumed`: no source states all of this.
    """

    TOPIC: ClassVar[str] = "post.established"
    post: UUID
    key: str
    part: Part
    employer: str
    is_of_county: bool
    share: int
    effective_from: date
    municipality: str = ""
    fundings: tuple[Funding, ...] = ()
    assumed: bool = False


class PostChanged(Event, frozen=True, kw_only=True):
    """Another share of full time."""

    TOPIC: ClassVar[str] = "post.changed"
    post: UUID
    share: int
    effective_from: date
    reason: str


class FundingExtended(Event, frozen=True, kw_only=True):
    """A further period is granted, which need not follow at once."""

    TOPIC: ClassVar[str] = "post.funding-extended"
    post: UUID
    funding: Funding


class PostFilled(Event, frozen=True, kw_only=True):
    """Somebody works on it. Who that is, is recorded with their consent only, and apart."""

    TOPIC: ClassVar[str] = "post.filled"
    post: UUID
    effective_from: date


class HolderNamed(Event, frozen=True, kw_only=True):
    """The person on the post has agreed to be named: `holder` is their account."""

    TOPIC: ClassVar[str] = "post.holder-named"
    post: UUID
    holding: UUID
    holder: OfTheHolding


class HolderWithheld(Event, frozen=True, kw_only=True):
    """The person no longer wants to be named, or is not on the post any more."""

    TOPIC: ClassVar[str] = "post.holder-withheld"
    post: UUID
    holding: UUID


class PostVacated(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "post.vacated"
    post: UUID
    effective_from: date
    reason: str


class ProofDueSet(Event, frozen=True, kw_only=True):
    """By when it has to be proved what the grant of a year was used for."""

    TOPIC: ClassVar[str] = "post.proof-of-use-due-set"
    post: UUID
    year: int
    due: date


class ProofSubmitted(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "post.proof-of-use-submitted"
    post: UUID
    year: int
    submitted_on: date


class PostEnded(Event, frozen=True, kw_only=True):
    """There is no such post from this day on."""

    TOPIC: ClassVar[str] = "post.ended"
    post: UUID
    effective_from: date
    reason: str


class PostReminded(Event, frozen=True, kw_only=True):
    """The coordination was reminded of the day `due`."""

    TOPIC: ClassVar[str] = "post.reminded"
    post: UUID
    what: Matter
    due: date
    lead: Lead


PostEvent: TypeAlias = (
    PostEstablished
    | PostChanged
    | FundingExtended
    | PostFilled
    | HolderNamed
    | HolderWithheld
    | PostVacated
    | ProofDueSet
    | ProofSubmitted
    | PostEnded
    | PostReminded
)
