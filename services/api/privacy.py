"""What is kept about a person: whether there is something, and its erasure."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.kernel import Erased
from domain.privacy.commands import EraseSubject, subject_stream
from domain.privacy.errors import UnknownSubject
from domain.privacy.events import SubjectEvent
from domain.privacy.subject import SUBJECT
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import READS_ACCOUNTS, require


class Erasure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reason stays readable for ever, so it must not name the person."""

    reason: Annotated[
        bounds.Reason, msgspec.Meta(examples=["Antrag der Person nach Art. 17 DSGVO"])
    ]


class SubjectView(msgspec.Struct, frozen=True, kw_only=True):
    """`kept_since` is when something personal was first encrypted for the person.

    `holds` say why nothing may be erased, by their ids; `erased` when everything was, and why.
    """

    id: UUID
    kept_since: datetime | None = None
    holds: dict[UUID, str]
    erased: Erased | None = None


class SubjectController(Controller):
    """People about whom something personal is kept, under the id of their account."""

    path = "/subjects/{subject:uuid}"
    tags = ("Privacy",)

    @get("/", operation_id="readSubject", responses=READING)
    async def read_subject(
        self,
        request: SignedIn,
        subject: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> SubjectView:
        """Whether something is kept about a person, must be kept, or was erased."""
        require(request.user, READS_ACCOUNTS, clerk.now())
        if not await store.knows(subject):
            raise UnknownSubject(str(subject))
        entries = await store.load(subject_stream(subject))
        events = [entry.event for entry in entries if isinstance(entry.event, SubjectEvent)]
        holds = SUBJECT.replay(events).holds
        row = await pool.fetchrow("select * from subject_key where subject = $1", subject)
        if row is not None and row["erased_at"] is not None:
            erased = Erased(at=row["erased_at"], reason=row["reason"])
            return SubjectView(id=subject, kept_since=None, holds={}, erased=erased)
        kept_since = row["made_at"] if row is not None else None
        return SubjectView(id=subject, kept_since=kept_since, holds=dict(holds), erased=None)

    @post("/erasure", operation_id="eraseSubject", status_code=200, responses=CHANGING)
    async def erase_subject(
        self,
        request: SignedIn,
        subject: FromPath[UUID],
        data: JSONBody[Erasure],
        key: IdempotencyKey,
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Make everything personal about a person unreadable for ever.

        The answer comes once it is: their key is destroyed, their roles and tokens have ended.
        """
        command = EraseSubject(person=subject, reason=data.reason)
        receipt = await clerk.decide(request, command, key=key)
        await reader.caught_up(receipt.last)
        return decided(receipt)
