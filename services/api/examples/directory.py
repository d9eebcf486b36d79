"""Examples of who takes part: municipalities, organisations, accounts; and the chronicle."""

from datetime import date

from domain.directory.account import Grant
from domain.directory.events import OrganisationKind
from domain.kernel import Role
from services.api.accounts import AccountView, NewAccount, NewAddress, NewGrant, Revocation
from services.api.administration import Employer, NewMunicipality, NewOrganisation
from services.api.directory import ChronicleEntry, Me, MunicipalityView, OrganisationView
from services.api.examples.shared import CLOSES, CONCEPT, DELBRUECK, DUE, LEARNER, OPENED, PERSON
from services.api.substitutions import (
    Colleague,
    EndOfSubstitution,
    NewSubstitution,
    SubstitutionView,
)

GRANT = Grant(role=Role.COORDINATOR, organisation="kim-koordinierung")

EXAMPLES = (
    NewMunicipality(ags=DELBRUECK, name="Delbrück", kind="Stadt"),
    Employer(county_is_employer=True),
    NewOrganisation(
        key="jobcenter", name="Jobcenter Kreis Paderborn", kind=OrganisationKind.EMPLOYMENT
    ),
    NewAccount(name="Karin Koordination (erfunden)"),
    NewAddress(address="karin.koordination@example.org"),
    NewSubstitution(
        substitute=LEARNER,
        roles=(Role.COORDINATOR,),
        since=OPENED,
        until=DUE,
        reason="Urlaub",
    ),
    EndOfSubstitution(reason="Früher zurück"),
    SubstitutionView(
        id=CONCEPT,
        account=PERSON,
        name="Karin Koordination (erfunden)",
        substitute=LEARNER,
        substitute_name="Erika Muster (erfunden)",
        roles=[Role.COORDINATOR],
        since=OPENED,
        until=DUE,
        ended_at=CLOSES,
        reason="Urlaub",
        position=140,
    ),
    Colleague(id=LEARNER, name="Erika Muster (erfunden)"),
    NewGrant(role=Role.CASE_MANAGER, organisation="kim-koordinierung", municipality=DELBRUECK),
    Revocation(
        role=Role.COORDINATOR, organisation="kim-koordinierung", reason="Wechsel der Stelle."
    ),
    Me(
        account=str(PERSON),
        name="Karin Koordination (erfunden)",
        grants=(GRANT,),
        signed_in="token",
        address="karin.koordination@example.org",
        absent={str(LEARNER): "Erika Muster (erfunden)"},
    ),
    MunicipalityView(
        ags=DELBRUECK, name="Delbrück", kind="Stadt", county_is_employer=True, assumed=True
    ),
    OrganisationView(
        key="jobcenter",
        name="Jobcenter Kreis Paderborn",
        kind=OrganisationKind.EMPLOYMENT,
        ags=DELBRUECK,
        number="179292",
    ),
    AccountView(
        id=PERSON,
        name="Karin Koordination (erfunden)",
        grants=[GRANT],
        address="karin.koordination@example.org",
    ),
    ChronicleEntry(
        key="lenkungsgruppe-2024-11",
        about="Lenkungsgruppe",
        occurred_on=date(2024, 11, 26),
        title="Sitzung der Lenkungsgruppe",
        text="Beraten wurde der Stand der Konzepte.",
        organisations=["kim-koordinierung"],
        source="Bericht 2024/25",
        assumed=False,
        position=30,
    ),
)
