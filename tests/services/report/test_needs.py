"""What the report of a school year tells of companies' reports: half-years that are over."""

from datetime import timedelta

from services.need_figures.reading import histories_at
from services.need_figures.wording import NeedFigureNames
from services.report.needs import of_needs
from services.report.report import Section
from services.report.wording import Sentences
from services.runtime import Runtime
from services.texts import Names
from tests.support.days import today
from tests.support.past_reports import last_half, record_past_reports, record_report_of_today

PLACES = {"05774020": "Delbrück", "05774036": "Salzkotten"}


async def test_the_report_gives_the_figures_of_half_years_that_are_over(
    unfollowed: Runtime,
) -> None:
    half = last_half()
    await record_past_reports(unfollowed.store, half)
    await record_report_of_today(unfollowed.store)
    calendar = unfollowed.calendar
    histories = await histories_at(unfollowed.store, calendar)
    names = NeedFigureNames(municipalities=PLACES, language="de")

    def told(day_after: int) -> Section | None:
        day = half.last + timedelta(days=day_after)
        return of_needs(histories, half.school_year, day, calendar, Sentences(Names()), names)

    assert half.last < today()
    assert told(0) is None, "it still runs"
    section = told(1)
    assert section is not None
    first, *tables = section.statements
    assert first.text == (
        f"Im {half.number}. Halbjahr {half.school_year} sind 12 Meldungen von Unternehmen"
        " eingegangen; beendet wurden 11, offen waren am Ende 1. Die Hälfte der Antworten kam"
        " innerhalb von 0 Arbeitstagen. Die Hälfte der Kurse begann innerhalb von 28 Tagen."
    )
    [figure] = first.figures
    assert (figure.value, len(figure.positions)) == (12, 12)
    assert [one.key for one in tables] == [
        "needs/trades",
        "needs/municipalities",
        "needs/levels",
        "needs/endings",
    ]
    assert tables[1].text == (
        "Eingegangen nach Kommune: Delbrück (7 Meldungen, 26 Lernende)"
        " und Salzkotten (5 Meldungen, 15 Lernende)."
    )
