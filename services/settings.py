"""What an operator can set: one field for one variable ``KREISLAUF_…``, read once at the start."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from services.environment import SECRET, ZONE, Setting, described, read, refuse_without_effect
from services.mail_settings import MailSettings

Count = Annotated[int, Meta(ge=1)]
Port = Annotated[int, Meta(ge=0, le=65_535)]
WebUrl = Annotated[str, Meta(pattern=r"^https?://[^\s/]")]
LogName = Annotated[str, Meta(pattern=r"^[^\s+]{1,200}$")]
_WITNESS = r"[^\s+]+\+[0-9a-f]{8}\+\S+ https?://\S+"
Witnesses = Annotated[str, Meta(pattern=rf"^{_WITNESS}( {_WITNESS})*$")]
_ORIGIN = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?"
Origins = Annotated[str, Meta(pattern=rf"^{_ORIGIN}( {_ORIGIN})*$")]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")]


class Settings(MailSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field for one variable: ``task_queue`` is ``KREISLAUF_TASK_QUEUE``.

    What stands in the metadata of a field is said in `services.environment`.
    """

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
            extra=ZONE,
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

    embedded_by: Annotated[
        Origins | None,
        Meta(
            title="one or more addresses like https://www.example.org, with a space between",
            description="the sites whose pages may show the report form for companies; without "
            "it, none may",
        ),
    ] = None
    report_languages: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the folder with the texts of the report form in further languages, a "
            "file for each; without it, there are German and English",
        ),
    ] = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every ``KREISLAUF_…`` variable; an empty one counts as not set.

        Raises:
            SettingsError: a variable is unknown, wrong or at odds with another one.
        """
        return cls(**read(cls, environ))

    @classmethod
    def described(cls) -> list[Setting]:
        """List every variable in the order of the fields, with its meaning and its default."""
        return described(cls)

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_without_effect(
            self,
            {
                "timestamp_url": "timestamp_certificates",
                "timestamp_certificates": "timestamp_url",
            },
        )
