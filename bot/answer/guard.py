"""What never goes from an article through a model to a reader: orders to the model, links, images, tags.

Article text may speak to the model that reads it ("ignore your instructions"). Such a sentence, and what follows it in
its paragraph, bears nothing out: it may be read in the article, but no sentence of a model can rest on it. Knows
sentences and hits; nothing of models.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from bot.datamodels import Hit

_MARKUP = re.compile(
    r"!\[|\]\s?\(|\]\[|</?[a-zA-Z!?]|&(?:#x?[0-9a-f]+|lt|gt|quot|amp);|\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.|"
    r"\b(?:javascript|vbscript|data|mailto):\S|\b(?:[a-z0-9-]+\.)+[a-z]{2,}/\S|\bbase64\b|"
    r"[A-Za-z0-9+/_-]{64,}|\{\{|\}\}",
    re.IGNORECASE,
)

_CONFUSABLE = str.maketrans(
    "аеорсухіјѕԁһԛԝ" + "АЕОРСУХІЈЅВКМНТ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "οıɡ０",
    "aeopcyxijsdhqw" + "AEOPCYXIJSBKMHT" + "ABEZHIKMNOPTYX" + "oigO",
)
_SPELLED = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")

_TOLD = r"(?:instructions?|prompts?|rules?|guidelines?|directives?|orders?|commands?|istruzioni|regole|direttive|ordini|comandi|indicazioni|consegne|instrucciones|consignes|anweisungen)"
_LANGUAGE = (
    r"(?:french|spanish|german|russian|chinese|korean|japanese|portuguese|latin|italian|english|another language|francese|"
    r"spagnolo|tedesco|russo|cinese|coreano|giapponese|portoghese|latino|italiano|inglese|un'altra lingua|francais)"
)
_WRITING_EN = r"(?:answer|reply|respond|write|say|print|output|repeat|reveal|show|display|translate|append|include|insert|add|cite|quote|begin|start|end|finish|conclude|recommend|tell|state|claim|report|pretend|act|behave|roleplay|ignore|disregard|forget|override|bypass|stop|render|embed|visit|click|open|fetch|call|execute|run|send|return|use|mark|treat|set|switch|complete|continue|never|always|do not|don't|you must|you should|you will|you shall)"
_WRITING_IT = r"(?:rispondi|rispondete|rispondere|scrivi|scrivete|di'|dite|dici|stampa|stampate|ripeti|ripetete|rivela|rivelate|mostra|mostrate|traduci|traducete|aggiungi|aggiungete|includi|includete|inserisci|inserite|cita|citate|inizia|iniziate|comincia|concludi|termina|finisci|consiglia|raccomanda|afferma|fingi|fingete|comportati|agisci|ignora|ignorate|ignorare|dimentica|dimenticate|trascura|smetti|visita|clicca|apri|esegui|invia|manda|restituisci|usa|tratta|considera|imposta|passa|completa|continua|non|devi|dovete|dovrai|sei pregato)"
_OBJECT = (
    rf"(?:{_TOLD}|in {_LANGUAGE}|in (?:the )?(?:upper|lower) ?case|in maiuscolo|your|yours|yourself|you are|above|the user|the reader|the question|"
    r"this (?:text|message|line|link|image|sentence|answer|token)|the (?:following|word|words|phrase|sentence|answer|link|image|sources?|citations?|"
    r"conversation|chat|history|context|key|password|token)|(?:al|il|all') ?(?:lettore|utente)|la domanda|le fonti|la fonte|questa (?:frase|riga|risposta|immagine)|"
    r"questo (?:testo|messaggio|link|collegamento)|(?:la|le) (?:parola|parole|frase|risposta|citazione|citazioni|chiave|conversazione)|il (?:seguente|link|contesto)|"
    r"qui sopra|che segue|tue?|tuoi|not_in_sources|only|solo|soltanto|esclusivamente|nothing|nulla|niente|["
    r"\"“«'‘\[!<`]|https?)"
)
_ADDRESSED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:ignor\w+|disregard\w*|forget\w*|overrid\w+|bypass\w*|dimentic\w+|trascur\w+|scorda\w*|annulla\w*|supera\w*|olvida\w*|oublie\w*|vergiss\w*)\b[^.!?\n]{{0,60}}\b{_TOLD}\b",
        rf"\b(?:your|previous|prior|earlier|above|new|hidden|tue|tuoi|precedenti|nuove|nuovi|nascoste)\s+(?:\w+\s+){{0,2}}{_TOLD}\b",
        rf"\b{_TOLD}\s+(?:above|before|precedenti|che hai|ricevute|nascoste|you (?:have|were|got|received))",
        r"\b(?:system|developer|hidden|initial|secret)[ _-]?(?:prompt|message|instruction|note|override)s?\b|\bprompt di sistema\b|\bmessaggio di sistema\b|\bistruzioni di sistema\b|\b(?:il tuo|your) prompt\b",
        r"\b(?:language|ai) (?:models?|assistants?|systems?|agents?|readers?)\b|\bmodell[oi] linguistic[oi]\b|\bchat ?bot\b|\bllms?\b|\bchatgpt\b|\bassistente (?:virtuale|ia|ai|digitale)\b|\bsistem[ai] (?:di )?(?:ia|ai)\b|\bintelligenza artificiale che\b|\bjailbreak\w*|\bdan mode\b|\bdeveloper mode\b|\bmodalita (?:sviluppatore|dan)\b",
        r"\byou are (?:now|no longer|an?|the) |\bfrom now on\b|\bact as\b|\bpretend (?:to|that|you)\b|\b(?:ora|adesso|da ora in poi|d'ora in (?:poi|avanti))\b[^.!?\n]{0,20}\b(?:sei|rispondi|devi|scrivi|parla|dovrai)\b|\bsei (?:ora|adesso) |\bnon sei piu\b|\bfai finta\b|\bfingi\b",
        r"(?:^|[\n>\]}*#\"'“«(])\s*(?:system|assistant|user|human|ai|developer|tool|sistema|assistente|utente|risposta|answer|nota per|note to|attention)\b[^.\n:]{0,40}:",
        r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id|inst|s|sources?|fonti|instructions?|istruzioni)\b|\[/?(?:inst|system|assistant|user)\]|<<sys>>|#{2,}\s*(?:instruction|system|response|istruzioni|risposta|human|assistant)|={4,}\s*(?:sources|fonti|end|fine)|(?:begin|end|fine|inizio)\s+(?:of\s+|delle\s+|dei\s+)?(?:sources|data|documents?|fonti|documenti|dati)\b",
        r"\bnot_in_sources\b",
        rf"(?:^|[.!?:;,\n\"“«(\]-]\s*|\b(?:please|now|then|and|instead|simply|just|must|should|per favore|ora|poi|invece|e|quindi)\s+){_WRITING_EN}\b[^.!?\n]{{0,50}}?(?:\b|(?<=\s)){_OBJECT}",
        rf"(?:^|[.!?:;,\n\"“«(\]-]\s*|\b(?:per favore|ora|poi|invece|e|quindi|semplicemente|piuttosto)\s+){_WRITING_IT}\b[^.!?\n]{{0,50}}?(?:\b|(?<=\s)){_OBJECT}",
    )
)


def markup(text: str) -> str:
    """Return the first link, image, tag or other markup in a text, or ""."""
    found = _MARKUP.search(unicodedata.normalize("NFKC", text))
    return found[0] if found else ""


def addressed(text: str) -> bool:
    """Tell whether a text gives orders to whoever answers from it; marks and look-alike letters do not hide it."""
    plain = _plain(text)
    return any(pattern.search(plain) for pattern in _ADDRESSED)


def trusted(hit: Hit) -> Hit | None:
    """Return a hit with the sentences that may bear something out; the hit itself, where all may, None if none."""
    spans = hit.passage.chunk.sentences
    told = _told(hit.article.text, spans)
    if not told:
        return hit
    kept = tuple(span for n, span in enumerate(spans) if n not in told)
    if not kept:
        return None
    return replace(hit, passage=replace(hit.passage, chunk=replace(hit.passage.chunk, sentences=kept)))


def _told(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return which sentences give orders or stand behind one in the same paragraph."""
    found: set[int] = set()
    for n, (start, end) in enumerate(spans):
        follows = n - 1 in found and "\n\n" not in text[spans[n - 1][1] : start]
        if follows or addressed(text[start:end]):
            found.add(n)
    return found


def _plain(text: str) -> str:
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    shown = shown.translate(_CONFUSABLE).replace("’", "'").replace("`", "'")
    bare = "".join(letter for letter in unicodedata.normalize("NFD", shown) if not unicodedata.combining(letter))
    return _SPELLED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), bare)
