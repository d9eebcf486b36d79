"""The pages about companies' reports, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.needs import entering, figures, inbox, matches, report

NEED_PAGES: Sequence[Any] = (
    inbox.show_inbox,
    figures.show_figures,
    entering.offer_entry,
    entering.enter,
    report.show_report,
    report.take_step,
    report.note_gap,
    matches.show_matches,
    matches.propose_offer,
    entering.offer_change,
    entering.change,
)
