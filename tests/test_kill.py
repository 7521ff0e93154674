"""A real process, really killed, at moments spread over its whole life: nothing half-indexed, everything repaired."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.library import Library
from index.store import LANGUAGES

MOMENTS = 24
CHILD = Path(__file__).with_name("writer_child.py")


def write(folder, version):
    folder.mkdir(exist_ok=True)
    for n in range(8):
        body = " ".join(f"La frase {i} della versione {version} parla del fiume numero {n * 100 + i}." for i in range(12))
        (folder / f"articolo-{n}.md").write_text(f"---\nid: articolo-{n}\ntitle: Articolo {n}\nlanguage: it\n---\n{body}\n")
    extra = folder / "extra.md"
    if version % 2:
        extra.write_text("---\nid: extra\ntitle: Extra\nlanguage: en\n---\nThis article comes and goes with each version.\n")
    else:
        extra.unlink(missing_ok=True)


def start(home, folder):
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(home), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHILD.parent.parent,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(CHILD.parent.parent), os.environ["PYTHONPATH"]])},
    )


def whole(library, folder):
    """Every live article is exactly one version of its file, never a mixture, and both halves agree about it."""
    for article in library.store.articles():
        passages = library.store.catalog.passages_of(article.id)
        assert passages, article.id
        assert all(article.text[p.chunk.start : p.chunk.end] == p.text for p in passages)
        versions = {word for p in passages for word in p.text.split("versione ")[1:] if word} if article.language == "it" else set()
        assert len({v.split()[0] for v in versions}) <= 1, article.id


@pytest.mark.timeout(600)
def test_killed_at_any_moment_the_next_run_repairs(tmp_path):
    home, folder = tmp_path / "home", tmp_path / "articles"
    write(folder, 0)
    began = time.monotonic()
    child = start(home, folder)
    assert child.stdout.readline() == "open\n"
    opened = time.monotonic() - began
    out, err = child.communicate(timeout=120)
    life = time.monotonic() - began
    assert child.returncode == 0 and out.startswith("added 8"), err

    killed = 0
    for moment in range(MOMENTS):
        write(folder, moment + 1)
        child = start(home, folder)
        child.stdout.readline()
        # Most of the moments lie in the writing; the first ones before it.
        time.sleep(max(0.0, (life - opened) * (moment - 2) / (MOMENTS - 4)))
        child.send_signal(signal.SIGKILL)
        child.communicate(timeout=30)
        killed += child.returncode == -signal.SIGKILL
        # A reader that opens right after the kill sees whole articles only.
        library = Library(home)
        whole(library, folder)
        library.close()
    assert killed >= 20, f"only {killed} of {MOMENTS} processes were killed before they were done"

    write(folder, MOMENTS)
    library = Library(home)
    library.add(folder)
    assert library.store.verify() == []
    assert {a.id for a in library.store.articles()} == {f"articolo-{n}" for n in range(8)}
    assert all(f"versione {MOMENTS} " in a.text for a in library.store.articles())
    live = sum(len(library.store.vectors.keys(language)) for language in LANGUAGES)
    assert live == sum(entry.passages for entry in library.store.entries().values())
    library.close()
