"""A real process, really killed, at moments spread over all its writing: nothing half-indexed, everything repaired."""

import os
import random
import signal
import time
from pathlib import Path

import forking
import pytest
from hashed import Hashed

from index.build import writing
from index.ingest import ingest
from index.store import LANGUAGES, Store

MOMENTS = 16
CHILD = Path(__file__).with_name("writer_child.py")


def write(folder, version):
    """Write eight articles of a version, and a ninth that comes and goes."""
    folder.mkdir(exist_ok=True)
    for n in range(8):
        body = " ".join(f"La frase {i} della versione {version} parla del fiume {n * 100 + i}." for i in range(12))
        head = f"---\nid: articolo-{n}\ntitle: Articolo {n}\nlanguage: it\n---\n"
        (folder / f"articolo-{n}.md").write_text(head + body + "\n")
    extra = folder / "extra.md"
    if version % 2:
        extra.write_text(
            "---\nid: extra\ntitle: Extra\nlanguage: en\n---\nThis article comes and goes with versions.\n"
        )
    else:
        extra.unlink(missing_ok=True)


def start(home, folder, errors):
    program = ["-c", CHILD.read_text(encoding="utf-8"), str(home), str(folder)]
    return forking.start(program, dict(os.environ), CHILD.parent, errors)


def check_whole(store):
    """Every live article is exactly one version of its file, never a mixture, and is cut as its text says."""
    for article in store.articles():
        passages = store.catalog.passages_of(article.id)
        assert passages, article.id
        assert all(article.text[p.chunk.start : p.chunk.end] == p.text for p in passages)
        if article.id != "extra":
            versions = {part.split()[0] for p in passages for part in p.text.split("versione ")[1:]}
            assert len(versions) == 1, (article.id, versions)


@pytest.mark.timeout(600)
def test_killed_at_any_moment_the_next_run_repairs(tmp_path):
    home, folder, embedder = tmp_path / "home", tmp_path / "articles", Hashed()
    for version in range(2):
        write(folder, version)
        with (tmp_path / "errors").open("w+") as errors, start(home, folder, errors) as child:
            out = child.stdout.read()
            assert child.wait(30) == 0, (tmp_path / "errors").read_text()
    steps = out.splitlines()[:-1]
    assert len(steps) >= 2 * MOMENTS

    chance = random.Random(7)
    for moment in range(MOMENTS):
        write(folder, moment + 2)
        with (tmp_path / "errors").open("w+") as errors, start(home, folder, errors) as child:
            for _ in range(1 + moment * (len(steps) - 2) // MOMENTS):
                child.stdout.readline()
            time.sleep(chance.random() * 0.004)
            child.send_signal(signal.SIGKILL)
            rest = child.stdout.read()
            assert child.wait(30) == -signal.SIGKILL and "done" not in rest
        # A reader that opens right after the kill sees whole articles only.
        store = Store(home, embedder)
        check_whole(store)
        for language in LANGUAGES:
            keys = [key for key, _ in store.dense(embedder.queries(["fiume"])[0], language, 50)]
            assert all(p.version == store.catalog.version(p.chunk.article_id) for p in store.passages(keys).values())
        store.close()

    write(folder, MOMENTS + 2)
    store = Store(home, embedder)
    with writing(store, embedder) as writer:
        ingest(writer, store.entries(), [folder])
    assert store.verify() == []
    assert {article.id for article in store.articles()} == {f"articolo-{n}" for n in range(8)}
    assert all(f"versione {MOMENTS + 2} " in article.text for article in store.articles())
    held = sum(len(store.vectors.keys(language)) for language in LANGUAGES)
    assert held == sum(entry.passages for entry in store.entries().values())
    store.close()
