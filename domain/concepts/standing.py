"""Which answers stand, who has to be asked what, and how a round ends."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from domain.concepts.concept import Draft
from domain.concepts.events import Answer, Invitation, ObjectionEffect, Outcome, Position
from domain.concepts.texts import shown_digest

STRONGEST_FIRST = (Position.OBJECT, Position.AGREE_WITH_REMARKS, Position.AGREE, Position.ABSTAIN)
"""What an organisation says over all its sections is the first of these it said to any."""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """How a round ended. `positions` counts organisations, `missing` did not answer all."""

    outcome: Outcome
    positions: Mapping[Position, int]
    missing: tuple[str, ...]


def standing_answer(draft: Draft, organisation: str, section: str) -> Answer | None:
    """The organisation's answer if it is to the present text and not an objection replied to."""
    answer = draft.answers.get(organisation, {}).get(section)
    if answer is None or answer.digest != draft.digests.get(section):
        return None
    is_replied_to = answer.position is Position.OBJECT and (organisation, section) in draft.replied
    return None if is_replied_to else answer


def sections_to_ask(draft: Draft, organisation: str, scope: Iterable[str]) -> tuple[str, ...]:
    """The sections with text in the scope on which no answer of the organisation stands."""
    return tuple(
        section
        for section in scope
        if section in draft.digests and standing_answer(draft, organisation, section) is None
    )


def invitations(
    draft: Draft, scopes: Mapping[str, tuple[str, ...]], *, anew: bool
) -> tuple[Invitation, ...]:
    """Every organisation in question with its scope and what it has to answer now.

    `anew`: all of its scope, whatever stands. What it does not answer again goes on standing.
    """
    return tuple(
        Invitation(
            organisation=organisation,
            scope=scope,
            asked=tuple(section for section in scope if section in draft.digests)
            if anew
            else sections_to_ask(draft, organisation, scope),
        )
        for organisation, scope in sorted(scopes.items())
    )


def asked_digest(draft: Draft, asked: Iterable[str]) -> str:
    """The digest of the text an organisation is shown when it is asked these sections."""
    return shown_digest({section: draft.digests[section] for section in asked})


def standing_objections(draft: Draft) -> list[tuple[str, str]]:
    """(organisation, section) of the objections to the present text."""
    return [
        (organisation, section)
        for organisation in sorted(draft.answers)
        for section in sorted(draft.answers[organisation])
        if (answer := standing_answer(draft, organisation, section)) is not None
        and answer.position is Position.OBJECT
    ]


def result_of_round(draft: Draft) -> Result:
    """The result over all that stands, also from earlier rounds.

    An objection leads to a revision if the policy says so. Otherwise the round needs its quorum
    (answers, and silence if it counts as consent) and at least one consent; without, it lapses.
    Who objected, was replied to and stays silent has not consented.
    An organisation whose scope holds no text had nothing to answer and is left out.
    """
    said = {
        organisation: _said(draft, organisation)
        for organisation, scope in sorted(draft.scopes.items())
        if not draft.digests.keys().isdisjoint(scope)
    }
    missing = tuple(organisation for organisation, position in said.items() if position is None)
    positions = Counter(position for position in said.values() if position is not None)
    policy = draft.policy
    silent = [organisation for organisation in missing if not _has_objected(draft, organisation)]
    silent_consents = len(silent) if policy.silence_is_consent else 0
    counted = positions.total() + silent_consents
    consents = positions[Position.AGREE] + positions[Position.AGREE_WITH_REMARKS] + silent_consents
    if positions[Position.OBJECT] and policy.objection is ObjectionEffect.REVISION:
        outcome = Outcome.OBJECTED
    elif counted * 100 < policy.quorum_percent * len(said) or not consents:
        outcome = Outcome.LAPSED
    else:
        outcome = Outcome.AGREED
    return Result(
        outcome=outcome,
        positions={position: positions[position] for position in Position},
        missing=missing,
    )


def _has_objected(draft: Draft, organisation: str) -> bool:
    """Whether one of its latest answers to the present text was an objection."""
    return any(
        answer.position is Position.OBJECT and answer.digest == draft.digests.get(section)
        for section, answer in draft.answers.get(organisation, {}).items()
    )


def _said(draft: Draft, organisation: str) -> Position | None:
    """What the organisation says over its scope; None if it has not answered all of it.

    An objection counts even if other sections of the scope are unanswered.
    """
    scope = [section for section in draft.scopes[organisation] if section in draft.digests]
    answers = [standing_answer(draft, organisation, section) for section in scope]
    given = {answer.position for answer in answers if answer is not None}
    if Position.OBJECT in given:
        return Position.OBJECT
    if None in answers:
        return None
    return next((position for position in STRONGEST_FIRST if position in given), None)
