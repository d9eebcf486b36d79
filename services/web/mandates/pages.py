"""The pages of resolutions and need reviews, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.mandates import (
    evidence,
    follow_up,
    letters,
    proposals,
    recording,
    resolution,
    resolutions,
    review,
    reviews,
)

MANDATE_PAGES: Sequence[Any] = (
    resolutions.list_resolutions,
    recording.offer_recording,
    recording.record,
    resolution.show_resolution,
    resolution.take_step,
    resolution.open_review,
    resolution.establish_group,
    follow_up.note_showing,
    letters.download_letter,
    letters.download_document,
    reviews.list_reviews,
    reviews.offer_review,
    reviews.open_review,
    review.show_review,
    review.end_review,
    evidence.offer_meeting,
    evidence.record_meeting,
    evidence.offer_correction,
    evidence.correct_meeting,
    evidence.withdraw_meeting,
    proposals.offer_writing,
    proposals.write,
    proposals.put_forward,
    proposals.settle,
)
