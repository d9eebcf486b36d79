"""Traces of requests and of what follows from them."""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from services.settings import Settings


def tracer_provider(settings: Settings, process: str) -> TracerProvider:
    """Traces go to the collector if one is set; without, only ids are passed on to Temporal."""
    provider = TracerProvider(
        resource=Resource.create({"service.name": "kreislauf", "service.instance.id": process})
    )
    if settings.otlp_endpoint is not None:
        provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.otlp_endpoint))
        )
    return provider


def of_requests(settings: Settings, provider: TracerProvider) -> TracerProvider | None:
    """What traces requests: nothing if traces go nowhere, because each costs them 100 µs."""
    return None if settings.otlp_endpoint is None else provider
