"""Single words, dates, numbers and lists."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from domain.assessments.class_assessment import ClassAssessment, Sheet
from domain.assessments.definition import Kind
from domain.assessments.events import Sitting
from domain.assessments.instrument import Version
from domain.assessments.results import Attendance
from domain.assessments.round import Round
from domain.concepts.concept import Existing, Unknown
from domain.concepts.events import DecidedBy, ObjectionEffect, Outcome, Position
from domain.course_offers.course_type import Grantor
from domain.course_offers.details import Details, Form, Source
from domain.course_offers.offer import Standing as OfferStanding
from domain.course_pools.pool import PoolStanding
from domain.directory.events import OrganisationKind
from domain.findings.bands import Band
from domain.findings.clients import Sign
from domain.findings.events import FindingKind
from domain.findings.events_theme import SourceKind, ThemeOutcome
from domain.findings.finding import Finding
from domain.findings.theme import Theme
from domain.goals.events import Standing as TargetStanding
from domain.kernel import Role
from domain.language_needs.events import (
    AnswerKind,
    Channel,
    CourseMoment,
    Priority,
    ReferralOutcome,
)
from domain.language_needs.events_end import Outcome as NeedReportOutcome
from domain.language_needs.events_end import WithdrawalReason
from domain.language_needs.holder import HolderKind, Task
from domain.language_needs.report import Existing as ExistingReport
from domain.posts.post import Existing as ExistingPost
from domain.posts.terms import Lead, Matter
from domain.posts.terms import Part as PostPart
from domain.retention.case import STAGES as CASES
from domain.retention.classes import Erasing, Start
from domain.retention.events import ArchiveAnswer
from domain.steering.agenda import ItemKind
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority
from domain.steering.mandate import Mandate
from domain.steering.minutes import Decided
from domain.steering.need_review import NeedReview
from domain.steering.need_review_events import EvidenceKind, NeedOutcome
from domain.steering.need_review_proposal import STAGES as PROPOSAL_STAGES
from domain.steering.resolution import Resolution
from domain.steering.resolution_events import Standing
from domain.steering.session import Existing as ExistingSession
from domain.steering.session import Unknown as UnknownSession
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.vote import Choice, Manner
from domain.working_groups.agreement import Agreement
from domain.working_groups.events import ConsequenceKind, Part
from domain.working_groups.group import WorkingGroup
from domain.working_groups.meeting import Meeting
from services.api.course_pool_files import COLUMNS as POOL_COLUMNS
from services.api.course_pool_views import PoolMemberStanding
from services.api.looks import Purpose
from services.history import NOT_SHOWN
from services.identity.principal import CONSOLE
from services.importers.course_offer_columns import FIELDS as OFFER_COLUMNS
from services.texts import day, moment, word
from services.texts.catalogue import words
from services.texts.words import all_of, number, one_of
from services.trace.graph import ThingKind

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 27, 17, tzinfo=UTC)
STAGES = [stage.__name__.lower() for stage in (Unknown, *Existing.__args__)]


def stages(kinds: UnionType) -> list[str]:
    """The stages of an aggregate, by its states: `on-agenda` for OnAgenda."""
    return [re.sub(r"\B(?=[A-Z])", "-", kind.__name__).lower() for kind in get_args(kinds)]


RULES = (
    "quorum-more",
    "quorum-share",
    "quorum-number",
    "vacant-count",
    "vacant-do-not-count",
    "abstentions-count",
    "abstentions-free",
    "conflicted-present",
    "conflicted-out",
    "invitation",
    "urgent",
    "never-urgent",
    "circular",
    "never-circular",
    "call",
    "agenda",
    "minutes",
    "sessions",
    "day",
    "days",
    "working-day",
    "working-days",
)
GROUPS = {
    "stages": STAGES,
    "roles": list(Role),
    "positions": list(Position),
    "outcomes": list(Outcome),
    "objection-effects": list(ObjectionEffect),
    "decided-by": list(DecidedBy),
    "organisation-kinds": list(OrganisationKind),
    "archive-answers": list(ArchiveAnswer),
    "retention-stages": [*CASES],
    "retention-starts": list(Start),
    "erasing": list(Erasing),
    "instrument-kinds": list(Kind),
    "version-stages": stages(Version),
    "sittings": list(Sitting),
    "round-stages": stages(Round),
    "class-stages": stages(ClassAssessment),
    "sheet-stages": stages(Sheet),
    "attendance": list(Attendance),
    "look-purposes": list(Purpose),
    "session-stages": [f"session-{stage}" for stage in stages(UnknownSession | ExistingSession)],
    "seat-kinds": [f"seat-{kind}" for kind in SeatKind],
    "capacities": list(Capacity),
    "majorities": list(Majority),
    "rules": [f"rule-{rule}" for rule in RULES],
    "session-kinds": [f"session-{kind}" for kind in SessionKind],
    "item-kinds": [f"item-{kind}" for kind in ItemKind],
    "manners": [f"manner-{manner}" for manner in Manner],
    "choices": list(Choice),
    "vote-outcomes": [f"vote-{decided}" for decided in Decided],
    "reminder-occasions": [f"reminder-{occasion}" for occasion in Occasion],
    "finding-kinds": list(FindingKind),
    "bands": list(Band),
    "finding-stages": [f"finding-{stage}" for stage in stages(Finding)],
    "theme-sources": list(SourceKind),
    "theme-stages": [f"theme-{stage}" for stage in stages(Theme)],
    "theme-outcomes": [f"theme-{outcome}" for outcome in ThemeOutcome],
    "client-signs": [f"sign-{sign}" for sign in Sign],
    "parts": [f"part-{part}" for part in ("description", "title", "source", "text", "reason")],
    "section-parts": ["section-text", "section-heading"],
    "resolution-stages": stages(Resolution),
    "mandate-kinds": [str(kind.__struct_config__.tag) for kind in get_args(Mandate)],
    "mandate-fields": [
        f"mandate-{field}" for field in ("title", "purpose", "members", "question", "need")
    ],
    "resolution-standings": list(Standing),
    "trace-kinds": [f"trace-{kind}" for kind in ThingKind],
    "evidence-kinds": list(EvidenceKind),
    "need-outcomes": list(NeedOutcome),
    "need-review-stages": stages(NeedReview),
    "proposal-stages": list(PROPOSAL_STAGES.values()),
    "working-group-stages": stages(WorkingGroup),
    "group-parts": list(Part),
    "meeting-stages": stages(Meeting),
    "agreement-stages": [f"agreement-{stage}" for stage in stages(Agreement)],
    "consequence-kinds": list(ConsequenceKind),
    "target-standings": list(TargetStanding),
    "course-offers": [f"offer-{code}" for code in (*Source, *Form, *OfferStanding)],
    "course-offer-fields": [
        f"offer-field-{field}"
        for field in {*OFFER_COLUMNS, *Details.__struct_fields__, "expires", "standing", "source"}
    ],
    "course-pools": [f"pool-{code}" for code in {*PoolStanding, *PoolMemberStanding}],
    "course-pool-fields": [f"pool-field-{column}" for column in POOL_COLUMNS],
    "grantors": [f"grantor-{grantor}" for grantor in Grantor],
    "report-stages": [f"report-{stage}" for stage in stages(ExistingReport)],
    "company-needs": [
        f"need-{code}"
        for code in {
            *Channel,
            *Priority,
            *ReferralOutcome,
            *AnswerKind,
            *CourseMoment,
            *WithdrawalReason,
            *NeedReportOutcome,
            *Task,
            *HolderKind,
        }
    ],
    "posts": [f"post-{code}" for code in (*PostPart, *stages(ExistingPost), *Matter, *Lead)],
    "accounts": [CONSOLE.account],
    "hidden": [NOT_SHOWN],
}


def test_every_code_word_has_its_words_and_no_other_has() -> None:
    assert {group: sorted(codes) for group, codes in words().words.items()} == {
        group: sorted(codes) for group, codes in GROUPS.items()
    }
    assert set(words().counted) == set(Position)


def test_a_code_word_in_two_groups_has_the_same_words() -> None:
    found: dict[str, object] = {}
    for group in words().words.values():
        for code, text in group.items():
            assert found.setdefault(code, text) == text


def test_a_code_word_is_shown_in_the_language() -> None:
    assert word("consulting", "de") == "in Abstimmung"
    assert word("consulting", "en") == "in consultation"
    assert word(Role.CASE_MANAGER, "de") == "Case Management"
    assert word(Position.AGREE_WITH_REMARKS, "de") == "Zustimmung mit Anmerkungen"


def test_a_code_word_may_depend_on_what_it_is_of() -> None:
    assert word("released", "de") == "ausgewertet und freigegeben"
    assert word("released", "de", of="session") == "beendet, das Protokoll ist freigegeben"
    assert word("consulting", "de", of="session") == "in Abstimmung"


def test_what_is_no_code_word_is_shown_as_it_is() -> None:
    assert word("Salzkotten", "de") == "Salzkotten"


def test_a_moment_is_written_out_on_the_clock_of_the_zone() -> None:
    assert moment(FRIDAY, "de", BERLIN) == "Freitag, 27. November 2026, 18:00 Uhr"
    assert moment(FRIDAY, "en", BERLIN) == "Friday, 27 November 2026, 18:00"
    assert moment(FRIDAY, "de", UTC) == "Freitag, 27. November 2026, 17:00 Uhr"


def test_a_moment_near_midnight_lies_on_the_day_of_the_zone() -> None:
    late = datetime(2026, 7, 31, 22, 5, tzinfo=UTC)
    assert moment(late, "de", BERLIN) == "Samstag, 1. August 2026, 00:05 Uhr"


def test_a_moment_without_an_offset_is_of_the_zone() -> None:
    naive = datetime.fromisoformat("2026-11-27T18:00")
    assert moment(naive, "de", BERLIN) == "Freitag, 27. November 2026, 18:00 Uhr"


def test_a_day_is_written_with_its_weekday() -> None:
    assert day(date(2026, 3, 2), "de") == "Montag, 2. März 2026"
    assert day(date(2026, 3, 2), "en") == "Monday, 2 March 2026"


def test_thousands_are_set_apart() -> None:
    assert number(4711, "de") == "4\u202f711"
    assert number(1_048_576, "en") == "1,048,576"
    assert number(999, "de") == "999"


@pytest.mark.parametrize(
    ("parts", "german"),
    [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")],
)
def test_a_list_ends_with_a_conjunction(parts: list[str], german: str) -> None:
    assert all_of(parts, "de") == german
    assert one_of(parts, "de") == german.replace("und", "oder")


def code_words() -> Iterator[str]:
    for codes in GROUPS.values():
        yield from (code.value if isinstance(code, Enum) else code for code in codes)


def test_german_words_are_not_the_code_words() -> None:
    assert {word(code, "de") for code in code_words()}.isdisjoint(code_words())
