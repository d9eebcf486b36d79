"""How a company's report stood: which partner had it in hand, and until when."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.report import Closed, Unknown, Withdrawn, stage_of


def report_standing(events: Sequence[Any], _: object) -> tuple[str, Mapping[str, object]]:
    """Nothing of who the company is or what it wrote, which is sealed."""
    report = COMPANY_REPORT.replay(events)
    match report:
        case Unknown():
            return "unknown", {}
        case Closed() | Withdrawn():
            return f"report-{stage_of(report)}", {}
        case _:
            holder = report.holder
            known = {"owner": holder.organisation, "due": holder.due}
            return f"report-{stage_of(report)}", known
