"""Questions that come as in a letter: what is asked is found in them, and in others nothing is taken away."""

from pathlib import Path

import pytest

from bot.evaluate.questions import load
from bot.question.asking import read_question
from bot.question.preamble import proper

EVALS = Path(__file__).parent.parent / "evals"
LETTERS = [
    (
        "en",
        "I am writing an article about Russia and North Korea and I would like to know, if possible, what gifts Putin gave to Kim.",
        "what gifts Putin gave to Kim.",
    ),
    ("en", "My professor asked us to find out when the treaty came into force, can you help me with this?", "when the treaty came into force?"),
    ("en", "Hi there, could you please tell me who vetoed the panel of experts? Thanks in advance!", "who vetoed the panel of experts?"),
    (
        "it",
        "Buongiorno, sto preparando la tesi sulle relazioni fra Mosca e Pyongyang: potreste dirmi per favore quali regali ha fatto Putin a Kim?",
        "quali regali ha fatto Putin a Kim?",
    ),
    ("it", "Sono una giornalista e vorrei sapere in che giorno è entrato in vigore il trattato, grazie mille!", "in che giorno è entrato in vigore il trattato?"),
    ("it", "Quando è stato firmato il trattato? Grazie.", "Quando è stato firmato il trattato?"),
]  # fmt: skip
LEFT = [
    ("en", "Who said: “I want to know when the war ends”?"),
    ("en", "What would Putin like to know?"),
    ("en", "Putin told Kim what he would like to know."),
    ("en", "Thanks!"),
    ("it", "Perché Putin ha detto “vorrei sapere chi ha firmato”?"),
    ("it", "Che cosa ha detto chi voleva sapere quando arriva il treno?"),
    ("it", "Grazie"),
    ("it", "Il trattato fu firmato nel 2024. Chi lo ha firmato?"),
]


@pytest.mark.parametrize(("language", "letter", "question"), LETTERS)
def test_what_is_asked_is_taken_out_of_a_letter_which_is_kept_as_it_was_typed(language, letter, question):
    assert proper(letter, language) == question and proper(question, language) == question
    asked = read_question(letter, None, "it", 1000)
    assert (asked.raw, asked.text, asked.language) == (letter, question, language)


@pytest.mark.parametrize(("language", "question"), LEFT)
def test_what_is_not_sure_to_be_a_preamble_stays(language, question):
    assert proper(question, language) == question


def test_no_question_that_ships_loses_anything():
    items = load([EVALS / "dossier.jsonl", EVALS / "silence.jsonl"])
    assert len(items) > 1_000
    assert [item.question for item in items if proper(item.question, item.language) != item.question] == []


@pytest.mark.parametrize(("language", "letter", "question"), LETTERS[:2] + LETTERS[3:5])
def test_a_letter_is_answered_as_its_question_is(bot, language, letter, question):
    answer, plain = bot.ask(letter), bot.ask(question)
    assert answer.citations and answer.language == language and answer.text == plain.text
