"""Two sources that count the same and differ, by however little: both are shown, in whichever languages they are."""

import pytest
from conftest import make_article

from bot.chat import Bot
from bot.library import Library
from bot.settings import Settings
from prompts import load

ARTICLES = (
    (
        "uno",
        "it",
        "L'esplosione al deposito di Trento ha ferito 12 soldati, secondo la questura. Il sindaco è accorso.",
    ),
    ("due", "it", "L'esplosione al deposito di Trento ha ferito 15 soldati, secondo l'ospedale. La strada è chiusa."),
    ("tre", "en", "The explosion at the depot in Trento wounded nine soldiers, said a witness. The road is closed."),
    ("quattro", "it", "I ministri sono rimasti a Rovereto due ore. I tre ministri hanno visto 4 ponti sull'Adige."),
    ("cinque", "it", "I tre ministri hanno visto 4 ponti sull'Adige e hanno parlato con 6 operai del cantiere."),
    ("sei", "it", "La scuola di Ala ha premiato 20 alunni il 3 maggio 2024. La festa è durata un'ora."),
    ("sette", "it", "La scuola di Ala ha premiato 25 alunni il 9 giugno 2024. La festa è durata un'ora."),
)


@pytest.fixture(scope="module")
def divided(tmp_path_factory):
    home = tmp_path_factory.mktemp("rivals")
    with Bot(Library(home / "index", Settings(home=home), create=True)) as bot:
        bot.add(*(make_article(name, text, language=language) for name, language, text in ARTICLES))
        yield bot


@pytest.mark.parametrize(
    ("question", "language", "figures"),
    [
        ("Quanti soldati sono stati feriti a Trento?", "it", {"12 soldati", "15 soldati", "nine soldiers"}),
        ("How many soldiers were wounded in Trento?", "en", {"nine soldiers", "12 soldati"}),
    ],
)
def test_small_figures_that_differ_are_all_shown(divided, question, language, figures):
    answer = divided.ask(question)
    assert answer.statements[0].text == load("frame.differ", language).text
    assert all(any(figure in citation.quote for citation in answer.citations) for figure in figures)
    for citation in answer.citations:
        assert divided.article(citation.article_id).text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    "question", ["Quanti ponti hanno visto i ministri?", "Quanti alunni ha premiato la scuola di Ala il 9 giugno 2024?"]
)
def test_what_counts_something_else_or_another_days_event_is_no_rival(divided, question):
    answer = divided.ask(question)
    assert answer.citations and load("frame.differ", "it").text not in answer.text
