"""What the pages of one's own account have in common."""

from uuid import UUID

from services.identity.areas import Area
from services.identity.entrance import Entrance
from services.settings import Settings
from services.web.door import for_area
from services.web.forms import Form, Wrong
from services.web.inside import Visit
from services.web.language import language_of
from services.web.oidc.browser import session_cookie, visitor_of
from services.web.sign_in.answers import Answer, moved, wrong_field, wrong_of

ACCOUNT = "/konto"
OWN = for_area(Area.ACCOUNT)


def account_of(request: Visit) -> UUID:
    """Whose account it is."""
    return UUID(request.user.account)


async def unconfirmed(request: Visit, form: Form, entrance: Entrance) -> Wrong | None:
    """What is wrong with the present password, if the person has one; None if nothing is."""
    account = account_of(request)
    if await entrance.passwords.changed_at(account) is None:
        return None
    outcome = await entrance.confirms(account, form.exact("present"), visitor_of(request))
    if outcome is None:
        return None
    wrong = wrong_of(request, outcome, "unconfirmed")
    return wrong_field("present", f"{wrong.title}. {wrong.detail}", language_of(request))


async def renewed(request: Visit, entrance: Entrance, settings: Settings, done: str) -> Answer:
    """The same session under another cookie: what may have been copied before is worthless."""
    cookie = await entrance.sessions.renew(request.auth.id)
    return moved(f"{ACCOUNT}?fertig={done}", session_cookie(cookie, settings))
