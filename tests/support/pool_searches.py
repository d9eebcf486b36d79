"""Searches for common courses over HTTP, for tests that need what one finds."""

from http import HTTPStatus

import httpx

from tests.support.http import Json
from tests.support.stack import Stack

SUGGEST = "/company-reports/pool-suggestions"
GOING_ON = {"waiting", "running"}


async def started(stack: Stack) -> str:
    """The path of a search that was begun just now."""
    return path_of(await stack.koordination.post(SUGGEST))


def path_of(accepted: httpx.Response) -> str:
    assert accepted.status_code == HTTPStatus.ACCEPTED, accepted.text
    return accepted.headers["location"].removeprefix("/api/v1")


async def ended(stack: Stack, path: str) -> Json:
    """The search, once nobody looks any more."""
    return await stack.koordination.until(
        path, lambda view: view["state"] not in GOING_ON, seconds=60
    )


async def suggestions(stack: Stack) -> Json:
    """What is suggested for those who wait now."""
    view = await ended(stack, await started(stack))
    assert view["state"] == "done", view
    return view["found"]


def with_report(found: Json, report: str) -> Json:
    """The course the report would be in, if any."""
    return next(
        (
            course
            for course in found["courses"]
            if report in {member["report"] for member in course["members"]}
        ),
        None,
    )
