"""A model's answer on a real terminal: sentence by sentence as each is checked, and stopped by Ctrl-C."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time

from openai_fixtures import KEY
from openai_server import Act
from writing import GIFTS, TRUE

from prompts import load


def _on_its_terminal():
    """Take the terminal; Ctrl-C is heard there, also where the tests were started in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A command on a terminal of its own; the end of what it showed is kept, without colours."""

    def __init__(self, home, *arguments):
        self.master, slave = pty.openpty()
        environment = {**os.environ, "PONTE_HOME": str(home), "PONTE_MODEL": "openai:test-model", "TERM": "xterm"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", *arguments],
            stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=_on_its_terminal,
        )  # fmt: skip
        os.close(slave)
        self.raw = ""
        self.at = 0

    @property
    def shown(self):
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self.raw)

    def read(self, seconds=0.1):
        if select.select([self.master], [], [], seconds)[0]:
            try:
                self.raw += os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:
                return False
        return True

    def wait_for(self, words, seconds=90):
        """Wait for words after those that were waited for before."""
        until = time.monotonic() + seconds
        while (found := self.shown.find(words, self.at)) < 0:
            assert time.monotonic() < until and (self.read() or words in self.shown[self.at :]), self.shown[-2000:]
        self.at = found + len(words)

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self, seconds=60):
        until = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < until, self.shown[-2000:]
            self.read()
        while self.read(0.2) and select.select([self.master], [], [], 0.1)[0]:
            pass
        os.close(self.master)
        return self.process.returncode


def test_a_chat_tells_each_sentence_as_it_is_checked_and_ctrl_c_stops_one_answer(bot, home, openai_server):
    terminal = Terminal(home, "chat")
    terminal.wait_for("> ")
    openai_server.play(Act(f"{TRUE} [1]. They met on the moon {'and so on ' * 60}[1].", pace=0.04), Act("S1: DROP"))
    terminal.type(GIFTS + "\n")
    terminal.wait_for(f"{TRUE}. [1] ✓")
    assert openai_server.sent < 180 and "Sources:" not in terminal.shown
    terminal.wait_for("Written by openai:test-model")
    told = terminal.shown
    assert "Sources:\r\n  [1] “" in told and load("notice.dropped_one", "en").text in told
    assert not re.search(r"moon.*✓", told)

    before = len(openai_server.requests)
    openai_server.play(Act(before=60, silent=True))
    terminal.type("And what did Kim give him?\n")
    openai_server.wait_for(lambda: len(openai_server.requests) > before, 30)
    terminal.type("\x03")
    terminal.wait_for("Stopped.")
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    openai_server.play(always=Act(f"{TRUE} [1]."))
    terminal.type("What presents did Putin give Kim?\n")
    terminal.wait_for("Conversation: ")
    terminal.wait_for("> ")  # until then the terminal is not the line editor's, to whom the key means the end
    terminal.type("\x04")
    assert terminal.end() == 0 and "Traceback" not in terminal.shown and KEY not in terminal.shown


def test_ctrl_c_ends_a_question_and_its_request(bot, home, openai_server):
    openai_server.play(Act(f"{TRUE} [1]. " + "Putin gave Kim an Aurus limousine [1]. " * 200, pace=0.05))
    terminal = Terminal(home, "ask", GIFTS)
    terminal.wait_for(f"{TRUE}. [1] ✓")
    terminal.type("\x03")
    assert terminal.end() == 130 and "Traceback" not in terminal.shown and "Sources:" not in terminal.shown
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.sent < 900


def test_piped_and_as_json_the_answer_comes_whole(bot, home, openai_server):
    openai_server.play(always=Act(f"{TRUE} [1]."))
    environment = {**os.environ, "PONTE_HOME": str(home), "PONTE_MODEL": "openai:test-model", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat", "--json"], input=f"{GIFTS}\nWhat presents did Putin give Kim?\n",
        capture_output=True, text=True, env=environment, timeout=200,
    )  # fmt: skip
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (
        done.returncode == 0 and first["statements"][0]["text"] == TRUE + "." and KEY not in done.stdout + done.stderr
    )
    assert first["conversation"] == first["usage"] and first["usage"]["calls"] == 1
    both = {name: first["usage"][name] + second["usage"][name] for name in first["usage"]}
    assert second["conversation"] == both and both["calls"] >= 2 and "✓" not in done.stdout
