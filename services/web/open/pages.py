"""All pages that are open to everybody, and the list of what is reported there."""

from collections.abc import Sequence
from typing import Any

from services.web.open.about import show_accessibility, show_help, show_imprint, show_privacy
from services.web.open.feedback import (
    complete_feedback,
    list_feedback,
    send_feedback,
    show_feedback,
    thank,
)
from services.web.open.front import choose_language, open_front

OPEN_PAGES: Sequence[Any] = (
    open_front,
    choose_language,
    show_imprint,
    show_privacy,
    show_accessibility,
    show_help,
    show_feedback,
    send_feedback,
    thank,
    list_feedback,
    complete_feedback,
)
