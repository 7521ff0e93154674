"""What exported documents say around questions, answers and quotes, in Italian and in English. Values only."""

from dataclasses import dataclass

from bot.datamodels import Citation, Verdict
from bot.records import Exchange
from bot.strings import known


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of a document."""

    from_ponte: str
    contents: str
    quotes: str
    nearest: str
    back: str
    stopped: str
    changed: str
    removed: str
    own: str
    partly: str
    unsupported: str
    place: str
    quote: str

    def status(self, exchange: Exchange, citation: Citation) -> str:
        """Return what is to be known of a quote: what became of its article, or that only the reader has it."""
        if citation.article_id in exchange.own:
            return self.own
        if citation in exchange.removed:
            return self.removed
        return self.changed if citation in exchange.changed else ""

    def verdict(self, verdict: Verdict | None) -> str:
        """Return what is said of a sentence that its quotes do not bear out, or not wholly; else nothing."""
        return {Verdict.PARTLY: self.partly, Verdict.UNSUPPORTED: self.unsupported}.get(verdict, "") if verdict else ""


_WORDS = {
    "it": Words(
        from_ponte="Conversazione con Ponte: ogni frase ha la sua citazione, parola per parola.",
        contents="Domande",
        quotes="Citazioni",
        nearest="Il passaggio più vicino",
        back="Torna alla frase",
        stopped="Risposta interrotta.",
        changed="L’articolo è cambiato dopo la risposta: la citazione è com’era allora.",
        removed="L’articolo non c’è più: la citazione è com’era allora.",
        own="Da un articolo che aveva aggiunto chi ha fatto la domanda.",
        partly="Confermata in parte",
        unsupported="Non confermata",
        place="{id}, caratteri {start}–{end}",
        quote="Citazione {n}",
    ),
    "en": Words(
        from_ponte="A conversation with Ponte: every sentence has its quote, word for word.",
        contents="Questions",
        quotes="Quotes",
        nearest="The nearest passage",
        back="Back to the sentence",
        stopped="Answer stopped.",
        changed="The article has changed since the answer: the quote is as it was then.",
        removed="The article is no longer there: the quote is as it was then.",
        own="From an article that was added by whoever asked the question.",
        partly="Borne out in part",
        unsupported="Not borne out",
        place="{id}, characters {start}–{end}",
        quote="Quote {n}",
    ),
}


def words(language: str) -> Words:
    """Return the labels in a language; English if it is neither of the two."""
    return _WORDS[known(language)]


def about(citation: Citation) -> str:
    """Return who published a quoted article and when, as it is known."""
    return ", ".join(part for part in (citation.source, citation.date) if part)
