from datetime import timedelta

import msgspec
import pytest

from domain.assessments.errors import MalformedKey, MalformedSchoolYear
from domain.directory.errors import UnknownMunicipality
from domain.directory.municipality import Municipality
from domain.findings.bands import Band
from domain.findings.clients import Sign
from domain.findings.commands import CorrectFinding, WithdrawFinding, finding_id
from domain.findings.errors import (
    AlreadyReported,
    AlreadyWithdrawn,
    DescriptionErased,
    LooksLikeAClient,
    NoSuchPlace,
    OnlyCaseManagersCount,
    ReasonMissing,
    TextMissing,
    UnknownField,
    UnknownFinding,
)
from domain.findings.events import FindingCorrected, FindingKind, FindingReported
from domain.findings.finding import Bundled, Reported, Unknown, Withdrawn, stage_of
from domain.kernel import Actor, Erased, Role, personal
from tests.domain.county import ADA, BEN, CEM, MONDAY, SALZKOTTEN
from tests.domain.findings.example import (
    BUEREN,
    CALLED,
    CALLED_ALARM,
    FINDING_ID,
    REPORT,
    REPORTED,
    SCARCE,
    TAKEN,
    WITHDRAWN,
    after,
    finding,
)

CORRECT = CorrectFinding(
    finding=FINDING_ID,
    kind=FindingKind.POTENTIAL,
    field="work",
    school_year="2025/26",
    band=Band.FROM_5,
    description="Betriebe bieten Kurse an.",
    reason="Es ist auch eine Chance.",
)
CORRECTED = FindingCorrected(
    finding=FINDING_ID,
    kind=FindingKind.POTENTIAL,
    field="work",
    school_year="2025/26",
    band=Band.FROM_5,
    description="Betriebe bieten Kurse an.",
    corrector="ben",
    reason="Es ist auch eine Chance.",
)
ERASED = Erased(at=MONDAY, reason="Ein Klient war zu erkennen.")
CALLED_REPORT = msgspec.structs.replace(REPORT, description=CALLED, false_alarms=(CALLED_ALARM,))


def test_a_finding_is_reported_for_a_municipality_by_somebody_of_an_organisation() -> None:
    finding.given().when(REPORT, by=BEN).then(REPORTED)
    assert isinstance(after(REPORTED), Reported)


def test_a_substitute_reports_under_both_names() -> None:
    cem_for_ben = msgspec.structs.replace(CEM, substitutes="ben")
    finding.given().when(REPORT, by=cem_for_ben).then(
        msgspec.structs.replace(REPORTED, reporter="cem", substitutes="ben")
    )


def test_the_same_report_again_adds_nothing_and_another_one_needs_another_key() -> None:
    finding.given(REPORTED).when(REPORT, at=MONDAY + timedelta(days=1)).then_nothing()
    finding.given(REPORTED).when(REPORT, by=CEM).then_refused(
        AlreadyReported, municipality=SALZKOTTEN.ags, key="kurse"
    )
    finding.given(REPORTED, CORRECTED).when(REPORT).then_refused(AlreadyReported)


def test_the_same_key_in_another_municipality_is_another_finding() -> None:
    assert finding_id(SALZKOTTEN.ags, "kurse") != finding_id(BUEREN.ags, "kurse")


def test_a_finding_is_of_a_municipality_of_the_county() -> None:
    finding.given().knowing(municipality=Municipality()).when(REPORT).then_refused(
        UnknownMunicipality, municipality=SALZKOTTEN.ags
    )


def test_a_finding_is_of_a_field_and_a_school_year() -> None:
    other = msgspec.structs.replace(REPORT, field="weather")
    finding.given().when(other).then_refused(UnknownField, field="weather")
    other = msgspec.structs.replace(REPORT, school_year="2025/27")
    finding.given().when(other).then_refused(MalformedSchoolYear, school_year="2025/27")
    other = msgspec.structs.replace(REPORT, key="Kurse!")
    finding.given().when(other).then_refused(MalformedKey, key="Kurse!")


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_a_finding_says_something(blank: str) -> None:
    finding.given().when(msgspec.structs.replace(REPORT, description=blank)).then_refused(
        TextMissing, part="description"
    )


def test_what_looks_like_a_client_is_refused_with_its_places_and_without_its_words() -> None:
    text = "Frau Yildiz, geb. 12.03.1990, findet keinen Kurs."
    finding.given().when(msgspec.structs.replace(REPORT, description=text)).then_refused(
        LooksLikeAClient, part="description", places="name 0-11, birth-date 13-28"
    )


def test_a_false_alarm_is_recorded_with_its_place_and_its_reason() -> None:
    finding.given().when(CALLED_REPORT).then(
        msgspec.structs.replace(REPORTED, description=CALLED, false_alarms=(CALLED_ALARM,))
    )


def test_a_false_alarm_at_one_place_is_none_at_another() -> None:
    both = msgspec.structs.replace(CALLED_REPORT, description=f"{CALLED} Frau Yildiz wartet.")
    start = len(CALLED) + 1
    finding.given().when(both).then_refused(
        LooksLikeAClient, part="description", places=f"name {start}-{start + 11}"
    )


@pytest.mark.parametrize("change", [{"start": 20}, {"end": 36}, {"sign": Sign.NAME}], ids=str)
def test_a_false_alarm_is_said_of_exactly_a_place_that_was_found(change: dict[str, object]) -> None:
    elsewhere = msgspec.structs.replace(CALLED_ALARM, **change)
    report = msgspec.structs.replace(CALLED_REPORT, false_alarms=(elsewhere,))
    finding.given().when(report).then_refused(NoSuchPlace)


def test_nobody_says_beforehand_that_nothing_is_a_client() -> None:
    report = msgspec.structs.replace(CALLED_REPORT, description=SCARCE)
    finding.given().when(report).then_refused(NoSuchPlace, part="description", place="phone 21-35")


def test_a_place_is_marked_once() -> None:
    again = msgspec.structs.replace(CALLED_ALARM, reason="Doch.")
    report = msgspec.structs.replace(CALLED_REPORT, false_alarms=(CALLED_ALARM, again))
    finding.given().when(report).then_refused(NoSuchPlace)


def test_a_false_alarm_has_a_reason_that_names_nobody_either() -> None:
    for reason, error in ((" ", ReasonMissing), ("Das ist Frau Yildiz.", LooksLikeAClient)):
        alarm = msgspec.structs.replace(CALLED_ALARM, reason=reason)
        report = msgspec.structs.replace(CALLED_REPORT, false_alarms=(alarm,))
        finding.given().when(report).then_refused(error)


def test_a_finding_is_corrected_with_a_reason() -> None:
    finding.given(REPORTED).when(CORRECT, by=BEN).then(CORRECTED)
    corrected = after(REPORTED, CORRECTED)
    assert isinstance(corrected, Reported)
    assert corrected.report.description == "Betriebe bieten Kurse an."
    assert corrected.report.kind is FindingKind.POTENTIAL
    assert (corrected.report.reporter, corrected.report.corrections) == ("ben", 1)


def test_a_correction_that_changes_nothing_adds_nothing() -> None:
    finding.given(REPORTED, CORRECTED).when(CORRECT).then_nothing()


def test_a_correction_is_checked_as_the_report_was() -> None:
    for change, error in (
        ({"reason": " "}, ReasonMissing),
        ({"reason": "Herr Yildiz ist verzogen."}, LooksLikeAClient),
        ({"description": CALLED}, LooksLikeAClient),
        ({"description": ""}, TextMissing),
        ({"field": "weather"}, UnknownField),
        ({"school_year": "2025"}, MalformedSchoolYear),
    ):
        command = msgspec.structs.replace(CORRECT, **change)
        finding.given(REPORTED).when(command).then_refused(error)


def test_who_bundles_findings_does_not_count_their_cases() -> None:
    more = msgspec.structs.replace(CORRECT, band=Band.FROM_10)
    finding.given(REPORTED).when(more, by=ADA).then_refused(OnlyCaseManagersCount)
    finding.given(REPORTED).when(CORRECT, by=ADA).then(
        msgspec.structs.replace(CORRECTED, corrector="ada")
    )


@pytest.mark.parametrize(
    "by",
    [
        CEM,
        msgspec.structs.replace(BEN, role=Role.COORDINATOR),
        msgspec.structs.replace(ADA, substitutes="ben"),
    ],
    ids=["another case manager", "who reported it", "who stands in for them"],
)
def test_the_band_is_corrected_by_case_managers_and_by_who_reported_it(by: Actor) -> None:
    more = msgspec.structs.replace(CORRECT, band=Band.FROM_10)
    expected = msgspec.structs.replace(
        CORRECTED, band=Band.FROM_10, corrector=by.account, substitutes=by.substitutes
    )
    finding.given(REPORTED).when(more, by=by).then(expected)


def test_a_finding_is_withdrawn_with_a_reason_also_out_of_a_theme() -> None:
    withdraw = WithdrawFinding(finding=FINDING_ID, reason="Ein Irrtum.")
    finding.given(REPORTED).when(withdraw).then(WITHDRAWN)
    finding.given(REPORTED, TAKEN).when(withdraw).then(WITHDRAWN)
    finding.given(REPORTED, WITHDRAWN).when(withdraw).then_nothing()
    assert isinstance(after(REPORTED, TAKEN, WITHDRAWN), Withdrawn)
    for reason, error in (("", ReasonMissing), ("Tel. 05251 308-4610", LooksLikeAClient)):
        finding.given(REPORTED).when(msgspec.structs.replace(withdraw, reason=reason)).then_refused(
            error
        )


def test_a_withdrawn_finding_is_not_corrected() -> None:
    finding.given(REPORTED, WITHDRAWN).when(CORRECT).then_refused(
        AlreadyWithdrawn, finding=str(FINDING_ID)
    )


def test_what_was_never_reported_is_neither_corrected_nor_withdrawn() -> None:
    finding.given().when(CORRECT).then_refused(UnknownFinding, finding=str(FINDING_ID))
    finding.given().when(WithdrawFinding(finding=FINDING_ID, reason="Ein Irrtum.")).then_refused(
        UnknownFinding
    )


def test_a_finding_whose_description_was_erased_can_only_be_withdrawn() -> None:
    erased = msgspec.structs.replace(REPORTED, description=ERASED)
    finding.given(erased).when(CORRECT).then_refused(DescriptionErased)
    finding.given(erased).when(WithdrawFinding(finding=FINDING_ID, reason="Ein Irrtum.")).then(
        WITHDRAWN
    )


@pytest.mark.parametrize("kind", [FindingReported, FindingCorrected])
def test_what_a_finding_says_can_be_erased_under_its_id(kind: type) -> None:
    description = next(f for f in msgspec.structs.fields(kind) if f.name == "description")
    assert personal("finding") in description.type.__metadata__


def test_a_finding_goes_through_its_stages() -> None:
    stages = [Unknown(), after(REPORTED), after(REPORTED, TAKEN), after(REPORTED, WITHDRAWN)]
    assert list(map(stage_of, stages)) == ["unknown", "reported", "bundled", "withdrawn"]
    assert isinstance(after(REPORTED, TAKEN, CORRECTED), Bundled)
