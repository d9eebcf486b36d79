"""The objects that follow from a session: meeting, items, papers, consultations, files, place."""

from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from domain.kernel import stream_id
from domain.steering.agenda import ItemKind
from domain.steering.body_commands import body_id
from domain.steering.session_events import SessionKind
from services.oparl.addresses import Kind, path_of
from services.oparl.body_objects import COUNTY
from services.oparl.draft import Draft
from services.oparl.papers import agenda_paper, item_paper, plain, result_of, results_paper
from services.oparl.public_session import PublicSession, Published
from services.oparl.wording import words
from services.papers.paper import Paper
from services.papers.pdf import PDF


def drafts_of(session: PublicSession, zone: tzinfo) -> list[Draft]:
    """Each object after those it holds; none if nothing of the session is published."""
    if not session.public_items:
        return []
    drafts: list[Draft] = []
    items: list[Draft] = []
    for order, published in enumerate(session.public_items, start=1):
        papers = _papers(session, published, zone)
        items.append(_item(session, published, order, has_paper=bool(papers)))
        drafts += [*papers, items[-1]]
    around = _around(session, zone)
    return [*drafts, *around.values(), _meeting(session, items, around, zone)]


def _papers(session: PublicSession, published: Published, zone: tzinfo) -> list[Draft]:
    """File, consultation and paper, if there is more of the item than its title."""
    item = published.item
    written = item_paper(item, _day(published.at, zone))
    if not written:
        return []
    paper = path_of(Kind.PAPER, item.item)
    name = words().papers[item.kind]
    file = _file("paper", item.item, written, name=name, back={"paper": [paper]})
    organization = _organization(session)
    consultation = Draft(
        kind=Kind.CONSULTATION,
        key=item.item,
        organization=organization,
        fields={
            "paper": paper,
            "agendaItem": path_of(Kind.AGENDA_ITEM, item.item),
            "meeting": path_of(Kind.MEETING, session.session),
            "organization": [organization],
            "authoritative": item.kind is ItemKind.PROPOSAL,
            "role": words().consultations[item.kind],
        },
    )
    fields = {
        "body": COUNTY,
        "name": item.title,
        "date": written.on.isoformat(),
        "paperType": name,
        "mainFile": file.inside("paper"),
        "consultation": [consultation.inside("paper")],
    }
    return [file, consultation, Draft(kind=Kind.PAPER, key=item.item, fields=fields)]


def _item(session: PublicSession, published: Published, order: int, *, has_paper: bool) -> Draft:
    """Its place is that among the published ones, so nobody can count the others."""
    item = published.item
    result = session.released.of(item.item) if session.released else None
    adopted = result.adopted if result else None
    return Draft(
        kind=Kind.AGENDA_ITEM,
        key=item.item,
        fields={
            "meeting": path_of(Kind.MEETING, session.session),
            "order": order,
            "name": item.title,
            "public": True,
            "consultation": path_of(Kind.CONSULTATION, item.item) if has_paper else "",
            "result": result_of(result) if result else "",
            "resolutionText": adopted.text if adopted else "",
        },
    )


def _around(session: PublicSession, zone: tzinfo) -> dict[str, Draft]:
    """What hangs on the meeting beside its items, by what it is to it."""
    key, back = session.session, {"meeting": [path_of(Kind.MEETING, session.session)]}
    latest = _day(max(one.at for one in session.public_items), zone)
    agenda = agenda_paper(session, latest, zone)
    found = {"agenda": _file("agenda", key, agenda, name=words().agenda, back=back)}
    if held := session.released:
        results = results_paper(session, held, _day(held.released_at or held.closed_at, zone))
        found["results"] = _file("results", key, results, name=words().results, back=back)
    if session.place:
        found["place"] = Draft(
            kind=Kind.LOCATION,
            key=key,
            fields={"description": session.place, "meetings": back["meeting"]},
        )
    return found


def _meeting(
    session: PublicSession, items: list[Draft], around: dict[str, Draft], zone: tzinfo
) -> Draft:
    held = session.released
    organization = _organization(session)
    results, place = around.get("results"), around.get("place")
    return Draft(
        kind=Kind.MEETING,
        key=session.session,
        organization=organization,
        fields={
            "name": session.title,
            "meetingState": words().states[_state(session)],
            "cancelled": session.is_cancelled,
            "start": moment_of(held.opened_at if held else session.starts_at, zone),
            "end": moment_of(held.closed_at if held else session.ends_at, zone),
            "organization": [organization],
            "location": place.inside("meetings") if place else None,
            "resultsProtocol": results.inside("meeting") if results else None,
            "auxiliaryFile": [around["agenda"].inside("meeting")],
            "agendaItem": [item.inside("meeting") for item in items],
            "keyword": [words().circular] if session.kind is SessionKind.CIRCULAR else [],
        },
    )


def _state(session: PublicSession) -> str:
    if session.released:
        return "held"
    return "invited" if session.is_invited else "scheduled"


def _organization(session: PublicSession) -> str:
    return path_of(Kind.ORGANIZATION, body_id(session.body))


def _file(what: str, about: UUID, paper: Paper, *, name: str, back: dict[str, Any]) -> Draft:
    """A paper as a file, with its text. `back` leads to what it belongs to."""
    key = stream_id("oparl-file", f"{what}/{about}")
    path = path_of(Kind.FILE, key)
    fields: dict[str, Any] = {
        "name": name,
        "fileName": f"{words().files[what]}-{about}.pdf",
        "mimeType": PDF,
        "date": paper.on.isoformat(),
        "text": plain(paper),
        "accessUrl": f"{path}/content",
        "downloadUrl": f"{path}/download",
        **back,
    }
    return Draft(kind=Kind.FILE, key=key, fields=fields, paper=paper)


def moment_of(at: datetime | None, zone: tzinfo) -> str:
    """As OParl wants it: to the second, with the offset. Empty if there is none."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else ""


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
