"""What the county sees of a round: figures that are published once and never counted anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.assessments.auditing import faults
from domain.assessments.errors import UnknownRound
from domain.assessments.measured import Measured
from domain.assessments.round import Compared, Released, Round, Unknown, stage_of
from domain.assessments.suppression import LEAST, Counts, Figure, Path, publish
from domain.kernel import Aggregate, Command, Context, Event, NotFound, Refused, Role, stream_id


class FiguresPublished(Event, frozen=True, kw_only=True):
    """`computed_at` is the log position up to which people were counted.

    A later `release` counts only those whom none before counted. Every count is at least `least`.
    The first one says how well the instrument measured, if enough people took all of the test.
    """

    TOPIC: ClassVar[str] = "county-figures.published"
    round: UUID
    release: int
    computed_at: int
    least: int
    figure: Figure
    measured: Measured | None = None


class PublishFigures(Command, frozen=True, kw_only=True):
    """Count those who were never counted, and publish what gives none of them away."""

    round: UUID

    @property
    def subject(self) -> UUID:
        return figures_id(self.round)


class FiguresContext(Context, frozen=True, kw_only=True):
    """`counts`: of those never counted before, by college, programme and trade, on each level."""

    round: Round
    counts: Mapping[Path, Counts] = {}
    computed_at: int = 0
    measured: Measured | None = None


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """All releases of a round, the first one first."""

    releases: tuple[FiguresPublished, ...] = ()

    @property
    def counted_until(self) -> int:
        """Who was assessed up to this log position was counted, or never will be."""
        return self.releases[-1].computed_at if self.releases else 0


@dataclass(eq=False)
class RoundNotReleased(Refused):
    code: ClassVar[str] = "figures.round-not-released"
    stage: str


@dataclass(eq=False)
class TooFewPeople(Refused):
    """Fewer than this many have not been counted yet."""

    code: ClassVar[str] = "figures.too-few-people"
    least: int


@dataclass(eq=False)
class NothingPublished(NotFound):
    code: ClassVar[str] = "figures.nothing-published"
    round: str


class UnsafeFigures(Exception):
    """A defect: what was about to be published breaks a rule that protects small groups."""


def figures_id(assessment_round: UUID) -> UUID:
    """The stream of a round's figures: beside the round, whose stream every class reads."""
    return stream_id("county-figures", str(assessment_round))


def decide(
    command: PublishFigures, published: Published, context: FiguresContext
) -> Sequence[FiguresPublished]:
    """The process that releases a round has nothing to add where there are too few people.

    Raises UnsafeFigures if the figures do not pass the audit: then nothing is published.
    """
    if isinstance(context.round, Unknown):
        raise UnknownRound(str(command.round))
    if not isinstance(context.round, Released | Compared):
        raise RoundNotReleased(stage_of(context.round))
    figure = publish(context.counts)
    if figure is None:
        if context.by.role is Role.PROCESS:
            return []
        raise TooFewPeople(LEAST)
    if broken := faults(figure):
        raise UnsafeFigures("; ".join(broken))
    return [
        FiguresPublished(
            round=command.round,
            release=len(published.releases) + 1,
            computed_at=context.computed_at,
            least=LEAST,
            figure=figure,
            measured=None if published.releases else context.measured,
        )
    ]


def evolve(published: Published, event: FiguresPublished) -> Published:
    """Apply an event. Never refuses: what was recorded did happen."""
    return Published(releases=(*published.releases, event))


FIGURES = Aggregate[PublishFigures, FiguresPublished, Published, FiguresContext](
    "county-figures", initial=Published(), evolve=evolve, decide=decide
)
