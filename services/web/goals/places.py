"""Where the goals of a school year are, and the pages of what counts for them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from services.api.goal_bounds import year_in_path
from services.identity.areas import Area
from services.web.steering.places import HOME

GOALS = f"{HOME}/ziele"
OF_YEAR = f"{GOALS}/{{school_year:str}}"

OF_SESSIONS, OF_POSTS = "session.", "post."
PAGES: Mapping[str, str] = {
    OF_SESSIONS: f"{HOME}/sitzungen/{{}}",
    "theme.": f"{HOME}/themen/{{}}",
    "resolution.": f"{HOME}/beschluesse/{{}}",
    "need-review.": f"{HOME}/bedarfspruefungen/{{}}",
    "working-group.": f"{HOME}/arbeitsgruppen/{{}}",
    "concept.": "/konzepte/{}",
    "framework.": "/konzepte/rahmen",
    "school-year.": GOALS,
    OF_POSTS: f"/{Area.POSTS}/{{}}",
}
"""By how the topic of an event begins."""


def page_of(
    topic: str, stream: UUID, *, sessions: Collection[UUID], reads_posts: bool = False
) -> str:
    """The page of the thing an event happened to; nothing if it has none.

    `sessions` are those the person may open.
    """
    if topic.startswith(OF_SESSIONS) and stream not in sessions:
        return ""
    if topic.startswith(OF_POSTS) and not reads_posts:
        return ""
    for begins, address in PAGES.items():
        if topic.startswith(begins):
            return address.format(stream)
    return ""


def year_page(school_year: str) -> str:
    """Of `2024/25`, also as the address has it."""
    return f"{GOALS}/{year_in_path(school_year)}"
