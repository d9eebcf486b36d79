import asyncio
from pathlib import Path

import httpx
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from services.api.app import Application
from services.crew import Crew
from services.processes import answering, listen, start_working
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.http import Person
from tests.support.stack import temporal_in

OPENING = {"municipality": "05774036", "edition": "2025"}


async def spans_of_an_opening(
    runtime: Runtime, settings: Settings, token: str, folder: Path
) -> list[ReadableSpan]:
    """What is traced from the request that opens a concept to the activity that follows."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    crew = Crew()
    async with temporal_in(folder) as temporal:
        tracer = provider.get_tracer("test")
        client = await connect(settings, temporal.address, tracer)
        await start_working(runtime, settings, temporal.address, tracer, crew)
        application = Application(settings.max_body_bytes, provider)
        with listen("127.0.0.1", 0) as listener:
            async with (
                answering(runtime, client, settings, listener, application) as address,
                httpx.AsyncClient(base_url=address) as http,
            ):
                headers = {"Idempotency-Key": "1"}
                await Person(http, token).ask("POST", "/concepts", OPENING, headers=headers)
                async with asyncio.timeout(20):
                    while not _is_read(exporter):  # noqa: ASYNC110
                        await asyncio.sleep(0.1)
        await crew.dismiss()
    provider.shutdown()
    return list(exporter.get_finished_spans())


def _trace_of(span: ReadableSpan) -> int:
    context = span.get_span_context()
    assert context is not None
    return context.trace_id


def _is_read(exporter: InMemorySpanExporter) -> bool:
    return any(s.name == "RunActivity:read_course" for s in exporter.get_finished_spans())


async def test_traces_go_from_the_request_and_from_the_relay_to_the_activity(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> None:
    spans = await spans_of_an_opening(runtime, settings, county["koordination"], tmp_path)
    names = [span.name for span in spans]

    assert any(name.startswith("POST /api/v1/concepts") for name in names), names
    started = next(s for s in spans if s.name == "SignalWithStartWorkflow:ConceptAgreement")
    read = next(s for s in spans if s.name == "RunActivity:read_course")
    assert _trace_of(started) == _trace_of(read)
    told = " ".join(span.to_json() for span in spans)
    assert county["koordination"] not in told
    assert "Koordination" not in told
