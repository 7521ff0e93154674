"""The gate: what every request passes before anything else sees it, in every door, and what every response carries.

A request is answered here, or refused, when it asks for the server's health, comes by a name or from a page that is not
ours, asks for something that the page does not need, comes from nobody who is known, too often, or is too large.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.page.accounts import CHALLENGE, Accounts
from bot.page.journal import Journal
from bot.page.limits import Limit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's components need inline scripts and styles, and gr.HTML compiles its templates. All else is ours alone: a
# browser that keeps to this cannot load, send or embed anything from anywhere else.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"x-dns-prefetch-control", b"off"),
]
HEALTH = "/healthz"
# What the page and programs need of Gradio. It has more: files by their path, pages through a proxy, recordings,
# monitoring, an editor, and the page's own listeners by their names, private or not. None of it is reached.
_OPEN = re.compile(
    r"/(?:|config/?|theme\.css|favicon\.ico|robots\.txt|manifest\.json|(?:assets|static|svelte)/.+|mcp"
    r"|gradio_api/(?:info/?|openapi\.json|app_id/?|login_check/?|startup-events|heartbeat/[\w-]+|theme\.css"
    r"|queue/(?:join|data|status)|call/(?:v2/)?(?:ask|search|summarize|sources)(?:/\w+)?|run/predict/?|cancel|reset/?|upload|upload_progress))",
    re.ASCII,
)
_FILES = ("/assets/", "/static/", "/svelte/")
_LOOPBACK = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?", re.ASCII)
_CALL = 1_000_000  # bytes of a request beside what a visitor may paste or send
_GUESSES = 10  # wrong passwords a minute from one address


@dataclass(frozen=True, slots=True)
class Rules:
    """What a gate lets through.

    Attributes:
        loopback: whether only names of this machine are served; another one in a request is an attack on it.
        accounts: of those who may come in; everybody, if None.
        most: bytes of a request.
        ready: whether questions can be answered.
        crowded: whether what was uploaded and not read yet takes too much room.
        rate: requests that change or ask something, for each visitor.
    """

    loopback: bool = True
    accounts: Accounts | None = None
    most: int = 2 * 20_000_000 + _CALL
    ready: Callable[[], bool] = lambda: True
    crowded: Callable[[], bool] = lambda: False
    rate: Limit = field(default_factory=lambda: Limit(600))


class _TooLarge(Exception):
    """A request went on past what was allowed."""


class Gate:
    """Middleware, the outermost one.

    Args:
        app: what is behind.
        rules: what is let through.
        journal: told of every request.
    """

    def __init__(self, app: "ASGIApp", rules: Rules, journal: Journal) -> None:
        self._app = app
        self._rules = rules
        self._journal = journal
        self._guesses = Limit(_GUESSES)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer, refuse or pass on a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 0

        async def sent(message: "Message") -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        try:
            await self._passed(scope, receive, sent)
        finally:
            if status >= 400 or not scope["path"].startswith(_FILES):
                took = round(1000 * (time.perf_counter() - started), 1)
                self._journal.write("request", method=scope["method"], path=_route(scope), status=status, ms=took)

    async def _passed(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        if scope["path"] == HEALTH:
            ready = self._rules.ready()
            await _answered(send, 200 if ready else 503, {"status": "ready" if ready else "not ready"})
            return
        refusal = self._refused(scope, headers) or await self._unknown(scope, headers)
        if refusal is None and scope["method"] == "POST" and not self._rules.rate.take(_visitor(scope)):
            refusal = (429, "Too many requests. Try again in a minute.", [(b"retry-after", b"60")])
        if refusal is not None:
            status, why, extra = refusal
            await _answered(send, status, {"detail": why}, extra)
            return
        await self._bounded(scope, receive, send)

    def _refused(self, scope: "Scope", headers: dict[bytes, bytes]) -> "_Refusal | None":
        host = headers.get(b"host", b"").decode("latin-1")
        if self._rules.loopback and not _LOOPBACK.fullmatch(host):
            # A page elsewhere whose name was made to lead here.
            return 421, "This server answers to names of its own machine only.", []
        if not _OPEN.fullmatch(scope["path"]):
            return 404, "There is nothing here.", []
        origin = headers.get(b"origin", b"").decode("latin-1")
        ours = {host, headers.get(b"x-forwarded-host", b"").decode("latin-1")} - {""}
        if origin and origin.partition("://")[2] not in ours:
            return 403, "Other sites may not use this one.", []
        declared = headers.get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self._rules.most:
            return 413, "That is too large.", []
        if scope["path"].endswith("/upload") and self._rules.crowded():
            return 503, "Too much was sent and not read yet. Try again in a moment.", [(b"retry-after", b"10")]
        return None

    async def _unknown(self, scope: "Scope", headers: dict[bytes, bytes]) -> "_Refusal | None":
        """Find out who is there; a refusal if it is nobody who may come in."""
        accounts = self._rules.accounts
        if accounts is None:
            return None
        header = headers.get(b"authorization", b"")
        name = accounts.known(header)
        if name is None and header:
            from anyio.to_thread import run_sync

            if not self._guesses.take(_address(scope)):
                return 429, "Too many wrong passwords. Try again in a minute.", [(b"retry-after", b"60")]
            name = await run_sync(accounts.named, header)
            if name is not None:
                self._guesses.give_back(_address(scope))
        if name is None:
            return 401, "Name and password are needed.", [(b"www-authenticate", CHALLENGE)]
        scope["ponte.account"] = name
        return None

    async def _bounded(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, whose body ends where it gets too large."""
        read, begun = 0, False

        async def received() -> "Message":
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._rules.most:
                raise _TooLarge
            return message

        async def sent(message: "Message") -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, received, sent)
        except _TooLarge:
            if not begun:
                await _answered(send, 413, {"detail": "That is too large."})


_Refusal = tuple[int, str, list[tuple[bytes, bytes]]]


def _address(scope: "Scope") -> str:
    return str((scope.get("client") or ("",))[0])


def _visitor(scope: "Scope") -> str:
    return f"{scope.get('ponte.account', '')}@{_address(scope)}"


def _route(scope: "Scope") -> str:
    """Return which of our paths was asked for, without what may tell who asked; "other" for all the rest."""
    path = str(scope["path"])
    if path != HEALTH and not _OPEN.fullmatch(path):
        return "other"
    return "/".join(path.split("/")[: 4 if re.search("/(?:call|queue)/", path) else 3])[:60]


async def _answered(
    send: "Send", status: int, content: dict[str, str], extra: list[tuple[bytes, bytes]] | None = None
) -> None:
    body = json.dumps(content).encode()
    headers = [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"), *(extra or []),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
