"""A concept at two moments, side by side."""

import difflib

import msgspec

from domain.concepts.concept import Concept, Existing, Unknown, stage_of


class SectionChange(msgspec.Struct, frozen=True, kw_only=True):
    """A section at two moments. `lines` is a unified diff; empty if nothing changed."""

    section: str
    title: str
    before: str | None
    after: str | None
    lines: list[str]


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A concept at two moments, side by side."""

    stage_before: str
    stage_after: str
    sections: list[SectionChange]


def compare(before: Concept, after: Concept) -> Comparison:
    """What changed in the texts between two moments."""
    titles = {**_titles(before), **_titles(after)}
    old, new = _texts(before), _texts(after)
    return Comparison(
        stage_before=stage_of(before),
        stage_after=stage_of(after),
        sections=[
            SectionChange(
                section=key,
                title=title,
                before=old.get(key),
                after=new.get(key),
                lines=_diff(old.get(key, ""), new.get(key, "")),
            )
            for key, title in titles.items()
        ],
    )


def _titles(concept: Concept) -> dict[str, str]:
    return {} if isinstance(concept, Unknown) else _titles_of(concept)


def _titles_of(concept: Existing) -> dict[str, str]:
    return {section.key: section.title for section in concept.draft.sections}


def _texts(concept: Concept) -> dict[str, str]:
    if isinstance(concept, Unknown):
        return {}
    return {key: versions[-1].text for key, versions in concept.draft.texts.items()}


def _diff(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return list(lines)[2:]
