"""Pairs of contraries of the news, in Italian and English at once; those that a word net lacks, or misses in context.

A table and its look-up only; how it is used is for `bot.verify.polarity`.
"""

from functools import lru_cache

from bot.verify.wording import says, stems

OPPOSITES = tuple(
    (stems(plus), stems(minus))
    for plus, minus in (
        ("conferm- confirm- ammess- ammett- ammis- ammise admit- acknowledg- riconos-",
         "nega negat- nego negano smenti- deny denie- denying denial liquidat- liquido dismiss- infondat-"
         " unfounded baseless groundless"
         " falso falsa fake fabricat- montatura respin- reject- bollat-"),
        ("sale salit- salir- aument- cresc- cresciut- rise rises rose risen grew grow- increas-",
         "scend- sceso scesa scese scesi cala calat- calo diminu- fall fell falls fallen drop- decreas- declin-"
         " collaps- croll-"),
        ("approv- ratific- ratif- accett- accept- agree- accolt- welcom- lodat- lodo praise-",
         "respin- bocciat- reject- refus- rifiut- condann- condemn- blocked bloccat- blocco bloccarono"),
        ("avvicin- riavvicin- closer", "apart allontan- estrang- distanzi-"),
        ("apert- aprendo apri aprire opening opened open stabil- establish- allacci-",
         "broke broken sever- severed ruppe ruppero rott- rompendo rompere"),
        ("vicin- close nearing", "lontan- distant"),
        ("difen- difes- defend-", "critic- condann- condemn- denunci-"),
        ("noon midday mezzogiorno", "evening sera serata morning mattina mattino dawn alba"),
        ("accett- accept- accolse accols- accogli-", "declino declinat- declinar- declined declines declining"
         " rifiut- refus-"),
        ("avanz- advanc- progress- progred- headway prosegu-", "aren- arenat- stall- stalled blocc- bloccat- stuck"
         " ferm- impantan- naufrag- fallit- collaps-"),
        ("aggiun- added adds add adding inseri-", "tolto tolse tolt- togli- rimoss- rimuov- rimozion- remov- drop-"
         " delet- eliminat- depenn- cancell- struck"),
        ("different differently differ- diversamente diverso diversa diversi diverse divergono divers-",
         "identic- concord- coincid- uguale uguali ugual- likewise alike"),
        ("boycott- disert- assent- absent- skip-", "partecip- attend- present presente presenti presenzi-"),
        ("segreto segret- secret- covert- clandestin- nascost-", "apert- apertamente openly pubblicamente publicly"
         " alla-luce-del-sole"),
        ("unanim- unanimously", "narrow- narrowly misura risicat- split divis- contrast-"),
        ("noon midday mezzogiorno", "midnight mezzanotte"),
        ("morning mattina mattino mattinata dawn alba", "evening sera serata tonight nightfall pomeriggio"
         " afternoon"),
        ("aggir- circumvent- evad- elud- bypass- dodge- flout-", "rispett- comply complies complied complying"
         " respect- osserv-"),
        ("vend- vendut- sold sell sells selling", "compr- comprat- acquist- bought buy buys buying purchas-"),
        ("import- importat-", "export- esport-"),
        ("innocen-", "colpevol- guilty guilt"),
        ("invit-", "espuls- expel- espell- expuls-"),
        ("outside outdoors fuori esterno esterna", "inside dentro interno interna"),
        ("sminare sminer- sminan- sminat- demin-", "minare miner- minano minato mined mining"),
        ("rise rose rais- alz- rialz- innalz-", "abbass- lower- ribass- cut cuts tagli-"),
        ("useful attivo attiva active operativ- operational", "inattiv- inactive spent inerte"),
        ("permanent- indefinit- indetermin-", "temporan- temporar- provvisor- provisional-"),
        ("immediat- subito promptly at-once", "ritard- delay- later belated-"),
        ("volunt- volontar-", "forced forzat- costrett- compelled coerc-"),
        ("lodat- loda lodo praise- elogi- welcom- plaud- apprezz- applaud- compiac- compiaciut- rallegr-",
         "condann- condemn- critic- denounc- denunci- reject- respin- dismiss- bollat- concern preoccup- deplor-"
         " protest- worried alarm- allarm- unaccept- inaccett-"),
        ("favour favor favore sostenn- sostegno support- backed backs",
         "against contro veto vetoed vetoes vetoing blocked oppose- opposed contrari-"),
        ("improv- miglior- strengthen- rafforz-", "peggior- worsen- weaken- indebol-"),
        ("ripres- riprend- resum- reopen- riapr- riapert- tornat- torno",
         "sospes- sospend- sospens- suspend- suspens- interrott- interromp- halt-"),
        ("vigore force rinnov- renew- effect prorog- extend-", "decad- decadut- scad- scadut- expir- laps- estin-"
            " abrog-"),
        ("riuscit- riusc- succeed- success-", "fallit- fallisc- fail-"),
        ("fondate fondato", "infondat- unfounded groundless baseless"),
        ("founded", "unfounded groundless baseless infondat-"),
        ("adesione aderi- aderit- join-", "uscita usci uscit- withdrew withdraw- left lascio quit"),
        ("accolse accols- accogli- ricev- receiv-", "rifiut- refus-"),
        ("vinc- vinse vint- won win wins", "pers- perse perd- lost lose loses"),
        ("legal- lawful- conform-", "illegal- illegitt- unlawful- violat- viola violazion- breach-"),
        ("forn- supply suppli- provid-", "rifiut- refus- withheld withhold-"),
        ("aument- rais-", "ridu- ridott- reduc- cut cuts"),
        ("increase increases increasing aument- accresc- boost-", "cut cuts cutting tagli- ridu- reduc- ridott-"),
        ("continu- prosegu- keep kept", "stop stops stopped stopping smess- smett- cessa cessat- interromp-"
            " interrott-"),
        ("consent- assens- acconsent- agree- approv-", "oppos- oppose refus- rifiut- object-"),
        ("return- torn- ritorn-", "away assent- evit-"),
        ("always sempre", "never mai"),
        ("vivi viva vive vivo alive living", "morti morto morta morte dead killed"),
        ("backed backs support- sostenut- sostien-", "blocked blocks bloccat- veto vetoed fermat- opposed"),
        ("useful helpful util- fruttuos-", "counterproductive controproducent- useless inutil- harmful dannos-"),
        ("withdraw- ritir- leave leaves leaving left", "arriv- stay stays staying remain- rest- rimang- rimas-"),
        ("line linea conform- comply complied complies complying rispett- respect- accordance",
         "contrast- contrar- against violat- viola violava violaz- breach- contraven-"),
        ("evit- avoid- shun-", "usat- usa uso usava used uses using utilizz-"),
        ("permit- allow- consent- ammett- autorizz- permess- permett- authoris- authoriz-", "forbid- forbad- ban"
            " banned vieta- vietat- proib- prohibit- impos- impon- oblig- obblig- required requires ordered orders"
            " ordin-"),
        ("begin- began begun start started starts cominci- inizi- ricominci-", "stop stopped stops ceas- cessat-"
            " cessa finit- fini ended smess-"),
        ("able capace capaci pote poteva potuto", "unable incapac- impossib-"),
        ("open opened opens aperta aperto aperte aperti apri apriva aprire lasciav-", "close closed closes chius-"
            " chiudev- shut"),
        ("send sends sent mandat- rimpatri- repatriat-", "keep keeps kept tenere trattener- tener-"),
        ("build built costrui- costruit-", "demoli- destroy- distrut-"),
        ("peaceful pacific-", "hostile ostil-"),
        ("possible possibil-", "impossib-"),
        ("likely probab-", "unlikely improbab-"),
        ("acceptable accettabil-", "unaccept- inaccett-"),
        ("tiny minuscol- minim- esigu- irrisori- negligible meagre", "huge enorm- vast vasti vaste vasta vasto immens-"
            " massive massicci- ingent-"),
        ("soar soared soars soaring surge- surging skyrocket- impenn- balz-", "croll- collaps- plung- plummet- tumbl-"
            " precipit- crash- fall fell falls falling drop-"),
        ("voto votat- votando voted votes voting", "veto vetoed vetoes vetoing against contro oppose opposed opposing"),
    )
)  # fmt: skip
"""Pairs of contraries, in both languages at once: what is said with one is not said with the other."""


@lru_cache(maxsize=1 << 15)
def sides(folded: str, surface: str) -> frozenset[int]:
    """Return the sides of the pairs that a word stands on, from 1: the first of a pair as n, its contrary as -n."""
    return frozenset(
        sign * n
        for n, pair in enumerate(OPPOSITES, 1)
        for sign, pattern in zip((1, -1), pair, strict=True)
        if says(pattern, folded, surface)
    )
