"""Every kind of process has a name and a title, also for an auditor who meets it first."""

import pytest

from services.audit.process import kind_of
from services.eventstore.catalogue import EVENTS
from services.texts.catalogue import process_entries

KINDS = sorted({kind_of(event.TOPIC) for event in EVENTS})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_process_has_a_name_and_a_title(kind: str) -> None:
    assert {f"kind.{kind}", f"title.{kind}"} <= set(process_entries())
