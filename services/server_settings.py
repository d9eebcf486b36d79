"""Which servers we use, and what we show to them: the first of the settings."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from services.environment import SECRET, SettingsError, refuse_without_effect, shown, variable

DatabaseUrl = Annotated[str, Meta(pattern=r"^postgres(ql)?://")]
Address = Annotated[str, Meta(pattern=r"^[^\s/]+:\d+$")]


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """PostgreSQL and Temporal: where they are; without an address, one is started here."""

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

    def __post_init__(self) -> None:
        self._refuse_half_a_certificate()
        refuse_without_effect(
            self,
            {
                "temporal_tls_ca": "temporal_tls",
                "temporal_tls_cert": "temporal_tls",
                "temporal_tls": "temporal_address",
                "temporal_api_key": "temporal_address",
            },
        )

    def __repr__(self) -> str:
        facts = (f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({', '.join(facts)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show what `__repr__` shows: msgspec's own form would tell rich the secrets."""
        return shown(self)

    def _refuse_half_a_certificate(self) -> None:
        if (self.temporal_tls_cert is None) == (self.temporal_tls_key is None):
            return
        halves = ("temporal_tls_cert", "temporal_tls_key")
        given, missing = halves if self.temporal_tls_cert is not None else reversed(halves)
        raise SettingsError(
            variable(missing),
            f"{variable(given)} is set, but {variable(missing)} is not: a certificate and its "
            "key belong together. Set both or neither.",
        )
