"""What is seen from outside: structured logs without personal data."""

import logging
import sys
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog

from services.settings import Settings


def configure_logging(settings: Settings) -> None:
    """Log to standard error: for people on a terminal, as JSON otherwise."""
    as_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # Libraries log through the standard library; only what is wrong there is of interest.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(message)s")


def for_people(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Between lines for people only what is wrong is logged, unless a level is asked for."""
    if "KREISLAUF_LOG_LEVEL" in environ:
        return settings
    return msgspec.structs.replace(settings, log_level="warning")
