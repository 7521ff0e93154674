"""The article: its fields, its hash, and how an id is made. Knows nothing of files, chunks or the index."""

import hashlib
import json
import re
import unicodedata
from dataclasses import asdict, dataclass

MAX_ID = 80


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is stored, chunked and cited.

    Attributes:
        id: a slug of `[a-z0-9-]`, stable between runs.
        title: one line, 300 characters at most.
        language: "it" or "en".
        date: ISO 8601 to the day, the month or the year ("2024-06-19", "2024-06", "2024"), or None.
        source: who published it, or None.
        topics: what it is about.
        publications: where its facts come from.
        text: the cleaned text; every citation is a span of it.
    """

    id: str
    title: str
    language: str
    date: str | None
    source: str | None
    topics: tuple[str, ...]
    publications: tuple[str, ...]
    text: str

    @property
    def hash(self) -> str:
        """Return the SHA-256 of every field, in hex: two articles are the same when it is the same."""
        fields = json.dumps(asdict(self), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(fields.encode("ascii")).hexdigest()


def slug(text: str) -> str:
    """Return `text` as an id: lower case, accents folded, anything else turned into single hyphens.

    A text that leaves nothing behind (Korean, emoji) is named by its hash, so that an id is never empty
    and two such texts do not share one. The same holds for what is cut off beyond `MAX_ID` characters.
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    if not name:
        return f"article-{digest}"
    if len(name) > MAX_ID:
        return f"{name[: MAX_ID - 11].rstrip('-')}-{digest}"
    return name
