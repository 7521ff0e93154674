"""Asking a model in a test: heard to its end, or until it fails; in a loop of one's own."""

import asyncio
import threading

import pytest
from langchain_core.messages import HumanMessage, SystemMessage

from bot.datamodels import Usage
from bot.errors import ModelError
from bot.settings import Settings

QUESTION = [SystemMessage("Rispondi."), HumanMessage("Chi ha vinto?")]
LONG = "parola " * 400


def settings(tmp_path, **given):
    return Settings(home=tmp_path, **given)


def heard(model, messages=QUESTION, **given):
    *pieces, usage = model.stream(messages, **given)
    assert all(isinstance(piece, str) and piece for piece in pieces) and isinstance(usage, Usage)
    return "".join(pieces), usage


def failure(model, messages=QUESTION, **given):
    pieces = []
    with pytest.raises(ModelError) as caught:
        for piece in model.stream(messages, **given):
            pieces.append(piece)
    assert all(isinstance(piece, str) for piece in pieces)
    assert "\n" not in str(caught.value) and caught.value.message and len(str(caught.value)) < 400
    return caught.value, "".join(pieces)


def in_thread(coroutine):
    """Run a coroutine in a loop of its own: Playwright may have left one running here."""
    results = []

    def run():
        try:
            results.append((asyncio.run(coroutine()), None))
        except BaseException as error:
            results.append((None, error))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    value, error = results[0]
    if error is not None:
        raise error
    return value
