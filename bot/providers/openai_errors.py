"""Errors of OpenAI's client as errors of ours, in one line and without the key. Knows no model but its name."""

import re

from pydantic import SecretStr

from bot.errors import Kind, ModelError

_LONGEST = 200
_FIXES: dict[Kind, str] = {
    "key": "Check OPENAI_API_KEY, or enter the key again.",
    "unknown": "Check the model's name in PONTE_MODEL, and OPENAI_BASE_URL.",
    "limit": "Wait a moment and ask again.",
    "server": "Ask again later, or take another model.",
    "connection": "Check the network, and OPENAI_BASE_URL.",
    "timeout": "Ask again, or raise PONTE_MODEL_TIMEOUT.",
    "cut": "Ask again.",
    "refused": "Put the question in other words.",
}


def explain(error: Exception, text: str, model: str, key: SecretStr) -> ModelError:
    """Return our error for one of the client's.

    Args:
        error: raised while a model was asked.
        text: that had come until then.
        model: its name.
        key: taken out of what the server says.
    """
    kind, said = _kind(error, text), _said(error, key)
    message = {
        "key": "The server does not accept the key.",
        "unknown": f"The server knows no model “{model}”.",
        "limit": "The server lets no more requests in for now.",
        "connection": "The server of the model cannot be reached.",
        "timeout": "The server of the model does not answer in time.",
        "cut": "The model's answer broke off.",
        "refused": "The server's filter refuses the question or the answer.",
    }.get(kind) or f"The server of the model failed{said}."
    if kind == "limit" and getattr(error, "code", None) == "insufficient_quota":
        return ModelError("limit", "The account has no credit left.", "Top it up, or take another model.")
    return ModelError(kind, message, _FIXES[kind])


def _kind(error: Exception, text: str) -> Kind:
    import openai

    if text:
        return "cut"
    kinds: list[tuple[type[Exception], Kind]] = [
        (openai.AuthenticationError, "key"),
        (openai.PermissionDeniedError, "key"),
        (openai.NotFoundError, "unknown"),
        (openai.RateLimitError, "limit"),
        (openai.APITimeoutError, "timeout"),
        (openai.APIConnectionError, "connection"),
    ]
    if getattr(error, "code", None) in ("content_filter", "content_policy_violation"):
        return "refused"
    return next((kind for cls, kind in kinds if isinstance(error, cls)), "server")


def _said(error: Exception, key: SecretStr) -> str:
    """Return what the server says of it, on one line; it is shown, and it may hold anything."""
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        return f": {type(error).__name__}"
    body = getattr(error, "body", None)
    words = str(body.get("message", "")) if isinstance(body, dict) else ""
    hidden = re.sub(r"\bsk-\S+", "***", words.replace(key.get_secret_value(), "***") if words else "")
    line = " ".join("".join(c if c.isprintable() else " " for c in hidden).split())
    return f": {status} {line[:_LONGEST]}".rstrip(" .")
