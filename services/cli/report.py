"""`kreislauf report`: the report of a school year, generated from the log."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import rich_click as click

from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.eventstore.store import Moment
from services.goals.years import SchoolYears
from services.papers.annual_report import LANGUAGE, report_paper
from services.papers.head import Head
from services.papers.pdf import pdf
from services.papers.word import word_document
from services.report.composing import Reports
from services.report.paper import as_markdown, as_text
from services.report.report import Report
from services.runtime import running
from services.settings import Settings
from services.texts.names import NAMELESS
from services.web.rendering import COUNTY

JSON = ".json"


@click.command()
@click.argument("school_year", metavar="SCHOOL_YEAR")
@click.option("--position", type=click.IntRange(0), help="As it was at this log position.")
@click.option("--json", "as_json", is_flag=True, help="For machines: statements with figures.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write it to this file: .pdf, .docx, .md, .txt or .json.",
)
@data_option
@pass_settings
def report(
    settings: Settings, *, school_year: str, position: int | None, as_json: bool, out: Path | None
) -> None:
    """Write the report of a school year, such as 2024/25, in German.

    The numbers in brackets are the entries of the log that a statement rests on. With --out the
    ending of the file says what it becomes.
    """
    form = _form_of(out, as_json=as_json)

    async def run() -> bytes:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await runtime.read_models.catch_up()
                years = SchoolYears(runtime.store, runtime.calendar)
                reports = Reports(runtime.pool, runtime.store, years)
                written = await reports.report(school_year, Moment(position=position))
                issuer = settings.county or await runtime.pool.fetchval(COUNTY) or ""
        zone = ZoneInfo(settings.time_zone)
        head = Head(language=LANGUAGE, issuer=issuer, zone=zone, names=NAMELESS)
        return await form(written, head)

    content = asyncio.run(run())
    if out is None:
        click.echo(content.decode(), nl=False)
    else:
        out.write_bytes(content)


Form = Callable[[Report, Head], Awaitable[bytes]]


async def _as_pdf(written: Report, head: Head) -> bytes:
    return await pdf(report_paper(written, head))


async def _as_document(written: Report, head: Head) -> bytes:
    return await asyncio.to_thread(word_document, report_paper(written, head))


async def _as_text(written: Report, _: Head) -> bytes:
    return as_text(written).encode()


async def _as_markdown(written: Report, _: Head) -> bytes:
    return as_markdown(written).encode()


async def _as_json(written: Report, _: Head) -> bytes:
    return msgspec.json.format(msgspec.json.encode(written)) + b"\n"


FORMS: Mapping[str, Form] = {
    ".pdf": _as_pdf,
    ".docx": _as_document,
    ".md": _as_markdown,
    ".txt": _as_text,
    JSON: _as_json,
}
"""By the ending of the file."""


def _form_of(out: Path | None, *, as_json: bool) -> Form:
    """What is written. Raises BadParameter if the ending does not say, or says something else."""
    if out is None:
        return _as_json if as_json else _as_text
    ending = out.suffix.lower()
    if ending not in FORMS:
        known = ", ".join(FORMS)
        raise click.BadParameter(
            f"{out.name} does not end in one of {known}.", param_hint="'--out'"
        )
    if as_json and ending != JSON:
        raise click.BadParameter(f"--json writes a {JSON} file.", param_hint="'--out'")
    return FORMS[ending]
