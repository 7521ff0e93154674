"""Which names stand on which side of a verb, and which date goes with what: changed about, or only told otherwise."""

import pytest

from bot.verify import bindings, sides
from bot.verify.check import Quote, Verdict, check

PROMISED = "The Soviet Union promised to defend North Korea in the treaty signed in Moscow on 6 July 1961."
CALLED = "Nella Dichiarazione di Mosca la Corea del Nord definiva urgente il ritiro delle truppe dalla Corea del Sud."
MET = "Kim Jong Il incontrò Putin a Vladivostok il 23 agosto 2002 e Dmitry Medvedev a Ulan-Ude il 24 agosto 2011."
WORKERS = "The number of workers fell from 30,023 at the end of 2017 to 11,490 at the end of 2018."


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted"),
    [
        ("La Corea del Nord promise di difendere l'Unione Sovietica.", "it", PROMISED, "en"),
        ("La Corea del Sud definiva urgente il ritiro delle truppe dalla Corea del Nord.", "it", CALLED, "it"),
    ],
)
def test_names_on_each_others_side(sentence, language, quote, quoted):
    assert sides.exchanged(sentence, language, quote, quoted)


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted"),
    [
        ("L'Unione Sovietica promise di difendere la Corea del Nord.", "it", PROMISED, "en"),
        ("North Korea was promised by the Soviet Union that it would defend it.", "en", PROMISED, "en"),
        ("La Corea del Nord definiva urgente che le truppe lasciassero la Corea del Sud.", "it", CALLED, "it"),
    ],
)
def test_names_on_their_own_side(sentence, language, quote, quoted):
    assert not sides.exchanged(sentence, language, quote, quoted)


def test_what_goes_with_a_date_stays_with_it():
    assert bindings.moved("Kim Jong Il met Dmitry Medvedev in Vladivostok on 23 August 2002.", "en", MET, "it")
    assert not bindings.moved("Kim Jong Il met Dmitry Medvedev in Ulan-Ude on 24 August 2011.", "en", MET, "it")
    swapped = "I lavoratori erano 11.490 alla fine del 2017 e 30.023 alla fine del 2018."
    assert bindings.moved(swapped, "it", WORKERS, "en")
    assert not bindings.moved(swapped.replace("11.490", "x").replace("30.023", "11.490"), "it", WORKERS, "en")


@pytest.mark.parametrize(
    ("sentence", "quote", "verdict"),
    [
        ("Due terzi della somma furono pagati.", "66 per cent of the sum was paid.", Verdict.SUPPORTED),
        ("Three quarters of the votes were against.", "Il 70 per cento dei voti era contrario.", Verdict.UNSUPPORTED),
        ("La località aprì il primo luglio 2025.", "The resort opened on 1 July 2025.", Verdict.SUPPORTED),
        ("It was to be repaid over two decades.", "Doveva essere ripagato in 20 anni.", Verdict.SUPPORTED),
        ("The treaty says that Moscow would help.", "Il trattato non dice se Mosca aiuterebbe.", Verdict.UNSUPPORTED),
        ("The doctrine names Korea, not Belarus.", "La dottrina non nomina la Corea.", Verdict.UNSUPPORTED),
    ],
)
def test_figures_and_what_is_left_open(sentence, quote, verdict):
    languages = ("it", "en") if quote.split()[0] in ("66", "The") else ("en", "it")
    assert check(sentence, languages[0], [Quote(quote, languages[1])]).verdict is verdict
