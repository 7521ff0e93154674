"""From bytes to text, whatever they were written in. Knows nothing of file types."""

from index.errors import ArticleError


def decode(data: bytes, name: str) -> str:
    """Return the bytes as text: UTF-8, UTF-16, else what the library finds most likely of the old ones.

    Args:
        data: the bytes of a text file.
        name: the file's, for the message.

    Raises:
        ArticleError: the bytes are not text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for half, encoding in ((data[1:2000:2], "utf-16-le"), (data[:2000:2], "utf-16-be")):
        if half.count(0) > 0.4 * len(half) and len(data) % 2 == 0:
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_old(data, error)
    odd = sum(text.count(chr(code)) for code in (*range(9), *range(14, 27)))
    if odd > 2 + len(text) // 100:
        raise ArticleError(f"{name} is not text.", "Give a text, or name the file by what it is (.pdf, .docx).")
    return text


def _decode_old(data: bytes, error: UnicodeDecodeError) -> str:
    """Return a text that is not clean UTF-8: cut in the middle of a letter, damaged in places, or older than it."""
    from charset_normalizer import from_bytes

    patched = data.decode("utf-8", "replace")
    damaged = patched.count("\ufffd")
    letters = sum(letter > "\x7f" for letter in patched) - damaged
    if error.start >= len(data) - 3 or letters > 10 * damaged:
        return patched.replace("\ufffd", "") if error.start >= len(data) - 3 else patched
    best = from_bytes(data, cp_isolation=["cp1252", "mac_roman", "utf_16_le", "utf_16_be"]).best()
    return str(best) if best else data.decode("cp1252", "replace")
