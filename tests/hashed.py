"""A small embedder of another make: words hashed into a vector. A real one, only not a good one."""

import numpy as np


class Hashed:
    """An `index.store.Embedder` that needs no model, for tests of storage."""

    def __init__(self, model_id="hashed/1", dimension=64):
        self.model_id, self.dimension = model_id, dimension

    def passages(self, texts):
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                out[row, sum(map(ord, word)) % self.dimension] += 1
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)

    queries = passages
