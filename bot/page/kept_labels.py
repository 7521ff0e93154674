"""What the page says about what is kept: conversations, exports, thumbs; in Italian and in English. Values only."""

from dataclasses import dataclass

from bot.strings import known


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of the history room, of exports and of thumbs."""

    title: str
    lead: str
    own: str
    keep: str
    off: str
    nobody: str
    find: str
    none: str
    none_found: str
    here: str
    questions_one: str
    questions_many: str
    rename: str
    new_title: str
    save: str
    cancel: str
    delete: str
    sure: str
    yes: str
    clear: str
    clear_sure: str
    export: str
    export_as: str
    forms: tuple[tuple[str, str], ...]
    changed: str
    removed: str
    was_own: str
    lost_one: str
    lost_many: str
    rate: str
    up: str
    down: str
    why: str
    words: str
    send: str
    thanks: str
    given: str
    reasons: tuple[tuple[str, str], ...]

    def questions(self, count: int) -> str:
        """Return how many questions there are, in words that fit the number."""
        return (self.questions_one if count == 1 else self.questions_many).format(n=count)

    def lost(self, count: int) -> str:
        """Return how many quotes no longer stand in their article, in words that fit the number."""
        return (self.lost_one if count == 1 else self.lost_many).format(n=count)

    def reason(self, name: str) -> str:
        """Return a reason of a thumb as a reader would say it."""
        return dict(self.reasons)[name]


_LABELS = {
    "it": Labels(
        title="Le tue conversazioni",
        lead="Restano su questo server e le vede soltanto questo browser, o il tuo nome utente se hai fatto l’accesso. "
        "Ciascuna sparisce se non la usi per {days} giorni.",
        own="Ciò che è citato dai tuoi articoli resta nelle conversazioni anche quando gli articoli non ci sono più.",
        keep="Conserva le mie conversazioni",
        off="D’ora in poi non si conserva nulla; quello che c’è già resta finché non lo elimini.",
        nobody="Per conservare le conversazioni serve un cookie, che questo browser non ha accettato.",
        find="Cerca nelle conversazioni",
        none="Non ci sono ancora conversazioni. Quelle nuove compaiono qui da sole.",
        none_found="In nessuna conversazione ci sono tutte queste parole.",
        here="Aperta ora",
        questions_one="1 domanda",
        questions_many="{n} domande",
        rename="Rinomina «{title}»",
        new_title="Nuovo titolo",
        save="Salva",
        cancel="Annulla",
        delete="Elimina «{title}»",
        sure="Eliminare questa conversazione per sempre?",
        yes="Elimina",
        clear="Elimina tutto",
        clear_sure="Eliminare per sempre tutte le tue conversazioni e i tuoi giudizi?",
        export="Esporta",
        export_as="Esporta la conversazione come {form}",
        forms=(("md", "Markdown"), ("html", "HTML"), ("json", "JSON")),
        changed="L’articolo è cambiato da allora: la citazione è com’era.",
        removed="L’articolo non c’è più. La citazione, com’era:",
        was_own="Era un tuo articolo, e non c’è più. La citazione, com’era:",
        lost_one="Da quando è stata data questa risposta, l’articolo di 1 citazione è cambiato o è stato tolto. "
        "La citazione è com’era.",
        lost_many="Da quando è stata data questa risposta, gli articoli di {n} citazioni sono cambiati o sono stati "
        "tolti. Le citazioni sono com’erano.",
        rate="Un giudizio su questa risposta",
        up="Utile",
        down="Non utile",
        why="Perché?",
        words="Con parole tue, se vuoi",
        send="Invia",
        thanks="Grazie, è annotato.",
        given="Il giudizio resta, con la domanda e la risposta, a chi gestisce questa pagina. Se la risposta cita tuoi "
        "articoli, le loro parole non ne fanno parte. Premi di nuovo il pollice per ritirarlo.",
        reasons=(
            ("right", "È giusta"),
            ("complete", "È completa"),
            ("sources", "Le citazioni sono quelle giuste"),
            ("wrong", "C’è un errore"),
            ("unsupported", "Le citazioni non c’entrano"),
            ("incomplete", "Manca qualcosa"),
            ("beside", "Risponde ad altro"),
            ("silent", "Avrebbe dovuto rispondere"),
            ("should_be_silent", "Le fonti non lo dicono"),
            ("language", "È nella lingua sbagliata"),
        ),
    ),
    "en": Labels(
        title="Your conversations",
        lead="They stay on this server, and only this browser sees them, or your user name if you have logged in. "
        "Each goes if you have not used it for {days} days.",
        own="What is quoted from your own articles stays in a conversation, also when the articles are gone.",
        keep="Keep my conversations",
        off="From now on nothing is kept; what is here stays until you delete it.",
        nobody="To keep conversations takes a cookie, which this browser has not accepted.",
        find="Search the conversations",
        none="There are no conversations yet. New ones appear here by themselves.",
        none_found="No conversation has all of these words.",
        here="Open now",
        questions_one="1 question",
        questions_many="{n} questions",
        rename="Rename “{title}”",
        new_title="New title",
        save="Save",
        cancel="Cancel",
        delete="Delete “{title}”",
        sure="Delete this conversation for good?",
        yes="Delete",
        clear="Delete everything",
        clear_sure="Delete all your conversations and thumbs for good?",
        export="Export",
        export_as="Export the conversation as {form}",
        forms=(("md", "Markdown"), ("html", "HTML"), ("json", "JSON")),
        changed="The article has changed since: the quote is as it was.",
        removed="The article is no longer here. The quote, as it was:",
        was_own="This was an article of yours, and it is gone. The quote, as it was:",
        lost_one="Since this answer was given, the article behind 1 quote has changed or been removed. "
        "The quote is as it was.",
        lost_many="Since this answer was given, the articles behind {n} quotes have changed or been removed. "
        "The quotes are as they were.",
        rate="What you think of this answer",
        up="Helpful",
        down="Not helpful",
        why="Why?",
        words="In your own words, if you like",
        send="Send",
        thanks="Thank you, that is noted.",
        given="Whoever runs this page keeps it with the question and the answer. If the answer cites articles of "
        "yours, their words are left out. Press the thumb again to take it back.",
        reasons=(
            ("right", "It is right"),
            ("complete", "It is complete"),
            ("sources", "The quotes are the right ones"),
            ("wrong", "Something is wrong"),
            ("unsupported", "The quotes do not bear it out"),
            ("incomplete", "Something is missing"),
            ("beside", "It answers something else"),
            ("silent", "It should have answered"),
            ("should_be_silent", "The sources do not say this"),
            ("language", "It is in the wrong language"),
        ),
    ),
}  # fmt: skip


def kept_labels(language: str) -> Labels:
    """Return the labels in a language; English if it is neither of the two."""
    return _LABELS[known(language)]
