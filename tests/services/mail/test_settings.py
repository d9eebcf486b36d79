"""What an operator sets about mail: refused where it would do nothing, or give a password away."""

import pytest
from rich.pretty import pretty_repr

from services.environment import SettingsError
from services.settings import Settings

SERVER = {
    "KREISLAUF_SMTP_HOST": "mail.example.org",
    "KREISLAUF_MAIL_FROM": "KIM Kreis Paderborn <kim@kreis.example.org>",
}


def test_a_server_and_a_sender_are_enough() -> None:
    settings = Settings.from_environment(SERVER)
    assert (settings.smtp_port, settings.smtp_tls) == (587, "starttls")


@pytest.mark.parametrize(
    ("variable", "value", "needed"),
    [
        ("KREISLAUF_SMTP_HOST", "mail.example.org", "KREISLAUF_MAIL_FROM"),
        ("KREISLAUF_SMTP_USER", "kim", "KREISLAUF_SMTP_HOST"),
        ("KREISLAUF_SMTP_PASSWORD", "geheim", "KREISLAUF_SMTP_USER"),
        ("KREISLAUF_SMTP_TLS_CA", "/etc/ca.pem", "KREISLAUF_SMTP_HOST"),
        ("KREISLAUF_MAIL_LIST_ID", "kim.example.org", "KREISLAUF_MAIL_FROM"),
    ],
)
def test_a_setting_that_would_have_no_effect_is_refused(
    variable: str, value: str, needed: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({variable: value})
    assert refused.value.variable == variable
    assert f"no effect without {needed}." in str(refused.value)


def test_a_password_does_not_go_over_an_open_network() -> None:
    open_way = {
        **SERVER,
        "KREISLAUF_SMTP_USER": "kim",
        "KREISLAUF_SMTP_PASSWORD": "geheim",
        "KREISLAUF_SMTP_TLS": "none",
    }
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment(open_way)
    assert refused.value.variable == "KREISLAUF_SMTP_TLS"
    assert "geheim" not in str(refused.value)
    settings = Settings.from_environment({**open_way, "KREISLAUF_SMTP_HOST": "127.0.0.1"})
    for shown in (repr(settings), pretty_repr(settings)):
        assert "geheim" not in shown


@pytest.mark.parametrize(
    "sender",
    ["kim", "kim@", "a@b.de, c@d.de", "KIM\r\nBcc: x@y.de <kim@kreis.de>", 'K "x" <kim@kreis.de>'],
)
def test_a_sender_is_one_address(sender: str) -> None:
    with pytest.raises(SettingsError):
        Settings.from_environment({**SERVER, "KREISLAUF_MAIL_FROM": sender})
