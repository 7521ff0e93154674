"""Numbers written out, in Italian and English: `diecimila`, `ventuno`, `six hundred`, `mezzo milione`.

Knows single words and what they are worth; nothing of sentences. Ordinals are worth their number.
"""

from functools import cache

_IT = {
    "zero": 0, "uno": 1, "un": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7,
    "otto": 8,
    "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15, "sedici": 16,
    "diciassette": 17, "diciotto": 18, "diciannove": 19,
}  # fmt: skip
_IT_TENS = {
    "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80,
    "novanta": 90,
}  # fmt: skip
_EN = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_EN_ORDINALS = {
    "first": 1, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "twentieth": 20, "thirtieth": 30, "hundredth": 100, "once": 1, "twice": 2,
    "thrice": 3,
    "second": 2, "dozen": 12, "pair": 2, "couple": 2, "both": 2, "half": 0.5, "halves": 0.5, "quarter": 0.25,
}  # fmt: skip
_IT_ORDINALS = {
    "primo": 1, "prima": 1, "primi": 1, "terzi": 3, "terze": 3, "quarti": 4, "quinti": 5, "secondi": 2, "prime": 1,
    "secondo": 2, "seconda": 2, "terzo": 3, "terza": 3, "quarto": 4,
    "quarta": 4, "quinto": 5, "quinta": 5, "sesto": 6, "sesta": 6, "settimo": 7, "settima": 7, "ottavo": 8, "ottava": 8,
    "nono": 9, "nona": 9, "decimo": 10, "decima": 10, "coppia": 2, "paio": 2, "entrambi": 2, "entrambe": 2, "meta": 0.5,
    "mezzo": 0.5, "mezza": 0.5, "dozzina": 12, "decina": 10, "ventina": 20, "trentina": 30, "quarantina": 40,
    "cinquantina": 50, "sessantina": 60, "settantina": 70, "ottantina": 80, "novantina": 90, "centinaio": 100,
    "migliaio": 1000,
}  # fmt: skip
SCALES = {
    "thousand": 1e3, "thousands": 1e3, "mila": 1e3, "mille": 1e3, "million": 1e6, "millions": 1e6, "milione": 1e6,
    "milioni": 1e6, "billion": 1e9, "billions": 1e9, "miliardo": 1e9, "miliardi": 1e9, "trillion": 1e12,
    "bilione": 1e12,
    "bilioni": 1e12, "mln": 1e6, "mld": 1e9, "bn": 1e9, "hundred": 1e2,
}  # fmt: skip
LOOSE = frozenset(
    "un una uno one prima primi prime secondo seconda secondi second once both mezzo mezza half meta quarto"
    " quarter ne".split()
)
"""Words that are numbers only now and then: they bear out a number, but claim none by themselves."""


@cache
def worth(word: str, language: str) -> float | None:
    """Return the number that one folded word stands for, or None."""
    if language == "en":
        return {**_EN, **_EN_ORDINALS}.get(word, _english_ordinal(word))
    if word in _IT_ORDINALS:
        return _IT_ORDINALS[word]
    # Sessant'anni, vent'anni: before an apostrophe the vowel is dropped.
    elided = next((tens for root, tens in _IT_TENS.items() if root[:-1] == word), None)
    if elided is not None:
        return elided
    cardinal = _italian(word)
    return cardinal if cardinal is not None else _italian_ordinal(word)


def _english_ordinal(word: str) -> float | None:
    if word.endswith("ieth"):
        return _EN.get(f"{word[:-4]}y")
    return _EN.get(word.removesuffix("th") + ("" if word.endswith("th") else "?"))


def _italian_ordinal(word: str) -> float | None:
    if not word.endswith(("esimo", "esima", "esimi", "esime")):
        return None
    root = word[:-5]
    return next(
        (value for tail in ("", "e", "i", "a", "o", "uno") if (value := _italian(root + tail)) is not None), None
    )


def _italian(word: str) -> float | None:
    """Return the value of a cardinal in one word, such as `duemilatrecentoquaranta`."""
    if word in _IT:
        return _IT[word]
    for mark, scale in (("mila", 1000), ("mille", 1000), ("cento", 100), ("cent", 100)):
        head, found, tail = word.partition(mark)
        if found:
            left = 1 if not head else _italian(head)
            right = 0 if not tail else _italian(tail)
            return None if left is None or right is None or (mark == "mille" and head) else left * scale + right
    return _italian_tens(word)


def _italian_tens(word: str) -> float | None:
    for tens, value in _IT_TENS.items():
        if word == tens:
            return value
        # ventuno and ventotto drop the vowel.
        for root in (tens, tens[:-1]):
            unit = _IT.get(word.removeprefix(root)) if word.startswith(root) else None
            if unit is not None and 1 <= unit <= 9:
                return value + unit
    return None
