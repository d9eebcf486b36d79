"""What the county offers to choose from where a report is entered, and what its keys are called."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import msgspec

from services.api.company_intake import PARTNERS, FormChoice
from services.api.directory import MunicipalityView, OrganisationView
from services.catalogues.sectors import sectors
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.reporting.choices import Options, names_of, options_of
from services.web.reporting.tongues import OURS, Tongue


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """By key and name. `organisations` are all of them, partners and colleges some."""

    municipalities: Sequence[FormChoice]
    sectors: Sequence[FormChoice]
    partners: Sequence[FormChoice]
    colleges: Sequence[FormChoice]
    organisations: Sequence[FormChoice]


async def offered_to(request: Visit, inside: Inside) -> Offered:
    """Ask the API what there is. Raises Refusal."""
    language = language_of(request)
    places = await inside.read(request, "/municipalities", list[MunicipalityView])
    others = await inside.read(request, "/organisations", list[OrganisationView])
    return Offered(
        municipalities=[FormChoice(key=one.ags, name=one.name) for one in places],
        sectors=[FormChoice(key=key, name=name[language]) for key, name in sectors().items()],
        partners=_choices(one for one in others if one.kind in PARTNERS),
        colleges=_choices(one for one in others if one.kind == "college"),
        organisations=_choices(others),
    )


def spoken(request: Visit, offered: Offered) -> dict[str, Any]:
    """What templates need to call things by their names: those of the companies' own form."""
    language = language_of(request)
    tongue = Tongue(tag=language, name=OURS[language], base=language)
    return {
        "offered": offered,
        "options": partial(options_of, tongue),
        "named": _named,
        "names_of": names_of,
    }


def _named(_: str, offered: Iterable[FormChoice]) -> Options:
    return [(one.key, one.name) for one in offered]


def _choices(found: Iterable[OrganisationView]) -> list[FormChoice]:
    return [FormChoice(key=one.key, name=one.name) for one in found]
