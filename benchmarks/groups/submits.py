"""Companies send the public form at a steady pace while the postman carries what follows."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from benchmarks.bench import Bench
from benchmarks.figure import Figure, alone
from benchmarks.http_client import percentile, request
from benchmarks.mailbox import Delivered, mailbox
from benchmarks.paced_client import PacedWork, send_paced
from benchmarks.postman import carrying
from benchmarks.serving import product, serving
from services.api.examples.company_intake import CONTENT
from services.intake.key import IntakeKey
from services.intake.stamps import Stamps
from services.runtime import Runtime

PER_SECOND = 50.0
TWICE = 10
"""Each tenth form is sent a second time, as by an impatient click."""

TAKEN, CONFIRMED = "202", "201"
FILLED_IN = timedelta(minutes=8)
LONGEST_WAY = 180.0
ON_THEIR_WAY = "select exists (select from mail where state <> 'sent')"
CONFIRMATION = b'{"token":"%b"}'


async def measure(bench: Bench) -> Sequence[Figure]:
    count = int(PER_SECOND * bench.pick(5, 60))
    url = await bench.database("ours")
    async with (
        bench.product(url) as runtime,
        mailbox() as box,
        serving(product(runtime)) as port,
    ):
        requests = await _forms(runtime, count)
        async with carrying(url, bench.folder, box.port):
            sent = await send_paced(PacedWork(port=port, requests=requests, per_second=PER_SECOND))
            await _all_carried(runtime)
        delivered = await box.emptied()
        confirmed = await _confirm(port, delivered)
        reported = await _reported(runtime)
    refused = sum(n for status, n in sent.statuses.items() if status != TAKEN)
    half, most = (percentile(sent.milliseconds, n) for n in (50, 99))
    bench.note(
        f"{len(requests)} requests with {count} forms, of which {refused} were refused:"
        f" an answer within {half:.1f} ms (p50), {most:.1f} ms (p99)"
    )
    bench.note(
        f"{len(delivered)} mails carried meanwhile; confirmed then: {confirmed.get(CONFIRMED, 0)}"
    )
    return [
        alone("form submits at 50/s: an answer (p99)", "ms", most, goal=("at most", 150)),
        alone("form submits: lost", "forms", count - reported, goal=("at most", 0)),
        alone("form submits: mails doubled", "mails", _doubled(delivered), goal=("at most", 0)),
    ]


async def _forms(runtime: Runtime, count: int) -> Sequence[bytes]:
    """Each from a company of its own, and some of them a second time."""
    stamps = Stamps(IntakeKey(runtime.pool, runtime.master))
    opened_at = datetime.now(UTC) - FILLED_IN
    forms: list[bytes] = []
    for number in range(count):
        form = _form(number, await stamps.give(opened_at))
        forms += [form] * (2 if number % TWICE == 0 else 1)
    return forms


def _form(number: int, stamp: str) -> bytes:
    contact = msgspec.structs.replace(CONTENT.contact, email=_address(number))
    company = msgspec.structs.replace(CONTENT.company, municipality="")  # there is no county
    content = msgspec.structs.replace(CONTENT, company=company, contact=contact)
    body = {"content": content, "language": "de", "started": stamp, "proof": ""}
    return request(
        "POST",
        "/api/v1/reports/intake",
        msgspec.json.encode(body),
        X_Forwarded_For=_place(number),
        Connection="close",
    )


def _place(number: int) -> str:
    """Each in a network of its own, as companies are."""
    return f"10.{number // 250}.{number % 250}.7"


def _address(number: int) -> str:
    return f"personal@betrieb{number}.example"


async def _all_carried(runtime: Runtime) -> None:
    """Wait until no mail is on its way."""
    async with asyncio.timeout(LONGEST_WAY):
        while await runtime.pool.fetchval(ON_THEIR_WAY):  # noqa: ASYNC110 (another one's table)
            await asyncio.sleep(0.2)


async def _confirm(port: int, delivered: Sequence[Delivered]) -> Mapping[str, int]:
    """Every company opens its link; how many answers there were of each status."""
    requests = [
        request(
            "POST",
            "/api/v1/reports/confirmation",
            CONFIRMATION % mail.token.encode(),
            X_Forwarded_For=_place(number),
            Connection="close",
        )
        for number, mail in enumerate(delivered)
    ]
    answers = await send_paced(PacedWork(port=port, requests=requests, per_second=PER_SECOND))
    return answers.statuses


async def _reported(runtime: Runtime) -> int:
    """How many reports there are in the log."""
    found: int = await runtime.pool.fetchval(
        "select count(*) from event where topic = 'company-report.submitted'"
    )
    return found


def _doubled(delivered: Sequence[Delivered]) -> int:
    """How many mails somebody got beside the first one."""
    return sum(count - 1 for count in Counter(mail.to for mail in delivered).values())
