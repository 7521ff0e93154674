"""Whether a text gives orders to the model that reads it: "ignore your instructions", "rispondi in francese".

Rules over wording, in Italian and English; invisible marks, spaced-out and look-alike letters do not hide an order. What
they do not know a linear probe of the sentence's vector may: `evals/orders.py` fits it. News that merely tells of orders
given to people is left alone. Knows nothing of articles.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


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

# Talk of answers, readers and this very text: what news does not do, and what an order without an imperative has to.
_ABOUT_ANSWERS = (
    r"\b(?:sappia|sappiano|sapete) (?:gli|le|i|tutti) (?:algoritmi|macchine|programmi|modelli|sistemi)\b",
    r"\blet (?:the |all )?(?:algorithms?|machines?|programs?|models?)\b[^.!?\n]{0,10}\bknow\b",
    r"\b(?:every|each|any|all) (?:your |of your )?(?:repl(?:y|ies)|answers?|responses?|summar(?:y|ies))\b",
    r"\b(?:correct|right|only|best|expected|official|true|valid|approved) (?:answer|response|reply)\b[^.!?\n]{0,60}\b(?:question|query|article|is)\b",
    r"\b(?:answers?|responses?|repl(?:y|ies)) (?:to|on|about) (?:any|every|all|each|whatever)\b",
    r"\b(?:automated|automatic) (?:answer|response|reply|summar|read)\w*|\b(?:answering|question-answering|summari[sz]ing|retrieval) (?:system|engine|machine|software|tool)s?\b",
    r"\b(?:whoever|anyone who|those who|anything that) (?:answers?|repl(?:y|ies)|summari[sz]es?|reads? this)\b",
    r"\b(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)) (?:must|ha(?:s|ve) to|should|(?:is|are) (?:to|required to)|needs? to|will) (?:be|begin|end|contain|include|mention|start|say|state|open|close)\b",
    r"\b(?:answer|reply|response) in (?:the (?:tongue|language)|\w+ (?:only|would))\b",
    r"\b(?:what|all|everything) you (?:were|have been|had been|are) (?:told|given|instructed|asked)\b|\bwere (?:told|given) at the (?:beginning|start)\b",
    r"\b(?:new|next|your) (?:task|job|assignment|mission|role|goal)\b[^.!?\n]{0,20}(?:\byou\b|:)",
    r"\bthe (?:user|reader) (?:now |really |only )?(?:wants|asks|needs|prefers|expects|requests)\b",
    r"\b(?:this|the present) (?:page|document|article|text|source|passage) (?:should|must|is to|has to|shall|can) (?:only )?be (?:regarded|considered|treated|cited|ignored|quoted|taken|read)\b",
    r"\b(?:belongs?|attributed|credited) to this (?:source|page|article|document)\b|\bas (?:the|your) (?:only|sole) source\b|\bthe only (?:reliable |true )?source\b",
    r"\bogni (?:tua |vostra )?(?:risposta|replica|sintesi|riassunto)\b|\btutte le (?:tue |vostre )?risposte\b",
    r"\b(?:risposta|replica) (?:corretta|giusta|esatta|attesa|ufficiale|valida|vera|approvata)\b|\b(?:corretta|giusta|unica|sola) (?:risposta|replica)\b",
    r"\b(?:qualsiasi|qualunque|ogni) (?:domanda|richiesta|quesito|interrogazione)\b",
    r"\b(?:sistema|motore|software|programma|strumento)\w* (?:automatico )?(?:di|per le|per la) (?:risposta|risposte|ricerca automatica|sintesi|riassunto)\b|\brisponditore\b",
    r"\b(?:chi|chiunque) (?:risponde|riassume|legge|elabora)\b[^.!?\n]{0,40}\b(?:tenuto|deve|dovra|testo|articolo|pagina|indic\w+|cit\w+)\b",
    r"\b(?:risposte?|repliche|replica|sintesi) (?:va|vanno|deve|devono|dovra|dovranno|e gradita|sono gradite) \w+",
    r"\b(?:risposta|replica) nella lingua\b|\bti (?:e|sono) stat[oaie]\b|\b(?:quanto|tutto cio che|quello che) (?:ti|vi) \w+ stat[oa]\b",
    r"\b(?:nuovo|prossimo|tuo) (?:compito|incarico|ruolo|obiettivo)\b[^.!?\n]{0,20}(?:\bte\b|:)",
    r"\b(?:l'utente|il lettore|i lettori|gli utenti) (?:ora |adesso |in realta )?(?:vuole|vogliono|chiede|chiedono|desidera|desiderano|preferisce|parla solo)\b",
    r"\b(?:la presente|questa) (?:pagina|fonte)\b[^.!?\n]{0,20}\b(?:va|deve|dovra|e da)\b|\b(?:il presente|questo) (?:documento|articolo|testo|brano)\b[^.!?\n]{0,20}\b(?:va|deve essere|dovra essere|e da) (?:considerat|ignorat|citat|trattat|lett|intes)\w+",
    r"\b(?:attribuit[aeio]|ricondott[aeio]) a questa (?:fonte|pagina)\b|\bcome (?:unica|sola) fonte\b|\bfonte unica\b",
    r"(?:^|[.!?]\s+)(?:tell (?:them|him|her|everyone)|digli|diglielo|dillo|ditelo|diteglielo|write it|scrivilo|say it|say so)\b",
)

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
        *_ABOUT_ANSWERS,
    )
)

# Cyrillic and Greek letters that look like Latin ones.
_ALIKE = str.maketrans(
    "аеорсухіјѕԁһԛԝАЕОРСУХІЈЅВКМНТΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıɡ", "aeopcyxijsdhqwAEOPCYXIJSBKMHTABEZHIKMNOPTYXoig"
)
# Scores of the probe: what is not trusted, which 1 sentence of news in 400 reaches; what the reader is told of, none in 3,000.
_LIMIT, _SURE = 1.0, 3.0
_SPACED = re.compile(r"\b(?:\w[ .\-_*]){4,}\w\b")


@lru_cache(maxsize=8192)
def orders(text: str) -> bool:
    """Tell whether a text gives orders to whoever answers from it."""
    plain = _plain(text)
    return any(pattern.search(plain) for pattern in _ORDERS)


def sounding(vectors: NDArray[np.float32], model_id: str, sure: bool = False) -> NDArray[np.bool_]:
    """Tell of each sentence whether it sounds like an order to a model.

    Args:
        vectors: of the sentences, as passages, (sentences, dimension).
        model_id: of the embedder; of another one than the probe was fitted for none does.
        sure: whether only those count that can be nothing else.
    """
    weights, bias, known = _probe()
    if model_id != known or not len(vectors):
        return np.zeros(len(vectors), dtype=np.bool_)
    return np.asarray(vectors @ weights + bias > (_SURE if sure else _LIMIT))


@cache
def _probe() -> tuple[NDArray[np.float32], float, str]:
    with files("bot.answer").joinpath("orders.npz").open("rb") as file, np.load(file) as saved:
        return saved["weights"], float(saved["bias"]), str(saved["model"])


def _plain(text: str) -> str:
    """Return a text as it looks: without marks that cannot be seen, with Latin letters for those that look like them."""
    shown = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    latin = shown.translate(_ALIKE) if re.search("[a-zA-Z]", shown) else shown
    bare = "".join(letter for letter in unicodedata.normalize("NFD", latin) if not unicodedata.combining(letter))
    return _SPACED.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), bare.replace("’", "'"))
