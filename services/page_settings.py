"""How people reach the pages, and what these say about the county: a part of the settings."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from domain.kernel import ROLES_OF_PEOPLE
from services.server_settings import ServerSettings

Often = Annotated[int, Meta(ge=1)]
Minutes = Annotated[int, Meta(ge=1, le=1440)]
Hours = Annotated[int, Meta(ge=1, le=24)]
Networks = Annotated[str, Meta(pattern=r"^[0-9A-Fa-f.:/]+( [0-9A-Fa-f.:/]+)*$")]
EmailAddress = Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
_ROLE = "|".join(role.value for role in ROLES_OF_PEOPLE)
Roles = Annotated[str, Meta(pattern=rf"^({_ROLE})( ({_ROLE}))*$")]
PublicUrl = Annotated[str, Meta(pattern=r"^https?://[^\s/]+$")]
WebAddress = Annotated[str, Meta(pattern=r"^https?://\S+$")]


class PageSettings(ServerSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without an address, people reach the pages where the service listens."""

    public_url: Annotated[
        PublicUrl | None,
        Meta(
            title="an address that begins with https:// or http://, without a path",
            description="the address under which people reach the pages; links in mails and the "
            "ids of the open data begin with it",
        ),
    ] = None
    trusted_proxies: Annotated[
        Networks,
        Meta(
            title="IP addresses or networks with a space between, as in 127.0.0.1 10.0.0.0/8",
            description="the proxies in front of the service, which say in X-Forwarded-For who "
            "asks; of others, the header is not believed",
        ),
    ] = "127.0.0.1 ::1"
    county: Annotated[
        str | None,
        Meta(
            title="a name, as in Kreis Paderborn",
            description="the county's name at the top of each page; without it, the first "
            "registered county's",
        ),
    ] = None
    session_idle_minutes: Annotated[
        Minutes,
        Meta(
            title="a number from 1 to 1440",
            description="after so many minutes without a request people sign in again",
        ),
    ] = 120
    session_hours: Annotated[
        Hours,
        Meta(
            title="a number from 1 to 24",
            description="so many hours after signing in people sign in again, whatever they do",
        ),
    ] = 12
    requests_per_minute: Annotated[
        Often,
        Meta(
            title="a number from 1 up",
            description="so many requests a minute each process takes from one person who is "
            "signed in, whose open pages look for news by themselves; more have to wait",
        ),
    ] = 1800
    token_requests_per_minute: Annotated[
        Often,
        Meta(
            title="a number from 1 up",
            description="so many requests a minute each process takes from programs with the "
            "access tokens of one account; more have to wait",
        ),
    ] = 60_000
    second_factor: Annotated[
        Roles | None,
        Meta(
            title="roles with a space between, as in administrator coordinator auditor",
            description="the roles that need a second factor: whoever has one of them sets it up "
            "after their password or link, before anything else; without it, nobody has to",
        ),
    ] = None
    breached_passwords: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="a file of the SHA-1 hashes of stolen passwords, one a line and sorted, "
            "as Have I Been Pwned offers it: none of them is taken as a new password; without "
            "it, only those in the list that comes with the service are refused",
        ),
    ] = None
    export_folder: Annotated[
        Path | None,
        Meta(
            title="a path",
            description="the folder in which auditors' bundles are made and kept for a day, where "
            "there is room for the whole log twice; without it, a folder for temporary files",
        ),
    ] = None
    imprint_name: Annotated[
        str | None,
        Meta(
            title="a name, as in Kreis Paderborn",
            description="who answers for the pages, for imprint and privacy page",
        ),
    ] = None
    imprint_address: Annotated[
        str | None,
        Meta(
            title="an address in one line, its parts parted by commas",
            description="the postal address in the imprint",
        ),
    ] = None
    imprint_telephone: Annotated[
        str | None,
        Meta(title="a telephone number", description="the telephone number in the imprint"),
    ] = None
    imprint_email: Annotated[
        EmailAddress | None,
        Meta(title="an e-mail address", description="the e-mail address in the imprint"),
    ] = None
    imprint_represented_by: Annotated[
        str | None,
        Meta(
            title="an office and a name",
            description="who represents the county, for the imprint",
        ),
    ] = None
    imprint_supervision: Annotated[
        str | None,
        Meta(
            title="an authority and its address",
            description="the authority that supervises the county, for the imprint",
        ),
    ] = None
    open_data_license: Annotated[
        WebAddress | None,
        Meta(
            title="an address that begins with https:// or http://",
            description="the licence under which the open data may be used, by the address of its "
            "text; without it, they say nothing about their use",
        ),
    ] = None
    privacy_officer: Annotated[
        str | None,
        Meta(
            title="how the data protection officer is reached, in one line",
            description="the data protection officer on the privacy page",
        ),
    ] = None
    accessibility_reviewed_on: Annotated[
        Day | None,
        Meta(
            title="a day, as in 2026-11-30",
            description="when the county last reviewed its accessibility statement",
        ),
    ] = None
