"""What a run is known by: another model, setting, article or text is another configuration; a secret is no part of it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import providers
from bot.cli import main
from bot.errors import EvaluationError, SettingsError
from bot.evaluate import configuration as configuring
from bot.evaluate.configuration import configuration, extractive
from bot.evaluate.talking import named
from index.passage import Entry


@dataclass(frozen=True)
class Given:
    home: Path = Path("x")
    model: str = ""
    max_tokens: int = 1024
    chroma_token: str = "secret"
    openai_api_key: str = "secret"
    host: str = "127.0.0.1"


class Asked:
    def __init__(self, settings=None, entries=None):
        self.settings = settings or Given()
        self._entries = entries or {"a": Entry("a", "hash", "version", "here", 1)}

    def entries(self):
        return self._entries


def test_secrets_and_places_are_no_part_of_it():
    found = configuration(Asked())
    assert "secret" not in json.dumps(found.settings) and set(found.settings) == {"model", "max_tokens"}
    moved = Asked(Given(home=Path("y"), chroma_token="other", openai_api_key="other", host="0.0.0.0"))
    assert configuration(moved).hash == found.hash


def test_what_answers_depend_on_is_part_of_it():
    hashes = {
        configuration(asked).hash
        for asked in (
            Asked(),
            Asked(Given(model="openai:x")),
            Asked(Given(max_tokens=2)),
            Asked(entries={"a": Entry("a", "other", "version", "here", 1)}),
            Asked(entries={"a": Entry("a", "hash", "other", "here", 1)}),
        )
    }
    assert len(hashes) == 5


def test_the_model_that_is_meant_where_none_is_named_is_part_of_it(monkeypatch):
    assert configuration(Asked()).settings["model"] == "extractive"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    assert configuration(Asked()).settings["model"] == providers.DEFAULT_MODEL


def test_code_and_prompts_are_part_of_it_and_reports_are_not():
    names = {path.relative_to(configuring._ROOT).as_posix() for path in configuring._files()}
    assert {"bot/chat.py", "index/store.py", "prompts/it/frame.partly.md"} <= names
    assert not any(name.startswith(("bot/evaluate", "bot/page", "bot/commands", "tests")) for name in names)


def test_the_gate_asks_the_extractive_mode_whatever_the_environment_names(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    monkeypatch.setenv("PONTE_MODEL", "openai:gpt-4o")
    assert extractive().model == "extractive"


def test_a_name_that_is_no_model_is_refused():
    with pytest.raises(SettingsError, match="“nobody:x” is no model"):
        named("nobody:x")
    with pytest.raises(EvaluationError, match="“extractive” is no language model"):
        named("extractive")


def test_a_judge_is_made_by_its_name_and_reported(monkeypatch, home, tmp_path):
    monkeypatch.setenv("PONTE_HOME", str(home))
    (tmp_path / "replies.jsonl").write_text('"SUPPORTED"\n' * 60, encoding="utf-8")
    judge = f"scripted:{tmp_path / 'replies.jsonl'}"
    assert main(["eval", "--limit", "4", "--judge", judge, "--out", str(tmp_path)]) == 0
    values = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert values["judge"]["model"] == "scripted:replies.jsonl" and values["judge"]["n"] >= 1
    assert "## A model judge beside the verifier" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "scripted:replies.jsonl judged" in (tmp_path / "report.html").read_text(encoding="utf-8")
