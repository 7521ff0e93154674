"""From the bytes of a file to its plain text and what the file says of itself, by file type.

Knows the five formats and the ways in which such files are broken; nothing of cleaning, ids or languages.
Nothing is fetched: a document's links and entities stay where they are.
"""

import io
import logging
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from index.cleaning import unwrap
from index.encoding import decode
from index.errors import ArticleError
from index.header import Header, iso_date, take

if TYPE_CHECKING:
    from markdown_it.token import Token
    from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused.

    Attributes:
        size: bytes of the file.
        characters: of its text.
        pages: of a PDF.
        unpacked: bytes of a DOCX once unpacked.
    """

    size: int = 20_000_000
    characters: int = 5_000_000
    pages: int = 2_000
    unpacked: int = 200_000_000


def parse(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    """Return what the file says of itself, and its text as it stands.

    Args:
        name: the file's name; its suffix chooses the format.
        data: its bytes.
        limits: how much to read.

    Raises:
        ArticleError: the file cannot be read as what its name says.
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise ArticleError(
            f"{name}: {suffix or 'a file without a suffix'} cannot be read.", f"Save it as one of: {KNOWN}."
        )
    _refuse_other_kind(name, suffix, data)
    for library in ("pypdf", "trafilatura", "htmldate", "charset_normalizer", "docx"):
        # Without a handler of its own a library's complaint would land on the terminal.
        logging.getLogger(library).addHandler(_SILENCE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return reader(name, data, limits)
    except ArticleError:
        raise
    except Exception as error:
        # Parsers of hostile files raise anything; whatever it is, the file cannot be used.
        raise ArticleError(f"{name} is damaged or not a real {suffix} file.", "Save it again, or as .txt.") from error


def _refuse_other_kind(name: str, suffix: str, data: bytes) -> None:
    for magic, kind, suffixes in _MAGIC:
        if data.startswith(magic) and suffix not in suffixes:
            fix = f"Rename it to end in {suffixes[0]}." if suffixes else "Save the text as .txt, .docx or .pdf."
            if kind == "a protected or old Word file":
                fix = "Save it without a password, as .docx."
            raise ArticleError(f"{name} is {kind}, not a {suffix} file.", fix)


def _text(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    return take(name, decode(data, name))


def _markdown(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    from markdown_it import MarkdownIt

    header, source = take(name, decode(data, name))
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    headings = [
        after.content for token, after in pairwise(tokens) if token.type == "heading_open" and token.tag == "h1"
    ]
    title = _plain(headings[0]) if headings else None
    return header.over(Header(title=title)), "\n\n".join(_blocks(tokens))


def _plain(markdown: str) -> str:
    from markdown_it import MarkdownIt

    return "".join(_spoken(token) for token in MarkdownIt("commonmark").parseInline(markdown))


def _blocks(tokens: "list[Token]") -> Iterator[str]:
    """Yield the text of each block; the cells of a table's row are one block."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_spoken(token))
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            yield _spoken(token)


def _spoken(token: "Token") -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " " if token.type == "softbreak" else "\n"
    if token.type in ("html_inline", "image"):
        return ""
    if token.type == "html_block":
        return "" if token.content.lstrip().startswith("<!--") else _TAG.sub(" ", token.content)
    if token.children is not None:
        return "".join(map(_spoken, token.children))
    return token.content


def _html(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    import trafilatura
    from trafilatura.settings import Document

    source = decode(data, name)
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(found, Document):
        return Header(), trafilatura.html2txt(source)
    header = Header(title=found.title, date=iso_date(found.date or ""), source=found.sitename)
    return header, (found.text or "").replace("\n", "\n\n")


def _docx(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    import docx

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(item.file_size for item in archive.infolist()) > limits.unpacked:
            raise ArticleError(f"{name} is too large once unpacked.", "Save only its text, as .txt.")
    document = docx.Document(io.BytesIO(data))
    blocks = (_docx_block(block) for block in document.iter_inner_content())
    facts = document.core_properties
    # Every file that python-docx or its kin make without a date says 23 December 2013.
    date = facts.created.date().isoformat() if facts.created and facts.created.year > 2013 else None
    return Header(title=facts.title or None, date=date), "\n\n".join(blocks)


def _docx_block(block: object) -> str:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    if isinstance(block, Table):
        return "\n\n".join(" | ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows)
    return block.text if isinstance(block, Paragraph) else ""


def _pdf(name: str, data: bytes, limits: Limits) -> tuple[Header, str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError(f"{name} is encrypted.", "Save it without a password.")
    if len(reader.pages) > limits.pages:
        raise ArticleError(f"{name} has {len(reader.pages):,} pages, more than {limits.pages:,}.", "Cut it into parts.")
    pages, left = [], limits.characters
    for page in reader.pages:
        pages.append(page.extract_text())
        left -= len(pages[-1])
        if left < 0:
            break
    if not any(letter.isalnum() for page in pages for letter in page):
        raise ArticleError(
            f"{name} holds no text: its pages are pictures.", "Run it through a text recogniser (OCR) first."
        )
    return _pdf_facts(reader), unwrap("\n".join(_without_margins(pages)))


def _pdf_facts(reader: "PdfReader") -> Header:
    facts: Mapping[str, object] = reader.metadata or {}
    title, made = str(facts.get("/Title") or "").strip(), str(facts.get("/CreationDate") or "")
    named = _TITLE_OF_A_PROGRAM.match(title) is None
    stamp = re.match(r"(?:D:)?(\d{4})(\d\d)(\d\d)", made)
    return Header(title=title if named else None, date=iso_date("-".join(stamp.groups())) if stamp else None)


def _without_margins(pages: list[str]) -> list[str]:
    """Return the pages without their numbers and without the line that most of them begin or end with."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    edges = Counter(edge for page in lines for edge in {*page[:1], *page[-1:]})
    running = {edge for edge, times in edges.items() if times > 2 and times > len(pages) / 2}
    return [
        "\n".join(line for line in page if line not in running and not _PAGE_NUMBER.fullmatch(line)) for page in lines
    ]


_SILENCE = logging.NullHandler()
_TAG = re.compile(r"<[^<>]*>")
_PAGE_NUMBER = re.compile(
    r"(?:(?:pag(?:ina|e)?\.?|page|p\.)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|di|of)\s*\d{1,4})?", re.IGNORECASE
)
_TITLE_OF_A_PROGRAM = re.compile(
    r"$|untitled|senza titolo|microsoft word|document\d*$|documento\d*$|.*\.(?:docx?|pdf|indd|qxd|tmp)$", re.IGNORECASE
)
_READERS: dict[str, Callable[[str, bytes, Limits], tuple[Header, str]]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF-", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a zipped document", (".docx",)),
    (b"\xd0\xcf\x11\xe0", "a protected or old Word file", ()),
    (b"\x89PNG", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
    (b"GIF8", "a picture", ()),
    (b"\x7fELF", "a program", ()),
    (b"{\\rtf", "an RTF document", ()),
)
SUFFIXES = frozenset(_READERS)
KNOWN = ", ".join(sorted(SUFFIXES))
