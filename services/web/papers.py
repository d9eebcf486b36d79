"""Papers of the API to take along from a page."""

from litestar.response import Response

from services.web.inside import Inside, Visit

KEPT = ("Content-Disposition", "Cache-Control", "Content-Language")


async def paper(
    request: Visit, inside: Inside, path: str, media_type: str, **query: object
) -> Response[bytes]:
    """The file as the API gives it, whole and under its name. Raises Refusal."""
    answer = await inside.ask(request, "GET", path, query=query)
    headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    return Response(answer.content, media_type=media_type, headers=headers)
