"""The endpoints as tools of the Model Context Protocol, over its streamable HTTP, for assistants and their like.

Gradio has such a door as well; it calls the page back over HTTP, at an address that it takes from the caller's own
headers, and gives results no schema. Here the functions are called where they are.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.errors import BotError
from bot.page.journal import Journal
from bot.page.published import UNEXPECTED
from bot.page.schema import Described

if TYPE_CHECKING:
    from mcp_types import CallToolResult, Tool
    from starlette.routing import BaseRoute

PATH = "/mcp"
_LARGEST = 256 * 1024  # bytes of a call
_WAITING = 64
_ABOUT = (
    "Ponte answers questions about a dossier of news articles in Italian and English. Every sentence of an answer or "
    "summary is backed by citations; a citation's quote stands word for word in its article, from start to end. Where "
    "the state is not_in_sources or off_topic the dossier does not answer: say so, and do not fill the gap."
)


class Tools:
    """A server of tools.

    Args:
        endpoints: what programs may call.
        journal: told of every call.
        at_once: calls that are answered at the same time; more wait, and too many are refused.
    """

    def __init__(self, endpoints: list[Described], journal: Journal, at_once: int = 4) -> None:
        from mcp.server.lowlevel import Server
        from mcp.server.transport_security import TransportSecuritySettings

        self._endpoints = {endpoint.name: endpoint for endpoint in endpoints}
        self._journal = journal
        self._at_once = at_once
        self._limiter: Any = None
        self._server: Any = Server(
            "ponte", title="Ponte", instructions=_ABOUT, on_list_tools=self._list, on_call_tool=self._call
        )
        app = self._server.streamable_http_app(
            streamable_http_path=PATH, stateless_http=True, json_response=True, max_request_body_size=_LARGEST,
            # Hosts and origins are checked at the gate, for every door.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )  # fmt: skip
        self.routes: list[BaseRoute] = list(app.routes)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Be the context in which calls are answered; a server enters it once."""
        from anyio import CapacityLimiter

        self._limiter = CapacityLimiter(self._at_once)
        async with self._server.session_manager.run():
            yield

    async def _list(self, _: Any, __: Any) -> Any:
        from mcp_types import ListToolsResult

        return ListToolsResult(tools=[_tool(endpoint) for endpoint in self._endpoints.values()])

    async def _call(self, _: Any, asked: Any) -> "CallToolResult":
        from anyio.to_thread import run_sync

        endpoint = self._endpoints.get(asked.name)
        if endpoint is None:
            return _failed(f"There is no such tool. There are: {', '.join(self._endpoints)}.")
        if self._limiter.statistics().tasks_waiting >= _WAITING:
            return _failed("Too many are asking at once. Try again in a moment.")
        try:
            with self._journal.timed(endpoint.name, door="mcp"):
                return _told(await run_sync(endpoint.call, asked.arguments or {}, limiter=self._limiter))
        except BotError as error:
            return _failed(str(error))
        except Exception as error:
            self._journal.failed(error)
            return _failed(UNEXPECTED)


def _tool(endpoint: Described) -> "Tool":
    from mcp_types import Tool, ToolAnnotations

    return Tool(
        name=endpoint.name, description=endpoint.text, input_schema=endpoint.accepts,
        output_schema=_object(endpoint.result),
        annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
    )  # fmt: skip


def _object(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list as that of an object that holds it, for there a result has to be an object."""
    if schema["type"] == "object":
        return schema
    defined = {"$defs": schema["$defs"]} if "$defs" in schema else {}
    held = {name: value for name, value in schema.items() if name != "$defs"}
    return {"type": "object", "properties": {"result": held}, "required": ["result"], **defined}


def _told(found: Any) -> "CallToolResult":
    from mcp_types import CallToolResult, TextContent

    text = json.dumps(found, ensure_ascii=False)
    held = {"result": found} if isinstance(found, list) else json.loads(text)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=held)


def _failed(why: str) -> "CallToolResult":
    from mcp_types import CallToolResult, TextContent

    return CallToolResult(content=[TextContent(type="text", text=why)], is_error=True)
