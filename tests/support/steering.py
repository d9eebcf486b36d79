"""A steering group over HTTP: its members, its rules, a session of it, and the time it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx

from domain.directory.commands import GrantRole, RegisterAccount
from domain.kernel import Role
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token
from services.orders import Order
from tests.support.http import Json, Person, recorded
from tests.support.stack import Stack

MARCH = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING = datetime(2026, 3, 24, 13, tzinfo=UTC)
BODY = "lenkungsgruppe-kim"
FOUNDED = "2022-05-17"
RULES: Json = {
    "quorum": {"type": "share", "parts": 1, "of": 2, "exceeded": True},
    "majority": "simple",
    "invitation": {"days": 14},
    "urgent_invitation": {"days": 3, "working": True},
    "circular": {"days": 10, "working": True},
    "sessions_a_school_year": 2,
}


class Clock:
    """The time at which requests arrive. It stands until somebody moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Member:
    """Somebody on the steering group, at the front door with a token of their own."""

    account: str
    name: str
    person: Person


async def member(stack: Stack, name: str, role: Role = Role.STEERING_MEMBER) -> Member:
    account, now = uuid4(), datetime.now(UTC)
    for command in (
        RegisterAccount(account=account, name=name),
        GrantRole(account=account, role=role, organisation="kim-koordinierung"),
    ):
        order = Order(
            command=command, command_id=uuid4(), principal=CONSOLE, at=now, correlation="test"
        )
        await stack.runtime.desk.handle(order)
    token = await issue_token(stack.runtime.desk, account, "test", days=None, at=now)
    await stack.runtime.read_models.reached(await stack.head())
    return Member(account=str(account), name=name, person=Person(stack.http, token))


async def established(stack: Stack, seats: Mapping[str, Member], rules: Json = RULES) -> None:
    """The steering group with a voting seat for each organisation, and who holds it."""
    ask = stack.koordination.post
    body = {"key": BODY, "title": "Lenkungsgruppe KIM", "since": FOUNDED}
    recorded(await ask("/bodies", body))
    for organisation, holder in seats.items():
        await seated(stack, organisation, holder)
    seen = (await stack.koordination.read(f"/bodies/{BODY}"))["version"]
    edition = {"valid_from": FOUNDED, "rules": rules, "basis": "Geschäftsordnung"}
    recorded(await ask(f"/bodies/{BODY}/rules", edition, seen=seen))


async def seated(stack: Stack, organisation: str, holder: Member, kind: str = "member") -> None:
    """A seat of the organisation, under its key, and who holds it."""
    path = f"/bodies/{BODY}/seats"
    seat = {"seat": organisation, "organisation": organisation, "kind": kind, "since": FOUNDED}
    recorded(await stack.koordination.post(path, seat))
    await appointed(stack, organisation, holder, "holder")


async def appointed(stack: Stack, seat: str, sitting: Member, capacity: str) -> None:
    appointment = {"person": sitting.account, "capacity": capacity, "since": FOUNDED}
    path = f"/bodies/{BODY}/seats/{seat}/appointments"
    recorded(await stack.koordination.post(path, appointment))


@dataclass(frozen=True)
class Sitting:
    """A session of the group. Its steps are taken with what is there now."""

    stack: Stack
    id: UUID

    @classmethod
    async def scheduled(
        cls, stack: Stack, key: str, starts_at: datetime, kind: str = "meeting"
    ) -> "Sitting":
        body = {
            "body": BODY,
            "key": key,
            "title": f"Sitzung {key}",
            "kind": kind,
            "starts_at": starts_at.isoformat(),
            "place": "Kreishaus",
        }
        decision = recorded(await stack.koordination.post("/sessions", body))
        return cls(stack=stack, id=UUID(decision["id"]))

    @property
    def path(self) -> str:
        return f"/sessions/{self.id}"

    async def view(self, **query: object) -> Json:
        return await self.stack.koordination.read(self.path, **query)

    async def ask(
        self, step: str, body: Json = None, *, by: Person | None = None, method: str = "POST"
    ) -> httpx.Response:
        """Try a step, having seen the session as it is now."""
        seen = (await self.view())["version"]
        headers = {
            "Idempotency-Key": str(uuid4()),
            "If-Match": f'"{seen}"',
            "Accept-Language": "de",
        }
        person = by or self.stack.koordination
        return await person.ask(method, f"{self.path}/{step}", body, headers=headers)

    async def do(
        self, step: str, body: Json = None, *, by: Person | None = None, method: str = "POST"
    ) -> Json:
        """Take a step; what was recorded."""
        return recorded(await self.ask(step, body, by=by, method=method))

    async def proposed(
        self, title: str, *wordings: str, themes: Sequence[str] = (), by: Person | None = None
    ) -> str:
        """A proposal with these wordings, under the keys a, b and so on; its id."""
        alternatives = [
            {"key": key, "text": text} for key, text in zip("abcdef", wordings, strict=False)
        ]
        item: Json = {"kind": "proposal", "title": title, "alternatives": alternatives}
        if themes:
            item["themes"] = list(themes)
        response = await self.ask("items", item, by=by)
        recorded(response)
        return response.headers["location"].rpartition("/")[2]

    async def opened(self, chair: Member, keeper: Member) -> None:
        await self.do("opening", {"chair": chair.account, "keeper": keeper.account})

    async def sat_down(self, **seats: Member) -> None:
        for seat, person in seats.items():
            await self.do("presences", {"seat": seat, "person": person.account})
