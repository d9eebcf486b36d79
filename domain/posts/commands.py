"""What can be asked of a funded post."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id
from domain.posts.terms import Funding, Lead, Matter, Part


def post_id(key: str) -> UUID:
    """The stream of a funded post."""
    return stream_id("post", key)


class EstablishPost(Command, frozen=True, kw_only=True):
    """`share` is in hundredths of full time, `municipality` an AGS or empty for the county."""

    key: str
    part: Part
    employer: str
    share: int
    effective_from: date
    municipality: str = ""
    funding: Funding | None = None
    assumed: bool = False

    @property
    def subject(self) -> UUID:
        return post_id(self.key)


class AboutPost(Command, frozen=True, kw_only=True):
    post: UUID

    @property
    def subject(self) -> UUID:
        return self.post


class ChangePost(AboutPost, frozen=True, kw_only=True):
    """What is recorded later for the same day takes the place of what was recorded before."""

    share: int
    effective_from: date
    reason: str


class ExtendFunding(AboutPost, frozen=True, kw_only=True):
    funding: Funding


class FillPost(AboutPost, frozen=True, kw_only=True):
    """`holder` is the account of who works on it, only if they agreed to be named."""

    effective_from: date
    holder: str = ""
    has_consent: bool = False


class WithholdHolder(AboutPost, frozen=True, kw_only=True):
    """The post stays filled; nobody is named any more."""


class VacatePost(AboutPost, frozen=True, kw_only=True):
    effective_from: date
    reason: str


class SetProofDue(AboutPost, frozen=True, kw_only=True):
    """As the notice of the grant says."""

    year: int
    due: date


class SubmitProof(AboutPost, frozen=True, kw_only=True):
    year: int
    submitted_on: date


class EndPost(AboutPost, frozen=True, kw_only=True):
    effective_from: date
    reason: str


class RemindOfPost(AboutPost, frozen=True, kw_only=True):
    """By the process only."""

    what: Matter
    due: date
    lead: Lead


PostCommand: TypeAlias = (
    EstablishPost
    | ChangePost
    | ExtendFunding
    | FillPost
    | WithholdHolder
    | VacatePost
    | SetProofDue
    | SubmitProof
    | EndPost
    | RemindOfPost
)
