"""The steps of the form, one group of questions each, and which answers belong to which."""

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Step(StrEnum):
    """As it stands in the address."""

    COMPANY = "unternehmen"
    LEARNERS = "lernende"
    TIMES = "zeiten"
    PLACE = "ort"
    CONDITIONS = "bedingungen"
    CONTACT = "kontakt"
    REVIEW = "pruefen"


STEPS: Sequence[Step] = tuple(Step)
FIRST = STEPS[0]

ANSWERS: Mapping[Step, Sequence[str]] = {
    Step.COMPANY: ("company-",),
    Step.LEARNERS: ("group-", "groups"),
    Step.TIMES: ("times-",),
    Step.PLACE: ("place-", "start", "weeks"),
    Step.CONDITIONS: ("release", "cost_share", "earlier", "pooling"),
    Step.CONTACT: ("contact-", "consent", "remark"),
    Step.REVIEW: (),
}
"""Fields of the step by name, or by the beginning of their names if it ends in `-`."""


def is_of(step: Step, field: str) -> bool:
    """Whether the question with this name stands on the step."""
    return any(
        field.startswith(known) if known.endswith("-") else field == known
        for known in ANSWERS[step]
    )


def step_of(field: str) -> Step:
    """The step a question stands on; the last one for what is no question."""
    return next((step for step in STEPS if is_of(step, field)), Step.REVIEW)


def after(step: Step) -> Step:
    """The next one; the last one again."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def before(step: Step) -> Step | None:
    """The one before; None for the first."""
    place = STEPS.index(step)
    return STEPS[place - 1] if place else None
