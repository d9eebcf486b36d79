"""Passwords that others would guess are refused: the short, the well-known, the stolen."""

from hashlib import sha1
from pathlib import Path
from random import Random

import pytest

from services.environment import SettingsError
from services.identity.breached import BreachedPasswords
from services.identity.weakness import LONGEST, SHORTEST, Weakness, weakness

GOOD = "zwei Hunde bellen nachts"
ERIKA = ("Erika Muster", "erika.muster@beispiel-verband.de")


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "korrekt pferd batterie klammer",
        "x7Kq-9vLm-2Pz",
        "ÄÖÜß und noch mehr Zeichen",
        "パスワードはとても長いです",
        "7" * 3 + "wTq!unregelmäßig",
        "a" * 3 + " lange Sätze sind auch gut " * 5,
    ],
)
def test_a_long_password_of_any_composition_is_taken(password: str) -> None:
    assert weakness(password, ERIKA) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x7Kq-9vLm-2", Weakness.TOO_SHORT),
        ("", Weakness.TOO_SHORT),
        ("a7" * LONGEST, Weakness.TOO_LONG),
        ("Erika.Muster2026", Weakness.HAS_NAME),
        ("beispiel-verband", Weakness.HAS_NAME),
        ("Passwort1234!", Weakness.WELL_KNOWN),
        ("P@ssw0rd!2026", Weakness.WELL_KNOWN),
        ("Sommer2026Sonne", Weakness.WELL_KNOWN),
        ("qwertzuiop123", Weakness.WELL_KNOWN),
        ("1qaz2wsx3edc", Weakness.WELL_KNOWN),
        ("123456789012", Weakness.WELL_KNOWN),
        ("aaaaaaaaaaaaaaaa", Weakness.WELL_KNOWN),
        ("abcabcabcabcabc", Weakness.WELL_KNOWN),
        ("0987654321qwerty", Weakness.WELL_KNOWN),
        ("iloveyou1234", Weakness.WELL_KNOWN),
        ("Integrationsmanagement", Weakness.WELL_KNOWN),
        ("KreisPaderborn1", Weakness.WELL_KNOWN),
        ("Jobcenter-Paderborn", Weakness.WELL_KNOWN),
        ("manchesterunited", Weakness.STOLEN),
        ("correcthorsebatterystaple", Weakness.STOLEN),
        ("verbindungsfehler", Weakness.STOLEN),
    ],
)
def test_what_is_short_or_guessed_first_is_not_taken(password: str, why: Weakness) -> None:
    assert weakness(password, ERIKA) is why


def test_the_shortest_password_that_is_taken_has_twelve_characters() -> None:
    assert SHORTEST == 12
    assert weakness("x7Kq-9vLm-2P") is None


def test_a_long_name_is_no_reason_to_refuse_a_password_that_has_enough_beside_it() -> None:
    assert weakness("Erika fährt gern mit dem Rad zur Arbeit", ERIKA) is None


@pytest.mark.parametrize(
    "password", ["Manchesterunited", "MANCHESTERUNITED", "manchesterunited1!", "7manchesterunited"]
)
def test_a_stolen_password_with_capitals_or_a_few_signs_more_is_not_taken(password: str) -> None:
    assert weakness(password) is Weakness.STOLEN


def test_a_stolen_word_among_others_is_no_reason_to_refuse_a_password() -> None:
    assert weakness("manchesterunited spielt heute leider nicht") is None


def hashed(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def write(file: Path, lines: list[str], end: str = "\r\n") -> Path:
    file.write_bytes("".join(line + end for line in lines).encode())
    return file


def stolen(count: int) -> list[str]:
    """Passwords as somebody may have stolen them."""
    random = Random(1)
    return [f"{random.getrandbits(64):x} {number}" for number in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_password_in_the_operators_file_is_found_and_no_other(
    tmp_path: Path, count: int, end: str
) -> None:
    known = stolen(count)
    lines = sorted(f"{hashed(one)}:{number}" for number, one in enumerate(known, 1))
    breached = BreachedPasswords(write(tmp_path / "hashes.txt", lines, end))
    assert all(breached.has(one) for one in known)
    assert not any(breached.has(one + "!") for one in known)


def test_a_file_without_counts_in_small_letters_and_without_a_last_line_end_is_read_too(
    tmp_path: Path,
) -> None:
    known = stolen(50)
    file = tmp_path / "hashes.txt"
    file.write_text("\n".join(sorted(hashed(one).lower() for one in known)))
    breached = BreachedPasswords(file)
    assert all(breached.has(one) for one in known)


def test_a_password_in_the_operators_file_is_not_taken(tmp_path: Path) -> None:
    lines = sorted(hashed(one) for one in [*stolen(20), "Zwölf Möwen fliegen"])
    breached = BreachedPasswords(write(tmp_path / "hashes.txt", lines))
    for composed in ("Zwölf Möwen fliegen", "Zwo\u0308lf Mo\u0308wen fliegen"):
        assert weakness(composed) is None
        assert weakness(composed, breached=breached) is Weakness.STOLEN
    assert weakness(GOOD, ERIKA, breached) is None


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([], "has other lines"),
        (["kein Hash"], "has other lines"),
        ([GOOD] * 100, "has other lines"),
        (["A" * 32 + ":1"] * 100, "has other lines"),
        ([hashed(str(number)) for number in range(1000)], "is not sorted by hash"),
    ],
)
def test_another_kind_of_file_is_refused_at_the_start_and_not_trusted(
    tmp_path: Path, lines: list[str], why: str
) -> None:
    with pytest.raises(SettingsError, match=f"KREISLAUF_BREACHED_PASSWORDS names {why}"):
        BreachedPasswords(write(tmp_path / "other.txt", lines))


def test_a_file_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        BreachedPasswords(tmp_path / "missing.txt")
