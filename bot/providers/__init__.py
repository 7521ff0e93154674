"""Models by name, `provider:model`, made when they are asked for. Knows names; each provider has a file of its own."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.settings import Settings
from index.store import Embedder

if TYPE_CHECKING:
    from bot.providers.model import Model

EXTRACTIVE = "extractive"
# Asked where a key is set and nothing else is said: the small one of the newest family that OpenAI sells.
DEFAULT_MODEL = "openai:gpt-6-luna"


def make_model(name: str, settings: Settings | None = None, key: str | None = None) -> "Model | None":
    """Make a language model.

    Args:
        name: `openai:MODEL`: OpenAI, or the compatible server that OPENAI_BASE_URL names. `scripted:FILE`: replies from
            a file. `extractive`: none. "": what `default_model` says.
        settings: timeouts and limits; from the environment, if None.
        key: given by the user of a page for this session; OPENAI_API_KEY, if None.

    Returns:
        The model, with a budget of its own; None for `extractive`.

    Raises:
        SettingsError: the name is unknown, its key is missing, or its file is not there.
    """
    provider, _, model = (name or default_model(key=key)).partition(":")
    if provider == EXTRACTIVE and not model:
        return None
    if provider == "openai" and model:
        from bot.providers.access import find_access
        from bot.providers.openai_chat import OpenAIModel

        return OpenAIModel(model, find_access(key), settings or Settings.from_environment())
    if provider == "scripted" and model:
        from bot.providers.scripted import ScriptedModel, read_script

        return ScriptedModel(read_script(Path(model)), Path(model).name)
    raise SettingsError(f"“{name}” is no model.", "Use `extractive`, `openai:MODEL` or `scripted:FILE`.")


def default_model(environment: Mapping[str, str] = os.environ, key: str | None = None) -> str:
    """Return the name of the model where none is named: OpenAI's with a key for it, else `extractive`.

    At a server of one's own it cannot be guessed which model there is.
    """
    official = urlsplit(environment.get("OPENAI_BASE_URL", "")).hostname in (None, "api.openai.com")
    return DEFAULT_MODEL if official and (key or environment.get("OPENAI_API_KEY", "").strip()) else EXTRACTIVE


def make_embedder(name: str) -> Embedder:
    """Make an embedder.

    Args:
        name: `embedded`: the model inside Ponte's own packages, no network. `openai:MODEL`: OpenAI, or the compatible
            server that OPENAI_BASE_URL names.

    Raises:
        SettingsError: the name is unknown, or its key is missing.
    """
    provider, _, model = name.partition(":")
    if provider == "embedded" and not model:
        return _embedded()
    if provider == "openai" and model:
        from bot.providers.openai import OpenAIEmbedder

        return OpenAIEmbedder(model)
    raise SettingsError(f"“{name}” is no embedding model.", "Use `embedded`, or `openai:MODEL`.")


@cache
def _embedded() -> Embedder:
    """Return the embedded model; one a process, however many bots there are."""
    from index.embed import EmbeddedEmbeddings

    return EmbeddedEmbeddings()
