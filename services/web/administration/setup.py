"""How the service is set up: the ways to sign in, the mail server, and the keys of the log."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.ledger.keys import KnownKey
from services.settings import Settings
from services.web.administration.answers import ADMINISTRATION, HOME
from services.web.inside import Inside, Visit
from services.web.rendering import Pages

SETUP = f"{HOME}/einrichtung"


@get(SETUP, opt=ADMINISTRATION)
async def show_setup(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """What an operator has set; secrets are said to be there, never shown."""
    return await pages.show(
        request,
        "administration/setup.html",
        settings=settings,
        has_secret=settings.oidc_client_secret is not None,
        keys=await inside.read(request, "/ledger/keys", list[KnownKey]),
    )
