"""What a funded post decides: established, changed, funded, filled, vacated, proved and ended."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from domain.assessments.wording import check_key
from domain.directory.errors import UnknownMunicipality, UnknownOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Aggregate, stream_id
from domain.posts.commands import (
    ChangePost,
    EndPost,
    EstablishPost,
    ExtendFunding,
    FillPost,
    PostCommand,
    RemindOfPost,
    SetProofDue,
    SubmitProof,
    VacatePost,
    WithholdHolder,
)
from domain.posts.context import PostContext
from domain.posts.errors import (
    BeforeThePost,
    ConsentMissing,
    FundingOverlaps,
    MalformedFunding,
    MalformedShare,
    MunicipalityMissing,
    PostAlreadyThere,
    PostHasEnded,
    PostIsVacant,
    ProofAlreadySubmitted,
    ProofNotDue,
    ReasonMissing,
    SubmittedInFuture,
    UnknownHolder,
    UnknownPost,
)
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
from domain.posts.post import (
    Ended,
    Existing,
    Post,
    Unknown,
    evolve,
    is_filled,
    is_there,
    share_on,
)
from domain.posts.terms import FULL_TIME, Funding, Part


def decide(  # noqa: C901, PLR0911 (one case for each command)
    command: PostCommand, post: Post, context: PostContext
) -> Sequence[PostEvent]:
    if isinstance(command, EstablishPost):
        return establish_post(command, post, context)
    if isinstance(post, Unknown):
        raise UnknownPost(str(command.post))
    match command:
        case ChangePost():
            return change_post(command, post)
        case ExtendFunding():
            return extend_funding(command, post)
        case FillPost():
            return fill_post(command, post, context)
        case WithholdHolder():
            return _withheld(post)
        case VacatePost():
            return vacate_post(command, post)
        case SetProofDue():
            return set_proof_due(command, post)
        case SubmitProof():
            return submit_proof(command, post, context)
        case EndPost():
            return end_post(command, post)
        case RemindOfPost():
            return remind_of_post(command, post)
        case _:
            assert_never(command)


def establish_post(command: EstablishPost, post: Post, context: PostContext) -> Sequence[PostEvent]:
    """Once under its key, with an employer and a municipality the county knows."""
    check_key(command.key)
    _check_share(command.share)
    if command.funding is not None:
        _check_funding(command.funding)
    if not context.employer.key:
        raise UnknownOrganisation(command.employer)
    if command.part is Part.CASE_MANAGEMENT and not command.municipality:
        raise MunicipalityMissing
    if command.municipality and not context.municipality.ags:
        raise UnknownMunicipality(command.municipality)
    established = PostEstablished(
        post=command.subject,
        key=command.key,
        part=command.part,
        employer=command.employer,
        is_of_county=context.employer.kind is OrganisationKind.COUNTY,
        share=command.share,
        effective_from=command.effective_from,
        municipality=command.municipality,
        fundings=(command.funding,) if command.funding else (),
        assumed=command.assumed,
    )
    if isinstance(post, Unknown):
        return [established]
    if evolve(Unknown(), established) == post:
        return []
    raise PostAlreadyThere(command.key)


def change_post(command: ChangePost, post: Existing) -> Sequence[PostEvent]:
    _check_reason(command.reason)
    _check_share(command.share)
    _check_there(post, command.effective_from)
    if share_on(post, command.effective_from) == command.share:
        return []
    return [
        PostChanged(
            post=command.post,
            share=command.share,
            effective_from=command.effective_from,
            reason=command.reason,
        )
    ]


def extend_funding(command: ExtendFunding, post: Existing) -> Sequence[PostEvent]:
    """By a period in which it was not funded yet. A later one may leave a gap."""
    new = command.funding
    _check_funding(new)
    if new in post.record.fundings:
        return []
    _check_there(post, new.starts_on)
    for known in post.record.fundings:
        if new.starts_on <= known.ends_on and known.starts_on <= new.ends_on:
            raise FundingOverlaps(known.starts_on.isoformat(), known.ends_on.isoformat())
    return [FundingExtended(post=command.post, funding=new)]


def fill_post(command: FillPost, post: Existing, context: PostContext) -> Sequence[PostEvent]:
    """Who works on it is recorded with their consent only."""
    day = command.effective_from
    _check_there(post, day)
    filled: list[PostEvent] = []
    if not is_filled(post, day):
        filled.append(PostFilled(post=command.post, effective_from=day))
    if command.holder and command.holder != post.record.holder:
        if not command.has_consent:
            raise ConsentMissing
        if not context.is_holder_known:
            raise UnknownHolder(command.holder)
        # The id of each naming is its own: what was erased cannot be sealed again.
        name = f"{command.post}/{post.record.named + 1}"
        filled += _withheld(post)
        filled.append(
            HolderNamed(
                post=command.post, holding=stream_id("holding", name), holder=command.holder
            )
        )
    return filled


def vacate_post(command: VacatePost, post: Existing) -> Sequence[PostEvent]:
    """Whoever was named is named no more."""
    _check_reason(command.reason)
    _check_there(post, command.effective_from)
    if not is_filled(post, command.effective_from):
        known = post.record.occupancies
        if any(one.effective_from == command.effective_from for one in known):
            return []
        raise PostIsVacant(command.effective_from.isoformat())
    vacated = PostVacated(
        post=command.post, effective_from=command.effective_from, reason=command.reason
    )
    return [vacated, *_withheld(post)]


def set_proof_due(command: SetProofDue, post: Existing) -> Sequence[PostEvent]:
    """Also of a post that has ended: what it was granted has to be proved all the same."""
    known = post.record.proofs.get(command.year)
    if known and known.due == command.due:
        return []
    if known and known.submitted_on:
        raise ProofAlreadySubmitted(command.year)
    return [ProofDueSet(post=command.post, year=command.year, due=command.due)]


def submit_proof(command: SubmitProof, post: Existing, context: PostContext) -> Sequence[PostEvent]:
    known = post.record.proofs.get(command.year)
    if known is None:
        raise ProofNotDue(command.year)
    if known.submitted_on == command.submitted_on:
        return []
    if known.submitted_on:
        raise ProofAlreadySubmitted(command.year)
    if command.submitted_on > context.today:
        raise SubmittedInFuture(command.submitted_on.isoformat())
    return [ProofSubmitted(post=command.post, year=command.year, submitted_on=command.submitted_on)]


def end_post(command: EndPost, post: Existing) -> Sequence[PostEvent]:
    _check_reason(command.reason)
    if isinstance(post, Ended):
        if post.ended_on == command.effective_from:
            return []
        raise PostHasEnded(post.ended_on.isoformat())
    if command.effective_from < post.record.since:
        raise BeforeThePost(post.record.since.isoformat())
    ended = PostEnded(
        post=command.post, effective_from=command.effective_from, reason=command.reason
    )
    return [ended, *_withheld(post)]


def remind_of_post(command: RemindOfPost, post: Existing) -> Sequence[PostEvent]:
    """Once of each day and lead, and only while the day is what it was."""
    known = (command.what, command.due, command.lead)
    if known in post.record.reminded:
        return []
    return [PostReminded(post=command.post, what=command.what, due=command.due, lead=command.lead)]


def _withheld(post: Existing) -> list[PostEvent]:
    record = post.record
    if record.holding is None:
        return []
    return [HolderWithheld(post=record.post, holding=record.holding)]


def _check_there(post: Existing, day: date) -> None:
    if is_there(post, day):
        return
    if isinstance(post, Ended) and day >= post.ended_on:
        raise PostHasEnded(post.ended_on.isoformat())
    raise BeforeThePost(post.record.since.isoformat())


def _check_share(share: int) -> None:
    if not 0 < share <= FULL_TIME:
        raise MalformedShare(share)


def _check_funding(funding: Funding) -> None:
    is_worth_something = funding.per_year is None or funding.per_year > 0
    if funding.ends_on < funding.starts_on or not is_worth_something:
        raise MalformedFunding(funding.starts_on.isoformat(), funding.ends_on.isoformat())


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing


POST: Aggregate[PostCommand, PostEvent, Post, PostContext] = Aggregate(
    "post", initial=Unknown(), evolve=evolve, decide=decide
)
