"""Which language a browser asks for. Knows the header, nothing of labels."""

from bot.strings import LANGUAGES, Language, known


def preferred(accept_language: str | None, default: str = "en") -> Language:
    """Return which of the two languages a browser prefers.

    Args:
        accept_language: the header's value, as in RFC 9110, section 12.5.4; None when there is none.
        default: taken when the header names neither language.
    """
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate((accept_language or "").split(",")):
        tag, _, parameters = part.strip().partition(";")
        _, _, weight = parameters.strip().partition("=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        weighed.append((-quality, place, tag.split("-")[0].lower()))
    named = [code for quality, _, code in sorted(weighed) if code in LANGUAGES and quality < 0]
    return known(named[0]) if named else known(default)
