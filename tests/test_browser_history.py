"""What is kept, in a real browser: conversations found, renamed, opened again, deleted; files saved; thumbs given."""

import json

import pytest
from conftest import make_article
from serving import QUESTION, SERVE, ask, quote_of, seen

from bot.chat import Bot
from bot.feedback import Feedback
from bot.library import Library
from bot.page.kept_labels import kept_labels
from bot.settings import Settings

pytest_plugins = ["page_fixtures"]
SEOUL = "Come ha reagito Seul al trattato?"
WORDS = kept_labels("it")
BIKES = "Il sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. La spesa è di 9.000 euro."
BRIDGE = "L'architetta Verdi ha progettato il ponte di Rovereto. Il ponte è lungo 85 metri."


def room(tab):
    tab.click("#panel [data-room=history]")
    tab.wait_for_selector("#panel .history h2")


def titles(tab):
    return tab.locator("#panel .talks .title").all_inner_texts()


def kept(tab, count):
    """Wait until the room says how many questions the first conversation has."""
    tab.wait_for_function(
        "said => document.querySelector('#panel .talks .meta')?.textContent.endsWith(said)", arg=WORDS.questions(count)
    )


def test_a_conversation_is_kept_found_renamed_opened_continued_and_deleted(visit, address, bot):
    tab, other = visit(address), visit(address)
    ask(tab, QUESTION)
    ask(tab, SEOUL)
    room(tab)
    kept(tab, 2)
    assert titles(tab) == [QUESTION] and tab.locator("#panel .talks .own").inner_text() == WORDS.here
    # Found by another form of a word of the answer; the focus stays where one types.
    tab.locator("#panel .seek input").press_sequentially("LIMOUSINES")
    tab.wait_for_selector("#panel .excerpt")
    assert tab.evaluate("document.activeElement.matches('#panel .seek input')")
    tab.fill("#panel .seek input", "marmellata")
    tab.wait_for_selector("#panel .none")
    tab.fill("#panel .seek input", "")
    # Renamed by keyboard alone.
    tab.focus("#panel .talks [data-kept=rename]")
    tab.keyboard.press("Enter")
    tab.keyboard.type("Doni <b>e</b> reazioni")
    tab.keyboard.press("Enter")
    tab.get_by_text("Doni <b>e</b> reazioni").first.wait_for()
    tab.wait_for_function("document.activeElement.matches('[data-kept=rename]')")
    assert titles(tab) == ["Doni <b>e</b> reazioni"]
    # Nobody else sees it.
    room(other)
    assert titles(other) == [] and other.locator("#panel .none").inner_text() == WORDS.none
    # Opened again, every citation leads to its quote, and it goes on.
    tab.click("#live [data-do=clear]")
    tab.wait_for_selector(".welcome")
    tab.click("#panel .talks .open")
    tab.wait_for_selector("#live .turn")
    assert tab.locator(".turn").count() == 2
    tab.click("#live .chip >> nth=0")
    seen(tab, quote_of(tab, bot))
    ask(tab, "E Tokyo?")
    room(tab)
    kept(tab, 3)
    # Taken back: it goes from what is kept as well.
    tab.click("#live [data-do=undo]")
    kept(tab, 2)
    # Deleted only after a yes; what is open stays open, and only what is asked from now on is kept.
    tab.focus("#panel .talks [data-kept=delete]")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.textContent") == WORDS.cancel
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.matches('[data-kept=delete]')") and len(titles(tab)) == 1
    tab.keyboard.press("Enter")
    tab.click("#panel .talks [data-kept=gone]")
    tab.wait_for_selector("#panel .none")
    assert tab.locator(".turn").count() == 2
    tab.fill("#box textarea", "")  # where the question that was taken back stands
    ask(tab, QUESTION)
    kept(tab, 1)
    # Not kept where one does not want it; and all gone at once.
    tab.uncheck("#panel .keeping")
    tab.wait_for_selector("#panel .history .notice")
    ask(tab, SEOUL)
    room(tab)
    kept(tab, 1)
    tab.click("#panel .clearing [data-kept=delete]")
    tab.click("#panel .clearing [data-kept=cleared]")
    tab.wait_for_selector("#panel .none")
    assert not tab.is_checked("#panel .keeping")


@pytest.fixture
def folder(tmp_path):
    library = Library(tmp_path / "index", Settings(home=tmp_path / "home"), create=True)
    library.add(make_article("bici", BIKES, title="Le biciclette"), make_article("ponte", BRIDGE, title="Il ponte"))
    library.close()
    return tmp_path / "index"


def test_after_a_restart_what_became_of_the_articles_is_told(visit, serving, folder, home):
    program = [*SERVE, "--index", str(folder)]
    questions = ("Quante biciclette ha comprato il sindaco Bianchi?", "Chi ha progettato il ponte di Rovereto?")
    with serving(home, program) as url:
        tab = visit(url)
        for question in questions:
            ask(tab, question)
        quotes = [tab.locator(f"{turn} .tip q").first.text_content() for turn in ("#past", "#live")]
        tab.click("#live .thumb.up")
        room(tab)
        kept(tab, 2)
        state = tab.context.storage_state()
    assert [cookie["httpOnly"] for cookie in state["cookies"]] == [True]
    with Bot.open(folder) as bot:
        bot.remove("bici")
        bot.add(make_article("ponte", f"Nuova versione. {BRIDGE}", title="Il ponte"))
    with serving(home, program) as url:
        tab, other = visit(url, storage_state=state), visit(url)
        room(other)
        assert titles(other) == []
        room(tab)
        tab.click("#panel .talks .open")
        tab.wait_for_selector("#live .turn")
        assert tab.locator("#live .thumb.up").get_attribute("aria-pressed") == "true"
        assert tab.locator(".answer .lost.notice").all_inner_texts() == [WORDS.lost(1), WORDS.lost(1)]
        for turn, quote, words in (("#past", quotes[0], WORDS.removed), ("#live", quotes[1], None)):
            tab.click(f"{turn} .chip.lost >> nth=0")
            tab.wait_for_function(
                "q => document.querySelector('#panel .notice blockquote')?.textContent === q", arg=quote
            )
            assert tab.locator("#panel mark").count() == 0
            assert words is None or words in tab.locator("#panel .notice").inner_text()


def test_thumbs_are_given_with_a_reason_and_taken_back(visit, address, bot, home):
    tab = visit(address)
    ask(tab, QUESTION)
    stored = Feedback(home)
    before = len(list(stored))

    def told(count):
        tab.wait_for_timeout(100)
        for _ in range(50):
            if len(list(stored)) == before + count:
                return list(stored)[-1] if count else None
            tab.wait_for_timeout(100)
        raise AssertionError(f"{len(list(stored)) - before} thumbs")

    tab.focus("#live .thumb.down")
    tab.keyboard.press("Enter")
    assert told(1).verdict == "down"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.fill("#live .why[data-verdict=down] textarea", "Manca l'anno.")
    tab.click("#live .why[data-verdict=down] [data-kept=why]")
    tab.wait_for_selector(f"#live .thanks:has-text('{WORDS.thanks}')")
    tab.wait_for_timeout(300)
    thumb = told(1)
    assert (thumb.reason, thumb.words, thumb.question) == ("wrong", "Manca l'anno.", QUESTION)
    assert [c["quote"] for c in thumb.answer["citations"]] == [c.quote for c in bot.ask(QUESTION).citations]
    assert tab.evaluate("document.activeElement.matches('.thumb.down')")
    tab.keyboard.press("Enter")
    told(0)
    tab.click("#live .thumb.up")
    assert told(1).verdict == "up"
    # The language is switched: what was pressed stays pressed.
    tab.click("[data-do=language][data-code=en]")
    tab.wait_for_function("document.documentElement.lang === 'en'")
    tab.wait_for_selector("#live .thumb.up[aria-pressed=true]")
    stored.close()


def test_a_conversation_is_saved_as_a_file_in_each_form(visit, address, bot, tmp_path):
    tab = visit(address)
    ask(tab, QUESTION)
    ask(tab, SEOUL)
    files = {}
    for form in ("md", "html", "json"):
        tab.click("#live .exports summary")
        with tab.expect_download() as download:
            tab.click(f"#live [data-form={form}]")
        files[form] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[form])
    assert {file.name for file in files.values()} == {f"ponte-cosa-ha-regalato-putin-a-kim.{form}" for form in files}
    saved = json.loads(files["json"].read_text(encoding="utf-8"))
    citations = [citation for exchange in saved["exchanges"] for citation in exchange["answer"]["citations"]]
    assert len(saved["exchanges"]) == 2 and len(citations) > 1
    for citation in citations:
        assert bot.article(citation["article_id"]).text[citation["start"] : citation["end"]] == citation["quote"]
    assert f"## {SEOUL}" in files["md"].read_text(encoding="utf-8")
    # The HTML by itself: no request but for the file, and a number leads to its quote.
    page, asked = tab.context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(files["html"].as_uri())
    page.click("section:nth-of-type(2) a.chip >> nth=0")
    quote = page.locator("li:target blockquote")
    assert quote.inner_text() == saved["exchanges"][1]["answer"]["citations"][0]["quote"] and quote.is_visible()
    page.click("li:target .back")
    assert page.evaluate("document.querySelector(':target').className") == "chip"
    assert {url.split("#")[0] for url in asked} == {files["html"].as_uri()}
