"""The concept of Salzkotten up to each of its stages, as the events that were recorded."""

from collections.abc import Mapping

from domain.concepts.commands import concept_id
from domain.concepts.concept import Concept
from domain.concepts.decide import CONCEPT, ConceptContext
from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConceptEvent,
    ConceptOpened,
    ConceptPublished,
    ConsultationClosed,
    ConsultationExtended,
    ConsultationOpened,
    DraftSubmitted,
    Invitation,
    Outcome,
    Policy,
    Position,
    ResponseGiven,
    Section,
    SectionDrafted,
)
from domain.concepts.texts import shown_digest, text_digest
from domain.kernel import Actor
from tests.domain.county import ADA, BEN, CARITAS, JOBCENTER, MONDAY, NRW, ORGANISATIONS, berlin
from tests.support.scenario import Scenario

concept = Scenario(
    CONCEPT, ConceptContext(by=ADA, at=MONDAY, calendar=NRW, organisations=ORGANISATIONS)
)

CONCEPT_ID = concept_id("05774036", "2025")
SITUATION, PROCEDURE, OUTLOOK = "situation", "procedure", "outlook"
BOTH = (SITUATION, PROCEDURE)
EVERYTHING = (SITUATION, PROCEDURE, OUTLOOK)

SECTIONS = (
    Section(key=SITUATION, title="Ausgangslage"),
    Section(key=PROCEDURE, title="Verfahren", guidance="Wer macht was bis wann?"),
    Section(key=OUTLOOK, title="Ausblick", required=False),
)

TEXTS = {
    SITUATION: "In Salzkotten leben Menschen aus 80 Staaten.",
    PROCEDURE: "Das Case Management lädt zur Fallkonferenz ein.",
}

OPENED = ConceptOpened(
    concept=CONCEPT_ID, municipality="05774036", edition="2025", sections=SECTIONS
)


def drafted(section: str, text: str = "", *, version: int = 1, by: Actor = BEN) -> SectionDrafted:
    """A version of a section; without a text, the first one of the example."""
    text = text or TEXTS[section]
    digest = text_digest(text)
    return SectionDrafted(
        section=section, version=version, text=text, digest=digest, author=by.account
    )


def shown(*sections: str, texts: Mapping[str, str] = TEXTS) -> str:
    """The digest of these sections' texts."""
    return shown_digest({section: text_digest(texts[section]) for section in sections})


SUBMITTED = DraftSubmitted(digest=shown(*BOTH))
DRAFTED = (OPENED, drafted(SITUATION), drafted(PROCEDURE))

DUE = berlin(2026, 3, 16, 18)
CLOSES_AT = berlin(2026, 3, 19, 18)
FIVE_DAYS_BEFORE = berlin(2026, 3, 9, 9)
TWO_DAYS_BEFORE = berlin(2026, 3, 12, 9)


def invited(organisation: str, *asked: str, scope: tuple[str, ...] = EVERYTHING) -> Invitation:
    return Invitation(organisation=organisation, scope=scope, asked=asked)


def round_opened(
    *invitations: Invitation,
    number: int = 1,
    policy: Policy | None = None,
    texts: Mapping[str, str] = TEXTS,
) -> ConsultationOpened:
    """A round opened on MONDAY for ten working days and three more in which the missing answer."""
    return ConsultationOpened(
        round=number,
        invitations=invitations,
        policy=policy or Policy(),
        due=DUE,
        closes_at=CLOSES_AT,
        reminders=(FIVE_DAYS_BEFORE, TWO_DAYS_BEFORE),
        digest=shown(*(section for section in EVERYTHING if section in texts), texts=texts),
    )


EXTENDED = ConsultationExtended(
    round=1,
    due=berlin(2026, 3, 23, 18),
    closes_at=berlin(2026, 3, 23, 18),
    reminders=(berlin(2026, 3, 16, 9), berlin(2026, 3, 19, 9)),
    reason="Ferien",
)
"""Extended by a reason on Wednesday, counted in thirteen working days from then."""


def answered(
    organisation: str,
    positions: Mapping[str, Position] | Position = Position.AGREE,
    *,
    number: int = 1,
    texts: Mapping[str, str] = TEXTS,
    remark: str = "",
) -> ResponseGiven:
    """A response to these texts: one position for all, or one for each section."""
    if isinstance(positions, Position):
        positions = dict.fromkeys(texts, positions)
    return ResponseGiven(
        round=number,
        organisation=organisation,
        respondent="dora",
        answers=tuple(
            Answer(section=key, position=position, digest=text_digest(texts[key]), remark=remark)
            for key, position in positions.items()
        ),
        shown=shown(*positions, texts=texts),
    )


def closed(
    outcome: Outcome,
    *,
    number: int = 1,
    missing: tuple[str, ...] = (),
    **positions: int,
) -> ConsultationClosed:
    """`positions` by name, e.g. `agree=2, object=1`; the others are nought."""
    counts = {position: positions.get(position.name.lower(), 0) for position in Position}
    return ConsultationClosed(round=number, outcome=outcome, positions=counts, missing=missing)


def consulted(policy: Policy | None = None) -> tuple[ConceptEvent, ...]:
    """The first round is open: jobcenter and caritas are asked about both sections."""
    opened = round_opened(invited(CARITAS, *BOTH), invited(JOBCENTER, *BOTH), policy=policy)
    return (*DRAFTED, SUBMITTED, opened)


def agreed(policy: Policy | None = None) -> tuple[ConceptEvent, ...]:
    return (
        *consulted(policy),
        answered(CARITAS),
        answered(JOBCENTER),
        closed(Outcome.AGREED, agree=2),
    )


def lapsed() -> tuple[ConceptEvent, ...]:
    return (*consulted(), closed(Outcome.LAPSED, missing=(CARITAS, JOBCENTER)))


def objected() -> tuple[ConceptEvent, ...]:
    """The jobcenter objects to the procedure; everything else is agreed."""
    return (
        *consulted(),
        answered(CARITAS),
        answered(
            JOBCENTER,
            {SITUATION: Position.AGREE, PROCEDURE: Position.OBJECT},
            remark="Die Fallkonferenz braucht eine Frist.",
        ),
        closed(Outcome.OBJECTED, agree=1, object=1),
    )


ADOPTED = ConceptAdopted(digest=shown(*BOTH), adopter="ada")
PUBLISHED = ConceptPublished(valid_from=MONDAY.date(), review_at=berlin(2028, 3, 2, 9))


def adopted() -> tuple[ConceptEvent, ...]:
    return (*agreed(), ADOPTED)


def published() -> tuple[ConceptEvent, ...]:
    return (*adopted(), PUBLISHED)


def after(*events: ConceptEvent) -> Concept:
    """The concept after these events."""
    return CONCEPT.replay(events)
