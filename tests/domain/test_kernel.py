import pkgutil
from collections.abc import Sequence
from importlib import import_module
from typing import ClassVar
from uuid import UUID

import pytest

import domain
from domain.concepts.errors import NobodyInvited, SectionChanged
from domain.kernel import (
    Aggregate,
    Command,
    Conflict,
    Context,
    DomainError,
    Event,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    stream_id,
)
from tests.domain.county import ADA, MONDAY


class Counted(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "test.counted"
    number: int


class Count(Command, frozen=True, kw_only=True):
    to: int


def _count(command: Count, counted: int, _: Context) -> Sequence[Counted]:
    return [Counted(number=number) for number in range(counted + 1, command.to + 1)]


COUNTER = Aggregate("counter", initial=0, evolve=lambda _, event: event.number, decide=_count)


def _errors(kind: type[DomainError] = DomainError) -> set[type[DomainError]]:
    below = set(kind.__subclasses__())
    return below.union(*(_errors(error) for error in below))


def test_an_aggregate_is_its_first_state_and_what_happened() -> None:
    assert COUNTER.replay([]) == 0
    assert COUNTER.replay([Counted(number=1), Counted(number=2)]) == 2


def test_a_decision_on_its_own_outcome_adds_nothing() -> None:
    context = Context(by=ADA, at=MONDAY)
    events = COUNTER.decide(Count(to=3), COUNTER.replay([Counted(number=1)]), context)
    assert list(events) == [Counted(number=2), Counted(number=3)]
    assert COUNTER.decide(Count(to=3), COUNTER.replay(events), context) == []


def test_what_was_recorded_and_what_was_asked_is_frozen() -> None:
    for struct in (Counted(number=1), Count(to=1), Context(by=ADA, at=MONDAY), ADA):
        with pytest.raises(AttributeError):
            setattr(struct, struct.__struct_fields__[0], 2)


def test_a_command_without_a_subject_is_not_a_command() -> None:
    with pytest.raises(NotImplementedError):
        _ = Count(to=1).subject


def test_the_id_of_a_stream_is_the_same_on_every_machine_and_for_ever() -> None:
    assert stream_id("concept", "05774036/2025") == UUID("f545f912-cab3-5f46-b3f9-31c9e721bd48")
    assert stream_id("framework", "05774036/2025") != stream_id("concept", "05774036/2025")


def test_a_refusal_says_its_rule_and_its_facts() -> None:
    refusal = SectionChanged("procedure", 1, 2)
    assert refusal.facts == {"section": "procedure", "based_on": 1, "current": 2}
    assert str(refusal) == "concept.section-changed(section=procedure, based_on=1, current=2)"
    assert str(NobodyInvited()) == "concept.nobody-invited()"


def test_every_rule_has_its_own_code_and_one_kind() -> None:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        import_module(module.name)
    kinds = {NotFound, Forbidden, Refused, Conflict, Invalid}
    rules = {rule for rule in _errors() - kinds if rule.__module__.startswith("domain.")}
    assert len({rule.code for rule in rules}) == len(rules) > 30
    assert all(len(kinds & set(rule.__mro__)) == 1 for rule in rules)
