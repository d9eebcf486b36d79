"""Who looked at learners' rows, recorded before they are shown."""

from collections.abc import Sequence

import msgspec

from domain.assessments.commands_class import NoteLook
from domain.assessments.errors import PurposeMissing
from domain.assessments.events_class import RowsSeen
from domain.kernel import Aggregate, Context


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """How often somebody looked. Nothing is decided by what was seen before."""

    count: int = 0


def evolve(looks: Looks, _: RowsSeen) -> Looks:
    return Looks(count=looks.count + 1)


def decide(command: NoteLook, _: Looks, __: Context) -> Sequence[RowsSeen]:
    """Every look is recorded, also the same one again."""
    if not command.purpose.strip():
        raise PurposeMissing
    return [
        RowsSeen(
            training_class=command.training_class,
            purpose=command.purpose,
            round=command.round,
            learner=command.learner,
        )
    ]


LOOK = Aggregate("look", initial=Looks(), evolve=evolve, decide=decide)
