"""Programs: the four endpoints through Gradio's API and through the Model Context Protocol, by real clients of both."""

import asyncio
import json
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from serving import QUESTION, fetch

from bot.page.endpoints import Endpoints
from bot.page.schema import described

pytest_plugins = ["page_fixtures"]
FOUR = ["ask", "search", "sources", "summarize"]
CALLS = """
import json, sys
from gradio_client import Client
url, calls = sys.argv[1], json.loads(sys.argv[2])
answers = []
client = Client(url, verbose=False)
for name, arguments in calls:
    try:
        answers.append(client.predict(**arguments, api_name=f"/{name}"))
    except Exception as error:
        answers.append(str(error))
print(json.dumps(answers))
"""


def call(url, *calls):
    """Start a program that calls the endpoints as Gradio's own client does; it takes its time to import."""
    return subprocess.Popen(
        [sys.executable, "-c", CALLS, url, json.dumps(calls)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def answers(program):
    with program:
        output, errors = program.communicate(timeout=120)
    assert program.returncode == 0, errors
    return json.loads(output)


def tools(url, *calls, headers=None):
    """List the tools and call some, as a client of the Model Context Protocol does; None where a call failed."""
    import httpx2
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    async def told():
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            async with Client(streamable_http_client(f"{url}/mcp", http_client=http)) as client:
                listed = await client.list_tools()
                found = [await client.call_tool(name, arguments) for name, arguments in calls]
        return listed.tools, found

    # In a thread of its own: the browser's driver keeps a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, told()).result()


def holds(bot, cited):
    """Check that quotes stand where they say, against the articles themselves."""
    assert cited
    for quote in cited:
        assert bot.article(quote["article_id"]).text[quote["start"] : quote["end"]] == quote["quote"]


RIGHT = [
    ("ask", {"question": QUESTION}),
    ("ask", {"question": QUESTION, "language": "en"}),
    ("search", {"question": "mutual defence treaty", "k": 3}),
    ("summarize", {"topic": "veto", "words": 80, "language": "it", "shape": "timeline"}),
    ("sources", {}),
    ("sources", {"article_id": "summit-2024-it"}),
]
WRONG = [
    (("ask", {"question": ""}), "The question is empty."),
    (("search", {"question": "trattato", "k": 51}), "Ask for 1 to 50"),
    (("search", {"question": "trattato", "k": "due"}), "k is not as it should be"),
    (("ask", {"question": QUESTION, "language": "fr"}), "'auto', 'it' or 'en'"),
    (("ask", {"question": QUESTION, "articles": ["no-such-article"]}), "no-such-article"),
    (("ask", {"question": "a" * 3000}), "2,000 are allowed"),
    (("summarize", {"words": 1}), "10 to 5,000"),
    (("sources", {"article_id": "no-such-article"}), "no-such-article"),
]


def check(bot, italian, english, found, summary, listed, one):
    assert (italian["state"], italian["language"], english["language"]) == ("answered", "it", "en")
    for quotes in (italian["citations"], english["citations"], found, summary["citations"]):
        holds(bot, quotes)
    assert len(found) == 3 and found[0]["score"] >= found[-1]["score"]
    assert summary["shape"] == "timeline" and all(said["citations"] for said in summary["statements"])
    assert [source["id"] for source in listed] == [article.id for article in bot.articles()]
    assert {source["text"] for source in listed} == {None}
    # A program that has nothing but these answers can check them.
    quote = next(cited for cited in italian["citations"] if cited["article_id"] == one[0]["id"])
    assert one[0]["text"][quote["start"] : quote["end"]] == quote["quote"]


def test_gradios_client_gets_every_quote_intact_and_every_error_in_words(address, bot):
    told = answers(call(address, *RIGHT, *(wrong for wrong, _ in WRONG)))
    check(bot, *told[: len(RIGHT)])
    for error, (_, said) in zip(told[len(RIGHT) :], WRONG, strict=True):
        assert isinstance(error, str) and said in error


def test_a_client_of_the_model_context_protocol_gets_the_same(address, bot):
    wrong = [*(one for one, _ in WRONG), ("ask", {}), ("ask", {"question": QUESTION, "hurry": True}), ("delete", {})]
    said = [*(words for _, words in WRONG), "question is missing", "no argument hurry", "no such tool"]
    listed, found = tools(address, *RIGHT, *wrong)
    assert sorted(tool.name for tool in listed) == FOUR
    for tool in listed:
        assert tool.description and tool.annotations.read_only_hint and tool.output_schema["type"] == "object"
        assert all(kind["description"] for kind in tool.input_schema["properties"].values())
    assert not any(result.is_error for result in found[: len(RIGHT)])
    held = [result.structured_content for result in found[: len(RIGHT)]]
    check(bot, *(one.get("result", one) for one in held))
    assert json.loads(found[0].content[0].text) == held[0]
    for result, words in zip(found[len(RIGHT) :], said, strict=True):
        assert result.is_error and words in result.content[0].text


def test_programs_at_once_each_get_their_own_answers(address):
    asked = [[QUESTION, "Chi è Ushakov?"], ["How many North Korean soldiers were sent to Russia?", "Who is Ushakov?"]]
    programs = [call(address, *(("ask", {"question": q}) for q in questions)) for questions in asked]
    assert [[answer["question"] for answer in answers(program)] for program in programs] == asked


def refused(url, body=b'{"data": []}'):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=20)
    with caught.value as error:
        return error.code


def test_only_four_endpoints_are_public_and_every_listener_of_the_page_is_private(address):
    info = json.loads(fetch(f"{address}/gradio_api/info")[1])
    assert sorted(info["named_endpoints"]) == [f"/{name}" for name in FOUR] and not info["unnamed_endpoints"]
    listeners = json.loads(fetch(f"{address}/config")[1])["dependencies"]
    private = [listener["api_name"] for listener in listeners if listener["api_visibility"] == "private"]
    visible = [listener["api_name"] for listener in listeners if listener["api_visibility"] != "private"]
    assert sorted(visible) == FOUR and len(private) > 10
    for name in private:
        assert refused(f"{address}/gradio_api/call/{name}") == 404, name
    paths = json.loads(fetch(f"{address}/gradio_api/openapi.json")[1])["paths"]
    assert {path.rsplit("/", 1)[-1] for path in paths if "call" in path} <= {*FOUR, "{event_id}"}


def test_both_doors_describe_every_argument_and_what_comes_back(address):
    info = json.loads(fetch(f"{address}/gradio_api/info")[1])["named_endpoints"]
    for endpoint in Endpoints(None).all():
        told = info[f"/{endpoint.name}"]
        assert told["description"] == endpoint.text
        assert [given["parameter_name"] for given in told["parameters"]] == list(endpoint.arguments)
        for given in told["parameters"]:
            assert given["python_type"]["description"] == endpoint.arguments[given["parameter_name"]]["description"]
        assert "Any" not in told["returns"][0]["python_type"]["type"] and told["returns"][0]["type"] == endpoint.result


def test_a_docstring_that_lacks_an_argument_is_an_error_before_anything_is_served():
    def lacking(one: str, two: int = 1) -> int:
        """Do something.

        Args:
            one: is told.
        """
        return two

    with pytest.raises(KeyError, match="two"):
        described(lacking)
