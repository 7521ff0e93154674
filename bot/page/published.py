"""The endpoints as Gradio's API has them: typed, documented, their errors in words. Knows no page."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.errors import BotError
from bot.page.journal import Journal
from bot.page.schema import Described

if TYPE_CHECKING:
    import gradio as gr

UNEXPECTED = "Something unexpected went wrong. Try again; if it happens again, the server's log has the details."


def publish(endpoints: list[Described], blocks: "gr.Blocks", journal: Journal, **queued: Any) -> None:
    """Make every endpoint one of Gradio's API, inside a `gr.Blocks` that is open.

    Args:
        endpoints: what programs may call.
        blocks: the page.
        journal: told of every call.
        queued: how many at once, as `gr.api` takes it.
    """
    from gradio.events import api

    for endpoint in endpoints:
        made = api(_called(endpoint, journal), api_name=endpoint.name, api_description=endpoint.text, **queued)
        _typed(blocks.fns[made["id"]], endpoint)


def _called(endpoint: Described, journal: Journal) -> Callable[..., Any]:
    import gradio as gr

    @functools.wraps(endpoint.function)
    def call(*values: Any) -> Any:
        # A program that leaves an argument out gets its default from Gradio's client.
        given = dict(zip(endpoint.arguments, values, strict=False))
        try:
            with journal.timed(endpoint.name, door="api"):
                return endpoint.call(given)
        except BotError as error:
            raise gr.Error(str(error), print_exception=False) from None
        except Exception as error:
            journal.failed(error)
            raise gr.Error(UNEXPECTED, print_exception=False) from None

    return call


def _typed(function: Any, endpoint: Described) -> None:
    """Give Gradio the schemas of an endpoint; by itself it reads nothing richer than a list off a function."""
    for part, (name, schema) in zip(function.inputs, endpoint.arguments.items(), strict=True):
        part.label = name
        part._api_info = schema | {"additional_description": schema["description"]}
    for part in function.outputs:
        part.label = endpoint.name
        part._api_info = endpoint.result
