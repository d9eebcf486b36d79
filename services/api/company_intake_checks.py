"""What is checked of a report beyond its form: before anything of it is kept anywhere."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

import msgspec

from domain.directory.errors import (
    MalformedAddress,
    MalformedKey,
    UnknownMunicipality,
    UnknownOrganisation,
)
from domain.directory.events import OrganisationKind
from domain.findings.clients import Place
from domain.kernel import Invalid, NotFound
from domain.language_needs.checking import faults
from domain.language_needs.errors import ContactUnreachable, NamesSomebody, NotACollege
from domain.language_needs.need import Company, Contact, Need
from domain.language_needs.persons import persons_in
from services.api.company_intake_bodies import ReportContent
from services.api.faults import Fault
from services.api.problems import EdgeProblem
from services.eventstore.database import Pool
from services.texts import Language, problem
from services.texts.findings import places


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the domain knows it."""

    company: Company
    contact: Contact
    need: Need
    remark: str


def checked_content(sent: ReportContent, language: Language, pointer: str) -> Content:
    """What was sent, if it makes sense and names no person; `pointer` is its place in the body.

    Raises EdgeProblem, with a fault for each place in a text that says something about somebody.
    """
    refuse_persons(
        {
            f"{pointer}/remark": sent.remark,
            **{
                f"{pointer}/need/groups/{number}/apprenticeship": group.apprenticeship
                for number, group in enumerate(sent.need.groups)
            },
        },
        language,
    )
    company, contact = _company(sent, language, pointer), _contact(sent, language, pointer)
    need = _need(sent, language, pointer)
    wrong = {f"{pointer}/need/{_field(error)}": error for error in faults(need)}
    if wrong:
        raise _problem(wrong, language)
    return Content(company=company, contact=contact, need=need, remark=sent.remark.strip())


async def check_known(pool: Pool, content: Content, language: Language, pointer: str) -> None:
    """Raises EdgeProblem if a municipality, a partner or a college is none of the county's.

    A form is confirmed hours later, by whoever cannot mend it then.
    """
    unknown = await _unknown(pool, content.company, content.need)
    if unknown:
        raise _problem({f"{pointer}{at}": error for at, error in unknown.items()}, language)


def refuse_persons(texts: Mapping[str, str], language: Language) -> None:
    """Raises EdgeProblem if a text names somebody; its faults say where and why, not what."""
    named = {pointer: persons_in(text) for pointer, text in texts.items()}
    found = tuple(
        Fault(detail=places(_listed([one]), language), pointer=pointer, code=one.sign)
        for pointer, each in named.items()
        for one in each
    )
    if found:
        first = next(pointer for pointer, each in named.items() if each)
        error = NamesSomebody(first, _listed(named[first]))
        raise EdgeProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY, error.code, facts=error.facts, errors=found
        )


def _listed(found: Sequence[Place]) -> str:
    """As errors name places, without what stands there."""
    return ", ".join(f"{place.sign} {place.start}-{place.end}" for place in found)


def _company(sent: ReportContent, language: Language, pointer: str) -> Company:
    try:
        return sent.company.company()
    except MalformedKey as error:
        raise _problem({f"{pointer}/company/municipality": error}, language) from error


def _contact(sent: ReportContent, language: Language, pointer: str) -> Contact:
    try:
        contact = sent.contact.contact()
    except MalformedAddress as error:
        raise _problem({f"{pointer}/contact/email": error}, language) from error
    if not contact.email and not contact.phone:
        raise _problem({f"{pointer}/contact/email": ContactUnreachable()}, language)
    return contact


def _need(sent: ReportContent, language: Language, pointer: str) -> Need:
    try:
        return sent.need.need()
    except MalformedKey as error:
        raise _problem({f"{pointer}/need/place/municipality": error}, language) from error


async def _unknown(pool: Pool, company: Company, need: Need) -> Mapping[str, NotFound | Invalid]:
    municipalities = {
        "/company/municipality": company.municipality,
        "/need/place/municipality": need.place.municipality,
    }
    organisations = {
        f"/need/{field}/{number}": key
        for field in ("earlier", "consent")
        for number, key in enumerate(getattr(need, field))
    }
    colleges = {
        f"/need/groups/{number}/college": group.college
        for number, group in enumerate(need.groups)
        if group.college
    }
    known = {row["ags"] for row in await pool.fetch("select ags from municipality")}
    kinds = {
        row["key"]: row["kind"]
        for row in await pool.fetch(
            "select key, kind from organisation where key = any($1)",
            [*organisations.values(), *colleges.values()],
        )
    }
    return {
        **{at: UnknownMunicipality(k) for at, k in municipalities.items() if k and k not in known},
        **{at: UnknownOrganisation(k) for at, k in organisations.items() if k not in kinds},
        **{
            at: NotACollege(at, k)
            for at, k in colleges.items()
            if kinds.get(k) != OrganisationKind.COLLEGE
        },
    }


def _field(error: Invalid) -> str:
    """Where it is in the need; times that do not fit each other are shown at the first."""
    return str(error.facts.get("field", "times/earliest"))


def _problem(wrong: Mapping[str, NotFound | Invalid], language: Language) -> EdgeProblem:
    """All that is wrong, each at its place; called what the first is called."""
    first = next(iter(wrong.values()))
    return EdgeProblem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        first.code,
        facts=first.facts,
        errors=tuple(
            Fault(detail=problem(error.code, language, error.facts).detail, pointer=pointer)
            for pointer, error in wrong.items()
        ),
    )
