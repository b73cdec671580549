"""What no wording may say, and what a wording may not invent."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.policy.forbidden import forbidden, invented, load_wording_rules, read_forbidden
from bot.policy.load import load_packs
from bot.policy.nodes import open_yaml
from bot.policy.problem import Problem

PACKS = load_packs()
OF_ONE = {place: pack.never for place, pack in PACKS.by_jurisdiction.items()}
NEVER = PACKS.never
BAD = {
    "exclamation": ["可以落户！"],
    "insurance_months": ["需要连续缴纳六个月社保。", "社保要交满1年。", "要缴满12个月社会保险。"],
    "residence_period": ["需居住满半年。", "要住满一年才行。", "租住满2年。"],
    "floor_area": ["房屋面积达到标准。", "人均不低于20平方米。"],
    "processing_days": ["5个工作日办结。", "十天内办好。", "当场办结。"],
    "bring_permit": ["请带上居住证。", "需要居住证。"],
    "borrowed_rules": ["临淄租房也要租赁备案。", "落户临淄还要社保。"],
    "sibling": ["聊城可以投靠兄弟姐妹。", "聊城也允许投靠哥哥。"],
    "fee": ["工本费10元。", "交二十块钱。"],
    "promise": ["一定能办。", "您已通过。", "肯定可以落。", "我们保证您落户。"],
    "in_force": ["该文件现行有效。", "这份文件目前有效。"],
    "phone": ["请打0635-8210000。", "电话13800001111。", "可以打12333。", "拨打110。"],
    "address": ["到东昌西路12号办。"],
}
GOOD = [
    "请向受理机关或12345确认。", "文件没有写要住满半年。", "要连续缴纳六个月社保这类要求，文件没有写。", "不一定能办，要由受理机关决定。",
    "办理营业证照满一年。",
    "文件没有写几个工作日办结。", "聊政发〔2020〕7号，2020年4月30日。", "离交房不超过半年。",
    "居住证是申请落户的重要依据，没有说必须有。", "还没有通过。",
    "从四区以外来的，还要在聊城市城区缴纳社保的证明。", "请确认文件现在是不是还有效。",
]


def test_every_rule_has_an_example() -> None:
    assert set(BAD) == {rule.id for rule in (*load_wording_rules().sentences, *NEVER)}


def test_what_one_document_leaves_out_is_forbidden_of_its_place_only() -> None:
    assert forbidden("可以投靠兄弟姐妹。", never=OF_ONE["liaocheng"])
    assert forbidden("可以投靠兄弟姐妹。", never=OF_ONE["linzi"]) == []
    assert forbidden("不能投靠兄弟姐妹。", never=OF_ONE["liaocheng"]) == []
    assert forbidden("还要租赁备案证明。", never=OF_ONE["linzi"])
    assert forbidden("还要租赁备案证明。", never=OF_ONE["liaocheng"]) == []


def test_a_document_that_states_a_fee_and_days_may_be_quoted() -> None:
    assert forbidden("工本费10元，5个工作日办结。") == []


@pytest.mark.parametrize(("rule_id", "text"), [(rule_id, text) for rule_id, texts in BAD.items() for text in texts])
def test_a_forbidden_sentence_is_found_by_its_rule(rule_id: str, text: str) -> None:
    why = next(rule.why for rule in (*load_wording_rules().sentences, *NEVER) if rule.id == rule_id)
    assert [reason for reason in forbidden(text, never=NEVER) if reason.startswith(why)]


@pytest.mark.parametrize("text", GOOD)
def test_an_honest_sentence_may_be_said(text: str) -> None:
    assert forbidden(text, never=NEVER) == []


def test_saying_that_one_thing_is_left_out_does_not_excuse_another() -> None:
    assert forbidden("文件没有写收费，要住满半年。", never=NEVER)
    assert forbidden("要住满半年，也要有房，文件没有写收费。", never=NEVER)


@pytest.mark.parametrize(("text", "support", "found"), [
    ("满一年", "办理营业证照一年", []),
    ("满两年", "办理营业证照一年", [("number", "两年")]),
    ("满一年", "办理营业证照二十一年", [("number", "一年")]),
    ("7号", "第17号", [("number", "7号")]),
    ("第 663 号令", "(国务院令 第 663 号)", []),
    ("第６６３号令", "(国务院令 第 663 号)", []),
    ("交20元", "", [("number", "20元")]),
    ("有《租房证》", "《公房租赁证》", [("title", "《租房证》")]),
    ("有《公房租赁证》", "《公房租赁证》", []),
    ("带营业执照", "办理营业证照一年", []),
    ("带结婚证", "无房证明", [("paper", "结婚证")]),
    ("去派出所办", "公安机关可依申请", [("office", "派出所")]),
    ("由公安机关发", "公安机关可依申请", []),
    ("请向落户地派出所或12345确认", "", []),
    ("方案没有写结婚证", "", []),
    ("要交20元，方案没有写", "", []),
    ("要交20元，可以落户，方案没有写", "", [("number", "20元")]),
    ("户口本来就在这里", "", []),
])
def test_what_no_supporting_text_holds_is_invented(text: str, support: str, found: list[tuple[str, str]]) -> None:
    assert invented(text, [support]) == found


def test_a_pack_names_what_it_leaves_out_by_rules_that_exist(tmp_path: Path) -> None:
    file = tmp_path / "pack.yml"
    file.write_text('- fee\n- no_such_rule\n- {id: own, pattern: "甲", why: 文件没有写甲}\n', encoding="utf-8")
    problems: list[Problem] = []
    node = open_yaml(file, problems)
    assert node is not None
    assert [rule.id for rule in read_forbidden(node, load_wording_rules().unstated)] == ["fee", "own"]
    assert [(p.code, p.line) for p in problems] == [("unknown-rule", 2)]
