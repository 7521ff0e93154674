"""Who does what and what is counted: taken over rightly from a quote, in another wording and another language, or not."""

import pytest

from bot.verify.agents import changed
from bot.verify.amounts import exchanged, rough
from bot.verify.owners import another
from bot.verify.takers import crossed

GAVE = "Il governatore del Primorye Oleg Kozhemyako ha regalato a Kim Jong Un cinque droni."
OWED = "North Korea owed Russia about 11 billion dollars, a debt run up with the Soviet Union."
SAVED = "Le truppe cinesi entrarono in guerra nell'ottobre 1950 e salvarono la Corea del Nord dalla sconfitta."
CANCELLED = "La Russia accettò di cancellare il 90 per cento del debito nordcoreano."
TOLD = "Nel 2000 Putin riferì ai giornalisti che Kim Jong Il si diceva pronto a usare razzi di altri."
PROPOSED = "Washington proposed, and Moscow accepted, that Soviet forces should disarm the Japanese."


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted"),
    [
        ("Kim Jong Un presented the governor, Oleg Kozhemyako, with five drones.", "en", GAVE, "it"),
        ("La Russia doveva alla Corea del Nord 11 miliardi di dollari.", "it", OWED, "en"),
        ("North Korean troops entered the war in October 1950 and saved China.", "en", SAVED, "it"),
        ("Fu Mosca a proporre, e Washington ad accettare, il disarmo dei giapponesi.", "it", PROPOSED, "en"),
        ("North Korea agreed to cancel 90 per cent of Russia's debt.", "en", CANCELLED, "it"),
    ],
)
def test_another_does_it(sentence, language, quote, quoted):
    assert any(test(sentence, language, quote, quoted) for test in (changed, another, crossed))


@pytest.mark.parametrize(
    ("sentence", "language", "quote", "quoted"),
    [
        ("Oleg Kozhemyako, governor of Primorye, presented Kim Jong Un with five drones.", "en", GAVE, "it"),
        ("Five drones were given to Kim Jong Un by Oleg Kozhemyako.", "en", GAVE, "it"),
        ("La Corea del Nord doveva alla Russia 11 miliardi di dollari.", "it", OWED, "en"),
        ("Chinese forces joined the war in October 1950, saving North Korea.", "en", SAVED, "it"),
        ("Fu Washington a proporre, e Mosca ad accettare, il disarmo dei giapponesi.", "it", PROPOSED, "en"),
        ("Russia agreed to cancel 90 per cent of North Korea's debt.", "en", CANCELLED, "it"),
        ("Putin told reporters in 2000 that Kim Jong Il was ready to use the rockets of others.", "en", TOLD, "it"),
    ],
)
def test_the_same_does_it(sentence, language, quote, quoted):
    assert not any(test(sentence, language, quote, quoted) for test in (changed, another, crossed))


LOST = "The NIS estimated that about 300 soldiers had been killed and 2,700 wounded."


def test_two_numbers_do_not_change_places():
    assert exchanged("Secondo il NIS 2.700 soldati erano stati uccisi e 300 feriti.", "it", LOST, "en")
    assert not exchanged("Secondo il NIS 300 soldati erano stati uccisi e 2.700 feriti.", "it", LOST, "en")


def test_rough_amounts_are_of_one_size_and_unit():
    sent = "Thousands of North Koreans had been sent to building sites; exercises are held every year."
    assert rough("Decine di nordcoreani erano stati mandati nei cantieri.", "it", sent, "en") == "decine"
    assert rough("Le esercitazioni si tengono ogni mese.", "it", sent, "en")
    assert not rough("Migliaia di nordcoreani nei cantieri, esercitazioni ogni anno.", "it", sent, "en")
    weeks = "Putin was only weeks into his first term."
    assert rough("Putin era presidente da pochi anni.", "it", weeks, "en") == "pochi anni"
    assert not rough("Putin era presidente da poche settimane.", "it", weeks, "en")
