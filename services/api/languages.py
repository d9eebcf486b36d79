"""In which language an answer speaks."""

from typing import Any, TypeVar

from litestar import Request
from litestar.response import Response

from services.texts import Language, preferred_language

T = TypeVar("T")


def language_of(request: Request[Any, Any, Any]) -> Language:
    """The language the person reads."""
    return preferred_language(request.headers.get("accept-language", ""))


def said_in(language: Language) -> dict[str, str]:
    """The headers of an answer with sentences."""
    return {"Content-Language": language, "Vary": "Accept-Language"}


def spoken(content: T, language: Language) -> Response[T]:
    """An answer with sentences in this language."""
    return Response(content, headers=said_in(language))
