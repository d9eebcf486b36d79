"""What people write and whom they ask, for tests that need a concept some way along."""

from collections.abc import Sequence

from services.demo.texts import FIRST_DRAFT
from tests.support.http import Json, Person, from_now


async def write_draft(author: Person, concept: str) -> None:
    """Write all sections."""
    for section, text in FIRST_DRAFT.items():
        await author.write(concept, section, text)


async def submit_draft(author: Person, concept: str) -> Json:
    """Write all sections and submit them; what was recorded."""
    await write_draft(author, concept)
    return await author.change(concept, "submission", {})


async def invite(  # noqa: PLR0913 (a round's own facts)
    coordinator: Person,
    concept: str,
    invited: Sequence[Json],
    *,
    seconds: float,
    grace: float = 0,
    remind: float | None = None,
    policy: Json = None,
) -> Json:
    """Open a round that is due after so many seconds; what was recorded."""
    timing: Json = {
        "due": from_now(seconds),
        "closes_at": from_now(seconds + grace),
        "remind_at": [] if remind is None else [from_now(remind)],
    }
    body: Json = {"timing": timing, "invited": list(invited), "policy": policy or {}}
    return await coordinator.change(concept, "consultations", body)
