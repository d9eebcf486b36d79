"""What msgspec says, from msgspec itself: a new wording of a new release shows here."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from msgspec import Meta

from domain.concepts.events import Position
from services.texts import validation_message
from services.texts.catalogue import validation


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    round: int
    reminders: tuple[Annotated[int, Meta(ge=0)], ...] = ()


class Pair(msgspec.Struct, array_like=True):
    first: int
    second: int


def message(kind: Any, sent: str) -> str:
    with pytest.raises(msgspec.MsgspecError) as caught:
        msgspec.json.decode(sent.encode(), type=kind)
    return str(caught.value)


@pytest.mark.parametrize(
    ("kind", "sent", "german"),
    [
        (int, '"1"', "Hier wird eine ganze Zahl erwartet, angegeben ist ein Text."),
        (
            int | str | None,
            "[]",
            (
                "Hier wird eine ganze Zahl, ein Text oder kein Wert (null) erwartet,"
                " angegeben ist eine Liste."
            ),
        ),
        (UUID, "1", "Hier wird eine Kennung (UUID) erwartet, angegeben ist eine ganze Zahl."),
        (Strict, "{}", "Die Angabe „round“ fehlt."),
        (Strict, '{"round":1,"by":"ada"}', "Die Angabe „by“ ist hier nicht vorgesehen."),
        (
            Annotated[str, Meta(max_length=3)],
            '"Kreis"',
            "Der Text darf höchstens 3 Zeichen lang sein.",
        ),
        (Annotated[str, Meta(min_length=1)], '""', "Der Text darf nicht leer sein."),
        (
            Annotated[str, Meta(min_length=3)],
            '"a"',
            "Der Text muss mindestens 3 Zeichen lang sein.",
        ),
        (Annotated[int, Meta(ge=0)], "-1", "Die Zahl muss mindestens 0 sein."),
        (Annotated[int, Meta(le=100)], "101", "Die Zahl darf höchstens 100 sein."),
        (Annotated[float, Meta(gt=0.5)], "0.5", "Die Zahl muss größer als 0.5 sein."),
        (Annotated[float, Meta(lt=1.0)], "1.0", "Die Zahl muss kleiner als 1.0 sein."),
        (Annotated[int, Meta(multiple_of=5)], "4", "Die Zahl muss ein Vielfaches von 5 sein."),
        (
            Annotated[str, Meta(pattern=r"^[0-9]{8}$")],
            '"0577"',
            "Der Text hat nicht die vorgeschriebene Form (Muster: ^[0-9]{8}$).",
        ),
        (
            Annotated[str, Meta(pattern="^[^'{}]*$")],
            '"{"',
            "Der Text hat nicht die vorgeschriebene Form (Muster: ^[^'{}]*$).",
        ),
        (Position, '"maybe"', "Der Wert „maybe“ ist hier nicht zulässig."),
        (Literal[1, 2], "3", "Der Wert „3“ ist hier nicht zulässig."),
        (UUID, '"x"', "Das ist keine gültige Kennung (UUID)."),
        (
            datetime,
            '"gestern"',
            "Das ist kein gültiger Zeitpunkt; die Form ist „2026-11-27T18:00:00+01:00“.",
        ),
        (date, '"gestern"', "Das ist kein gültiges Datum; die Form ist „2026-11-27“."),
        (time, '"jetzt"', "Das ist keine gültige Uhrzeit; die Form ist „18:00:00“."),
        (
            Annotated[datetime, Meta(tz=True)],
            '"2026-11-27T18:00:00"',
            (
                "Dem Zeitpunkt fehlt die Abweichung von der Weltzeit;"
                " die Form ist „2026-11-27T18:00:00+01:00“."
            ),
        ),
        (
            Annotated[datetime, Meta(tz=False)],
            '"2026-11-27T18:00:00Z"',
            "Der Zeitpunkt darf hier keine Abweichung von der Weltzeit enthalten.",
        ),
        (Annotated[list[int], Meta(min_length=1)], "[]", "Hier ist mindestens 1 Eintrag nötig."),
        (
            Annotated[list[int], Meta(max_length=2)],
            "[1,2,3]",
            "Hier sind höchstens 2 Einträge erlaubt.",
        ),
        (tuple[int, int], "[1]", "Hier sind genau 2 Einträge nötig."),
        (Pair, "[1]", "Hier sind mindestens 2 Einträge nötig."),
        (Decimal, '"x"', "Das ist keine gültige Dezimalzahl."),
        (bytes, '"*"', "Der Text ist kein gültiges Base64."),
        (int, "1 2", "Das ist kein gültiges JSON (Byte 3)."),
        (Strict, "{", "Das JSON endet, bevor es vollständig ist."),
    ],
)
def test_what_msgspec_says_is_said_in_german(kind: Any, sent: str, german: str) -> None:
    assert validation_message(message(kind, sent), "de") == german


def test_the_place_is_kept() -> None:
    found = message(Strict, '{"round":1,"reminders":[2,-1]}')
    assert validation_message(found, "de") == (
        "Die Zahl muss mindestens 0 sein. (`$.reminders[1]`)"
    )


def test_a_message_of_more_than_one_line_is_one_message() -> None:
    found = message(Strict, '{"round":1,"a\\nb {c}":1}')
    assert validation_message(found, "de") == "Die Angabe „a\nb {c}“ ist hier nicht vorgesehen."


def test_english_stays_as_it_is() -> None:
    assert validation_message("Invalid UUID", "en") == "Invalid UUID"


@pytest.mark.parametrize("unknown", ["", "Something else", "Expected nothing"])
def test_an_unknown_message_stays_english(unknown: str) -> None:
    assert validation_message(unknown, "de") == unknown


def test_the_german_names_of_types_are_german() -> None:
    assert not {name for name, text in validation().types.items() if name == text}
