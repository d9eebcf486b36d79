import pytest

from domain.directory.commands import RecordEmployer, RegisterMunicipality, municipality_id
from domain.directory.errors import MalformedKey, UnknownMunicipality
from domain.directory.events import EmployerRecorded, MunicipalityRegistered
from domain.directory.municipality import MUNICIPALITY, Municipality, normal_ags
from domain.kernel import Context
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

municipality = Scenario(MUNICIPALITY, Context(by=ADA, at=MONDAY))

REGISTERED = MunicipalityRegistered(ags="05774036", name="Salzkotten", kind="Stadt")


def register(ags: str = "05774036") -> RegisterMunicipality:
    return RegisterMunicipality(ags=ags, name="Salzkotten", kind="Stadt")


def employed(by_county: bool, *, assumed: bool = False) -> EmployerRecorded:
    return EmployerRecorded(ags="05774036", county_is_employer=by_county, assumed=assumed)


def record(by_county: bool, *, assumed: bool = False) -> RecordEmployer:
    return RecordEmployer(ags="05774036", county_is_employer=by_county, assumed=assumed)


def test_a_municipality_is_registered_once() -> None:
    municipality.given().when(register()).then(REGISTERED)
    municipality.given(REGISTERED).when(register()).then_nothing()


@pytest.mark.parametrize(
    "written", ["", "5774036", "057740361", "0577403a", " 5774036", "٠٥٧٧٤٠٣٦"]
)
def test_a_municipality_has_a_key_of_eight_digits(written: str) -> None:
    municipality.given().when(register(written)).then_refused(MalformedKey, municipality=written)


def test_a_municipality_is_not_registered_a_second_time_by_its_short_key() -> None:
    municipality.given().when(register("774036")).then_refused(MalformedKey, municipality="774036")


def test_the_school_register_s_keys_are_completed_with_the_land() -> None:
    assert normal_ags("774036") == normal_ags("05774036") == "05774036"
    for malformed in ("٧٧٤٠٣٦", "77403", "77403x"):
        with pytest.raises(MalformedKey):
            normal_ags(malformed)


def test_who_employs_the_case_managers_is_recorded() -> None:
    municipality.given(REGISTERED).when(record(by_county=True)).then(employed(by_county=True))
    municipality.given(REGISTERED).when(record(by_county=False)).then(employed(by_county=False))


def test_an_employer_recorded_again_adds_nothing() -> None:
    history = (REGISTERED, employed(by_county=True))
    municipality.given(*history).when(record(by_county=True)).then_nothing()


def test_an_employer_may_change() -> None:
    history = (REGISTERED, employed(by_county=True))
    municipality.given(*history).when(record(by_county=False)).then(employed(by_county=False))


def test_a_source_takes_the_place_of_an_assumption_and_never_the_other_way_round() -> None:
    assumption = employed(by_county=True, assumed=True)
    source = employed(by_county=True)
    municipality.given(REGISTERED, assumption).when(record(by_county=True)).then(source)
    for history in (
        (REGISTERED, assumption),
        (REGISTERED, source),
        (REGISTERED, assumption, source),
    ):
        municipality.given(*history).when(record(by_county=True, assumed=True)).then_nothing()


def test_an_unknown_municipality_has_no_employer() -> None:
    municipality.given().when(record(by_county=True)).then_refused(
        UnknownMunicipality, municipality="05774036"
    )


def test_who_employs_is_unknown_until_it_is_recorded() -> None:
    assert MUNICIPALITY.replay([]) == Municipality()
    assert MUNICIPALITY.replay([REGISTERED]).county_is_employer is None
    assert MUNICIPALITY.replay([REGISTERED, employed(by_county=False)]).county_is_employer is False


def test_a_municipality_is_found_by_its_key() -> None:
    assert register().subject == record(by_county=True).subject == municipality_id("05774036")
    assert municipality_id("05774040") != municipality_id("05774036")
