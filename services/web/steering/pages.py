"""The pages of the steering, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.steering import findings, overview, reporting, summary, theme, themes

STEERING_PAGES: Sequence[Any] = (
    overview.show_steering,
    findings.list_findings,
    reporting.offer_report,
    reporting.report,
    findings.show_finding,
    reporting.offer_correction,
    reporting.correct,
    findings.withdraw,
    findings.take_into_theme,
    findings.release,
    themes.show_themes,
    themes.bundle,
    themes.offer_theme,
    themes.open_theme,
    theme.show_theme,
    theme.name_source,
    theme.take_step,
    summary.offer_summary,
    summary.save_summary,
)
