"""How a struct of settings is read from the environment and told to people.

In the metadata of a field, the title completes "it must be …" and the description "it is …".
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

PREFIX = "KREISLAUF_"
SECRET = {"secret": True}
"""In the metadata of a field: it is shown nowhere."""

ZONE = {"zone": True}
"""In the metadata of a field: it names a time zone."""


class SettingsError(Exception):
    """A variable of the environment that is unknown, wrong or at odds with another one."""

    def __init__(self, variable: str, sentence: str) -> None:
        super().__init__(sentence)
        self.variable = variable


class Setting(NamedTuple):
    """One row of the table that ``kreislauf settings`` prints."""

    variable: str
    meaning: str
    default: str


def read(kind: type[msgspec.Struct], environ: Mapping[str, str]) -> dict[str, Any]:
    """The values of the fields whose variables are set and not empty.

    Raises:
        SettingsError: a variable with our prefix is unknown, or its value is wrong.
    """
    fields = {variable(field.name): field for field in msgspec.structs.fields(kind)}
    given = {name: environ[name] for name in sorted(environ) if name.startswith(PREFIX)}
    for name in given:
        if name not in fields:
            raise _unknown(name, list(fields))
    return {fields[name].name: _read(fields[name], value) for name, value in given.items() if value}


def described(kind: type[msgspec.Struct]) -> list[Setting]:
    """Every variable in the order of the fields, with its meaning and its default."""
    return [
        Setting(variable(field.name), f"{meta.description} ({meta.title})", _default(field))
        for field, meta in _told_fields(kind)
    ]


def shown(settings: msgspec.Struct) -> list[tuple[str, Any]]:
    """The fields and their values, but of a secret only that it is set."""
    fields = [
        (field.name, meta, getattr(settings, field.name))
        for field, meta in _told_fields(type(settings))
    ]
    return [
        (name, "…" if meta.extra == SECRET and value is not None else value)
        for name, meta, value in fields
    ]


def refuse_without_effect(settings: msgspec.Struct, needs: Mapping[str, str]) -> None:
    """Refuse each named field that is set while the one it needs is not.

    Raises:
        SettingsError: naming the first of them, and what to do.
    """
    for name, needed in needs.items():
        if getattr(settings, name) and not getattr(settings, needed):
            raise SettingsError(
                variable(name),
                f"{variable(name)} is set, but has no effect without {variable(needed)}. "
                f"Set {variable(needed)} too, or remove {variable(name)}.",
            )


def variable(field: str) -> str:
    """The variable of a field: ``task_queue`` is ``KREISLAUF_TASK_QUEUE``."""
    return PREFIX + field.upper()


def _told_fields(
    kind: type[msgspec.Struct],
) -> Iterator[tuple[msgspec.structs.FieldInfo, Meta]]:
    for field in msgspec.structs.fields(kind):
        yield field, _meta(field)


def _meta(field: msgspec.structs.FieldInfo) -> Meta:
    """Find the words about a field: they stand in the outermost, hence the last metadata."""
    meta: Meta = field.type.__metadata__[-1]
    return meta


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default is None:
        return "not set"
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


def _read(field: msgspec.structs.FieldInfo, value: str) -> Any:
    try:
        read = msgspec.convert(value, field.type, strict=False, dec_hook=_from_text)
        if _meta(field).extra == ZONE:
            ZoneInfo(value)
    # An unknown zone is a KeyError, a zone with a wrong form a ValueError, a folder an OSError.
    except (msgspec.ValidationError, KeyError, ValueError, OSError):
        raise _wrong(field, value) from None
    return read


def _from_text(kind: type, text: Any) -> Any:
    """Make what msgspec does not know from text, which is only `Path`."""
    return kind(text)


def _wrong(field: msgspec.structs.FieldInfo, value: str) -> SettingsError:
    meta = _meta(field)
    shown = "set to something unusable" if meta.extra == SECRET else repr(value)
    return SettingsError(
        variable(field.name),
        f"{variable(field.name)} is {shown}; it must be {meta.title}. Correct it or remove it "
        f"(default: {_default(field)}). It is {meta.description}.",
    )


def _unknown(name: str, known: list[str]) -> SettingsError:
    alike = get_close_matches(name.upper(), known, n=1)
    advice = f"Did you mean {alike[0]}?" if alike else "Remove it."
    return SettingsError(
        name,
        f"{name} is not a setting of Kreislauf. {advice} `kreislauf settings` lists all of them.",
    )
