"""OpenID Connect providers of the tests, each a process of its own.

`python -m tests.support.oidc` is one that can be told to do wrong, and prints its address. It
admits everybody at once, as the person last set by `PUT /person`. What it writes into a token is
changed by `PUT /wrong`; `PUT /rotate` gives it new keys; `POST /token-of` signs any claims.
"""

import asyncio
import base64
import hmac
import json
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any, ClassVar
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from tests.support.servers import started

CLIENT = "kreislauf"
SECRET = "so geheim: 100 %"
JSON = dict[str, Any]
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class Memory:
    """What the provider knows, and what it does wrong."""

    def __init__(self) -> None:
        self.address = ""
        self.person: JSON = {"sub": "nobody"}
        self.wrong: JSON = {}
        self.codes: dict[str, JSON] = {}
        self.asked: dict[str, int] = {}
        self.kid = 0
        self.rotate()

    def rotate(self) -> None:
        """The old key is gone; a key of another kind is beside the new one."""
        self.kid += 1
        self.key = RSAKey.generate_key(
            2048, {"kid": f"key-{self.kid}", "use": "sig", "alg": "RS256"}
        )
        self.other = ECKey.generate_key("P-256", {"kid": f"ec-{self.kid}", "use": "sig"})

    def description(self) -> JSON:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize?tenant=1",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/logout",
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True,
            **self.wrong.get("description", {}),
        }

    def keys(self) -> JSON:
        unknown = {"kty": "AKP", "kid": "later", "alg": "ML-DSA-44", "pub": "AA"}
        encrypting = {**self.key.as_dict(private=False), "use": "enc", "kid": "enc"}
        ours = [key.as_dict(private=False) for key in (self.key, self.other)]
        return {"keys": [unknown, encrypting, *ours]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser goes next."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        if error := self.wrong.get("error"):
            answer = {"error": error, "error_description": "<script>alert(1)</script>"}
        else:
            code = token_urlsafe(16)
            self.codes[code] = {**query, "person": self.person}
            answer = {"code": code}
        answer |= {"state": query["state"], "iss": self.wrong.get("iss", self.address)}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[HTTPStatus, JSON]:
        name, _, secret = (
            base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        )
        if (unquote_plus(name), unquote_plus(secret)) != (CLIENT, SECRET):
            return HTTPStatus.UNAUTHORIZED, {"error": "invalid_client"}
        given = self.codes.pop(form["code"], None)
        digest = sha256(form["code_verifier"].encode()).digest()
        challenge = _text(digest)
        if (
            given is None
            or given["code_challenge"] != challenge
            or given["redirect_uri"] != form["redirect_uri"]
        ):
            return HTTPStatus.BAD_REQUEST, {"error": "invalid_grant"}
        claims = {**given["person"], "nonce": given["nonce"]}
        return HTTPStatus.OK, {
            "access_token": "of no use",
            "token_type": "Bearer",
            "id_token": self.signed({**claims, **self.wrong.get("claims", {})}),
        }

    def signed(self, claims: JSON) -> str:
        """A token with these claims; one of None is left out."""
        now = int(time.time())
        usual = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300}
        told = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        how = self.wrong.get("signed", "well")
        header: JSON = {"alg": "RS256", "kid": self.key.kid, **self.wrong.get("header", {})}
        match how:
            case "by a stranger":
                return jwt.encode(header, told, RSAKey.generate_key(2048))
            case "with the public key as secret":
                return _with_secret(self.key.as_pem(private=False), header, told)
            case "with a secret":
                return _with_secret(SECRET.encode(), header, told)
            case "not at all":
                return f"{_part({**header, 'alg': 'none'})}.{_part(told)}."
            case "with the other key":
                named = {**header, "alg": "ES256", "kid": self.other.kid}
                return jwt.encode(named, told, self.other)
            case "and changed":
                head, _, tail = jwt.encode(header, told, self.key).split(".")
                return ".".join((head, _part({**told, "sub": "boss"}), tail))
            case _:
                return _by_hand(self.key, header, told)


def _with_secret(secret: bytes, header: JSON, claims: JSON) -> str:
    """A token as the careless take it: with what everybody knows as the secret, say."""
    signed = f"{_part({**header, 'alg': 'HS256'})}.{_part(claims)}"
    return f"{signed}.{_text(hmac.digest(secret, signed.encode(), sha256))}"


def _by_hand(key: RSAKey, header: JSON, claims: JSON) -> str:
    """Signed with RS256 whatever stands in the head; what is None there is left out."""
    head = {name: value for name, value in header.items() if value is not None}
    signed = f"{_part(head)}.{_part(claims)}"
    assert isinstance(key.private_key, RSAPrivateKey)
    return f"{signed}.{_text(key.private_key.sign(signed.encode(), PKCS1v15(), SHA256()))}"


def _part(what: JSON) -> str:
    return _text(json.dumps(what).encode())


def _text(what: bytes) -> str:
    return base64.urlsafe_b64encode(what).decode().rstrip("=")


class Handler(BaseHTTPRequestHandler):
    memory: ClassVar[Memory]

    def do_GET(self) -> None:
        path, query = self._parts()
        match path:
            case "/.well-known/openid-configuration":
                self._say(HTTPStatus.OK, self.memory.description())
            case "/keys":
                self._say(HTTPStatus.OK, self.memory.keys())
            case "/authorize":
                self._lead(self.memory.authorize(query))
            case "/logout":
                self._lead(query["post_logout_redirect_uri"])
            case "/asked":
                self._say(HTTPStatus.OK, self.memory.asked)
            case _:
                self._say(HTTPStatus.NOT_FOUND, {})

    def do_POST(self) -> None:
        path, _ = self._parts()
        if path == "/token":
            form = {name: value[0] for name, value in parse_qs(self._body()).items()}
            self._say(*self.memory.exchange(form, self.headers["Authorization"]))
        else:
            self._say(HTTPStatus.OK, {"token": self.memory.signed(json.loads(self._body()))})

    def do_PUT(self) -> None:
        path, _ = self._parts()
        if path == "/rotate":
            self.memory.rotate()
        elif path == "/wrong":
            self.memory.wrong = json.loads(self._body())
        else:
            self.memory.person = json.loads(self._body())
        self._say(HTTPStatus.OK, {})

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _parts(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        self.memory.asked[parts.path] = self.memory.asked.get(parts.path, 0) + 1
        return parts.path, {name: value[0] for name, value in parse_qs(parts.query).items()}

    def _body(self) -> str:
        return self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()

    def _say(self, status: HTTPStatus, what: JSON) -> None:
        content = json.dumps(what).encode()
        if self.memory.wrong.get("garbled") == urlsplit(self.path).path:
            content = b"<html>not JSON</html>"
        self.send_response(self.memory.wrong.get("status", {}).get(self.path, status))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _lead(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()


def serve(memory: Memory) -> None:
    Handler.memory = memory
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        memory.address = f"http://127.0.0.1:{server.server_port}"
        sys.stdout.write(f"{memory.address}\n")
        sys.stdout.flush()
        server.serve_forever()


class Provider:
    """The provider that can be told to do wrong, as a test speaks to it."""

    def __init__(self, address: str, http: httpx.AsyncClient) -> None:
        self.address = address
        self._http = http

    async def admits(self, **claims: object) -> None:
        """Whoever signs in from now on is this person."""
        await self._http.put("/person", json=claims)

    async def does(self, **wrong: object) -> None:
        """What it does wrong from now on; nothing any more without arguments."""
        await self._http.put("/wrong", json=wrong)

    async def rotates(self) -> None:
        """Its former key is no longer its."""
        await self._http.put("/rotate")

    async def token(self, **claims: object) -> str:
        """A token it signs with these claims, besides iss, aud, iat and exp; None leaves out."""
        return (await self._http.post("/token-of", json=claims)).json()["token"]

    async def asked(self, path: str) -> int:
        """How often it was asked for this."""
        return (await self._http.get("/asked")).json().get(path, 0)


@asynccontextmanager
async def provider() -> AsyncIterator[Provider]:
    """The provider that can be told to do wrong."""
    async with (
        started("tests.support.oidc") as address,
        httpx.AsyncClient(base_url=address, timeout=10) as http,
    ):
        yield Provider(address, http)


@asynccontextmanager
async def mock(*people: JSON) -> AsyncIterator[str]:
    """`oidc_provider_mock`, by others, knowing these people; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    known = [part for person in people for part in ("--user-claims", json.dumps(person))]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "oidc_provider_mock",
        *("--host", "127.0.0.1", "--port", str(port), *known),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await _answers(address)
        yield address
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _answers(address: str) -> None:
    async with asyncio.timeout(30), httpx.AsyncClient() as http:
        while True:
            try:
                await http.get(f"{address}/.well-known/openid-configuration")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return


if __name__ == "__main__":
    serve(Memory())
