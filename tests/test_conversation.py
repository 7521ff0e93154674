"""Follow-ups through every door: the bot, the command line and the page understand them alike, and say how."""

from test_cli import ponte

from bot.datamodels import Answer, State, Statement
from bot.page import transcript
from bot.page.desk import Desk
from bot.question.follow import Turn, standalone
from bot.render import to_text


def turn(question, answer):
    return Turn(question, answer.language, answer.told, answer.understood)


def check(bot, answer):
    for citation in answer.citations:
        assert bot.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_the_bot_understands_what_leans_on_the_conversation(bot):
    first = bot.ask("Che cosa ha detto Seul dei container?")
    assert first.understood == "" and "[" not in first.said.split(".")[0]
    history = [turn("Che cosa ha detto Seul dei container?", first)]
    second = bot.ask("e Washington?", history=history)
    assert second.question == "e Washington?" and second.language == "it"
    assert "Stati Uniti" in second.understood and "container" in second.understood
    assert any("Stati Uniti" in citation.quote for citation in second.citations)
    history.append(turn("e Washington?", second))
    third = bot.ask("in English please", history=history)
    assert third.language == "en" and "Stati Uniti" in third.understood
    assert to_text(third).startswith("Understood as: ")
    for answer in (first, second, third):
        check(bot, answer)


def test_what_stands_by_itself_is_left_alone(bot):
    history = [turn("Chi è Ushakov?", bot.ask("Chi è Ushakov?"))]
    alone = bot.ask("Quanti container sono stati spediti?", history=history)
    assert alone.understood == "" and alone.text == bot.ask("Quanti container sono stati spediti?").text


def test_the_language_of_a_bare_follow_up_is_that_of_the_conversation(bot):
    history = [turn("How did South Korea react to the treaty?", bot.ask("How did South Korea react to the treaty?"))]
    assert bot.ask("Ushakov", history=history).language == "en"


def test_the_command_line_and_the_page_do_so_too(bot, home):
    done = ponte("chat", home=home, stdin="How did South Korea react to the treaty?\nwhat about Japan?\n")
    assert done.returncode == 0 and "Understood as: How did Japan react to the treaty?" in done.stdout
    desk, turns = Desk(bot), ()
    for question in ("How did South Korea react to the treaty?", "what about Japan?"):
        *_, turns = desk.ask(question, turns, "en")
    assert turns[-1].answer.understood == "How did Japan react to the treaty?"
    assert "Understood as: How did Japan react to the treaty?" in transcript.turned(turns[-1])
    assert "Understood as" not in transcript.turned(turns[0])


def test_only_what_sources_tell_is_leant_on():
    frame, quote = Statement("The sources give different figures:", (), "en"), Statement("Six were sold.", (1,), "en")
    told = Answer("How many?", "...", "en", State.ANSWERED, (frame, quote))
    assert told.told == "Six were sold." and frame.text in told.said
    silent = Answer("Who?", "The sources do not answer this.", "en", State.NOT_IN_SOURCES)
    assert silent.told == "" and silent.said == silent.text
    assert standalone("how much did they cost?", None, [turn("Who sold the boats?", silent)]).text.count("boats") == 1
