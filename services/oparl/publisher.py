"""Who answers for the open data, and under which terms they may be used: from the settings."""

from collections.abc import Mapping

import msgspec

from services.eventstore.database import Pool
from services.oparl.addresses import Kind
from services.settings import Settings

COUNTIES = "select distinct left(ags, 5) as county from municipality limit 2"
"""The official key of a municipality begins with that of its county."""


class Publisher(msgspec.Struct, frozen=True, kw_only=True):
    """What is None is not said. `website` is the address of the service's own pages."""

    name: str | None = None
    email: str | None = None
    website: str | None = None
    license: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Publisher":
        return cls(
            name=settings.imprint_name,
            email=settings.imprint_email,
            website=settings.public_url,
            license=settings.open_data_license,
        )

    async def said_of(self, kind: Kind, pool: Pool) -> Mapping[str, str]:
        """What the system or the county's body says beside what the log does; else nothing."""
        if kind not in {Kind.SYSTEM, Kind.BODY}:
            return {}
        said = {"license": self.license, "contactEmail": self.email, "contactName": self.name}
        if kind is Kind.SYSTEM:
            said["website"] = self.website
        else:
            said |= await _official_keys(pool)
        return {name: value for name, value in said.items() if value}


async def _official_keys(pool: Pool) -> Mapping[str, str]:
    """The county's, in the whole length of both keys; none if municipalities are of several."""
    counties = await pool.fetch(COUNTIES)
    if len(counties) != 1:
        return {}
    county: str = counties[0]["county"]
    return {"ags": county.ljust(8, "0"), "rgs": county.ljust(12, "0")}
