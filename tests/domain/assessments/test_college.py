import pytest

from domain.assessments.college import COLLEGE
from domain.assessments.commands_class import (
    AdoptPseudonymKey,
    CollegeCommand,
    DropMapping,
    NoteLook,
    SaveMapping,
)
from domain.assessments.errors import (
    KeyAlreadyAdopted,
    MalformedFingerprint,
    NameMissing,
    PurposeMissing,
    UnknownMapping,
)
from domain.assessments.errors_class import NotOfThisCollege
from domain.assessments.events_class import (
    MappingDropped,
    MappingSaved,
    PseudonymKeyAdopted,
    RowsSeen,
)
from domain.assessments.look import LOOK
from domain.kernel import Context
from tests.domain.assessments.example import (
    CLASS_ID,
    FIRST,
    GITTA,
    HANS,
    IDA,
    IN_WINDOW,
    RBK,
    learner,
)
from tests.support.scenario import Scenario

college = Scenario(COLLEGE, Context(by=GITTA, at=IN_WINDOW))
looks = Scenario(LOOK, Context(by=GITTA, at=IN_WINDOW))

ONE, OTHER = "a" * 64, "0" * 64
COLUMNS = {"pseudonym": "Schüler-Nr.", "name": "Klasse"}
ADOPT = AdoptPseudonymKey(college=RBK, fingerprint=ONE)
ADOPTED = PseudonymKeyAdopted(college=RBK, fingerprint=ONE)
SAVE = SaveMapping(college=RBK, name="SchILD", columns=COLUMNS)
SAVED = MappingSaved(college=RBK, name="SchILD", columns=COLUMNS)
DROP = DropMapping(college=RBK, name="SchILD")
DROPPED = MappingDropped(college=RBK, name="SchILD")


def test_a_college_names_the_key_of_its_pseudonyms_once() -> None:
    college.given().when(ADOPT).then(ADOPTED)
    college.given(ADOPTED).when(ADOPT).then_nothing()


def test_another_key_is_taken_only_if_it_is_to_replace_the_present_one() -> None:
    another = AdoptPseudonymKey(college=RBK, fingerprint=OTHER)
    college.given(ADOPTED).when(another).then_refused(KeyAlreadyAdopted)
    replacing = AdoptPseudonymKey(college=RBK, fingerprint=OTHER, replace=True)
    college.given(ADOPTED).when(replacing).then(PseudonymKeyAdopted(college=RBK, fingerprint=OTHER))


@pytest.mark.parametrize("fingerprint", ["", "a" * 63, "A" * 64, "geheim"])
def test_a_key_is_never_given_in_place_of_its_fingerprint(fingerprint: str) -> None:
    college.given().when(AdoptPseudonymKey(college=RBK, fingerprint=fingerprint)).then_refused(
        MalformedFingerprint
    )


def test_a_mapping_is_saved_changed_and_dropped() -> None:
    college.given().when(SAVE).then(SAVED)
    college.given(SAVED).when(SAVE).then_nothing()
    fewer = SaveMapping(college=RBK, name="SchILD", columns={"name": "Klasse"})
    college.given(SAVED).when(fewer).then(
        MappingSaved(college=RBK, name="SchILD", columns={"name": "Klasse"})
    )
    college.given(SAVED).when(DROP).then(DROPPED)
    college.given(SAVED, DROPPED).when(DROP).then_refused(UnknownMapping, name="SchILD")
    college.given().when(SaveMapping(college=RBK, name=" ", columns=COLUMNS)).then_refused(
        NameMissing
    )


@pytest.mark.parametrize("command", [ADOPT, SAVE, DROP])
def test_a_college_has_its_settings_to_itself(command: CollegeCommand) -> None:
    college.given(SAVED).when(command, by=HANS).then_refused(NotOfThisCollege)


def test_every_look_is_recorded_with_its_purpose_also_the_same_one_again() -> None:
    note = NoteLook(
        training_class=CLASS_ID, purpose="Fördergespräch", round=FIRST, learner=learner(IDA)
    )
    seen = RowsSeen(
        training_class=CLASS_ID, purpose="Fördergespräch", round=FIRST, learner=learner(IDA)
    )
    looks.given().when(note).then(seen)
    looks.given(seen).when(note).then(seen)
    assert LOOK.replay([seen, seen]).count == 2
    looks.given().when(NoteLook(training_class=CLASS_ID, purpose=" ")).then_refused(PurposeMissing)
