"""A resolution is passed: from a valid vote that adopted it, with a mandate that is complete."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import assert_never

from domain.concepts.concept import Unknown as NoConcept
from domain.concepts.errors import UnknownConcept
from domain.directory.errors import UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.steering.follow_up import FollowUp, follow_up
from domain.steering.mandate import (
    NOTHING_TO_DO,
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
    kind_of,
)
from domain.steering.minutes import Decided
from domain.steering.resolution import InForce, Resolution, Unknown, is_later, stage_of
from domain.steering.resolution_commands import PassResolution
from domain.steering.resolution_context import ResolutionContext, Voted
from domain.steering.resolution_errors import (
    AlreadyPassed,
    DueMissing,
    MandateIncomplete,
    NamedTwice,
    NoLongerInForce,
    NotAdopted,
    NothingToDo,
    NotRevokedBy,
    OnlyRecommended,
    OtherBody,
    OwnerMissing,
    UnknownResolution,
    UnknownVote,
    VoteWasAnnulled,
)
from domain.steering.resolution_events import ResolutionEvent, ResolutionPassed
from domain.working_groups.errors import GroupDissolved, UnknownGroup
from domain.working_groups.group import Dissolved
from domain.working_groups.group import Unknown as NoGroup


def pass_resolution(
    command: PassResolution, resolution: Resolution, context: ResolutionContext
) -> Sequence[ResolutionEvent]:
    """Once for each vote. The text is the wording that was put to the vote."""
    voted = _adopted(command, context)
    until = _until(command, voted.vote.at, context)
    if not isinstance(resolution, Unknown):
        passed = resolution.passed
        asked = (command.mandate, command.owner, until and until.due, command.reference)
        there = (passed.mandate, passed.resolved_owner, passed.resolved_due, passed.reference)
        if asked == there:
            return []
        raise AlreadyPassed(str(command.session), command.number)
    _check_mandate(command, voted, context)
    return [
        ResolutionPassed(
            resolution=command.subject,
            body=voted.body,
            session=command.session,
            number=command.number,
            item=voted.item.item,
            alternative=voted.vote.alternative,
            themes=voted.item.themes,
            title=voted.item.title,
            text=voted.vote.text,
            decided_at=voted.vote.at,
            manner=voted.vote.manner,
            edition=voted.vote.edition,
            tally=voted.vote.tally,
            mandate=command.mandate,
            owner=command.owner,
            due=until and until.due,
            reminders=until.reminders if until else (),
            reference=command.reference,
        )
    ]


def _adopted(command: PassResolution, context: ResolutionContext) -> Voted:
    """The vote, if the body adopted the wording in it and had a quorum."""
    vote = (str(command.session), command.number)
    if context.was_annulled:
        raise VoteWasAnnulled(*vote)
    voted = context.voted
    if voted is None:
        raise UnknownVote(*vote)
    match voted.decided:
        case Decided.ADOPTED if voted.vote.is_quorate:
            return voted
        case Decided.ADOPTED | Decided.RECOMMENDED | Decided.NOT_RECOMMENDED:
            raise OnlyRecommended(*vote)
        case Decided.REJECTED:
            raise NotAdopted(*vote)
        case _:
            assert_never(voted.decided)


def _until(
    command: PassResolution, decided_at: datetime, context: ResolutionContext
) -> FollowUp | None:
    """Until when it is to be done; counted from the vote, so that a late record is no excuse."""
    kind = kind_of(command.mandate)
    if isinstance(command.mandate, NOTHING_TO_DO):
        if command.owner or command.due is not None:
            raise NothingToDo(kind)
        return None
    if not command.owner:
        raise OwnerMissing(kind)
    if command.due is None:
        raise DueMissing(kind)
    _check_known((command.owner,), context)
    days = command.remind_working_days_before
    return follow_up(context.calendar, command.due, days, after=decided_at)


def _check_mandate(command: PassResolution, voted: Voted, context: ResolutionContext) -> None:
    """It says what it is about, and that is there."""
    mandate = command.mandate
    match mandate:
        case GroupMandate():
            _check_text(command, title=mandate.title, purpose=mandate.purpose)
            _check_group(mandate, context)
        case DissolutionMandate():
            _check_dissolution(mandate, voted, context)
        case AdoptionMandate(concept=concept):
            if isinstance(context.concept, NoConcept):
                raise UnknownConcept(str(concept))
        case ReviewMandate(question=question):
            _check_text(command, question=question)
        case MinistryMandate(need=need):
            _check_text(command, need=need)
        case RevocationMandate():
            _check_revocation(mandate, voted, context)
        case Commission() | Notice():
            pass
        case _:
            assert_never(mandate)


def _check_text(command: PassResolution, **texts: str) -> None:
    for field, text in texts.items():
        if not text.strip():
            raise MandateIncomplete(kind_of(command.mandate), field)


def _check_group(mandate: GroupMandate, context: ResolutionContext) -> None:
    if not mandate.members:
        raise MandateIncomplete(kind_of(mandate), "members")
    named: set[str] = set()
    for organisation in (*mandate.members, *mandate.guests):
        if organisation in named:
            raise NamedTwice(organisation)
        named.add(organisation)
    _check_known(named, context)


def _check_dissolution(
    mandate: DissolutionMandate, voted: Voted, context: ResolutionContext
) -> None:
    """A working group of the same body."""
    group = context.group
    if isinstance(group, NoGroup):
        raise UnknownGroup(str(mandate.group))
    if isinstance(group, Dissolved):
        raise GroupDissolved(group.until.isoformat())
    if group.record.body != voted.body:
        raise OtherBody(group.record.body)


def _check_revocation(mandate: RevocationMandate, voted: Voted, context: ResolutionContext) -> None:
    """An earlier resolution of the same body that is in force."""
    other = context.other
    if isinstance(other, Unknown):
        raise UnknownResolution(str(mandate.resolution))
    if not isinstance(other, InForce):
        raise NoLongerInForce(stage_of(other))
    if other.passed.body != voted.body:
        raise OtherBody(other.passed.body)
    if not is_later(voted.vote.at, voted.vote.number, other.passed):
        raise NotRevokedBy(str(mandate.resolution))


def _check_known(named: Iterable[str], context: ResolutionContext) -> None:
    for organisation in sorted(named):
        if not context.organisations.get(organisation, Organisation()).key:
            raise UnknownOrganisation(organisation)
