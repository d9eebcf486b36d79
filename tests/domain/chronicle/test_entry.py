from datetime import date

import msgspec

from domain.chronicle.entry import CHRONICLE, DocumentEntry, EntryDocumented
from domain.kernel import Context
from tests.domain.county import ADA, MONDAY
from tests.support.scenario import Scenario

chronicle = Scenario(CHRONICLE, Context(by=ADA, at=MONDAY))

DOCUMENT = DocumentEntry(
    key="steering-2024-11-26",
    about="session",
    occurred_on=date(2024, 11, 26),
    title="Sitzung der Lenkungsgruppe",
    text="Zwei Arbeitsgruppen werden eingerichtet.",
    organisations=("kreis", "jobcenter"),
    source="Bericht 2024/25",
)
DOCUMENTED = EntryDocumented(
    key="steering-2024-11-26",
    about="session",
    occurred_on=date(2024, 11, 26),
    title="Sitzung der Lenkungsgruppe",
    text="Zwei Arbeitsgruppen werden eingerichtet.",
    organisations=("kreis", "jobcenter"),
    source="Bericht 2024/25",
)


def test_an_entry_is_documented_as_it_happened_and_with_its_source() -> None:
    chronicle.given().when(DOCUMENT).then(DOCUMENTED)


def test_documenting_the_same_again_adds_nothing() -> None:
    chronicle.given(DOCUMENTED).when(DOCUMENT).then_nothing()


def test_a_correction_is_a_further_entry_and_the_latest_one_counts() -> None:
    corrected = msgspec.structs.replace(DOCUMENTED, occurred_on=date(2024, 11, 27), assumed=True)
    correction = msgspec.structs.replace(DOCUMENT, occurred_on=date(2024, 11, 27), assumed=True)
    chronicle.given(DOCUMENTED).when(correction).then(corrected)
    assert CHRONICLE.replay([DOCUMENTED, corrected]).noted == corrected


def test_a_correction_may_be_taken_back() -> None:
    corrected = msgspec.structs.replace(DOCUMENTED, title="Sitzung")
    chronicle.given(DOCUMENTED, corrected).when(DOCUMENT).then(DOCUMENTED)


def test_an_entry_is_found_by_its_key() -> None:
    other = msgspec.structs.replace(DOCUMENT, title="Sitzung")
    assert other.subject == DOCUMENT.subject
    assert msgspec.structs.replace(DOCUMENT, key="other").subject != DOCUMENT.subject
