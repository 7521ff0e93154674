"""A library beside another: both answer as one, with citations intact, and the shared one is never written."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import make_article

from bot.errors import UnknownArticle
from bot.library import Library
from bot.page.desk import Desk
from bot.page.own import MOST, Own

TEXT = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."
ASKED = "Quante biciclette ha comprato il sindaco Bianchi?"


@pytest.fixture
def own(bot, tmp_path):
    library = Library(tmp_path / "own", bot.settings, create=True)
    yield library
    library.close()


def test_both_are_searched_as_one_and_every_citation_holds(bot, own):
    both = bot.beside(own)
    shared = {article.id for article in bot.articles()}
    assert both.add(make_article("biciclette", TEXT)).added == ["biciclette"]
    assert {article.id for article in both.articles()} == shared | {"biciclette"}
    for question in (ASKED, "Cosa ha regalato Putin a Kim?", "How many North Korean soldiers were sent to Russia?"):
        answer = both.ask(question)
        assert answer.citations, question
        for citation in answer.citations:
            assert both.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    assert both.ask(ASKED).citations[0].article_id == "biciclette"
    assert both.verify() == []


def test_the_shared_one_stays_as_it_is(bot, own):
    both = bot.beside(own)
    before = bot.entries()
    both.add(make_article("biciclette", TEXT))
    assert bot.entries() == before and not bot.ask(ASKED).citations
    with pytest.raises(UnknownArticle):
        both.remove(next(iter(before)))
    both.remove("biciclette")
    assert both.entries() == before and not both.ask(ASKED).citations


def test_an_answer_about_the_dossier_is_the_same_with_an_article_beside_it(bot, own):
    both = bot.beside(own)
    both.add(make_article("biciclette", TEXT))
    for question in ("Cosa ha regalato Putin a Kim?", "What does Article 4 of the treaty say?"):
        assert both.ask(question).citations == bot.ask(question).citations


def test_own_articles_are_kept_in_one_temporary_folder_that_goes(bot):
    own = Own()
    own.receive("nota.txt", TEXT.encode(), 1)
    (key,) = own.drafts
    assert list(own.use(key, bot))[0] == 0.0
    folder = own._folder
    assert folder.is_dir() and [article.text for article in own.articles()] == [TEXT]
    assert own.bot(bot).ask(ASKED).citations
    own.close()
    assert not folder.exists() and own.articles() == [] and own.bot(bot) is bot


def test_bad_duplicate_large_and_too_many_files_are_refused(bot):
    own = Own()
    own.receive("a.txt", TEXT.encode(), 1)
    own.receive("b.txt", TEXT.encode(), 1)
    own.receive("c.pdf", b"no", 1)
    own.receive("d.txt", b"x" * 1_000_001, 1)
    assert [one.label for one in own.refused] == ["add_same", "", "add_too_large"] and "c.pdf" in own.refused[1].why
    for n in range(MOST):
        own.receive(f"{n}.txt", f"{TEXT} Numero {n}.".encode(), 1)
    assert len(own.drafts) == MOST and own.refused[-1].label == "add_too_many"
    own.close()


def test_a_draft_is_corrected_and_nonsense_is_not_taken(bot):
    own = Own()
    own.receive("nota.txt", TEXT.encode(), 1)
    (key,) = own.drafts
    own.change(key, {"title": "  Le   biciclette ", "date": "2024-06", "language": "xx", "source": ""})
    article = own.drafts[key].article
    assert (article.title, article.date, article.language, article.source) == ("Le biciclette", "2024-06", "it", None)
    own.change(key, {"date": "2024-99"})
    assert own.drafts[key].wrong == "add_bad_date" and own.drafts[key].article.date == "2024-06"
    assert list(own.use(key, bot)) == [] and own.articles() == []
    own.change(key, {"title": " "})
    assert own.drafts[key].wrong == "add_no_title"


def test_a_visitor_has_one_place_of_their_own_from_the_start_and_no_one_elses(bot):
    # Made later it could be made twice, by two events at once: what the first had kept in it was lost.
    from gradio.state_holder import SessionState

    from bot.page.journal import SILENT
    from bot.page.ui import build

    async def built():
        return build(bot, Desk(bot), [], SILENT)

    # In a thread of its own: the browser's tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        blocks = pool.submit(asyncio.run, built()).result()
    (place,) = [key for key, block in blocks.blocks.items() if isinstance(getattr(block, "value", None), Own)]
    one, other = SessionState(blocks), SessionState(blocks)
    one[place].answers = "it"
    assert one[place].answers == "it" and other[place].answers == ""
    assert one[place] is one[place] and one[place] is not blocks.blocks[place].value
