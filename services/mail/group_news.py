"""What is told of a working group: to its lead, all in it, and who has taken something on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.working_groups.events import (
    AgreementFellOverdue,
    AgreementReminded,
    CallingReminded,
    MeetingCalled,
    MeetingCancelled,
    MeetingMoved,
    ReportedBack,
)
from services.eventstore.database import Connection
from services.mail.audiences import COORDINATORS, Audience, members_of, staff_of
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import agreement_page, group_page

GroupNews: TypeAlias = (
    CallingReminded
    | MeetingCalled
    | MeetingMoved
    | MeetingCancelled
    | AgreementReminded
    | AgreementFellOverdue
    | ReportedBack
)
OfMeeting: TypeAlias = MeetingCalled | MeetingMoved | MeetingCancelled
OfAgreement: TypeAlias = AgreementReminded | AgreementFellOverdue

MEETING = {
    MeetingCalled: "group-meeting-called",
    MeetingMoved: "group-meeting-moved",
    MeetingCancelled: "group-meeting-cancelled",
}
IN_THE_GROUP = """
    select distinct organisation from group_membership
    where working_group = $1 and since <= $2 and (until is null or until >= $2)
    order by organisation
"""


SESSION = "select title, starts_at from steering_session where id = $1"
TO_REPORT = """
    select this.id, this.title, this.lead, session.title as session, session.starts_at, called_until
    from steering_session as session
    join working_group as this on this.body = session.body and this.stage = 'working'
    where session.id = $1 and called_until is not null and not exists (
        select from group_report where working_group = this.id and group_report.session = $1)
    order by this.title, this.id
"""
"""The groups of a session's body that have not reported to it yet."""


async def of_group(
    connection: Connection, group: UUID, event: GroupNews, zone: ZoneInfo
) -> Sequence[News]:
    """What is told of an event of this group, which the read models have taken in.

    A meeting is on a day of the county's clock, `zone`.
    """
    row = await connection.fetchrow("select title, lead from working_group where id = $1", group)
    if row is None:
        return ()
    facts = {"title": row["title"], "organisation": row["lead"], TARGET: group_page(group)}
    match event:
        case CallingReminded(school_year=school_year, meetings=meetings, planned=planned):
            asked = {"school_year": school_year, "actual": meetings, "required": planned}
            return _told("group-call", [row["lead"]], {**facts, **_as_text(asked)})
        case MeetingCalled() | MeetingMoved() | MeetingCancelled():
            return await _of_meeting(connection, event, row["lead"], facts, zone)
        case AgreementReminded() | AgreementFellOverdue():
            return await _of_agreement(connection, event, row["lead"], facts)
        case ReportedBack(session=session):
            return await _of_report(connection, session, facts)
        case _:
            assert_never(event)


async def reports_asked(connection: Connection, session: UUID) -> Sequence[News]:
    """With the call for items, the leads of the body's groups are asked for their reports."""
    news: list[News] = []
    for row in await connection.fetch(TO_REPORT, session):
        facts = {
            "title": row["title"],
            "organisation": row["lead"],
            "session": row["session"],
            "starts_at": row["starts_at"].isoformat(),
            "due": row["called_until"].isoformat(),
            TARGET: group_page(row["id"]),
        }
        # Each lead gets one mail for each of its groups.
        asked = _told("group-report-due", [row["lead"]], facts)
        news += [msgspec.structs.replace(one, apart=str(row["id"])) for one in asked]
    return news


async def _of_report(
    connection: Connection, session: UUID, facts: Mapping[str, str]
) -> Sequence[News]:
    """To the coordination, which prepares the session."""
    row = await connection.fetchrow(SESSION, session)
    if row is None:
        return ()
    about = {"session": row["title"], "starts_at": row["starts_at"].isoformat()}
    return [News(template="group-reported", to=COORDINATORS, facts={**facts, **about})]


async def _of_meeting(
    connection: Connection,
    event: OfMeeting,
    lead: str,
    facts: Mapping[str, str],
    zone: ZoneInfo,
) -> Sequence[News]:
    """To those who are in the group on that day, and its lead."""
    starts_at: datetime = await connection.fetchval(
        "select starts_at from group_meeting where working_group = $1 and meeting = $2",
        event.group,
        event.meeting,
    )
    day = starts_at.astimezone(zone).date()
    rows = await connection.fetch(IN_THE_GROUP, event.group, day)
    place = "" if isinstance(event, MeetingCancelled) else event.place
    organisations = {lead, *(row["organisation"] for row in rows)}
    about = {"starts_at": starts_at.isoformat(), "place": place}
    return _told(MEETING[type(event)], sorted(organisations), {**facts, **about})


async def _of_agreement(
    connection: Connection, event: OfAgreement, lead: str, facts: Mapping[str, str]
) -> Sequence[News]:
    """To its owner, and once it is overdue to the lead and the coordination too."""
    row = await connection.fetchrow(
        "select owner, text, due from group_agreement where working_group = $1 and agreement = $2",
        event.group,
        event.agreement,
    )
    if row is None:
        return ()
    about = {
        "organisation": row["owner"],
        "agreement": row["text"],
        "due": row["due"].isoformat(),
        TARGET: agreement_page(event.group, event.agreement),
    }
    if isinstance(event, AgreementReminded):
        return _told("agreement-reminder", [row["owner"]], {**facts, **about})
    news = _told("agreement-overdue", sorted({row["owner"], lead}), {**facts, **about})
    return [*news, News(template="agreement-overdue", to=COORDINATORS, facts=news[0].facts)]


def _told(template: str, organisations: Iterable[str], facts: Mapping[str, str]) -> list[News]:
    return [
        News(template=template, to=audience, facts=facts)
        for organisation in organisations
        for audience in _people_of(organisation)
    ]


def _people_of(organisation: str) -> Sequence[Audience]:
    """Vocational colleges are in groups too; their people have a role of their own."""
    return members_of(organisation), staff_of(organisation)


def _as_text(facts: Mapping[str, object]) -> dict[str, str]:
    return {name: str(fact) for name, fact in facts.items()}
