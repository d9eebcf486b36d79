import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.findings.clients import Place, Sign, looks_like_a_client


def seen(text: str) -> list[tuple[Sign, str]]:
    """What was found, as it stands in the text."""
    return [(place.sign, text[place.start : place.end]) for place in looks_like_a_client(text)]


@pytest.mark.parametrize(
    ("text", "sign", "found"),
    [
        ("Ahmad Hosseini, geb. 12.03.1990, sucht.", Sign.BIRTH_DATE, "geb. 12.03.1990"),
        ("Sie ist geboren am 3.4.2019 und", Sign.BIRTH_DATE, "geboren am 3.4.2019"),
        ("Geburtsdatum: 1990-03-12", Sign.BIRTH_DATE, "Geburtsdatum: 1990-03-12"),
        ("Geburtsjahr 2001", Sign.BIRTH_DATE, "Geburtsjahr 2001"),
        ("im Mai 1990 geboren", Sign.BIRTH_DATE, "1990 geboren"),
        ("* 03.04.88", Sign.BIRTH_DATE, "* 03.04.88"),
        ("lebt hier, 12. März 1988, allein", Sign.BIRTH_DATE, "12. März 1988"),
        ("Hosseini, Ahmad (12.03.2015)", Sign.NAME_AND_DATE, "Hosseini, Ahmad (12.03.2015"),
        ("Oleksandra Żółć 1. Mai 2016", Sign.NAME_AND_DATE, "Oleksandra Żółć 1. Mai 2016"),
        ("12.03.2015 Ahmad Hosseini", Sign.NAME_AND_DATE, "12.03.2015 Ahmad Hosseini"),
        ("Ahmad Hosseini (34 Jahre)", Sign.NAME_AND_AGE, "Ahmad Hosseini (34 Jahre"),
        ("Ahmad H., 34 Jahre alt", Sign.NAME_AND_AGE, "Ahmad H., 34 Jahre alt"),
        ("Frau Yildiz wartet", Sign.NAME, "Frau Yildiz"),
        ("mit Herrn Dr. Öztürk-Maier", Sign.NAME, "Herrn Dr. Öztürk-Maier"),
        ("bei Familie A. fehlt", Sign.NAME, "Familie A"),
        ("ein 34-jähriger Syrer", Sign.AGE_AND_NATIONALITY, "34-jähriger Syrer"),
        ("Afghanin, 19 Jahre alt", Sign.AGE_AND_NATIONALITY, "Afghanin, 19 Jahre alt"),
        ("(34, aus Eritrea)", Sign.AGE_AND_NATIONALITY, "(34, aus Eritrea"),
        ("zwölfjähriges Kind aus der Ukraine", Sign.AGE_AND_NATIONALITY, None),
        ("Az. 33.2-123/45", Sign.FILE_NUMBER, "Az. 33.2-123/45"),
        ("Aktenzeichen: KR-PB/2024/17", Sign.FILE_NUMBER, "Aktenzeichen: KR-PB/2024/17"),
        ("Urteil 1 A 203/17 des OVG", Sign.FILE_NUMBER, "1 A 203/17"),
        ("BG-Nummer 31704//0012345", Sign.FILE_NUMBER, "BG-Nummer 31704//0012345"),
        ("bei der Agentur 317D123456", Sign.FILE_NUMBER, "317D123456"),
        ("AZR-Nr. 180101000001", Sign.FILE_NUMBER, "AZR-Nr. 180101000001"),
        ("Passnummer C01X00T47", Sign.FILE_NUMBER, "Passnummer C01X00T47"),
        ("auf DE89 3704 0044 0532 0130 00", Sign.FILE_NUMBER, "DE89 3704 0044 0532 0130 00"),
        ("Fall-Nr. 2024-17", Sign.CASE_NUMBER, "Fall-Nr. 2024-17"),
        ("Fall 12 zeigt es", Sign.CASE_NUMBER, "Fall 12"),
        ("Klientin 3", Sign.CASE_NUMBER, "Klientin 3"),
        ("Tel. 308-4610", Sign.PHONE, "Tel. 308-4610"),
        ("05251 308-4610", Sign.PHONE, "05251 308-4610"),
        ("(05251) 3084610", Sign.PHONE, "(05251) 3084610"),
        ("0 52 51 / 30 84 61", Sign.PHONE, "0 52 51 / 30 84 61"),
        ("+49 170 1234567", Sign.PHONE, "+49 170 1234567"),
        ("01701234567", Sign.PHONE, "01701234567"),
        ("ruf 052513084", Sign.PHONE, "052513084"),
        ("an ali.veli@example.org schreiben", Sign.E_MAIL, "ali.veli@example.org"),
        ("ali (at) example.org", Sign.E_MAIL, "ali (at) example.org"),
    ],
)
def test_what_may_give_a_client_away_is_found_where_it_stands(
    text: str, sign: Sign, found: str | None
) -> None:
    assert seen(text) == [(sign, found or text)]


@pytest.mark.parametrize(
    "text",
    [
        "In Salzkotten leben Menschen aus 80 Staaten.",
        "Syrische Jugendliche zwischen 16 und 18 Jahren finden keinen Platz.",
        "16- bis 18-jährige Syrer, 10-24 Fälle, seit dem Schuljahr 2024/25.",
        "Die Lenkungsgruppe KIM am 26.11.2024 und das Arbeitstreffen, 06.05.2025.",
        "Lenkungsgruppe KIM, 26.11.2024",
        "Kurse von 08/24 bis 07/25, 01/2025 - 07/2025, montags 8-12 Uhr, 14.30 Uhr.",
        "Seit 01.08.2025 Deutschkurse Niveau B1; § 24 SGB VIII; A2/B1; 3,5 Stellen.",
        "Der Antrag dauert 9 bis 12 Monate und kostet 1.200 Euro je 100.000 Einwohner.",
        "Gemeinden 05774036 und 05774032, Schule 179292, PLZ 33102.",
        "In jedem Fall 5 Plätze; in 12 Fällen; Familie und Beruf; Frauen ohne Betreuung.",
        "Syrische Auszubildende brechen die dreijährige Ausbildung ab.",
        "Ahmad-Schule, Edith-Stein-Berufskolleg, Herr der Lage, Landrätin und Bürgermeister.",
        "Herr Landrat und Frau Bürgermeisterin waren da.",
        "",
    ],
)
def test_what_findings_are_usually_about_looks_like_nobody(text: str) -> None:
    assert seen(text) == []


def test_several_places_are_told_in_their_order_and_none_within_another() -> None:
    text = "Frau Yildiz, geb. 12.03.1990, Tel. 05251 308-4610, Kunden-Nr. 317D123456"
    assert seen(text) == [
        (Sign.NAME, "Frau Yildiz"),
        (Sign.BIRTH_DATE, "geb. 12.03.1990"),
        (Sign.PHONE, "Tel. 05251 308-4610"),
        (Sign.FILE_NUMBER, "Kunden-Nr. 317D123456"),
    ]


def test_an_age_and_a_nationality_far_apart_or_on_other_lines_are_not_of_one_person() -> None:
    assert seen(f"Ein 34-jähriger fragt {'sehr ' * 10} oft. Syrer sind es nicht.") == []
    assert seen("Ein 34-jähriger fragt.\nSyrer nicht.") == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("seit dem 31.12.2010", True),
        ("seit dem 01.01.2011", False),
        ("seit dem 01.01.10", True),
        ("seit dem 01.01.11", False),
        ("seit dem 01.01.29", False),
        ("seit dem 01.01.30", True),
        ("05251 3", False),
        ("05251 30", True),
        ("+49 5251 308 461 046", True),
        ("+49 5251 308 461 046 1", False),
        ("05251308", False),
        ("052513084", True),
        (f"34 Jahre alt{'.' * 40}Syrer", True),
        (f"34 Jahre alt{'.' * 41}Syrer", False),
        (f"Syrerin{'.' * 40}34 Jahre alt", True),
        (f"Syrerin{'.' * 41}34 Jahre alt", False),
        (f"geboren{'.' * 25}1990", True),
        (f"geboren{'.' * 26}1990", False),
        (f"1990{'.' * 25}geboren", True),
        (f"1990{'.' * 26}geboren", False),
    ],
)
def test_a_sign_begins_and_ends_at_its_limit(text: str, is_one: bool) -> None:
    assert bool(seen(text)) == is_one


@pytest.mark.parametrize("before", ["", "Liste\n", "1 |  ", "Beratung; "])
def test_in_a_list_the_name_may_stand_after_the_date(before: str) -> None:
    found = [(Sign.NAME_AND_DATE, "12.03.2015 Ahmad Hosseini")]
    assert seen(f"{before}12.03.2015 Ahmad Hosseini") == found
    assert seen("Ab 12.03.2015 Deutschkurse Niveau") == []


@pytest.mark.parametrize(
    "hidden",
    [
        "0\u200b170 12\u00a034\uff15\uff16\uff17",
        "\u0660\u0661\u0667\u0660 \u0661\u0662\u0663\u0664\u0665\u0666\u0667",
        "0170\u20131234567",
    ],
)
def test_nobody_hides_a_number_in_other_digits_spaces_or_dashes(hidden: str) -> None:
    assert seen(f"ruf {hidden} an") == [(Sign.PHONE, hidden)]


def test_a_name_whose_dots_are_characters_of_their_own_is_a_name() -> None:
    assert seen("Frau O\u0308ztu\u0308rk kam") == [(Sign.NAME, "Frau O\u0308ztu\u0308rk")]


PIECES = st.sampled_from(
    [
        "Frau Yildiz",
        "geb. ",
        "12.03.1990",
        " ",
        ", ",
        "34 Jahre alt",
        "Syrer",
        "05251 308-4610",
        "\n",
    ]
) | st.text(max_size=5)


@given(text=st.lists(PIECES, max_size=12).map("".join) | st.text())
def test_places_are_within_the_text_in_order_and_none_covers_another(text: str) -> None:
    places = looks_like_a_client(text)
    for place in places:
        assert 0 <= place.start < place.end <= len(text)
    for earlier, later in itertools.pairwise(places):
        assert earlier.start <= later.start
        assert earlier.end < later.end


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_birth_date_is_found_whatever_surrounds_it(before: str, after: str) -> None:
    text = f"{before} geb. 12.03.1990 {after}"
    start = len(before) + 1
    end = start + len("geb. 12.03.1990")
    places = looks_like_a_client(text)
    assert any(place.start <= start and end <= place.end for place in places), places


def test_a_long_text_full_of_signs_is_read_to_its_end() -> None:
    text = "34 Jahre alt, Syrer, geb. 1990\n" * 3000
    assert len(looks_like_a_client(text)) == 6000
    assert looks_like_a_client(text)[0] == Place(sign=Sign.AGE_AND_NATIONALITY, start=0, end=19)
