"""Builds the ONNX graph of multilingual-e5-small from the packed weights, with 8-bit matrix products.

The graph takes the word vectors of one text and gives the mean of its last hidden states, and, to whom asks, a unit
vector for each token. One text at a time, with no padding, because the 8-bit steps are set from the whole input: so a
vector never depends on its batchmates.
Does not know tokenisation, files or sessions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.e5_weights import HEADS, HIDDEN, INNER, LAYERS, POSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from index.e5_weights import Floats, PackedWeights

RECIPE = "3"
INPUT, OUTPUT, TOKENS = "words", "mean", "tokens"
_EPSILON = 1e-12
_CONTRIB = "com.microsoft"
_MOST_LEVELS = 127.0
_LEAST_PEAK = 0.05
# Of the layers 8 to 12 the eleventh tells best which sentence answers; the last one is bent towards the mean.
_TELLING = 10


def build(weights: PackedWeights, peaks: Mapping[str, Floats] | None, metadata: Mapping[str, str]) -> bytes:
    """Return the serialised model; the same arguments give the same bytes.

    Args:
        weights: the packed weights.
        peaks: by tensor, the largest size that each column reaches. Columns with high peaks are shrunk before they
            are put in 8 bits, and their weights grown (SmoothQuant, Xiao et al. 2022). Without peaks nothing is
            shrunk, and the tensors whose peaks are wanted become outputs after `OUTPUT` and `TOKENS`.
        metadata: what to keep inside the model beside the graph.

    Raises:
        ImportError: `onnx` is not installed.
    """
    graph = _Graph(weights, peaks)
    hidden = graph.embeddings()
    for layer in range(LAYERS):
        hidden = graph.layer(f"l{layer}", hidden)
        if layer == _TELLING:
            graph.node("LpNormalization", hidden, to=TOKENS, axis=-1, p=2)
    graph.node("ReduceMean", hidden, graph.constant("along", np.array([1])), to=OUTPUT, keepdims=0)
    return graph.serialise(metadata)


class _Graph:
    """Nodes and constants as they are added; a method returns the name of what it computes."""

    def __init__(self, weights: PackedWeights, peaks: Mapping[str, Floats] | None) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._numpy = helper, numpy_helper
        self._weights, self._peaks = weights, peaks
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._wanted: list[str] = []

    def node(self, op: str, *inputs: str, to: str, contrib: bool = False, **attributes: Any) -> str:
        domain = _CONTRIB if contrib else ""
        self._nodes.append(self._helper.make_node(op, list(inputs), to.split(), domain=domain, **attributes))
        return to

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self._constants.append(self._numpy.from_array(np.ascontiguousarray(values), name))
        return name

    def embeddings(self) -> str:
        places = self._weights.vector("emb.pos").reshape(POSITIONS, HIDDEN)
        table = self.constant("places", places + self._weights.vector("emb.type")[:HIDDEN])
        zero = self.constant("zero", np.array([0]))
        length = self.node("Shape", INPUT, to="length", start=1, end=2)
        own = self.node("Slice", table, zero, length, zero, to="own_places")
        return self._norm("emb.ln", self.node("Add", INPUT, own, to="placed"))

    def layer(self, name: str, hidden: str) -> str:
        mixed = self._product(f"{name}.ao", self._attention(name, hidden), HIDDEN)
        middle = self._norm(f"{name}.aln", self.node("Add", mixed, hidden, to=f"{name}.mixed"))
        spread = self._product(f"{name}.fi", middle, INNER)
        active = self.node("Gelu", spread, to=f"{name}.active", contrib=True)
        folded = self._product(f"{name}.fo", active, HIDDEN)
        return self._norm(f"{name}.oln", self.node("Add", folded, middle, to=f"{name}.folded"))

    def _attention(self, name: str, hidden: str) -> str:
        parts = [self._weights.matrix(f"{name}.{part}.w", HIDDEN) for part in "qkv"]
        bias = np.concatenate([self._weights.vector(f"{name}.{part}.b") for part in "qkv"])
        even, matrix = self._even_out(f"{name}.qkv", hidden, np.concatenate(parts).T)
        levels, steps, zeros = self._quantised(f"{name}.qkv", matrix)
        coded, step, zero = f"{name}.coded", f"{name}.step", f"{name}.zero"
        self.node("DynamicQuantizeLinear", even, to=f"{coded} {step} {zero}")
        bias_name = self.constant(f"{name}.qkv.b", bias)
        inputs = (coded, levels, bias_name, step, steps, "", zero, zeros)
        return self.node("QAttention", *inputs, to=f"{name}.context", contrib=True, num_heads=HEADS)

    def _product(self, name: str, inputs: str, rows: int) -> str:
        even, matrix = self._even_out(name, inputs, self._weights.matrix(f"{name}.w", rows).T)
        bias = self.constant(f"{name}.b", self._weights.vector(f"{name}.b"))
        constants = (*self._quantised(name, matrix), bias)
        return self.node("DynamicQuantizeMatMul", even, *constants, to=f"{name}.out", contrib=True)

    def _even_out(self, name: str, inputs: str, matrix: Floats) -> tuple[str, Floats]:
        """Shrink the columns of the inputs that peak, and grow their weights instead."""
        # The attention's output has no outliers: evening it out was measured to change nothing.
        if name.endswith(".ao"):
            return inputs, matrix
        if self._peaks is None:
            self._wanted.append(inputs)
            return inputs, matrix
        spread = np.sqrt(self._peaks[inputs].clip(_LEAST_PEAK))
        factor = (spread / np.exp(np.log(spread).mean())).astype(np.float32)
        shrink = self.constant(f"{name}.shrink", 1.0 / factor)
        return self.node("Mul", inputs, shrink, to=f"{name}.even"), matrix * factor[:, None]

    def _quantised(self, name: str, matrix: Floats) -> tuple[str, str, str]:
        """Keep a (inputs, outputs) matrix in 8 bits, symmetric, one step an output."""
        sizes = np.abs(matrix)
        # Of two neighbours together: processors without VNNI add their two products in 16 bits, where
        # 255 x 128 is the most that fits.
        steps = ((sizes[0::2] + sizes[1::2]).max(axis=0) / _MOST_LEVELS).astype(np.float32)
        levels = self.constant(f"{name}.levels", np.rint(matrix / steps).astype(np.int8))
        zeros = self.constant(f"{name}.zeros", np.zeros(len(steps), np.int8))
        return levels, self.constant(f"{name}.steps", steps), zeros

    def _norm(self, name: str, inputs: str) -> str:
        scale = self.constant(f"{name}.w", self._weights.vector(f"{name}.w"))
        shift = self.constant(f"{name}.b", self._weights.vector(f"{name}.b"))
        return self.node("LayerNormalization", inputs, scale, shift, to=name, axis=-1, epsilon=_EPSILON)

    def serialise(self, metadata: Mapping[str, str]) -> bytes:
        from onnx import TensorProto

        helper = self._helper
        words = helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", HIDDEN])
        wanted = [OUTPUT, TOKENS, *dict.fromkeys(self._wanted)]
        outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted]
        graph = helper.make_graph(self._nodes, "e5-small", [words], outputs, self._constants)
        versions = [helper.make_opsetid("", 18), helper.make_opsetid(_CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=versions, ir_version=9)
        helper.set_model_props(model, dict(metadata))
        return bytes(model.SerializeToString(deterministic=True))
