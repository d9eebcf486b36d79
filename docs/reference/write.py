"""Write the pages that follow from the code: `uv run python docs/reference/write.py`."""

from collections.abc import Mapping
from pathlib import Path

from services.identity.authorisation import TABLE, May, anywhere
from services.settings import Settings

FOLDER = Path(__file__).parent


def pages() -> Mapping[str, str]:
    """Each generated page by its file name."""
    return {"authorisation.md": authorisation(), "settings.md": settings()}


def authorisation() -> str:
    """Who may do what, as the one table of the code says it."""
    rows = [
        f"| {command.__name__} | {', '.join(_may(may) for may in allowed)} |"
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
            "| command | who may |",
            "|---|---|",
            *rows,
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


def _may(may: May) -> str:
    where = "" if may.relation is anywhere else f" ({may.relation.__name__.replace('_', ' ')})"
    return f"{may.role}{where}"


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
