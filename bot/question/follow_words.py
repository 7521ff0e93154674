"""The words of follow-ups, in Italian and English: what leans on the conversation, and how it is taken up again.

Tables only. Patterns meet folded text (lower case, no accents, straight apostrophes, single spaces, no mark at the
end). Knows nothing of a particular conversation.
"""

import re

Patterns = tuple[re.Pattern[str], ...]

_IT = r"(?:(?:e|ed|ma|allora|ok|scusa|scusi|per favore|puoi|potresti|mi)\b[ ,]*)*"
_EN = r"(?:(?:and|but|so|ok|okay|well|please|can you|could you|would you|now)\b[ ,]*)*"


def _whole(it: str, en: str) -> dict[str, re.Pattern[str]]:
    return {
        "it": re.compile(rf"{_IT}(?:{it})(?:,? ?(?:per favore|per piacere|grazie))?"),
        "en": re.compile(rf"{_EN}(?:{en})(?:,? ?(?:please|thanks|thank you|then))?"),
    }


_SWITCH_IT = (
    r"(?:(?:(?:ri)?spond\w+|(?:ri)?dim?mel\w*|di(?:m|llo|mmelo)?|dirmelo|ripet\w+|traduc\w+|tradu\w+|scriv\w+|la stessa cosa|lo stesso|stavolta"
    r"|adesso|ora|parla\w*|continua\w*|invece|questo|quello|la risposta|tutto)[ ,]+)*(?:in|la versione|versione)[ ]+(?P<tongue>inglese|italiano)"
)
_SWITCH_EN = (
    r"(?:(?:answer|reply|respond|repeat|say|translate|write|tell|give|me|it|that|this|the same|the|again|now|put|speak|continue|instead|one|everything"
    r"|same thing|same|question)[ ,]+)*(?:(?:in|into|to)[ ]+)?(?P<tongue>english|italian)(?: instead| version)?"
)
SWITCHES = _whole(_SWITCH_IT, _SWITCH_EN)
"""By language: asking for the answer in a language; the group `tongue` names it."""

TAIL = re.compile(
    r"[\s,;:.?!–—(-]+(?:(?:please[ ,]+|per favore[ ,]+|but |and |ma |e )?(?:answer|reply|rispondi(?:mi)?|rispondete)?\s*in "
    r"(?P<tongue>english|inglese|italian|italiano)|(?P<polite>please|per favore)[ ,]+in (?P<tongue2>english|inglese|italian|italiano))"
    r"(?:[ ,]+(?:please|per favore|grazie|thanks))?[\s.!?)]*$",
    re.IGNORECASE,
)
"""The same request behind a question of its own. Meets the question as written."""

TONGUES = {"english": "en", "inglese": "en", "italian": "it", "italiano": "it"}

COMMANDS: dict[str, dict[str, re.Pattern[str]]] = {
    "yes": _whole(
        r"(?:si|certo|certamente|volentieri|esatto|va bene|d'accordo|dimmi pure|sicuro|perche' no|si certo|si,? dimmi\w*)"
        r"(?:[ ,]+(?:si|certo|grazie|dimmi|vai|pure|volentieri))*",
        r"(?:yes|yeah|yep|yup|sure|of course|absolutely|definitely|right|go ahead|do it|all right|alright)"
        r"(?:[ ,]+(?:yes|sure|go ahead|do|tell me|of course|it is|i do|i would))*",
    ),
    "no": _whole(r"no(?:[ ,]+(?:no|non quello|non questo))*", r"(?:no|nope|nah)(?:[ ,]+(?:no|not that|not that one))*"),
    "shorter": _whole(
        r"(?:(?:fallo|falla|dillo|dimmelo|rispondi|spiega\w*|riassumi\w*|una risposta|risposta|fammi|fanne|fai|un|in modo|meglio|una) )*"
        r"(?:(?:piu|molto piu) (?:breve|corto|corta|conciso|semplice)(?:mente)?|in breve|in sintesi|in (?:una|poche|due|tre) (?:sola )?(?:frase|frasi|parole|parola|righe|riga)"
        r"|riassum\w+|riassunto|sintetizza|sintesi|accorcia\w*|troppo lung[oa])",
        r"(?:(?:can|could) you )?(?:please )?(?:sum (?:it |that |this )?up|"
        r"(?:(?:make|say|put|give|it|that|this|me|a|the|in|explain|answer|summari[sz]e|sum|up) )*"
        r"(?:shorter|more briefly|briefly|briefer|short(?:er)? (?:answer|version)|in short|in brief|in (?:one|a|two|a few|fewer) (?:single )?(?:sentences?|words?|lines?)"
        r"|summari[sz]e(?: (?:it|that|this))?|summary|tl;?dr|shorten(?: it| that)?|too long|more simply|simpler))",
    ),
    "again": _whole(
        r"(?:non (?:ho capito|capisco|e' chiaro|mi e' chiaro)|ripet\w+|come scusa|come dici|spiega(?:ti|mi|lo|melo)?(?: meglio| di nuovo| ancora)?|puoi ripetere"
        r"|(?:ne )?(?:sei|e'?|siete) (?:proprio )?sicur\w+|davvero|sul serio|(?:e|e') vero|cosa (?:significa|vuol dire)(?: questo| cio)?|ancora una volta|in che senso|cioe'?)",
        r"(?:i (?:don'?t|do not|didn'?t) (?:understand|get it|follow)(?: that| it)?|repeat(?: that| it)?|say (?:that|it) again|pardon|sorry|explain(?: it| that| this)?(?: better| again| further)?"
        r"|are you sure(?: about (?:that|it|this))?|really|seriously|is (?:that|it|this) (?:really )?true|what does (?:that|it|this) mean|what do you mean(?: by that)?|once more|meaning|come again)",
    ),
    "more": _whole(
        r"(?:(?:dim+i|dammi|raccontami|parlami|spiegami|dirmi|darmi|vorrei sapere|voglio sapere|sai|hai|c'e'?|ci sono|dicci|si puo sapere|saper\w+|dire|di|ne)[ ]+)*"
        r"(?:(?:qualcosa |qualcos'? ?|molto )?(?:di|ancora|ancora di) piu(?: (?:su|di|riguardo a) (?:questo|quello|cio|questa|quella|lui|lei|loro|essi))?|(?:altri|maggiori|piu|ulteriori|qualche|altre|i|dei|piu') (?:\w+ )?(?:dettagl\w+|particolar\w+|informazion\w+|notizie)"
        r"|qualcos'?\s?altro|altro(?: (?:da (?:dire|sapere|aggiungere)|ancora))?|nient'?\s?altro|(?:che|cos'?|cosa) altro(?: (?:sai|c'e'?|si sa))?|ancora|continua\w*|vai avanti|prosegui\w*|approfondisci\w*|approfondire|in dettaglio|e poi)",
        r"(?:(?:tell|give|show|explain|me|us|i want|i'd like|i would like|to know|to hear|know|say|do you|have|any|some|is there|are there|can you|you)[ ]+)*"
        r"(?:(?:a bit |a little |some |any |something |much )?more(?: (?:details?|information|info|facts|please))?(?: (?:about|on|of) (?:it|that|this|them|him|her|these|those|there))?|further(?: details?| information)?|(?:more |further )?details?"
        r"|(?:what|anything|something) else(?: (?:do you know|is known|is there|can you tell me))?|else|elaborate(?: on (?:that|it|this))?|go on|continue|keep going|carry on|go deeper|expand(?: on (?:that|it|this))?|in detail|about (?:it|that|this|them|him|her))",
    ),
}
"""By kind and language: what the reader wants of the answer that he has."""

CHAT = re.compile(
    r"(?:(?:molte |tante )?grazie(?: mille)?|ciao|salve|buon(?:giorno|asera|anotte|a giornata)|arrivederci|prego|ok(?:ay)?|capito|perfetto|bene|ho capito|interessante"
    r"|chi sei(?: tu)?|cosa sai fare|aiuto|come stai|help|who are you|what can you do|how are you|thanks?(?: you)?(?: (?:very much|so much|a lot))?|hi|hello|hey|bye|goodbye|good (?:morning|evening)"
    r"|great|nice|cool|perfect|i see|got it|understood|interesting)(?:[ ,!.]+(?:grazie|mille|a tutti|thanks|thank you|ponte|there|a lot|molto))*"
)
"""What asks nothing."""

OFFERS: Patterns = (
    re.compile(
        r"(?:would you like|do you want)(?: me)? to (?P<verb>know|hear|learn|see|tell you|read)(?: more)?(?: (?P<about>about|on))? (?P<what>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:shall|should|can) i (?:tell you(?: more)?|say more|go on)(?: (?P<about>about|on))? (?P<what>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:did you mean|do you mean|perhaps you meant)[:, ]+(?P<what>.+)", re.IGNORECASE),
    re.compile(
        r"(?:vuoi|desideri|vorresti|ti interessa|ti va di) (?:sapere|conoscere|sentire|leggere|che ti (?:dica|parli|racconti))(?: (?:di )?(?:più|altro))?(?: (?P<about>su|di))? (?P<what>.+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:intendevi|intendi|volevi dire|forse intendevi)[:, ]+(?P<what>.+)", re.IGNORECASE),
)
"""What an answer may offer in its last sentence. They meet text as written, without the question mark."""

ASKING: dict[str, dict[str, re.Pattern[str]]] = {
    "it": {
        key: re.compile(pattern)
        for key, pattern in {
            "why": r"perche'?|come mai|per (?:che|quale|qual) (?:motivo|ragione)|e perche'? mai|il motivo|qual e' il motivo|perche'? no",
            "when": r"quando|in (?:che|quale) (?:anno|giorno|data|mese|periodo|momento)|che (?:anno|giorno)|la data|a quando risale",
            "since": r"da quando",
            "until": r"fino a quando",
            "where": r"dove|in (?:che|quale) (?:luogo|posto|paese|citta|parte)|dov'e'?",
            "from": r"da dove",
            "how": r"come|in (?:che|quale) modo|e come",
            "who": r"chi",
            "whom": r"con chi",
            "by": r"da chi",
            "to": r"a chi",
            "against": r"contro (?:di )?chi",
            "long": r"(?:per )?quanto tempo|quanto (?:e' durat[oa]|dura|duro)",
            "many": r"quant[ie](?: (?:sono|erano|furono|saranno))?|in quanti",
            "much": r"quanto",
        }.items()
    },
    "en": {
        key: re.compile(pattern)
        for key, pattern in {
            "why": r"why|how come|for what reason|why so|what for|why not|the reason|what is the reason|why is that|why was that",
            "when": r"when|(?:in |on )?(?:what|which) (?:year|day|date|month)|at what time|the date|when exactly",
            "since": r"since when|since what year",
            "until": r"until when|till when",
            "where": r"where|in (?:what|which) (?:place|country|city)|where exactly",
            "from": r"from where|where from",
            "how": r"how|in what way|how so|how exactly",
            "who": r"who|who exactly",
            "whom": r"with whom|with who|who with",
            "by": r"by whom|by who|who by",
            "to": r"to whom|to who|who to",
            "against": r"against (?:whom|who|what)",
            "long": r"(?:for )?how long",
            "many": r"how many(?: (?:were|are) (?:there|they)| of them)?",
            "much": r"how much",
        }.items()
    },
}
"""By language: a question that is nothing but the words that ask."""

ASKED: dict[str, dict[str, str]] = {
    "it": {
        "why": "perché", "when": "quando", "since": "da quando", "until": "fino a quando", "where": "dove", "from": "da dove",
        "how": "come", "who": "chi", "whom": "con chi", "by": "da chi", "to": "a chi", "against": "contro chi", "long": "per quanto tempo",
        "many": "quanti", "much": "quanto",
    },
    "en": {
        "why": "why", "when": "when", "since": "since when", "until": "until when", "where": "where", "from": "from where",
        "how": "how", "who": "who", "whom": "with whom", "by": "by whom", "to": "to whom", "against": "against whom", "long": "how long",
        "many": "how many", "much": "how much",
    },
}  # fmt: skip
"""The same, as they are written back."""

EVENT = {
    "it": re.compile(
        r"(?P<asks>.+?) (?:(?:e'?|era|sara'?) (?:success|accadut|avvenut|stat|capitat)[oa](?: (?:questo|quello|cio|tutto (?:questo|cio)|fatt[oa]))?"
        r"|(?:succede|accade|avviene|succedera'?)|(?:l'ha|lo ha|l'hanno|lo hanno|l'avrebbe|lo avrebbe) (?:fatt[oa]|decis[oa])(?: (?:lui|lei|loro))?|(?:ha|hanno) (?:fatto|deciso) (?:questo|cosi|cio)|(?:si e'?) (?:svolt[oa]|tenut[oa]|verificat[oa])|(?:lo|l'ha) (?:fa|fanno|fece|fecero)|questo|cosi)"
    ),
    "en": re.compile(
        r"(?P<asks>.+?) (?:(?:did|does|will|would) (?:it|that|this|all (?:this|that)|they|he|she) (?:all )?(?:happen|occur|take place|do (?:it|that|this|so))"
        r"|(?:was|is) (?:that|this|it)|(?:did|do|does) (?:they|he|she) (?:do )?(?:it|that|this|so)|it happened|that|so)"
    ),
}
"""By language: asking words with nothing behind them but `did that happen`."""

SOURCE = _whole(
    r"(?:chi (?:l'ha|lo ha|lo) (?:detto|scritto|riferito|affermato|dichiarato|annunciato|confermato|rivelato|reso noto|comunicato|dice|afferma|sostiene)|chi (?:ha detto|dice|sostiene|afferma) (?:questo|cio|cosi|quello)|secondo chi|chi lo dice|(?:qual e'? )?(?:la|le) font[ei]|font[ei]|da dove viene (?:questo|la notizia)|come (?:lo )?(?:sai|si sa))",
    r"(?:who (?:said|says|claims|claimed|reported|wrote|announced|confirmed|revealed|disclosed|told you) (?:it|that|this|so)|according to who(?:m)?|says who|(?:what(?: is|'s) (?:the|your) )?sources?|where (?:does (?:it|that|this) come from|did you (?:read|find|get) (?:it|that|this))|how do you know(?: that| this)?)",
)
"""By language: asking who said what the answer says."""

NEXT = _whole(
    r"(?:(?:cosa |che cosa |che )?(?:e'? )?(?:success[eo]|accadde|accaduto|avvenne) )?(?:poi|dopo|in seguito|successivamente|dopo di cio|dopo questo)(?: (?:cosa|che cosa|che) (?:e'? )?(?:success[eo]|accadde|accaduto))?",
    r"(?:what (?:happened|came|comes|happens) )?(?:next|then|after that|afterwards|later|after this|since then)",
)
"""By language: asking what came afterwards."""

OPENING = {
    "it": re.compile(
        r"^(?:(?:e|ed|ma|allora|invece|mentre|ok|scusa)[ ,]+(?!poi\b))*(?:(?:(?:che (?:mi )?(?:dici|dire|sai)|cosa (?:mi )?(?:dici|sai)|riguardo|quanto|per quanto riguarda|rispetto|a proposito|nel caso)"
        r" (?=(?:d[aei]|dell|a|al|agli|all|alla|alle|ai|gli|il|lo|la|i|le|su)\b)|riguardo a |e per )(?:(?:di|a|su) )?)?",
    ),
    "en": re.compile(
        r"^(?:(?:and|but|or|so|then|ok|also|instead|well)[ ,]+)*(?:(?:what|how) about |what of |as for |regarding |concerning )?"
    ),
}
"""By language: what stands before the new topic."""

NTH = {
    word: n
    for n, words in enumerate(
        (
            "primo prima first 1st 1o 1° 1",
            "secondo seconda second 2nd 2° 2",
            "terzo terza third 3rd 3° 3",
            "quarto quarta fourth 4th 4° 4",
            "quinto quinta fifth 5th 5° 5",
        ),
        1,
    )
    for word in words.split()
} | {"ultimo": -1, "ultima": -1, "last": -1}
"""Ordinals that count the points of an answer."""

POINT = re.compile(
    # `E prima?` asks what came before.
    rf"(?!(?:(?:e|ma|and) )?prima\W*$)(?:(?:e|and|ma|but|what about|how about|dimmi di piu (?:su|sul|sulla|del|della)|tell me more about|spiega\w*|explain|parlami (?:del|della)|elaborate on|more on|expand on|approfondisci)[ ,]+)*"
    rf"(?:(?:il|la|lo|l'|the|al|sul|sulla|del|della)\s?)?(?P<nth>{'|'.join(re.escape(word) for word in NTH if not word.isdigit())}|(?<=punto )\d|(?<=point )\d)"
    r"(?: (?:punto|frase|cosa|motivo|fatto|elemento|one|point|sentence|thing|item|reason|fact|part))?"
    r"|(?:(?:e|and|what about|how about)[ ,]+)?(?:(?:il|the) )?(?:punto|point|number|numero) (?P<digit>[1-5])"
)
"""`And the second point`."""

VERBS_EN = frozenset(
    "say says said mean contain provide promise include cover allow ban cost last work happen begin end start call send sell buy sign meet give take make want need"
    " think know get go come react respond deny accuse condemn visit become change violate oblige require expire lapse apply affect help supply agree describe"
    " consist weigh carry live die stand serve belong decide vote do have play use allow concern prohibit limit tell state signed made".split()
)
"""Verbs that may stand behind a noun in a question, and so do not belong to it."""
