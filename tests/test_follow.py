"""Follow-ups: what leans on the conversation is understood in it, what does not is left alone, in both languages."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question.follow import Followed, Turn, standalone

ROWS = [json.loads(line) for line in (Path(__file__).parent / "data" / "follow.jsonl").read_text("utf-8").splitlines()]
# Part "apart" was written when the rules were done. Measured before any rule saw it: .806 in Italian, .935 in English; what
# it then showed to be wrong was mended, so that today's share says less than that first one.
# Part "fresh" was typed after real answers of the dossier, without a look at the rules, and read as a user would: 28 of 40 in
# Italian and 29 of 40 in English were understood at first; what was mended is kept here with what was right.
FLOORS = {"made": 1.0, "apart": 0.9, "fresh": 1.0}


def _turns(row: dict) -> list[Turn]:
    return [Turn(**turn) for turn in row["history"]]


def _wrong(row: dict) -> str:
    """Return what is wrong with how a question of the set was understood, or nothing."""
    found = standalone(row["question"], None, _turns(row))
    text = found.text.casefold()
    missing = [part for part in row["expected"] if part.casefold() not in text]
    extra = [part for part in row["forbidden"] if part.casefold() in text]
    if found.kind != row["kind"] or missing or extra or (row["answer_language"] not in (None, found.language)):
        return f"{row['history'][-1]['question']} / {row['question']} -> {found.text} [{found.kind}, {found.language}]; not {missing}, not without {extra}"
    if (found.text == row["question"]) is found.changed or (found.kind == "alone" and found.changed):
        return f"{row['question']}: changed says {found.changed}"
    return ""


@pytest.mark.parametrize("part", sorted(FLOORS))
@pytest.mark.parametrize("language", ["it", "en"])
def test_share_of_follow_ups_understood(part, language):
    rows = [row for row in ROWS if row["part"] == part and row["language"] == language]
    wrong = [told for row in rows if (told := _wrong(row))]
    assert len(rows) >= 30
    share = 1 - len(wrong) / len(rows)
    assert share >= FLOORS[part], f"{share:.3f} of {len(rows)}\n" + "\n".join(wrong)


def test_set_is_large_enough_and_half_of_it_apart():
    for language in ("it", "en"):
        apart = [row for row in ROWS if row["part"] == "apart" and row["language"] == language]
        assert len(apart) >= 30
        assert len([row for row in ROWS if row["language"] == language]) >= 60
    asked = [(row["history"][-1]["question"], row["question"]) for row in ROWS]
    assert len(set(asked)) == len(asked)


GIFTS = Turn("Cosa ha regalato Putin a Kim?", "it", "Putin ha regalato a Kim una limousine Aurus.")


def test_first_question_is_left_alone():
    assert standalone("E gli americani?", None, []) == Followed("E gli americani?", None, False, "alone")


def test_first_question_after_a_greeting_is_left_alone():
    hello = Turn("ciao", "it", "Ciao!")
    assert not standalone("E gli americani?", None, [hello]).changed


def test_thanks_between_two_questions_are_passed_over():
    thanks = Turn("grazie", "it", "Prego.")
    assert standalone("perché?", None, [GIFTS, thanks]).text == "Perché lo ha regalato Putin a Kim?"


def test_chain_goes_on_from_how_the_last_question_was_understood():
    first = standalone("E gli americani?", None, [Turn("Come ha reagito Seul al trattato?", "it", "Male.")])
    turn = Turn("E gli americani?", "it", "Washington ha protestato.", first.text)
    second = standalone("E il Giappone?", None, [turn])
    third = standalone("why?", None, [turn, Turn("E il Giappone?", "it", "Male.", second.text)])
    assert second.text == "Come ha reagito il Giappone al trattato?"
    assert (third.text, third.language) == ("Perché ha reagito il Giappone al trattato?", "en")


def test_turns_beyond_the_last_three_are_forgotten():
    old = Turn("Chi è Ushakov?", "it", "Un consigliere.")
    new = Turn("Quanto costa il petrolio?", "it", "Non si sa.")
    assert standalone("E lui cosa ha detto?", None, [old, new]).text == "Cosa ha detto Ushakov?"
    assert "Ushakov" not in standalone("E lui cosa ha detto?", None, [old, new, new, new]).text


def test_language_asked_for_behind_a_question_of_its_own():
    found = standalone("Chi è Ushakov? In English, please", None, [GIFTS])
    assert found == Followed("Chi è Ushakov?", "en", True, "language")


def test_chosen_language_is_not_overruled_by_the_language_of_a_follow_up():
    assert standalone("And the Americans?", None, [GIFTS]).language == "en"
    assert standalone("And the Americans?", "it", [GIFTS]).language is None


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("Kim gave two dogs. Would you like to know who signed the treaty?", "Who signed the treaty?"),
        ("Kim gave two dogs. Do you want to hear more about the veto?", "Tell me more about the veto"),
        ("Kim ha dato due cani. Vuoi sapere chi ha firmato il trattato?", "Chi ha firmato il trattato?"),
        ("Kim ha dato due cani. Vuoi sapere di più sul veto russo?", "Dimmi di più sul veto russo"),
    ],
)
def test_yes_takes_up_what_the_answer_offers(answer, text):
    italian = "Vuoi" in answer
    turn = Turn("Cosa ha dato Kim?" if italian else "What did Kim give?", "it" if italian else "en", answer)
    assert standalone("sì" if italian else "yes", None, [turn]).text == text


def test_markers_are_never_carried_on():
    turn = Turn("Cosa ha dato Kim? [3]", "it", "Due cani [1]. Un busto [2][3].")
    for question in ("E il secondo punto?", "dimmi di più", "quando?", "sì"):
        assert "[" not in standalone(question, None, [turn]).text


def test_quick_enough_to_go_unnoticed():
    long = Turn(GIFTS.question, "it", "Putin ha regalato a Kim una limousine Aurus a Pyongyang nel 2024. " * 40)
    questions = ["E gli americani?", "perché?", "e lui cosa ha detto?", "Chi è Ushakov?", "them", "E il secondo punto?"]
    for question in questions:
        standalone(question, None, [long])
    best = min(_spent(questions, long) for _ in range(5))
    # 2 to 4 ms each on one slow core; the bound leaves room for a busy machine.
    assert best / len(questions) < 0.02


def _spent(questions: list[str], turn: Turn) -> float:
    started = time.perf_counter()
    for question in questions:
        standalone(question, None, [turn, turn, turn])
    return time.perf_counter() - started


_PIECES = st.sampled_from(
    "E e And what about gli americani the Americans lui him he they it l'ha lo ha gli hanno cosa perché why ? [1] in English nel 2000 1961 dove quanti"
    " Kim Putin Corea del Sud South Korea il trattato the treaty secondo punto second point yes sì no di più suo his lì there quello È stato firmato".split()
)
_TEXT = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=9).map(" ".join))
_TURN = st.builds(Turn, _TEXT, st.sampled_from(["it", "en", "fr", ""]), _TEXT, _TEXT)


@given(_TEXT, st.sampled_from([None, "it", "en"]), st.lists(_TURN, max_size=5))
def test_any_conversation_gives_a_question(question, language, history):
    found = standalone(question, language, history)
    assert found.changed is (found.text != question) or found.kind == "language"
    assert found.language in (None, "it", "en")
    assert found.text.strip() or not question.strip()


@given(_TEXT, st.sampled_from([None, "it", "en"]))
def test_without_history_nothing_changes(question, language):
    assert standalone(question, language, ()) == Followed(question, None, False, "alone")


# What was asked, what was answered, the follow-up, the article that holds its answer.
SEARCHED = [
    ("Come ha reagito la Corea del Sud al trattato del 2024?", "it", "E il Giappone?", "seoul-tokyo-washington"),
    ("How did South Korea react to the 2024 treaty?", "en", "And the Japanese?", "seoul-tokyo-washington"),
    ("Cosa ha regalato Putin a Kim?", "it", "E Kim?", "summit-2024"),
    ("What did Putin give Kim?", "en", "And Kim?", "summit-2024"),
    ("Quando è stato firmato il trattato del 2024?", "it", "E quello del 1961?", "history-1945-1991"),
    ("When was the 2024 treaty signed?", "en", "And the 1961 treaty?", "history-1945-1991"),
    ("Quanti container ha inviato la Corea del Nord alla Russia?", "it", "E i missili balistici?", "arms-transfers"),
    ("How many containers did North Korea send to Russia?", "en", "And the ballistic missiles?", "arms-transfers"),
    ("Chi ha posto il veto al rinnovo del gruppo di esperti?", "it", "perché?", "un-veto-2024"),
    ("Who vetoed the panel of experts?", "en", "When?", "un-veto-2024"),
    ("Quanti soldati ha inviato la Corea del Nord a Kursk?", "it", "quando?", "troops-2024-2025"),
    ("Did North Korea send soldiers to Kursk?", "en", "How many?", "troops-2024-2025"),
    ("Quanto è lungo il ponte sul Tumen?", "it", "Quando sarà finito?", "trade-labour-tourism"),
    ("How long will the bridge over the Tumen be?", "en", "When will it be finished?", "trade-labour-tourism"),
    (
        "Come ha viaggiato Kim Jong Il verso Mosca nel 2001?",
        "it",
        "Quante carrozze aveva il suo treno?",
        "visits-2000-2001",
    ),
    ("How did Kim Jong Il travel to Moscow in 2001?", "en", "How long did it take?", "visits-2000-2001"),
]


def _rank(bot, text: str, article: str) -> int:
    """Return the place of the first passage of an article, in either language, among the first three; 4 if none."""
    found = [hit.article.id for hit in bot.search(text, k=3)]
    return next((n for n, name in enumerate(found, 1) if name.rsplit("-", 1)[0] == article), 4)


def test_understood_follow_ups_find_their_article(bot):
    missed, alone = [], 0
    for question, language, follow_up, article in SEARCHED:
        answer = bot.ask(question, language)
        turn = Turn(question, language, " ".join(s.text for s in answer.statements))
        found = standalone(follow_up, None, [turn])
        if _rank(bot, found.text, article) > 3:
            missed.append((found.text, article))
        alone += _rank(bot, follow_up, article) <= 3
    assert not missed
    # The check would show nothing if the words of the follow-ups found the articles by themselves (11 of 16 do: the
    # dossier has fourteen subjects, and three passages are looked at).
    assert alone <= 12
