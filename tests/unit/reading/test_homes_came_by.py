"""Homes told by how they came, with the verb before the place, and by what the landlord lends or says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility.values import Choice, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

VOCABULARY = load_vocabulary()
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"


def _facts(text: str, home: str = LINZI) -> dict[str, Any]:
    found = read(text, as_of=date(2026, 11, 22), home=home, vocabulary=VOCABULARY).facts
    return {f.fact: f.value for f in found}


def _one(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("那套旧楼我爷爷去年没的，留给我了，本换完了", "owned"),
        ("我爸去年走的，留了套楼在城里，公证办了，还没过户", "inherited"),
        ("姥爷走了，城里的楼留给我，不动产证五月份换成我的名了", "owned"),
        ("房是厂里分的，后来买下来了", "owned"),
        ("楼是按揭的，月月还", "owned"),
        ("集资房，没证", "untitled"),
        ("安置房，只有安置协议没证", "untitled"),
        ("我自建的二层楼，在村里", "village_house"),
        ("晚上就睡我表姐家客厅", "borrowed"),
        ("备案和无房证明跑下来了，合同房本也都有，租的整套", "rented"),
    ],
)
def test_a_home_by_how_it_came(text: str, kind: str) -> None:
    assert _facts(text)["housing.kind"] == _one(kind)


@pytest.mark.parametrize("text", ["楼买在周村，人在潍坊上班", "我房子置在周村", "房买的周村的，自己住着"])
def test_the_verb_may_stand_before_the_place(text: str) -> None:
    facts = _facts(text)
    assert facts["housing.kind"] == _one("owned")
    assert facts["housing.place"] == Places(frozenset({"山东省/淄博市/周村区"}))


def test_a_home_without_title_is_no_missing_certificate_of_skill() -> None:
    assert "skill.certificate" not in _facts("回迁楼，没证")


def test_what_the_asker_rents_with_the_family_is_the_askers() -> None:
    assert _facts("老婆孩子跟我租的成套楼房，东昌府城里", LIAOCHENG)["housing.kind"] == _one("rented")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("租的楼，房东那关怎么也过不去", "no"),
        ("租的房，房东不方便让我落", "no"),
        ("租的房，房东说不太方便让落户", "no"),
        ("房东是我同学她舅，人家爽快，让落", "yes"),
        ("租的房，房东房本借我用，也同意我落", "yes"),
    ],
)
def test_the_owners_word(text: str, word: str) -> None:
    facts = _facts(text)
    assert facts["rent.owner_consent"] == _one(word)
    assert facts["housing.kind"] == _one("rented")


def test_a_home_with_no_register_on_it_is_empty() -> None:
    assert _facts("租的楼，查了户籍，那房没户")["rent.register_empty"] == _one("yes")


def test_no_paper_at_all_is_neither_filed_nor_certified() -> None:
    facts = _facts("房子租的整套，手续一样没办", LIAOCHENG)
    assert facts["rent.filing"] == facts["rent.no_home_proof"] == _one("no")


def test_a_unit_issues_its_own_certificates() -> None:
    assert _facts("单位自管的房，单位发的租赁证", LIAOCHENG)["public.certificate"] == _one("other")


def test_who_lives_elsewhere_alone_dwells_there() -> None:
    facts = _facts("我妈在吉林自己住，想把户口挂我聊城房子上", LIAOCHENG)
    assert facts["housing.place"] == Places(frozenset({"吉林省"}))
    assert facts["kin.housing"] == _one("owned")


def test_the_asker_alone_here_is_who_has_the_home() -> None:
    facts = _facts("我姑父一直在商丘，这边就我一个人住，城里有房。姑父想把户口迁我这儿，他没在临淄住过")
    assert facts["housing.kind"] == _one("none")
    assert facts["kin.housing"] == _one("owned")
