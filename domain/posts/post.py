"""A funded post: its stages, how they follow from what happened, and how it stands on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias, TypeVar, assert_never
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.posts.events import (
    FundingExtended,
    HolderNamed,
    HolderWithheld,
    PostChanged,
    PostEnded,
    PostEstablished,
    PostEvent,
    PostFilled,
    PostReminded,
    PostVacated,
    ProofDueSet,
    ProofSubmitted,
)
from domain.posts.terms import Funding, Lead, Matter, Part


class ShareFrom(msgspec.Struct, frozen=True, kw_only=True):
    effective_from: date
    share: int


class Occupancy(msgspec.Struct, frozen=True, kw_only=True):
    """From this day on the post is filled, or vacant for a reason."""

    effective_from: date
    is_filled: bool
    reason: str = ""


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    due: date
    submitted_on: date | None = None


Reminder: TypeAlias = tuple[Matter, date, Lead]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. Shares, fundings and occupancies are in the order of their days.

    `holder` is the account of who is on the post now, if they agreed; `holding` names what
    was said of them, and `named` counts how often somebody was named.
    """

    post: UUID
    key: str
    part: Part
    employer: str
    is_of_county: bool
    municipality: str
    since: date
    assumed: bool
    shares: tuple[ShareFrom, ...]
    fundings: tuple[Funding, ...]
    occupancies: tuple[Occupancy, ...] = ()
    proofs: Mapping[int, Proof] = {}
    reminded: frozenset[Reminder] = frozenset()
    holder: str | Erased = ""
    holding: UUID | None = None
    named: int = 0


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Established(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    record: Record


class Ended(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """There is no such post from `ended_on` on; before, it was as it was."""

    record: Record
    ended_on: date
    reason: str


Existing: TypeAlias = Established | Ended
Post: TypeAlias = Unknown | Existing


def stage_of(post: Post) -> str:
    """The stage's name as it is stored, sent and shown."""
    return type(post).__name__.lower()


def is_there(post: Existing, day: date) -> bool:
    """Whether there is this post on the day."""
    return post.record.since <= day and not (isinstance(post, Ended) and day >= post.ended_on)


def share_on(post: Existing, day: date) -> int:
    """Its share of full time in hundredths; nought on a day without it."""
    latest = _latest(post.record.shares, day)
    return latest.share if latest and is_there(post, day) else 0


def is_filled(post: Existing, day: date) -> bool:
    latest = _latest(post.record.occupancies, day)
    return latest is not None and latest.is_filled and is_there(post, day)


def is_funded(post: Existing, day: date) -> bool:
    return is_there(post, day) and any(funding.covers(day) for funding in post.record.fundings)


def evolve(post: Post, event: PostEvent) -> Post:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, PostEstablished):
        return Established(record=_established(event))
    if isinstance(post, Unknown):
        return post
    record = post.record
    if isinstance(event, PostEnded):
        return Ended(record=record, ended_on=event.effective_from, reason=event.reason)
    return msgspec.structs.replace(post, record=_gone_on(record, event))


def _established(event: PostEstablished) -> Record:
    return Record(
        post=event.post,
        key=event.key,
        part=event.part,
        employer=event.employer,
        is_of_county=event.is_of_county,
        municipality=event.municipality,
        since=event.effective_from,
        assumed=event.assumed,
        shares=(ShareFrom(effective_from=event.effective_from, share=event.share),),
        fundings=event.fundings,
    )


def _gone_on(  # noqa: PLR0911 (one case for each event)
    record: Record,
    event: PostChanged
    | FundingExtended
    | PostFilled
    | HolderNamed
    | HolderWithheld
    | PostVacated
    | ProofDueSet
    | ProofSubmitted
    | PostReminded,
) -> Record:
    match event:
        case PostChanged(effective_from=day, share=share):
            shares = _put(record.shares, ShareFrom(effective_from=day, share=share))
            return msgspec.structs.replace(record, shares=shares)
        case FundingExtended(funding=funding):
            fundings = sorted((*record.fundings, funding), key=lambda one: one.starts_on)
            return msgspec.structs.replace(record, fundings=tuple(fundings))
        case PostFilled(effective_from=day):
            filled = Occupancy(effective_from=day, is_filled=True)
            return _occupied(record, filled)
        case PostVacated(effective_from=day, reason=reason):
            vacant = Occupancy(effective_from=day, is_filled=False, reason=reason)
            return _occupied(record, vacant)
        case HolderNamed(holding=holding, holder=holder):
            return msgspec.structs.replace(
                record, holder=holder, holding=holding, named=record.named + 1
            )
        case HolderWithheld():
            return msgspec.structs.replace(record, holder="", holding=None)
        case ProofDueSet(year=year, due=due):
            return _proved(record, year, Proof(due=due))
        case ProofSubmitted(year=year, submitted_on=on):
            known = record.proofs.get(year, Proof(due=on))
            return _proved(record, year, msgspec.structs.replace(known, submitted_on=on))
        case PostReminded(what=what, due=due, lead=lead):
            return msgspec.structs.replace(record, reminded=record.reminded | {(what, due, lead)})
        case _:
            assert_never(event)


def _occupied(record: Record, occupancy: Occupancy) -> Record:
    return msgspec.structs.replace(record, occupancies=_put(record.occupancies, occupancy))


def _proved(record: Record, year: int, proof: Proof) -> Record:
    return msgspec.structs.replace(record, proofs={**record.proofs, year: proof})


Dated = TypeVar("Dated", ShareFrom, Occupancy)


def _put(dated: Sequence[Dated], new: Dated) -> tuple[Dated, ...]:
    """In the order of days; what is said later of the same day holds."""
    others = [one for one in dated if one.effective_from != new.effective_from]
    return tuple(sorted((*others, new), key=lambda one: one.effective_from))


def _latest(dated: Sequence[Dated], day: date) -> Dated | None:
    return next((one for one in reversed(dated) if one.effective_from <= day), None)
