"""Where the pages of resolutions and need reviews are."""

from uuid import UUID

from services.web.steering.places import HOME

RESOLUTIONS = f"{HOME}/beschluesse"
NEW = f"{RESOLUTIONS}/neu"
ONE = f"{RESOLUTIONS}/{{resolution_id:uuid}}"
REVIEWS = f"{HOME}/bedarfspruefungen"
ONE_REVIEW = f"{REVIEWS}/{{review_id:uuid}}"


def resolution_at(resolution: UUID) -> str:
    return f"{RESOLUTIONS}/{resolution}"


def review_at(review: UUID) -> str:
    return f"{REVIEWS}/{review}"
