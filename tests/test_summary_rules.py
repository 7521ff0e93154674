"""What reads badly by itself: what came before something else, openings with a pronoun, a paragraph of one sentence."""

import numpy as np
import pytest
from conftest import make_article

from bot.summarize.compose import compose
from bot.summarize.fit import earlier, opening
from bot.summarize.sides import speaker
from bot.summarize.values import Sentence, Told
from bot.summarize.wish import Shape


@pytest.mark.parametrize(
    ("text", "language", "told_before"),
    [
        ("Kim Jong Un had left Pyongyang on the afternoon of 10 September 2023.", "en", True),
        ("North Korea had already failed twice to launch its satellite.", "en", True),
        ("Shin Won-sik, South Korea's adviser, had said on 22 November that Russia paid.", "en", True),
        ("The Panel of Experts had eight members.", "en", False),
        ("Putin signed the treaty that the Duma had approved.", "en", False),
        ("Peskov said that Kim had left.", "en", False),
        ("Gli Stati Uniti avevano detto all'inizio del mese che trattavano.", "it", True),
        ("La Corea del Nord aveva deciso di inviare soldati.", "it", True),
        ("Putin ha firmato il trattato che la Duma aveva approvato.", "it", False),
        ("Il Panel aveva otto membri.", "it", False),
    ],
)
def test_the_pluperfect_of_a_main_clause_tells_what_came_before(text, language, told_before):
    assert earlier(text, language) is told_before


@pytest.mark.parametrize(
    ("text", "language", "alone"),
    [
        ("fwupd aggiorna il firmware di sistema.", "it", True),
        ("È stata avviata un’indagine per omicidio.", "it", True),
        ("Questo sabato New York ospiterà il festival.", "it", True),
        ("Il suo allontanamento sarebbe giustizia.", "it", False),
        ("Questa è un'applicazione riutilizzabile.", "it", False),
        ("This page explains what icons mean.", "en", True),
        ("They met in Moscow.", "en", False),
        ("This is a plugin.", "en", False),
    ],
)
def test_what_an_article_opens_with_stands_unless_a_pronoun_points_at_the_title(text, language, alone):
    assert opening(text, language) is alone


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("Il governatore Oleg Kozhemyako ha regalato un drone, ha riferito l'agenzia russa TASS.", "it", ""),
        ("La Corea del Nord fece due test e il Consiglio di sicurezza rispose con due risoluzioni.", "it", ""),
        ("The Panel of Experts was based in New York and reported twice a year on breaches.", "en", ""),
        ("The Soviet Union built 70 plants, according to the Chinese news agency Xinhua.", "en", ""),
        ("Dmitry Peskov said that nothing was signed.", "en", "Dmitry Peskov"),
        ("Il Cremlino rispose che non sapeva.", "it", "Il Cremlino"),
    ],
)
def test_deeds_are_no_words_and_the_press_is_no_side(text, language, who):
    assert speaker(text, language) == who


@pytest.mark.parametrize(("count", "sizes"), [(3, [3]), (4, [4]), (5, [3, 2]), (7, [3, 4]), (8, [3, 3, 2])])
def test_no_paragraph_ends_a_summary_with_a_single_sentence(count, sizes):
    text = "Il treno parte. " * count
    article = make_article(text=text)
    vector = np.ones(1, dtype=np.float32)
    told = [Told(Sentence(article, n, count, 16 * n, 16 * n + 15, "it", n, True, vector)) for n in range(count)]
    made = compose(told, Shape.PARAGRAPHS, "it")
    assert [len(section.statements) for section in made.sections] == sizes
