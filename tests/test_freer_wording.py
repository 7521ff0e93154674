"""What an assistant words freely: borne out all the same, and still flagged where one thing is not so."""

import pytest

from bot.verify.check import Quote, Verdict, check

PERMITS = "The number of North Koreans with work permits fell from 30,023 to 11,490."
DRONES = "Il governatore ha regalato a Kim cinque droni kamikaze e un drone da ricognizione."
SENT = "Shoigu said that North Korea would send 1,000 sappers and 5,000 military builders."
FIVE = "The United States, South Korea, Japan, France and Italy said that they would go on."
LARGEST = "The Soviet Union was still North Korea's largest trading partner."
HALF = "Il ponte sul Tumen richiederà un anno e mezzo di lavori."
DIED = "Kim Jong Il died on 17 December 2011, and Putin did not see Pyongyang again until 19 June 2024."
TREATY = "Il trattato non nomina le armi nucleari."
PIPE = "They discussed a gas pipeline from Russia to South Korea through North Korea."
NEITHER = "The treaty contains neither a promise to use nuclear weapons nor a ban on doing so."
VOTED = "Dal 2006 la Russia votò le sanzioni contro il programma nucleare nordcoreano."
ACCUSED = (
    "Russia defended its vote: Vassily Nebenzia, its ambassador, accused Western countries of strangling North Korea."
)
CHA = "Victor Cha, del Center for Strategic and International Studies, ha detto che il trattato rinnova le garanzie."
LAWS = "The help must be in accordance with the laws of Russia and North Korea."
DUMA = "Putin submitted the treaty on 14 October 2024, and parliament ratified it on 24 October 2024."


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted"),
    [
        ("I nordcoreani con un permesso di lavoro sono scesi da oltre 30.000 a meno di 12.000.", "it", PERMITS, "en"),
        ("The governor gave Kim six drones.", "en", DRONES, "it"),
        ("Shoigu ha annunciato l'invio di 6.000 nordcoreani.", "it", SENT, "en"),
        ("Cinque Paesi si sono impegnati a continuare.", "it", FIVE, "en"),
        ("L'Urss era ancora il primo partner commerciale della Corea del Nord.", "it", LARGEST, "en"),
        ("The bridge over the Tumen will take a year and a half to build.", "en", HALF, "it"),
        ("Putin tornò a Pyongyang il 19 giugno 2024, dodici anni dopo la morte di Kim Jong Il.", "it", DIED, "en"),
        ("Di armi nucleari il trattato non parla.", "it", TREATY, "it"),
        ("Si parlò di un gasdotto dalla Russia alla Corea del Sud attraverso la Corea del Nord.", "it", PIPE, "en"),
        ("From 2006 Russia backed sanctions against North Korea's nuclear programme.", "en", VOTED, "it"),
        ("Nebenzia si è difeso sostenendo che l'Occidente vuole strangolare la Corea del Nord.", "it", ACCUSED, "en"),
        ("Victor Cha of CSIS said that the treaty renewed the guarantees.", "en", CHA, "it"),
        ("The help must comply with Russian and North Korean law.", "en", LAWS, "en"),
        ("Il parlamento ha ratificato il trattato il 24 ottobre 2024.", "it", DUMA, "en"),
    ],
)
def test_free_wording_is_borne_out(sentence, language, quote, quoted):
    found = check(sentence, language, [Quote(quote, quoted)])
    assert found.verdict is Verdict.SUPPORTED, found.reasons


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted", "kind"),
    [
        ("I nordcoreani con un permesso di lavoro sono scesi a meno di 10.000.", "it", PERMITS, "en", "number"),
        ("The governor gave Kim seven drones.", "en", DRONES, "it", "number"),
        ("Shoigu ha annunciato l'invio di 7.000 nordcoreani.", "it", SENT, "en", "number"),
        ("Shoigu ha annunciato 5.000 sminatori e 1.000 costruttori militari.", "it", SENT, "en", "number"),
        ("Nove Paesi si sono impegnati a continuare.", "it", FIVE, "en", "number"),
        ("The bridge over the Tumen will take two and a half years to build.", "en", HALF, "it", "number"),
        (
            "Si parlò di un gasdotto dalla Corea del Sud alla Russia attraverso la Corea del Nord.",
            "it",
            PIPE,
            "en",
            "role",
        ),
        ("Il trattato vieta di usare armi nucleari.", "it", NEITHER, "en", "polarity"),
        ("From 2006 Russia vetoed sanctions against North Korea's nuclear programme.", "en", VOTED, "it", "polarity"),
        ("Victor Cha of RAND said that the treaty renewed the guarantees.", "en", CHA, "it", "name"),
        ("Il parlamento ha ratificato il trattato il 14 ottobre 2024.", "it", DUMA, "en", "date"),
    ],
)
def test_one_thing_changed_is_flagged(sentence, language, quote, quoted, kind):
    found = check(sentence, language, [Quote(quote, quoted)])
    assert kind in {reason.kind for reason in found.reasons}
