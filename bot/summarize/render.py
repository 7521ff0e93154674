"""A summary as lines for a terminal. Never changes a word; knows summaries only."""

from bot.datamodels import Citation
from bot.summarize.values import Summary
from prompts import load

_SOURCES = {"it": "Fonti", "en": "Sources"}
_ARTICLES = {"it": ("1 articolo", "{} articoli"), "en": ("1 article", "{} articles")}


def to_text(summary: Summary) -> str:
    """Return a summary as plain lines: notices, text, how much it covers, then each citation with its quote."""
    parts = [*summary.notices, summary.text]
    if summary.citations:
        parts.append(coverage(summary))
        lines = [f"{_SOURCES[summary.language]}:", *(_line(citation) for citation in summary.citations)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def coverage(summary: Summary) -> str:
    """Return how much of the selection a summary carries, as a sentence in its language."""
    one, more = _ARTICLES[summary.language]
    count = len(summary.articles)
    covered = summary.coverage
    first, middle, last = (_share(third, summary.language) for third in covered.thirds)
    return load("summary.coverage", summary.language).fill(
        sentences=_share(covered.sentences, summary.language),
        facts=_share(covered.facts, summary.language),
        articles=one if count == 1 else more.format(count),
        first=first, middle=middle, last=last,
    )  # fmt: skip


def _share(share: float, language: str) -> str:
    text = f"{100 * share:.0f}" if share >= 0.1 or not share else f"{100 * share:.1f}"
    return f"{text.replace('.', ',')} %" if language == "it" else f"{text}%"


def _line(citation: Citation) -> str:
    about = ", ".join(part for part in (citation.title, citation.source, citation.date) if part)
    quote = " ".join(citation.quote.split())
    return f"  [{citation.n}] “{quote}”\n      {about} ({citation.article_id} {citation.start}-{citation.end})"
