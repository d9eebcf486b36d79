"""County figures: published once for each person, never for few, never counted anew."""

from uuid import UUID

import pytest

from domain.assessments import figures
from domain.assessments.definition import Level
from domain.assessments.errors import UnknownRound
from domain.assessments.events import Sitting
from domain.assessments.figures import (
    FIGURES,
    FiguresContext,
    FiguresPublished,
    Published,
    PublishFigures,
    RoundNotReleased,
    TooFewPeople,
    UnsafeFigures,
)
from domain.assessments.measured import Measured, MeasuredScale
from domain.assessments.round import Closed, Plan, Released, Round, Unknown
from domain.assessments.suppression import Figure
from domain.kernel import Actor, Role
from tests.domain.county import MONDAY

ROUND = UUID(int=7)
PLAN = Plan(
    round=ROUND,
    key="eingang",
    title="Erhebung",
    school_year="2026/27",
    instrument="c-test",
    version=1,
    sitting=Sitting.FIRST,
    opens_at=MONDAY,
    closes_at=MONDAY,
    reminders=(),
    colleges=("a",),
    basis="SchulG",
)
RELEASED = Released(plan=PLAN, classes=2)
SCALE = MeasuredScale(mean=1, deviation=1, error=1, alpha=1, lowest_alpha=1, highest_alpha=1)
MEASURED = Measured(learners=5, classes=1, exact=SCALE, recognition=SCALE, texts=(), concerns=())


def people(n: int) -> tuple[int, ...]:
    return (n, *[0] * (len(Level) - 1))


def publish(
    n: int,
    before: Published = FIGURES.initial,
    *,
    this: Round = RELEASED,
    role: Role = Role.COORDINATOR,
) -> list[FiguresPublished]:
    context = FiguresContext(
        at=MONDAY,
        by=Actor(account="ada", role=role),
        round=this,
        counts={("a", "A01", "10-10104"): people(n)} if n else {},
        computed_at=100,
        measured=MEASURED,
    )
    return list(FIGURES.decide(PublishFigures(round=ROUND), before, context))


def test_the_first_publication_names_its_position_and_how_the_test_measured() -> None:
    [published] = publish(7)
    assert (published.release, published.computed_at, published.least) == (1, 100, 5)
    assert published.figure.people == 7
    assert published.measured == MEASURED


def test_a_later_publication_counts_on_and_says_nothing_of_the_test_again() -> None:
    first = FIGURES.replay(publish(7))
    assert first.counted_until == 100
    [second] = publish(5, first)
    assert (second.release, second.measured) == (2, None)


@pytest.mark.parametrize("n", [0, 1, 4])
def test_fewer_than_five_are_not_published_and_the_process_goes_on(n: int) -> None:
    with pytest.raises(TooFewPeople):
        publish(n)
    assert publish(n, role=Role.PROCESS) == []


def test_there_are_no_figures_before_the_release() -> None:
    with pytest.raises(RoundNotReleased):
        publish(7, this=Closed(plan=PLAN))
    with pytest.raises(UnknownRound):
        publish(7, this=Unknown())


def test_figures_that_do_not_pass_the_audit_are_not_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def careless(_: object) -> Figure:
        return Figure(path=(), counts=(4, 9), cuts=(6,))

    monkeypatch.setattr(figures, "publish", careless)
    with pytest.raises(UnsafeFigures, match="fewer than 5"):
        publish(13)
