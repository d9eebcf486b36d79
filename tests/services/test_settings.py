from pathlib import Path

import pytest
from rich.pretty import pretty_repr

from services.environment import SettingsError
from services.settings import Settings


def refusal(**variables: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment(variables)
    return caught.value


def test_without_variables_everything_has_its_default() -> None:
    settings = Settings.from_environment({"PATH": "/bin", "PORT": "1"})
    assert settings == Settings()
    assert settings.database_url is None
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data == Path(".kreislauf")


def test_text_becomes_numbers_flags_and_paths() -> None:
    settings = Settings.from_environment(
        {
            "KREISLAUF_PORT": "0",
            "KREISLAUF_TEMPORAL_ADDRESS": "temporal:7233",
            "KREISLAUF_TEMPORAL_TLS": "true",
            "KREISLAUF_TEMPORAL_TLS_CA": "/etc/ca.pem",
            "KREISLAUF_METRICS_PORT": "9464",
        }
    )
    assert settings.port == 0
    assert settings.temporal_tls is True
    assert settings.temporal_tls_ca == Path("/etc/ca.pem")
    assert settings.metrics_port == 9464


def test_an_empty_variable_counts_as_not_set() -> None:
    given = {"KREISLAUF_DATABASE_URL": "", "KREISLAUF_PORT": ""}
    assert Settings.from_environment(given) == Settings()


def test_one_server_may_be_ours_and_the_other_embedded() -> None:
    only_database = Settings.from_environment({"KREISLAUF_DATABASE_URL": "postgresql://db/k"})
    only_temporal = Settings.from_environment({"KREISLAUF_TEMPORAL_ADDRESS": "temporal:7233"})
    assert only_database.temporal_address is None
    assert only_temporal.database_url is None


@pytest.mark.parametrize("name", ["KREISLAUF_PROT", "KREISLAUF_port"])
def test_an_unknown_variable_is_named_and_the_one_meant_is_suggested(name: str) -> None:
    error = refusal(**{name: "8000"})
    assert error.variable == name
    assert str(error) == (
        f"{name} is not a setting of Kreislauf. Did you mean KREISLAUF_PORT? "
        "`kreislauf settings` lists all of them."
    )


def test_a_wrong_value_is_shown_with_what_it_must_be_and_what_to_do() -> None:
    error = refusal(KREISLAUF_PORT="eighty")
    assert error.variable == "KREISLAUF_PORT"
    assert str(error) == (
        "KREISLAUF_PORT is 'eighty'; it must be a number from 0 to 65535. Correct it or remove it "
        "(default: 8000). It is the port the service listens on; 0 takes any free one."
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KREISLAUF_PORT", "65536"),
        ("KREISLAUF_METRICS_PORT", "-1"),
        ("KREISLAUF_DATABASE_POOL_SIZE", "0"),
        ("KREISLAUF_POLL_MILLISECONDS", "0.5"),
        ("KREISLAUF_MAX_BODY_BYTES", "1MB"),
        ("KREISLAUF_TEMPORAL_TLS", "perhaps"),
        ("KREISLAUF_TEMPORAL_ADDRESS", "https://temporal:7233"),
        ("KREISLAUF_LOG_FORMAT", "xml"),
        ("KREISLAUF_LOG_LEVEL", "loud"),
        ("KREISLAUF_TIME_ZONE", "Europe/Soest"),
        ("KREISLAUF_TIME_ZONE", "Europe"),
        ("KREISLAUF_TIME_ZONE", "../etc/passwd"),
        ("KREISLAUF_HOLIDAYS", "Nordrhein-Westfalen"),
        ("KREISLAUF_OTLP_ENDPOINT", "collector:4318"),
        ("KREISLAUF_LEDGER_ORIGIN", "our log"),
        ("KREISLAUF_CHECKPOINT_MILLISECONDS", "0"),
        ("KREISLAUF_WITNESSES", "https://witness.example"),
        ("KREISLAUF_WITNESSES", "w.example+6b25ba1e+BCFS+NGN3nZ0yZb5 witness.example"),
        ("KREISLAUF_TIMESTAMP_URL", "time.example"),
    ],
)
def test_a_value_outside_its_bounds_is_refused(variable: str, value: str) -> None:
    error = refusal(**{variable: value})
    assert error.variable == variable
    assert f"{variable} is {value!r}; it must be" in str(error)


def test_a_wrong_secret_is_not_repeated_in_the_message() -> None:
    error = refusal(KREISLAUF_DATABASE_URL="mysql://kreislauf:geheim@db/kreislauf")
    assert "geheim" not in str(error)
    assert "begins with postgresql://" in str(error)


def test_a_certificate_without_its_key_is_refused() -> None:
    there = {"KREISLAUF_TEMPORAL_ADDRESS": "temporal:7233", "KREISLAUF_TEMPORAL_TLS": "true"}
    error = refusal(**there, KREISLAUF_TEMPORAL_TLS_CERT="/etc/cert.pem")
    assert error.variable == "KREISLAUF_TEMPORAL_TLS_KEY"
    assert "KREISLAUF_TEMPORAL_TLS_KEY is not" in str(error)


@pytest.mark.parametrize(
    ("variable", "value", "needed"),
    [
        ("KREISLAUF_TEMPORAL_TLS_CA", "/etc/ca.pem", "KREISLAUF_TEMPORAL_TLS"),
        ("KREISLAUF_TEMPORAL_TLS", "true", "KREISLAUF_TEMPORAL_ADDRESS"),
        ("KREISLAUF_TEMPORAL_API_KEY", "key", "KREISLAUF_TEMPORAL_ADDRESS"),
        ("KREISLAUF_TIMESTAMP_URL", "https://time.example", "KREISLAUF_TIMESTAMP_CERTIFICATES"),
        ("KREISLAUF_TIMESTAMP_CERTIFICATES", "/etc/tsa.pem", "KREISLAUF_TIMESTAMP_URL"),
    ],
)
def test_a_setting_that_would_have_no_effect_is_refused(
    variable: str, value: str, needed: str
) -> None:
    error = refusal(**{variable: value})
    assert error.variable == variable
    assert f"no effect without {needed}." in str(error)


def test_secrets_are_shown_in_no_form() -> None:
    settings = Settings.from_environment(
        {
            "KREISLAUF_DATABASE_URL": "postgresql://kreislauf:geheim@db/kreislauf",
            "KREISLAUF_TEMPORAL_ADDRESS": "temporal:7233",
            "KREISLAUF_TEMPORAL_API_KEY": "geheim",
        }
    )
    for shown in (repr(settings), str(settings), f"{settings}", pretty_repr(settings)):
        assert "geheim" not in shown
        assert "temporal:7233" in shown
    assert "temporal_api_key=None" in repr(Settings())


def test_every_setting_is_described_with_its_variable_meaning_and_default() -> None:
    rows = {row.variable: row for row in Settings.described()}
    assert list(rows) == [f"KREISLAUF_{name.upper()}" for name in Settings.__struct_fields__]
    assert all(row.meaning for row in rows.values())
    assert rows["KREISLAUF_DATABASE_URL"].default == "not set"
    assert rows["KREISLAUF_TEMPORAL_TLS"].default == "false"
    assert rows["KREISLAUF_POLL_MILLISECONDS"] == (
        "KREISLAUF_POLL_MILLISECONDS",
        (
            "how often those who follow the log look without being notified, in milliseconds "
            "(a number from 1 up)"
        ),
        "1000",
    )
