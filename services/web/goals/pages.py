"""The pages about goals, put together."""

from collections.abc import Sequence
from typing import Any

from services.web.goals import setting, year, years

GOAL_PAGES: Sequence[Any] = (
    years.show_years,
    setting.offer_goal,
    setting.set_goal,
    year.show_year,
    year.take_step,
    setting.offer_change,
    setting.change_goal,
    year.remove_goal,
)
