"""What is stored for ever: the topics of events, and events as JSON."""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import domain
from domain.kernel import Event
from tests.domain.strategies import any_of

TOPIC = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def _kinds_of_events() -> Iterator[type[Event]]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        import_module(module.name)
    yield from (kind for kind in Event.__subclasses__() if kind.__module__.startswith("domain."))


KINDS = sorted(_kinds_of_events(), key=lambda kind: kind.TOPIC)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.TOPIC)


def test_every_event_has_a_topic_of_its_own() -> None:
    topics = [kind.TOPIC for kind in KINDS]
    assert len(set(topics)) == len(topics) > 20


@every_kind
def test_a_topic_is_words_with_dashes_a_dot_and_words_with_dashes(kind: type[Event]) -> None:
    assert TOPIC.fullmatch(kind.TOPIC)


@every_kind
def test_an_event_never_changes(kind: type[Event]) -> None:
    assert kind.__struct_config__.frozen


@every_kind
@given(data=st.data())
def test_an_event_is_the_same_after_it_was_stored_as_json(
    kind: type[Event], data: st.DataObject
) -> None:
    event = data.draw(any_of(kind))
    stored = msgspec.json.encode(event)
    assert msgspec.json.decode(stored, type=kind) == event
    assert msgspec.json.encode(msgspec.json.decode(stored, type=kind)) == stored
