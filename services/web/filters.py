"""What narrows a list: choices that come with the address of a page, where anything may stand."""

from collections.abc import Container


def one_of(chosen: str | None, known: Container[str]) -> str:
    """What was chosen; nothing if the address names what there is not."""
    return chosen if chosen and chosen in known else ""
