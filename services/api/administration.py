"""Setting up a county: municipalities and their employer, organisations."""

from http import HTTPStatus
from typing import Annotated

import msgspec
from litestar import post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter
from litestar.response import Response

from domain.directory.commands import (
    RecordEmployer,
    RegisterMunicipality,
    RegisterOrganisation,
)
from domain.directory.events import OrganisationKind
from domain.directory.municipality import normal_ags
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING

AgsInPath = Annotated[str, PathParameter(pattern=bounds.AGS)]
SchoolNumber = Annotated[
    str, msgspec.Meta(pattern=rf"^[0-9]{{6}}{bounds.END}", examples=["179292"])
]


class NewMunicipality(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A town or parish of the county."""

    ags: bounds.Ags
    name: Annotated[bounds.Name, msgspec.Meta(examples=["Delbrück"])]
    kind: Annotated[bounds.Name, msgspec.Meta(examples=["Stadt"])]


class Employer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`assumed`: no document states it."""

    county_is_employer: bool
    assumed: bool = False


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`key` names it in addresses and never changes; `number` is a college's school number."""

    key: bounds.Key
    name: Annotated[bounds.Name, msgspec.Meta(examples=["Jobcenter Kreis Paderborn"])]
    kind: OrganisationKind
    ags: bounds.Ags | None = None
    number: SchoolNumber | None = None


@post("/municipalities", operation_id="registerMunicipality", responses=CHANGING)
async def register_municipality(
    request: SignedIn,
    data: JSONBody[NewMunicipality],
    key: IdempotencyKey,
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Register a municipality under its official key."""
    command = RegisterMunicipality(ags=normal_ags(data.ags), name=data.name, kind=data.kind)
    receipt = await clerk.decide(request, command, key=key)
    return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/municipalities")


@put("/municipalities/{ags:str}/employer", operation_id="recordEmployer", responses=CHANGING)
async def record_employer(
    request: SignedIn,
    ags: AgsInPath,
    data: JSONBody[Employer],
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Record whether the county employs the municipality's case managers."""
    command = RecordEmployer(
        ags=normal_ags(ags), county_is_employer=data.county_is_employer, assumed=data.assumed
    )
    return decided(await clerk.decide(request, command))


@post("/organisations", operation_id="registerOrganisation", responses=CHANGING)
async def register_organisation(
    request: SignedIn,
    data: JSONBody[NewOrganisation],
    key: IdempotencyKey,
    clerk: NamedDependency[Clerk],
) -> Response[Decision]:
    """Register an organisation, or give the one with this key another name."""
    command = RegisterOrganisation(
        key=data.key,
        name=data.name,
        kind=data.kind,
        ags=normal_ags(data.ags) if data.ags else None,
        number=data.number,
    )
    receipt = await clerk.decide(request, command, key=key)
    return decided(receipt, status=HTTPStatus.CREATED, location="/api/v1/organisations")
