"""The forms of a working group's pages: what each sends to the API, and how a refusal is told."""

from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec
from litestar.exceptions import NotFoundException

from services.api.decisions import Decision
from services.web.assessments.rounds import moment_in
from services.web.forms import Form, Wrong
from services.web.inside import Inside, Refusal, Visit


class Typed:
    """What was typed into one of several forms on a page, whose fields begin with its name."""

    def __init__(self, form: Form, step: str) -> None:
        self._form = form
        self._step = step

    def text(self, name: str) -> str:
        return self._form.text(f"{self._step}-{name}")

    def texts(self, name: str) -> list[str]:
        return [text for text in self._form.texts(f"{self._step}-{name}") if text]

    def number(self, name: str) -> int | None:
        return self._form.number(f"{self._step}-{name}")

    def moment(self, name: str) -> str:
        """A day and time on the clock here, with its offset."""
        return moment_in(self.text(name))


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is where it is sent, below the group's own; `body` is what is sent."""

    path: Callable[[Typed], str]
    body: Callable[[Typed], object]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was not taken, for the page that shows it again. `step` is empty if none was."""

    step: str = ""
    form: Form = Form({}, {})
    wrong: Wrong | None = None

    @property
    def status(self) -> int:
        return self.wrong.status if self.wrong else 200

    def text(self, step: str, name: str, otherwise: str = "") -> str:
        """What was typed there; on a form that was not sent, what it begins with."""
        return self.form.text(f"{step}-{name}") if step == self.step else otherwise

    def texts(self, step: str, name: str, otherwise: list[str]) -> list[str]:
        return self.form.texts(f"{step}-{name}") if step == self.step else otherwise

    def wrong_in(self, step: str) -> Wrong | None:
        """Why it was not taken, if it was this form."""
        return self.wrong if step == self.step else None


def step_of(steps: Mapping[str, Step], name: str) -> Step:
    """The step at this address. Raises NotFoundException."""
    step = steps.get(name)
    if step is None:
        raise NotFoundException
    return step


async def take(
    request: Visit, inside: Inside, group: UUID, step: Step, name: str, form: Form
) -> Decision | Attempt:
    """Ask the API for it, having seen the group as the form says."""
    typed = Typed(form, name)
    path = f"/working-groups/{group}/{step.path(typed)}"
    try:
        return await inside.decide(
            request, "POST", path, step.body(typed), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        return Attempt(step=name, form=form, wrong=_wrong(refusal, name))


def _wrong(refusal: Refusal, step: str) -> Wrong:
    """Fields have the form's name before theirs; an entry of a list stands for the whole list."""
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        name = (fault.pointer or "").strip("/").partition("/")[0]
        fields.setdefault(f"{step}-{name}", fault.detail)
    return msgspec.structs.replace(Wrong.of(refusal), fields=fields)
