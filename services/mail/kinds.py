"""Which mails there are, and how soon each has to be read."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

import msgspec

GOOD_FOR = timedelta(days=3)
"""What is older is told to nobody: neither an event that is learned of late, nor a mail that
waited so long for a server."""

TOKEN = "token"  # noqa: S105 (the name of a fact)
"""The one fact that is a secret."""

TARGET = "target"
"""The fact that is the page a mail leads to."""


class Kind(StrEnum):
    """What a mail wants of whoever gets it."""

    OPENS = "opens"
    """It is the way in, and the person waits for it: always at once. So is all that companies get,
    which have no account to choose anything in."""
    ASKS = "asks"
    """Something is needed of the person."""
    TELLS = "tells"
    """For information."""


class Rhythm(StrEnum):
    """When a person wants to be told."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    """All in one mail on the morning of a working day."""
    ONLY_ASKED = "only-asked"
    """At once what needs something of them, and nothing else."""


class Addressee(StrEnum):
    """Whom the id of a mail names."""

    ACCOUNT = "account"
    REPORT = "report"
    """Whom a company named as its contact in this report."""
    INTAKE = "intake"
    """Whoever filled in this form, and has not confirmed it yet."""


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """`purpose` is that of a one-time link, which is made when the mail is sent."""

    kind: Kind
    purpose: str | None = None
    to: Addressee = Addressee.ACCOUNT


TEMPLATES: Mapping[str, Template] = {
    "invitation": Template(kind=Kind.OPENS),
    "password-reset": Template(kind=Kind.OPENS),
    "sign-in": Template(kind=Kind.OPENS),
    "digest": Template(kind=Kind.OPENS),
    "consultation-opened": Template(kind=Kind.ASKS, purpose="consultation"),
    "consultation-reminder": Template(kind=Kind.ASKS, purpose="consultation"),
    "consultation-extended": Template(kind=Kind.TELLS, purpose="consultation"),
    "consultation-escalated": Template(kind=Kind.ASKS),
    "consultation-closed": Template(kind=Kind.TELLS),
    "concept-adopted": Template(kind=Kind.TELLS),
    "round-announced": Template(kind=Kind.TELLS),
    "round-opened": Template(kind=Kind.ASKS),
    "round-reminder": Template(kind=Kind.ASKS),
    "round-extended": Template(kind=Kind.TELLS),
    "round-escalated": Template(kind=Kind.ASKS),
    "round-closed": Template(kind=Kind.TELLS),
    "round-released": Template(kind=Kind.TELLS),
    "round-cancelled": Template(kind=Kind.TELLS),
    "group-call": Template(kind=Kind.ASKS),
    "group-meeting-called": Template(kind=Kind.ASKS),
    "group-meeting-moved": Template(kind=Kind.TELLS),
    "group-meeting-cancelled": Template(kind=Kind.TELLS),
    "group-report-due": Template(kind=Kind.ASKS),
    "group-reported": Template(kind=Kind.TELLS),
    "agreement-reminder": Template(kind=Kind.ASKS),
    "agreement-overdue": Template(kind=Kind.ASKS),
    "goal-at-risk": Template(kind=Kind.ASKS),
    "post-funding-ends": Template(kind=Kind.ASKS),
    "post-proof-due": Template(kind=Kind.ASKS),
    "session-call": Template(kind=Kind.ASKS),
    "session-call-reminder": Template(kind=Kind.ASKS),
    "session-invitation": Template(kind=Kind.ASKS),
    "session-moved": Template(kind=Kind.TELLS),
    "session-cancelled": Template(kind=Kind.TELLS),
    "session-reminder": Template(kind=Kind.TELLS),
    "ballot-opened": Template(kind=Kind.ASKS),
    "ballot-reminder": Template(kind=Kind.ASKS),
    "minutes-to-approve": Template(kind=Kind.ASKS),
    "minutes-released": Template(kind=Kind.TELLS),
    "minutes-overdue": Template(kind=Kind.ASKS),
    "mandate-given": Template(kind=Kind.ASKS),
    "mandate-reminder": Template(kind=Kind.ASKS),
    "mandate-overdue": Template(kind=Kind.ASKS),
    "report-arrived": Template(kind=Kind.ASKS),
    "report-returned": Template(kind=Kind.ASKS),
    "report-taken-back": Template(kind=Kind.TELLS),
    "report-reminder": Template(kind=Kind.ASKS),
    "report-follow-up-due": Template(kind=Kind.ASKS),
    "report-overdue": Template(kind=Kind.ASKS),
    "report-escalated": Template(kind=Kind.ASKS),
    "referral-asked": Template(kind=Kind.ASKS),
    "referral-reminder": Template(kind=Kind.ASKS),
    "referral-recalled": Template(kind=Kind.TELLS),
    "course-pool-declined": Template(kind=Kind.ASKS),
    "course-pool-complete": Template(kind=Kind.ASKS),
    "report-confirmation": Template(kind=Kind.OPENS, to=Addressee.INTAKE),
    "report-received": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-link": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-acknowledged": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-question": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-answered": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-withdrawn": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "report-follow-up": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "course-pool-asked": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "course-pool-formed": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "course-pool-smaller": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "course-pool-left": Template(kind=Kind.OPENS, to=Addressee.REPORT),
    "course-pool-dissolved": Template(kind=Kind.OPENS, to=Addressee.REPORT),
}
"""By name; the texts are in the folder `templates`."""
