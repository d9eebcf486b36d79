import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.privacy.pseudonyms import (
    ALPHABET,
    KeyMalformed,
    Learner,
    PseudonymKey,
    is_name,
    is_pseudonym,
    tidied,
)

KEY = PseudonymKey(bytes(range(32)))
MIA = Learner(surname="Müller", given_name="Mia", born=date(2008, 2, 1))


def test_a_learner_has_the_same_pseudonym_however_the_name_is_typed() -> None:
    typed = Learner(surname=" MU\u0308LLER ", given_name="mia", born=date(2008, 2, 1))
    assert KEY.pseudonym(typed) == KEY.pseudonym(MIA)


def test_another_key_another_day_or_an_own_id_make_another_pseudonym() -> None:
    others = [
        PseudonymKey(bytes(32)).pseudonym(MIA),
        KEY.pseudonym(Learner(surname="Müller", given_name="Mia", born=date(2008, 2, 2))),
        KEY.pseudonym(Learner(own_id="müller|mia|2008-02-01")),
        KEY.pseudonym(Learner(surname="Müllerm", given_name="ia", born=date(2008, 2, 1))),
    ]
    assert len({KEY.pseudonym(MIA), *others}) == 5


def test_the_pseudonym_is_the_one_worked_out_by_hand() -> None:
    # printf 'kreislauf learner 1\0name|müller|mia|2008-02-01' | openssl dgst -sha256 -mac HMAC …
    assert KEY.pseudonym(MIA) == "47YD-VLVK-5NQR-JR6N-F"


def test_a_key_is_hexadecimal_or_base64() -> None:
    fingerprints = {
        PseudonymKey.read(text).fingerprint
        for text in (
            bytes(range(32)).hex(),
            bytes(range(32)).hex().upper(),
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n",
        )
    }
    assert fingerprints == {KEY.fingerprint}
    assert PseudonymKey(bytes(32)).fingerprint != KEY.fingerprint


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "AAEC", "ä" * 43, "0" * 63, "=" * 44])
def test_a_malformed_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(KeyMalformed) as refused:
        PseudonymKey.read(text)
    assert str(refused.value) == ""
    assert refused.value.__cause__ is None


def test_neither_key_nor_learner_is_shown_or_written() -> None:
    shown = f"{KEY!r} {KEY} {MIA!r} {MIA}"
    assert bytes(range(32)).hex() not in shown
    assert not {"Müller", "Mia", "2008"} & set(shown.replace("(", " ").split())
    assert shown.count("Learner(…)") == 2
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


@given(st.text(min_size=1), st.text(min_size=1), st.dates())
def test_every_name_makes_a_well_formed_pseudonym(surname: str, given: str, born: date) -> None:
    surname, given = (t.encode(errors="replace").decode() for t in (surname, given))
    pseudonym = KEY.pseudonym(Learner(surname=surname, given_name=given, born=born))
    assert is_pseudonym(pseudonym)
    assert tidied(pseudonym.lower().replace("-", " ")) == pseudonym


@pytest.mark.parametrize("place", [0, 3, 5, 13, 18, 20])
def test_every_single_mistyped_character_is_noticed(place: int) -> None:
    right = KEY.pseudonym(MIA)
    others = set(ALPHABET) - {right[place]}
    wrong = [right[:place] + other + right[place + 1 :] for other in others]
    assert len(wrong) == 31
    assert not any(is_pseudonym(text) for text in wrong)


@pytest.mark.parametrize(
    "name",
    ["Zoë", "O’Neill", "d'Arc", "Jean-Luc", "Đorđević", "Ağaoğlu", "Nguyễn Thị", "C̦", "ʿAlī",
     "Ωμέγα", "Тодоров", "M.", "van der Straße, Dr."],
)  # fmt: skip
def test_names_of_all_europe_are_accepted(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["<b>", "a\0", "1Mia", "😀", "Mia;", "=A1", "a\u202eb", "@"])
def test_what_is_no_name_is_not(name: str) -> None:
    assert not is_name(name)
