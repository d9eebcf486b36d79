"""A company's form, filled in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from playwright.async_api import Page

from services.intake.intakes import Intakes
from services.intake.key import IntakeKey
from services.intake.stamps import Stamps
from services.web.reporting.steps import Step, is_of
from tests.support.stack import Stack

FILLED: Mapping[str, Sequence[str]] = {
    "company-name": ["Metallbau Senne GmbH"],
    "company-municipality": ["05774032"],
    "company-trade": ["C"],
    "company-size": ["50-249"],
    "company-chamber": ["hwk"],
    "groups": ["1"],
    "group-0-number": ["6"],
    "group-0-status": ["employed"],
    "group-0-present": ["a2"],
    "group-0-wanted": ["b1"],
    "group-0-skills": ["speaking", "technical"],
    "group-0-entitlement": ["unknown"],
    "times-weekdays": ["2", "4"],
    "times-shift": ["early"],
    "times-working_time": ["both"],
    "times-earliest": ["14:30"],
    "times-latest": ["18:00"],
    "place-kind": ["company"],
    "place-room_for": ["12"],
    "place-municipality": ["05774032"],
    "place-max_km": ["20"],
    "start": ["2027-02-01"],
    "weeks": ["20"],
    "release": ["partial"],
    "cost_share": ["open"],
    "earlier": ["jobcenter"],
    "pooling": ["ja"],
    "contact-name": ["Ina Beispiel"],
    "contact-function": ["Personalleitung"],
    "contact-email": ["personal@metallbau.example"],
    "contact-phone": ["05251 / 30 80"],
    "contact-channel": ["email"],
    "consent": ["jobcenter"],
    "remark": ["Der Schulungsraum ist ab Februar frei."],
}


def of(step: Step) -> Mapping[str, Sequence[str]]:
    """What stands on this step."""
    return {name: value for name, value in FILLED.items() if is_of(step, name)}


async def fill_in(page: Page, step: Step) -> None:
    """Each answer of the step, in whatever kind of field it stands."""
    for name, values in of(step).items():
        fields = page.locator(f'[name="{name}"]:not([type=hidden])')
        if not await fields.count():
            continue
        kind = await fields.first.evaluate("one => one.type")
        if kind in {"radio", "checkbox"}:
            for value in values:
                await page.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            await fields.select_option(values[0])
        else:
            await fields.fill(values[0])


async def opened_at(page: Page, stamp: str) -> None:
    """The form on the page was opened when this stamp was given."""
    field = page.locator("[name=started]").first
    await field.evaluate("(field, stamp) => { field.value = stamp }", stamp)


async def stamp(stack: Stack, minutes: int = 8) -> str:
    """As a form carries it that was opened so many minutes ago."""
    stamps = Stamps(IntakeKey(stack.runtime.pool, stack.runtime.master))
    return await stamps.give(datetime.now(UTC) - timedelta(minutes=minutes))


async def mailed_token(stack: Stack, stamp: str) -> str:
    """What the mail brings that confirms the form with this stamp."""
    runtime = stack.runtime
    now = datetime.now(UTC)
    opened = await Stamps(IntakeKey(runtime.pool, runtime.master)).check(stamp, now)
    waiting = await Intakes(runtime.pool, IntakeKey(runtime.pool, runtime.master)).waiting(
        opened.intake
    )
    assert waiting is not None
    return waiting.token
