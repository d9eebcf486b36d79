"""Where the report of a school year is."""

from services.api.goal_bounds import year_in_path

REPORTS = "/bericht"
OF_YEAR = f"{REPORTS}/{{school_year:str}}"


def report_page(school_year: str) -> str:
    """Of `2024/25`, also as the address has it."""
    return f"{REPORTS}/{year_in_path(school_year)}"
