"""The files of the open data: agenda, results and papers, of what is published alone."""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from domain.steering.agenda import AgendaItem
from services.oparl.public_session import Count, ItemResult, PublicSession, Published, Results
from services.oparl.wording import words
from services.papers.paper import Paper, Paragraph, Part, Table, paragraphs
from services.texts.words import moment


def agenda_paper(session: PublicSession, on: date, zone: tzinfo) -> Paper:
    """When, where and what, of the items that are published."""
    facts = [(words().begins, moment(session.starts_at, "de", zone))]
    if session.place:
        facts.append((words().place, session.place))
    parts = [Part(title=title, blocks=()) for title in _titles(session.public_items)]
    return _paper(words().agenda, session.title, on, parts, facts)


def results_paper(session: PublicSession, results: Results, on: date) -> Paper:
    """What was decided on the items that are published, as the released minutes say."""
    items = session.public_items
    parts = [
        Part(title=title, blocks=tuple(_decided(results.of(one.item.item))))
        for title, one in zip(_titles(items), items, strict=True)
    ]
    return _paper(words().results, session.title, on, parts)


def item_paper(item: AgendaItem, on: date) -> Paper | None:
    """The item with its wordings; None if there is nothing beyond its title."""
    parts = [
        Part(title=words().alternative.format(number=number), blocks=paragraphs(alternative.text))
        for number, alternative in enumerate(item.alternatives, start=1)
    ]
    if item.text.strip():
        parts.insert(0, Part(title=words().about, blocks=paragraphs(item.text)))
    return _paper(words().papers[item.kind], item.title, on, parts) if parts else None


def plain(paper: Paper) -> str:
    """The same as plain text, for whoever searches or indexes it."""
    facts = [f"{label}: {value}" for label, value in paper.facts]
    blocks = [[paper.title, paper.subtitle, *facts]]
    blocks += [[part.title, *map(_line, part.blocks)] for part in paper.parts]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def result_of(result: ItemResult) -> str:
    """The outcome in a word or two; empty if there is none."""
    if result.adopted:
        return _outcome(result.adopted)
    if result.is_deferred:
        return words().deferred
    return _outcome(result.counts[-1]) if result.counts else ""


def _titles(items: Sequence[Published]) -> list[str]:
    return [f"{number}. {one.item.title}" for number, one in enumerate(items, start=1)]


def _decided(result: ItemResult | None) -> Iterator[Paragraph]:
    if result is None:
        return
    for count in result.counts:
        yield Paragraph(words().vote.format(text=count.text))
        yield Paragraph(
            words().count.format(
                yes=count.yes, no=count.no, abstain=count.abstain, result=_outcome(count)
            )
        )
    if result.is_deferred:
        yield Paragraph(words().was_deferred)


def _outcome(count: Count) -> str:
    return words().results_of_votes[count.decided]


def _paper(
    title: str,
    subtitle: str,
    on: date,
    parts: Sequence[Part],
    facts: Sequence[tuple[str, str]] = (),
) -> Paper:
    return Paper(
        language="de",
        on=on,
        title=title,
        subtitle=subtitle,
        issuer="",
        draft="",
        facts=tuple(facts),
        parts=tuple(parts),
        proof=Part(title=words().notice_title, blocks=(Paragraph(words().notice),)),
    )


def _line(block: Paragraph | Table) -> str:
    """Tables have no place in what is published."""
    return block.text if isinstance(block, Paragraph) else ""
