"""Countries, their people, cities and bodies by the forms in which a sentence of either language takes them.

A table with articles, which index/data/names.tsv does without: what is put in another's place must agree. Knows
nothing of questions.
"""

from dataclasses import dataclass
from functools import cache

from index.analysis import fold

# Italian country | Italian people | English country | English people | further names, of either language.
_COUNTRIES = """
gli Stati Uniti|gli americani|the United States|the Americans|usa, us, u.s., america, stati uniti d'america, washington, statunitensi, gli usa, the us
la Russia|i russi|Russia|the Russians|federazione russa, russian federation
la Corea del Sud|i sudcoreani|South Korea|the South Koreans|
la Corea del Nord|i nordcoreani|North Korea|the North Koreans|dprk, rpdc
la Cina|i cinesi|China|the Chinese|
il Giappone|i giapponesi|Japan|the Japanese|
l'Ucraina|gli ucraini|Ukraine|the Ukrainians|
l'Unione Sovietica|i sovietici|the Soviet Union|the Soviets|urss, ussr
l'Italia|gli italiani|Italy|the Italians|
la Francia|i francesi|France|the French|
la Germania|i tedeschi|Germany|the Germans|
il Regno Unito|i britannici|the United Kingdom|the British|gran bretagna, great britain, britain, uk, the uk, inglesi, inghilterra, england
la Spagna|gli spagnoli|Spain|the Spanish|
la Polonia|i polacchi|Poland|the Poles|
la Turchia|i turchi|Turkey|the Turks|
l'Iran|gli iraniani|Iran|the Iranians|
l'Iraq|gli iracheni|Iraq|the Iraqis|
Israele|gli israeliani|Israel|the Israelis|
la Palestina|i palestinesi|Palestine|the Palestinians|
la Siria|i siriani|Syria|the Syrians|
l'India|gli indiani|India|the Indians|
il Pakistan|i pakistani|Pakistan|the Pakistanis|
l'Australia|gli australiani|Australia|the Australians|
il Canada|i canadesi|Canada|the Canadians|
il Messico|i messicani|Mexico|the Mexicans|
il Brasile|i brasiliani|Brazil|the Brazilians|
l'Argentina|gli argentini|Argentina|the Argentinians|
l'Egitto|gli egiziani|Egypt|the Egyptians|
il Sudafrica|i sudafricani|South Africa|the South Africans|
la Svizzera|gli svizzeri|Switzerland|the Swiss|
la Svezia|gli svedesi|Sweden|the Swedes|
la Norvegia|i norvegesi|Norway|the Norwegians|
la Finlandia|i finlandesi|Finland|the Finns|
la Danimarca|i danesi|Denmark|the Danes|
i Paesi Bassi|gli olandesi|the Netherlands|the Dutch|olanda, holland
il Belgio|i belgi|Belgium|the Belgians|
l'Austria|gli austriaci|Austria|the Austrians|
l'Ungheria|gli ungheresi|Hungary|the Hungarians|
la Grecia|i greci|Greece|the Greeks|
la Bielorussia|i bielorussi|Belarus|the Belarusians|
il Vietnam|i vietnamiti|Vietnam|the Vietnamese|
la Thailandia|i thailandesi|Thailand|the Thais|
la Mongolia|i mongoli|Mongolia|the Mongolians|
le Filippine|i filippini|the Philippines|the Filipinos|
l'Afghanistan|gli afghani|Afghanistan|the Afghans|
Cuba|i cubani|Cuba|the Cubans|
il Venezuela|i venezuelani|Venezuela|the Venezuelans|
l'Arabia Saudita|i sauditi|Saudi Arabia|the Saudis|
la Nuova Zelanda|i neozelandesi|New Zealand|the New Zealanders|
Taiwan|i taiwanesi|Taiwan|the Taiwanese|
l'Europa|gli europei|Europe|the Europeans|
l'Occidente|gli occidentali|the West|the Westerners|
"""
# Italian | English | further names.
_CITIES = """
Mosca|Moscow|
Pyongyang|Pyongyang|pyeongyang
Seul|Seoul|
Tokyo|Tokyo|tokio
Pechino|Beijing|peking
Kiev|Kyiv|
Vladivostok|Vladivostok|
San Pietroburgo|St Petersburg|saint petersburg
Kursk|Kursk|
Londra|London|
Parigi|Paris|
Roma|Rome|
Milano|Milan|
Berlino|Berlin|
Bruxelles|Brussels|
Vienna|Vienna|
Ginevra|Geneva|
Varsavia|Warsaw|
Hanoi|Hanoi|
New York|New York|
Busan|Busan|
Vostochny|Vostochny|
Camp David|Camp David|
Gerusalemme|Jerusalem|
Teheran|Tehran|
Istanbul|Istanbul|
Singapore|Singapore|
Kharkiv|Kharkiv|
Lima|Lima|
"""
_BODIES = """
l'ONU|the UN|onu, un, u.n.
le Nazioni Unite|the United Nations|
il Consiglio di sicurezza|the Security Council|
la NATO|NATO|nato
l'Unione Europea|the European Union|ue, eu
il Cremlino|the Kremlin|
la Casa Bianca|the White House|
il Pentagono|the Pentagon|
la KCNA|KCNA|
la TASS|TASS|
la Duma|the Duma|state duma, duma di stato
Yonhap|Yonhap|
l'intelligence sudcoreana|the NIS|nis
"""
ARTICLES = ("l'", "il ", "lo ", "la ", "i ", "gli ", "le ", "the ", "un ", "uno ", "una ", "un'", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Named:
    """What a table knows of a name.

    Attributes:
        kind: "country", "people", "city" or "org".
        it: the Italian form with its article.
        en: the English form with its article, if it has one.
        country: the forms of the country of a people, by language; the same forms for anything else.
    """

    kind: str
    it: str
    en: str
    country: tuple[str, str]

    def form(self, language: str) -> str:
        """Return the form of a language, article and all."""
        return self.it if language == "it" else self.en


def bare(form: str) -> str:
    """Return a form without its article."""
    found = next((article for article in ARTICLES if form.lower().startswith(article)), "")
    return form[len(found) :]


@cache
def table() -> dict[str, Named]:
    """Return the names by their folded forms, articles left out."""
    found: dict[str, Named] = {}
    for line in _COUNTRIES.strip().splitlines():
        it, it_people, en, en_people, more = line.split("|")
        country = Named("country", it, en, (it, en))
        people = Named("people", it_people, en_people, (it, en))
        for form in (it, en, *filter(None, more.split(", "))):
            found[fold(bare(form))] = country
        plurals = [bare(it_people), bare(en_people), *(f for f in more.split(", ") if f in ("statunitensi", "inglesi"))]
        for form in plurals:
            found[fold(form)] = people
    for kind, block in (("city", _CITIES), ("org", _BODIES)):
        for line in block.strip().splitlines():
            it, en, more = line.split("|")
            entry = Named(kind, it, en, (it, en))
            for form in (it, en, *filter(None, more.split(", "))):
                found.setdefault(fold(bare(form)), entry)
    return found


@cache
def adjectives() -> frozenset[str]:
    """Return the folded English adjectives of the table's peoples: "russian", "north korean"."""
    return frozenset(fold(bare(entry.en)).removesuffix("s") for entry in table().values() if entry.kind == "people")


FEMALE = frozenset(
    "maria linda angela giorgia ursula kamala hillary choe ursula anna elena irina olga natalia tatiana svetlana"
    " zakharova thomas-greenfield harris merkel meloni sara sarah laura giulia julia annalena victoria nancy jung christine"
    " elizabeth elisabetta margaret margherita theresa liz park yo-jong yulia zourabichvili condoleezza madeleine melania jill michelle".split()
)
"""Folded names that a woman bears."""

MALE = frozenset(
    "vladimir putin yuri ushakov sergei lavrov shoigu joe biden donald trump xi volodymyr zelensky dmitry peskov antony blinken"
    " igor ivanov dmitrij medvedev andrey rudenko lloyd austin john kirby emmanuel macron stalin nikita khrushchev joseph valery"
    " gerasimov kishida fumio ishiba yoon mao deng vassily nebenzia konstantin pulikovsky denis manturov oleg kozhemyako alexander kozlov".split()
)
"""Folded names that a man bears; any other name may be either."""
