"""What an e-mail address is, and which spellings are the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.directory.address import checked_address, same_address
from domain.directory.errors import MalformedAddress


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Öz+kim@Kreis-Paderborn.de ", "Ada.Öz+kim@Kreis-Paderborn.de"),
        ("o'neill@sub.example.co.uk", "o'neill@sub.example.co.uk"),
        ("info@müller.de", "info@müller.de"),
    ],
)
def test_an_address_is_kept_as_it_was_written_without_blanks_around_it(
    written: str, address: str
) -> None:
    assert checked_address(written) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@localhost",
        "ada@example..org",
        "ada@-example.org",
        ".ada@example.org",
        "ada.@example.org",
        "a..b@example.org",
        "ada öz@example.org",
        "ada@exa mple.org",
        "ada@example.org\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "Ada <ada@example.org>",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 64 + ".org",
        "ada@" + "example." * 40 + "org",
        "ada@example.org\x00",
    ],
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(MalformedAddress) as refusal:
        checked_address(written)
    assert refusal.value.facts == {}, "what was typed may be personal, so it is not repeated"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Example.ORG", "ada@example.org"),
        ("ada@müller.de", "ada@xn--mller-kva.de"),
        (" ada@example.org", "ada@example.org "),
        ("STRAẞE@example.org", "strasse@example.org"),
    ],
)
def test_spellings_of_one_address_are_the_same(one: str, other: str) -> None:
    assert same_address(one) == same_address(other)


def test_different_addresses_are_not_the_same() -> None:
    assert same_address("ada@example.org") != same_address("eda@example.org")
    assert same_address("ada@example.org") != same_address("ada@example.com")


@given(st.text())
def test_whatever_is_typed_is_an_address_or_refused(written: str) -> None:
    same_address(written)
    try:
        address = checked_address(written)
    except MalformedAddress:
        return
    assert checked_address(address) == address
    assert not any(sign.isspace() for sign in address)
