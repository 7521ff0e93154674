from datetime import date

import pytest

from bot.summarize.request import Request, find

TODAY = date(2025, 10, 15)

ASKS = [
    ("Riassumi l'articolo sul trattato in 100 parole", "trattato", True, {"words": 100}),
    ("riassumimi l'articolo sui soldati nel Kursk", "soldati nel kursk", True, {}),
    ("Mi puoi fare un breve riassunto di tutto?", "", False, {"preset": "short"}),
    ("Fammi una cronologia degli articoli da marzo 2024", "", False, {"shape": "timeline", "since": "2024-03"}),
    ("Sintetizza il dossier in una frase", "", False, {"preset": "line"}),
    ("Riassumi tutto in inglese per punti", "", False, {"language": "en", "shape": "bullets"}),
    ("Summarize everything since March as a timeline", "", False, {"since": "2025-03", "shape": "timeline"}),
    ("summarise everything since December", "", False, {"since": "2024-12"}),
    ("Could you give me a 200-word summary of the article on the veto?", "veto", True, {"words": 200}),
    (
        "Sum up the dossier in two hundred words, only the military part",
        "",
        False,
        {"words": 200, "focus": "military part"},
    ),
    ("tl;dr", "", False, {"preset": "line"}),
    ("Summarise the Italian articles from 2024-06-19", "", False, {"sources_language": "it", "since": "2024-06-19"}),
]
NO_REQUESTS = [
    "Che cosa prevede il trattato?",
    "Who summarised the treaty for the press?",
    "Quando fu pubblicato il riassunto?",
    "The summit was long.",
    "Cosa dice la sintesi della KCNA?",
    "",
    "?!",
]


@pytest.mark.parametrize(("text", "about", "single", "how"), ASKS)
def test_what_is_asked_for_is_understood(text, about, single, how):
    found = find(text, TODAY)
    assert found is not None
    assert about in found.about.removeprefix("the ").removeprefix("il ") or not about and not found.about
    assert found.single == single
    settled = {name: str(value).removeprefix("the ") if name == "focus" else value for name, value in found.how.items()}
    assert settled == how


@pytest.mark.parametrize("text", NO_REQUESTS)
def test_other_messages_are_questions(text):
    assert find(text, TODAY) is None


def test_a_request_is_a_value():
    assert Request() == Request("", False, {})


@pytest.mark.parametrize(
    "question",
    ["Riassumi la posizione del Vaticano sulla Corea del Nord", "summarise the relations between Cuba and North Korea"],
)
def test_a_subject_whose_name_is_nowhere_is_not_summarised(bot, question):
    assert bot.ask(question).state.silent


def test_a_summary_of_one_year_tells_of_no_other(bot):
    answer = bot.ask("Riassunto del viaggio di Kim in Russia nel 2023")
    assert "Vostochny" in answer.text
    assert not any(year in answer.text for year in ("2001", "2011", "2019", "2024"))
