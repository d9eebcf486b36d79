"""The minutes of a session on paper: what was recorded, and the words people gave it."""

from collections.abc import Iterator

from services.api.agenda_views import VoteView
from services.api.minutes_views import MinutedItemView, MinutesStage, MinutesView
from services.papers.head import Head, facts_of, proof
from services.papers.paper import Block, Paper, Paragraph, Part, Table, paragraphs
from services.papers.wording import said
from services.texts import word
from services.texts.wording import Wording
from services.texts.words import all_of


def minutes_paper(view: MinutesView, body_title: str, head: Head) -> Paper:
    """One version of the minutes. A draft says that it is one."""
    language = head.language
    is_last_word = view.stage is MinutesStage.RELEASED
    remark = Part(title=said("minutes.remark", language), blocks=paragraphs(view.remark))
    return Paper(
        language=language,
        on=head.day(view.opened_at),
        title=said("minutes.title", language),
        subtitle=view.title,
        issuer=head.issuer,
        draft="" if is_last_word else said(f"minutes.{view.stage}", language),
        facts=facts_of(_facts(view, body_title, head), language),
        parts=(
            Part(title=said("minutes.attendance", language), blocks=tuple(_attendance(view, head))),
            *(_item(item, head) for item in view.items),
            *((remark,) if remark.blocks else ()),
        ),
        proof=proof(view.digest, language),
    )


def _facts(view: MinutesView, body_title: str, head: Head) -> dict[str, str]:
    name_of = Wording(head.language, head.names).name_of
    return {
        "body": body_title,
        "begins": head.moment(view.opened_at),
        "ends": head.moment(view.closed_at),
        "place": view.place,
        "chair": name_of(view.chair),
        "keeper": name_of(view.keeper),
        "urgency": view.urgency,
        "version": str(view.version),
        "written": name_of(view.author),
        "corrected": view.reason,
        "approved": name_of(view.approver),
        "released": head.moment(view.released_at),
    }


def _attendance(view: MinutesView, head: Head) -> Iterator[Block]:
    language, names = head.language, head.names
    name_of = Wording(language, names).name_of
    if view.attended:
        columns = ("organisation", "person", "capacity", "since", "until")
        yield Table(
            headings=tuple(said(f"headings.{column}", language) for column in columns),
            rows=tuple(
                (
                    head.organisation(one.organisation),
                    name_of(one.person),
                    word(one.capacity, language),
                    head.time(one.since),
                    head.time(one.until),
                )
                for one in view.attended
            ),
        )
    elif view.chair:
        yield Paragraph(said("minutes.nobody", language))
    else:
        yield Paragraph(said("minutes.in-writing", language))
    for guests in view.guests:
        told = said(
            "minutes.guests-of",
            language,
            names,
            people=guests.people,
            organisation=guests.organisation,
            since=head.time(guests.since),
            until=head.time(guests.until),
        )
        yield Paragraph(told, label=said("minutes.guests", language))
    for one in view.absent:
        kind = "absent-announced" if one.was_announced else "absent-seat"
        told = said(f"minutes.{kind}", language, names, organisation=one.organisation)
        yield Paragraph(told, label=said("minutes.absent", language))


def _item(item: MinutedItemView, head: Head) -> Part:
    return Part(
        title=said("agenda.item", head.language, number=item.number, title=item.title),
        blocks=tuple(_blocks(item, head)),
    )


def _blocks(item: MinutedItemView, head: Head) -> Iterator[Block]:
    yield from paragraphs(item.text)
    if item.deferred:
        yield Paragraph(item.deferred, label=said("minutes.deferred", head.language))
    for vote in item.votes:
        yield from _vote(vote, head)


def _vote(vote: VoteView, head: Head) -> Iterator[Block]:
    language = head.language
    counted = said(
        "minutes.counted",
        language,
        text=vote.text,
        decided=word(vote.decided, language, of="vote"),
        yes=vote.tally.yes,
        no=vote.tally.no,
        abstain=vote.tally.abstain,
        manner=word(vote.manner, language, of="manner"),
        time=head.moment(vote.at),
    )
    yield Paragraph(counted, label=said("minutes.vote", language, number=vote.number))
    yield Paragraph(
        said(
            "minutes.quorum",
            language,
            counted=vote.counted,
            seats=vote.voting_seats,
            needed=vote.needed,
            edition=vote.edition,
            majority=vote.majority,
        )
    )
    if not vote.is_quorate:
        yield Paragraph(said("minutes.no-quorum", language))
    if vote.conflicted:
        seats = all_of([head.seat(seat) for seat in vote.conflicted], language)
        yield Paragraph(said("minutes.conflicted", language, seats=seats))
    if vote.ballots:
        yield _ballots(vote, head)


def _ballots(vote: VoteView, head: Head) -> Table:
    language = head.language
    name_of = Wording(language, head.names).name_of
    return Table(
        headings=tuple(said(f"headings.{one}", language) for one in ("seat", "person", "choice")),
        rows=tuple(
            (head.seat(ballot.seat), name_of(ballot.person), word(ballot.choice or "", language))
            for ballot in vote.ballots
        ),
    )
