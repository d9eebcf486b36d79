"""A county on the morning of a language assessment: colleges, classes, an open round."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import msgspec

from domain.assessments.commands import (
    AnnounceRound,
    ApproveVersion,
    DraftVersion,
    OpenWindow,
    RegisterInstrument,
    SubmitVersion,
    class_id,
    round_id,
)
from domain.assessments.commands_class import RegisterClass
from domain.assessments.definition import (
    Cut,
    CutScores,
    Definition,
    Kind,
    Level,
    Norms,
    Part,
    Rule,
)
from domain.assessments.instrument import definition_digest
from domain.assessments.results import PartScore, Result
from domain.assessments.wording import year_of
from domain.directory.account import Grant
from domain.directory.commands import GrantRole, RegisterAccount, RegisterOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from services.identity.principal import CONSOLE, Principal, process
from services.identity.tokens import issue_token
from services.orders import Order
from services.runtime import Runtime

COUNTY = "kreis"
INSTRUMENT = "c-test"
KEY = "eingang"
PROGRAMME, TRADE = "A01", "10-10104"
TEXTS, GAPS = 5, 20
LEARNERS = 25
PROCESS = process("assessment-round/benchmark")


class College(NamedTuple):
    """Its key, the token of somebody who works there, its classes."""

    key: str
    token: str
    classes: Sequence[UUID]


class County(NamedTuple):
    """A round that is open, and who takes part."""

    round: UUID
    opened_at: datetime
    closes_at: datetime
    colleges: Sequence[College]


def definition() -> Definition:
    """Five texts of twenty gaps."""
    return Definition(
        kind=Kind.C_TEST,
        parts=tuple(
            Part(key=f"t{n}", title=f"Text {n}", maximum=GAPS) for n in range(1, TEXTS + 1)
        ),
        cut_scores=CutScores(
            version="1",
            author="AG Fachsprache",
            method="Bookmark",
            set_on=date(2026, 1, 15),
            cuts=(Cut(level=Level.A2, at_least=0), Cut(level=Level.B1, at_least=50)),
        ),
        norms=Norms(reliability=840, deviation=1_400, people=120, source="Erprobung"),
        rules=(
            Rule(key="lesen", lowest=Level.A2, highest=Level.B1, measures=("reading-vocabulary",)),
        ),
    )


def rows(first: int, count: int) -> bytes:
    """So many learners' results as a program sends them."""
    sent = [
        {
            "pseudonym": pseudonym(number),
            "scores": [msgspec.structs.asdict(score) for score in result(number).scores],
        }
        for number in range(first, first + count)
    ]
    return msgspec.json.encode({"rows": sent})


def pseudonym(number: int) -> str:
    return f"MFRG-GZDF-{number:08d}-B"


def result(number: int) -> Result:
    """Some learner's sitting."""
    return Result(
        scores=tuple(
            PartScore(
                part=f"t{text}",
                exact=(number + text) % 15,
                recognition=(number + text) % 15 + 3,
                omitted=number % 3,
            )
            for text in range(1, TEXTS + 1)
        )
    )


async def county(runtime: Runtime, colleges: int, classes: int) -> County:
    """So many colleges with so many classes each, invited to a round that is open."""
    now = datetime.now(UTC)
    keys = [f"college-{number}" for number in range(colleges)]
    begins = year_of(now.date())
    year = f"{begins}/{(begins + 1) % 100:02}"
    plan = AnnounceRound(
        key=KEY,
        title="Eingangserhebung",
        school_year=year,
        instrument=INSTRUMENT,
        version=1,
        opens_at=now + timedelta(minutes=2),
        closes_at=now + timedelta(days=3),
        colleges=tuple(keys),
        basis="SchulG NRW § 120",
    )
    await _instrument(runtime)
    for key in keys:
        kind = OrganisationKind.COLLEGE
        await ask(runtime, RegisterOrganisation(key=key, name=key, kind=kind), CONSOLE)
    await ask(runtime, plan, person(Role.COORDINATOR, COUNTY))
    this = round_id(year, KEY)
    await ask(runtime, OpenWindow(round=this), PROCESS, plan.opens_at)
    taking_part = [await _college(runtime, key, year, classes) for key in keys]
    # Tokens are looked up in the read models.
    await runtime.read_models.catch_up()
    return County(this, plan.opens_at, plan.closes_at, taking_part)


async def _instrument(runtime: Runtime) -> None:
    written = definition()
    author, approver = person(Role.EXPERT, COUNTY, "eva"), person(Role.EXPERT, COUNTY, "emil")
    for command in (
        RegisterInstrument(instrument=INSTRUMENT, title="C-Test", kind=Kind.C_TEST),
        DraftVersion(instrument=INSTRUMENT, version=1, definition=written),
        SubmitVersion(instrument=INSTRUMENT, version=1),
    ):
        await ask(runtime, command, author)
    digest = definition_digest(written)
    approval = ApproveVersion(instrument=INSTRUMENT, version=1, digest=digest)
    await ask(runtime, approval, approver)


async def _college(runtime: Runtime, key: str, year: str, classes: int) -> College:
    account = uuid4()
    grant = GrantRole(account=account, role=Role.COLLEGE, organisation=key)
    await ask(runtime, RegisterAccount(account=account, name=key), CONSOLE)
    await ask(runtime, grant, CONSOLE)
    now = datetime.now(UTC)
    token = await issue_token(runtime.desk, account, "benchmark", days=1, at=now)
    names = [f"IF{number}A" for number in range(classes)]
    for name in names:
        registering = RegisterClass(
            college=key,
            school_year=year,
            name=name,
            programme=PROGRAMME,
            trade=TRADE,
            size=LEARNERS,
        )
        await ask(runtime, registering, person(Role.COLLEGE, key))
    return College(key, token, [class_id(key, year, name) for name in names])


async def ask(
    runtime: Runtime, command: Command, by: Principal, at: datetime | None = None
) -> None:
    await runtime.desk.handle(
        Order(
            command=command,
            command_id=uuid4(),
            principal=by,
            at=at or datetime.now(UTC),
            correlation=str(uuid4()),
        )
    )


def person(role: Role, organisation: str, account: str = "") -> Principal:
    grants = (Grant(role=role, organisation=organisation),)
    return Principal(account=account or str(uuid4()), grants=grants, signed_in="token")
