"""Write the pages that follow from the code: `uv run python docs/reference/write.py`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from services.identity.areas import AREAS
from services.identity.authorisation import TABLE
from services.identity.relations import May, anywhere, of_own_account
from services.settings import Settings

FOLDER = Path(__file__).parent


def pages() -> Mapping[str, str]:
    """Each generated page by its file name."""
    return {"authorisation.md": authorisation(), "settings.md": settings()}


def authorisation() -> str:
    """Who may do what, as the one table of the code says it."""
    rows = [
        f"| {command.__name__} | {', '.join(_all_who_may(allowed))} |"
        for command, allowed in TABLE.items()
    ]
    return "\n".join(
        [
            "# Who may do what",
            "",
            "Written from `services/identity/authorisation.py`, which is asked in one place.",
            "Roles are held in an organisation and for a span of time; nobody has the role",
            "`process`, which is that of timers.",
            "",
            "Whoever substitutes for an absent person may do what that person may, in the roles",
            "and for the time that were given, but changes neither of their two accounts. For",
            "four eyes both are one person.",
            "",
            "| command | who may |",
            "|---|---|",
            *rows,
            "",
            "## Areas of the pages",
            "",
            "What a page shows and does is decided as above; this is who is led there.",
            "",
            "| area | roles |",
            "|---|---|",
            *(f"| /{area} | {', '.join(sorted(roles))} |" for area, roles in AREAS.items()),
            "",
        ]
    )


def settings() -> str:
    """Every setting with its meaning and default."""
    rows = [f"| `{s.variable}` | {s.meaning} | {s.default} |" for s in Settings.described()]
    return "\n".join(
        [
            "# Settings",
            "",
            "Written from `services/settings.py`; `kreislauf settings` prints the same. An unknown",
            "or wrong variable stops the start with a sentence that says what to do.",
            "",
            "| variable | meaning | default |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _all_who_may(allowed: Sequence[May]) -> list[str]:
    """The roles; what everybody may for themselves is said once."""
    others = [_may(may) for may in allowed if may.relation is not of_own_account]
    return [*others, "everybody (of own account)"] if len(others) < len(allowed) else others


def _may(may: May) -> str:
    where = "" if may.relation is anywhere else f" ({may.relation.__name__.replace('_', ' ')})"
    return f"{may.role}{where}"


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
