"""Where the fuzzers begin: phrases of the training data, specimen bodies, and every input that once broke something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bot import paths
from bot.channels.wechat.crypto import encrypt
from tests.fuzz.targets import APP_ID, KEY

KEPT = Path(__file__).parent / "crashes"
"""Inputs that broke a target once, in a folder for each; they are tried in every run of the tests."""
_PHRASE = re.compile(r"^\s*- (.+)$")


def phrases(every: int = 12) -> list[str]:
    """Each twelfth phrase of the training data."""
    found = []
    for file in sorted((paths.DATA / "nlu").rglob("*.yml")):
        found += [match[1] for line in file.read_text(encoding="utf-8").splitlines() if (match := _PHRASE.match(line))]
    return found[::every]


def seeds(target: str) -> Iterator[bytes]:
    """The first inputs of a target."""
    if target in ("message", "masking", "readers", "facts", "bubbles", "sessions"):
        yield from (phrase.encode() for phrase in phrases())
        yield "我身份证１１０１０５１９４９１２３１００２Ｘ，电话138-0013-8000，鲁A·D12345，/restart".encode()
    elif target == "guard":
        for phrase in phrases(60):
            yield json.dumps({"sender": "a", "message": phrase, "metadata": {"jurisdiction": "linzi", "as_of": "2026-11-22"}}).encode()
    elif target in ("payload", "codec"):
        for told in (
            {"work.status": "employed"},
            {"housing.kind": ["rented"]},
            {"work.months": {"min": 12, "max": None}},
            {"hukou.place": "山东省"},
        ):
            yield json.dumps(told if target == "codec" else {"policy": "linzi-2022", "facts": told, "as_of": "2026-11-22"}).encode()
    elif target == "xml":
        for phrase in phrases(60):
            head = "<xml><ToUserName>g</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType>"
            yield f"{head}<Content><![CDATA[{phrase}]]></Content><MsgId>1</MsgId></xml>".encode()
        yield b'{"ToUserName":"g","FromUserName":"o","CreateTime":1,"MsgType":"text","Content":"a"}'
    elif target == "crypto":
        yield from (encrypt(KEY, APP_ID, phrase.encode()).encode() for phrase in phrases(100))


def kept(target: str) -> list[Path]:
    """Inputs that broke the target once."""
    return sorted((KEPT / target).glob("*"))
