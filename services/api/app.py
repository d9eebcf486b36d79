"""The HTTP application: routes, sign-in, problems, description, and what is seen from outside."""

from dataclasses import fields

from litestar import Litestar
from litestar.config.app import AppConfig
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.middleware import DefineMiddleware
from litestar.plugins.opentelemetry import OpenTelemetryConfig, OpenTelemetryPlugin
from litestar.types import ASGIApp
from opentelemetry.trace import TracerProvider

from services.api.access import (
    COOKIES,
    PEOPLE,
    PROGRAMS,
    Authentication,
    with_correlation,
)
from services.api.description import complete, description
from services.api.head import with_head
from services.api.health import Engine
from services.api.metrics import with_metrics
from services.api.parts import Parts, parts_of
from services.api.problems import HANDLERS
from services.api.routes import api, open_routes
from services.identity.pace import Pace
from services.oparl.sharing import shared
from services.runtime import Runtime
from services.settings import Settings
from services.web import language
from services.web.app import pages_router
from services.web.compiled import CompiledTemplates
from services.web.inside import Inside
from services.web.protection import origin_of, protected
from services.web.trouble import show_missing


class Application:
    """The routes of API and pages. Putting them together takes most of a second.

    What they work with is put in afterwards, so one application can serve one service after
    another. Without `tracing` requests are not traced.
    """

    def __init__(self, max_body_bytes: int, tracing: TracerProvider | None = None) -> None:
        self._limit = max_body_bytes
        self._templates = CompiledTemplates()
        self._parts: Parts | None = None
        self._app = Litestar(
            route_handlers=[api(), *open_routes(), pages_router()],
            dependencies={field.name: self._provide(field.name) for field in fields(Parts)},
            exception_handlers={**HANDLERS, NotFoundException: show_missing},
            middleware=[
                with_metrics,
                DefineMiddleware(Authentication, exclude="^/schema"),
            ],
            openapi_config=description(),
            plugins=[OpenTelemetryPlugin(OpenTelemetryConfig(tracer_provider=tracing))]
            if tracing
            else [],
            request_max_body_size=self._limit,
            compression_config=CompressionConfig(
                backend="gzip", exclude=["^/api/", "^/neuigkeiten"]
            ),
            on_app_init=[_without_request_logging],
            on_shutdown=[self._close],
        )
        complete(self._app.openapi_schema)

    def serving(self, runtime: Runtime, engine: Engine, settings: Settings) -> ASGIApp:
        """API and pages over this service, instead of the one before."""
        complete_app = with_correlation(with_head(self._app))
        parts = parts_of(runtime, engine, settings, Inside(complete_app), self._templates)
        is_encrypted = (settings.public_url or "").startswith("https://")
        self._parts = parts
        self._app.state.update(
            {
                "sign_in": parts.sign_in,
                "sessions": parts.sessions,
                "max_body_bytes": self._limit,
                "pages": parts.pages,
                "session_cookie": COOKIES[0 if is_encrypted else 1],
                language.COOKIE: language.COOKIES[0 if is_encrypted else 1],
                "public_origin": origin_of(settings.public_url),
                "security_log": parts.security_log,
                PEOPLE: Pace(settings.requests_per_minute),
                PROGRAMS: Pace(settings.token_requests_per_minute),
            }
        )
        return protected(
            shared(complete_app), encrypted=is_encrypted, embedded_by=settings.embedded_by
        )

    def _provide(self, name: str) -> Provide:
        return Provide(lambda: getattr(self._parts, name), sync_to_thread=False)

    async def _close(self) -> None:
        if self._parts:
            await self._parts.close()


def _without_request_logging(config: AppConfig) -> AppConfig:
    """The service logs with structlog; the framework would set up logging of its own."""
    config.logging_config = None
    return config
