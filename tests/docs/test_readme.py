"""What the README shows is what happens."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from bot import paths
from bot.cli import main
from tests.docs import readme


@pytest.mark.parametrize("words", readme.commands(), ids=" ".join)
def test_command(words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "VAR", tmp_path)
    assert main(words[1:]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.rasa
def test_conversation(talk: Any) -> None:
    conversation = talk(jurisdiction="liaocheng", as_of="2026-11-22")
    for typed, said in readme.conversation():
        messages = conversation.say(typed)
        heard = "\n".join(m["text"] for m in messages).strip()
        assert heard == said, f"the README is behind; after {typed!r} it should read:\n{heard}"


@pytest.mark.rasa
def test_curl_body_is_answered_with_its_article(talk: Any) -> None:
    url, body = readme.curl()
    assert url.endswith("/webhooks/rest/webhook")
    messages = talk().say(json.loads(body)["message"])
    assert messages[-1]["custom"]["citations"][0]["article"] == "二(一)2"


def test_links_lead_somewhere() -> None:
    text = readme.README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (paths.ROOT / target).exists(), f"{target} is linked and missing"


def test_make_targets_exist() -> None:
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^)make (\w+)", readme.README.read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target} does not exist"
