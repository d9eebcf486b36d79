from uuid import UUID

import pytest

from domain.privacy.commands import EraseSubject, LiftHold, PlaceHold, subject_stream
from domain.privacy.errors import SubjectIsErased, UnderLegalHold, UnknownHold, UnknownSubject
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased
from domain.privacy.subject import SUBJECT, SubjectContext
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

known = Scenario(SUBJECT, SubjectContext(by=ADA, at=MONDAY, is_known=True))
unknown = Scenario(SUBJECT, SubjectContext(by=ADA, at=MONDAY))
PERSON, HOLD, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ERASE = EraseSubject(person=PERSON, reason="Antrag")
ERASED = SubjectErased(subject=PERSON, reason="Antrag")
PLACE = PlaceHold(person=PERSON, hold=HOLD, reason="Klage")
PLACED = HoldPlaced(subject=PERSON, hold=HOLD, reason="Klage")
LIFT = LiftHold(person=PERSON, hold=HOLD, reason="Beendet")
LIFTED = HoldLifted(subject=PERSON, hold=HOLD, reason="Beendet")


def test_a_person_of_whom_something_is_known_is_erased_once() -> None:
    known.given().when(ERASE).then(ERASED)
    known.given(ERASED).when(ERASE).then_nothing()


def test_of_whom_nothing_is_known_nothing_is_erased_or_held() -> None:
    unknown.given().when(ERASE).then_refused(UnknownSubject)
    unknown.given().when(PLACE).then_refused(UnknownSubject)


def test_under_a_hold_nothing_is_erased() -> None:
    known.given(PLACED).when(ERASE).then_refused(UnderLegalHold)
    known.given(PLACED, LIFTED).when(ERASE).then(ERASED)


def test_every_hold_must_be_lifted() -> None:
    other = HoldPlaced(subject=PERSON, hold=OTHER, reason="Prüfung")
    known.given(PLACED, other, LIFTED).when(ERASE).then_refused(UnderLegalHold)


def test_placing_and_lifting_again_is_harmless() -> None:
    known.given(PLACED).when(PLACE).then_nothing()
    known.given(PLACED, LIFTED).when(LIFT).then_nothing()
    known.given(PLACED, LIFTED).when(PLACE).then_nothing()


def test_a_hold_that_is_not_there_is_not_lifted() -> None:
    known.given().when(LIFT).then_refused(UnknownHold)


def test_who_is_erased_cannot_be_held() -> None:
    known.given(ERASED).when(PLACE).then_refused(SubjectIsErased)


def test_a_persons_data_have_a_stream_beside_the_person() -> None:
    assert ERASE.subject == subject_stream(PERSON) != PERSON


@pytest.mark.parametrize("command", [ERASE, PLACE, LIFT])
def test_deciding_is_about_the_same_stream(command: EraseSubject | PlaceHold | LiftHold) -> None:
    assert command.subject == subject_stream(PERSON)
