"""Fixed wording: complete, harmless, and turned towards the resident."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from generated import topic_replies, world

from bot import paths
from bot.policy.forbidden import forbidden
from bot.policy.model import MonthsBetween, MonthsSince, MonthsUntil, Pack, atoms
from bot.policy.vocabulary import ASPECTS
from bot.replies.wording import load_wording

WORDING = load_wording()
PACKS = [pytest.param(pack, id=pack.id) for pack in world().packs]


@pytest.mark.parametrize(
    ("person", "words", "said"),
    [
        ("self", "", "您"),
        (None, "", "您"),
        ("self", "我", "您"),
        ("spouse", "", "您爱人"),
        ("parent", "我妈", "您妈"),
        ("child", "我家孩子", "您家孩子"),
        ("child", "孩子", "孩子"),
        ("fiance", "俺对象", "您对象"),
        ("other", "咱们家老人", "您家老人"),
        ("parent", "我和我爸", "您和您爸"),
        ("cousin", "", "这位亲友"),
    ],
)
def test_a_person_is_named_from_the_bots_side(person: str | None, words: str, said: str) -> None:
    assert WORDING.who(person, words) == said


def test_every_aspect_has_its_sentence_and_people_match_the_reader() -> None:
    assert {f"aspect_{a}" for a in ASPECTS} <= set(WORDING.phrases)
    assert {"self", "spouse", "child", "parent", "other"} <= set(WORDING.people)


@pytest.mark.parametrize("key", WORDING.phrases)
def test_a_phrase_is_short_plain_and_never_forbidden(key: str) -> None:
    text = WORDING[key]
    assert forbidden(text, never=world().packs.never) == []
    assert len(re.sub(r"\{\w+\}", "", text)) <= 70
    assert not re.search(r"[,;:?()]", text), "Chinese marks"
    assert not re.search(r"系统|用户|字段|意图|模型|加载", text), "no jargon"


def test_every_part_is_joined_in_and_every_part_joined_in_is_there() -> None:
    modules = (path.read_text(encoding="utf-8") for path in (paths.ROOT / "bot").rglob("*.py"))
    asked = {name for text in modules for name in re.findall(r'\bpart(?:\("|s\[["\'])(\w+)["\'][)\]]', text)}
    assert asked == set(WORDING.parts)


@pytest.mark.parametrize("content", ["phrases: {a: b}", "[]", "people: {}\nphrases: {}\nmore: {}"])
def test_a_wording_file_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "zh.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="exactly"):
        load_wording(file)


@pytest.mark.parametrize("pack", PACKS)
def test_a_side_is_not_called_unwritten_where_a_route_writes_it(pack: Pack) -> None:
    timed = (MonthsSince, MonthsUntil, MonthsBetween)
    for made in topic_replies(pack):
        said = {s.text for s in made.reply.said}
        topic = pack.topics[made.of.split("/")[0]]
        routes = [pack.route(r) for r in topic.routes]
        if any(r.materials for r in routes):
            assert WORDING["aspect_materials"] not in said, made.of
        if any(r.departments for r in routes) and "office" not in topic.aspects:
            assert WORDING["aspect_office"] not in said, made.of
        if any(isinstance(a.test, timed) for r in routes for a in atoms(r.when)):
            assert WORDING["aspect_count"] not in said, made.of
