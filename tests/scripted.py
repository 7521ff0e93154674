"""A model for tests: it replies what a function makes of what it is sent, and keeps that."""

from bot.datamodels import Usage


class Scripted:
    """A model that replies what a function makes of the messages it is sent, in pieces."""

    name = "scripted:test"

    def __init__(self, reply):
        self.reply, self.sent = reply, []

    def stream(self, messages, stop=None, max_tokens=1024):
        self.sent.append(messages)
        text = self.reply(messages[-1].content)
        for start in range(0, len(text), 7):
            yield text[start : start + 7]
        yield Usage(10, 5, 1, 0.01)
