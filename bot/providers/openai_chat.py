"""Language models of OpenAI, or of any server that speaks its language (OPENAI_BASE_URL). Knows no prompt.

OpenAI is asked by Responses or Chat Completions, as `langchain-openai` prefers for the model; other servers by Chat
Completions, which all of them have. Retries are the client's own: two more attempts on 408, 409, 429, 5xx and lost
connections, with a backoff or after `Retry-After`; none once the answer has begun.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI

from bot.providers.access import Access
from bot.providers.model import Model
from bot.providers.openai_errors import explain
from bot.settings import Settings
from bot.usage import FREE, Budget, Price, price_of

_RETRIES = 2
_CONNECT = 10.0
# What a model thinks before it writes counts as written; with little effort it stays well below this.
_THOUGHTS = 2048


class OpenAIModel(Model):
    """A model behind OpenAI's interface.

    Args:
        model: such as `gpt-6-luna`; on a server of one's own, as the server calls it.
        access: where it is, and the key.
        settings: timeouts, limits and prices.
        budget: that it spends from; one of its own by the settings, if None.

    Raises:
        SettingsError: the user's own table of prices cannot be read.
    """

    def __init__(self, model: str, access: Access, settings: Settings, budget: Budget | None = None) -> None:
        chat = _chat(model, access, settings.model_timeout)
        profile = chat.profile or {}
        super().__init__(
            f"openai:{model}",
            chat,
            (profile.get("max_input_tokens") if access.official else None) or settings.context_window,
            _price(model, access, settings),
            budget or Budget(settings.max_cost or None, Budget(settings.max_cost_all or settings.max_cost or None)),
            settings.model_timeout,
            partial(_options, profile, access.official),
            partial(explain, model=model, key=access.key),
        )


def _price(model: str, access: Access, settings: Settings) -> Price | None:
    own = price_of(model, settings.prices) if access.official or settings.prices else None
    return own or (FREE if access.local else None)


def _options(profile: Mapping[str, Any], official: bool, max_tokens: int) -> Mapping[str, Any]:
    """Return the options of a call: servers other than OpenAI's mostly know the older name of the limit only."""
    if profile.get("reasoning_output"):
        # Low effort is enough to say what sources say.
        effort = {"reasoning_effort": "low"} if "low" in profile.get("reasoning_effort_levels", ()) else {}
        return {"max_completion_tokens": max_tokens + _THOUGHTS, **effort}
    if official:
        # What sources say is to be said, not made up; but a model that is not known here may not take a temperature.
        return {"max_completion_tokens": max_tokens, **({"temperature": 0} if profile.get("temperature") else {})}
    return {"extra_body": {"max_tokens": max_tokens}, "temperature": 0}


def _chat(model: str, access: Access, timeout: float) -> ChatOpenAI:
    import httpx

    patience = httpx.Timeout(timeout, connect=_CONNECT)
    # An answer takes seconds, so that a connection kept for the next one is worth little; and what a session made for
    # its own key leaves nothing open behind it.
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=0)
    return _Chat(
        model=model,
        api_key=access.key,
        base_url=access.base_url,
        use_responses_api=None if access.official else False,
        # The answer is kept by nobody; Chat Completions keeps none unless it is told to.
        store=False if access.official else None,
        stream_usage=True,
        max_retries=_RETRIES,
        timeout=patience,
        http_async_client=httpx.AsyncClient(timeout=patience, limits=limits, follow_redirects=True),
        stream_chunk_timeout=None,
    )


class _Chat(ChatOpenAI):
    """LangChain's client, which drops the refusals that Chat Completions streams: here they are kept."""

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        choices = chunk.get("choices") or []
        if made is not None and any((choice.get("delta") or {}).get("refusal") for choice in choices):
            made.message.additional_kwargs["refusal"] = True
        return made
