"""HTML that is safe to put into the page, whatever the text says. Knows nothing of answers, articles or Gradio."""

import html

# Gradio fills its templates with JavaScript's own `${}` and with Handlebars' `{{}}`. Today it does not look for them in
# a value; as character references they would mean nothing to it even if it did.
_TEMPLATE_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "${}`\\"}
# Control characters, and marks that turn the direction of what follows: `\u202egpj.exe` would be read as `exe.jpg`.
_TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS = {code: "\ufffd" for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *_TURNS)}


def escape(text: str) -> str:
    """Return a text as HTML that shows it and does nothing else, inside an element or a quoted attribute.

    Control characters and those that turn the direction of a text become U+FFFD, one for one.
    """
    shown = text.translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")
    return html.escape(shown, quote=True).translate(_TEMPLATE_SIGNS)


def element(name: str, content: str = "", **attributes: str | int | bool | None) -> str:
    """Return an element around content that is HTML already.

    Args:
        name: of the element.
        content: HTML; escape a text before it comes here.
        attributes: values are escaped here; `_` in a name stands for `-`, a `_` at its end is dropped (`class_`),
            None and False leave the attribute out, True leaves its value out.
    """
    parts = [name]
    for key, value in attributes.items():
        label = key.rstrip("_").replace("_", "-")
        if value is True:
            parts.append(label)
        elif value is not None and value is not False:
            parts.append(f'{label}="{escape(str(value))}"')
    return f"<{' '.join(parts)}>{content}</{name}>"


def text(name: str, content: str, **attributes: str | int | bool | None) -> str:
    """Return an element around a text, which is escaped here."""
    return element(name, escape(content), **attributes)
