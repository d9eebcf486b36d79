"""The public form over HTTP: what it offers, taking it in, its confirmation, and a lost link.

Nobody is signed in here. What comes in is checked whole before anything of it is kept.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

import msgspec
from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Response

from domain.directory.events import OrganisationKind
from services.api.company_intake_bodies import Mailbox, ReportContent
from services.api.company_intake_checks import check_known, checked_content
from services.api.languages import language_of, spoken
from services.api.problems import CHANGING, READING, EdgeProblem
from services.api.refusals import visitor_of
from services.catalogues.sectors import sectors
from services.eventstore.database import Pool
from services.intake import links
from services.intake.door import PublicDoor, Sent
from services.intake.form import Form
from services.intake.limits import Verdict
from services.intake.stamps import LATEST, LONGEST, LONGEST_PROOF, WORK

OPEN = {"exclude_from_auth": True}
PARTNERS = (OrganisationKind.EMPLOYMENT, OrganisationKind.FEDERAL, OrganisationKind.CHAMBER)
MINUTES = 20
"""After that a place that has sent too much may send again what it usually would."""

Anybody: TypeAlias = Request[Any, Any, Any]
Token: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=1, max_length=links.LONGEST, pattern=r"^[\x21-\x7e]+$")
]
LanguageTag: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})?(?!\n)$", examples=["de"])
]


class FormChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Something to choose, by its key, and what it is called."""

    key: str
    name: str


class FormView(msgspec.Struct, frozen=True, kw_only=True):
    """What the form needs when it is opened.

    `started` goes back with the form, after 5 seconds at the earliest and two days at the latest.
    A `proof` is a text for which SHA-256 of `<started>:<proof>` begins with `work` zero bits. It is
    asked for only where several reports came from one place in a short time.
    """

    started: str
    work: int
    municipalities: list[FormChoice]
    sectors: list[FormChoice]
    partners: list[FormChoice]
    colleges: list[FormChoice]


class ReportForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The form as it is sent. `language` is the one it was filled in, and is answered in."""

    content: ReportContent
    started: Annotated[str, msgspec.Meta(max_length=LONGEST)]
    language: LanguageTag = "de"
    proof: Annotated[str, msgspec.Meta(max_length=LONGEST_PROOF, pattern=r"^[\x21-\x7e]*$")] = ""


class FormTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A mail is on its way. Without a confirmation all is deleted at `expires_at`."""

    expires_at: datetime


class Confirmation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is in the link of the mail."""

    token: Token


class ReportConfirmed(msgspec.Struct, frozen=True, kw_only=True):
    """The report is in the record, at `position`. Whoever has the `token` opens its status page.

    At `receipt` is the proof that it is in the record, for those who may read the record.
    """

    reference: str
    token: str
    position: int
    receipt: str


class LostLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which report, and the address it was reported with."""

    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    email: Annotated[Mailbox, msgspec.Meta(min_length=3)]


class CompanyIntakeController(Controller):
    """The door for companies."""

    path = "/"
    tags = ("Reports",)
    opt = OPEN

    @get("/form", operation_id="readReportForm", responses=READING)
    async def read_form(
        self,
        request: Anybody,
        public_door: NamedDependency[PublicDoor],
        pool: NamedDependency[Pool],
    ) -> Response[FormView]:
        """What the form offers to choose from, and the stamp it has to come back with."""
        keep_pace(public_door, request)
        language = language_of(request)
        places = await pool.fetch("select ags as key, name from municipality order by name")
        others = await pool.fetch("select key, name, kind from organisation order by name")
        view = FormView(
            started=await public_door.stamps.give(datetime.now(UTC)),
            work=WORK,
            municipalities=_choices(places),
            sectors=[FormChoice(key=key, name=name[language]) for key, name in sectors().items()],
            partners=_choices([one for one in others if one["kind"] in PARTNERS]),
            colleges=_choices([one for one in others if one["kind"] == OrganisationKind.COLLEGE]),
        )
        return spoken(view, language)

    @post(
        "/intake",
        operation_id="submitReportForm",
        status_code=HTTPStatus.ACCEPTED,
        responses=CHANGING,
    )
    async def take_form(
        self,
        request: Anybody,
        data: JSONBody[ReportForm],
        public_door: NamedDependency[PublicDoor],
        pool: NamedDependency[Pool],
    ) -> FormTaken:
        """Take the form in, and mail the link that confirms it. Nothing is in the record yet.

        Sent again with the same `started` it is one form: with the same content nothing happens,
        with other content, before it is confirmed, it takes the place of the first.
        """
        keep_pace(public_door, request)
        language = language_of(request)
        content = checked_content(data.content, language, "/content")
        await check_known(pool, content, language, "/content")
        visitor = visitor_of(request)
        form = Form(
            company=content.company,
            contact=content.contact,
            need=content.need,
            remark=content.remark,
            language=data.language,
        )
        sent = Sent(form=form, stamp=data.started, proof=data.proof)
        verdict = await public_door.take(sent, visitor)
        if verdict is Verdict.WANTS_PROOF:
            raise EdgeProblem(HTTPStatus.PRECONDITION_REQUIRED, "intake.proof-wanted")
        if verdict is Verdict.TOO_MANY:
            raise too_many(MINUTES)
        return FormTaken(expires_at=visitor.at + LATEST)

    @post(
        "/confirmation",
        operation_id="confirmReport",
        status_code=HTTPStatus.CREATED,
        responses=CHANGING,
    )
    async def confirm(
        self,
        request: Anybody,
        data: JSONBody[Confirmation],
        public_door: NamedDependency[PublicDoor],
    ) -> Response[ReportConfirmed]:
        """Confirm the form: it is reported now. Confirmed again, it is answered the same."""
        keep_pace(public_door, request)
        visitor = visitor_of(request)
        done = await public_door.confirm(data.token, visitor.at, visitor.correlation)
        answer = ReportConfirmed(
            reference=done.reference,
            token=done.token,
            position=done.position,
            receipt=f"/api/v1/receipts/{done.command}",
        )
        return Response(answer, status_code=HTTPStatus.CREATED)

    @post("/link", operation_id="sendReportLink", status_code=204, responses=CHANGING)
    async def send_link(
        self,
        request: Anybody,
        data: JSONBody[LostLink],
        public_door: NamedDependency[PublicDoor],
    ) -> None:
        """Mail the link to a report again. The answer is the same whether there is one."""
        keep_pace(public_door, request)
        await public_door.send_link(data.reference, data.email, visitor_of(request))


def keep_pace(door: PublicDoor, request: Anybody) -> None:
    """Raises EdgeProblem if one place asks too often."""
    if door.pace.wait(visitor_of(request).source):
        raise too_many(1)


def too_many(minutes: int) -> EdgeProblem:
    return EdgeProblem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "intake.too-many",
        facts={"minutes": minutes},
        headers={"Retry-After": str(minutes * 60)},
    )


def _choices(rows: Sequence[Any]) -> list[FormChoice]:
    return [FormChoice(key=row["key"], name=row["name"]) for row in rows]
