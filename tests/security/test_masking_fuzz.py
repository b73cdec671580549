"""Whatever personal datum is written in whatever spelling is masked; ordinary numbers never are. Inputs are counted and printed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot import paths
from bot.channels.masking import is_personal, mask
from tests.security.ordinary import ordinary
from tests.security.personal import Secret, bare, secrets, sentences, traces

FUZZ = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": True,
    "phases": [Phase.explicit, Phase.generate],
}


@settings(max_examples=800, **FUZZ)
@given(sentences)
@example(("1、371502\t1990\t0307\t6704", Secret("371502\t1990\t0307\t6704", "id", "371502199003076704")))
@example(("＋８６ 138-0013-8000", Secret("＋８６ 138-0013-8000", "mobile", "8613800138000")))
@example(("一三八零零一三八零零零", Secret("一三八零零一三八零零零", "mobile", "13800138000")))
@example(("1\ufe0f\u20e33800138000", Secret("1\ufe0f\u20e33800138000", "mobile", "13800138000")))
@example(("abc @ qq。com", Secret("abc @ qq。com", "email", "ABCQQCOM")))
def test_no_personal_datum_survives(written: tuple[str, Secret]) -> None:
    text, secret = written
    hidden = mask(text)
    assert hidden.kinds
    left = bare(hidden.text)
    assert not [trace for trace in traces(secret) if trace in left]
    assert mask(hidden.text) == type(hidden)(hidden.text, ()), "masked text is left alone"


@settings(max_examples=150, **FUZZ)
@given(st.lists(sentences, min_size=2, max_size=4))
def test_several_in_one_message_are_all_masked(written: list[tuple[str, Secret]]) -> None:
    left = bare(mask("，我又说：".join(text for text, _ in written)).text)
    assert not [trace for _, secret in written for trace in traces(secret) if trace in left]


@settings(max_examples=800, **FUZZ)
@given(st.lists(ordinary, min_size=1, max_size=2), st.sampled_from(("，", " ", "，我", "。", "\n", "、")))
@example(["1985.3.12-2018.5.1"], "，")
@example(["2015.09.01 2020.12.31"], "，")
@example(["1983-2-13", "12345"], "，")
@example(["3000、4000、5000、6000元"], "，")
@example(["13,800,138,000元"], "，")
@example(["一、二、三、四、五、六、七、八、九、十"], "，")
def test_ordinary_numbers_are_left_alone(parts: list[str], joint: str) -> None:
    text = joint.join(parts)
    assert mask(text).text == text


@settings(max_examples=150, **FUZZ)
@given(secrets, st.text(max_size=20), st.text(max_size=20))
def test_what_stands_around_is_kept(secret: Secret, before: str, after: str) -> None:
    """Nothing is lost but the datum: a text without digits, letters and marks on both sides comes through."""
    before, after = (
        "".join(c for c in part if "一" <= c <= "鿿" and c not in "零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖学警挂港澳试超")
        for part in (before, after)
    )
    hidden = mask(f"{before}，{secret.written}，{after}").text
    assert hidden.startswith(before)
    assert hidden.endswith(after)


def corpus() -> Iterator[str]:
    """Every phrase of the training data, every question and story of the evaluation, every sentence the bot says and cites."""
    for pattern in (
        "nlu/**/*.yml",
        "stories/*.yml",
        "rules/*.yml",
        "wording/*.yml",
        "policies/*/source.txt",
        "policies/*/*.yml",
        "lexicon/**/*.yml",
    ):
        for file in sorted(paths.DATA.glob(pattern)):
            yield from file.read_text(encoding="utf-8").splitlines()
    for file in sorted((paths.ROOT / "tests" / "evaluation").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield from _strings(json.loads(line))
    for file in sorted((paths.ROOT / "tests" / "conversation" / "dialogues").glob("*.yml")):
        yield from _strings(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


MEANT = {"limits.yml"}
"""Dialogues that hold specimen numbers in order to have them masked."""


def test_nothing_in_what_residents_ask_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    lines = list(corpus())
    masked = {line: mask(line).kinds for line in lines if mask(line).kinds}
    with capsys.disabled():
        print(f"\n{len(lines)} lines of data and evaluation, {len(masked)} masked")
    assert len(lines) > 20_000
    assert masked == {}


@pytest.mark.parametrize(
    "name", ["13800138000", "+86 138-0013-8000", "tel:13800138000", "nobody@example.com", "371502199003076704", "user_13800138000"]
)
def test_a_personal_number_is_no_name_for_a_conversation(name: str) -> None:
    assert is_personal(name)


@pytest.mark.parametrize(
    "name",
    [
        "web-0f3c",
        "1700000000123",
        "1700000000123456",
        "1700000000123456789",
        "c1234567-89ab-4def-8123-456789abcdef",
        "user-17",
        "o9AgO5Kd5ggOC",
        "12345",
    ],
)
def test_an_ordinary_id_is(name: str) -> None:
    assert not is_personal(name)
