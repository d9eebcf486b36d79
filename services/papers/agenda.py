"""The agenda of a session on paper."""

from collections.abc import Iterator

from services.api.agenda_views import AgendaView, ItemView
from services.papers.head import Head, facts_of, proof
from services.papers.paper import Block, Paper, Paragraph, Part, paragraphs
from services.papers.wording import said
from services.texts import word
from services.texts.language import Language


def agenda_paper(view: AgendaView, head: Head) -> Paper:
    """Every item with its text and the wordings to be voted on."""
    language = head.language
    facts = {
        "body": view.body_title,
        "begins": head.moment(view.starts_at),
        "ends": head.moment(view.ends_at),
        "place": view.place,
        "stage": word(view.stage, language, of="session"),
    }
    return Paper(
        language=language,
        on=head.day(view.starts_at),
        title=said("agenda.title", language),
        subtitle=view.title,
        issuer=head.issuer,
        draft=_draft(view.stage, language),
        facts=facts_of(facts, language),
        parts=tuple(_part(item, language) for item in view.items),
        proof=proof(view.digest, language),
    )


def _draft(stage: str, language: Language) -> str:
    match stage:
        case "scheduled":
            return said("agenda.draft", language)
        case "cancelled":
            return said("agenda.cancelled", language)
        case _:
            return ""


def _part(item: ItemView, language: Language) -> Part:
    return Part(
        title=said("agenda.item", language, number=item.number, title=item.title),
        blocks=tuple(_blocks(item, language)),
    )


def _blocks(item: ItemView, language: Language) -> Iterator[Block]:
    kind = word(item.kind, language, of="item")
    yield Paragraph(kind, label=said("agenda.kind", language))
    yield from paragraphs(item.text)
    for wording in item.alternatives:
        alone = len(item.alternatives) == 1
        key = "agenda.only-wording" if alone else "agenda.wording"
        yield Paragraph(wording.text, label=said(key, language, key=wording.key))
    if item.is_published:
        yield Paragraph(said("agenda.published", language))
