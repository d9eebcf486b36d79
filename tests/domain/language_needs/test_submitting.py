"""A company submits, changes and withdraws its report."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.directory.errors import UnknownMunicipality, UnknownOrganisation
from domain.kernel import DomainError, Erased
from domain.language_needs.commands import ChangeReport, SubmitReport, WithdrawReport
from domain.language_needs.errors import (
    AlreadySubmitted,
    ContactUnreachable,
    LevelNotHigher,
    NamesSomebody,
    NotACollege,
    NotConfirmed,
    NumberOutOfRange,
    OnlyForApprentices,
    ReferenceMalformed,
    TextMissing,
    TextTooLong,
    TimesOutOfOrder,
    UnknownReport,
    ValueMalformed,
)
from domain.language_needs.errors_processing import AlreadyEnded, ContactErased, CourseUnderWay
from domain.language_needs.events import Channel, ReportChanged
from domain.language_needs.events_end import ReportWithdrawn, WithdrawalReason
from domain.language_needs.holder import Task
from domain.language_needs.need import Contact, Place, Skill, Times, firm_of
from tests.domain.county import ADA, JOBCENTER, MONDAY
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    CLOSED,
    COLLEGE,
    COMPANY,
    CONTACT,
    FIRM,
    GROUP,
    NEED,
    REFERRED,
    REMARK,
    REPORT_ID,
    SUBMIT,
    SUBMITTED,
    UNTIL_RUNNING,
    UNTIL_TRIAGED,
    ours,
    report,
)

LATER = MONDAY + timedelta(days=1)
CHANGE = ChangeReport(
    report=REPORT_ID,
    company=FIRM,
    contact=CONTACT,
    need=msgspec.structs.replace(NEED, weeks=10),
    remark=REMARK,
)
CHANGED = ReportChanged(
    report=REPORT_ID,
    company=firm_of(FIRM),
    company_name=FIRM.name,
    contact=CONTACT,
    need=CHANGE.need,
    remark=REMARK,
    holder=ours(Task.TRIAGE, 3, at=LATER),
)
WITHDRAW = WithdrawReport(report=REPORT_ID, reason=WithdrawalReason.SOLVED_OTHERWISE)
TELEPHONE = msgspec.structs.replace(SUBMIT, channel=Channel.TELEPHONE, confirmed_at=None)


def with_need(**changes: Any) -> SubmitReport:
    return msgspec.structs.replace(SUBMIT, need=msgspec.structs.replace(NEED, **changes))


def with_group(**changes: Any) -> SubmitReport:
    return with_need(groups=(msgspec.structs.replace(GROUP, **changes),))


def test_a_confirmed_report_is_held_by_the_coordination_for_a_working_day() -> None:
    report.when(SUBMIT, by=COMPANY).then(SUBMITTED)


def test_the_same_report_confirmed_twice_is_one_and_another_of_its_reference_is_refused() -> None:
    report.given(SUBMITTED).when(SUBMIT, by=COMPANY, at=LATER).then_nothing()
    other = msgspec.structs.replace(SUBMIT, remark="Etwas anderes.")
    report.given(SUBMITTED).when(other, by=COMPANY).then_refused(AlreadySubmitted)


def test_what_has_no_order_is_kept_in_order_and_once() -> None:
    mixed = msgspec.structs.replace(
        NEED,
        groups=(
            msgspec.structs.replace(
                GROUP, skills=(Skill.TECHNICAL, Skill.SPEAKING, Skill.TECHNICAL)
            ),
        ),
        times=msgspec.structs.replace(NEED.times, weekdays=(4, 2, 4)),
        consent=(JOBCENTER, JOBCENTER),
    )
    report.when(msgspec.structs.replace(SUBMIT, need=mixed), by=COMPANY).then(SUBMITTED)


def test_a_form_counts_once_confirmed_and_only_the_coordination_takes_telephone_calls() -> None:
    unconfirmed = msgspec.structs.replace(SUBMIT, confirmed_at=None)
    report.when(unconfirmed, by=COMPANY).then_refused(NotConfirmed)
    report.when(SUBMIT, by=ADA).then_refused(NotConfirmed)
    report.when(TELEPHONE, by=COMPANY).then_refused(NotConfirmed)
    (taken,) = report.when(TELEPHONE, by=ADA).decided()
    assert taken == msgspec.structs.replace(SUBMITTED, channel=Channel.TELEPHONE, confirmed_at=None)


def test_a_form_needs_an_address_and_a_call_at_least_a_number() -> None:
    nobody = Contact(name="Petra Sander", email="", phone="")
    by_phone = msgspec.structs.replace(nobody, phone="05258 4711")
    for contact in (nobody, by_phone):
        sent = msgspec.structs.replace(SUBMIT, contact=contact)
        report.when(sent, by=COMPANY).then_refused(ContactUnreachable)
    told = msgspec.structs.replace(TELEPHONE, contact=by_phone)
    assert report.when(told, by=ADA).decided()
    unreachable = msgspec.structs.replace(TELEPHONE, contact=nobody)
    report.when(unreachable, by=ADA).then_refused(ContactUnreachable)


def test_a_reference_is_the_reports_own() -> None:
    for reference in ("DF-0000-0001", SUBMIT.reference.lower(), "DF-0000-0000"):
        wrong = msgspec.structs.replace(SUBMIT, reference=reference)
        report.when(wrong, by=COMPANY).then_refused(ReferenceMalformed, reference=reference)


@pytest.mark.parametrize(
    ("command", "error", "facts"),
    [
        (with_need(groups=()), NumberOutOfRange, {"field": "groups"}),
        (with_group(number=0), NumberOutOfRange, {"field": "groups/0/number"}),
        (with_group(wanted=Level.A2), LevelNotHigher, {"field": "groups/0/wanted"}),
        (with_group(year=2), OnlyForApprentices, {"field": "groups/0/year"}),
        (
            with_group(status=Status.APPRENTICE, apprenticeship="Name: Yusuf"),
            NamesSomebody,
            {"field": "groups/0/apprenticeship", "places": "name 0-11"},
        ),
        (
            with_group(status=Status.APPRENTICE, college=JOBCENTER),
            NotACollege,
            {"field": "groups/0/college"},
        ),
        (with_need(times=Times(weekdays=(8,))), ValueMalformed, {"field": "times/weekdays"}),
        (with_need(times=Times(earliest="7:30")), ValueMalformed, {"field": "times/earliest"}),
        (
            with_need(times=Times(earliest="18:00", latest="14:00")),
            TimesOutOfOrder,
            {"field": "times/latest"},
        ),
        (with_need(place=Place(max_km=0)), NumberOutOfRange, {"field": "place/max_km"}),
        (with_need(place=Place(municipality="05774999")), UnknownMunicipality, {}),
        (with_need(consent=("nobody",)), UnknownOrganisation, {}),
        (with_need(weeks=0), NumberOutOfRange, {"field": "weeks"}),
        (
            msgspec.structs.replace(SUBMIT, remark="Frau Yildiz, geb. 12.03.1998"),
            NamesSomebody,
            {"field": "remark"},
        ),
        (msgspec.structs.replace(SUBMIT, remark="x" * 2001), TextTooLong, {"field": "remark"}),
        (
            msgspec.structs.replace(SUBMIT, company=msgspec.structs.replace(FIRM, name=" ")),
            TextMissing,
            {"field": "company/name"},
        ),
        (
            msgspec.structs.replace(SUBMIT, company=msgspec.structs.replace(FIRM, trade="CC")),
            ValueMalformed,
            {"field": "company/trade"},
        ),
        (msgspec.structs.replace(SUBMIT, language="Deutsch!"), ValueMalformed, {}),
    ],
)
def test_what_makes_no_sense_or_names_somebody_is_refused_with_its_place(
    command: SubmitReport, error: type[DomainError], facts: dict[str, object]
) -> None:
    with pytest.raises(error) as refusal:
        report.when(command, by=COMPANY).decided()
    assert facts.items() <= refusal.value.facts.items()


def test_apprentices_have_a_trade_a_college_and_a_year() -> None:
    apprentices = with_group(
        status=Status.APPRENTICE, apprenticeship="Metallbau", college=COLLEGE, year=2
    )
    assert report.when(apprentices, by=COMPANY).decided()


def test_a_change_of_what_was_triaged_goes_back_to_triage() -> None:
    report.given(*UNTIL_TRIAGED).when(CHANGE, by=COMPANY, at=LATER).then(CHANGED)


def test_a_change_calls_off_the_referral_and_names_whom_to_tell() -> None:
    changed = msgspec.structs.replace(CHANGED, called_off=JOBCENTER)
    given = report.given(*UNTIL_TRIAGED, REFERRED)
    given.when(CHANGE, by=COMPANY, at=LATER).then(changed)
    assert given.given(*UNTIL_TRIAGED, REFERRED, changed).when(WITHDRAW).decided() == [
        ReportWithdrawn(report=REPORT_ID, reason=WITHDRAW.reason)
    ]


def test_a_change_before_triage_gains_the_coordination_no_time() -> None:
    for events in ((SUBMITTED,), (SUBMITTED, ACKNOWLEDGED)):
        (changed,) = report.given(*events).when(CHANGE, by=COMPANY, at=LATER).decided()
        assert changed == msgspec.structs.replace(CHANGED, holder=events[-1].holder)


def test_a_change_that_changes_nothing_is_none() -> None:
    same = msgspec.structs.replace(CHANGE, need=NEED)
    report.given(*UNTIL_TRIAGED).when(same, by=COMPANY).then_nothing()


def test_nothing_is_changed_once_a_course_is_arranged_or_all_is_over() -> None:
    report.given(*UNTIL_RUNNING).when(CHANGE, by=COMPANY).then_refused(CourseUnderWay)
    report.given(*UNTIL_RUNNING, CLOSED).when(CHANGE, by=COMPANY).then_refused(AlreadyEnded)


def test_once_the_contact_is_erased_nothing_is_changed() -> None:
    gone = Erased(at=MONDAY, reason="Frist abgelaufen")
    erased = msgspec.structs.replace(SUBMITTED, company_name=gone, contact=gone, remark=gone)
    report.given(erased).when(CHANGE, by=ADA).then_refused(ContactErased)
    (withdrawn,) = report.given(erased).when(WITHDRAW, by=ADA).decided()
    assert isinstance(withdrawn, ReportWithdrawn)


def test_a_report_is_withdrawn_once_and_its_referral_called_off() -> None:
    withdrawn = ReportWithdrawn(report=REPORT_ID, reason=WITHDRAW.reason, called_off=JOBCENTER)
    report.given(*UNTIL_TRIAGED, REFERRED).when(WITHDRAW, by=COMPANY).then(withdrawn)
    report.given(SUBMITTED, withdrawn).when(WITHDRAW, by=COMPANY).then_nothing()
    report.given(SUBMITTED, CLOSED).when(WITHDRAW, by=COMPANY).then_refused(AlreadyEnded)


def test_what_was_never_submitted_is_unknown() -> None:
    report.when(WITHDRAW).then_refused(UnknownReport, report=str(REPORT_ID))
