"""The pages about companies' reports, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.needs import entering, inbox, report

NEED_PAGES: Sequence[Any] = (
    inbox.show_inbox,
    entering.offer_entry,
    entering.enter,
    report.show_report,
    report.take_step,
    report.note_gap,
    entering.offer_change,
    entering.change,
)
