"""The rules of a body in words."""

from typing import assert_never

from domain.steering.body_rules import Number, Period, Quorum, Rules, Share
from services.texts.language import Language
from services.texts.words import number, word


def rules_in_words(rules: Rules, language: Language) -> str:
    """What the body goes by, as one list: the quorum first."""
    return "; ".join(rules_one_by_one(rules, language))


def main_rules(rules: Rules, language: Language) -> str:
    """What decides whether something is resolved, and how early one hears of a session."""
    parts = [
        quorum_in_words(rules.quorum, language),
        word(rules.majority, language),
        _within("invitation", rules.invitation, language),
    ]
    return "; ".join(parts)


def rules_one_by_one(rules: Rules, language: Language) -> list[str]:
    """Each rule for itself, the quorum first."""
    urgent = _within("urgent", rules.urgent_invitation, language)
    circular = _within("circular", rules.circular, language)
    sessions = rules.sessions_a_school_year
    parts = [
        quorum_in_words(rules.quorum, language),
        _rule("vacant-count" if rules.vacant_seats_count else "vacant-do-not-count", language),
        word(rules.majority, language),
        _rule("abstentions-count" if rules.abstentions_count else "abstentions-free", language),
        _rule("conflicted-present" if rules.conflicted_are_present else "conflicted-out", language),
        _within("invitation", rules.invitation, language),
        urgent or _rule("never-urgent", language),
        circular or _rule("never-circular", language),
        _within("call", rules.call, language),
        _within("agenda", rules.agenda, language),
        _within("minutes", rules.minutes, language),
    ]
    if sessions:
        parts.append(_rule("sessions", language).format(number=number(sessions, language)))
    return [part for part in parts if part]


def quorum_in_words(quorum: Quorum, language: Language) -> str:
    """How many voting seats must be represented."""
    match quorum:
        case Number(seats=seats):
            return _rule("quorum-number", language).format(seats=number(seats, language))
        case Share(parts=parts, of=of, exceeded=exceeded):
            name = "quorum-more" if exceeded else "quorum-share"
            return _rule(name, language).format(parts=parts, of=of)
        case _:
            assert_never(quorum)


def _within(name: str, period: Period | None, language: Language) -> str:
    """What takes so long; empty if there is no such thing."""
    if period is None:
        return ""
    return _rule(name, language).format(period=_period(period, language))


def _period(period: Period, language: Language) -> str:
    kind = "working-day" if period.working else "day"
    name = kind if period.days == 1 else f"{kind}s"
    return f"{number(period.days, language)} {_rule(name, language)}"


def _rule(name: str, language: Language) -> str:
    return word(name, language, of="rule")
