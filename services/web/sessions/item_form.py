"""The form of an item: what stands in it, and what it can be about."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.steering.agenda import ItemKind
from domain.steering.session_events import SessionKind
from services.api.agenda_views import ItemView
from services.api.resolution_views import ResolutionSummary
from services.api.session_views import SessionView
from services.api.theme_views import ThemeSummary
from services.web.forms import Form
from services.web.inside import Inside, Visit

ALL = 200
KEYS = "abcdefghijklmnopqrst"
"""What the wordings of a proposal are called, in the order in which they were added."""

ROOM = 2
"""So many wordings there is room for at first."""


class WordingField(msgspec.Struct, frozen=True, kw_only=True):
    """A wording as it stands in the form."""

    number: int
    key: str
    text: str


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What an item can be and be about: themes and resolutions by id, with what they are called."""

    kinds: Sequence[ItemKind]
    themes: Mapping[str, str]
    resolutions: Mapping[str, str]


def draft_of(form: Form) -> dict[str, object]:
    """What stands in the form, as the API takes it."""
    return {
        "kind": form.text("kind"),
        "title": form.text("title"),
        "text": form.text("text"),
        "themes": form.texts("themes"),
        "about": form.texts("about"),
        "alternatives": [
            {"key": one.key, "text": one.text} for one in wordings_in(form) if one.text
        ],
    }


def as_form(item: ItemView) -> Form:
    """As it would come with the form."""
    fields = {
        "kind": [item.kind.value],
        "title": [item.title],
        "text": [item.text],
        "themes": [str(theme) for theme in item.themes],
        "about": [str(one) for one in item.about],
    }
    for number, one in enumerate(item.alternatives):
        fields[f"key-{number}"] = [one.key]
        fields[f"wording-{number}"] = [one.text]
    return Form(fields, {})


def wordings_in(form: Form) -> list[WordingField]:
    """Those that came with the form, with room for another if that was asked for."""
    found: list[WordingField] = []
    while key := form.text(f"key-{len(found)}"):
        number = len(found)
        found.append(WordingField(number=number, key=key, text=form.text(f"wording-{number}")))
    room = max(ROOM - len(found), 1 if form.text("mehr") else 0)
    taken = {one.key for one in found}
    free = [key for key in KEYS if key not in taken][:room]
    return found + [
        WordingField(number=number, key=key, text="")
        for number, key in enumerate(free, start=len(found))
    ]


async def choices_for(
    request: Visit, inside: Inside, session: SessionView, item: ItemView | None
) -> Choices:
    """What an item of this session can be and be about: kinds, themes and resolutions."""
    used = set(item.themes) if item else set[UUID]()
    listed = inside.items(request, "/themes", ThemeSummary, limit=ALL)
    themes = [one async for one in listed if one.session == session.id or one.id in used]
    passed = inside.items(request, "/resolutions", ResolutionSummary, limit=ALL, body=session.body)
    resolutions = [one async for one in passed]
    return Choices(
        kinds=_kinds(session, has_themes=bool(themes), has_resolutions=bool(resolutions)),
        themes={str(one.id): one.title for one in themes},
        resolutions={str(one.id): one.reference or one.title for one in resolutions},
    )


def _kinds(session: SessionView, *, has_themes: bool, has_resolutions: bool) -> Sequence[ItemKind]:
    """In writing people only vote; what there is nothing of is not offered."""
    if session.kind is SessionKind.CIRCULAR:
        return [ItemKind.PROPOSAL]
    missing = set[ItemKind]()
    if not has_themes:
        missing.add(ItemKind.THEME)
    if not has_resolutions:
        missing.add(ItemKind.FOLLOW_UP)
    return [kind for kind in ItemKind if kind not in missing]
