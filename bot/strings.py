"""Every visible label of the page, and those that the command line shares, in Italian and in English. Values only.

The tables are frozen dataclasses, so that a label that one language lacks is an error before anything runs. What is
said around quotes is not here: it stands in `prompts/`. Labels with `{fields}` are filled by `str.format`.
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["it", "en"]
LANGUAGES: tuple[Language, ...] = ("it", "en")


@dataclass(frozen=True, slots=True)
class Common:
    """What every door says: languages, dates, states of an answer."""

    languages: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    on_day: str
    in_month: str
    undated: str
    partly: str
    not_in_sources: str
    off_topic: str
    missing: str
    understood: str
    sources: str
    nearest: str
    articles_one: str
    articles_many: str

    def language(self, code: str) -> str:
        """Return the name of a language, or its code when it has none here."""
        return dict(self.languages).get(code, code)

    def date(self, iso: str | None) -> str:
        """Return an ISO date (day, month or year) as people write it; one that is none comes back as it is."""
        if not iso:
            return self.undated
        year, *rest = iso.split("-")
        if not all(part.isdecimal() for part in (year, *rest)) or not rest:
            return iso
        if not 1 <= int(rest[0]) <= 12:
            return iso
        month = self.months[int(rest[0]) - 1]
        if len(rest) == 1:
            return self.in_month.format(month=month, year=year)
        return self.on_day.format(day=int(rest[1]), month=month, year=year)

    def articles(self, count: int) -> str:
        """Return how many articles there are, in words that fit the number."""
        return (self.articles_one if count == 1 else self.articles_many).format(n=count)


@dataclass(frozen=True, slots=True)
class Page:
    """What the page says."""

    title: str
    tagline: str
    skip: str
    language_switch: str
    chat: str
    question: str
    placeholder: str
    ask: str
    stop: str
    retry: str
    undo: str
    clear: str
    welcome: str
    welcome_text: str
    examples_title: str
    examples: tuple[str, ...]
    searching: str
    reading: str
    waiting: str
    crowded: str
    stopped: str
    chip: str
    original: str
    open_nearest: str
    panel: str
    open_panel: str
    close: str
    all_articles: str
    article_list: str
    no_articles: str
    facts_from: str
    previous: str
    next: str
    position: str
    nearest_position: str
    changed: str
    gone: str
    no_article: str
    error: str
    unexpected: str
    too_long: str
    errors: tuple[tuple[str, str], ...]

    def problem(self, kind: str) -> str:
        """Return what an error of that class means to a visitor."""
        return dict(self.errors).get(kind, self.unexpected)


_COMMON: dict[Language, Common] = {
    "it": Common(
        languages=(("it", "italiano"), ("en", "inglese")),
        months=tuple(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
        ),
        on_day="{day} {month} {year}",
        in_month="{month} {year}",
        undated="senza data",
        partly="Risposta parziale",
        not_in_sources="Le fonti non lo dicono",
        off_topic="Fuori dal dossier",
        missing="Nelle fonti manca: {missing}",
        understood="Domanda intesa così: {question}",
        sources="Fonti",
        nearest="Il passaggio più vicino",
        articles_one="{n} articolo",
        articles_many="{n} articoli",
    ),
    "en": Common(
        languages=(("it", "Italian"), ("en", "English")),
        months=tuple("January February March April May June July August September October November December".split()),
        on_day="{day} {month} {year}",
        in_month="{month} {year}",
        undated="undated",
        partly="Partial answer",
        not_in_sources="The sources do not say",
        off_topic="Outside the dossier",
        missing="Not in the sources: {missing}",
        understood="Understood as: {question}",
        sources="Sources",
        nearest="The nearest passage",
        articles_one="{n} article",
        articles_many="{n} articles",
    ),
}

_PAGE: dict[Language, Page] = {
    "it": Page(
        title="Ponte",
        tagline="Fai una domanda al dossier: ogni frase della risposta ha la sua fonte",
        skip="Vai alla domanda",
        language_switch="Lingua della pagina",
        chat="Conversazione",
        question="La tua domanda",
        placeholder="Scrivi qui la tua domanda",
        ask="Chiedi",
        stop="Ferma",
        retry="Ripeti la domanda",
        undo="Annulla la domanda",
        clear="Nuova conversazione",
        welcome="Che cosa vuoi sapere?",
        welcome_text="Chiedi in italiano o in inglese. Le risposte sono fatte di frasi riprese alla lettera dagli "
        "articoli: il numero dopo ogni frase apre l’articolo nel punto da cui è tratta.",
        examples_title="Per cominciare",
        examples=(
            "Cosa ha regalato Putin a Kim?",
            "Che cosa dice l'articolo 4 del trattato?",
            "Come ha reagito Seul al trattato?",
            "Quanti soldati nordcoreani sono stati inviati in Russia?",
        ),
        searching="Cerco negli articoli…",
        reading="Leggo i passaggi trovati…",
        waiting="In attesa: altre domande prima della tua…",
        crowded="Troppe domande in questo momento. Riprova tra poco.",
        stopped="Risposta interrotta.",
        chip="Fonte {n}: {title} ({language})",
        original="Originale in {language}",
        open_nearest="Apri nell’articolo",
        panel="Fonti",
        open_panel="Fonti",
        close="Chiudi le fonti",
        all_articles="Tutti gli articoli",
        article_list="Articoli in {language}",
        no_articles="Non ci sono ancora articoli. Aggiungili con il comando ponte index.",
        facts_from="I fatti vengono da: {publications}",
        previous="Citazione precedente",
        next="Citazione successiva",
        position="Citazione {n} di {total}",
        nearest_position="Passaggio {n} di {total}",
        changed="L’articolo è cambiato dopo la risposta e la citazione non è più in questo punto. Diceva:",
        gone="Questa citazione non è più disponibile: ripeti la domanda.",
        no_article="Questo articolo non c’è più.",
        error="Non è stato possibile rispondere",
        unexpected="Si è verificato un errore imprevisto. Riprova; se si ripete, "
        "i dettagli si trovano nel registro del server.",
        too_long="La domanda è di {length} caratteri; il massimo è {limit}. Accorciala e riprova.",
        errors=(
            ("QuestionError", "A questa domanda, così com’è, non si può rispondere. Riformulala e riprova."),
            ("StoreLocked", "L’archivio degli articoli è in fase di aggiornamento. Riprova tra poco."),
            ("StoreMismatch", "L’archivio degli articoli è stato creato da un’altra versione: va ricostruito."),
            ("StoreError", "L’archivio degli articoli non si può aprire."),
            ("EmbedderError", "Il modello che cerca nei testi non si è avviato."),
            ("UnknownArticle", "Questo articolo non c’è più."),
            ("HistoryError", "La cronologia non si può leggere o scrivere."),
            ("SettingsError", "Un’impostazione non è valida."),
            ("ArticleError", "L’articolo non si può leggere."),
            ("ModelError", "Il modello linguistico non ha risposto. Riprova tra poco."),
            ("CostError", "Costa più di quanto si possa spendere senza chiedere."),
            ("EvaluationError", "La valutazione non si può eseguire."),
        ),
    ),
    "en": Page(
        title="Ponte",
        tagline="Ask the dossier a question: every sentence of the answer has its source",
        skip="Skip to the question",
        language_switch="Language of the page",
        chat="Conversation",
        question="Your question",
        placeholder="Type your question here",
        ask="Ask",
        stop="Stop",
        retry="Ask again",
        undo="Take it back",
        clear="New conversation",
        welcome="What would you like to know?",
        welcome_text="Ask in English or Italian. Answers are made of sentences taken word for word from the articles: "
        "the number after each sentence opens the article at the very place it comes from.",
        examples_title="To begin with",
        examples=(
            "What gifts did Kim Jong Un give Putin?",
            "What does Article 4 of the treaty say?",
            "What did South Korea say about the treaty?",
            "How many North Korean soldiers were sent to Russia?",
        ),
        searching="Searching the articles…",
        reading="Reading the passages found…",
        waiting="Waiting: other questions come first…",
        crowded="Too many questions at the moment. Try again shortly.",
        stopped="Answer stopped.",
        chip="Source {n}: {title} ({language})",
        original="Original in {language}",
        open_nearest="Open in the article",
        panel="Sources",
        open_panel="Sources",
        close="Close the sources",
        all_articles="All articles",
        article_list="Articles in {language}",
        no_articles="There are no articles yet. Add some with the command ponte index.",
        facts_from="Facts from: {publications}",
        previous="Previous citation",
        next="Next citation",
        position="Citation {n} of {total}",
        nearest_position="Passage {n} of {total}",
        changed="The article has changed since the answer, and the quote is no longer at this place. It said:",
        gone="This citation is no longer available: ask the question again.",
        no_article="This article is no longer here.",
        error="The question could not be answered",
        unexpected="Something unexpected went wrong. Try again; if it happens again, the server's log has the details.",
        too_long="The question has {length} characters; the most is {limit}. Shorten it and try again.",
        errors=(
            ("QuestionError", "The question cannot be answered as it stands. Rephrase it and try again."),
            ("StoreLocked", "The articles are being updated. Try again in a moment."),
            ("StoreMismatch", "The articles were indexed by another version and have to be indexed anew."),
            ("StoreError", "The articles cannot be opened."),
            ("EmbedderError", "The model that searches the texts did not start."),
            ("UnknownArticle", "This article is no longer here."),
            ("HistoryError", "The history cannot be read or written."),
            ("SettingsError", "A setting is not valid."),
            ("ArticleError", "The article cannot be read."),
            ("ModelError", "The language model did not answer. Try again in a moment."),
            ("CostError", "It costs more than may be spent without asking."),
            ("EvaluationError", "The evaluation cannot be run."),
        ),
    ),
}


def known(language: str | None) -> Language:
    """Return the language if there are labels in it, else English."""
    return language if language in LANGUAGES else "en"


def common(language: str) -> Common:
    """Return what every door says, in a language; English if it is neither of the two."""
    return _COMMON[known(language)]


def page(language: str) -> Page:
    """Return what the page says, in a language; English if it is neither of the two."""
    return _PAGE[known(language)]
