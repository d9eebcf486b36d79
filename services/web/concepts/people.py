"""What the pages of concepts know of the person and of names; what holds the API decides."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import msgspec

from domain.kernel import Role
from services.api.concept_views import ConceptView
from services.api.directory import MunicipalityView, OrganisationView
from services.identity.authorisation import READS_EVERY_CONCEPT, READS_THE_RECORD
from services.web.inside import Inside, Visit


class Hats(msgspec.Struct, frozen=True, kw_only=True):
    """In which roles somebody looks at concepts: which actions are offered to them."""

    account: str
    coordinates: bool
    steers: bool
    manages: Collection[str]
    speaks_for: Collection[str]
    reads_all: bool
    reads_record: bool

    def may_write(self, municipality: str) -> bool:
        return self.coordinates or municipality in self.manages

    def may_adopt(self, concept: ConceptView) -> bool:
        """Four eyes are the API's to guard; who wrote what is shown here already."""
        wrote = any(section.author == self.account for section in concept.sections)
        return (self.coordinates or self.steers) and not wrote


def hats_of(request: Visit) -> Hats:
    """The roles of this moment, those held as a substitute too."""
    grants = request.user.grants_at(datetime.now(UTC))
    roles = {grant.role for grant in grants}
    return Hats(
        account=request.user.account,
        coordinates=Role.COORDINATOR in roles,
        steers=Role.STEERING_MEMBER in roles,
        manages=[
            grant.municipality
            for grant in grants
            if grant.role is Role.CASE_MANAGER and grant.municipality
        ],
        speaks_for=[g.organisation for g in grants if g.role is Role.ORGANISATION_MEMBER],
        reads_all=not roles.isdisjoint(READS_EVERY_CONCEPT),
        reads_record=not roles.isdisjoint(READS_THE_RECORD),
    )


async def municipality_names(inside: Inside, request: Visit) -> Mapping[str, str]:
    """The names of the municipalities by AGS."""
    found = await inside.read(request, "/municipalities", list[MunicipalityView])
    return {one.ags: one.name for one in found}


async def organisation_names(inside: Inside, request: Visit) -> Mapping[str, str]:
    """The names of the organisations by key, in German order."""
    found = await inside.read(request, "/organisations", list[OrganisationView])
    return {one.key: one.name for one in found}
