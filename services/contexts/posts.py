"""What decisions about funded posts look at: the employer, the municipality, and the person."""

from typing import get_args

import msgspec

from domain.calendar import Calendar
from domain.kernel import Context
from domain.posts.commands import EstablishPost, FillPost, PostCommand
from domain.posts.context import PostContext
from domain.posts.decide import POST
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore


class PostContexts(Contexts):
    """Looks up in the log what a command names."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(PostCommand), (POST, self._context))

    async def _context(self, command: PostCommand, context: Context) -> PostContext:
        basis = PostContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case EstablishPost():
                return msgspec.structs.replace(
                    basis,
                    employer=await self._streams.organisation(command.employer),
                    municipality=await self._streams.municipality(command.municipality),
                )
            case FillPost(holder=holder) if holder:
                known = await self._streams.people([holder])
                return msgspec.structs.replace(basis, is_holder_known=holder in known)
            case _:
                return basis
