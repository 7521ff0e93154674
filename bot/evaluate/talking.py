"""A language model asked for one reply: found by its name, given prompts, heard to the end.

Knows nothing of what the reply is for.
"""

import json
from typing import Any

from bot import providers
from bot.answer.speaker import Speaker
from bot.datamodels import Usage
from bot.errors import EvaluationError
from bot.thoughts import aloud
from prompts import load


def told(model: Speaker, name: str, language: str, max_tokens: int = 1024, **values: str) -> tuple[str, Usage]:
    """Return what a model says aloud to the prompts `name.system` and `name.user`, and what it took.

    Args:
        model: that is asked.
        name: of the prompts.
        language: of the prompts, "it" or "en".
        max_tokens: of the reply.
        values: variables of `name.user`.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    user = load(f"{name}.user", language).fill(**values)
    messages = [SystemMessage(load(f"{name}.system", language).fill()), HumanMessage(user)]
    pieces: list[str] = []
    usage = Usage()
    for piece in model.stream(messages, max_tokens=max_tokens):
        if isinstance(piece, str):
            pieces.append(piece)
        else:
            usage += piece
    return aloud("".join(pieces)), usage


def enclosed(value: Any) -> str:
    """Return a value that comes from outside as one line of JSON, which no text inside it can end."""
    return json.dumps(value, ensure_ascii=False)


def named(name: str) -> Speaker:
    """Return a model by its name, `provider:model`.

    Raises:
        SettingsError: there is no such provider, or it lacks what it needs.
        EvaluationError: the name is not that of a language model.
    """
    model = providers.make_model(name)
    if model is None:
        raise EvaluationError(f"“{name}” is no language model.", "Name one, as openai:MODEL, or leave it out.")
    return model
