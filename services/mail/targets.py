"""Which page a mail leads to."""

from uuid import UUID


def request_page(concept: UUID, organisation: str) -> str:
    """Where an invited organisation reads and answers, in the round that is open then."""
    return f"/konzepte/{concept}/anfrage/{organisation}"


def concept_page(concept: UUID) -> str:
    return f"/konzepte/{concept}"


def round_page(assessment_round: UUID) -> str:
    return f"/erhebungen/runden/{assessment_round}"


def goals_page(school_year: str) -> str:
    """The goals of a school year (`2025/26`), with what stands how."""
    return f"/steuerung/ziele/{school_year.replace('/', '-')}"


def session_page(session: UUID) -> str:
    """Where a session is prepared, held and minuted."""
    return f"/steuerung/sitzungen/{session}"


def group_page(group: UUID) -> str:
    """Where a working group's meetings and reports are."""
    return f"/steuerung/arbeitsgruppen/{group}"


def agreement_page(group: UUID, agreement: int) -> str:
    return f"/steuerung/arbeitsgruppen/{group}/vereinbarungen/{agreement}"


def resolution_page(resolution: UUID) -> str:
    """Where its owner reports on a mandate."""
    return f"/steuerung/beschluesse/{resolution}"


REPORTS = "/meldungen"
"""The companies' reports that are with whoever looks."""


def report_page(report: UUID) -> str:
    """Where a company's report is worked on."""
    return f"{REPORTS}/{report}"


def course_pool_page(pool: UUID) -> str:
    """Where a course that companies fill together is put together."""
    return f"{REPORTS}/kurse-gemeinsam/{pool}"


def post_page(post: UUID) -> str:
    """Where a funded post is, with its periods and its proofs."""
    return f"/stellen/{post}"
