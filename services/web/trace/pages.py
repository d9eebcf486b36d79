"""The pages of the trace, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.trace import trace

TRACE_PAGES: Sequence[Any] = (trace.show_trace, trace.download_picture, trace.download_data)
