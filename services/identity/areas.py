"""The areas of the pages, and which roles find their way there."""

from collections.abc import Mapping
from enum import StrEnum

from domain.kernel import ROLES_OF_PEOPLE, Role
from services.identity.goal_readers import READS_GOALS
from services.identity.post_readers import READS_POSTS
from services.identity.report_readers import READS_REPORTS

PEOPLE = frozenset(ROLES_OF_PEOPLE)


class Area(StrEnum):
    """An area of the pages; the value is its address."""

    TASKS = "aufgaben"
    CONCEPTS = "konzepte"
    ASSESSMENTS = "erhebungen"
    STEERING = "steuerung"
    REPORTS = "meldungen"
    POSTS = "stellen"
    REPORT = "bericht"
    AUDIT = "revision"
    ADMINISTRATION = "verwaltung"
    ACCOUNT = "konto"


AREAS: Mapping[Area, frozenset[Role]] = {
    Area.TASKS: PEOPLE,
    Area.CONCEPTS: PEOPLE - {Role.COLLEGE, Role.EXPERT},
    Area.ASSESSMENTS: frozenset(
        {
            Role.COORDINATOR,
            Role.COLLEGE,
            Role.EXPERT,
            Role.STEERING_MEMBER,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        }
    ),
    Area.STEERING: frozenset(
        {
            Role.COORDINATOR,
            Role.CASE_MANAGER,
            Role.ORGANISATION_MEMBER,
            Role.COLLEGE,
            Role.STEERING_MEMBER,
            Role.AUDITOR,
            Role.ADMINISTRATOR,
        }
    ),
    Area.REPORTS: READS_REPORTS,
    Area.POSTS: READS_POSTS,
    Area.REPORT: READS_GOALS,
    Area.AUDIT: frozenset({Role.AUDITOR, Role.COORDINATOR, Role.ADMINISTRATOR}),
    Area.ADMINISTRATION: frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    Area.ACCOUNT: PEOPLE,
}
"""What a page shows and does is decided by the API behind it; this is who is led there."""
