"""Ponte's retriever as LangChain's `BaseRetriever`, for chains of others. Knows hits and documents, nothing of answers.

`PonteRetriever(bot=Bot.open(), k=4).invoke("Chi ha posto il veto?")` returns documents.
"""

from typing import Literal

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from bot.chat import Bot
from bot.datamodels import Hit


class PonteRetriever(BaseRetriever):
    """Finds passages of both languages for a question in either.

    Attributes:
        bot: open, over the index to be searched.
        k: how many passages at most.
        language: "it" or "en" of the questions; told from each, if None.
        articles: ids of the only articles to search; all, if None.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    bot: Bot
    k: int = Field(default=8, ge=1, le=1000)
    language: Literal["it", "en"] | None = None
    articles: tuple[str, ...] | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [_document(hit) for hit in self.bot.search(query, self.k, self.language, self.articles)]


def _document(hit: Hit) -> Document:
    """Return a hit as a document: `article.text[start:end] == page_content`."""
    chunk, article = hit.passage.chunk, hit.article
    return Document(
        id=hit.passage.key,
        page_content=hit.text,
        metadata={
            "article_id": article.id,
            "title": article.title,
            "date": article.date,
            "source": article.source,
            "language": chunk.language,
            "start": chunk.start,
            "end": chunk.end,
            "score": hit.score,
            "copies": [
                {"article_id": copy.article.id, "start": copy.passage.chunk.start, "end": copy.passage.chunk.end}
                for copy in hit.copies
            ],
        },
    )
