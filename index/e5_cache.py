"""Where the built graph is kept: found, checked against its hash, built when missing or damaged.

The file's name holds the hash of its content, so one atomic rename publishes both, a half-written or damaged file
is never taken for a good one, and two processes that build at once do no harm. Does not know how vectors are made.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from index.e5_build import fast_graph
from index.e5_onnx import RECIPE
from index.e5_weights import SHA256

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.e5_weights import PackedWeights

_STEM = f"e5-small-{SHA256[:8]}-r{RECIPE}-"
_ABANDONED_S = 3600.0


def default_folder() -> Path:
    """Return the folder for built graphs: `PONTE_CACHE_DIR`, else the user's cache folder of the system."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("PONTE_CACHE_DIR") or user_cache_dir("ponte"))


def model_bytes(weights: PackedWeights, folder: Path, progress: Callable[[int, int], None]) -> bytes:
    """Return the graph: the kept one if it is whole, else a new one, kept for the next time if that is possible.

    Args:
        weights: the packed weights.
        folder: where built graphs are kept; made if missing. A folder that cannot be written is no error.
        progress: called with steps done and steps in all, while building.

    Raises:
        ImportError: a graph has to be built and `onnx` is not installed.
        EmbedderError: a graph has to be built and the package's own engine does not run.
    """
    kept = _kept(folder)
    if kept is not None:
        return kept
    model = fast_graph(weights, progress)
    with contextlib.suppress(OSError):
        _keep(model, folder)
    return model


def _candidates(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"{_STEM}*.onnx"))
    except OSError:
        return []


def _kept(folder: Path) -> bytes | None:
    for path in _candidates(folder):
        with contextlib.suppress(OSError):
            content = path.read_bytes()
            if path.stem == _STEM + hashlib.sha256(content).hexdigest():
                return content
            path.unlink()
    return None


def _keep(model: bytes, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    handle, name = tempfile.mkstemp(prefix=_STEM, suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(model)
            file.flush()
            os.fsync(file.fileno())
        # A graph built into a shared folder or an image is for every user of it.
        Path(name).chmod(0o644)
        Path(name).replace(folder / f"{_STEM}{hashlib.sha256(model).hexdigest()}.onnx")
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed builds left behind."""
    for part in folder.glob(f"{_STEM}*.part"):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED_S:
                part.unlink()
