"""`kreislauf up --demo`: loads the county, plays a concept and a language assessment, says so."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
from rich.console import Console
from rich.text import Text

from services.cli.shown import show_entry
from services.demo.assessment import AssessmentPlay, Played
from services.demo.c_test import INSTRUMENT
from services.demo.county import County, load_county, paderborn
from services.demo.front_door import FrontDoor
from services.demo.needs import needs_of_paderborn
from services.demo.needs_month import load_needs
from services.demo.play import EDITION, MUNICIPALITY, Play
from services.demo.sign_in import address_of, let_in
from services.demo.steering import steering_of_paderborn
from services.demo.steering_year import load_steering
from services.demo.stuck import DemoStuck
from services.history import names_of
from services.identity.tokens import issue_token, principal_of
from services.relay.relay import held_back
from services.runtime import Runtime
from services.texts import word

TOKENS_FILE = "demo-tokens.json"
LABEL_WIDTH = 9
"""As wide as the positions of the first and the last of several entries."""


class Demo:
    """Loads the county, plays both processes, and stays: what was played is there to look at.

    It speaks German, as the county does. `command` is how to call the command line from here.
    """

    def __init__(
        self, console: Console, runtime: Runtime, address: str, data: Path, command: str
    ) -> None:
        self._console = console
        self._runtime = runtime
        self._address = address
        self._data = data
        self._tokens_file = data / TOKENS_FILE
        self._command = command

    async def run(self) -> None:
        county = paderborn()
        await self._load(county)
        tokens = await self._tokens(county)
        self._show_sign_in(county, await let_in(self._runtime, county, self._data))
        await self._show_tokens(county, tokens)
        # A proxy set for the way out has nothing to do with the way to ourselves.
        async with httpx.AsyncClient(base_url=self._address, timeout=30, trust_env=False) as client:
            try:
                played = await self._play(FrontDoor(client, tokens))
            except (DemoStuck, httpx.HTTPError) as error:
                self._say("", Text(f"Die Demo kommt nicht weiter: {error}", style="red"))
            else:
                self._say_what_comes_next(tokens, played)
        await asyncio.Event().wait()

    async def _play(self, door: FrontDoor) -> Played:
        self._headline("Ein Konzept von der Eröffnung bis zur Veröffentlichung")
        self._say("", "Alle Schritte gehen über HTTP. Fristen liegen hier Sekunden auseinander.")
        await Play(door, self._say).run()
        self._headline("Eine Sprachstandserhebung vom Instrument bis zur Wiederholung")
        self._say("", "Texte, Klassen und Ergebnisse sind erfunden.")
        return await AssessmentPlay(door, self._say, datetime.now(UTC)).run()

    async def _load(self, county: County) -> None:
        self._headline(f"{county.county.name} mit der dokumentierten Geschichte von 2024/25")
        before = await self._runtime.store.head()
        desk, store = self._runtime.desk, self._runtime.store
        done = [line async for line in load_county(desk, county)]
        async with held_back(self._runtime.pool):
            steering = steering_of_paderborn()
            done += [line async for line in load_steering(desk, store, county, steering)]
            calendar, needs = self._runtime.calendar, needs_of_paderborn()
            today = datetime.now(calendar.zone).date()
            month = load_needs(desk, store, calendar, county, needs, today)
            done += [line async for line in month]
        await self._runtime.read_models.catch_up()
        head = await self._runtime.store.head()
        if head == before:
            done = [f"Schon geladen; das Protokoll steht bei Eintrag {head}."]
        for line in done:
            self._console.print(f"  {line}", soft_wrap=True)

    async def _tokens(self, county: County) -> Mapping[str, str]:
        """Each demo person's token, made once and kept in the data folder: demo people only."""
        kept = _kept_tokens(self._tokens_file)
        tokens: dict[str, str] = {}
        now = datetime.now(UTC)
        for person in county.people.items:
            token = kept.get(person.key)
            if token is None or await principal_of(self._runtime.pool, token, now) is None:
                token = await issue_token(
                    self._runtime.desk, person.account, "demo", days=None, at=now
                )
            tokens[person.key] = token
        _keep_tokens(self._tokens_file, tokens)
        await self._runtime.read_models.catch_up()
        return tokens

    def _show_sign_in(self, county: County, password: str) -> None:
        self._headline(f"Im Browser anmelden: {self._address}/anmelden")
        self._console.print(f"  Passwort für alle: {password}", soft_wrap=True, markup=False)
        for person in county.people.items:
            roles = ", ".join(dict.fromkeys(word(grant.role, "de") for grant in person.grants))
            self._console.print(
                f"  {address_of(person):<32}  {person.name}, {roles}", soft_wrap=True, markup=False
            )

    async def _show_tokens(self, county: County, tokens: Mapping[str, str]) -> None:
        names = await names_of(self._runtime.pool, self._runtime.store)
        self._headline("Wer die Schnittstelle benutzen kann (Rolle, Zugangsschlüssel, Person)")
        for person in county.people.items:
            for grant in person.grants:
                organisation = names.organisations[grant.organisation]
                self._console.print(
                    f"  {grant.role:<19}  {tokens[person.key]}  {person.name}, {organisation}",
                    soft_wrap=True,
                )

    def _say_what_comes_next(self, tokens: Mapping[str, str], played: Played) -> None:
        self._headline("So geht es weiter, in einem zweiten Terminal")
        this_class = f"/classes/{played.training_class}"
        statistics = f"/instruments/{INSTRUMENT}/versions/1/statistics?round={played.round}"
        coordinator, teacher = tokens["koordination"], tokens[played.teacher]
        steps = {
            "Wer hat wann was auf welcher Grundlage entschieden?": f"{self._command} history"
            f" --municipality {MUNICIPALITY} --edition {EDITION}",
            "Was steht im Bericht über das Schuljahr?": f"{self._command} report 2024/25",
            "Was liegt der Koordinierung vor?": self._curl(coordinator, "/concepts"),
            "Welche Meldungen von Unternehmen sind offen, und bei wem?": self._curl(
                coordinator, "/company-reports?is_open=true"
            ),
            f"Was heißt das Ergebnis für die Klasse {played.class_name}? Nur ihr Berufskolleg darf"
            " es sehen.": self._curl(teacher, f"{this_class}/rounds/{played.round}/meaning"),
            "Wer hat die Zeilen dieser Klasse gesehen?": self._curl(teacher, f"{this_class}/looks"),
            "Was sehen Kreis und Lenkungsgruppe davon?": self._curl(
                coordinator, f"/rounds/{played.round}/figures"
            ),
            "Wie gut hat der Test gemessen?": self._curl(tokens["fachgruppe"], statistics),
        }
        for question, answer in steps.items():
            self._console.print(f"  {question}\n    {answer}", soft_wrap=True)
        self._console.print("\nCtrl-C beendet alles; ein neuer Start macht dort weiter.")

    def _curl(self, token: str, path: str) -> str:
        return f"curl -s -H 'Authorization: Bearer {token}' '{self._address}/api/v1{path}'"

    def _headline(self, text: str) -> None:
        self._console.print(Text(f"\n{text}", style="bold"))

    def _say(self, label: str, text: str | Text) -> None:
        show_entry(self._console, label, text, width=LABEL_WIDTH, style="dim")


def _kept_tokens(file: Path) -> dict[str, str]:
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.exists() else {}


def _keep_tokens(file: Path, tokens: Mapping[str, str]) -> None:
    file.touch(mode=0o600)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(tokens)))
