"""What a search finds of companies' reports: by their reference, for those who read them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from domain.language_needs.reference import tidied
from services.api.search_hits import Asked, Hit, HitKind, fitting
from services.eventstore.database import Pool
from services.identity.authorisation import has_one
from services.identity.report_readers import READS_REPORTS, reports_seen
from services.texts import day, word
from services.texts.wording import ZONE

REPORTS = """
    select id::text as id, reference, stage, submitted_at from company_report as report
    where $1::text[] is null or exists (
        select from company_report_referral as referral where referral.report = report.id
            and stage <> 'recalled' and organisation = any($1))
    order by submitted desc
"""


async def report_hits(pool: Pool, asked: Asked) -> Sequence[Hit]:
    """Those that `listCompanyReports` lists; the reference also as people write it."""
    if not has_one(asked.person, READS_REPORTS, asked.at):
        return ()
    rows = await pool.fetch(REPORTS, reports_seen(asked.person, asked.at).organisations)
    looked_for = tidied(asked.text) or asked.text
    hits: list[Hit] = []
    for row in rows:
        on = day(row["submitted_at"].astimezone(ZoneInfo(ZONE)).date(), asked.language)
        line = f"{on}, {word(row['stage'], asked.language, of='report')}"
        hits.append(Hit(kind=HitKind.REPORT, title=row["reference"], line=line, id=row["id"]))
    return fitting(msgspec.structs.replace(asked, text=looked_for), hits)
