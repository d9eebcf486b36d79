"""All pages for companies, which have no account."""

from collections.abc import Sequence
from typing import Any

from services.web.reporting.confirming import (
    confirm,
    send_again,
    show_confirmation,
    show_lost,
    show_sent,
)
from services.web.reporting.form import go_on, show_first, show_plain, show_start
from services.web.reporting.status import (
    answer_question,
    begin_change,
    decline_course,
    join_course,
    show_status,
    withdraw,
)

REPORTING_PAGES: Sequence[Any] = (
    show_start,
    show_plain,
    show_sent,
    show_lost,
    send_again,
    show_confirmation,
    confirm,
    show_first,
    go_on,
    show_status,
    begin_change,
    answer_question,
    join_course,
    decline_course,
    withdraw,
)
