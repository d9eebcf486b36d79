"""How the things of the county's steering stood at a moment, for whoever follows the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.findings.decide_finding import FINDING
from domain.findings.decide_theme import THEME
from domain.findings.finding import stage_of as stage_of_finding
from domain.findings.theme import Unknown as UnknownTheme
from domain.findings.theme import stage_of as stage_of_theme
from domain.steering.body_decide import BODY
from domain.steering.mandate import kind_of
from domain.steering.need_review import Unknown as UnknownReview
from domain.steering.need_review import stage_of as stage_of_review
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.resolution import Unknown as UnknownResolution
from domain.steering.resolution import stage_of as stage_of_resolution
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_standing import what_became_of
from domain.steering.session import Cancelled, stage_of
from domain.steering.session import Unknown as UnknownSession
from domain.steering.session_decide import SESSION

Known = Mapping[str, object]


def body_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    """How many seats and editions of its rules it has."""
    body = BODY.replay(events)
    return "", {
        "since": body.since,
        "seats": len(body.seats) or None,
        "editions": len(body.editions) or None,
    }


def session_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    """When it is or was, and what came of it so far."""
    session = SESSION.replay(events)
    if isinstance(session, UnknownSession):
        return "unknown", {}
    record = session.record
    return stage_of(session), {
        "starts_at": record.starts_at,
        "place": record.place,
        "items": len(record.items) or None,
        "items_until": record.called_until,
        "invited_by": record.invitation and record.invitation.due,
        "votes_taken": len(record.counts) or None,
        "minutes_released": record.released or None,
        "reason": session.reason if isinstance(session, Cancelled) else "",
    }


def resolution_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    """What it asks of whom by when, and what became of it."""
    resolution = RESOLUTION.replay(events)
    if isinstance(resolution, UnknownResolution):
        return "unknown", {}
    passed, became = resolution.passed, what_became_of(resolution)
    return stage_of_resolution(resolution), {
        "mandate": kind_of(passed.mandate),
        "owner": became.owner,
        "due": became.due,
        "decided_at": passed.decided_at,
        "reports": len(became.reports) or None,
        "outcome": became.outcome,
    }


def review_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    review = NEED_REVIEW.replay(events)
    if isinstance(review, UnknownReview):
        return "unknown", {}
    examined = review.examined
    return stage_of_review(review), {
        "meetings_held": examined.meetings_held or None,
        "proposals": len(examined.proposals) or None,
    }


def finding_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    """Nothing of what it describes, which is sealed."""
    return stage_of_finding(FINDING.replay(events)), {}


def theme_standing(events: Sequence[Any], _: object) -> tuple[str, Known]:
    theme = THEME.replay(events)
    if isinstance(theme, UnknownTheme):
        return "unknown", {}
    return stage_of_theme(theme), {
        "discussed_in": len(theme.matter.discussed_in) or None,
        "resolutions": len(theme.matter.resolutions) or None,
    }
