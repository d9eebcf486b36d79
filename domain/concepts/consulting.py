"""A consultation round: opened, extended, answered, reminded, escalated, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.calendar import Calendar
from domain.concepts.commands import (
    CloseConsultation,
    EscalateConsultation,
    ExtendConsultation,
    Invite,
    OpenConsultation,
    RemindOrganisations,
    Respond,
    SectionResponse,
)
from domain.concepts.concept import Consulting, Draft, Existing, Submitted, stage_of
from domain.concepts.errors import (
    AnsweredTwice,
    AnswersStand,
    AnswerTooLate,
    DeadlineNotLater,
    InvitedTwice,
    NobodyInvited,
    NothingToAsk,
    NotInvited,
    NotSubmitted,
    OtherTextShown,
    PositionMissing,
    QuorumOutOfRange,
    ReasonMissing,
    RemarkMissing,
    RoundNotOpen,
    SectionNotAsked,
    TooEarly,
    UnknownSection,
)
from domain.concepts.events import (
    Answer,
    ConceptEvent,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    OrganisationsReminded,
    Position,
    ResponseGiven,
)
from domain.concepts.schedule import moments
from domain.concepts.standing import asked_digest, invitations, result_of_round
from domain.concepts.texts import shown_digest
from domain.directory.errors import UnknownOrganisation
from domain.directory.organisation import Organisation
from domain.kernel import Actor

NEEDS_A_REMARK = frozenset({Position.OBJECT, Position.AGREE_WITH_REMARKS})
WHOLE = 100


def open_consultation(
    command: OpenConsultation,
    concept: Existing,
    at: datetime,
    calendar: Calendar,
    organisations: Mapping[str, Organisation],
) -> Sequence[ConceptEvent]:
    """Ask the invited; in a later round only those to whom something is new or open."""
    if not isinstance(concept, Submitted):
        raise NotSubmitted(stage_of(concept))
    draft = concept.draft
    policy = command.policy or draft.policy
    if not 0 <= policy.quorum_percent <= WHOLE:
        raise QuorumOutOfRange(policy.quorum_percent)
    scopes = _scopes(draft, command.invited, organisations)
    invited = invitations(draft, scopes, anew=command.anew)
    if not any(invitation.asked for invitation in invited):
        raise NothingToAsk
    when = moments(calendar, command.schedule, at)
    return [
        ConsultationOpened(
            round=draft.rounds + 1,
            invitations=invited,
            policy=policy,
            due=when.due,
            closes_at=when.closes_at,
            reminders=when.reminders,
            digest=shown_digest(draft.digests),
        )
    ]


def extend_consultation(
    command: ExtendConsultation, concept: Existing, at: datetime, calendar: Calendar
) -> Sequence[ConceptEvent]:
    """Give more time, also after the deadline while the round has not closed."""
    this = _open_round(concept, command.round).round
    if not command.reason.strip():
        raise ReasonMissing
    if at >= this.closes_at:
        raise RoundNotOpen(command.round)
    when = moments(calendar, command.schedule, at)
    if when.due <= this.due or when.closes_at < this.closes_at:
        raise DeadlineNotLater(when.due.isoformat())
    return [
        ConsultationExtended(
            round=this.number,
            due=when.due,
            closes_at=when.closes_at,
            reminders=when.reminders,
            reason=command.reason,
        )
    ]


def respond(command: Respond, concept: Existing, at: datetime, by: Actor) -> Sequence[ConceptEvent]:
    """Answer for an organisation, or change its mind while the round is open."""
    consulting = _open_round(concept, command.round)
    draft, this = consulting.draft, consulting.round
    if at >= this.closes_at:
        raise AnswerTooLate(this.closes_at.isoformat())
    if command.organisation not in this.asked:
        if command.organisation in draft.scopes:
            raise AnswersStand(command.organisation)
        raise NotInvited(command.organisation)
    asked = this.asked[command.organisation]
    current = asked_digest(draft, asked)
    if command.shown != current:
        raise OtherTextShown(command.shown, current)
    answers = _answers(command, asked, draft)
    earlier = draft.answers.get(command.organisation, {})
    if command.organisation in this.answered and all(earlier[a.section] == a for a in answers):
        return []
    return [
        ResponseGiven(
            round=this.number,
            organisation=command.organisation,
            respondent=by.account,
            answers=answers,
            shown=current,
        )
    ]


def remind_organisations(
    command: RemindOrganisations, concept: Existing, at: datetime
) -> Sequence[ConceptEvent]:
    """Remind those who may still answer, once for each planned moment."""
    if command.moment is None:
        _open_round(concept, command.round)
    if not isinstance(concept, Consulting) or concept.round.number != command.round:
        return []
    this = concept.round
    if command.moment is not None and at < command.moment:
        raise TooEarly(command.moment.isoformat())
    is_stale = command.moment is not None and command.moment not in this.reminders
    is_over = at >= this.closes_at
    if is_over or is_stale or command.moment in this.reminded or not this.missing:
        return []
    return [
        OrganisationsReminded(round=this.number, organisations=this.missing, moment=command.moment)
    ]


def escalate_consultation(
    command: EscalateConsultation, concept: Existing, at: datetime
) -> Sequence[ConceptEvent]:
    """After the deadline, name those who have not answered. Silence that counts is no trouble."""
    if not isinstance(concept, Consulting) or concept.round.number != command.round:
        return []
    this = concept.round
    if at < this.due:
        raise TooEarly(this.due.isoformat())
    if this.escalated or not this.missing or concept.draft.policy.silence_is_consent:
        return []
    return [ConsultationEscalated(round=this.number, missing=this.missing)]


def close_consultation(
    command: CloseConsultation, concept: Existing, at: datetime
) -> Sequence[ConceptEvent]:
    """At its end, or before if everybody has answered."""
    is_open = isinstance(concept, Consulting) and concept.round.number == command.round
    if not is_open and concept.draft.rounds >= command.round:
        return []
    this = _open_round(concept, command.round).round
    if this.missing and at < this.closes_at:
        raise TooEarly(this.closes_at.isoformat())
    result = result_of_round(concept.draft)
    return [
        ConsultationClosed(
            round=this.number,
            outcome=result.outcome,
            positions=result.positions,
            missing=result.missing,
        )
    ]


def _open_round(concept: Existing, number: int) -> Consulting:
    if not isinstance(concept, Consulting) or concept.round.number != number:
        raise RoundNotOpen(number)
    return concept


def _scopes(
    draft: Draft, invited: Sequence[Invite], organisations: Mapping[str, Organisation]
) -> dict[str, tuple[str, ...]]:
    scopes = dict(draft.scopes)
    named: set[str] = set()
    everything = tuple(section.key for section in draft.sections)
    for invite in invited:
        if not organisations[invite.organisation].key:
            raise UnknownOrganisation(invite.organisation)
        if invite.organisation in named:
            raise InvitedTwice(invite.organisation)
        for section in invite.sections:
            if section not in everything:
                raise UnknownSection(section)
        named.add(invite.organisation)
        # A scope only grows: an objection cannot be put aside by no longer asking about it.
        asked = {*(invite.sections or everything), *draft.scopes.get(invite.organisation, ())}
        scopes[invite.organisation] = tuple(s for s in everything if s in asked)
    if not scopes:
        raise NobodyInvited
    return scopes


def _answers(command: Respond, asked: Sequence[str], draft: Draft) -> tuple[Answer, ...]:
    single: dict[str, SectionResponse] = {}
    for response in command.sections:
        if response.section not in asked:
            raise SectionNotAsked(command.organisation, response.section)
        if response.section in single:
            raise AnsweredTwice(response.section)
        single[response.section] = response
    answers: list[Answer] = []
    for section in asked:
        given = single.get(section)
        position = given.position if given else command.position
        remark = given.remark if given else command.remark
        if position is None:
            raise PositionMissing(section)
        if position in NEEDS_A_REMARK and not remark.strip():
            raise RemarkMissing(section)
        answers.append(
            Answer(
                section=section,
                position=position,
                digest=draft.digests[section],
                remark=remark,
            )
        )
    return tuple(answers)
