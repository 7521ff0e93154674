"""What a follow-up takes over from the question and the answer before, in both languages and over any subject."""

import pytest

from bot.question.follow import Turn, standalone

# What was asked, what was answered, the follow-up, how it is understood.
CARRIED = [
    # What tells which thing it is goes with the thing.
    ("Chi ha costruito il faro di Genova?", "I genovesi.", "quando è stato acceso?", "Quando è stato acceso il faro di Genova?"),
    ("Quanto costa il treno da Roma a Parigi?", "", "e quante volte parte?", "Quante volte parte il treno da Roma a Parigi?"),
    ("How long is the train from Rome to Paris?", "", "How often does it run?", "How often does the train from Rome to Paris run?"),
    ("Come è iniziata la guerra di Spagna?", "", "e come è finita?", "Come è finita la guerra di Spagna?"),
    # From there is from where things came to, not from where they started or who said so.
    ("Where did the coffee go?", "According to Italy, it was shipped from Lagos to Trieste.", "Where did it go from there?",
     "Where did the coffee go from Trieste?"),
    ("Dove è stato mandato il caffè?", "Secondo gli Stati Uniti è andato dal porto di Lagos a quello di Trieste.",
     "e da lì dove è andato?", "Dove è andato il caffè da Trieste?"),
    ("Tell me about the Davos resort", "It lies in Switzerland.", "who may stay there?", "Who may stay in the Davos resort?"),
    # Another number, another who says so, the same of another, what stands behind the name.
    ("Che cosa dice l'articolo 7?", "", "e il 9?", "Che cosa dice l'articolo 9?"),
    ("What does Article 7 say?", "", "and number 9?", "What does Article 9 say?"),
    ("Quanti feriti secondo Londra?", "", "e secondo Parigi?", "Quanti feriti, secondo Parigi?"),
    ("How many tankers were there according to London?", "", "and according to Paris?", "How many tankers were there, according to Paris?"),
    ("Qual è la capitale della Francia?", "Parigi.", "e quella della Spagna?", "Qual è la capitale della Spagna?"),
    ("What is the capital of France?", "Paris.", "and that of Spain?", "What is the capital of Spain?"),
    ("Cosa ha dato Macron a Merkel?", "Un libro.", "e Merkel in cambio?", "Cosa ha dato Merkel a Macron in cambio?"),
    ("What did Macron give Merkel?", "A book.", "and Merkel in return?", "What did Merkel give Macron in return?"),
    ("When was the treaty signed?", "In 1998.", "what became of the one from 1972?", "What became of the treaty of 1972?"),
    # A year is counted from the one asked about, or from the only one that is told.
    ("Chi ha vinto nel 2010?", "La Spagna.", "e l'anno dopo?", "Chi ha vinto nel 2011?"),
    ("Where did Merkel meet Macron in 2018?", "In Berlin.", "ok, and the year before?", "Where did Merkel meet Macron in 2017?"),
    # It goes on to be about the year that was asked about.
    ("Dove è andata Merkel nel 2018?", "A Roma.", "e lei cosa ha detto?", "Cosa ha detto Merkel nel 2018?"),
    ("What did Macron say in 2018?", "Nothing.", "whom did he meet?", "Whom did Macron meet in 2018?"),
    # What hardly says anything is about the same.
    ("Che cos'è il Palio?", "Una corsa.", "quanto dura?", "Palio"),
    ("What was the Tehran conference?", "A meeting.", "who took part?", "Tehran conference"),
    # Who announced it says who said it.
    ("Has Italy closed the port?", "Italy closed it.", "who announced it?", "Who said it: has Italy closed the port?"),
    ("L'Italia ha chiuso il porto?", "Sì.", "chi lo ha annunciato?", "Chi lo ha detto: L'Italia ha chiuso il porto?"),
]  # fmt: skip
LEFT = [
    ("Where did Merkel go in 2018?", "To Rome.", "When did she resign?", "2018"),
    ("Dove è andata Merkel nel 2018?", "A Roma.", "Quando si è dimessa lei?", "2018"),
    ("Quanto costa il treno da Roma a Parigi?", "", "Quante carrozze ha il traghetto di Genova?", "Roma"),
    ("What was the Tehran conference?", "A meeting.", "Who is Macron?", "Tehran"),
]
"""The last is what is not carried over."""


def _understood(question: str, answer: str, follow_up: str) -> str:
    italian = standalone(follow_up, "it", [Turn(question, "it", answer)]).text
    english = standalone(follow_up, "en", [Turn(question, "en", answer)]).text
    return english if question.startswith(("W", "H", "T")) else italian


@pytest.mark.parametrize(("question", "answer", "follow_up", "text"), CARRIED)
def test_what_a_follow_up_takes_over(question, answer, follow_up, text):
    found = _understood(question, answer, follow_up)
    assert text == found if text[0].isupper() and text.endswith("?") else text in found, found


@pytest.mark.parametrize(("question", "answer", "follow_up", "word"), LEFT)
def test_what_it_does_not(question, answer, follow_up, word):
    assert word not in _understood(question, answer, follow_up)


def test_a_chain_of_questions_that_say_little_keeps_its_first_and_its_last():
    before = Turn("who took part?", "en", "", "What was the Tehran conference — where was it — who took part?")
    assert standalone("who won?", "en", [before]).text == "What was the Tehran conference — who took part — who won?"


@pytest.mark.parametrize(
    ("base", "language", "follow_up", "text"),
    [
        (
            "Who said it: how many ships sank?",
            "en",
            "and according to Paris?",
            "How many ships sank, according to Paris?",
        ),
        ("Who said it: how many ships did Italy lose?", "en", "and Spain?", "How many ships did Spain lose?"),
        ("Chi lo ha detto: l'Italia ha chiuso il porto?", "it", "e la Spagna?", "La Spagna ha chiuso il porto?"),
    ],
)
def test_after_a_question_for_the_source_the_matter_goes_on(base, language, follow_up, text):
    before = Turn("who said so?", language, "The minister.", base)
    assert standalone(follow_up, language, [before]).text == text
