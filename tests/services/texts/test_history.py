"""Every event has its sentence."""

import re
from datetime import UTC, date, datetime, timedelta
from string import Formatter
from typing import get_args
from uuid import UUID

import msgspec
import pytest

from domain.chronicle.entry import EntryDocumented
from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    DecidedBy,
    DraftReturned,
    DraftSubmitted,
    FrameworkEditionPublished,
    Invitation,
    ObjectionEffect,
    OrganisationsReminded,
    Outcome,
    Policy,
    Position,
    Reply,
    ResponseGiven,
    ReviewFellDue,
    Section,
    SectionDrafted,
)
from domain.directory.events import (
    AccountRegistered,
    AddressRecorded,
    AddressRemoved,
    EmployerRecorded,
    MunicipalityRegistered,
    OrganisationKind,
    OrganisationRegistered,
    OrganisationRenamed,
    RoleGranted,
    RoleRevoked,
    SubstitutionEnded,
    SubstitutionGranted,
    TokenIssued,
    TokenRevoked,
)
from domain.kernel import Erased, Event, Role
from domain.ledger.key import KeyAdopted
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased
from services.eventstore.catalogue import EVENTS
from services.privacy.box import personal_fields
from services.texts import Language, Names, sentence
from services.texts.catalogue import history_entries, words_by_code
from services.texts.names import NAMELESS
from services.texts.wording import Wording
from tests.services.texts import (
    annual_report_sentences,
    assessment_sentences,
    body_sentences,
    course_offer_sentences,
    course_pool_sentences,
    finding_sentences,
    goal_sentences,
    group_sentences,
    mandate_sentences,
    need_sentences,
    post_sentences,
    retention_sentences,
    session_sentences,
)

LANGUAGES: tuple[Language, ...] = get_args(Language)
ID = UUID(int=1)
ADA = UUID(int=2)
DUE = datetime(2026, 3, 16, 17, tzinfo=UTC)
SECTIONS = (Section(key="situation", title="Ausgangslage"), Section(key="aims", title="Ziele"))
NAMES = Names(
    organisations={"jobcenter": "Jobcenter", "caritas": "Caritas", "kreis": "Kreis Paderborn"},
    municipalities={"05774036": "Salzkotten"},
    accounts={
        "ada": "Ada Öz",
        str(ADA): "Ada Öz",
        str(ID): "Ben Demir",
        **assessment_sentences.NAMES,
        **session_sentences.NAMES,
        **finding_sentences.ACCOUNTS,
        **need_sentences.ACCOUNTS,
    },
    sections={"situation": "Ausgangslage", "aims": "Ziele"},
    items=session_sentences.ITEMS,
    themes=finding_sentences.THEMES,
    fields=finding_sentences.FIELDS,
    seats={"jobcenter-1": "Jobcenter", "kammer-1": "Kammer"},
)


def answer(section: str, position: Position) -> Answer:
    return Answer(section=section, position=position, digest="d1")


EXAMPLES: tuple[tuple[Event, str], ...] = (
    (
        MunicipalityRegistered(ags="05774036", name="Salzkotten", kind="Stadt"),
        "Kommune eingetragen: Stadt Salzkotten (AGS 05774036).",
    ),
    (
        EmployerRecorded(ags="05774036", county_is_employer=True),
        "Anstellungsträger des Case Managements in Salzkotten ist der Kreis.",
    ),
    (
        EmployerRecorded(ags="05774036", county_is_employer=False, assumed=True),
        (
            "Anstellungsträger des Case Managements in Salzkotten ist nicht der Kreis"
            " (angenommen, ohne Quelle)."
        ),
    ),
    (
        OrganisationRegistered(
            key="bk", name="Edith Stein", kind=OrganisationKind.COLLEGE, number="179334"
        ),
        "Organisation eingetragen: Edith Stein (Berufskolleg, Schulnummer 179334).",
    ),
    (
        OrganisationRenamed(key="bk", name="Edith-Stein-Berufskolleg"),
        "Organisation umbenannt, sie heißt jetzt: Edith-Stein-Berufskolleg.",
    ),
    (AccountRegistered(account=ID, name="Ben Demir"), "Konto angelegt für Ben Demir."),
    (
        AccountRegistered(account=ID, name=Erased(at=DUE, reason="Antrag")),
        "Konto angelegt für (gelöscht am Montag, 16. März 2026: Antrag).",
    ),
    (
        AccountRegistered(account=ID, name=Erased(at=None, reason="")),
        "Konto angelegt für (nicht mehr lesbar).",
    ),
    (
        HoldPlaced(subject=ID, hold=ID, reason="Klage."),
        "Die Daten von Ben Demir dürfen bis auf Weiteres nicht gelöscht werden. Grund: Klage.",
    ),
    (
        HoldLifted(subject=ID, hold=ID, reason="Klage beendet."),
        "Die Daten von Ben Demir dürfen wieder gelöscht werden. Grund: Klage beendet.",
    ),
    (
        SubjectErased(subject=ID, reason="Antrag."),
        "Die personenbezogenen Daten einer Person wurden gelöscht. Grund: Antrag.",
    ),
    (
        RoleGranted(
            account=ID,
            role=Role.CASE_MANAGER,
            organisation="kreis",
            municipality="05774036",
            since=DUE,
        ),
        (
            "Ben Demir erhält die Rolle Case Management bei Kreis Paderborn, für Salzkotten,"
            " ab Montag, 16. März 2026, 18:00 Uhr."
        ),
    ),
    (
        RoleRevoked(account=ID, role=Role.AUDITOR, organisation="kreis", reason="Neue Stelle."),
        (
            "Ben Demir hat die Rolle Revision bei Kreis Paderborn nicht mehr."
            " Begründung: Neue Stelle."
        ),
    ),
    (
        AddressRecorded(account=ID, address="ben@example.org"),
        "E-Mail-Adresse von Ben Demir hinterlegt.",
    ),
    (AddressRemoved(account=ID), "E-Mail-Adresse von Ben Demir entfernt."),
    (
        SubstitutionGranted(
            account=ID,
            substitution=ID,
            substitute=ADA,
            roles=(Role.CASE_MANAGER, Role.EXPERT),
            since=DUE,
            until=DUE + timedelta(days=7),
            reason="Urlaub.",
        ),
        (
            "Ada Öz vertritt Ben Demir von Montag, 16. März 2026, 18:00 Uhr"
            " bis Montag, 23. März 2026, 18:00 Uhr als Case Management und"
            " Fachgruppe Erhebungsinstrumente. Begründung: Urlaub."
        ),
    ),
    (
        SubstitutionEnded(account=ID, substitution=ID, substitute=ADA, reason="Zurück."),
        "Ada Öz vertritt Ben Demir nicht mehr. Begründung: Zurück.",
    ),
    (
        TokenIssued(account=ID, token=ID, digest="d1", label="Fachverfahren", expires_at=DUE),
        (
            "Zugangsschlüssel „Fachverfahren“ für Ben Demir ausgestellt,"
            " gültig bis Montag, 16. März 2026, 18:00 Uhr."
        ),
    ),
    (
        TokenRevoked(account=ID, token=ID, reason=""),
        "Zugangsschlüssel von Ben Demir gesperrt.",
    ),
    (
        KeyAdopted(vkey="L+2+BB", retires="L+1+AA", announcement="", reason="Jährlich."),
        (
            "Schlüssel gewechselt, mit dem das Protokoll unterschrieben wird:"
            " L+2+BB folgt auf L+1+AA. Begründung: Jährlich."
        ),
    ),
    (
        FrameworkEditionPublished(
            edition="2027", title="KIM vor Ort", sections=SECTIONS, replaces="2025"
        ),
        (
            "Rahmenkonzept „KIM vor Ort“, Ausgabe 2027, veröffentlicht"
            " als Nachfolgerin der Ausgabe 2025, 2 Abschnitte."
        ),
    ),
    (
        ConceptOpened(concept=ID, municipality="05774036", edition="2025", sections=SECTIONS),
        "Konzept für Salzkotten nach dem Rahmenkonzept, Ausgabe 2025, angelegt.",
    ),
    (
        SectionDrafted(section="situation", version=3, text="…", digest="d1", author="ada"),
        "Abschnitt „Ausgangslage“: Fassung 3 gespeichert von Ada Öz.",
    ),
    (DraftSubmitted(digest="d1"), "Entwurf eingereicht."),
    (
        DraftSubmitted(
            digest="d1",
            replies=(
                Reply(organisation="jobcenter", section="situation", text="…"),
                Reply(organisation="jobcenter", section="aims", text="…"),
                Reply(organisation="caritas", section="aims", text="…"),
            ),
        ),
        "Entwurf eingereicht, mit Erwiderung auf Einwände von Jobcenter und Caritas.",
    ),
    (
        DraftReturned(reason="Die Ziele fehlen."),
        "Entwurf zurückgegeben. Begründung: Die Ziele fehlen.",
    ),
    (
        ConsultationOpened(
            round=1,
            invitations=(
                Invitation(organisation="caritas", scope=("situation",), asked=("situation",)),
                Invitation(organisation="jobcenter", scope=("aims",), asked=("aims",)),
                Invitation(organisation="kreis", scope=("aims",), asked=()),
            ),
            policy=Policy(silence_is_consent=True, decided_by=DecidedBy.STEERING_GROUP),
            due=DUE,
            closes_at=DUE,
            reminders=(),
            digest="d1",
        ),
        (
            "Runde 1 der Abstimmung eröffnet. Gefragt: Caritas und Jobcenter."
            " Frist: Montag, 16. März 2026, 18:00 Uhr. Mindestbeteiligung 50 Prozent;"
            " ein Einwand führt zur Überarbeitung; Schweigen gilt als Zustimmung;"
            " verabschiedet wird durch die Lenkungsgruppe."
        ),
    ),
    (
        ConsultationExtended(
            round=1, due=DUE, closes_at=DUE, reminders=(), reason="In der Frist lagen Ferien."
        ),
        (
            "Frist von Runde 1 verlängert bis Montag, 16. März 2026, 18:00 Uhr."
            " Begründung: In der Frist lagen Ferien."
        ),
    ),
    (
        ResponseGiven(
            round=1,
            organisation="jobcenter",
            respondent="ada",
            answers=(answer("aims", Position.OBJECT), answer("situation", Position.AGREE)),
            shown="d1",
        ),
        (
            "Antwort von Jobcenter in Runde 1, abgegeben von Ada Öz:"
            " Zustimmung („Ausgangslage“), Einwand („Ziele“)."
        ),
    ),
    (
        OrganisationsReminded(round=1, organisations=("caritas", "jobcenter", "kreis")),
        "An die Antwort in Runde 1 erinnert: Caritas, Jobcenter und Kreis Paderborn.",
    ),
    (
        ConsultationEscalated(round=1, missing=("caritas",)),
        "Frist von Runde 1 abgelaufen ohne Antwort von Caritas.",
    ),
    (
        ConsultationClosed(
            round=2,
            outcome=Outcome.OBJECTED,
            positions={Position.AGREE: 5, Position.AGREE_WITH_REMARKS: 1, Position.OBJECT: 1},
            missing=("caritas", "jobcenter"),
        ),
        (
            "Runde 2 geschlossen: Einwände (5 Zustimmungen, 1 Zustimmung mit Anmerkungen,"
            " 1 Einwand, 0 Enthaltungen). Ohne vollständige Antwort: Caritas und Jobcenter."
        ),
    ),
    (
        ConceptAdopted(digest="d1", adopter="ada", resolution="Lenkungsgruppe KIM, Beschluss 3"),
        "Konzept verabschiedet durch Ada Öz, Beschluss: Lenkungsgruppe KIM, Beschluss 3.",
    ),
    (ConceptAdopted(digest="d1", adopter="ada"), "Konzept verabschiedet durch Ada Öz."),
    (
        ConceptAdopted(digest="d1", adopter=f"resolution/{ID}", resolution="Beschluss 3"),
        "Konzept verabschiedet durch Zeitsteuerung, Beschluss: Beschluss 3.",
    ),
    (
        ConceptPublished(valid_from=date(2026, 3, 2), review_at=DUE),
        (
            "Konzept gültig ab Montag, 2. März 2026;"
            " Fortschreibung am Montag, 16. März 2026, 18:00 Uhr."
        ),
    ),
    (ReviewFellDue(), "Die Fortschreibung des Konzepts ist fällig."),
    (ConceptSuperseded(successor=ID), "Konzept durch seine Fortschreibung abgelöst."),
    (
        ConceptWithdrawn(reason="Die Stelle entfällt."),
        "Konzept zurückgezogen. Begründung: Die Stelle entfällt.",
    ),
    (
        ConceptReopened(reason="Sie kommt doch."),
        "Konzept wieder aufgenommen. Begründung: Sie kommt doch.",
    ),
    (
        EntryDocumented(
            key="steering-2024",
            about="session",
            occurred_on=date(2024, 11, 26),
            title="Sitzung der Lenkungsgruppe",
            organisations=("jobcenter", "caritas"),
            source="Sachbericht 2024/25",
            assumed=True,
        ),
        (
            "Nachgetragen zum Dienstag, 26. November 2024 (teils angenommen):"
            " Sitzung der Lenkungsgruppe (Jobcenter und Caritas). Quelle: Sachbericht 2024/25."
        ),
    ),
    *assessment_sentences.EXAMPLES,
    *body_sentences.EXAMPLES,
    *session_sentences.EXAMPLES,
    *finding_sentences.EXAMPLES,
    *goal_sentences.EXAMPLES,
    *course_offer_sentences.EXAMPLES,
    *course_pool_sentences.EXAMPLES,
    *need_sentences.EXAMPLES,
    *post_sentences.EXAMPLES,
    *annual_report_sentences.EXAMPLES,
    *mandate_sentences.EXAMPLES,
    *retention_sentences.EXAMPLES,
    *group_sentences.EXAMPLES,
)


def parsed(event: type[Event], language: Language) -> list[tuple[str, str]]:
    """The placeholders of the event's sentence, and what each says after its colon."""
    template = history_entries()[event.TOPIC][language]
    return [(field, spec or "") for _, field, spec, _ in Formatter().parse(template) if field]


def test_every_event_has_a_sentence_and_nothing_else_has() -> None:
    assert set(history_entries()) == {event.TOPIC for event in EVENTS}


def test_every_event_has_an_example_here() -> None:
    assert {type(event) for event, _ in EXAMPLES} == set(EVENTS)


@pytest.mark.parametrize("event", EVENTS)
def test_the_placeholders_are_the_same_fields_in_both_languages(event: type[Event]) -> None:
    german, english = ({field for field, _ in parsed(event, lang)} for lang in LANGUAGES)
    assert german == english
    assert {field.partition(".")[0] for field in german} <= set(event.__struct_fields__)


@pytest.mark.parametrize("event", EVENTS)
def test_what_a_placeholder_says_after_its_colon_is_known(event: type[Event]) -> None:
    forms = Wording("de", NAMELESS).forms
    for language in LANGUAGES:
        specs = {spec for _, spec in parsed(event, language) if spec}
        assert all("|" in spec or spec in forms for spec in specs)


@pytest.mark.parametrize(("event", "german"), EXAMPLES)
def test_an_event_is_told_in_german(event: Event, german: str) -> None:
    assert sentence(event, "de", NAMES) == german


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", [event for event, _ in EXAMPLES])
def test_a_sentence_is_whole(event: Event, language: Language) -> None:
    told = sentence(event, language, NAMES)
    assert told.endswith(".")
    assert not re.search(r"[{}\[\]<>]|\s\s|\s[.,;]|\.\.|None|True|False|\d{4}-\d{2}", told)


@pytest.mark.parametrize("event", [event for event, _ in EXAMPLES])
def test_a_german_sentence_has_no_code_words(event: Event) -> None:
    told = sentence(event, "de", NAMES)
    english = re.findall(r"(?<![\w-])[a-z][a-z-]*(?![\w-])", told)
    assert not set(english) & set(words_by_code())


def test_the_rule_of_a_round_is_told() -> None:
    (opened,) = (event for event, _ in EXAMPLES if isinstance(event, ConsultationOpened))
    policy = Policy(quorum_percent=60, objection=ObjectionEffect.NOTED)
    told = sentence(msgspec.structs.replace(opened, policy=policy), "en", NAMES)
    assert told == (
        "Round 1 of the consultation opened. Asked: Caritas and Jobcenter."
        " Deadline: Monday, 16 March 2026, 18:00. Quorum 60 per cent; an objection is noted;"
        " silence does not count as consent; adopted by the coordination."
    )


def test_a_round_that_closed_is_told_in_english() -> None:
    (closed,) = (event for event, _ in EXAMPLES if isinstance(event, ConsultationClosed))
    assert sentence(closed, "en", NAMES) == (
        "Round 2 closed: objections (5 agreements, 1 agreement with remarks, 1 objection,"
        " 0 abstentions). Without a complete answer: Caritas and Jobcenter."
    )


@pytest.mark.parametrize(
    "event", [event for event, _ in (*assessment_sentences.EXAMPLES, *finding_sentences.EXAMPLES)]
)
def test_what_is_told_of_a_learner_or_a_finding_tells_nothing_personal(event: Event) -> None:
    fields = personal_fields(type(event))
    assert not fields.keys() & {
        field for language in LANGUAGES for field, _ in parsed(type(event), language)
    }


def test_what_has_no_name_is_called_by_its_key() -> None:
    reminded = OrganisationsReminded(round=1, organisations=("caritas",), moment=DUE)
    assert sentence(reminded, "de", Names()) == (
        "An die Antwort in Runde 1 erinnert: caritas;"
        " vorgesehen für Montag, 16. März 2026, 18:00 Uhr."
    )


def test_what_people_wrote_is_put_in_as_it_is() -> None:
    withdrawn = ConceptWithdrawn(reason="{round} [agreed]")
    assert sentence(withdrawn, "de", NAMES).endswith("Begründung: {round} [agreed]")
