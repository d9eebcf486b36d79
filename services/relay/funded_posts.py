"""What the process of a funded post waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.posts.course import is_done_with
from domain.posts.decide import POST
from domain.posts.events import (
    FundingExtended,
    PostEnded,
    PostEstablished,
    ProofDueSet,
    ProofSubmitted,
)
from domain.posts.post import Unknown
from services.eventstore.record import LogEntry
from services.relay.process import Process, events
from workflows.funded_post import PostStart, workflow_id

POST_TOPICS = tuple(
    event.TOPIC
    for event in (PostEstablished, FundingExtended, ProofDueSet, ProofSubmitted, PostEnded)
)
"""What changes of what and when somebody is reminded."""


def _start(post: UUID) -> PostStart:
    return PostStart(post=post)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    post = POST.replay(events(entries))
    return not isinstance(post, Unknown) and is_done_with(post)


FUNDED_POSTS = Process("FundedPostCare", POST_TOPICS, workflow_id, _start, _has_ended)
