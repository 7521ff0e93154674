"""The room in which a visitor chooses who writes the answers, as HTML. A key that was typed never comes back into it.

Knows what a voice says of itself; nothing of Gradio or of how a model is asked.
"""

from bot.datamodels import Usage
from bot.page.frame import framed
from bot.page.markup import element, text
from bot.page.voice import Voice, Who
from bot.page.voice_labels import VoiceLabels, dollars, voice_labels

_EXAMPLE = "openai:gpt-6-luna"


def voiced(
    voice: Voice, writer: str, owners: str, place: str, servers: bool, spent: Usage, limit: float, language: str
) -> str:
    """Return the room.

    Args:
        voice: the visitor's choice.
        writer: the model that writes now; "" for the sources' own sentences.
        owners: the model that the page's owner chose; "" for none.
        place: the server that a visitor's model is asked at where they name none.
        servers: whether visitors may name a server.
        spent: what the conversation took.
        limit: US dollars that a session may spend; 0 for no limit.
        language: of the labels.
    """
    words = voice_labels(language)
    content = (
        text("h2", words.title)
        + text("p", _now(voice, writer, words), class_="lead")
        + _news(voice, words)
        + _back(voice, writer, owners, words)
        + text("h3", words.own)
        + text("p", words.sent.format(host=words.server_named.format(host=place) if servers else place), class_="lead")
        + _fields(place, servers, words)
        + text("h3", words.spent)
        + text("p", told(spent, words, language), class_="conversation-usage")
        + (text("p", words.limit.format(limit=dollars(limit, language)), class_="meta") if limit else "")
    )
    return framed("voice", element("div", content, class_="adding voicing"), language, room="model")


def told(spent: Usage, words: VoiceLabels, language: str) -> str:
    """Return what several answers took together, in words."""
    if not spent.calls:
        return words.nothing
    cost = words.cost_unknown if spent.cost is None else dollars(spent.cost, language)
    return words.usage.format(calls=spent.calls, input=spent.input_tokens, output=spent.output_tokens, cost=cost)


def _now(voice: Voice, writer: str, words: VoiceLabels) -> str:
    if not writer:
        return words.now_sources
    if voice.who is Who.VISITORS:
        return words.now_own.format(model=writer, host=voice.host)
    return words.now_owners.format(model=writer)


def _news(voice: Voice, words: VoiceLabels) -> str:
    news = voice.news
    if not news.label:
        return ""
    said = words.news(news.label, news.detail)
    return text("p", said, class_="notice" if news.wrong else "done", role="alert" if news.wrong else "status")


def _back(voice: Voice, writer: str, owners: str, words: VoiceLabels) -> str:
    sources = text("button", words.back, type="button", data_do="writer", data_who=Who.SOURCES.value) if writer else ""
    others = voice.who is not Who.OWNERS and owners
    label = words.back_owners.format(model=owners)
    owner = text("button", label, type="button", data_do="writer", data_who=Who.OWNERS.value) if others else ""
    return element("div", sources + owner, class_="picks") if sources or owner else ""


def _fields(place: str, servers: bool, words: VoiceLabels) -> str:
    name = _field("name", "text", _EXAMPLE)
    key = _field("key", "password", "", "new-password")
    server = _field("server", "url", "http://127.0.0.1:11434/v1")
    fields = element("label", text("span", words.name) + name) + element("label", text("span", words.key) + key)
    if servers:
        fields += element("label", text("span", words.server.format(host=place)) + server)
    button = text("button", words.use, type="button", class_="primary", data_do="voice", data_busy=words.asking)
    return fields + element("div", button, class_="picks") + text("p", words.kept, class_="meta")


def _field(name: str, kind: str, example: str, complete: str = "off") -> str:
    return element(
        "input", type=kind, data_voice=name, placeholder=example or None, maxlength=500, autocomplete=complete,
        spellcheck="false", autocapitalize="off",
    )  # fmt: skip
