"""The words that verifying turns on, in Italian and English: who says, who denies, what limits a number.

Tables only. All words are folded; those of `SAYING`, `FACTIVE`, `CONTRARY` and `OPPOSITES` are beginnings of words or
whole words, compiled by `stems`. Knows nothing of sentences.
"""

import re

NEGATORS = {
    "it": frozenset(
        "non mai nessun nessuno nessuna ne neppure nemmeno neanche senza nulla niente alcun alcuna".split()
    ),
    "en": frozenset("non not never no nor neither none without nothing cannot nobody lacking nowhere".split()),
}
"""Words that turn what follows into its contrary."""


ACCENTED = frozenset(
    "ne liquido lodo noto calo conto nego bollo stimo parlo annuncio calcolo accuso penso condanno voto cesso".split()
)
"""Forms that are another word without the accent on their last letter: `liquidò` and `liquido`."""


def says(pattern: re.Pattern[str], folded: str, surface: str) -> bool:
    """Say whether a word is one of a list, minding the accents that tell verbs from nouns."""
    return bool(pattern.match(folded)) and not (folded in ACCENTED and surface[-1:].isascii())


def verbs(roots: str) -> str:
    """Return the forms of regular Italian verbs in -are with which someone says something."""
    ends = "a ano o arono ata ate ati ato ava avano ando are asse era eranno erebbe erebbero".split()
    return " ".join(root + end for root in roots.split() for end in ends)


def stems(words: str) -> re.Pattern[str]:
    """Compile a list of words into one pattern; a hyphen behind a word stands for any ending."""
    return re.compile("(?:" + "|".join(word.replace("-", r"\w*") for word in words.split()) + r")\Z")


CONTRARY = {
    "it": stems("nega negat- nego negano negarono neghi negher- smenti- rifiut- respin- infondat- violat- viola violaz-"
    " esclude escluso esclusa esclus-"
                " escludono escludev- escludend- escluder- nega negava negavano negando priv- manca mancava"
                " mancav- mancant- liquidat- liquido falso falsa false fallit-"
                " fallisc- falli"
                " assurd- baseless impossib- improbab- vieta- contrar- bloccat- bollat- bollo immotivat- incompatib-"
                " contravv- contraddi- contrast-"),
    "en": stems("odds incompatib- contraven- contradict- inconsistent deny denie- denying denial denials refus-"
                    " reject- unfounded baseless groundless exclud- lack- dismiss- fake"
                " failed fails failing absurd impossible unlikely ban bans banned bar bars barred prevent-"
                " unanswered prohibit- violat- violation- breach-"),
}  # fmt: skip
"""Words that deny by themselves: what follows them is not so."""

SET_PHRASES = re.compile(
    r"\b(?:keep\w*|kept) (?:an eye|watch|track|pace|up)\b|\b(?:was|were|is|are) left (?:of|over)\b|\bin grado di\b"
    r"|\b(?:inizio|fine|beginning|start|end) (?:di|del|of)(?: the)? (?:(?:19|20)\d\d|year|month|anno|mese)\b"
    r"|\b(?:take|takes|took|taken|taking) (?:place|part)\b|\bat (?:the )?(?:same )?time\b"
    r"|\b(?:rimas\w+|rest\w+|riman\w+|left|leaving|leaves) (?:\w+ )?(?:senza|privo?|without)\b"
    r"|\ba lungo\b|\bso far\b|\b(?:early|mid|late)[ -](?:\w+ )?(?:19|20)\d\d"
)
"""Phrases whose words mean nothing that has a contrary."""

RULED_OUT = re.compile(
    r"\b(?:non|never|not|n't|mai) (?:\w+ )?(?:esclu\w+|nega\w*|smenti\w+|rul(?:e|ed|ing) out|exclud\w+|den(?:y"
    r"|ied)|rifiut\w+)"
    r"|\b(?:non|not|n't)\b[^.,;]{0,60}\b(?:senza|without)\b"
)
"""Two negations that undo each other."""

SAYING = {
    "it": stems(
        "detto dice dicono dicev- disse dissero dira diranno sostien- sostenut- sostenn- sosteneva sostenevano"
        " riferi-"
        " defini definit- definisc- definiva definirono definend- scritto scrive scriveva scrisse scrissero"
        " scrivono ribadi-"
        " rispost- risponde rispose risposero ritien- ritenut- ritenne ritengono avverti- avverte smenti-"
        " smentisc- respint-"
        " respinge respinse respinsero descritt- descrive descrisse descrissero promess- promette promettono"
        " promise promisero"
        " insiste insistit- attribui- suggeri- suggerisc- espresso espressa"
        " espresse credono crede pretese pretende prevede faceva-sapere disposto "
        + verbs(
            "afferm dichiar annunci stim calcol cont conteggi accus parl spieg precis assicur replic giudic sottoline"
            " osserv not neg condann denunci liquid boll comunic raccont lament ipotizz sospett lod valut pens segnal"
            " proclam assever rivel evidenzi rimarc puntualizz addebit imput quantific teorizz contest rivendic"
            " profetizz ammon qualific dipin ribatt etichett critic elogi pronostic conferm confid"
        )
        + " asserisc- asseriva asseri asserito sosteng- sostiene sosteneva controbatt- dipint- ribattut- ribatte"
        " obiett- promettev- ritenev- descrivev- definendo accusando fa-sapere"
        + " citat- citando"
        + " sostenend- dicend- scrivend- ritenend- promettend- rispondend- ribadend- riferend- avvertend- smentend-"
    ),
    "en": stems(
        "say said says saying told tell tells claim claims claimed claiming stated stating announced announces"
        " announcing report"
        " reports reported estimated estimates estimate accuse accuses accused accusing declared"
        " declares declare maintained maintains deny denied denies denying call called calls calling described"
        " describes"
        " condemned condemns note noted notes noting warned warns warn counted counts count believe believes"
        " believed thought"
        " suspects suspected alleges alleged promised promises insisted insists replied replies reply asserted"
        " asserts dismissed"
        " dismisses rejected rejects spoke speaks speak spoken judged judges quoted quotes cited cites citing"
        " explained explains"
        " attributed attributes suggested suggests informed informs wrote writes write written reckons reckoned"
        " calculated"
        " calculates blamed blames contended contends complained complains stressed assured assures expressed"
        " expresses praised"
        " praises demanded thinks talked discussed proclaim- assert- reckoning posit- revealed reveals disclosed"
        " discloses"
        " remarked remarks commented observed observes predicted predicts forecast forecasts projected hinted hints"
        " implied implies vowed vows pledged pledges boasted lamented conveyed conceded concedes characterised"
        " characterized branded brands labelled labeled dubbed slammed decried hailed hails tallied tallies"
        " charged charging argued voiced voices cautioned cautions"
    ),
}
"""Verbs with which someone says something."""

DENYING = stems(
    "negato nega nego negarono negano smenti- respint- respinse respinge liquidat- liquido bollat- bollo denied"
    " denies deny denying dismissed dismisses rejected rejects"
)
"""Verbs with which someone says that a thing is not so."""

THINKING = stems(
    "argued argues argue conclus- concluse concludono conclude aggiunt- aggiunse aggiunge mostra mostrano"
    " mostrat- trovat- concluded concludes added"
    " adds found finds show shows showed shown held holds considered considers expect- prevede ammett-"
)
"""Verbs that say something only with `that` behind them."""

FACTIVE = {
    "it": stems("conferm- ammess- ammettendo ammise riconos-"),
    "en": stems("confirm- admit- acknowledg- recogni-"),
}
"""Verbs with which someone says what is taken as true thereby; they keep an attribution, but do not call for one."""

ACCORDING = {
    "it": re.compile(
        r"\bsecondo\b(?! (?:test|posto|volta|round|turno|mandato|lancio|semestre|trimestre))"
        r"|\bstando (?:a|al|alla|allo|all|agli|alle|ai)\b|\b(?:a detta|a giudizio|a parere) d\w+|^per (?=(?:gli "
        r"|il |la |i |le |l\x27 ?|un |una |uno |un\x27)?(?:[A-Z]|minister|govern|president|portavoc|consiglier"
        r"|capo|leader|servizi|intelligence|procur|espert|analist|fonti|autorit|stampa|agenzia|rappresentant"
        r"|funzionari|deputat|economist|studios|ambasciat|diplomatic))"
        r"|\b(?:citand|a sentire|nelle parole di|come rifer)\w*|\b(?:pare|sembra|risulterebbe)\b che"
        r"|\bnell'opinione d\w+"
    ),
    "en": re.compile(
        r"\baccording to\b|\bin [\w .]+?(?:'s|s') (?:view|words|account|opinion|estimate|judg\w+)\b"
        r"|\breportedly\b|\ballegedly\b"
        r"|\bin the (?:view|words|opinion) of\b|\bas (?:quoted|told|reported) by\b|\bclaimed by\b"
        r"|\bfor (?=(?:the )?(?:Kremlin|Lavrov|Putin|Moscow|Seoul|Pyongyang|Washington)\b)"
    ),
}
"""Phrases that put what is said into another's mouth; met with unfolded text."""

TELLING = re.compile(
    r"\b(?:in base al\w*|ai sensi d\w+|a norma d\w+|under (?:the|article)|pursuant to|by the (?:\w+ )?estimate)\b|"
    r"\b(?:fa|fece|fanno|fecero|fatto) sapere\b|\bcome (?:mostra|risulta|emerge|conferma|dimostra)\w*"
    r"|\bmade (?:it )?(?:clear|known|public)\b|\b(?:point|spell)(?:s|ed|ing)? out\b|\bput(?:s|ting)? it\b"
    r"|\b(?:reso|resa|rese|resero|rendere|rendendo) not[oaie]\b|\bfec\w+ presente\b|\ba quanto (?:dic|scriv"
    r"|riferi)\w+"
    r"|\bby [\w' ]{3,30} (?:account|count|reckoning)\b|\ba suo dire\b|\bper bocca\b"
    r"|\b(?:let|lets) it be known\b|\bas [\w ]{3,40} shows?\b|\b(?:si dic|dicend)\w+"
    r"|\bthe figure [\w -]{3,40} (?:gave|gives)\b"
)
"""Turns of phrase that keep an attribution."""

CONDITIONAL = re.compile(
    r"\b(?:avrebbe|avrebbero|sarebbe|sarebbero) (?:\w+mente |gia |stat[oaie] )?\w+(?:t[oaie]|s[oaie])\b"
)
"""The Italian conditional of what is only reported: `avrebbe inviato`."""

OPEN = frozenset("se whether if".split())
"""Hedges that only keep a matter open; as a source's word they are part of what it says."""

HEDGES = {
    "it": stems("potrebb- potess- possibil- probab- forse sospett- dovrebb- presunt- eventual- sembr- pare apparent-"),
    "en": stems(
        "whether if might may could possibl- probabl- likely perhaps suspected alleg- reportedly apparent-"
        " appear- seem-"
    ),
}
"""Words that keep a matter open."""

LEAST = re.compile(
    r"\b(?:almeno|non meno di|come minimo|minimo|at least|no fewer than|no less than|not less than|a minimum of"
    r"|oltre|piu di|"
    r"piu del|piu dell'|superior[ei] a|superat\w+(?: il tetto di| quota| i| le)?|superav\w+(?: quota| i| le)?"
    r"|more than|over|"
    r"above|exceed\w*|passed|upwards of|beyond|in excess of)(?: (?:il|lo|la|i|gli|le|l'|the|a|quota|some|un"
    r"|una))?\s*$"
)
MOST = re.compile(
    r"\b(?:al massimo|fino a|as many as|as much as"
    r"|just under|just short of|poco meno di|non piu di|al piu|tutt'al piu|at most|up to|no more than"
    r"|not more than|a maximum of"
    r"|meno di|"
    r"meno del|inferior[ei] a|less than|fewer than|under|below|sotto|entro|within|quasi|nearly|almost|a malapena"
    r"|barely)"
    r"(?: (?:il|lo|la|i|gli|le|l'|the|a|un|una))?\s*$"
)
NOT_OVER = re.compile(
    r"\b(?:no|not|non|mai) (?:(?:piu|oltre|superior[ei])(?: di| a| del)?|(?:more|greater|higher) than|over"
    r"|above|exceeding)"
    r"(?: (?:il|lo|la|i|gli|le|l'|the|a|un|una))?\s*$"
)
"""What looks like `LEAST` and is denied: no more than."""
_NOUNS_BETWEEN = r"[\s-](?:\w+ ){0,2}"
BEHIND = (
    (">", re.compile(_NOUNS_BETWEEN + r"(?:or more|o piu|and more|e piu|e oltre|at (?:the )?(?:very )?least)\b")),
    ("<", re.compile(_NOUNS_BETWEEN + r"(?:at (?:the )?(?:very )?most|al massimo|or fewer|or less|o meno)\b")),
    ("~", re.compile(_NOUNS_BETWEEN + r"(?:or so|o giu di li|all'incirca|approximately)\b")),
)
"""What stands behind a number and limits it, with the sign of the limit."""
ABOUT = re.compile(
    r"\b(?:an? (?:cap|ceiling|limit) of|capped at|un (?:tetto|massimo|limite) di|an estimated|grosso modo"
    r"|suppergiu|something like|more or less|piu o meno|nell'ordine di|on the order of"
    r"|close to|circa|intorno a|attorno a|all'incirca|pressappoco|about|around|some|roughly|approximately|just over"
    r"|poco piu di)"
    r"(?: (?:il|lo|la|i|gli|le|l'|the|a|un|una))?\s*$"
)
"""What stands before a number and limits it; met with the folded text up to the number."""

GIVING = stems(
    "regala regalat- regalo regalarono donat- dona dono ringrazia ringrazio ringraziat- ringraziarono"
    " ringraziando thanked thank thanks give gives gave given"
    " giving send sends"
    " sent sending invia inviat- invio inviarono manda mandat- mando mandarono spedit- spedi spedisc- shipped"
    " shipping ships"
    " forni fornit- fornisc- fornirono supplied supplying provided provides consegn- delivered delivers"
    " delivering accusa"
    " accusat- accuso accusano accused accuses accusing attacked attacks attaccat- attacca attacco sold sells"
    " vendut- vende"
    " vendette awarded conferit- conferi offered offers offert- offri cancellat- cancella cancello forgave"
    " forgiven write wrote"
    " written condonat- condona invaded invades invas- invade prestat- lent lends paid pays pagat- helped helps"
    " aiutat- aiuta"
    " blamed blames punished sanzionat- sanctioned convocat- convoca convoco summoned summons captured catturat-"
    " cattura catturo"
    " exported esportat- transferred trasferit- praised praises lodato loda lodo welcomed accolt- accolse"
    " threatened minacciat-"
    " guidat- guida guido guided led leads defended defends difes- armed armat- showed shown mostrat- mostra mostro"
)
"""What one does to another and not both to each other."""

PEOPLE = re.compile(
    r"(?:(?<!Jap)(?<!Ir)(?<!Sud)(?<!Taiw)(?<!Om)(?<!Jord)(?<!Bhut)(?<!baij)(?<!st)an|ese|ish|ch|Soviet|UN|US|U\.S\.?)\Z"
)
"""How the English names of peoples end that may stand before a noun."""

MUTUAL = stems(
    "met meet meets meeting incontr- vide videro vista visto rivist- rivid- saw seen sign- firm- sottoscri-"
    " sottoscritt-"
    " agree- concord- exchang- scambi- talk- discuss- parlato parlarono join- uni unito unirono fought combatt-"
    " clashed scontr- ratif- shar- condivi- condivis- concluded concluse conclus- toured"
)
"""What two do with each other: who is named first does not matter."""

PAST = stems(
    "said told gave sent took undertook made held began went came led left lost won met paid put kept brought thought"
    " spoke wrote"
    " drove fell rose flew found fought got grew had knew saw sold spent stood swore threw understood withdrew chose"
    " forgave lent overtook owed drew"
    " disse dissero rispose risposero accolse accolsero decise decisero promise promisero propose proposero"
    " ebbe ebbero"
    " fece fecero diede diedero venne vennero ottenne ottennero vinse vinsero perse persero prese presero mise misero"
    " scrisse scrissero chiese chiesero chiuse chiusero respinse respinsero spinse raggiunse mosse ridusse"
    " smise concesse"
    " concessero offri tenne tennero rimase rimasero attese vide deve devono doveva dovevano chiede chiedono riceve"
    " ricevono offre offrono accusa accusano invia inviano respinge"
)
"""Verbs whose form alone does not tell that something was done."""

INVERTING = {
    "it": stems("detto disse dice dicono affermat- afferma affermo riferit- riferisc- riferi scritto scrive"
    " annunci- sostien-"
                " sostenut- sostenn- stima stimano calcola calcolano spiegat- spiega dichiar- precisat- precis-"
                " notato noto osserv- ricord-"),
    "en": stems("said says reported reports noted notes wrote writes added claimed told announced say write report"),
}  # fmt: skip
"""Verbs that may stand before the one who says it: `..., said the White House`."""

TITLES = frozenset(
    """president presidente minister ministro ministra foreign defence defense prime deputy vice secretary segretario
    general generale admiral ammiraglio ambassador ambasciatore ambasciatrice spokesman spokeswoman spokesperson
    portavoce governor governatore mr mrs ms dr sir leader chairman
    king queen esteri difesa premier professor professore
    chancellor cancelliere senator senatore deputato""".split()
)
"""Words that may stand before a person's name without being part of it."""
