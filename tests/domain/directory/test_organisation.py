from domain.directory.commands import RegisterOrganisation, organisation_id
from domain.directory.events import OrganisationKind, OrganisationRegistered, OrganisationRenamed
from domain.directory.organisation import ORGANISATION, Organisation
from domain.kernel import Context
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

organisation = Scenario(ORGANISATION, Context(by=ADA, at=MONDAY))

REGISTERED = OrganisationRegistered(
    key="helene-weber",
    name="Helene-Weber-Berufskolleg",
    kind=OrganisationKind.COLLEGE,
    ags="05774032",
    number="179346",
)
RENAMED = OrganisationRenamed(key="helene-weber", name="Helene-Weber-Kolleg")


def register(name: str = "Helene-Weber-Berufskolleg") -> RegisterOrganisation:
    return RegisterOrganisation(
        key="helene-weber",
        name=name,
        kind=OrganisationKind.COLLEGE,
        ags="05774032",
        number="179346",
    )


def test_an_organisation_is_registered_once() -> None:
    organisation.given().when(register()).then(REGISTERED)
    organisation.given(REGISTERED).when(register()).then_nothing()


def test_an_organisation_registered_under_another_name_is_renamed() -> None:
    organisation.given(REGISTERED).when(register("Helene-Weber-Kolleg")).then(RENAMED)
    organisation.given(REGISTERED, RENAMED).when(register("Helene-Weber-Kolleg")).then_nothing()


def test_an_organisation_may_take_back_its_earlier_name() -> None:
    organisation.given(REGISTERED, RENAMED).when(register()).then(
        OrganisationRenamed(key="helene-weber", name="Helene-Weber-Berufskolleg")
    )


def test_an_organisation_keeps_its_key_and_its_kind_under_another_name() -> None:
    assert ORGANISATION.replay([]) == Organisation()
    assert ORGANISATION.replay([REGISTERED, RENAMED]) == Organisation(
        key="helene-weber", name="Helene-Weber-Kolleg", kind=OrganisationKind.COLLEGE
    )


def test_an_organisation_is_found_by_its_key_and_not_by_its_name() -> None:
    assert register().subject == register("other").subject == organisation_id("helene-weber")
