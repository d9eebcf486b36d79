"""What a company sees of its report: what it said, who has it until when, what it was told.

Notes the county keeps for itself, and what partners wrote, are not in it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.errors import UnknownReport
from domain.language_needs.events import AnswerKind
from domain.language_needs.holder import HolderKind
from domain.language_needs.need import Company, Contact, Need
from domain.language_needs.record import Record
from domain.language_needs.report import Asked, Unknown, holder_of, stage_of
from services.api.company_own_pool_view import OwnPool, own_pool
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.mail.people import recipient_of
from services.texts import Language


class OwnHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Who has the report, and what they have to do until when. `name` is a partner's."""

    kind: HolderKind
    what: str
    due: datetime
    name: str = ""


class OwnTold(msgspec.Struct, frozen=True, kw_only=True):
    """What the company was answered."""

    kind: AnswerKind
    text: str
    offer: UUID | None = None
    pool: UUID | None = None


class OwnAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What the company was asked. No `answer`: it is waited for."""

    question: str
    asked_at: datetime
    answer: str | None = None


class OwnCourse(msgspec.Struct, frozen=True, kw_only=True):
    """The course with its learners."""

    starts_on: date
    ends_on: date
    participants: int


class OwnReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the company sees it. `contact_person` sees to it in the county, by name.

    `may_change`: all of it can be said anew; not any more once a course is arranged or it is over.
    """

    reference: str
    version: int
    stage: str
    submitted_at: datetime
    language: str
    company: Company
    contact: Contact
    need: Need
    remark: str
    holder: OwnHolder | None
    contact_person: str
    message: str
    questions: list[OwnAsked]
    is_asked: bool
    answers: list[OwnTold]
    pool: OwnPool | None = None
    course: OwnCourse | None = None
    may_change: bool


CHANGED_UNTIL = frozenset({"received", "acknowledged", "triaged", "referred", "asked", "answered"})


async def own_report(pool: Pool, store: EventStore, report: UUID, language: Language) -> OwnReport:
    """The report as it is now. Raises UnknownReport, also if its contact was erased."""
    entries = await store.load(report)
    state = COMPANY_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state, Unknown) or isinstance(state.record.contact, Erased):
        raise UnknownReport(str(report))
    record, holder = state.record, holder_of(state)
    names = await _names(pool, holder.organisation if holder else "")
    person = (
        await recipient_of(store, UUID(record.contact_person)) if record.contact_person else None
    )
    return OwnReport(
        reference=record.reference,
        version=len(entries),
        stage=stage_of(state),
        submitted_at=record.submitted_at,
        language=record.language,
        company=_company(record),
        contact=state.record.contact,
        need=record.need,
        remark=_read(record.remark),
        holder=OwnHolder(
            kind=holder.kind,
            what=holder.what.value,
            due=holder.due,
            name=names.get(holder.organisation, ""),
        )
        if holder
        else None,
        contact_person=person.name if person else "",
        message=_read(record.message),
        questions=[
            OwnAsked(
                question=_read(one.question),
                asked_at=one.since,
                answer=None if one.answer is None else _read(one.answer),
            )
            for one in record.questions
        ],
        is_asked=isinstance(state, Asked),
        answers=[
            OwnTold(kind=one.kind, text=_read(one.text), offer=one.offer, pool=one.pool)
            for one in record.answers
        ],
        pool=await own_pool(pool, store, report, state, language),
        course=_course(record),
        may_change=stage_of(state) in CHANGED_UNTIL,
    )


async def _names(pool: Pool, organisation: str) -> Mapping[str, str]:
    rows = await pool.fetch("select key, name from organisation where key = $1", organisation)
    return {row["key"]: row["name"] for row in rows}


def _company(record: Record) -> Company:
    firm = record.company
    return Company(
        name=_read(record.company_name),
        municipality=firm.municipality,
        trade=firm.trade,
        size=firm.size,
        chamber=firm.chamber,
    )


def _course(record: Record) -> OwnCourse | None:
    course = record.course
    if course is None:
        return None
    return OwnCourse(
        starts_on=course.starts_on, ends_on=course.ends_on, participants=course.participants
    )


def _read(text: str | Erased) -> str:
    return "" if isinstance(text, Erased) else text
