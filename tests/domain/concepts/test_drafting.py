import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.concepts.commands import DraftSection, ReturnDraft, SubmitDraft
from domain.concepts.concept import Drafting
from domain.concepts.errors import (
    NotInDrafting,
    NotSubmitted,
    ReasonMissing,
    ReplyEmpty,
    SectionChanged,
    SectionsMissing,
    UnknownSection,
)
from domain.concepts.events import ConceptEvent, DraftReturned, DraftSubmitted, Reply
from domain.concepts.texts import shown_digest, text_digest
from tests.domain.concepts.example import (
    BOTH,
    CONCEPT_ID,
    DRAFTED,
    OPENED,
    OUTLOOK,
    PROCEDURE,
    SITUATION,
    SUBMITTED,
    TEXTS,
    adopted,
    after,
    agreed,
    concept,
    consulted,
    drafted,
    lapsed,
    objected,
    published,
    shown,
)
from tests.domain.county import BEN, CEM

SUBMIT = SubmitDraft(concept=CONCEPT_ID)


def draft(section: str, text: str, based_on: int = 0) -> DraftSection:
    return DraftSection(concept=CONCEPT_ID, section=section, text=text, based_on=based_on)


def test_a_section_is_drafted_with_its_author_and_the_digest_of_its_text() -> None:
    concept.given(OPENED).when(draft(SITUATION, TEXTS[SITUATION]), by=BEN).then(drafted(SITUATION))


def test_every_version_counts_on_and_is_kept() -> None:
    revised = drafted(SITUATION, "Neu.", version=2, by=CEM)
    concept.given(*DRAFTED).when(draft(SITUATION, "Neu.", 1), by=CEM).then(revised)

    state = after(*DRAFTED, revised)
    assert isinstance(state, Drafting)
    texts = state.draft.texts[SITUATION]
    assert [(text.version, text.text) for text in texts] == [(1, TEXTS[SITUATION]), (2, "Neu.")]
    assert state.draft.authors == {"ben", "cem"}


def test_saving_the_same_text_again_is_no_new_version() -> None:
    concept.given(*DRAFTED).when(draft(SITUATION, TEXTS[SITUATION], 1), by=CEM).then_nothing()
    concept.given(*DRAFTED).when(draft(SITUATION, TEXTS[SITUATION], 0), by=CEM).then_nothing()


def test_going_back_to_an_earlier_text_is_a_new_version() -> None:
    revised = drafted(SITUATION, "Neu.", version=2)
    concept.given(*DRAFTED, revised).when(draft(SITUATION, TEXTS[SITUATION], 2), by=BEN).then(
        drafted(SITUATION, version=3)
    )


def test_nobody_overwrites_what_somebody_else_saved_in_the_meantime() -> None:
    concept.given(*DRAFTED).when(draft(SITUATION, "Neu.", 0), by=CEM).then_refused(
        SectionChanged, section=SITUATION, based_on=0, current=1
    )
    concept.given(OPENED).when(draft(SITUATION, "Neu.", 1), by=CEM).then_refused(SectionChanged)


def test_only_sections_of_the_edition_are_drafted() -> None:
    concept.given(OPENED).when(draft("weather", "Sonnig.")).then_refused(
        UnknownSection, section="weather"
    )


@pytest.mark.parametrize(
    ("history", "stage"),
    [
        ((*DRAFTED, SUBMITTED), "submitted"),
        (consulted(), "consulting"),
        (agreed(), "agreed"),
        (adopted(), "adopted"),
        (published(), "published"),
    ],
)
def test_text_changes_only_while_it_is_drafted_or_revised(
    history: tuple[ConceptEvent, ...], stage: str
) -> None:
    concept.given(*history).when(draft(SITUATION, "Neu.", 1)).then_refused(
        NotInDrafting, stage=stage
    )


def test_text_is_revised_after_an_objection() -> None:
    concept.given(*objected()).when(draft(PROCEDURE, "Binnen zwei Wochen.", 1), by=BEN).then(
        drafted(PROCEDURE, "Binnen zwei Wochen.", version=2)
    )


def test_a_draft_is_submitted_once_every_required_section_has_text() -> None:
    concept.given(*DRAFTED).when(SUBMIT).then(SUBMITTED)


def test_a_draft_without_a_required_section_is_not_submitted() -> None:
    concept.given(OPENED, drafted(PROCEDURE)).when(SUBMIT).then_refused(
        SectionsMissing, sections=SITUATION
    )
    concept.given(OPENED, drafted(OUTLOOK, "Weiter so.")).when(SUBMIT).then_refused(
        SectionsMissing, sections="situation, procedure"
    )


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0"])
def test_a_section_that_holds_only_space_has_no_text(blank: str) -> None:
    (emptied,) = concept.given(*DRAFTED).when(draft(SITUATION, blank, 1), by=BEN).decided()
    concept.given(*DRAFTED, emptied).when(SUBMIT).then_refused(SectionsMissing, sections=SITUATION)


def test_an_optional_section_may_stay_empty_and_counts_if_it_does_not() -> None:
    outlook = drafted(OUTLOOK, "Weiter so.")
    texts = {**TEXTS, OUTLOOK: "Weiter so."}
    concept.given(*DRAFTED, outlook).when(SUBMIT).then(
        DraftSubmitted(digest=shown(*texts, texts=texts))
    )


def test_submitting_twice_adds_nothing() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(SUBMIT).then_nothing()
    concept.given(*lapsed()).when(SUBMIT).then_nothing()


def test_what_is_in_consultation_or_agreed_is_not_submitted() -> None:
    concept.given(*consulted()).when(SUBMIT).then_refused(NotInDrafting, stage="consulting")
    concept.given(*agreed()).when(SUBMIT).then_refused(NotInDrafting, stage="agreed")


def test_a_reply_gives_its_reasons() -> None:
    reply = Reply(organisation="jobcenter", section=PROCEDURE, text=" ")
    concept.given(*DRAFTED).when(SubmitDraft(concept=CONCEPT_ID, replies=(reply,))).then_refused(
        ReplyEmpty, organisation="jobcenter", section=PROCEDURE
    )


def test_a_submitted_draft_is_returned_with_a_reason() -> None:
    back = ReturnDraft(concept=CONCEPT_ID, reason="Die Zuständigkeiten fehlen.")
    returned = DraftReturned(reason="Die Zuständigkeiten fehlen.")
    concept.given(*DRAFTED, SUBMITTED).when(back).then(returned)
    concept.given(*lapsed()).when(back).then(returned)
    concept.given(*DRAFTED, SUBMITTED, returned).when(draft(SITUATION, "Neu.", 1), by=BEN).then(
        drafted(SITUATION, "Neu.", version=2)
    )


def test_a_draft_is_not_returned_without_a_reason() -> None:
    concept.given(*DRAFTED, SUBMITTED).when(
        ReturnDraft(concept=CONCEPT_ID, reason=" ")
    ).then_refused(ReasonMissing)


def test_only_a_submitted_draft_is_returned() -> None:
    back = ReturnDraft(concept=CONCEPT_ID, reason="Zu früh.")
    concept.given(*DRAFTED).when(back).then_refused(NotSubmitted, stage="drafting")
    concept.given(*consulted()).when(back).then_refused(NotSubmitted, stage="consulting")


@given(text=st.text(), other=st.text())
def test_texts_are_exact(text: str, other: str) -> None:
    assert (text_digest(text) == text_digest(other)) == (text == other)


def test_a_digest_changes_on_any_character() -> None:
    digests = {text_digest(text) for text in ("ä", "a\u0308", "ä ", "ä\n", "Ä", "")}
    assert len(digests) == 6


def test_a_digest_is_the_sha256_of_the_utf8_text() -> None:
    # printf 'Fördern' | sha256sum
    digest = "936a46750c337c5068c3d25781fd9e5ee719b5f8dce76fcf4c53136e990a7a4d"
    assert text_digest("Fördern") == digest


@given(texts=st.dictionaries(st.sampled_from(BOTH), st.text(), min_size=1), more=st.text())
def test_the_digest_of_what_was_shown_follows_from_every_text_and_from_no_order(
    texts: dict[str, str], more: str
) -> None:
    digests = {section: text_digest(text) for section, text in texts.items()}
    turned = dict(reversed(digests.items()))
    assert shown_digest(turned) == shown_digest(digests)
    with_more = {**digests, OUTLOOK: text_digest(more)}
    assert shown_digest(with_more) != shown_digest(digests)
