"""From findings to the assessment round they led to, over HTTP alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.support.assessing import announcement, approve_instrument, coming_school_year
from tests.support.findings import SALZKOTTEN, Bundler
from tests.support.http import Json, recorded
from tests.support.stack import Stack
from tests.support.steering import Clock, Sitting, established, member

COLLEGE = "edith-stein-berufskolleg"
MANDATE: Json = {
    "type": "establish-working-group",
    "title": "Fachsprachliche Förderung",
    "purpose": "Auszubildende bestehen den theoretischen Teil.",
    "members": ["ihk"],
}


@dataclass(frozen=True)
class Chain:
    """The ids: a finding of Delbrück and one of Salzkotten, and what came of them."""

    ours: str
    theirs: str
    theme: str
    session: str
    resolution: str
    group: str
    announced: str


async def chain(stack: Stack, clock: Clock) -> Chain:
    """Two findings, a theme, a session and its vote, a group, its agreement, and the round.

    The session was three days ago; the clock shows the present afterwards.
    """
    now = datetime.now(UTC)
    clock.at = now - timedelta(days=40)
    bundler = Bundler(stack, stack.koordination)
    ours = await bundler.reported(by=stack.fallmanagement, band="5-9")
    theirs = await bundler.reported(municipality=SALZKOTTEN, kind="potential", field="work")
    theme = await bundler.opened("Sprache im Betrieb")
    for finding in (ours, theirs):
        await bundler.take(finding, theme)
    await bundler.write(theme)
    sitting = await _voted(stack, clock, theme, now - timedelta(days=3))
    clock.at = now
    body = {
        "session": str(sitting.id),
        "number": 1,
        "mandate": MANDATE,
        "owner": "ihk",
        "due": (now + timedelta(days=90)).date().isoformat(),
    }
    resolution = recorded(await stack.koordination.post("/resolutions", body))["id"]
    group, announced = await _agreed(stack, resolution, now)
    return Chain(ours, theirs, theme, str(sitting.id), resolution, group, announced)


async def _voted(stack: Stack, clock: Clock, theme: str, meeting: datetime) -> Sitting:
    """The steering group has met on the theme, and adopted what was proposed."""
    dora, fadi = await member(stack, "Dora Lang"), await member(stack, "Fadi Nasser")
    await established(stack, {"jobcenter": dora, "agentur": fadi})
    sitting = await Sitting.scheduled(stack, "2026-1", meeting)
    await Bundler(stack, stack.koordination).hand_over(theme, sitting.id)
    wording = "Eine Arbeitsgruppe wird eingerichtet."
    item = await sitting.proposed("Fachsprache", wording, themes=[theme])
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    clock.at = meeting
    await sitting.opened(chair=dora, keeper=dora)
    await sitting.sat_down(jobcenter=dora, agentur=fadi)
    vote = {"item": item, "alternative": "a", "yes": 2, "no": 0, "abstain": 0}
    await sitting.do("votes", vote)
    await sitting.do("closing", {})
    return sitting


async def _agreed(stack: Stack, resolution: str, now: datetime) -> tuple[str, str]:
    """The group that the resolution establishes agrees on a round; the ids of both."""
    ask = stack.koordination
    group = recorded(await ask.post("/working-groups", {"resolution": resolution}))["id"]
    path = f"/working-groups/{group}"
    held = {"held_at": (now - timedelta(minutes=5)).isoformat(), "attended": ["ihk"]}
    recorded(await ask.post(f"{path}/meetings/1/record", held, seen=1))
    agreement = {
        "agreement": 1,
        "meeting": 1,
        "text": "Eine einheitliche Erhebung beginnt.",
        "owner": "ihk",
        "due": (now + timedelta(days=60)).date().isoformat(),
    }
    recorded(await ask.post(f"{path}/agreements", agreement))
    await approve_instrument(stack.runtime)
    year = coming_school_year(now)
    announced = recorded(await ask.post("/rounds", announcement(year, (COLLEGE,))))["id"]
    link = {"kind": "assessment-round", "consequence": announced}
    recorded(await ask.post(f"{path}/agreements/1/consequences", link))
    await stack.runtime.read_models.reached(await stack.head())
    return group, announced
