"""What somebody had before them when they decided: the text with exactly the recorded digest."""

from collections.abc import Sequence

import msgspec

from domain.assessments.events import VersionApproved
from domain.concepts.concept import Concept, Consulting, Unknown
from domain.concepts.decide import CONCEPT
from domain.concepts.events import ConceptAdopted, ConceptEvent, ResponseGiven, SectionDrafted
from domain.concepts.texts import shown_digest, text_digest
from services.eventstore.record import LogEntry


class ShownText(msgspec.Struct, frozen=True, kw_only=True):
    """A section as it was shown. `digest` is computed from the text, now."""

    section: str
    title: str
    text: str
    digest: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """`digest` as it is recorded, `computed` as the texts give it: they are the same, or else.

    Without texts, what was shown is elsewhere: for an approval, in the version it names.
    """

    digest: str
    computed: str
    texts: list[ShownText]


def shown_by(entry: LogEntry, stream: Sequence[LogEntry]) -> Shown | None:
    """What the decision rests on; None if it names no text. `stream`: the entries before it too."""
    event = entry.event
    if isinstance(event, VersionApproved):
        return Shown(digest=event.digest, computed="", texts=[])
    if not isinstance(event, ConceptEvent):
        return None
    before: Concept = CONCEPT.replay(
        earlier.event  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        for earlier in stream
        if earlier.position < entry.position
    )
    if isinstance(before, Unknown):
        return None
    match event:
        case ResponseGiven():
            return _of_sections(before, _asked(before, event.organisation), event.shown)
        case ConceptAdopted():
            return _of_sections(before, tuple(before.draft.digests), event.digest)
        case SectionDrafted():
            title = _titles(before).get(event.section, event.section)
            digest = text_digest(event.text)
            text = ShownText(section=event.section, title=title, text=event.text, digest=digest)
            return Shown(digest=event.digest, computed=digest, texts=[text])
        case _:
            return None


def _asked(before: Concept, organisation: str) -> Sequence[str]:
    """The sections the organisation was asked about."""
    assert isinstance(before, Consulting), "answers are given in a round"
    return before.round.asked[organisation]


def _of_sections(before: Concept, sections: Sequence[str], digest: str) -> Shown:
    assert not isinstance(before, Unknown), "just looked"
    titles = _titles(before)
    latest = {key: versions[-1].text for key, versions in before.draft.texts.items()}
    texts = [
        ShownText(section=key, title=titles[key], text=latest[key], digest=text_digest(latest[key]))
        for key in sections
    ]
    computed = shown_digest({text.section: text.digest for text in texts})
    return Shown(digest=digest, computed=computed, texts=texts)


def _titles(concept: Concept) -> dict[str, str]:
    if isinstance(concept, Unknown):
        return {}
    return {section.key: section.title for section in concept.draft.sections}
