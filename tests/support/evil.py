"""Somebody else's site, as a process of its own, whose pages act against the service.

`python -m tests.support.evil ADDRESS` takes the service's address and prints its own. Each page
says how it went as its title, once it knows.
"""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

SENDING = """<form method="post" action="{service}{path}">{fields}</form>
<script>document.forms[0].submit()</script>"""

PAGES = {
    "/sign-in": SENDING.replace("{path}", "/anmelden").replace(
        "{fields}",
        '<input name="address" value="karin.koordination@kreis.example">'
        '<input name="password" value="zwei Hunde bellen nachts">',
    ),
    "/sign-out": SENDING.replace("{path}", "/abmelden").replace("{fields}", ""),
    "/frame": """<iframe src="{service}/aufgaben"></iframe>
<script>onload = () => setTimeout(() => document.title = "loaded", 300)</script>""",
    "/read": """<script>
fetch("{service}/api/v1/me", {credentials: "include"})
  .then(answer => answer.text())
  .then(text => document.title = "read " + text)
  .catch(() => document.title = "nothing read")
</script>""",
    "/embed": """<script>
const one = kind => new Promise(done => {
  const part = document.createElement(kind)
  part.onload = () => done("loaded")
  part.onerror = () => done("refused")
  part[kind === "link" ? "href" : "src"] = "{service}{style}"
  part.rel = "stylesheet"
  document.body.append(part)
})
onload = async () => {
  document.title = [await one("script"), await one("link"), await one("img")].join(" ")
}
</script><body>""",
    "/open": """<button onclick="look()">Gewinn abholen</button><script>
function look() {
  const other = open("{service}/aufgaben")
  setTimeout(() => document.title = other.closed ? "out of reach" : "in reach", 1500)
}
</script>""",
}


class Handler(BaseHTTPRequestHandler):
    service: ClassVar[str]
    style: ClassVar[str]

    def do_GET(self) -> None:
        page = PAGES.get(self.path, "")
        content = page.replace("{service}", self.service).replace("{style}", self.style).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Handler.service, Handler.style = sys.argv[1:]
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        # Another site than 127.0.0.1, as browsers see it.
        sys.stdout.write(f"http://localhost:{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
