"""An entry carried over from a document: dated as it happened, with its source."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.kernel import Aggregate, Command, Context, Event, stream_id


class EntryDocumented(Event, frozen=True, kw_only=True):
    """`about` says what kind of thing happened, such as a session or a meeting.

    `assumed` marks what the source does not state, e.g. the day within a month.
    """

    TOPIC: ClassVar[str] = "chronicle.entry-documented"
    key: str
    about: str
    occurred_on: date
    title: str
    text: str = ""
    organisations: tuple[str, ...] = ()
    source: str = ""
    assumed: bool = False


class DocumentEntry(Command, frozen=True, kw_only=True):
    key: str
    about: str
    occurred_on: date
    title: str
    text: str = ""
    organisations: tuple[str, ...] = ()
    source: str = ""
    assumed: bool = False

    @property
    def subject(self) -> UUID:
        return stream_id("chronicle", self.key)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """`noted` is the latest form of the entry; a correction is a further event."""

    noted: EntryDocumented | None = None


def evolve(_: Entry, event: EntryDocumented) -> Entry:
    return Entry(noted=event)


def decide(command: DocumentEntry, entry: Entry, _: Context) -> Sequence[EntryDocumented]:
    noted = EntryDocumented(**msgspec.structs.asdict(command))
    return [] if entry.noted == noted else [noted]


CHRONICLE = Aggregate("chronicle", initial=Entry(), evolve=evolve, decide=decide)
