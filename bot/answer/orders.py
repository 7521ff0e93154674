"""Whether a text gives orders to the model that reads it: "ignore your instructions", "rispondi in francese".

Rules over wording, in Italian and English; invisible marks, spaced-out and look-alike letters do not hide an order. News
that merely tells of orders given to people is left alone. Knows nothing of articles.
"""

import re
import unicodedata
from functools import lru_cache


def _any(words: str) -> str:
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


_RULES = _any(
    """instructions? prompts? rules? guidelines? directives? constraints? guardrails? safety_rules? istruzion[ei] regol[ae]
    direttiv[ae] ordini indicazioni consegne vincoli comandi"""
)
_MODEL = _any(
    """(?:language|ai|chat|generative)_(?:models?|assistants?|systems?|agents?|readers?|bots?|tools?) (?:ai|gpt|llm)s?_reading
    modell[oi]_linguistic[oi] modell[oi]_di_linguaggio chat_?bots? llms? chatgpt gpt-?\\d\\w* assistent[ei]_(?:virtual[ei]|ia|ai|digital[ei])
    sistem[ai]_(?:di_)?(?:ia|ai) jailbreak\\w* dan_mode developer_mode modalita_(?:sviluppatore|dan|debug) debug_mode"""
)
_TONGUE = _any(
    """french spanish german russian chinese korean japanese portuguese latin italian english another_language klingon
    (?:lingua_)?francese spagnolo tedesco russo cinese coreano giapponese portoghese latino italiano inglese un'altra_lingua"""
)
_SAY_EN = _any(
    """answer reply respond write say print output repeat reveal show display translate append include insert add cite quote
    begin start end finish conclude tell state claim render embed recommend mention summari[sz]e sign"""
)
_DO_EN = _any(
    """ignore disregard forget override bypass pretend act behave roleplay role-play stop visit click open fetch call execute
    run send return use mark treat set switch complete continue never always do_not don't speak talk replace remember"""
)
_SAY_IT = _any(
    """rispondi rispondete scrivi scrivete di' dite dici ripeti ripetete traduci traducete aggiungi aggiungete includi includete
    inserisci inserite inizia_con comincia_con concludi_con termina_con finisci_con stampa stampate riporta_solo firma_con"""
)
_DO_IT = _any(
    """ignora ignorate ignorare dimentica dimenticate trascura trascurate fingi fingete fai_finta comportati agisci smetti rivela
    rivelate mostra mostrate cita citate clicca cliccate visita visitate apri aprite esegui eseguite invia inviate manda usa
    tratta considera imposta passa parla completa continua non_(?:citare|rispondere|scrivere|dire|usare|seguire|menzionare)
    sostituisci ricorda"""
)
_THING = _any(
    """your(?:s|self)? you_are (?:the|this|these|any|all|every)_(?:\\w+_)?(?:users?|readers?|question|following|words?|phrase|above|system
    system_prompt prompt sentences? conversation chat context link images? answers? sources? citations? message text line token tag conversation_so_far)
    only_(?:with|in|the|this|by) (?:al|il|all')_?(?:lettore|utente) (?:la|le|questa|queste|ogni|tutte_le|alla)_(?:domanda|fonti|fonte|frase|frasi|riga|risposta|risposte|immagine|parola
    parole|citazioni|citazione|conversazione|chiave|seguente|seguenti) (?:il|questo|questi|i)_(?:testo|messaggio|link|collegamento|contesto|seguente|seguenti|prompt)
    che_segue qui_sopra (?:il|la|i|le)_(?:tuo|tua|tuoi|tue) (?:alla|nella|della|di_ogni|in_ogni|ogni)_risposta (?:every|each|any)_answer
    solo_(?:con|in|la|il|questa) soltanto_(?:con|in) not_in_sources base64"""
).replace("\n", "|")
_OPENS = r"(?:^|[.!?:;\n>\]})*#\"“«(–—-]\s*)(?:(?:please|now|then|and|instead|simply|just|important|urgent|note|per favore|ora|poi|invece|adesso|importante|nota)[,:]?\s+){0,2}"
_QUOTED = r"[\"“«'‘`]\s?\w"

_ORDERS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"\b(?:ignor|disregard|forget|overrid|bypass|dimentic|trascur|scord|annull|super|sostitu|replac|reset)\w*\b[^.!?\n]{{0,60}}\b{_RULES}\b",
        rf"\b(?:your|hidden|tue|vostre|nascost[ei])\s+(?:\w+\s+){{0,2}}{_RULES}\b",
        r"\b(?:previous|prior|earlier|above|new|precedenti|nuove|seguenti|following)\s+(?:\w+\s+)?(?:instructions?|prompts?|istruzioni)\b",
        r"\b(?:istruzioni|instructions?|prompts?)\s+(?:above|before|precedenti|che hai|ricevute|nascoste|you)\b",
        r"\b(?:system|developer|hidden|initial|secret)[ _-]?(?:prompt|message|instruction|override)s?\b",
        r"\b(?:prompt|messaggio|istruzioni|regole) (?:di|del) sistema\b|\b(?:il tuo|il vostro|your) prompt\b",
        rf"\b{_MODEL}\b[^.!?\n]{{0,80}}\b(?:must|should|shall|please|you|devi|dev[eo]|devono|dovete|leggi|legge|reading|reads|tu|voi)\b",
        rf"\b(?:for|to|dear|attention|a|per|cari?|caro|attenzione|nota|note)\s+(?:all |any |the |gli |i |il |ogni |tutti )*{_MODEL}\b",
        r"\byou are (?:now|no longer|an? (?:\w+ ){0,2}(?:assistant|model|bot|ai|pirate|translator))\b|\bfrom now on,? you\b|\byou (?:must|should|will|shall) (?:now |only |always |never )?(?:answer|reply|respond|write|say|ignore|cite|print|output|include)\b",
        r"\b(?:d'ora in (?:poi|avanti)|da (?:ora|adesso) in poi)\b[^.!?\n]{0,30}\b(?:sei|rispondi|devi|scrivi|parla|parlerai|risponderai|dovrai)\b|\b(?:ora|adesso) (?:tu )?sei (?:un|una|il|la)\b|\bnon sei piu\b|\b(?:devi|dovete|dovrai) (?:ora |solo |sempre )?(?:rispondere|scrivere|dire|ignorare|citare|stampare|includere|affermare)\b",
        r"(?:^|\n|[>\]}*#\"“«(.!?]\s*)\s*(?:system|assistant|developer|sistema|assistente|user|human|utente)\s*(?:\([^)]*\)|message|override|note)?\s*:",
        r"<\|?/?(?:im_start|im_end|system|assistant|user|endoftext|eot_id|start_header_id|inst|s|sources?|fonti|instructions?|istruzioni|think|tool_call|function)\b|\[/?(?:inst|system|assistant|user)\]|<<sys>>",
        r"#{2,}\s*(?:instructions?|system|response|istruzioni|risposta|human|assistant)\b|={3,}\s*(?:sources|fonti|end|fine)\b",
        r"\b(?:begin|end|fine|inizio|start)\s+(?:of\s+(?:the\s+)?|delle\s+|dei\s+)(?:sources|data|documents?|context|fonti|documenti|dati|contesto)\b",
        r"\bnot[_ ]in[_ ]sources\b",
        rf"{_OPENS}(?:{_SAY_EN}|{_SAY_IT})\b[^.!?\n]{{0,50}}?(?:\bin {_TONGUE}\b|{_QUOTED})",
        rf"{_OPENS}(?:{_DO_EN}|{_DO_IT}|{_SAY_EN}|{_SAY_IT})\b[^.!?\n]{{0,80}}?(?:\b{_THING}\b|https?:|www\.|!\[|\]\(|<\w)",
        r"\b(?:and|then) (?:write|answer|reply|respond|print|output) (?:that|only|just)\b|\b(?:e|poi) (?:scrivi|rispondi|ripeti|di') (?:che|solo|soltanto)\b",
        rf"{_OPENS}(?:{_SAY_EN}|{_SAY_IT})\s+(?:that|only|exactly|just|che|solo|soltanto|esattamente)\b",
    )
)

# Cyrillic and Greek letters that look like Latin ones.
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝАЕОРСУХІЈЅВКМНТΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıɡ", "aeopcyxijsdhqwAEOPCYXIJSBKMHTABEZHIKMNOPTYXoig"
)
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")


@lru_cache(maxsize=8192)
def orders(text: str) -> bool:
    """Tell whether a text gives orders to whoever answers from it."""
    plain = _plain(text)
    return any(pattern.search(plain) for pattern in _ORDERS)


def _plain(text: str) -> str:
    """Return a text as it looks: without marks that cannot be seen, with Latin letters for those that look like them."""
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    latin = shown.translate(_ALIKE) if re.search("[a-zA-Z]", shown) else shown
    bare = "".join(letter for letter in unicodedata.normalize("NFD", latin) if not unicodedata.combining(letter))
    return _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), bare.replace("’", "'"))
