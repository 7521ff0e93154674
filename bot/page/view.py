"""What stands beside the conversation, as a value. Knows nothing of how it is shown."""

from dataclasses import dataclass

from bot.page.turns import Place


@dataclass(frozen=True, slots=True)
class View:
    """What stands beside the conversation: an article, the place of a citation, or, with neither, a room.

    Attributes:
        article_id: of the article.
        span: of the article's text, to be highlighted, start and end; (0, 0) for none.
        place: of the citation.
        room: "sources", "summaries", "add", "model" or "history".
        owner: of the conversations in the history.
        find: what is sought in them.
        current: id of the one that is open.
    """

    article_id: str = ""
    span: tuple[int, int] = (0, 0)
    place: Place | None = None
    room: str = "sources"
    owner: str = ""
    find: str = ""
    current: str = ""
