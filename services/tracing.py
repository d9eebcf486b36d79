"""Traces of requests and of what follows from them."""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from services.settings import Settings


def tracer_provider(settings: Settings, process: str) -> TracerProvider:
    """Traces go to the collector if one is set; without, only ids are passed on."""
    provider = TracerProvider(
        resource=Resource.create({"service.name": "kreislauf", "service.instance.id": process})
    )
    if settings.otlp_endpoint is not None:
        provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.otlp_endpoint))
        )
    return provider
