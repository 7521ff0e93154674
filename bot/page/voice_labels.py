"""What the page says of models and their cost, in Italian and in English. Values only."""

from dataclasses import dataclass

from bot.strings import Language, known


@dataclass(frozen=True, slots=True)
class VoiceLabels:
    """The labels of the room in which a visitor chooses who writes, and of what answers cost."""

    title: str
    now_sources: str
    now_own: str
    now_owners: str
    back: str
    back_owners: str
    own: str
    sent: str
    server_named: str
    name: str
    key: str
    server: str
    use: str
    asking: str
    kept: str
    spent: str
    usage: str
    cost_unknown: str
    nothing: str
    limit: str
    total: str
    vain: str
    told: tuple[tuple[str, str], ...]

    def news(self, label: str, detail: str) -> str:
        """Return what came of a choice."""
        return dict(self.told)[label].format(detail=detail)


_LABELS: dict[Language, VoiceLabels] = {
    "it": VoiceLabels(
        title="Chi scrive le risposte",
        now_sources="Ora le risposte sono fatte di frasi riprese alla lettera dalle fonti: nessun modello "
        "linguistico le scrive e nulla lascia il server di questa pagina.",
        now_own="Ora scrive {model}, su {host}, con la tua chiave. Ogni frase viene verificata prima di essere "
        "mostrata.",
        now_owners="Ora scrive {model}, scelto da chi gestisce la pagina. Ogni frase viene verificata prima di "
        "essere mostrata.",
        back="Torna alle frasi delle fonti",
        back_owners="Torna a {model}",
        own="Un modello tuo",
        sent="Se scegli un modello, al suo server ({host}) vengono inviate le tue domande, la parte di "
        "conversazione a cui si riferiscono e i passaggi trovati, anche quelli degli articoli che hai aggiunto tu. "
        "Nient’altro.",
        server_named="quello che indichi qui sotto, altrimenti {host}",
        name="Modello, come openai:nome",
        key="Chiave",
        server="Indirizzo del server (se resta vuoto: {host})",
        use="Usa questo modello",
        asking="Chiedo al server se il modello c’è…",
        kept="La chiave resta solo nella memoria di questa sessione: non viene salvata né mostrata di nuovo. "
        "Tornando alle frasi delle fonti viene cancellata subito; se chiudi la pagina, entro un’ora.",
        spent="Questa conversazione",
        usage="Richieste a un modello: {calls} · {input} token letti, {output} scritti · {cost}",
        cost_unknown="costo non noto",
        nothing="Finora nessuna richiesta a un modello, nessun costo.",
        limit="Limite di spesa di una sessione: {limit}.",
        total="conversazione: {input} token letti, {output} scritti, {cost}",
        vain="Un modello è stato interpellato invano · {input} token letti, {output} scritti",
        told=(
            ("taken", "D’ora in poi scrive {detail}."),
            ("unlisted", "Scelto. Ma il server elenca altri modelli: {detail}. Se non risponde, controlla il nome."),
            (
                "bad_name",
                "Questo non è il nome di un modello. Scrivilo così: openai:nome, per esempio openai:gpt-6-luna.",
            ),
            (
                "no_key",
                "Manca la chiave. Incollala nel campo: la trovi nel tuo account presso chi fornisce il modello.",
            ),
            ("bad_key", "Questa non è una chiave: contiene caratteri che nessuna chiave ha. Copiala di nuovo."),
            (
                "bad_server",
                "Questo non è un indirizzo. Scrivilo così: http://127.0.0.1:11434/v1, senza nome utente né password.",
            ),
            ("key_refused", "{detail} non accetta la chiave. Controllala e incollala di nuovo."),
            ("unreachable", "{detail} non risponde. Controlla l’indirizzo, o riprova tra poco."),
            ("unknown", "Non esiste un modello di nome {detail}. Controlla come si chiama presso chi lo fornisce."),
        ),
    ),
    "en": VoiceLabels(
        title="Who writes the answers",
        now_sources="Answers are made of sentences taken word for word from the sources: no language model writes "
        "them, and nothing leaves the server of this page.",
        now_own="{model} writes now, at {host}, with your key. Every sentence is checked before it is shown.",
        now_owners="{model} writes now, chosen by whoever runs this page. Every sentence is checked before it is "
        "shown.",
        back="Back to the sources’ own sentences",
        back_owners="Back to {model}",
        own="A model of your own",
        sent="If you choose a model, your questions, what of the conversation they lean on, and the passages found "
        "are sent to its server ({host}), those of articles that you added among them. Nothing else is.",
        server_named="the one that you name below, else {host}",
        name="Model, as openai:name",
        key="Key",
        server="Address of the server (if left empty: {host})",
        use="Use this model",
        asking="Asking the server whether the model is there…",
        kept="The key stays in the memory of this session alone: it is not stored and not shown again. Going "
        "back to the sources’ own sentences deletes it at once; closing the page, within an hour.",
        spent="This conversation",
        usage="Requests to a model: {calls} · {input} tokens read, {output} written · {cost}",
        cost_unknown="cost not known",
        nothing="No request to a model so far, no cost.",
        limit="Spending limit of a session: {limit}.",
        total="conversation: {input} tokens read, {output} written, {cost}",
        vain="A model was asked in vain · {input} tokens read, {output} written",
        told=(
            ("taken", "{detail} writes from now on."),
            ("unlisted", "Chosen. But the server lists other models: {detail}. If it does not answer, check the name."),
            ("bad_name", "This is no model’s name. Write it as openai:name, for example openai:gpt-6-luna."),
            ("no_key", "The key is missing. Paste it into the field: your account with the model’s provider has it."),
            ("bad_key", "This is no key: it holds characters that no key has. Copy it again."),
            (
                "bad_server",
                "This is no address. Write it as http://127.0.0.1:11434/v1, without a user’s name or a password.",
            ),
            ("key_refused", "{detail} does not accept the key. Check it, and paste it again."),
            ("unreachable", "{detail} does not answer. Check the address, or try again in a moment."),
            ("unknown", "There is no model called {detail}. Check what its provider calls it."),
        ),
    ),
}


def voice_labels(language: str) -> VoiceLabels:
    """Return the labels in a language; English if it is neither of the two."""
    return _LABELS[known(language)]


def dollars(amount: float, language: str) -> str:
    """Return an amount of US dollars as it is written in a language."""
    return f"{amount:.4f} $".replace(".", ",") if language == "it" else f"${amount:.4f}"
