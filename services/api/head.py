"""HEAD wherever there is GET: the same headers without the content."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_head(app: ASGIApp) -> ASGIApp:
    """Wrap the application: a HEAD request is handled as GET, and its content is left out."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def send_headers_only(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        scope["method"] = "GET"  # pyright: ignore[reportGeneralTypeIssues]
        await app(scope, receive, send_headers_only)

    return answer
