"""The real packs and the vocabulary as loaded."""

from __future__ import annotations

import shutil
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot import paths
from bot.policy.load import Packs, load_packs, load_vocabulary
from bot.policy.model import In, MonthsUntil, Outside, Within, atoms
from bot.policy.problem import PackError

ROUTES = {
    "liaocheng-2020-7": ["二(一)-住所", "二(一)-就业", "二(一)-随迁", "二(一)1", "二(一)2", "二(一)3", "二(二)-录聘用",
                         "二(二)-营业证照", "二(三)", "三(三)"],
    "linzi-2022": ["二(一)-总则", "二(一)1-产权", "二(一)1-租房", "二(一)2", "二(一)3", "二(一)4", "二(二)", "三(一)-回原籍",
                   "三(一)-三投靠", "三(二)-选派", "三(二)-入乡返乡"],
}
ARTICLES = {
    "liaocheng-2020-7": "一(一) 一(二) 一(三) 二(一) 二(一)1 二(一)2 二(一)3 二(二) 二(三) 三(一) 三(二) 三(三) 四(一)"
                        " 四(二) 五(一) 五(二) 五(三) 五(四) 五(五) 五(六) 五(七) 六(一) 六(二) 六(三) 附则",
    "linzi-2022": "一(一) 一(二) 一(二)1 一(二)2 一(二)3 一(三) 二(一) 二(一)1 二(一)2 二(一)3 二(一)4 二(二) 三(一) 三(二) 四(一)"
                  " 四(二) 五 六 六(一) 六(二) 七(一) 七(二)",
}


def test_each_jurisdiction_has_its_pack(packs: Packs) -> None:
    assert {place: pack.id for place, pack in packs.by_jurisdiction.items()} == {"liaocheng": "liaocheng-2020-7", "linzi": "linzi-2022"}
    assert [pack.id for pack in packs] == list(packs.by_id) == sorted(packs.by_id)


@pytest.mark.parametrize("pack_id", ROUTES)
def test_the_public_route_ids_and_article_paths_are_there(packs: Packs, pack_id: str) -> None:
    pack = packs.by_id[pack_id]
    assert [route.id for route in pack.routes] == ROUTES[pack_id]
    assert set(ARTICLES[pack_id].split()) <= {article.path for article in pack.articles}


def test_every_ambiguity_is_a_note(packs: Packs) -> None:
    assert list(packs.by_id["liaocheng-2020-7"].notes) == [f"N-L{n:02}" for n in range(1, 21)]
    assert list(packs.by_id["linzi-2022"].notes) == [f"N-Z{n:02}" for n in range(1, 17)]


def test_an_article_with_items_has_only_its_own_text(packs: Packs) -> None:
    article = packs.by_id["linzi-2022"].article("二(一)")
    assert article.text.startswith("（一）实行经常居住地登记户口制度。")
    assert article.text.rstrip().endswith("（责任单位：临淄公安分局、区人社局）")
    assert "全面放开居住落户" not in article.text
    assert len(article.spans) == 2


def test_parents_follow_the_numbering(packs: Packs) -> None:
    parent = {article.path: article.parent for article in packs.by_id["linzi-2022"].articles}
    assert (parent["二(一)2"], parent["二(一)"], parent["二"], parent["题头"]) == ("二(一)", "二", None, None)


def test_the_heading_that_lost_its_number_is_marked(packs: Packs) -> None:
    marked = [(pack.id, a.path) for pack in packs for a in pack.articles if a.number_missing]
    assert marked == [("linzi-2022", "六")]


def test_conditions_are_typed_and_inherit_the_article_of_their_route(packs: Packs) -> None:
    pack = packs.by_id["liaocheng-2020-7"]
    handover = next(a for a in atoms(pack.route("二(一)1").when) if a.fact == "presale.handover")
    assert (handover.test, handover.reading_b, handover.article) == (MonthsUntil(0, 6), MonthsUntil(None, 6), "二(一)1")
    first = next(atoms(pack.route("二(一)1").when))
    assert (first.test, first.article) == (Within(frozenset({"山东省/聊城市"})), "二(一)")
    outside = next(a for a in atoms(pack.route("二(一)2").when) if a.note == "N-L07")
    assert isinstance(outside.test, Outside)
    assert isinstance(outside.reading_b, Outside)
    assert outside.reading_b.places - outside.test.places == {"山东省/聊城市/茌平区"}
    assert any(a.test == In(frozenset()) for a in atoms(pack.route("二(一)-就业").when))


def test_yes_and_no_are_values_not_booleans(packs: Packs) -> None:
    spec = packs.vocabulary.facts["rent.register_empty"]
    assert dict(spec.labels) == {"yes": "没有别人的户口", "no": "有别人的户口"}
    assert all(list(f.labels) == ["yes", "no"] for f in packs.vocabulary.facts.values() if f.type == "boolean")
    cases = {case.id: case for case in packs.by_id["linzi-2022"].cases}
    assert cases["booklet-alone"].facts["collective.family"] == "no"


def test_cases_keep_the_form_of_the_api(packs: Packs) -> None:
    cases = {case.id: case for case in packs.by_id["liaocheng-2020-7"].cases}
    assert cases["handover-late"].facts["presale.handover"] == {"min": "2027-05-01", "max": "2027-05-31"}
    assert cases["handover-soon"].facts["presale.handover"] == "2026-06-15"
    assert all(len(pack.cases) >= 12 for pack in packs)


def test_options_of_a_place_may_cut_places_out(packs: Packs) -> None:
    options = dict(packs.by_id["liaocheng-2020-7"].questions["hukou.place"])
    assert options["聊城以外"] == ("", "!山东省/聊城市")


def test_packs_cannot_be_changed(packs: Packs) -> None:
    pack = packs.by_id["linzi-2022"]
    with pytest.raises(FrozenInstanceError):
        pack.source = ""    # type: ignore[misc]
    with pytest.raises(TypeError):
        pack.notes["N-Z99"] = pack.notes["N-Z01"]    # type: ignore[index]


def test_topics_may_be_missing_while_they_are_written(tmp_path: Path) -> None:
    shutil.copytree(paths.POLICIES, tmp_path / "policies")
    for file in (tmp_path / "policies").glob("*/topics.yml"):
        file.unlink()
    assert all(not pack.topics for pack in load_packs(tmp_path / "policies"))


def test_two_packs_of_one_place_are_refused(tmp_path: Path) -> None:
    for folder in ("linzi-2022", "linzi-2023"):
        shutil.copytree(paths.POLICIES / "linzi-2022", tmp_path / folder)
    changed = tmp_path / "linzi-2023" / "pack.yml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("id: linzi-2022", "id: linzi-2023"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_packs(tmp_path)
    assert [p.code for p in caught.value.problems] == ["duplicate-id"]


def test_no_pack_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no pack"):
        load_packs(tmp_path)


@pytest.mark.parametrize(("file", "find", "put", "code"), [
    ("facts.yml", "name: hukou.place,", "name: hukou.place, colour: red,", "unknown-key"),
    ("facts.yml", "name: intent.work, type: boolean, about: self", "name: intent.work, type: boolean, about: nobody", "unknown-value"),
    ("facts.yml", "presumed: [town]", "presumed: [moon]", "unknown-value"),
    ("facts.yml", 'taken: "房子在{value}"', 'taken: "房子在城里"', "unknown-value"),
    ("facts.yml", "owned: [apartment, inherited,", "owned: [castle, inherited,", "unknown-value"),
    ("facts.yml", "then: {business.license: [none]}", "then: {business.permit: [none]}", "unknown-fact"),
    ("facts.yml", "minor: {marital: [unmarried]", "minor: {marital: [engaged]", "unknown-value"),
    ("facts.yml", "name: intent.work, type: boolean, about: self, answered_by: resident, burden: 1",
     "name: intent.work, type: boolean, about: self, answered_by: resident, burden: 9", "unknown-value"),
    ("topics.yml", "  fee: 费用", "  fee: 费用\n  fee: 收费", "duplicate-key"),
    ("topics.yml", "  fee: 费用", "  fee: 费用\n  rent_settle: 租房", "duplicate-id"),
    ("matters.yml", "tax: 个税、税务", "tax: [个税]", "wrong-type"),
    ("supposed.yml", "housing.kind:", "housing.colour:", "unknown-fact"),
    ("supposed.yml", "  apartment: [buy_house]", "  castle: [buy_house]", "unknown-value"),
    ("supposed.yml", "  presale: [presale]", "  presale: [off_plan]", "unknown-topic"),
])
def test_a_broken_vocabulary_is_refused_with_its_line(tmp_path: Path, file: str, find: str, put: str, code: str) -> None:
    shutil.copytree(paths.VOCABULARY, tmp_path / "vocabulary")
    broken = tmp_path / "vocabulary" / file
    text = broken.read_text(encoding="utf-8")
    assert text.count(find) == 1
    broken.write_text(text.replace(find, put), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_vocabulary(tmp_path / "vocabulary")
    assert {(p.file, p.code) for p in caught.value.problems} == {(f"vocabulary/{file}", code)}
    assert all(p.line > 0 for p in caught.value.problems)
