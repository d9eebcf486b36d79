"""Who looked at the contact of a company's report: recorded before it is shown."""

from zoneinfo import ZoneInfo

from domain.kernel import Erased
from domain.language_needs.look import NoteContactLook
from services.api.access import SignedIn
from services.api.company_report_views import CompanyReportView
from services.api.decisions import Clerk
from services.texts.wording import ZONE


async def note_contact_look(request: SignedIn, clerk: Clerk, shown: CompanyReportView) -> None:
    """Record the look, if there is a contact in what is shown.

    Whoever works on a report opens it many times a day: their first look of the day is recorded.
    """
    if shown.contact is None or isinstance(shown.contact, Erased):
        return
    day = clerk.now().astimezone(ZoneInfo(ZONE)).date()
    command = NoteContactLook(report=shown.id, reference=shown.reference)
    await clerk.decide(request, command, key=f"contact-look {shown.id} {day}")
