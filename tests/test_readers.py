"""Files to articles: formats, encodings, what is said of the article where, and every kind of bad input."""

import io
import os
import zipfile
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from index.article import Article
from index.errors import ArticleError
from index.formats import Limits
from index.readers import find, read, read_bytes

TEXT = "Il presidente russo è arrivato a Pyongyang. Perché la città era in festa? Così ha detto l’agenzia."
NOBODY = 65534


def pdf(pages, title=None, date=None):
    """A small PDF: each page a list of lines."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj 0 -14 Td\n".replace("’", "'") for line in lines)
        stream = f"BT /F1 10 Tf 40 800 Td\n{shown}ET"
        parts.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(parts)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(parts)} 0 R")
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()
    if title or date:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out)))
        writer.add_metadata({"/Title": title or "", "/CreationDate": date or ""})
        out = written(writer)
    return out


def written(document):
    out = io.BytesIO()
    (document.save if hasattr(document, "save") else document.write)(out)
    return out.getvalue()


def encrypted(password, owner=None):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[TEXT]]))))
    writer.encrypt(password, owner, algorithm="AES-256")
    return written(writer)


def word(*paragraphs, title="", created=None, table=None):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, cells in zip(made.rows, table, strict=True):
            for cell, value in zip(row.cells, cells, strict=True):
                cell.text = value
    document.core_properties.title = title
    if created:
        document.core_properties.created = created
    return written(document)


HTML = """<html lang="it"><head><title>Putin a Pyongyang | CNN</title><meta property="og:title" content="Putin a Pyongyang">
<meta property="article:published_time" content="2024-06-19T08:00:00Z"><meta property="og:site_name" content="CNN">
<script>var secret = 1;</script></head><body><nav><a href="/">Home</a> <a href="/m">Mondo</a></nav><article>
<p>Il presidente russo è arrivato a Pyongyang nelle prime ore di mercoledì, ventiquattro anni dopo la sua ultima visita.</p>
<p>Secondo l’agenzia, la città era in festa e migliaia di persone sventolavano bandiere &amp; fiori lungo le strade.</p>
</article><footer>Tutti i diritti riservati</footer></body></html>"""


def test_a_text_with_a_header_line_is_read():
    article = read_bytes(
        "2024-06-cnn-putin-kim-vertice.it.txt", f" date 2024-06 CNN\n\n—\n\n\n{TEXT} .” ”\n\nFine .".encode()
    )
    assert article == Article(
        id="2024-06-cnn-putin-kim-vertice-it",
        title="Putin kim vertice",
        language="it",
        date="2024-06",
        source="CNN",
        topics=(),
        publications=(),
        text=f"{TEXT}\n\nFine.",
    )


def test_markdown_loses_its_markup_and_keeps_its_paragraphs():
    source = (
        "# Il *vertice*\n\nIl [presidente](http://x) **russo** `è`\narrivato ![foto](x.png).\n\n- uno\n- due\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n<!-- nota -->\n\n> Una citazione."
    )
    article = read_bytes("vertice.md", source.encode())
    assert article.title == "Il vertice"
    assert (
        article.text
        == "Il vertice\n\nIl presidente russo è arrivato.\n\nuno\n\ndue\n\na | b\n\nc | d\n\nUna citazione."
    )


def test_html_gives_its_main_text_title_date_and_source():
    article = read_bytes("x.html", HTML.encode())
    assert (article.title, article.date, article.source, article.language) == (
        "Putin a Pyongyang",
        "2024-06-19",
        "CNN",
        "it",
    )
    assert article.text.split("\n\n")[-1].endswith("sventolavano bandiere & fiori lungo le strade.")
    assert not any(word in article.text for word in ("secret", "Home", "diritti"))


def test_word_gives_paragraphs_tables_and_properties():
    import datetime

    data = word(
        "Il vertice",
        TEXT,
        title="Putin e Kim",
        created=datetime.datetime(2024, 6, 19),
        table=[["anno", "casse"], ["2023", "mille"]],
    )
    article = read_bytes("x.docx", data)
    assert (article.title, article.date) == ("Putin e Kim", "2024-06-19")
    assert article.text == f"Il vertice\n\n{TEXT}\n\nanno | casse\n\n2023 | mille"
    assert read_bytes("x.docx", word("Il vertice", TEXT)).title == "Il vertice"


def test_pdf_gives_paragraphs_without_page_numbers_and_running_heads():
    pages = [
        [
            "La Gazzetta",
            "Il presidente russo è arrivato a Pyongyang per una visita che ha cam-",
            "biato i rapporti fra i due paesi e che",
            "1",
        ],
        [
            "La Gazzetta",
            "durerà due giorni.",
            "Secondo la TASS, la città era in festa fino a notte fonda e oltre.",
            "2",
        ],
        ["La Gazzetta", "Fine della storia che abbiamo raccontato in queste tre pagine.", "Pagina 3 di 3"],
    ]
    article = read_bytes("x.pdf", pdf(pages, "Putin a Pyongyang", "D:20240619080000Z"))
    assert (article.title, article.date, article.language) == ("Putin a Pyongyang", "2024-06-19", "it")
    assert "cambiato i rapporti fra i due paesi e che durerà due giorni.\n\nSecondo la TASS" in article.text
    assert "Gazzetta" not in article.text
    assert "Pagina" not in article.text


def test_a_pdf_that_only_forbids_changes_is_read():
    assert "Pyongyang" in read_bytes("x.pdf", encrypted("", "owner")).text


def test_a_pdf_title_made_by_a_program_is_no_title():
    assert read_bytes("il-vertice.pdf", pdf([[TEXT]], "Microsoft Word - doc1.docx")).title == "Il vertice"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_do_not_matter(encoding, end):
    text = f"{TEXT}\n\nE così è finita: la libertà, però, è già più in là.".replace("\n", end)
    article = read_bytes("x.txt", text.encode(encoding))
    assert article.text == text.replace(end, "\n")


def test_latin_1_and_broken_utf_8_are_read_as_well_as_they_can_be():
    assert read_bytes("x.txt", "Perché la città è così?".encode("latin-1")).text == "Perché la città è così?"
    assert read_bytes("x.txt", TEXT.encode()[:-30] + "è".encode()[:1]).text.startswith(TEXT[:60])
    damaged = f"{TEXT} {TEXT} \xff {TEXT}".encode().replace("\xff".encode(), b"\xff")
    assert read_bytes("x.txt", damaged).text.count("Perché la città") == 3


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "---\ntitle: Da qui\n---\n# Non da qui\n\nTesto lungo.", "Da qui"),
        ("a.txt", "Un titolo breve\n\nIl testo comincia qui e poi continua.", "Un titolo breve"),
        ("a.txt", "Questa è una frase, non un titolo.\n\nE questa un’altra.", "A"),
        ("il_vertice-di pyongyang.txt", "Una sola riga di testo", "Il vertice di pyongyang"),
        ("a.md", "# " + "parola " * 100 + "\n\nTesto", None),
        ("a.md", '---\ntitle: "Uno\\n\\tdue\\u202E\\u0007"\n---\nTesto', "Uno due"),
    ],
)
def test_titles_come_from_the_best_place_on_one_bounded_line(name, text, title):
    found = read_bytes(name, text.encode()).title
    assert found == title if title else (len(found) <= 300 and found.endswith("…"))


def test_the_language_comes_from_the_text_and_can_be_overruled():
    assert read_bytes("x.txt", b"The president arrived on Wednesday.").language == "en"
    assert read_bytes("x.md", b"---\nlanguage: italiano\n---\nThe president arrived.").language == "it"
    assert read_bytes("note.it.txt", b"Kim").language == "it"
    french = "Le président russe est arrivé à Pyongyang mercredi pour une visite officielle, la première depuis vingt-quatre ans, selon les médias."
    with pytest.raises(ArticleError, match="neither in Italian nor in English"):
        read_bytes("x.txt", french.encode())
    assert read_bytes("x.md", f"---\nlanguage: en\n---\n{french}".encode()).language == "en"


def test_ids_are_slugs_of_the_front_matter_or_of_the_file():
    assert read_bytes("x.md", b"---\nid: ../../etc/passwd\n---\nText").id == "etc-passwd"
    assert read_bytes("../../Il Vertice.TXT", b"Text").id == "il-vertice"
    assert read_bytes("C:\\Users\\x\\note.txt", b"Text").id == "note"


def small_bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 300_000_000)
    return out.getvalue()


BAD = {
    "empty": ("x.txt", b"", "is empty"),
    "white": ("x.md", b" \n\t ", "is empty"),
    "no letters": ("x.txt", "— … ” ”".encode(), "holds no text"),
    "only a header": ("x.md", b"---\ntitle: x\n---\n", "holds no text"),
    "binary": ("x.txt", bytes(range(256)) * 20, "is not text"),
    "nul bytes": ("x.txt", b"Kim\0\0\0\0\0\0Putin\0\0\0", "is not text"),
    "pdf as text": ("x.txt", pdf([[TEXT]]), "is a PDF, not a .txt file"),
    "docx as pdf": ("x.pdf", word(TEXT), "is a zipped document"),
    "picture": ("x.md", b"\x89PNG\r\n\x1a\n123", "is a picture"),
    "old word": ("x.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected or old Word file"),
    "unknown kind": ("x.csv", b"a,b", ".csv cannot be read"),
    "no suffix": ("notes", b"text", "a file without a suffix cannot be read"),
    "half a pdf": ("x.pdf", pdf([[TEXT]])[:150], "damaged"),
    "no pdf": ("x.pdf", b"Il testo.", "damaged"),
    "half a docx": ("x.docx", word(TEXT)[:2000], "damaged"),
    "zip, not docx": ("x.docx", b"PK\x05\x06" + b"\0" * 18, "damaged"),
    "zip bomb": ("x.docx", small_bomb(), "too large once unpacked"),
    "encrypted pdf": ("x.pdf", encrypted("secret"), "is encrypted"),
    "scanned pdf": ("x.pdf", pdf([[], []]), "holds no text: its pages are pictures"),
    "empty html": (
        "x.html",
        b"<html><head><title>t</title></head><body><script>1</script></body></html>",
        "holds no text",
    ),
    "broken front matter": ("x.md", b"---\ntitle: a: b\n---\ntext", "not valid YAML"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_one_clear_line_with_the_fix_and_no_noise(case, capfd):
    name, data, message = BAD[case]
    with pytest.raises(ArticleError, match=message.replace(".", r"\.")) as caught:
        read_bytes(name, data)
    assert caught.value.fix.endswith(".")
    assert name in caught.value.message
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_an_external_entity_is_neither_read_nor_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("topsecret")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(TEXT))) as given, zipfile.ZipFile(out, "w") as made:
        for item in given.namelist():
            body = given.read(item)
            if item == "word/document.xml":
                head, _, rest = body.partition(b"?>")
                entity = f'?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()
                body = head + entity + rest.replace(b"Perch", b"&x; Perch")
            made.writestr(item, body)
    try:
        assert "topsecret" not in read_bytes("x.docx", out.getvalue()).text
    except ArticleError as error:
        assert "damaged" in error.message


def test_limits_are_kept_and_can_be_changed():
    with pytest.raises(ArticleError, match="too large: 21.0 MB, and 20 MB is the most"):
        read_bytes("x.txt", b"a" * 21_000_000)
    with pytest.raises(ArticleError, match="more than 10 characters"):
        read_bytes("x.txt", b"twelve chars", Limits(characters=10))
    with pytest.raises(ArticleError, match="3 pages, more than 2"):
        read_bytes("x.pdf", pdf([[TEXT]] * 3), Limits(pages=2))
    with pytest.raises(ArticleError, match="too large once unpacked"):
        read_bytes("x.docx", word(TEXT), Limits(unpacked=100))


@settings(max_examples=150)
@given(
    st.sampled_from(["x.txt", "x.md", "x.html", "x.pdf", "x.docx"]),
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))),
)
def test_any_bytes_give_an_article_or_an_article_error(name, data):
    try:
        article = read_bytes(name, data)
    except ArticleError as error:
        assert "\n" not in str(error)
    else:
        assert article.text == article.text.strip() != ""
        assert 0 < len(article.title) <= 300


@pytest.mark.parametrize(
    "make", [lambda: pdf([[TEXT], [TEXT]], "Titolo"), lambda: word(TEXT, table=[["a", "b"]])], ids=["pdf", "docx"]
)
def test_files_cut_or_bent_anywhere_never_crash(make, capfd):
    whole = make()
    name = "x.pdf" if whole.startswith(b"%PDF") else "x.docx"
    for place in range(0, len(whole), max(1, len(whole) // 40)):
        for data in (whole[:place], whole[:place] + b"\xff\x00<" + whole[place + 3 :]):
            try:
                assert read_bytes(name, data).text
            except ArticleError as error:
                assert error.fix
    assert capfd.readouterr() == ("", "")


def tree(tmp_path):
    for name in (
        "b.md",
        "a.txt",
        "sub/c.html",
        "sub/deep/d.MD",
        ".hidden.txt",
        ".git/e.txt",
        "sub/photo.png",
        "x.txt/inside.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return tmp_path


def names(files, root):
    return [str(file.relative_to(root)) for file in files]


def test_folders_are_searched_to_the_bottom_in_a_fixed_order(tmp_path):
    root = tree(tmp_path)
    assert names(find([root]), root) == ["a.txt", "b.md", "sub/c.html", "sub/deep/d.MD", "x.txt/inside.md"]


def test_files_globs_and_repeats(tmp_path):
    root = tree(tmp_path)
    found = find([root / "b.md", str(root / "*.md"), root / "**" / "*.html", root / "sub"])
    assert names(found, root) == ["b.md", "sub/c.html", "sub/deep/d.MD"]
    assert find([root / "sub/photo.png"]) == [root / "sub/photo.png"]


def test_links_in_circles_and_to_nowhere_are_harmless(tmp_path):
    root = tree(tmp_path)
    (root / "sub/loop").symlink_to(root, target_is_directory=True)
    (root / "again.txt").symlink_to(root / "a.txt")
    (root / "nowhere.txt").symlink_to(root / "gone")
    assert {file.name for file in find([root])} == {"a.txt", "b.md", "c.html", "d.MD", "inside.md"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.txt", "There is no file or folder"),
        ("*.zzz", "holds no file that can be read"),
        ("empty", "holds no file that can be read"),
    ],
)
def test_a_path_that_gives_nothing_is_named(tmp_path, path, message):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArticleError, match=message) as caught:
        find([tmp_path / path])
    assert path in caught.value.message
    assert caught.value.fix


def test_what_is_not_a_file_is_refused(tmp_path):
    (tmp_path / "x.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError, match="is a folder"):
        read(tmp_path / "x.txt")
    with pytest.raises(ArticleError, match="not a regular file"):
        read(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError, match="There is no file"):
        read(tmp_path / "gone.txt")
    with pytest.raises(ArticleError, match="cannot be read"):
        read(Path("a\0b.txt"))


@contextmanager
def unprivileged():
    """Give up the superuser's right to read everything, where the tests run as one."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


def test_a_file_or_folder_that_may_not_be_read_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    tmp_path.chmod(0)
    with unprivileged():
        with pytest.raises(ArticleError, match="may not be read") as refused:
            read(tmp_path / "a.txt")
        with pytest.raises(ArticleError, match="cannot be listed: Permission denied"):
            find([tmp_path])
    tmp_path.chmod(0o700)
    assert refused.value.fix


def test_the_articles_of_the_dossier_are_read_as_they_say():
    files = find([Path(__file__).parent.parent / "articles"])
    assert len(files) >= 24
    for file in files:
        article = read(file)
        assert (article.id, article.language) == (file.stem, file.parent.name)
        assert article.date
        assert article.publications
        assert article.topics
