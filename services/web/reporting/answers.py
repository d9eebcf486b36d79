"""What was answered so far: it travels in the form itself, and is stored nowhere before sending."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import msgspec
from litestar import Request

from services.web.reporting.steps import STEPS, Step, is_of

CARRIED = "antworten"
"""The hidden field with the answers of all other steps."""

MOST_GROUPS = 10
MOST_FIELDS = 400
LONGEST = 4_000

Kept = dict[str, list[str]]
_DECODER = msgspec.json.Decoder(Kept)


class Answers(msgspec.Struct, frozen=True):
    """By the name of the field; a field with several choices has several texts."""

    given: Mapping[str, list[str]] = {}

    def text(self, name: str) -> str:
        """The text of a field without blanks at its ends; empty if there is none."""
        return next(iter(self.given.get(name, ())), "").strip()

    def texts(self, name: str) -> list[str]:
        """All that was chosen."""
        return [text for text in self.given.get(name, ()) if text]

    def is_given(self, name: str) -> bool:
        """Whether something was typed or chosen."""
        return bool(self.text(name))

    def day(self, name: str) -> date | None:
        """The date in a field; None if there is none."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    @property
    def groups(self) -> int:
        """How many groups of learners there are: one at least."""
        text = self.text("groups")
        count = int(text) if text.isascii() and text.isdigit() and len(text) < len("100") else 1
        return min(max(count, 1), MOST_GROUPS)

    def with_group(self) -> "Answers":
        """With an empty group more."""
        return self._having({"groups": [str(min(self.groups + 1, MOST_GROUPS))]})

    def without_group(self, number: int) -> "Answers":
        """Without this group; those behind it move up."""
        kept: Kept = {}
        for name, values in self.given.items():
            place, field = _place_of(name)
            if place is None:
                kept[name] = values
            elif place != number:
                kept[f"group-{place - (place > number)}-{field}"] = values
        return Answers({**kept, "groups": [str(max(self.groups - 1, 1))]})

    def carried(self, step: Step) -> str:
        """What the page of this step carries of the others."""
        others = {name: v for name, v in self.given.items() if not is_of(step, name)}
        return msgspec.json.encode(others).decode()

    def _having(self, more: Mapping[str, list[str]]) -> "Answers":
        return Answers({**self.given, **more})


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A form that was sent: the answers, and what else it carries.

    `since` is the stamp of when it was opened; `link` the secret of the report that it changes.
    """

    answers: Answers
    at: Step
    more: Mapping[str, str]

    @property
    def since(self) -> str:
        return self.more.get("started", "")

    @property
    def link(self) -> str:
        return self.more.get("link", "")


async def filled(request: Request[Any, Any, Any]) -> Filled:
    """The form of this request, with the answers of its own step in the place of older ones."""
    sent: Kept = {}
    for name, value in cast("list[tuple[str, Any]]", (await request.form()).multi_items()):
        if isinstance(value, str):
            sent.setdefault(name, []).append(value[:LONGEST])
    at = next((step for step in STEPS if sent.get("von") == [step.value]), Step.REVIEW)
    older = _carried(sent.get(CARRIED, [""])[0]) if CARRIED in sent else {}
    own = {name: values for name, values in sent.items() if is_of(at, name)}
    others = {name: values for name, values in older.items() if not is_of(at, name)}
    return Filled(
        answers=Answers({**others, **own}),
        at=at,
        more={name: values[0] for name, values in sent.items() if name not in own},
    )


def _carried(text: str) -> Kept:
    """Nothing, if somebody made it up."""
    try:
        found = _DECODER.decode(text)
    except msgspec.MsgspecError:
        return {}
    known = [name for name in found if any(is_of(step, name) for step in STEPS)]
    return {name: [one[:LONGEST] for one in found[name]] for name in known[:MOST_FIELDS]}


def _place_of(name: str) -> tuple[int | None, str]:
    """Which group a field is about, and what it asks."""
    parts = name.split("-", 2)
    if len(parts) == len(("group", "0", "number")) and parts[0] == "group" and parts[1].isdigit():
        return int(parts[1]), parts[2]
    return None, name
