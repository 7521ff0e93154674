"""The way to OpenAI or to a server that speaks its language: address and key. Knows the environment, no model."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from bot.errors import SettingsError

_OFFICIAL = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Access:
    """Where requests go, and with which key.

    Attributes:
        base_url: None for OpenAI's own.
        key: shown as asterisks; of any value where a server of one's own asks for none.
    """

    base_url: str | None
    key: SecretStr

    @property
    def official(self) -> bool:
        """Whether it is OpenAI itself."""
        return self.base_url is None or urlsplit(self.base_url).hostname == _OFFICIAL

    @property
    def local(self) -> bool:
        """Whether the server is on this machine or in its own network, so that nobody is paid."""
        host = (urlsplit(self.base_url or "").hostname or "").rstrip(".")
        try:
            address = ip_address(host)
        except ValueError:
            return host == "localhost" or host.endswith((".local", ".localhost", ".internal")) or "." not in host != ""
        return address.is_loopback or address.is_private

    @property
    def host(self) -> str:
        """The name of the machine that requests go to, as people are told it."""
        parts = urlsplit(self.base_url or f"https://{_OFFICIAL}")
        return parts.netloc.rpartition("@")[2]

    @property
    def shown(self) -> str:
        """The address without a user and a password that it may hold; "" for OpenAI's own."""
        parts = urlsplit((self.base_url or "").rstrip("/"))
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment=""))


def find_access(key: str | None = None, instead: str = "PONTE_MODEL=extractive") -> Access:
    """Return the way to the server.

    Args:
        key: given by the user of a page; OPENAI_API_KEY, if None.
        instead: the setting that does without.

    Raises:
        SettingsError: there is neither a key nor OPENAI_BASE_URL, or one of them cannot be used.
    """
    base_url = os.environ.get("OPENAI_BASE_URL", "").strip() or None
    secret = (key or os.environ.get("OPENAI_API_KEY", "")).strip()
    if not secret and not base_url:
        raise SettingsError(
            "OPENAI_API_KEY is not set.",
            f"Set it, or OPENAI_BASE_URL for a server of your own, or {instead} to do without.",
        )
    if base_url and (urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname):
        raise SettingsError("OPENAI_BASE_URL is no address.", "It looks like http://127.0.0.1:11434/v1.")
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise SettingsError("OPENAI_API_KEY is no key: it holds characters that none has.", "Copy it anew.")
    return Access(base_url, SecretStr(secret or "none"))


def visitors_access(key: str, server: str = "") -> Access:
    """Return the way to the server of a visitor of the page; the owner's key never goes along.

    Args:
        key: the visitor's own; "" where the server asks for none.
        server: its address, where visitors may name one; else that of the owner's setting, or OpenAI's.
    """
    base_url = server or os.environ.get("OPENAI_BASE_URL", "").strip() or None
    return Access(base_url, SecretStr(key or "none"))
