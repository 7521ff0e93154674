"""A passage that was found for a question, as the scores of its sentences see it."""

from dataclasses import dataclass

_MONTHS = {
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found for a question.

    Attributes:
        key: names the passage.
        text: of the passage.
        language: of the passage, "it" or "en".
        sentences: its sentences, in order.
        cosine: of the question and the passage.
        sentence_cosines: of the question and each sentence; empty where unknown.
        score: of the retriever, fused.
        lexical: of the question's words in the passage (BM25).
        title: of its article.
        date: of its article, ISO 8601.
    """

    key: str
    text: str
    language: str
    sentences: tuple[str, ...]
    cosine: float
    sentence_cosines: tuple[float, ...]
    score: float
    lexical: float
    title: str = ""
    date: str | None = None

    @property
    def heading(self) -> str:
        """The title and the month of the article, as a reader sees them above the text."""
        return heading(self.title, self.date, self.language)


def heading(title: str, date: str | None, language: str) -> str:
    """Return title and month of an article, as a reader sees them above its text."""
    year, _, rest = (date or "").partition("-")
    month = _MONTHS[language][int(rest[:2]) - 1] if rest[:2].isdigit() and 0 < int(rest[:2]) <= 12 else ""
    return " ".join(part for part in (title, month, year) if part)
