"""The retriever in somebody else's chain: LangChain's own interface, batch and async included."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from bot.errors import QuestionError
from bot.langchain import PonteRetriever


def test_documents_are_the_hits_and_slice_back(bot):
    retriever = PonteRetriever(bot=bot, k=5)
    documents = retriever.invoke("Chi ha posto il veto nel marzo 2024?")
    hits = bot.search("Chi ha posto il veto nel marzo 2024?", 5)
    assert [document.id for document in documents] == [hit.passage.key for hit in hits] and len(documents) == 5
    for document in documents:
        where = document.metadata
        text = bot.article(where["article_id"]).text
        assert text[where["start"] : where["end"]] == document.page_content
    assert {document.metadata["language"] for document in documents} == {"it", "en"}


def test_in_a_chain_in_a_batch_and_async(bot):
    only = bot.articles()[0].id
    retriever = PonteRetriever(bot=bot, k=3, articles=(only,))
    chain = retriever | RunnableLambda(lambda documents: {d.metadata["article_id"] for d in documents})
    assert chain.invoke("Che cosa è successo?") == {only}
    one, two = retriever.batch(["Putin", "Kim Jong Un"])
    assert 1 <= len(one) <= 3 and 1 <= len(two) <= 3
    # In a thread of its own: the browser tests may have left a running loop in this one.
    with ThreadPoolExecutor(1) as thread:
        later = thread.submit(lambda: asyncio.run(retriever.ainvoke("Putin"))).result()
    assert [d.id for d in later] == [d.id for d in one]


def test_bad_input_is_told(bot):
    with pytest.raises(QuestionError):
        PonteRetriever(bot=bot).invoke("  ")
    with pytest.raises(ValidationError):
        PonteRetriever(bot=bot, k=0)
