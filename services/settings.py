"""What an operator can set: one field for one variable ``KREISLAUF_…``, read once at the start."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

PREFIX = "KREISLAUF_"
SECRET = {"secret": True}

Count = Annotated[int, Meta(ge=1)]
Port = Annotated[int, Meta(ge=0, le=65_535)]
DatabaseUrl = Annotated[str, Meta(pattern=r"^postgres(ql)?://")]
Address = Annotated[str, Meta(pattern=r"^[^\s/]+:\d+$")]
WebUrl = Annotated[str, Meta(pattern=r"^https?://[^\s/]")]
LogName = Annotated[str, Meta(pattern=r"^[^\s+]{1,200}$")]
_WITNESS = r"[^\s+]+\+[0-9a-f]{8}\+\S+ https?://\S+"
Witnesses = Annotated[str, Meta(pattern=rf"^{_WITNESS}( {_WITNESS})*$")]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]


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


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field for one variable: ``task_queue`` is ``KREISLAUF_TASK_QUEUE``.

    In the metadata of a field, the title completes "it must be …" and the description "it is …".
    """

    database_url: Annotated[
        DatabaseUrl | None,
        Meta(
            title="an address that begins with postgresql://",
            description="the PostgreSQL database; without it, one is started in the data folder",
            extra=SECRET,  # it may carry the password
        ),
    ] = None
    temporal_address: Annotated[
        Address | None,
        Meta(
            title="a host and a port, as in temporal.example.org:7233",
            description="the Temporal server; without it, one is started in the data folder",
        ),
    ] = None
    temporal_namespace: Annotated[
        str,
        Meta(title="a name", description="the namespace in Temporal, one for each county"),
    ] = "default"
    temporal_tls: Annotated[
        bool,
        Meta(title="true or false", description="whether the way to Temporal is encrypted"),
    ] = False
    temporal_tls_ca: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the file with the authority that signed Temporal's certificate, "
            "if the system does not know it",
        ),
    ] = None
    temporal_tls_cert: Annotated[
        Path | None,
        Meta(title="a path", description="the file with the certificate we show to Temporal"),
    ] = None
    temporal_tls_key: Annotated[
        Path | None,
        Meta(title="a path", description="the file with the private key of that certificate"),
    ] = None
    temporal_api_key: Annotated[
        str | None,
        Meta(title="a key", description="the key we show to Temporal", extra=SECRET),
    ] = None
    task_queue: Annotated[
        str,
        Meta(title="a name", description="the queue from which our workers take Temporal's tasks"),
    ] = "kreislauf"
    host: Annotated[
        str,
        Meta(title="a host or an IP address", description="the address the service listens on"),
    ] = "127.0.0.1"
    port: Annotated[
        Port,
        Meta(
            title="a number from 0 to 65535",
            description="the port the service listens on; 0 takes any free one",
        ),
    ] = 8000
    database_pool_size: Annotated[
        Count,
        Meta(
            title="a number from 1 up",
            description="the most connections one process holds to the database",
        ),
    ] = 10
    data: Annotated[
        Path,
        Meta(title="a path", description="the folder of everything that is started or kept here"),
    ] = Path(".kreislauf")
    master_key: Annotated[
        str | None,
        Meta(
            title="one or more keys of 32 bytes in base64, the current one first",
            description="the master key, which wraps the keys of all personal data",
            extra=SECRET,
        ),
    ] = None
    master_key_file: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the file with the master key; without it, `master.key` in the data "
            "folder, which is made when missing if the database is embedded",
        ),
    ] = None
    retention_plan: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the file with the county's retention plan; without it, the one that comes "
            "with the service holds",
        ),
    ] = None
    log_format: Annotated[
        Literal["auto", "console", "json"],
        Meta(
            title="auto, console or json",
            description="the form of the log; auto is console in a terminal, json elsewhere",
        ),
    ] = "auto"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(
            title="debug, info, warning or error",
            description="the least weight a log line must have to be written",
        ),
    ] = "info"
    time_zone: Annotated[
        str,
        Meta(
            title="a name of the IANA time zone database, as in Europe/Berlin",
            description="the time zone in which dates begin and people read times",
        ),
    ] = "Europe/Berlin"
    holidays: Annotated[
        Region,
        Meta(
            title="a country and its subdivision, as in DE-NW",
            description="the region whose public holidays are not working days",
        ),
    ] = "DE-NW"
    otlp_endpoint: Annotated[
        WebUrl | None,
        Meta(
            title="an address that begins with http:// or https://",
            description="the OpenTelemetry collector; without it, no traces are exported",
        ),
    ] = None
    metrics_port: Annotated[
        Port | None,
        Meta(
            title="a number from 0 to 65535",
            description="the port on which `kreislauf work` shows its metrics; without it, none",
        ),
    ] = None
    poll_milliseconds: Annotated[
        Count,
        Meta(
            title="a number from 1 up",
            description="how often those who follow the log look without being notified, "
            "in milliseconds",
        ),
    ] = 1000
    max_body_bytes: Annotated[
        Count,
        Meta(title="a number from 1 up", description="the largest request accepted, in bytes"),
    ] = 1_000_000
    ledger_origin: Annotated[
        LogName | None,
        Meta(
            title="a name without spaces and plus, as in log.example.org/kim",
            description="the name of the log in its checkpoints, taken when the first one is "
            "signed; without it, the log makes one up",
        ),
    ] = None
    checkpoint_milliseconds: Annotated[
        Count,
        Meta(
            title="a number from 1 up",
            description="the least time between two checkpoints of a growing log, in milliseconds",
        ),
    ] = 1000
    witnesses: Annotated[
        Witnesses | None,
        Meta(
            title="a verifier key and an address that begins with http:// or https://, with a "
            "space between, for one witness after the other",
            description="who else signs the checkpoints; without it, nobody",
        ),
    ] = None
    timestamp_url: Annotated[
        WebUrl | None,
        Meta(
            title="an address that begins with http:// or https://",
            description="the time-stamp authority (RFC 3161) that dates checkpoints; without it, "
            "none",
        ),
    ] = None
    timestamp_certificates: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the file with the certificates, in PEM, of the authorities that signed "
            "the time-stamp authority's own",
        ),
    ] = None
    timestamp_minutes: Annotated[
        Count,
        Meta(
            title="a number from 1 up",
            description="the least time between two time-stamps of a growing log, in minutes",
        ),
    ] = 60

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every ``KREISLAUF_…`` variable; an empty one counts as not set.

        Raises:
            SettingsError: a variable is unknown, wrong or at odds with another one.
        """
        fields = {_variable(field.name): field for field in msgspec.structs.fields(cls)}
        given = {name: environ[name] for name in sorted(environ) if name.startswith(PREFIX)}
        for name in given:
            if name not in fields:
                raise _unknown(name, list(fields))
        return cls(
            **{
                fields[name].name: _read(fields[name], value)
                for name, value in given.items()
                if value
            }
        )

    @classmethod
    def described(cls) -> list[Setting]:
        """List every variable in the order of the fields, with its meaning and its default."""
        return [
            Setting(_variable(field.name), f"{meta.description} ({meta.title})", _default(field))
            for field, meta in _told_fields()
        ]

    def __post_init__(self) -> None:
        self._refuse_half_a_certificate()
        self._refuse_what_has_no_effect()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"Settings({', '.join(shown)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show what `__repr__` shows: msgspec's own form would tell rich the secrets."""
        shown = [(field.name, meta, getattr(self, field.name)) for field, meta in _told_fields()]
        return [
            (name, "…" if meta.extra == SECRET and value is not None else value)
            for name, meta, value in shown
        ]

    def _refuse_half_a_certificate(self) -> None:
        if (self.temporal_tls_cert is None) == (self.temporal_tls_key is None):
            return
        halves = ("temporal_tls_cert", "temporal_tls_key")
        given, missing = halves if self.temporal_tls_cert is not None else reversed(halves)
        raise SettingsError(
            _variable(missing),
            f"{_variable(given)} is set, but {_variable(missing)} is not: a certificate and its "
            "key belong together. Set both or neither.",
        )

    def _refuse_what_has_no_effect(self) -> None:
        needs = {
            "temporal_tls_ca": (self.temporal_tls_ca, "temporal_tls", self.temporal_tls),
            "temporal_tls_cert": (self.temporal_tls_cert, "temporal_tls", self.temporal_tls),
            "temporal_tls": (self.temporal_tls, "temporal_address", self.temporal_address),
            "temporal_api_key": (self.temporal_api_key, "temporal_address", self.temporal_address),
            "timestamp_url": (
                self.timestamp_url,
                "timestamp_certificates",
                self.timestamp_certificates,
            ),
            "timestamp_certificates": (
                self.timestamp_certificates,
                "timestamp_url",
                self.timestamp_url,
            ),
        }
        for name, (value, needed, there) in needs.items():
            if value and not there:
                raise SettingsError(
                    _variable(name),
                    f"{_variable(name)} is set, but has no effect without {_variable(needed)}. "
                    f"Set {_variable(needed)} too, or remove {_variable(name)}.",
                )


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _told_fields() -> Iterator[tuple[msgspec.structs.FieldInfo, Meta]]:
    for field in msgspec.structs.fields(Settings):
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
        if field.name == "time_zone":
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
        _variable(field.name),
        f"{_variable(field.name)} is {shown}; it must be {meta.title}. Correct it or remove it "
        f"(default: {_default(field)}). It is {meta.description}.",
    )


def _unknown(name: str, known: list[str]) -> SettingsError:
    alike = get_close_matches(name.upper(), known, n=1)
    advice = f"Did you mean {alike[0]}?" if alike else "Remove it."
    return SettingsError(
        name,
        f"{name} is not a setting of Kreislauf. {advice} `kreislauf settings` lists all of them.",
    )
