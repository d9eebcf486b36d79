"""How funded posts look from outside: a row, one post, and funded against filled over time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.posts.post import Ended, is_filled, is_funded, share_on, stage_of
from domain.posts.staffing import Group, Month, Staffing
from domain.posts.terms import Funding, Part
from services.posts.reading import PostAt


class PostSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list, as the post stands on the day. `share` is in hundredths of full time.

    `proof_due` is the earliest day by which a proof of use is still to be handed in.
    """

    id: UUID
    key: str
    part: Part
    employer: str
    is_of_county: bool
    municipality: str
    stage: str
    share: int
    is_funded: bool
    is_filled: bool
    funded_until: date | None
    proof_due: date | None
    is_imported: bool
    assumed: bool
    version: int
    position: int
    changed_at: datetime


class ShareView(msgspec.Struct, frozen=True, kw_only=True):
    effective_from: date
    share: int


class OccupancyView(msgspec.Struct, frozen=True, kw_only=True):
    """Filled from this day on, or vacant for the reason."""

    effective_from: date
    is_filled: bool
    reason: str


class ProofView(msgspec.Struct, frozen=True, kw_only=True):
    """The proof of what the grant of the year was used for."""

    year: int
    due: date
    submitted_on: date | None


class PostHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who works on the post and agreed to be named."""

    account: str | Erased
    name: str | Erased


class PostView(PostSummary, frozen=True, kw_only=True):
    """A post with all that is dated of it. `holder` is only for those who read the record."""

    since: date
    shares: list[ShareView]
    fundings: list[Funding]
    occupancies: list[OccupancyView]
    proofs: list[ProofView]
    is_named: bool
    holder: PostHolder | None = None
    ended_on: date | None = None
    ended_because: str | None = None


class StaffingFigures(msgspec.Struct, frozen=True, kw_only=True):
    """In hundredths of full time. `filled` are funded and filled, `uncovered` filled alone."""

    funded: int
    filled: int
    vacant: int
    uncovered: int


class GroupFigures(StaffingFigures, frozen=True, kw_only=True):
    """The posts of a part in a municipality; an empty one is the whole county."""

    part: Part
    municipality: str


class MonthFigures(StaffingFigures, frozen=True, kw_only=True):
    """A month, named by its first day, as it stood on its last day, or today."""

    month: date
    counted_on: date


class StaffingView(msgspec.Struct, frozen=True, kw_only=True):
    """Funded against filled: on the day, by part and municipality, and month by month."""

    counted_on: date
    total: StaffingFigures
    groups: list[GroupFigures]
    months: list[MonthFigures]


def summary_of(this: PostAt, day: date) -> PostSummary:
    return PostSummary(**_summary(this, day))


def post_view(this: PostAt, day: date, holder: PostHolder | None) -> PostView:
    post, record = this.post, this.post.record
    return PostView(
        **_summary(this, day),
        since=record.since,
        shares=[
            ShareView(effective_from=one.effective_from, share=one.share) for one in record.shares
        ],
        fundings=list(record.fundings),
        occupancies=[
            OccupancyView(
                effective_from=one.effective_from, is_filled=one.is_filled, reason=one.reason
            )
            for one in record.occupancies
        ],
        proofs=[
            ProofView(year=year, due=proof.due, submitted_on=proof.submitted_on)
            for year, proof in sorted(record.proofs.items())
        ],
        is_named=record.holding is not None,
        holder=holder,
        ended_on=post.ended_on if isinstance(post, Ended) else None,
        ended_because=post.reason if isinstance(post, Ended) else None,
    )


def staffing_view(
    total: Staffing, groups: Sequence[Group], months: Sequence[Month], day: date
) -> StaffingView:
    return StaffingView(
        counted_on=day,
        total=StaffingFigures(**_figures(total)),
        groups=[
            GroupFigures(
                part=group.part, municipality=group.municipality, **_figures(group.staffing)
            )
            for group in groups
        ],
        months=[
            MonthFigures(month=one.month, counted_on=one.counted_on, **_figures(one.staffing))
            for one in months
        ],
    )


def _summary(this: PostAt, day: date) -> dict[str, Any]:
    post, record, last = this.post, this.post.record, this.entries[-1]
    waiting = [proof.due for proof in record.proofs.values() if proof.submitted_on is None]
    return {
        "id": record.post,
        "key": record.key,
        "part": record.part,
        "employer": record.employer,
        "is_of_county": record.is_of_county,
        "municipality": record.municipality,
        "stage": stage_of(post),
        "share": share_on(post, day),
        "is_funded": is_funded(post, day),
        "is_filled": is_filled(post, day),
        "funded_until": max((one.ends_on for one in record.fundings), default=None),
        "proof_due": min(waiting, default=None),
        "is_imported": this.is_imported,
        "assumed": record.assumed,
        "version": this.version,
        "position": last.position,
        "changed_at": last.recorded_at,
    }


def _figures(staffing: Staffing) -> dict[str, int]:
    return {
        "funded": staffing.funded,
        "filled": staffing.filled,
        "vacant": staffing.vacant,
        "uncovered": staffing.uncovered,
    }
