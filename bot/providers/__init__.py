"""Models by name, `provider:model`, made when they are asked for. Knows names; each provider has a file of its own."""

from functools import cache

from bot.errors import SettingsError
from index.store import Embedder


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
