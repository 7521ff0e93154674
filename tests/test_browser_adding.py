"""Articles of one's own in a real browser: files and pasted text, checked, used, asked, and seen by nobody else."""

from serving import ask, reach, seen

from bot.page.labels import labels

pytest_plugins = ["page_fixtures"]
TEXT = (
    "Il sindaco di Trento compra biciclette\n\nIl sindaco Bianchi ha comprato 12 biciclette per gli uffici di Trento. "
    "La spesa è di 9.000 euro.\n"
)
ASKED = "Quante biciclette ha comprato il sindaco Bianchi?"


def opened(tab):
    tab.click("#panel [data-room=add]")
    tab.wait_for_selector("#panel .drop")


def sent(tab, *files):
    tab.set_input_files("#panel .files", [{"name": n, "mimeType": "text/plain", "buffer": b} for n, b in files])


def test_a_file_is_understood_corrected_used_asked_and_nobody_elses(visit, address, bot):
    tab, other = visit(address), visit(address)
    opened(tab)
    sent(tab, ("nota.txt", TEXT.encode()), ("rotto.pdf", b"niente"), ("vuoto.md", b" "))
    draft = tab.locator("#panel .draft-article")
    tab.wait_for_function("document.querySelectorAll('#panel .adding .notice').length === 2")
    assert draft.count() == 1
    assert draft.locator("[data-field=title]").input_value() == "Il sindaco di Trento compra biciclette"
    assert draft.locator("[data-field=language]").input_value() == "it"
    assert labels("it").passages(1) in draft.inner_text()
    why = tab.locator("#panel .adding .notice").all_inner_texts()
    assert labels("it").refusal("rotto.pdf is damaged or not a real .pdf file.") in why[0]
    assert labels("it").refusal("vuoto.md is empty.") in why[1]
    draft.locator("[data-field=date]").fill("2024-13-45")
    draft.locator("[data-field=title]").fill("<b>Biciclette</b> a Trento")
    draft.locator("[data-field=date]").fill("2024-06-19")
    draft.locator("[data-field=source]").fill("Il Corriere di Trento")
    tab.keyboard.press("Tab")
    tab.click("#panel [data-do=use]")
    tab.wait_for_selector("#panel .done")
    assert "<b>Biciclette</b> a Trento" in tab.locator("#panel .adding .articles").inner_text()
    ask(tab, ASKED)
    tab.click("#live .chip >> nth=0")
    quote = tab.locator("#live .chip[data-n='1'] + .tip q").first.text_content()
    assert quote in TEXT and "12 biciclette" in quote
    seen(tab, quote)
    assert "19 giugno 2024" in tab.locator("#panel .meta").first.inner_text()
    tab.click("#panel [data-room=sources]")
    tab.wait_for_selector("#panel .own")
    assert len(tab.locator("#panel .articles li").all()) == len(bot.articles()) + 1
    ask(other, ASKED)
    assert other.locator("#live .chip").count() == 0 and "12 biciclette" not in other.locator("#desk").inner_text()
    other.click("[data-do=language][data-code=en]")
    other.wait_for_function("document.documentElement.lang === 'en'")
    assert other.locator("#panel .articles li").count() == len(bot.articles())


def test_a_text_is_pasted_by_keyboard_and_taken_away_again(visit, address):
    tab = visit(address)
    reach(tab, "#panel [data-room=add]")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#panel .drop")
    tab.locator("#panel [data-room=add]").focus()
    reach(tab, "#panel .paste summary")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Biciclette")
    tab.keyboard.press("Tab")
    tab.keyboard.insert_text(TEXT.split("\n\n")[1])
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#panel .draft-article")
    assert tab.locator("#panel [data-field=title]").input_value() == "Biciclette"
    tab.click("#panel [data-do=use]")
    tab.wait_for_selector("#panel .remove")
    ask(tab, ASKED)
    assert "12 biciclette" in tab.locator("#live .answer").inner_text()
    tab.click("#panel .remove")
    tab.wait_for_selector("#panel .remove", state="detached")
    ask(tab, ASKED.removesuffix("?"))
    assert tab.locator("#live .chip").count() == 0


def test_a_wrong_date_is_told_and_the_article_not_used(visit, address):
    tab = visit(address, "en-GB")
    opened(tab)
    sent(tab, ("nota.txt", TEXT.encode()))
    tab.locator("#panel [data-field=date]").fill("yesterday")
    tab.keyboard.press("Tab")
    tab.click("#panel [data-do=use]")
    tab.wait_for_selector(f"#panel .draft-article .notice:has-text('{labels('en').add_bad_date[:30]}')")
    tab.click("#panel [data-do=discard]")
    tab.wait_for_selector("#panel .draft-article", state="detached")


def test_files_are_dropped_onto_the_page(visit, address):
    tab = visit(address)
    opened(tab)
    tab.evaluate(
        """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "nota.txt", { type: "text/plain" }));
            const drop = document.querySelector("#panel .drop");
            for (const name of ["dragenter", "dragover", "drop"])
                drop.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        TEXT,
    )
    tab.wait_for_selector("#panel .draft-article")


def test_the_owner_may_bound_files_and_let_visitors_write_to_the_dossier(visit, serving, tmp_path):
    with serving(tmp_path / "home", PONTE_MAX_UPLOAD_MB="1", PONTE_SHARED_UPLOADS="on") as url:
        tab = visit(url)
        opened(tab)
        sent(tab, ("grande.txt", TEXT.encode() * 10_000))
        tab.wait_for_selector("#panel .adding .notice")
        assert "1 MB" in tab.locator("#panel .adding .notice").inner_text()
        sent(tab, ("nota.txt", TEXT.encode()))
        tab.click("#panel [data-do=share]")
        tab.wait_for_selector("#panel .done")
        other = visit(url)
        ask(other, ASKED)
        assert "12 biciclette" in other.locator("#live .answer").inner_text()
        assert quote_of_any(other) in TEXT


def test_the_dossier_is_the_owners_alone_where_nothing_else_is_set(visit, address):
    tab = visit(address)
    opened(tab)
    sent(tab, ("nota.txt", TEXT.encode()))
    tab.wait_for_selector("#panel .draft-article")
    assert tab.locator("#panel [data-do=share]").count() == 0


def quote_of_any(tab):
    return tab.locator("#live .tip q").first.text_content()
