"""The words that ask, in Italian and English: which wording is which kind of question, and what its answer looks like.

Tables only. Patterns meet folded text (lower case, no accents, straight apostrophes, single spaces), so `perche'`,
`perché` and `PERCHE` are one. Knows nothing of the words of a particular question.
"""

import re

from bot.question.kinds import Expected, Kind

_IT_TIME = r"(?:ann[oi]|dat[ae]|giorn[oi]|mes[ei]|period[oi]|secol[oi]|decenni[o]?|epoc[ah]e?|stagione|ora|momento)"
_EN_TIME = r"(?:years?|dates?|days?|months?|periods?|centur(?:y|ies)|decades?|eras?|time|season|hour)"
_IT_BE = r"(?:e'?|era|sono|erano|fu|furono|e' stat[oa]|e stat[oaie]|sara'?|saranno)"
_EN_BE = r"(?:is|was|are|were|will be|'s)"
_IT_HAPPENED = r"(?:success|stat|avvenut|accadut|cambiat|emers|previst|fatt|dett|dat)[oaie]\b"

ASKS: dict[str, tuple[tuple[Kind, re.Pattern[str]], ...]] = {
    "it": tuple(
        (kind, re.compile(rf"\b(?:{pattern})"))
        for kind, pattern in (
            (Kind.TOPIC, r"parlami|parlate?mi|raccontami|raccontate?mi|(?:che )?cosa sai|che sai|riassumi"),
            (Kind.TOPIC, r"(?:che )?cosa (?:si sa|si conosce|sappiamo)\b"),
            (
                Kind.TOPIC,
                r"(?:che )?(?:cosa )?(?:mi )?(?:puoi|sai|potresti) (?:dirmi|dire|raccontare) (?:di|su|del|sul)",
            ),
            (Kind.LIST, r"elenca(?:mi|te)?\b|fammi (?:un elenco|una lista)|quali (?:sono|erano|furono)\b"),
            (Kind.WHY, r"perche'?(?=\W|$)|come mai\b|a causa di (?:che|cosa|quale)\b"),
            (Kind.WHY, r"(?:per )?(?:qual[ei]?|che) (?:\w+ )?(?:motiv[oi]|ragion[ei]|caus[ae]|scop[oi])\b"),
            (
                Kind.WHY,
                rf"qual[ei]? {_IT_BE} (?:stat\w )?(?:il|lo|la|i|le|gli) (?:\w+ )?(?:motiv[oi]|ragion[ei]|caus[ae])\b",
            ),
            (Kind.HOW_LONG, r"(?:da |per |in |tra |fra |entro |ogni )?quanto tempo\b|quanto (?:e |e' )?dur\w+"),
            (Kind.WHEN, r"(?:da |fino a |a |per )?quand(?:o\b|')|a che ora\b"),
            (Kind.WHEN, rf"(?:in |a |da |di |nel )?(?:che|qual[ei]?) {_IT_TIME}\b"),
            (Kind.WHEN, rf"qual'? {_IT_BE} (?:l'|la |il )(?:data|anno|giorno|mese)\b"),
            (Kind.WHERE, r"(?:da |di |verso )?dov(?:e\b|')"),
            (Kind.HOW_MANY, r"quant[ie]\b|(?:a )?quanto ammont\w+"),
            (Kind.HOW_MANY, r"(?:qual[ei]?|che) (?:numero|percentuale|quantita'?|cifra|quota|parte percentuale)\b"),
            (
                Kind.HOW_MANY,
                rf"qual'? {_IT_BE} (?:il |la |l')(?:\w+ )?(?:numero|percentuale|quantita'?|popolazione|temperatura|distanza"
                r"|altezza|lunghezza|superficie|eta'?|costo|prezzo|rapporto|tasso|valore)\b",
            ),
            (Kind.HOW_MUCH, r"quant(?:[oa]\b|')"),
            (Kind.WHO, r"chi\b"),
            (
                Kind.HOW,
                r"com(?:e\b|')|in (?:che|qual[ei]?) (?:modo|modi|maniera|misura)\b|con (?:che|qual[ei]?) mezz[oi]\b",
            ),
            (
                Kind.DEFINITION,
                rf"(?:che )?cos(?:a |' ?)(?:e'?|era|sono|erano|fu)(?=\W|$)(?! {_IT_HAPPENED})"
                r"|(?:che )?(?:cosa |cos')?(?:significa(?:no|va)?|vuol dire|si intende)\b|definisci\b",
            ),
            (Kind.WHAT, r"(?:che )?cos(?:a\b|')"),
            (Kind.WHICH, r"qual(?:[ei]?\b|')"),
            (Kind.WHICH, r"(?<!\w )(?:(?:a|di|da|in|con|su|per|tra|fra) )?che (?=\w)"),
            (Kind.WHICH, r"che (?:tipo|genere|ruolo|effetto)\b"),
        )
    ),
    "en": tuple(
        (kind, re.compile(rf"\b(?:{pattern})"))
        for kind, pattern in (
            (
                Kind.TOPIC,
                r"(?:tell|give|show) me (?:about|something|more|everything|information)|talk (?:to me )?about",
            ),
            (
                Kind.TOPIC,
                r"what (?:do you know|can you (?:tell me|say)|is known) (?:about|of)|summari[sz]e|information on",
            ),
            (
                Kind.LIST,
                r"^list\b|^name (?:the|some|all|a few|two|three)\b|(?:what|which) are (?:some|all|the (?:names|main))\b",
            ),
            (Kind.WHY, r"why\b|how come\b|(?:for )?(?:what|which) (?:\w+ )?(?:reasons?|causes?|purposes?|motives?)\b"),
            (Kind.WHY, rf"what(?: {_EN_BE}|'s) the (?:\w+ )?(?:reasons?|causes?|motives?|purpose)\b"),
            (Kind.WHY, r"what (?:caused|causes|led to|prompted|made)\b"),
            (Kind.HOW_LONG, r"(?:for |since )?how long\b|how much time\b"),
            (Kind.WHEN, r"(?:since |until |till |by )?when\b|at what time\b"),
            (Kind.WHEN, rf"(?:in |on |by |during |since |at |from |until )?(?:what|which) {_EN_TIME}\b"),
            (Kind.WHEN, rf"what(?: {_EN_BE}|'s) the (?:date|year|day|month)\b"),
            (Kind.WHERE, r"where\b"),
            (Kind.HOW_MANY, r"how many\b|(?:what|which) (?:number|percent|percentage|fraction|proportion)\b"),
            (
                Kind.HOW_MANY,
                rf"what(?: {_EN_BE}|'s) the (?:\w+ )?(?:number|percentage|population|temperature|distance|height|length|size|age"
                r"|cost|price|ratio|rate|value|amount|total)\b",
            ),
            (Kind.HOW_MUCH, r"how (?:much|big|large|far|high|tall|old|deep|fast|wide|heavy|strong|great)\b"),
            (Kind.WHO, r"who(?:m|se|'s)?\b"),
            (Kind.HOW, r"how\b|(?:in|by) what (?:way|ways|means|manner)\b"),
            (
                Kind.DEFINITION,
                r"what (?=(?:does|do|did) .{2,60} (?:mean|stand for|signify)\b)|define\b|what is meant by\b",
            ),
            (Kind.DEFINITION, rf"^what(?: {_EN_BE}|'s)(?= (?:(?:a|an|the) )?(?:[\w-]+ ?){{1,3}}\W*$)"),
            (Kind.WHICH, r"which\b"),
            (Kind.WHAT, r"what(?:'s)?\b"),
        )
    ),
}
"""By language: kinds of question and the wording that shows them. The earliest match wins; of two, the one higher up."""

LEAD_INS: dict[str, re.Pattern[str]] = {
    "it": re.compile(
        r"""^\W*(?:(?:ciao|salve|buongiorno|buonasera|scusa|scusami|scusi|senti|per[ ]favore|per[ ]piacere|allora|e|ma)[\s,.!]+)*
        (?:(?:(?:mi[ ])?(?:sai|sa|puoi|pu[oò]'?|potresti|potrebbe|sapresti|saprebbe|riesci[ ]a|vorrei|voglio|volevo|desidero
            |mi[ ]piacerebbe|vorremmo|dovresti)[ ](?:per[ ]favore[ ])?
            (?:dirmi|dire|spiegarmi|spiegare|sapere|conoscere|chiederti|chiedere|chiederle|indicarmi|ricordarmi|capire)
          |mi[ ](?:dici|dica|sai[ ]dire|spieghi|spiega)|dimmi|ditemi|mi[ ]dica|spiegami|spiegatemi|indicami|ricordami)
          [\s,:]+(?:per[ ]favore[\s,]+)?(?:se[ ](?=[^\W\d_]))?)?""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "en": re.compile(
        r"""^\W*(?:(?:hi|hello|hey|please|excuse[ ]me|so|and|but|well|ok|okay)[\s,.!]+)*
        (?:(?:(?:can|could|would|will)[ ]you[ ](?:please[ ])?(?:tell|explain|show|remind)(?:[ ](?:to[ ])?(?:me|us))?
          |(?:i['’]?d[ ]like|i[ ]would[ ]like|i[ ]want|i[ ]need|i[ ]wanted|we['’]?d[ ]like)[ ]to[ ](?:know|learn|understand|ask|find[ ]out)
          |do[ ]you[ ](?:happen[ ]to[ ])?know|i[ ]wonder|i[ ]was[ ]wondering|any[ ]idea
          |(?:please[ ])?(?:tell|explain[ ]to|remind)[ ](?:me|us)(?![ ](?:about|something|more|everything)\b)|explain)
          [\s,:]+(?:please[\s,]+)?(?:(?:if|whether)[ ](?=[^\W\d_]))?)?""",
        re.IGNORECASE | re.VERBOSE,
    ),
}
"""By language: what stands before the question proper (`Could you tell me`, `Vorrei sapere`)."""

YES_NO: dict[str, re.Pattern[str]] = {
    "it": re.compile(
        r"^(?:e'?|era|sono|ha|hanno|aveva|c'e'?|ci sono|puo'?|possono|esist\w+|davvero|e'? vero)(?=\W)|\?\W*$"
    ),
    "en": re.compile(
        r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)(?:n't)?\b|\?\W*$"
    ),
}
"""By language: what a question looks like that no wording of `ASKS` fits and that is no mere list of keywords."""


MEASURES: dict[str, tuple[tuple[Expected, re.Pattern[str]], ...]] = {
    "it": (
        (
            Expected.MONEY,
            re.compile(
                r"\bquant[oa] (?:e' |e |sono )?(?:cost|val[es]|vend|spen|pag|guadagn)|\bprezzo\b|\bcosto\b|\bdenaro\b|\bsoldi\b"
            ),
        ),
        (
            Expected.AGE,
            re.compile(r"\bquanti anni (?:ha|hanno|aveva|avevano|ebbe)\b|\b(?:che|quale|qual e'? l')\s?eta\b"),
        ),
        (Expected.WEIGHT, re.compile(r"\bquanto (?:pes|e pesante|e' pesante)|\bche peso\b|\bqual e'? il peso\b")),
        (
            Expected.LENGTH,
            re.compile(
                r"\bquanto (?:e'? |era |sara'? |erano |sono )?(?:dist|lontan|lung[oa]|larg[oa]|alt[oa]|profond|misur)"
                r"|\b(?:lunghezza|distanza|altezza|larghezza|profondita)\b"
            ),
        ),
        (Expected.PERCENT, re.compile(r"\bpercentuale\b|\bper ?cento\b")),
    ),
    "en": (
        (
            Expected.MONEY,
            re.compile(
                r"\bhow much\b.*\b(?:costs?|worth|pay|paid|spen[dt]|money|earn|sold|price)|\b(?:cost|price) of\b|\bhow much (?:is|are|was|were)\b"
            ),
        ),
        (Expected.AGE, re.compile(r"\bhow old\b|\bwhat age\b|\bthe age of\b")),
        (Expected.WEIGHT, re.compile(r"\bhow heavy\b|\bhow much\b.*\bweigh|\bthe weight of\b")),
        (
            Expected.LENGTH,
            re.compile(
                r"\bhow (?:tall|high|deep|wide)\b|\bhow far (?:away|off)\b|\bhow far (?:is|are|was|were)\b.*\bfrom\b"
                r"|\bhow far (?:\w+ )?.*\b(?:travel|fly|flew|flown|sail|reach|go|went|gone|drive|drove)\w*\b|\bhow long (?:is|was|will) (?:the|a) (?:\w+ )?(?:bridge|river|road|line|border|train|ship)\b"
                r"|\bthe (?:length|distance|height|width|depth)\b"
            ),
        ),
        (Expected.PERCENT, re.compile(r"\bper ?cent(?:age)?\b")),
    ),
}
"""By language: questions after a measure, and the measure. The first that fits counts."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADS: dict[str, dict[Expected, frozenset[str]]] = {
    "it": {
        Expected.PERSON: _words(
            "persona persone uomo donna presidente ministro ministra portavoce leader capo direttore direttrice"
            " autore autrice scrittore scienziato politico generale comandante re regina imperatore ambasciatore"
            " ambasciatrice segretario dittatore diplomatico funzionario analista esperto attore attrice cantante"
            " giocatore allenatore fondatore inventore filosofo papa vescovo premier consigliere viceministro"
        ),
        Expected.PLACE: _words(
            "luogo posto paese paesi stato stati citta capitale nazione nazioni regione regioni continente isola fiume"
            " provincia contea porto aeroporto base territorio territori zona area stazione mare confine sede localita"
        ),
        Expected.NAME: _words(
            "nome azienda aziende societa organizzazione gruppo partito squadra agenzia agenzie giornale trattato"
            " universita rete banca accordo film libro opera lingua ministero marca modello titolo missile missili"
        ),
        Expected.NUMBER: _words(
            "numero quantita cifra popolazione temperatura distanza altezza lunghezza superficie eta rapporto tasso"
            " articolo totale bilancio"
        ),
        Expected.PERCENT: _words("percentuale percentuali"),
        Expected.MONEY: _words("costo prezzo somma budget stipendio valore ricavi spesa"),
        Expected.DATE: _words("anno anni data date giorno mese secolo decennio periodo"),
        Expected.DURATION: _words("durata"),
        Expected.REASON: _words("motivo motivi ragione ragioni causa cause scopo"),
    },
    "en": {
        Expected.PERSON: _words(
            "person people man woman president minister spokesman spokeswoman spokesperson leader head director author"
            " writer scientist politician general commander king queen emperor ambassador secretary dictator diplomat"
            " official analyst expert actor actress singer player coach founder inventor philosopher pope bishop adviser"
        ),
        Expected.PLACE: _words(
            "place country countries state states city cities capital nation nations region regions continent island river"
            " province county port airport base territory territories area station sea border town location"
        ),
        Expected.NAME: _words(
            "name company companies organization organisation group party team agency agencies newspaper treaty university"
            " network bank agreement film movie book language ministry brand model title missile missiles"
        ),
        Expected.NUMBER: _words(
            "number quantity figure population temperature distance height length size age ratio rate article total amount"
        ),
        Expected.PERCENT: _words("percent percentage"),
        Expected.MONEY: _words("cost price sum budget salary value revenue"),
        Expected.DATE: _words("year years date dates day month century decade period"),
        Expected.DURATION: _words("duration"),
        Expected.REASON: _words("reason reasons cause causes purpose motive"),
    },
}
"""By language: nouns behind `which` or `what is the` that say what the answer is."""

ROLES: dict[str, frozenset[str]] = {
    "it": HEADS["it"][Expected.PERSON]
    | _words(
        "sorella fratello padre madre figlio figlia moglie marito governatore deputato senatore colonnello ammiraglio professore"
        " professoressa economista inviato cancelliere sindaco giudice procuratore avvocato medico giornalista cardinale"
        " vicepremier vicesegretario viceministra rappresentante dirigente economisti partigiano segretaria consigliera"
    ),
    "en": HEADS["en"][Expected.PERSON]
    | _words(
        "sister brother father mother son daughter wife husband governor lawmaker senator colonel admiral professor economist"
        " envoy chancellor mayor judge prosecutor lawyer doctor journalist cardinal aide chief deputy representative chairman"
        " chairwoman founder executive guerrilla politician"
    ),
}
"""By language: nouns beside a name that say who that is."""

FRAMES: dict[str, frozenset[str]] = {
    "it": _words(
        "nome tipo tipi genere specie termine termini chiamato chiamata chiamati chiama chiamano esempio qualcosa tutto successo accaduto avvenuto stato"
        " stata numero percentuale quantita cifra anno anni data giorno mese periodo secolo motivo ragione causa volta volte"
        " riassumi riassunto riepiloga ricapitola sintetizza confronta paragona brevemente"
        " reagito reagire reagi reagisce reagirono reazione reazioni"
    ),
    "en": _words(
        "mean means stand name names type types kind kinds sort term called call known example something everything happen happened number"
        " percent percentage amount quantity total year years date day month period century reason cause time times many much"
        " react reacted reacts reaction reactions"
    ),
}
"""By language: words of a question that an answer seldom repeats."""

LIGHT: dict[str, frozenset[str]] = {
    "it": _words(
        "posto pone porre pose posero messo mise misero mettere opposto oppone opporre oppose opposero fatto fece fecero fare"
        " dato diede diedero dare preso prese presero prendere esercitato esercita usato usa compiuto compi svolto"
        " entrato entrata entrati entrate entra entrano entrare entrarono entrera entro"
    ),
    "en": _words(
        "cast casts put puts make made makes take took takes give gave gives exercise exercised use used uses issue issued come"
        " comes came enter enters entered"
    ),
}
"""By language: verbs that mean little before `il veto`, `a decision`, `into force`: the noun says what is done."""

OPENINGS: dict[str, frozenset[str]] = {
    "it": _words(
        "riassumi riassumimi riassumete riepiloga ricapitola sintetizza sintesi confronta paragona descrivi elenca elencami parlami raccontami"
        " racconta illustra illustrami indica trova cerca cita dammi fammi brevemente sinteticamente insomma prima dopo durante finora"
    ),
    "en": _words(
        "summarise summarize summary sum recap outline describe compare contrast list name give tell explain set show find discuss trace detail"
        " briefly quickly before after during regarding concerning"
    ),
}
"""By language: words that a request opens with, capital only for that."""
