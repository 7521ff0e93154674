"""Labels of what stands around a conversation: marks, usage, filters, adding. Values only, in both languages.

What every door says, and the frame of the page itself, is in `bot.strings`.
"""

from dataclasses import dataclass

from bot.strings import Language, known


@dataclass(frozen=True, slots=True)
class Labels:
    """What the page says beside `bot.strings.Page`."""

    draft: str
    verdicts: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    usage: str
    cost_unknown: str
    cached: str
    rests: str
    rests_one: str
    rests_many: str
    edit: str
    edit_save: str
    edit_cancel: str
    edit_label: str
    next: str
    did_say: str
    about: str
    rooms: tuple[tuple[str, str], ...]
    rooms_label: str
    find: str
    filter_language: str
    every_language: str
    any_time: str
    since: str
    until: str
    order: str
    orders: tuple[tuple[str, str], ...]
    choose: str
    choose_shown: str
    choose_none: str
    none_found: str
    scope_one: str
    scope_many: str
    scope_all: str
    own: str
    timeline: str
    timeline_hint: str
    cited_here: str
    passages_one: str
    passages_many: str
    sum_title: str
    sum_lead: str
    sum_shape: str
    sum_shapes: tuple[tuple[str, str], ...]
    sum_length: str
    sum_lengths: tuple[tuple[str, str], ...]
    sum_language: str
    sum_as_sources: str
    sum_focus: str
    sum_make: str
    sum_all: str
    sum_one: str
    sum_many: str
    sum_about: str
    sum_reading: str
    add_title: str
    add_private: str
    add_drop: str
    add_kinds: str
    add_paste: str
    add_paste_title: str
    add_paste_text: str
    add_read: str
    add_drafts: str
    add_name: str
    add_date: str
    add_date_hint: str
    add_source: str
    add_language: str
    add_use: str
    add_share: str
    add_discard: str
    add_remove: str
    add_yours: str
    add_reading: str
    add_indexing: str
    add_used: str
    add_shared: str
    add_refused: str
    why: tuple[tuple[str, str], ...]
    add_failed: str
    add_bad_date: str
    add_no_title: str
    add_too_many: str
    add_too_large: str
    add_same: str

    def refusal(self, error: str) -> str:
        """Return in the language of the page why a file was refused; empty if the error is none that is known."""
        return next((words for part, words in self.why if part in error), "")

    def chosen(self, count: int) -> str:
        """Return to how many articles the next question is limited."""
        return (self.scope_one if count == 1 else self.scope_many).format(n=count)

    def passages(self, count: int) -> str:
        """Return how many passages there are, in words that fit the number."""
        return (self.passages_one if count == 1 else self.passages_many).format(n=count)

    def verdict(self, value: str) -> str:
        """Return what a verdict means to a reader."""
        return dict(self.verdicts)[value]

    def reason(self, kind: str, detail: str) -> str:
        """Return in a sentence what the quotes do not bear out; one of no known kind is told as its words."""
        known_ones = dict(self.reasons)
        return known_ones.get(kind, known_ones["words"]).format(detail=detail)

    def times(self, count: int) -> str:
        """Return how often something is cited, in words that fit the number."""
        return (self.rests_one if count == 1 else self.rests_many).format(n=count)


_LABELS: dict[Language, Labels] = {
    "it": Labels(
        draft="Bozza in corso, non ancora verificata",
        verdicts=(
            ("supported", "Verificata: le citazioni sostengono tutta la frase."),
            ("partly", "Verificata in parte: le citazioni non sostengono tutto ciò che la frase dice."),
            ("unsupported", "Non verificata: le citazioni non sostengono questa frase."),
        ),
        reasons=(
            ("number", "La cifra «{detail}» non è nella fonte."),
            ("bound", "«{detail}»: la fonte non è così precisa, o pone un altro limite."),
            ("date", "La data «{detail}» non è nella fonte."),
            ("name", "Il nome «{detail}» non è nella fonte."),
            ("polarity", "«{detail}»: la fonte dice il contrario."),
            ("speaker", "«{detail}»: nella fonte lo dice qualcun altro."),
            ("attribution", "La fonte non lo dà per certo, lo attribuisce: «{detail}»."),
            ("role", "«{detail}»: nella fonte i ruoli sono scambiati."),
            ("words", "La fonte parla d’altro: «{detail}»."),
        ),
        usage="Scritta da {model} · {input} token letti, {output} scritti",
        cost_unknown="costo non noto",
        cached="già scritta in precedenza",
        rests="Gli articoli su cui poggia la risposta",
        rests_one="1 citazione",
        rests_many="{n} citazioni",
        edit="Modifica la domanda",
        edit_save="Chiedi di nuovo",
        edit_cancel="Annulla",
        edit_label="La domanda, da modificare: le risposte successive saranno tolte",
        next="Si può chiedere anche",
        did_say="Che cosa ha detto {name}?",
        about="Che cosa si sa di {name}?",
        rooms=(("sources", "Fonti"), ("summaries", "Sintesi"), ("add", "Aggiungi")),
        rooms_label="Che cosa mostrare accanto alla conversazione",
        find="Cerca fra gli articoli",
        filter_language="Lingua",
        every_language="Tutte le lingue",
        any_time="Sempre",
        since="Da",
        until="A",
        order="Ordina per",
        orders=(("date", "Data"), ("title", "Titolo"), ("publisher", "Fonte")),
        choose="Cerca solo qui: {title}",
        choose_shown="Scegli quelli mostrati",
        choose_none="Togli la scelta",
        none_found="Nessun articolo corrisponde. Allarga i filtri.",
        scope_one="Le risposte vengono da 1 solo articolo scelto",
        scope_many="Le risposte vengono solo da {n} articoli scelti",
        scope_all="Cerca in tutti",
        own="Solo tuo",
        timeline="Gli articoli nel tempo",
        timeline_hint="Con le frecce si passa da un articolo all’altro, Invio apre",
        cited_here="Citato in questa conversazione",
        passages_one="{n} passaggio",
        passages_many="{n} passaggi",
        sum_title="Una sintesi",
        sum_lead="Di tutti gli articoli, o di quelli scelti fra le fonti. Ogni frase ha la sua citazione.",
        sum_shape="Forma",
        sum_shapes=(
            ("paragraphs", "Testo continuo"),
            ("bullets", "Punti"),
            ("timeline", "Cronologia"),
            ("sides", "Che cosa dice ciascuna parte"),
        ),
        sum_length="Lunghezza",
        sum_lengths=(("short", "Breve, circa 100 parole"), ("full", "Estesa, circa 300 parole"), ("line", "Una frase")),
        sum_language="Lingua",
        sum_as_sources="Quella delle fonti",
        sum_focus="Solo ciò che riguarda",
        sum_make="Scrivi la sintesi",
        sum_all="Riassumi tutti gli articoli",
        sum_one="Riassumi l’articolo scelto",
        sum_many="Riassumi i {n} articoli scelti",
        sum_about="{asked}: {focus}",
        sum_reading="Leggo gli articoli, {done} di {total}: {title}",
        add_title="Aggiungi articoli",
        add_private="Li vedi soltanto tu, e spariscono quando chiudi la pagina.",
        add_drop="Trascina qui i file o sceglili",
        add_kinds="txt, md, html, pdf o docx, fino a {size} MB ciascuno",
        add_paste="Oppure incolla un testo",
        add_paste_title="Titolo",
        add_paste_text="Testo dell’articolo",
        add_read="Leggi il testo",
        add_drafts="Da controllare prima dell’uso",
        add_name="Titolo",
        add_date="Data",
        add_date_hint="aaaa-mm-gg",
        add_source="Fonte",
        add_language="Lingua",
        add_use="Usa questo articolo",
        add_share="Mettilo nel dossier di tutti",
        add_discard="Scarta",
        add_remove="Togli {title}",
        add_yours="I tuoi articoli",
        add_reading="Leggo {name}…",
        add_indexing="Preparo l’articolo per la ricerca",
        add_used="«{title}» è pronto: puoi fare domande.",
        add_shared="«{title}» è ora nel dossier di tutti.",
        add_failed="Non è stato possibile aggiungerlo. {title}",
        why=(
            (
                "damaged or not a real",
                "Il file è danneggiato o non è del tipo che il nome dice. Salvalo di nuovo, o come .txt.",
            ),
            ("is encrypted", "Il file è protetto da una password. Salvalo senza."),
            (
                "its pages are pictures",
                "Le pagine sono immagini, senza testo. Passale prima a un riconoscimento del testo.",
            ),
            ("is empty", "Il file è vuoto."),
            ("holds no text", "Nel file non c’è testo."),
            (
                "neither in Italian nor in English",
                "Il testo non sembra né in italiano né in inglese, le due lingue di Ponte.",
            ),
            ("is not text", "Il file non è un testo."),
            ("too large", "Il file è troppo grande. Dividilo in parti."),
            ("more than", "Il testo è troppo lungo. Dividilo in parti."),
            ("front matter", "L’intestazione del file non è scritta bene. Togli le righe fra i due ---."),
            ("cannot be read", "Questo tipo di file non si può leggere. Salvalo come .txt, .md, .html, .pdf o .docx."),
            (", not a ", "Il contenuto non è del tipo che il nome dice. Salvalo di nuovo, o come .txt."),
        ),
        add_refused="«{name}» non si può leggere.",
        add_bad_date="La data va scritta come anno, mese e giorno: 2024-06-19. Bastano anche 2024-06 o 2024.",
        add_no_title="L’articolo ha bisogno di un titolo.",
        add_too_many="Puoi aggiungere fino a {n} articoli alla volta.",
        add_too_large="Il file supera i {size} MB consentiti. Dividilo in parti.",
        add_same="Questo articolo c’è già.",
    ),
    "en": Labels(
        draft="Being written, not checked yet",
        verdicts=(
            ("supported", "Checked: the quotes bear out the whole sentence."),
            ("partly", "Checked in part: the quotes do not bear out everything that the sentence says."),
            ("unsupported", "Not borne out: the quotes do not support this sentence."),
        ),
        reasons=(
            ("number", "The figure “{detail}” is not in the source."),
            ("bound", "“{detail}”: the source is not as exact, or sets another limit."),
            ("date", "The date “{detail}” is not in the source."),
            ("name", "The name “{detail}” is not in the source."),
            ("polarity", "“{detail}”: the source says the opposite."),
            ("speaker", "“{detail}”: in the source somebody else says it."),
            ("attribution", "The source does not state it, it attributes it: “{detail}”."),
            ("role", "“{detail}”: in the source the roles are the other way round."),
            ("words", "The source speaks of something else: “{detail}”."),
        ),
        usage="Written by {model} · {input} tokens read, {output} written",
        cost_unknown="cost not known",
        cached="written earlier",
        rests="The articles that the answer rests on",
        rests_one="1 citation",
        rests_many="{n} citations",
        edit="Edit the question",
        edit_save="Ask again",
        edit_cancel="Cancel",
        edit_label="The question, to be edited: the answers after it will be removed",
        next="You could also ask",
        did_say="What did {name} say?",
        about="What is known about {name}?",
        rooms=(("sources", "Sources"), ("summaries", "Summaries"), ("add", "Add")),
        rooms_label="What to show beside the conversation",
        find="Search the articles",
        filter_language="Language",
        every_language="Both languages",
        any_time="Any time",
        since="From",
        until="To",
        order="Sort by",
        orders=(("date", "Date"), ("title", "Title"), ("publisher", "Publisher")),
        choose="Search only here: {title}",
        choose_shown="Choose those shown",
        choose_none="Choose none",
        none_found="No article matches. Widen the filters.",
        scope_one="Answers come from 1 chosen article only",
        scope_many="Answers come from {n} chosen articles only",
        scope_all="Search them all",
        own="Yours alone",
        timeline="The articles over time",
        timeline_hint="Arrow keys go from article to article, Enter opens one",
        cited_here="Cited in this conversation",
        passages_one="{n} passage",
        passages_many="{n} passages",
        sum_title="A summary",
        sum_lead="Of all the articles, or of those chosen among the sources. Every sentence has its citation.",
        sum_shape="Layout",
        sum_shapes=(
            ("paragraphs", "Running text"),
            ("bullets", "Points"),
            ("timeline", "Timeline"),
            ("sides", "What each side says"),
        ),
        sum_length="Length",
        sum_lengths=(("short", "Short, about 100 words"), ("full", "Full, about 300 words"), ("line", "One sentence")),
        sum_language="In",
        sum_as_sources="The language of the sources",
        sum_focus="Only what is about",
        sum_make="Write the summary",
        sum_all="Summarise all the articles",
        sum_one="Summarise the chosen article",
        sum_many="Summarise the {n} chosen articles",
        sum_about="{asked}: {focus}",
        sum_reading="Reading the articles, {done} of {total}: {title}",
        add_title="Add articles",
        add_private="Only you see them, and they are gone when you close the page.",
        add_drop="Drop files here, or choose them",
        add_kinds="txt, md, html, pdf or docx, up to {size} MB each",
        add_paste="Or paste a text",
        add_paste_title="Headline",
        add_paste_text="Text of the article",
        add_read="Read the text",
        add_drafts="To be checked before use",
        add_name="Headline",
        add_date="Date",
        add_date_hint="yyyy-mm-dd",
        add_source="Publisher",
        add_language="Language",
        add_use="Use this article",
        add_share="Put it into everyone’s dossier",
        add_discard="Discard",
        add_remove="Remove {title}",
        add_yours="Your articles",
        add_reading="Reading {name}…",
        add_indexing="Making the article searchable",
        add_used="“{title}” is ready: ask away.",
        add_shared="“{title}” is now in everyone’s dossier.",
        add_failed="It could not be added. {title}",
        why=(
            (
                "damaged or not a real",
                "The file is damaged, or not of the kind its name says. Save it again, or as .txt.",
            ),
            ("is encrypted", "The file is protected by a password. Save it without."),
            ("its pages are pictures", "Its pages are pictures, without text. Run it through a text recogniser first."),
            ("is empty", "The file is empty."),
            ("holds no text", "There is no text in the file."),
            (
                "neither in Italian nor in English",
                "The text seems to be neither Italian nor English, the two that Ponte reads.",
            ),
            ("is not text", "The file is not a text."),
            ("too large", "The file is too large. Cut it into parts."),
            ("more than", "The text is too long. Cut it into parts."),
            ("front matter", "The header of the file is not well written. Take the lines between the two --- out."),
            ("cannot be read", "This kind of file cannot be read. Save it as .txt, .md, .html, .pdf or .docx."),
            (", not a ", "What is in it is not of the kind its name says. Save it again, or as .txt."),
        ),
        add_refused="“{name}” cannot be read.",
        add_bad_date="Write the date as year, month, day: 2024-06-19. 2024-06 or 2024 will do as well.",
        add_no_title="The article needs a headline.",
        add_too_many="You can add up to {n} articles at a time.",
        add_too_large="The file is larger than the {size} MB allowed. Cut it into parts.",
        add_same="This article is here already.",
    ),
}


def labels(language: str) -> Labels:
    """Return the labels in a language; English if it is neither of the two."""
    return _LABELS[known(language)]
