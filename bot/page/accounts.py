"""Who may come in: names and salted hashes of passwords, from a file; HTTP's own way of asking for them (RFC 7617).

Knows headers and one file; nothing of pages. A password is kept nowhere, and compared in constant time.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from bot.errors import SettingsError

# As RFC 7914 advises for a person who waits: 16 MB and a few dozen milliseconds a guess.
_N, _R, _P = 2**14, 8, 1
_KIND = "scrypt"
_HEX = re.compile(r"(?:[0-9a-f]{2})+", re.ASCII)
_REMEMBERED = 256
CHALLENGE = b'Basic realm="Ponte", charset="UTF-8"'


def line(name: str, password: str) -> str:
    """Return the line of a file of accounts: `name:scrypt:salt:hash`.

    Raises:
        SettingsError: the name or the password is empty, or the name has a colon or a control character in it.
    """
    if not name or not password or ":" in name or not name.isprintable() or name != name.strip():
        raise SettingsError("An account needs a name without colons, and a password.")
    salt = secrets.token_bytes(16)
    return ":".join((name, _KIND, salt.hex(), _hashed(password, salt).hex()))


class Accounts:
    """The people who may come in; safe to share between threads.

    Args:
        hashes: salt and hash of a password, by name.
    """

    def __init__(self, hashes: dict[str, tuple[bytes, bytes]]) -> None:
        self._hashes = hashes
        # Checking a password takes long on purpose, and a browser sends it with every request. What was right once is
        # known again by a keyed digest, which is worth nothing outside this process.
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, str] = OrderedDict()
        self._lock = threading.Lock()
        self._nobody = (secrets.token_bytes(16), secrets.token_bytes(32))

    @classmethod
    def read(cls, path: str) -> "Accounts":
        """Return the accounts of a file, one a line as `line` makes it; empty lines and those with # are left out.

        Raises:
            SettingsError: the file cannot be read, has no account, or a line that is none.
        """
        fix = "Make one with: ponte account NAME >> FILE"
        try:
            text = Path(path).expanduser().read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise SettingsError(f"The accounts in {path} cannot be read.", fix) from None
        try:
            return cls.read_lines(text.splitlines())
        except ValueError as error:
            raise SettingsError(f"{path}: {error}", fix) from None

    @classmethod
    def read_lines(cls, lines: Iterable[str]) -> "Accounts":
        """Return the accounts of lines.

        Raises:
            ValueError: there is none, or a line is none; the message says which, not what is in it.
        """
        hashes = {}
        for number, row in enumerate(lines, 1):
            if not row.strip() or row.startswith("#"):
                continue
            name, kind, salt, digest = (*row.strip().split(":"), "", "", "", "")[:4]
            if kind != _KIND or not name or not _HEX.fullmatch(salt + digest) or len(digest) != 64 or len(salt) < 16:
                raise ValueError(f"line {number} is no account.")
            hashes[name] = (bytes.fromhex(salt), bytes.fromhex(digest))
        if not hashes:
            raise ValueError("there is no account in it.")
        return cls(hashes)

    def known(self, header: bytes) -> str | None:
        """Return who was let in before with the same Authorization header; None if nobody was. Takes no time."""
        digest = self._digest(header)
        with self._lock:
            return self._right.get(digest)

    def named(self, header: bytes) -> str | None:
        """Return who an Authorization header names, if its password is right; None otherwise.

        It takes equally long whether the name or the password is wrong.
        """
        name, password = _credentials(header)
        salt, right = self._hashes.get(name, self._nobody)
        if not hmac.compare_digest(_hashed(password, salt), right) or name not in self._hashes:
            return None
        with self._lock:
            self._right[self._digest(header)] = name
            while len(self._right) > _REMEMBERED:
                self._right.popitem(last=False)
        return name

    def _digest(self, header: bytes) -> bytes:
        return hmac.digest(self._key, header, "sha256")


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=salt, n=_N, r=_R, p=_P, dklen=32)


def _credentials(header: bytes) -> tuple[str, str]:
    """Return name and password of a header; both empty if it is none of the kind."""
    kind, _, given = header.partition(b" ")
    if kind.lower() != b"basic" or len(given) > 1000:
        return "", ""
    try:
        name, _, password = base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
