"""Makes the fast graph: measure on a few texts which columns peak, build with that, add what a self-test needs.

Knows the recipe, not the graph's nodes, and not where the result is kept.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np

from index.e5_engine import REFERENCE, SELF_TEST, PackageEngine, open_session
from index.e5_onnx import INPUT, OUTPUT, TOKENS, build
from index.e5_tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.e5_weights import Floats, PackedWeights

_STEPS = 4
# The peaks sit in a few columns and belong to the opening and closing tokens: a handful of texts shows them all.
_CALIBRATION = (
    "query: Chi ha firmato l'accordo di cessate il fuoco, e in quale città?",
    "query: How many countries abstained from voting on the resolution?",
    "query: perché",
    "passage: Mosca, 12 maggio 2023 - Il ministro degli Esteri ha dichiarato che i colloqui «proseguiranno». Secondo "
    "l'agenzia, la delegazione (14 persone) resterà a Ginevra fino a venerdì; il bilancio è di 3,2 miliardi di euro.",
    "passage: The central bank raised its main rate by 0.25 percentage points to 4.5%, the highest since 2001. "
    '"We are not done yet," its president told reporters in Frankfurt, while markets in New York and Tokyo fell.',
    "passage: Paragrafo breve.",
    "passage: La foresta temperata ospita querce, faggi e castagni. Nel XIX secolo vi furono costruite due ferrovie, "
    "la seconda delle quali, lunga 48 km, è ancora in uso; l'altra è oggi una pista ciclabile molto frequentata.",
    "passage: 1) Open the file menu. 2) Choose Export... 3) Select PDF/A-2b and press OK. See https://example.org/help",
)


def fast_graph(weights: PackedWeights, progress: Callable[[int, int], None]) -> bytes:
    """Return the serialised graph, ready for `OnnxEngine`.

    Args:
        weights: the packed weights.
        progress: called with steps done and steps in all.

    Raises:
        ImportError: `onnx` or `onnxruntime` is not installed.
        EmbedderError: the package's own engine, which the self-test compares with, does not run.
    """
    plain = build(weights, None, {})
    progress(1, _STEPS)
    peaks = _peaks(weights, plain)
    progress(2, _STEPS)
    vectors = PackageEngine().embed(SELF_TEST, "passage: ")
    progress(3, _STEPS)
    reference = base64.b64encode(vectors.astype("<f4").tobytes()).decode()
    graph = build(weights, peaks, {REFERENCE: reference})
    progress(_STEPS, _STEPS)
    return graph


def _peaks(weights: PackedWeights, graph: bytes) -> dict[str, Floats]:
    """Return, by tensor, the largest size that each column reached."""
    session, tokens = open_session(graph), Tokens(weights.vocabulary)
    names = [output.name for output in session.get_outputs() if output.name not in (OUTPUT, TOKENS)]
    found: dict[str, Floats] = {}
    for text in _CALIBRATION:
        words = weights.words([weights.vocabulary.bos, *tokens.encode(text), weights.vocabulary.eos])
        for name, values in zip(names, session.run(names, {INPUT: words[None]}), strict=True):
            sizes = np.abs(np.asarray(values, np.float32)[0]).max(axis=0)
            found[name] = np.maximum(found[name], sizes) if name in found else sizes
    return found
