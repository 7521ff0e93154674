"""The misbehaving server itself: what OpenAI's own client makes of it, so that tests that stand on it stand on something."""

import time

import openai
import pytest
from openai_server import DIMENSION, Act

QUESTION = [{"role": "user", "content": "Chi ha vinto?"}]


@pytest.fixture
def client(openai_server):
    with openai.OpenAI(base_url=openai_server.base_url, api_key="sk-x", max_retries=0, timeout=5) as client:
        yield client


def test_it_lists_its_models(client):
    assert [model.id for model in client.models.list()] == ["test-model"]


def test_chat_completions_whole_and_streamed(client, openai_server):
    openai_server.play(always=Act("Ha vinto l'Italia."))
    whole = client.chat.completions.create(model="m", messages=QUESTION)
    assert whole.choices[0].message.content == "Ha vinto l'Italia." and whole.choices[0].finish_reason == "stop"
    chunks = list(
        client.chat.completions.create(
            model="m", messages=QUESTION, stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == "Ha vinto l'Italia." and chunks[-1].usage.total_tokens == whole.usage.total_tokens > 0
    assert [request.path for request in openai_server.requests] == ["/v1/chat/completions"] * 2


def test_responses_whole_and_streamed(client, openai_server):
    openai_server.play(always=Act("Ha vinto l'Italia.", thoughts=7))
    whole = client.responses.create(model="m", input="Chi ha vinto?")
    assert whole.output_text == "Ha vinto l'Italia." and whole.usage.output_tokens_details.reasoning_tokens == 7
    events = list(client.responses.create(model="m", input="Chi ha vinto?", stream=True))
    assert "".join(e.delta for e in events if e.type == "response.output_text.delta") == "Ha vinto l'Italia."
    assert events[-1].type == "response.completed" and events[-1].response.output_text == "Ha vinto l'Italia."


def test_embeddings_are_the_same_for_the_same_text(client):
    rows = client.embeddings.create(model="m", input=["uno", "due", "uno"]).data
    assert len(rows[0].embedding) == DIMENSION and rows[0].embedding == pytest.approx(rows[2].embedding)
    assert rows[0].embedding != pytest.approx(rows[1].embedding)


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (Act("x", status=401), openai.AuthenticationError),
        (Act("x", status=404), openai.NotFoundError),
        (Act("x", status=429), openai.RateLimitError),
        (Act("x", status=500), openai.InternalServerError),
        (Act(drop=-1), openai.APIConnectionError),
        (Act(before=9, silent=True), openai.APITimeoutError),
    ],
    ids=lambda value: str(value)[:30],
)
def test_it_fails_as_it_is_told(client, openai_server, act, error):
    openai_server.play(act)
    with pytest.raises(error):
        client.with_options(timeout=1).chat.completions.create(model="m", messages=QUESTION)
    assert client.chat.completions.create(model="m", messages=QUESTION).choices[0].message.content == "Ciao mondo."


def test_it_notes_who_hangs_up(client, openai_server):
    openai_server.play(Act("parola " * 100, pace=0.1))
    stream = client.chat.completions.create(model="m", messages=QUESTION, stream=True)
    next(stream), next(stream)
    left = time.monotonic()
    stream.close()
    openai_server.wait_for(lambda: openai_server.hung_up, 30)
    assert openai_server.hung_up[0] - left < 1 and openai_server.sent < 20
