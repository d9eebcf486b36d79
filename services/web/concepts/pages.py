"""All pages of the concepts."""

from collections.abc import Sequence
from typing import Any

from services.web.concepts.concept import show_concept
from services.web.concepts.framework import FrameworkPages
from services.web.concepts.overview import open_all_concepts, open_concept, show_overview
from services.web.concepts.printing import PrintPages
from services.web.concepts.receipts import ReceiptPages
from services.web.concepts.requests import RequestPages
from services.web.concepts.rounds import RoundPages
from services.web.concepts.sections import SectionPages
from services.web.concepts.steps import StepPages

CONCEPT_PAGES: Sequence[Any] = (
    show_overview,
    open_concept,
    open_all_concepts,
    show_concept,
    SectionPages,
    StepPages,
    RoundPages,
    RequestPages,
    ReceiptPages,
    PrintPages,
    FrameworkPages,
)
