"""What the process forgot is not written to disk: Chroma's engine writes room that it never used."""

import os
import subprocess
import sys

import pytest

from index.memory import hand_out_zeros

pytestmark = pytest.mark.skipif(not hand_out_zeros(), reason="only the GNU C library can hand out clean memory")

# A process that has forgotten a key 2 million bytes over, then writes an index; prints how often the index holds it.
FORGETFUL = """
import ctypes, pathlib, sys
import numpy as np
from index.vectors import Vectors, persistent

folder, clean = pathlib.Path(sys.argv[1]), sys.argv[2] == "clean"
if not clean:
    import index.vectors
    index.vectors.hand_out_zeros = lambda: False
c = ctypes.CDLL(None)
c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

def forget():
    c.free(c.malloc(30 << 20))  # from here on the heap serves great blocks too
    blocks = [c.malloc(8000) for _ in range(250)]
    for block in blocks:
        ctypes.memmove(block, b"sk-a-forgotten-key" * 400, 7200)
    for block in blocks[:-1]:
        c.free(block)

forget()
vectors = Vectors(persistent(folder), "model", 384, "ponte")
forget()
for language, n in ("it", 3), ("en", 1500):
    made = np.random.default_rng(0).random((n, 384), dtype=np.float32)
    keys = [str(i) for i in range(n)]
    vectors.add(language, keys, made, [{"article_id": "a", "version": "v"}] * n, ["text"] * n)
    forget()
    assert vectors.query(language, made[1], 1) and vectors.count(language) == n
vectors.close()
print(sum(file.read_bytes().count(b"sk-a-forgotten-key") for file in folder.rglob("*") if file.is_file()))
"""


def kept(folder, how):
    """How often the files of an index hold what its process had forgotten."""
    ran = subprocess.run(
        [sys.executable, "-c", FORGETFUL, str(folder), how],
        capture_output=True, text=True, timeout=120, check=True, env={**os.environ, "MALLOC_ARENA_MAX": "1"},
    )  # fmt: skip
    assert list(folder.rglob("data_level0.bin")), ran.stderr
    return int(ran.stdout)


def test_what_a_process_forgot_is_in_no_file_of_its_index(tmp_path):
    assert kept(tmp_path / "clean", "clean") == 0
    # Chroma as it comes does keep it; once it does not, index/memory.py can go.
    assert kept(tmp_path / "as it comes", "as it comes") > 100
