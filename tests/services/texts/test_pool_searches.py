"""Sentences about searches: each state and each reason to be left over has one, and no other."""

from typing import get_args

import pytest

from domain.pooling.left_over import WhyLeft
from services.pooling.searches import SearchState, Trouble
from services.texts import Language, problem
from services.texts.pool_searches import left_sentence, search_texts, state_sentence

LANGUAGES: tuple[Language, ...] = get_args(Language)


def test_every_state_and_every_reason_has_a_text_and_no_other() -> None:
    assert set(search_texts().states) == set(SearchState)
    assert set(search_texts().left) == set(WhyLeft)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentences_are_whole(language: Language) -> None:
    for state in SearchState:
        assert state_sentence(state, language).endswith(".")
    for because in WhyLeft:
        text = left_sentence(because, language, together=2, needed=3)
        assert text.endswith(".")
        assert "{" not in text


@pytest.mark.parametrize("trouble", Trouble)
def test_who_reads_that_a_search_failed_reads_that_nothing_was_changed(trouble: Trouble) -> None:
    assert "nichts geändert" in problem(trouble, "de", {}).detail
    assert "nothing was changed" in problem(trouble, "en", {}).detail
