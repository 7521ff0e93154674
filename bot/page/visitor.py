"""Who a visitor is: the name that they logged in with, or a token in a cookie that nobody can guess.

The cookie cannot be read by scripts and is not sent by other sites. What is kept under it is kept under its hash, so
that whoever reads the files cannot pass for the visitor. Knows nothing of what is kept.
"""

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "ponte_visitor"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_YEAR = 365 * 86_400


class Recognised:
    """Middleware that gives every browser that opens the page a token of its own, for a year from the last visit."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        token = _token(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")) or secrets.token_urlsafe(32)
        secure = "; Secure" if scope["scheme"] == "https" else ""
        cookie = f"{COOKIE}={token}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax{secure}"

        async def send_with_cookie(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (b"set-cookie", cookie.encode())]
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def owner(request: "gr.Request") -> str:
    """Return under which name a visitor's conversations are kept; empty for one who has none, such as a program."""
    if request.username:
        return _hash(f"user {request.username}")
    token = _token(str(request.headers.get("cookie") or ""))
    return _hash(f"visitor {token}") if token else ""


def _token(cookies: str) -> str:
    """Return the token among a browser's cookies; empty if there is none, or one that we did not make."""
    for cookie in cookies.split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == COOKIE and _TOKEN.fullmatch(value):
            return value
    return ""


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
