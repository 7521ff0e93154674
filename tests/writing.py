"""A bot with a model that writes what a test tells it to, and the contract that every answer of it keeps."""

import re

from talking import Talker

from bot.chat import Bot
from bot.datamodels import Verdict
from bot.events import Said
from prompts import load

GIFTS = "What did Putin give Kim?"
REGALI = "Cosa ha regalato Putin a Kim?"
TRUE = "Putin gave Kim an Aurus limousine, a tea set and an admiral's dagger, according to Ushakov"
VERO = "Secondo Ushakov, Putin ha regalato a Kim un'Aurus, un servizio da tè e un pugnale da ammiraglio"


def speaking(bot, *replies, **kind):
    """The bot over the dossier with a model that writes these replies."""
    talker = Talker(*replies, **kind)
    return Bot(bot._library, talker), talker


def holds(bot, answer):
    """The contract: every quote stands where its citation says; every sentence of a model is supported and cited."""
    for citation in (*answer.citations, *answer.nearest):
        assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    order = [n for statement in answer.statements for n in statement.citations]
    assert list(dict.fromkeys(order)) == [c.n for c in answer.citations]
    frames = {load(f"frame.{name}", answer.language).text.split("$")[0] for name in ("differ", "partly", "original")}
    for statement in answer.statements:
        if statement.citations and statement.verdict is not None:
            assert statement.verdict is Verdict.SUPPORTED and not statement.reasons
        elif not statement.citations:
            assert answer.state.silent or any(statement.text.startswith(frame) for frame in frames)
    markers = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    assert markers == {c.n for c in answer.citations} or answer.model == "extractive"


def shown(events):
    return " ".join(event.statement.text for event in events if isinstance(event, Said))
