"""Pages open to everybody: imprint, privacy, accessibility, help."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Response

from domain.retention.classes import RetentionClass
from services.privacy.retention.files import RetainedFiles
from services.privacy.retention.plan import KINDS
from services.settings import Settings
from services.web.door import OPEN
from services.web.rendering import Pages

HELP = ("sign_in", "tasks", "consultation", "results", "record", "keyboard", "lost")
"""The questions of the help page, in order."""


@get("/impressum", opt=OPEN)
async def show_imprint(
    request: Request[Any, Any, Any],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """Who answers for these pages."""
    facts = {
        "name": settings.imprint_name,
        "address": settings.imprint_address,
        "represented_by": settings.imprint_represented_by,
        "telephone": settings.imprint_telephone,
        "email": settings.imprint_email,
        "supervision": settings.imprint_supervision,
    }
    return await pages.show(request, "open/imprint.html", facts=facts)


@get("/datenschutz", opt=OPEN)
async def show_privacy(
    request: Request[Any, Any, Any],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    files: NamedDependency[RetainedFiles],
) -> Response[str]:
    """What is stored of people, why, how long, and their rights."""
    return await pages.show(
        request,
        "open/privacy.html",
        responsible=settings.imprint_name,
        address=settings.imprint_address,
        officer=settings.privacy_officer,
        classes=_classes(files),
    )


@get("/barrierefreiheit", opt=OPEN)
async def show_accessibility(
    request: Request[Any, Any, Any],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """How accessible the pages are, and where to report barriers."""
    reviewed = settings.accessibility_reviewed_on
    return await pages.show(
        request,
        "open/accessibility.html",
        responsible=settings.imprint_name,
        email=settings.imprint_email,
        telephone=settings.imprint_telephone,
        reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
    )


@get("/hilfe", opt=OPEN)
async def show_help(
    request: Request[Any, Any, Any], pages: NamedDependency[Pages]
) -> Response[str]:
    """How to find one's way."""
    return await pages.show(request, "open/help.html", questions=HELP)


def _classes(files: RetainedFiles) -> Sequence[RetentionClass]:
    """The retention classes of what is kept here."""
    return [files.plan.class_of(kind) for kind in KINDS]
