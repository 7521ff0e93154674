"""A process that indexes a folder and is killed by a test: `writer_child.py HOME FOLDER`.

It prints a line before and behind each step of writing, so that the test can kill it in any of them.
"""

import sys
from pathlib import Path

from hashed import Hashed

from index.build import Writer, writing
from index.catalog import Catalog
from index.ingest import ingest
from index.store import Store
from index.vectors import Vectors


def told(owner, name):
    original = getattr(owner, name)

    def step(self, *args, **kwargs):
        print(f"before {name}", flush=True)
        result = original(self, *args, **kwargs)
        print(f"behind {name}", flush=True)
        return result

    setattr(owner, name, step)


for owner, names in (
    (Catalog, ("begin", "put", "delete", "purged")),
    (Vectors, ("add", "delete_version", "delete")),
    (Writer, ("repair",)),
    (Store, ("save_words",)),
):
    for name in names:
        told(owner, name)

store = Store(Path(sys.argv[1]), Hashed())
with writing(store, Hashed()) as writer:
    report = ingest(writer, store.entries(), [Path(sys.argv[2])])
store.close()
print("done", len(report.added), len(report.replaced), len(report.removed), flush=True)
