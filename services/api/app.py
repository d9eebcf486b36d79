"""The HTTP application: routes, sign-in, problems, description, and what is seen from outside."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.plugins.opentelemetry import OpenTelemetryConfig, OpenTelemetryPlugin
from litestar.plugins.prometheus import PrometheusConfig, PrometheusController
from litestar.types import ASGIApp
from opentelemetry.trace import TracerProvider

from services.api import bounds
from services.api.access import TokenAuthentication, with_correlation
from services.api.administration import (
    AccountController,
    record_employer,
    register_municipality,
    register_organisation,
)
from services.api.adoption import AdoptionController
from services.api.audit import ConceptHistoryController, follow_news, read_trail
from services.api.concepts import ConceptController
from services.api.consultations import ConsultationController
from services.api.decisions import Clerk
from services.api.description import complete, description
from services.api.directory import (
    list_municipalities,
    list_organisations,
    read_chronicle,
    read_me,
)
from services.api.explanations import list_problems, read_front, read_problem
from services.api.framework import FrameworkController
from services.api.head import with_head
from services.api.health import Engine, check_live, check_ready
from services.api.holds import HoldController
from services.api.ledger import LedgerController, read_receipt
from services.api.privacy import SubjectController
from services.api.problems import HANDLERS
from services.api.reading import Reader
from services.api.responses import ResponseController, list_requests
from services.api.retention import RetentionController
from services.api.retention_steps import RetentionStepController
from services.api.sections import SectionController
from services.api.tiles import read_checkpoint, read_entries, read_keys, read_tile
from services.runtime import Runtime


class Metrics(PrometheusController):
    """Prometheus figures. They name routes and numbers, never people."""

    include_in_schema = False
    opt: Mapping[str, Any] | None = {"exclude_from_auth": True}


def create_app(
    runtime: Runtime, engine: Engine, *, max_body_bytes: int, tracing: TracerProvider | None = None
) -> ASGIApp:
    """The application over a running service."""
    provided: dict[str, object] = {
        "pool": runtime.pool,
        "store": runtime.store,
        "desk": runtime.desk,
        "bell": runtime.bell,
        "read_models": runtime.read_models,
        "reader": Reader(runtime.pool, runtime.store, runtime.read_models),
        "clerk": Clerk(runtime.desk),
        "files": runtime.files,
        "engine": engine,
    }
    app = Litestar(
        route_handlers=[_api(), *_open_routes()],
        dependencies={name: _provide(value) for name, value in provided.items()},
        exception_handlers=HANDLERS,
        middleware=[
            PrometheusConfig(app_name="kreislauf", prefix="kreislauf", group_path=True).middleware,
            DefineMiddleware(TokenAuthentication, exclude="^/schema"),
        ],
        openapi_config=description(),
        plugins=[OpenTelemetryPlugin(OpenTelemetryConfig(tracer_provider=tracing))],
        request_max_body_size=max_body_bytes,
        state=State({"pool": runtime.pool, "max_body_bytes": max_body_bytes}),
        on_app_init=[_without_request_logging],
    )
    complete(app.openapi_schema)
    return with_correlation(with_head(app))


def _api() -> Router:
    return Router(
        path="/api/v1",
        route_handlers=[
            ConceptController,
            SectionController,
            ConsultationController,
            ResponseController,
            AdoptionController,
            ConceptHistoryController,
            FrameworkController,
            SubjectController,
            HoldController,
            RetentionController,
            RetentionStepController,
            list_requests,
            read_me,
            list_municipalities,
            list_organisations,
            read_chronicle,
            Router(
                path="/",
                route_handlers=[
                    AccountController,
                    register_municipality,
                    record_employer,
                    register_organisation,
                ],
                tags=["Administration"],
            ),
            read_trail,
            follow_news,
            LedgerController,
            read_receipt,
        ],
        guards=[bounds.bodies_are_json],
        security=[{"token": []}],
    )


def _open_routes() -> Sequence[Any]:
    return [
        read_front,
        list_problems,
        read_problem,
        check_live,
        check_ready,
        read_checkpoint,
        read_keys,
        read_entries,
        read_tile,
        Metrics,
    ]


def _provide(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


def _without_request_logging(config: AppConfig) -> AppConfig:
    """The service logs with structlog; the framework would set up logging of its own."""
    config.logging_config = None
    return config
