"""In which language a page speaks: what the person chose, else what their browser says."""

from typing import Any

from litestar.connection import ASGIConnection

from services.texts import Language, preferred_language
from services.texts.language import LANGUAGES

COOKIES = ("__Host-sprache", "sprache")
"""What the browser keeps of the choice; the first where the way to us is encrypted."""

COOKIE = "language-cookie"
"""In the state of the application: which of the two it is."""


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Language:
    """The language the person reads. German unless they say otherwise."""
    chosen = connection.cookies.get(connection.app.state[COOKIE])
    for language in LANGUAGES:
        if language == chosen:
            return language
    return preferred_language(connection.headers.get("accept-language", ""))
