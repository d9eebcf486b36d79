import json
from pathlib import Path
from typing import Any

from domain.concepts.commands import concept_id
from services.demo.texts import FIRST_DRAFT
from services.privacy.master import FILE
from services.runtime import Runtime
from services.settings import Settings
from tests.support.documents import blocks, run
from tests.support.stack import serving

CONCEPT = concept_id("05774036", "2025")


def answer(printed: str) -> Any:
    return json.loads(printed)


async def test_the_tutorial_does_what_it_says(
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
    database_url: str,
    tmp_path: Path,
) -> None:
    steps = iter(blocks("tutorial/first-concept.md")[1:])  # the first only keeps what was printed
    async with serving(runtime, settings, county) as stack:
        opening = {"edition": "2025"}
        await stack.koordination.ask(
            "POST", "/concepts/opening-of-all", opening, headers={"Idempotency-Key": "1"}
        )
        await runtime.read_models.catch_up()
        told = {
            "K": f"{stack.address}/api/v1",
            "COORDINATOR": county["koordination"],
            "MEMBER": county["jobcenter"],
            "AUDITOR": county["revision"],
            "CONCEPT": str(CONCEPT),
            "KREISLAUF_DATABASE_URL": database_url,
            "KREISLAUF_MASTER_KEY_FILE": str(settings.data / FILE),
        }

        async def step(**environment: str) -> str:
            return await run(next(steps), tmp_path, **{**told, **environment})

        listed = answer(await step())["items"]
        assert str(CONCEPT) in [item["id"] for item in listed]
        assert 'etag: "1"' in await step()
        assert answer(await step())["version"] == 2
        assert answer(await step())["type"] == "/problems/concept.sections-missing"

        await write_the_others(stack.koordination)
        submitted = await stack.koordination.ask(
            "POST",
            f"/concepts/{CONCEPT}/submission",
            {},
            headers={"If-Match": '"11"', "Idempotency-Key": "2"},
        )
        assert submitted.json()["version"] == 12

        assert answer(await step())["version"] == 13
        await runtime.read_models.catch_up()
        asked, request = two_documents(await step())
        assert asked[0]["organisation"] == "jobcenter"
        response = next(steps).replace('"shown": "…"', f'"shown": "{request["shown"]}"')
        assert answer(await run(response, tmp_path, **told))["version"] == 14
        assert answer(await step())["version"] == 15
        assert answer(await step())["type"] == "/problems/concept.author-may-not-adopt"
        assert (await step()).startswith("krs_")
        assert "Runde 1" in await step()
        assert await step()


async def write_the_others(coordinator: Any) -> None:
    for section, text in FIRST_DRAFT.items():
        if section != "zielgruppe":
            await coordinator.ask(
                "PUT",
                f"/concepts/{CONCEPT}/sections/{section}",
                {"text": text},
                headers={"If-Match": '"0"'},
            )


def two_documents(printed: str) -> tuple[Any, Any]:
    """Two JSON documents printed one after the other."""
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(printed)
    second, _ = decoder.raw_decode(printed[end:].lstrip())
    return first, second
