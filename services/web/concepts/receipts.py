"""The receipt of a decision: what was recorded, where in the log, and the proof to keep."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.concepts.events import ResponseGiven
from services.api.concept_views import ConceptView
from services.api.ledger import ReceiptView
from services.identity.areas import Area
from services.ledger.record_line import EPOCH, MICROSECOND
from services.web.concepts.people import municipality_names, organisation_names
from services.web.door import for_area
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

NOT_YET = "ledger.not-sealed-yet"


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the log as its record line says it; `answer` if it is one to a consultation."""

    position: int
    recorded_at: datetime
    fingerprint: str
    topic: str
    answer: ResponseGiven | None


class _Stored(msgspec.Struct, frozen=True):
    event: msgspec.Raw


class ReceiptPages(Controller):
    """What one keeps of a decision about a concept."""

    path = "/konzepte/{concept_id:uuid}/quittung/{command:uuid}"
    opt = for_area(Area.CONCEPTS)

    @get("/")
    async def show_receipt(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        command: FromPath[UUID],
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        ab: After = None,
    ) -> Response[str]:
        """The receipt to print and to download."""
        concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
        entries: Sequence[Recorded] = ()
        try:
            receipt = await inside.read(request, f"/receipts/{command}", ReceiptView)
            entries = [_recorded(event.line, event.state) for event in receipt.events]
        except Refusal as refusal:
            if refusal.code != NOT_YET:
                raise
        return await pages.show(
            request,
            "concepts/receipt.html",
            concept=concept,
            command=command,
            position=ab,
            entries=entries,
            answers=[entry.answer for entry in entries if entry.answer],
            municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
            organisations=await organisation_names(inside, request),
            titles={section.key: section.title for section in concept.sections},
        )

    @get("/nachweis")
    async def read_proof(
        self,
        request: Visit,
        command: FromPath[UUID],
        inside: NamedDependency[Inside],
    ) -> Response[bytes]:
        """The proof as a `.tlog-proof` file, which can be checked without us."""
        headers = {"Accept": "text/plain"}
        answer = await inside.ask(request, "GET", f"/receipts/{command}", headers=headers)
        disposition = answer.headers["content-disposition"]
        return Response(
            answer.content,
            status_code=HTTPStatus.OK,
            media_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
        )


def _recorded(line: str, state: str) -> Recorded:
    position, _, _, moment, fingerprint, topic = line.split(" ", 5)
    stored = msgspec.json.decode(state, type=_Stored)
    is_answer = topic == ResponseGiven.TOPIC
    answer: Any = msgspec.json.decode(stored.event, type=ResponseGiven) if is_answer else None
    return Recorded(
        position=int(position),
        recorded_at=EPOCH + int(moment) * MICROSECOND,
        fingerprint=fingerprint,
        topic=topic,
        answer=answer,
    )
