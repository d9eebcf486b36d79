"""Shares and sums as people type them: `0,75` is 75 hundredths, `57.000,00` is money in cents."""

import re
from typing import Any

from services.web.forms import Form

DECIMAL = re.compile(r"(\d{1,3}(?:[.\u202f ]?\d{3})*)(?:,(\d{1,2}))?")
FUNDING = ("starts_on", "ends_on", "per_year", "notice")


def hundredths(text: str) -> int | str:
    """The number in hundredths; what is none the API shall refuse."""
    found = DECIMAL.fullmatch(text.strip().removesuffix("€").strip())
    if found is None:
        return text
    whole = int(re.sub(r"\D", "", found[1]))
    return whole * 100 + int((found[2] or "").ljust(2, "0"))


def funding_in(form: Form) -> dict[str, Any] | None:
    """The period of funding on a form; None if nothing was typed of it."""
    if not any(form.text(name) for name in FUNDING):
        return None
    body: dict[str, Any] = {
        "starts_on": form.text("starts_on"),
        "ends_on": form.text("ends_on"),
        "notice": form.text("notice"),
    }
    if form.text("per_year"):
        body["per_year"] = hundredths(form.text("per_year"))
    return body
