"""Serving a page on an address: the socket, the gate, the end. Knows nothing of what the page shows.

Gradio's own launcher looks for another port when one is taken, prints banners and asks itself over HTTP whether it has
started; here the socket is bound first, so that a port is either ours or an error, and port 0 is any free one.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError
from bot.page.gate import Gate, Rules
from bot.page.journal import Journal
from bot.page.visitor import Recognised

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI
    from starlette.routing import BaseRoute

_PATIENCE = 3  # seconds that answers in the making have to end, once told to


def application(
    blocks: "gr.Blocks",
    rules: Rules,
    journal: Journal,
    routes: "Sequence[BaseRoute]" = (),
    running: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    max_upload_mb: int = 20,
    **look: Any,
) -> "FastAPI":
    """Return the web application around a page.

    Args:
        blocks: the page.
        rules: of its gate.
        journal: told of every request.
        routes: that go before the page's own.
        running: a context that is open while the application runs.
        max_upload_mb: of one file that is sent.
        look: theme, css, head and the like, as `gr.mount_gradio_app` takes them.
    """
    import gradio as gr
    from fastapi import FastAPI

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running():
            yield

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.add_middleware(Recognised)
    app.add_middleware(Gate, rules, journal)
    app.router.routes.extend(routes)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=f"{max_upload_mb}mb",
        allowed_paths=[],
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        # Who comes this far has an account, if accounts are asked for.
        auth_dependency=None if rules.accounts is None else lambda request: request.scope.get("ponte.account"),
        **look,
    )
    return mounted


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address.

    Args:
        host: a name or an address.
        port: 0 for any free one.

    Raises:
        SettingsError: the port is taken or out of range, or the host is not of this machine.
    """
    if not 0 <= port <= 65535:
        raise SettingsError(f"{port} is no port.", "It has to be a number from 0 to 65535; 0 takes any free one.")
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=128)
    except PermissionError:
        fix = "Choose one above 1023: --port 7860"
        raise SettingsError(f"Port {port} needs rights that you do not have.", fix) from None
    except socket.gaierror:
        fix = "Choose one of this machine, such as --host 127.0.0.1"
        raise SettingsError(f"“{host}” is no address.", fix) from None
    except OSError as error:
        if port and _taken(host, port):
            fix = f"Choose another (--port {port + 1 if port < 65535 else port - 1}), or --port 0 for any free one."
            raise SettingsError(f"Port {port} is in use.", fix) from None
        reason = error.strerror or str(error)
        raise SettingsError(f"The page cannot be served on {host}: {reason}.", "Try --host 127.0.0.1") from None


def loopback(listener: socket.socket) -> bool:
    """Say whether a socket can be reached from its own machine only."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _taken(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def address(host: str, port: int) -> str:
    """Return what to type into a browser to reach a page served on an address."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{reachable}:{port}"


def run(app: "FastAPI", listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until interrupted.

    Args:
        app: what to serve, as `application` returns it.
        listener: as `bound` returns it; closed at the end.
        ready: called once requests are answered.
    """
    import uvicorn
    from starlette.routing import Mount

    pages = [route.app for route in app.routes if isinstance(route, Mount)]

    class Server(uvicorn.Server):
        ending = False

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Every open page keeps a stream open; told to, Gradio ends them. Answers in the making may be cut off.
            self.ending = True
            for page in pages:
                page.stop_event.set()  # type: ignore[attr-defined]
            await super().shutdown(sockets=sockets)

    quiet: dict[str, Any] = {"log_level": "warning", "access_log": False, "server_header": False}
    config = uvicorn.Config(app, timeout_graceful_shutdown=_PATIENCE, **quiet)
    server = Server(config)
    errors = logging.getLogger("uvicorn.error")

    def told(record: logging.LogRecord) -> bool:
        """Drop the traces of streams that the end cut off: whoever pressed Ctrl-C asked for that."""
        cause = record.exc_info[1] if record.exc_info else None
        return not (server.ending and (isinstance(cause, asyncio.CancelledError) or "Cancel %s" in str(record.msg)))

    errors.addFilter(told)
    with listener:
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            return
        finally:
            errors.removeFilter(told)
