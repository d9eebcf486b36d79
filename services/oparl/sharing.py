"""Open data are for programs on everybody's pages: no browser is to keep them back."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

PREFIX = "/oparl/"
SHARED = (
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)


def shared(app: ASGIApp) -> ASGIApp:
    """Wrap the application: whatever is answered below the prefix, refusals too, is for all."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await app(scope, receive, send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *SHARED]
            await send(message)

        await app(scope, receive, send_shared)

    return answer
