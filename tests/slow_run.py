"""A run in a process of its own, to be killed: forty questions, slowly; with "fast", the rest of them at once."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "evals"))
import liar

from bot import dossier
from bot.evaluate.questions import load
from bot.evaluate.suite import evaluate


class Slow(liar.Oracle):
    def stream(self, question, language=None, articles=None, history=()):
        time.sleep(0 if "fast" in sys.argv else 0.05)
        return super().stream(question, language, articles, history)


if __name__ == "__main__":
    items = load([liar.QUESTIONS])
    slow = Slow(items, [article for _, article in dossier.articles()])
    done = evaluate(items[:40], slow, out=Path(sys.argv[1]))
    print(json.dumps([slow.asked, done.known]))
