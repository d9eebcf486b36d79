"""How many requests there were, how long they took, how they ended: by route, never by person."""

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

from litestar.plugins.prometheus import PrometheusController
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter, Gauge, Histogram

APP = "kreislauf"
LABELS = ("method", "path", "status_code", "app_name")

REQUESTS = Counter("kreislauf_requests_total", "Total requests", LABELS)
ERRORS = Counter("kreislauf_requests_error_total", "Total errors in requests", LABELS)
DURATION = Histogram("kreislauf_request_duration_seconds", "Request duration, in seconds", LABELS)
IN_PROGRESS = Gauge(
    "kreislauf_requests_in_progress",
    "Total requests currently in progress",
    LABELS,
    multiprocess_mode="livesum",
)


class Metrics(PrometheusController):
    """Prometheus figures. They name routes and numbers, never people."""

    include_in_schema = False
    opt: Mapping[str, Any] | None = {"exclude_from_auth": True}


class _Outcome(NamedTuple):
    """The figures of one route and status."""

    requests: Counter
    duration: Histogram
    errors: Counter | None


class _Figures:
    """Those already looked up: finding one by its labels takes longer than counting."""

    def __init__(self) -> None:
        self._in_progress: dict[tuple[str, str], Gauge] = {}
        self._outcomes: dict[tuple[str, str, int], _Outcome] = {}

    def in_progress(self, method: str, path: str) -> Gauge:
        gauge = self._in_progress.get((method, path))
        if gauge is None:
            gauge = IN_PROGRESS.labels(method, path, HTTPStatus.OK.value, APP)
            self._in_progress[method, path] = gauge
        return gauge

    def outcome(self, method: str, path: str, status: int) -> _Outcome:
        outcome = self._outcomes.get((method, path, status))
        if outcome is None:
            labels = method, path, status, APP
            is_error = status >= HTTPStatus.INTERNAL_SERVER_ERROR
            outcome = _Outcome(
                REQUESTS.labels(*labels),
                DURATION.labels(*labels),
                ERRORS.labels(*labels) if is_error else None,
            )
            self._outcomes[method, path, status] = outcome
        return outcome


def with_metrics(app: ASGIApp) -> ASGIApp:
    """Count what the application answers. It knows the route, so this stands within it."""
    figures = _Figures()

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        method, path = scope["method"], scope["path_template"]
        status, start = int(HTTPStatus.OK), time.perf_counter()

        async def send_counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        gauge = figures.in_progress(method, path)
        gauge.inc()
        try:
            await app(scope, receive, send_counted)
        except Exception as error:
            # Answered further out, as when nobody is signed in.
            status = getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
            raise
        finally:
            gauge.dec()
            outcome = figures.outcome(method, path, status)
            outcome.requests.inc()
            outcome.duration.observe(time.perf_counter() - start)
            if outcome.errors is not None:
                outcome.errors.inc()

    return answer
