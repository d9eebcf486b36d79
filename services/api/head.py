"""HEAD wherever there is GET: the same headers without the content."""

from typing import cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def with_head(app: ASGIApp) -> ASGIApp:
    """Wrap the application: a HEAD request is handled as GET, and its content is left out."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        ended = False

        async def send_headers_only(message: Message) -> None:
            nonlocal ended
            if message["type"] != "http.response.body":
                await send(message)
            elif not ended:  # also of a stream that goes on: its sender is then told to stop
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        # A scope of its own: the server looks into the one it gave, to see what may follow.
        as_get = cast("Scope", {**scope, "method": "GET"})
        await app(as_get, receive, send_headers_only)

    return answer
