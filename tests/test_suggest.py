"""Questions to go on with: answered from the dossier, something new, and said as people say them."""

import re

import pytest
from conftest import make_article

from bot.page.suggest import _candidates, suggested
from bot.strings import page


@pytest.mark.parametrize("question", ["Cosa ha regalato Putin a Kim?", "What does Article 4 of the treaty say?"])
def test_what_is_suggested_is_answered_with_something_new(bot, question):
    answer = bot.ask(question)
    offered = suggested(bot, answer, [question])
    shown = {(c.article_id, c.start) for c in answer.citations}
    assert 1 <= len(offered) <= 3
    for one in offered:
        found = bot.ask(one, answer.language)
        assert found.language == answer.language and {(c.article_id, c.start) for c in found.citations} - shown
        assert one not in suggested(bot, answer, [question, one])


def test_nothing_is_suggested_after_a_silence(bot):
    assert suggested(bot, bot.ask("Chi ha vinto il campionato di calcio nel 2023?"), []) == ()


def test_names_keep_the_articles_that_they_have_and_verbs_agree(bot):
    text = (
        "Gli Stati Uniti hanno detto che il patto viola le risoluzioni. Secondo il rapporto degli Stati Uniti le armi erano molte. "
        "Il Regno Unito ha detto di no. Francia e Germania hanno detto di sì. Un esperto dell'Alta Corte ha parlato dell'Alta Corte."
    )
    asked = [question for question, _ in _candidates([make_article("a", text)], bot.ask("Chi è Ushakov?"))]
    assert {"Che cosa hanno detto gli Stati Uniti?", "Che cosa ha detto il Regno Unito?"} <= set(asked)
    assert "Che cosa si sa dell’Alta Corte?" in asked and not [question for question in asked if "Germania" in question]


def test_where_the_articles_cited_lead_nowhere_those_beside_them_do(bot):
    for question in (*page("it").examples, *page("en").examples):
        offered = suggested(bot, bot.ask(question), [question])
        assert offered, question
        assert not [one for one in offered if re.search(r"\bdi (?:il|lo|la|i|gli|le|l’)", one)]
