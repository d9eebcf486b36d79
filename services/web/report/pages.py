"""The pages of the report, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.report import giving_out, report, writing, years

REPORT_PAGES: Sequence[Any] = (
    years.show_years,
    report.show_report,
    report.keep,
    writing.offer_text,
    writing.save_text,
    writing.reset_text,
    giving_out.download_pdf,
    giving_out.download_document,
)
