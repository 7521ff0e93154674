"""Labels of what stands around a conversation: marks, usage, suggestions, filters, adding. Values only, in both languages.

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
    usage_cost: str
    usage_free: str
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
        usage_cost=" · {cost} $",
        usage_free=" · costo non noto",
        cached=" · già scritta in precedenza",
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
        usage_cost=" · ${cost}",
        usage_free=" · cost not known",
        cached=" · written earlier",
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
    ),
}


def labels(language: str) -> Labels:
    """Return the labels in a language; English if it is neither of the two."""
    return _LABELS[known(language)]
