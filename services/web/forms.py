"""What was typed into a form, and what was wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import uuid4

import msgspec
from litestar.datastructures import UploadFile

from services.web.inside import Refusal, Visit


class Form:
    """The fields of a form as they came: texts without blanks at the ends, and files."""

    def __init__(
        self, fields: Mapping[str, Sequence[str]], files: Mapping[str, UploadFile]
    ) -> None:
        self._fields = fields
        self._files = files

    def text(self, name: str) -> str:
        """The text of a field; empty if it is missing."""
        values = self._fields.get(name, ())
        return values[0].strip() if values else ""

    def exact(self, name: str) -> str:
        """The field as it was typed, with blanks at its ends: for passwords."""
        return next(iter(self._fields.get(name, ())), "")

    def texts(self, name: str) -> list[str]:
        """The values of a field that may be given more than once."""
        return [value.strip() for value in self._fields.get(name, ())]

    def texts_under(self, prefix: str) -> dict[str, str]:
        """The texts of the fields named `<prefix>/…`, by name."""
        return {name: self.text(name) for name in self._fields if name.startswith(f"{prefix}/")}

    def number(self, name: str) -> int | None:
        """A whole number; None if there is none. What else stands there the API shall refuse."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() else None

    def file(self, name: str) -> UploadFile | None:
        """An uploaded file; None if none was chosen."""
        file = self._files.get(name)
        return file if file is not None and file.filename else None

    @property
    def key(self) -> str:
        """Names this rendering of the form, so that sending it twice does it once."""
        return self.text("key") or str(uuid4())

    @property
    def seen(self) -> int | None:
        """The version of the thing the person saw."""
        return self.number("seen")


async def form_of(request: Visit) -> Form:
    """The form of this request."""
    fields: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    sent = await request.form()
    for name, value in cast("list[tuple[str, Any]]", sent.multi_items()):
        if isinstance(value, UploadFile):
            files[name] = value
        else:
            fields.setdefault(name, []).append(str(value))
    return Form(fields, files)


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """Why a form was not taken, for the page that shows it again.

    `fields`: sentences by the name of the field, which is the last part of the JSON pointer.
    """

    title: str
    detail: str
    code: str
    status: int
    fields: Mapping[str, str]

    @classmethod
    def of(cls, refusal: Refusal) -> "Wrong":
        problem = refusal.problem
        fields = {
            (fault.pointer or fault.parameter or "").rpartition("/")[2]: fault.detail
            for fault in problem.errors
        }
        return cls(
            title=problem.title,
            detail=problem.detail,
            code=refusal.code,
            status=refusal.status,
            fields=fields,
        )
