"""The two dialects of OpenAI's language, as `openai_server` speaks them: what is sent for an act, event by event."""

import json


class Chat:
    """The dialect of Chat Completions."""

    def __init__(self, act, body):
        self.act, self.body = act, body
        self._base = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}
        self._field = "refusal" if act.refusal else "content"

    def _chunk(self, delta, finish=None):
        return self._base | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    def _usage(self):
        sent, written = _counted(self.body["messages"]), _counted(self.act.text) + self.act.thoughts
        return {
            "prompt_tokens": sent, "completion_tokens": written, "total_tokens": sent + written,
            "prompt_tokens_details": {"cached_tokens": self.act.cached},
        }  # fmt: skip

    def opening(self):
        yield self._chunk({"role": "assistant", "content": ""})

    def thought(self, word):
        return self._chunk({"content": "", self.act.apart: word})

    def word(self, word):
        return self._chunk({self._field: word})

    def closing(self):
        yield self._chunk({}, self.act.finish)
        if self.act.usage and (self.body.get("stream_options") or {}).get("include_usage"):
            yield self._base | {"choices": [], "usage": self._usage()}
        yield "[DONE]"

    def whole(self):
        message = {"role": "assistant", "content": None, "refusal": None} | {self._field: self.act.text}
        choice = {"index": 0, "message": message, "finish_reason": self.act.finish}
        return self._base | {"object": "chat.completion", "choices": [choice], "usage": self._usage()}


class Responses:
    """The dialect of Responses."""

    def __init__(self, act, body):
        self.act, self.body, self._n = act, body, 0
        self._at = {"item_id": "m-1", "output_index": 0, "content_index": 0}

    def _event(self, type, **fields):
        self._n += 1
        return {"type": type, "sequence_number": self._n, **fields}

    def _response(self, status, output=()):
        sent, written = _counted(self.body["input"]), _counted(self.act.text) + self.act.thoughts
        return {
            "id": "r-1", "object": "response", "created_at": 1, "model": self.body["model"], "status": status,
            "output": list(output), "error": None, "incomplete_details": None, "instructions": None, "metadata": {},
            "parallel_tool_calls": True, "tool_choice": "auto", "tools": [], "temperature": 1, "top_p": 1,
            "usage": {
                "input_tokens": sent, "output_tokens": written, "total_tokens": sent + written,
                "input_tokens_details": {"cached_tokens": self.act.cached},
                "output_tokens_details": {"reasoning_tokens": self.act.thoughts},
            },
        }  # fmt: skip

    def _item(self, status, content=()):
        return {"id": "m-1", "type": "message", "role": "assistant", "status": status, "content": list(content)}

    def _part(self):
        kind = {"type": "refusal", "refusal": self.act.text}
        return kind if self.act.refusal else {"type": "output_text", "text": self.act.text, "annotations": []}

    def opening(self):
        yield self._event("response.created", response=self._response("in_progress"))
        yield self._event("response.output_item.added", output_index=0, item=self._item("in_progress"))

    def thought(self, word):
        return self._event(
            "response.reasoning_summary_text.delta", delta=word, item_id="t-1", output_index=0, summary_index=0
        )

    def word(self, word):
        kind = "response.refusal.delta" if self.act.refusal else "response.output_text.delta"
        return self._event(kind, delta=word, logprobs=[], **self._at)

    def closing(self):
        if self.act.refusal:
            yield self._event("response.refusal.done", refusal=self.act.text, **self._at)
        else:
            yield self._event("response.output_text.done", text=self.act.text, logprobs=[], **self._at)
        yield self._event("response.completed", response=self.whole())

    def whole(self):
        return self._response("completed", [self._item("completed", [self._part()])])


def _counted(value):
    return max(1, len(json.dumps(value)) // 4)
