"""Every problem has its text, whatever raises it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter
from typing import cast, get_args

import pytest

import domain
import services
from domain.concepts.errors import AlreadyOpened, DeadlineInThePast, ObjectionUnanswered
from domain.kernel import DomainError, Role
from services.identity.authorisation import RoleMissing
from services.texts import Language, Names, problem, problem_codes
from services.texts.catalogue import problem_entries, words_by_code
from services.texts.names import NAMELESS
from services.texts.wording import Wording

LANGUAGES: tuple[Language, ...] = get_args(Language)

EDGE: Mapping[str, Mapping[str, type]] = {
    "request.invalid": {},
    "request.malformed": {},
    "request.key-missing": {},
    "request.key-malformed": {},
    "request.key-reused": {},
    "request.version-missing": {},
    "request.version-malformed": {},
    "request.version-changed": {"expected": int, "current": int},
    "request.too-large": {"limit": int},
    "request.too-many": {"seconds": int},
    "request.unknown-path": {},
    "intake.proof-wanted": {},
    "intake.too-many": {"minutes": int},
    "intake.link-unknown": {},
    "intake.link-erased": {},
    "page.foreign-form": {},
    "page.form-outdated": {},
    "request.method-not-allowed": {"allowed": str},
    "request.media-type": {},
    "request.file-type": {},
    "file.faulty": {"count": int},
    "file.key-malformed": {},
    "file.other-key": {},
    "college.not-named": {},
    "operation.unknown": {},
    "pool-search.failed": {},
    "pool-search.too-long": {},
    "pool-search.too-many": {},
    "request.cursor-malformed": {},
    "request.moment-malformed": {"value": str},
    "request.position-ahead": {"position": int, "head": int},
    "identity.not-signed-in": {},
    "identity.second-factor-missing": {},
    "identity.role-missing": {"allowed": str},
    "identity.outside-own-area": {"own": str},
    "service.unavailable": {},
    "service.contended": {},
    "service.behind": {"position": int},
    "service.broken": {},
    "concept.unknown-version": {},
    "concept.unknown-round": {},
    "body.may-not-read": {},
    "session.unknown-minutes": {},
    "concept.may-not-read": {},
    "working-group.may-not-read": {},
    "resolution.may-not-read": {},
    "resolution.unknown-letter": {},
    "trace.unknown": {},
    "theme.may-not-read": {},
    "ledger.no-checkpoint": {},
    "ledger.not-sealed-yet": {"position": int},
    "ledger.unknown-tile": {},
    "ledger.not-a-checkpoint": {},
    "ledger.export-gone": {},
    "audit.unknown-process": {},
    "audit.nothing-shown": {"position": int},
    "audit.too-many-entries": {"most": int},
    "page.too-often": {},
    "feedback.unknown": {},
    "ledger.unknown-position": {"position": int, "head": int},
    "ledger.unknown-receipt": {},
    "ledger.nothing-recorded": {"position": int},
    "ledger.sizes-do-not-fit": {"old": int, "new": int, "size": int},
    "ledger.may-not-read": {},
    "ledger.no-time-stamp": {"size": int},
}
"""The problems of the HTTP edge with the facts it knows."""

ISO = "2026-12-04T18:00:00+01:00"
SAMPLES: Mapping[str, object] = {
    "stage": "consulting",
    "role": "case-manager",
    "allowed": "coordinator, steering-member",
    **dict.fromkeys(("due", "closes_at", "closed_at", "review_at", "since", "until"), ISO),
    "sections": "situation, procedure",
    "ends_on": "2026-07-31",
    "places": "birth-date 12-22, phone 40-52",
    "place": "phone 40-52",
    "part": "situation/heading",
}


def rules() -> Iterator[type[DomainError]]:
    """Every class of the domain and the services that is a rule: it has a code of its own."""
    for package in (domain, services):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    waiting = DomainError.__subclasses__()
    for rule in waiting:
        waiting.extend(rule.__subclasses__())
        if "code" in vars(rule) and rule.__module__.startswith(("domain.", "services.")):
            yield rule


def facts_of(rule: type[DomainError]) -> dict[str, type]:
    assert is_dataclass(rule)
    return {field.name: cast("type", field.type) for field in fields(rule)}


RULES = sorted(rules(), key=lambda rule: rule.code)
FACTS = {**EDGE, **{rule.code: facts_of(rule) for rule in RULES}}


def sample(code: str) -> dict[str, object]:
    plain = {int: 4711, str: "Muster"}
    return {name: SAMPLES.get(name, plain[kind]) for name, kind in FACTS[code].items()}


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def code_word_in(text: str) -> set[str]:
    """Code words in the text that stand alone; German nouns are written in capitals."""
    return set(re.findall(r"(?<![\w-])[a-z][a-z-]*(?![\w-])", text)) & set(words_by_code())


def test_every_rule_and_every_problem_of_the_edge_has_a_text_and_no_other() -> None:
    assert problem_codes() == set(FACTS)


def test_one_rule_has_one_code() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(FACTS))
def test_a_text_is_written_with_the_facts_there_are(code: str, language: Language) -> None:
    template = problem_entries()[code][language]
    assert placeholders(template.detail) <= set(FACTS[code])
    text = problem(code, language, sample(code))
    assert text.title == template.title
    assert not re.search(r"[{}\[\]]|\s\s|\s[.,;]|\.\.|\s$", text.title + " " + text.detail)
    assert text.title[-1] not in ".!"
    assert text.detail[-1] in ".)"
    assert ISO not in text.detail
    assert not placeholders(text.title)


@pytest.mark.parametrize("code", sorted(EDGE))
def test_a_fact_the_edge_does_not_know_is_left_out(code: str) -> None:
    for language in LANGUAGES:
        text = problem(code, language, {})
        assert not re.search(r"[{}\[\]]|\s\s|\s[.,;]|\.\.|\s$|None", text.detail)


@pytest.mark.parametrize("code", sorted(FACTS))
def test_a_german_text_has_no_code_words(code: str) -> None:
    text = problem(code, "de", sample(code))
    keys = {"situation", "procedure"}
    assert code_word_in(f"{text.title} {text.detail}") - keys == set()


@pytest.mark.parametrize("code", sorted(FACTS))
def test_the_quotation_marks_are_those_of_the_language(code: str) -> None:
    german, english = (problem(code, language, sample(code)).detail for language in LANGUAGES)
    assert german.count("„") == german.count("“")
    assert english.count("“") == english.count("”")
    assert not set(german) & set("”\"'")
    assert not set(english) & set('„"')


def test_a_pointer_is_a_json_pointer() -> None:
    for entry in problem_entries().values():
        assert entry.pointer is None or re.fullmatch(r"(/[a-z_]+)+|/\{field\}", entry.pointer)


def test_a_pointer_may_say_in_which_of_several_places_something_is_wrong() -> None:
    code, where = "course-pool.report-unknown", "members/1/report"
    assert problem(code, "de", {"report": "…", "field": where}).pointer == f"/{where}"


def test_what_a_placeholder_says_after_its_colon_is_known() -> None:
    forms = Wording("de", NAMELESS).forms
    for entry in problem_entries().values():
        for text in (entry.de, entry.en):
            specs = {spec for _, _, spec, _ in Formatter().parse(text.detail) if spec}
            assert all("|" in spec or spec in forms for spec in specs)


def test_without_facts_a_text_explains_the_kind_of_problem() -> None:
    assert problem("concept.deadline-in-the-past", "de", {}).detail.startswith(
        "Die Frist wurde nicht gesetzt: {due} ist schon vorbei."
    )
    for code, facts in FACTS.items():
        assert placeholders(problem(code, "en", {}).detail) <= set(facts)


def test_a_problem_without_a_text_is_a_defect() -> None:
    with pytest.raises(KeyError):
        problem("concept.no-such-rule", "de", {})


NAMES = Names(
    organisations={"jobcenter": "Jobcenter Kreis Paderborn"},
    municipalities={"05774036": "Salzkotten"},
    sections={"situation": "Ausgangslage"},
)


def test_a_moment_in_a_sentence_is_written_out() -> None:
    error = DeadlineInThePast("2026-11-27T17:00:00+00:00")
    assert problem(error.code, "de", error.facts).detail == (
        "Die Frist wurde nicht gesetzt: Freitag, 27. November 2026, 18:00 Uhr ist schon vorbei."
        " Bitte wählen Sie einen späteren Zeitpunkt."
    )
    assert problem(error.code, "en", error.facts).detail == (
        "The deadline was not set: Friday, 27 November 2026, 18:00 is already over."
        " Please choose a later point in time."
    )


def test_a_moment_no_calendar_has_is_shown_as_it_came() -> None:
    for due in ("0001-01-01T00:00:00+14:00", "gestern"):
        assert due in problem("concept.deadline-in-the-past", "de", {"due": due}).detail


def test_roles_are_named_in_words() -> None:
    error = RoleMissing(f"{Role.CASE_MANAGER}, {Role.COORDINATOR}")
    assert problem(error.code, "de", error.facts).detail == (
        "Mit Ihren derzeitigen Rollen dürfen Sie das nicht; es wurde nichts geändert."
        " Nötig ist die Rolle Case Management oder KIM-Koordinierung."
        " Bitte wenden Sie sich an eine Person mit dieser Rolle oder an die Administration."
    )


def test_names_take_the_place_of_keys_if_they_are_known() -> None:
    opened = AlreadyOpened("05774036", "2025")
    assert problem(opened.code, "de", opened.facts, NAMES).detail == (
        "Für die Kommune Salzkotten ist in der Ausgabe „2025“ bereits ein Konzept angelegt;"
        " es bleibt unverändert, ein zweites wurde nicht angelegt."
        " Bitte arbeiten Sie an dem vorhandenen Konzept weiter."
    )
    assert "die Kommune 05774036 ist" in problem(opened.code, "de", opened.facts).detail
    objection = ObjectionUnanswered("jobcenter", "situation")
    assert (
        "der Einwand der Organisation „Jobcenter Kreis Paderborn“ zum Abschnitt „Ausgangslage“"
        in problem(objection.code, "de", objection.facts, NAMES).detail
    )


def test_an_organisation_whose_key_is_a_code_word_keeps_it() -> None:
    detail = problem("organisation.unknown", "de", {"organisation": "chamber"}).detail
    assert "„chamber“" in detail


def test_a_part_about_nothing_is_left_out() -> None:
    changed = {"section": "situation", "based_on": 0, "current": 2}
    assert problem("concept.section-changed", "de", changed, NAMES).detail.startswith(
        "Der Abschnitt „Ausgangslage“ wurde inzwischen von jemand anderem gespeichert,"
        " aktuell ist Fassung 2. Ihr Text wurde nicht gespeichert."
    )


def test_several_sections_are_quoted_one_by_one() -> None:
    missing = {"sections": "situation, procedure"}
    assert "keinen Text haben: „Ausgangslage“ und „procedure“." in (
        problem("concept.sections-missing", "de", missing, NAMES).detail
    )


def test_what_was_sent_is_put_in_as_it_is() -> None:
    detail = problem("request.moment-malformed", "de", {"value": "{due} [published]"}).detail
    assert "Die Zeitangabe „{due} [published]“ kann nicht verwendet werden" in detail
