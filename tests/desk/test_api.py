"""What the desk's API says: hits and scripts, screening, packet, documents, gaps, marks, verification, audit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.channels import api
from bot.channels.loaded import today, world
from bot.policy.tree import find_quote, fold
from bot.replies.answers import topic_reply
from bot.search.entries import Entry
from bot.store import audit, gaps
from bot.store.gaps import Gap
from tests.desk.serving import Client

PHONE, ID = "13812345678", "370502199001011237"


def first(seat: Client, query: str, place: str | None = None) -> dict[str, Any]:
    hits = seat.post("/api/find", {"query": query, "place": place})["hits"]
    assert hits, query
    return hits[0]


# -- find and say ---------------------------------------------------------------------------------------------------------


def test_a_hit_shows_clause_mark_place_number_badge_and_script(seat: Client) -> None:
    hit = first(seat, "租房落户", "liaocheng")
    assert hit["place"] == {"id": "liaocheng", "name": "聊城市"}
    assert (hit["article"], hit["document"]["doc_no"]) == ("二(一)2", "聊政发〔2020〕7号")
    assert any(p["marked"] for p in hit["clause"])
    text = "".join(p["text"] for p in hit["clause"]).strip("…")
    assert text in fold(world().packs.by_id["liaocheng-2020-7"].article("二(一)2").text)
    assert hit["badge"]["text"] == "效力未核实"
    assert "现行有效" not in repr(hit)
    assert hit["script"]["text"].startswith("符合条件就可以申请。租的是成套商品住房")
    assert hit["script"]["absent"]
    assert "聊政发〔2020〕7号" in hit["script"]["citation"]


def test_the_script_is_what_the_residents_bot_says_on_every_topic(seat: Client) -> None:
    for pack in world().packs:
        for topic in pack.topics.values():
            hit = seat.post("/api/entry", {"id": f"{pack.id}/topic/{topic.id}"})
            said = "".join(s.text for s in topic_reply(pack, topic, world().wording).said)
            assert hit["script"]["text"] == said


def test_every_citation_of_every_entry_is_verbatim(seat: Client) -> None:
    from bot.desk.lookup import desk_of
    from bot.desk.script import script

    desk = desk_of(world())
    found: list[Entry] = [desk.index.entry(f"{p.id}/{kind}/{name}") for p in world().packs for kind, names in (
        ("article", [a.path for a in p.articles]), ("topic", p.topics), ("route", [r.id for r in p.routes]), ("note", p.notes),
    ) for name in names]  # fmt: skip
    assert len(found) == len(desk.index)
    for entry in found:
        said = script(world(), entry)
        assert said.text or said.kind == "none"
        for cite in said.citations:
            assert find_quote(world().packs.by_id[cite.policy].article(cite.article).text, cite.quote), entry.id


def test_a_side_that_is_asked_for_is_answered_and_one_the_text_leaves_out_is_said_to_be_left_out(seat: Client) -> None:
    hits = seat.post("/api/find", {"query": "租房落户要多少钱", "place": "linzi"})["hits"]
    rent = next(h for h in hits if h["script"]["topic"] == "rent_settle")
    assert "文件没有写收不收费、收多少。" in rent["script"]["text"]


def test_a_clause_without_words_is_read_out(seat: Client) -> None:
    hit = first(seat, "四(一)", "liaocheng")
    assert hit["script"]["kind"] in ("none", "answer", "not_stated")
    assert seat.post("/api/entry", {"id": "liaocheng-2020-7/article/落款"})["script"]["text"] == "这一条没有现成的口径，可以照原文读。"


def test_initials_and_whole_words_find_the_same(seat: Client) -> None:
    assert first(seat, "fqtk", "linzi")["id"] == first(seat, "夫妻投靠", "linzi")["id"]


def test_the_place_named_in_the_words_is_reported(seat: Client) -> None:
    found = seat.post("/api/find", {"query": "临淄租房", "place": "liaocheng"})
    assert (found["place"], found["named"]) == ("liaocheng", ["linzi"])


@pytest.mark.parametrize("body, code", [
    ({"query": 1}, "bad_query"), ({"query": "租" * 201}, "bad_query"), ({"query": "租", "place": "mars"}, "unknown_place"),
    ({"query": "租", "limit": 0}, "bad_limit"), ({"query": "租", "limit": True}, "bad_limit"),
    ({"query": "租", "as_of": "昨天"}, "bad_date"),
])  # fmt: skip
def test_a_wrong_search_says_what_is_wrong(seat: Client, body: dict[str, Any], code: str) -> None:
    answer = seat.ask("POST", "/api/find", body)
    assert (answer.status, answer.code) == (400, code)


@pytest.mark.parametrize("path", ["/api/entry", "/api/used", "/api/favourite"])
def test_an_unknown_entry_is_not_found(seat: Client, path: str) -> None:
    answer = seat.ask("POST", path, {"id": "nowhere/topic/none"})
    assert (answer.status, answer.code) == (404, "unknown_entry")


# -- screen ---------------------------------------------------------------------------------------------------------------


def place_of(found: dict[str, Any], place: str) -> dict[str, Any]:
    return next(p for p in found["places"] if p["place"]["id"] == place)


def test_one_line_gives_verdicts_reasons_and_the_next_question_in_both_places(seat: Client) -> None:
    found = seat.post("/api/screen", {"story": "我是河南的，硕士毕业，在聊城高新区上班交着社保，租房住", "as_of": "2026-11-22"})
    here, there = place_of(found, "liaocheng"), place_of(found, "linzi")
    assert here["verdict"] == "eligible"
    assert here["says"].startswith("初步看，您可以申请。")
    assert here["question"] is None
    assert there["verdict"] == "need_more_info"
    assert there["question"]["options"]
    assert {"全市各县（市、区）人才市场集体户"} <= {r["registers_at"] for r in here["routes"]}
    assert all(r["trace"]["value"] in (True, False, None) for r in here["routes"])
    assert any(f["words"] == "租房住" or "租房" in f["words"] for f in here["facts"])


def test_the_screening_says_what_the_residents_bot_says(seat: Client) -> None:
    from bot.conversation.listening import listen
    from bot.conversation.screening import speak
    from bot.conversation.state import Conversation
    from bot.conversation.world import Heard

    story = "老婆户口在临淄城区，她有房，我想迁过去"
    pack = world().packs.by_jurisdiction["linzi"]
    heard = Heard(story, "tell", today())
    state, _ = listen(world(), Conversation(place="linzi"), heard, pack)
    bot = speak(world(), state, heard, pack).replies[0]
    desk = place_of(seat.post("/api/screen", {"story": story, "place": "linzi"}), "linzi")
    assert desk["says"] == "".join(s.text for s in bot.said)
    assert desk["verdict"] == (bot.screening or {})["verdict"]


def test_a_click_wins_over_the_story_and_unsure_is_not_asked_again(seat: Client) -> None:
    asked = place_of(seat.post("/api/screen", {"story": "租房住", "place": "liaocheng"}), "liaocheng")["question"]["fact"]
    again = place_of(seat.post("/api/screen", {"story": "租房住", "place": "liaocheng", "unsure": [asked]}), "liaocheng")
    assert again["question"]["fact"] != asked
    clicked = place_of(seat.post("/api/screen", {"story": "租房住", "place": "liaocheng", "facts": {"housing.kind": "owned"}}), "liaocheng")
    assert next(f["value"] for f in clicked["facts"] if f["fact"] == "housing.kind") == "owned"


def test_a_typed_answer_is_read_as_the_bot_reads_it(seat: Client) -> None:
    found = place_of(seat.post("/api/screen", {"answers": {"hukou.place": "河南的"}, "place": "liaocheng"}), "liaocheng")
    assert next(f["value"] for f in found["facts"] if f["fact"] == "hukou.place") == "河南省"


def test_the_day_asked_about_decides(seat: Client) -> None:
    body = {"story": "在聊城市区买的期房，2027年5月1日交房", "place": "liaocheng"}
    verdicts = {day: {r["id"]: r["verdict"] for r in place_of(seat.post("/api/screen", {**body, "as_of": day}), "liaocheng")["routes"]}
                for day in ("2026-08-01", "2027-02-01")}  # fmt: skip
    assert verdicts["2026-08-01"]["二(一)1"] == "not_eligible"
    assert verdicts["2027-02-01"]["二(一)1"] == "eligible"


def test_what_would_have_to_change_is_shown_with_its_day(seat: Client) -> None:
    found = seat.post("/api/screen", {"story": "在聊城市区买的期房，2027年5月1日交房", "place": "liaocheng", "as_of": "2026-08-01"})
    route = next(r for r in place_of(found, "liaocheng")["routes"] if r["id"] == "二(一)1")
    assert [s["kind"] for s in route["changes"][0]["steps"]] == ["wait"]
    assert route["changes"][0]["steps"][0]["from"].startswith("2026-1")


def test_a_contradiction_is_asked_about_and_settled_by_a_click(seat: Client) -> None:
    body = {"story": "我社保交着，我没交社保", "place": "liaocheng"}
    found = place_of(seat.post("/api/screen", body), "liaocheng")
    question = found["question"]
    assert found["verdict"] == "need_more_info"
    assert question["text"] == "您说了“社保交着”，也说了“没交社保”，以哪个为准？"
    assert [o["value"] for o in question["options"]] == [True, False]
    clicked = {**body, "facts": {question["fact"]: False}}
    assert place_of(seat.post("/api/screen", clicked), "liaocheng")["question"]["text"] != question["text"]


@pytest.mark.parametrize("body, status", [
    ({"facts": {"no.such": 1}}, 422), ({"facts": {"housing.kind": "castle"}}, 422), ({"facts": []}, 400), ({"answers": {"a": 1}}, 400),
    ({"unsure": "x"}, 400), ({"story": "租" * 1001}, 400), ({"as_of": "2026-02-30"}, 400), ({"place": "mars"}, 400),
])  # fmt: skip
def test_a_wrong_screening_says_what_is_wrong(seat: Client, body: dict[str, Any], status: int) -> None:
    answer = seat.ask("POST", "/api/screen", body)
    assert answer.status == status
    assert answer.json["error"]["message"]


# -- record ---------------------------------------------------------------------------------------------------------------


def test_the_packet_holds_the_case_and_no_personal_data(seat: Client) -> None:
    story = f"我电话{PHONE}，身份证{ID}，临淄租房住，房东不同意"
    made = seat.post("/api/packet", {"story": story, "place": "linzi", "as_of": "2026-11-22"})
    assert made["schema"] == "luohu.packet/1"
    text = made["text"]
    for part in ("2026-11-22", "淄博市临淄区", "已了解：", "还不清楚：", "初步判断：", "依据：", "以受理机关审核为准", "［已隐去手机号］"):
        assert part in text
    assert PHONE not in repr(made)
    assert ID not in repr(made)
    for cite in made["places"][0]["citations"]:
        assert find_quote(world().packs.by_id[cite["policy"]].article(cite["article"]).text, cite["quote"])


def test_gaps_are_reported_masked_listed_with_the_bots_own_and_worked_through(seat: Client, editor: Client) -> None:
    gaps.record(Gap("sender", "rest", "公积金异地能提吗", "declined", "not_stated", "liaocheng"))
    number = seat.post("/api/gaps", {"kind": "gap", "message": f"宠物落户怎么办 {PHONE}", "place": "linzi"})["id"]
    wrong = seat.post("/api/gaps", {"kind": "error", "message": "口径和原文对不上", "entry": "linzi-2022/topic/fee"})["id"]
    listed = {g["id"]: g for g in seat.get("/api/gaps")["gaps"]}
    assert listed[number]["message"] == "宠物落户怎么办 ［已隐去手机号］"
    assert (listed[number]["from"], listed[number]["reason"], listed[number]["status"]) == ("desk", "gap", "new")
    assert (listed[wrong]["reason"], listed[wrong]["entry"]) == ("error", "linzi-2022/topic/fee")
    assert any(g["from"] == "bot" and g["message"] == "公积金异地能提吗" for g in listed.values())
    assert all("sender" not in g for g in listed.values())
    assert editor.post("/api/gaps/status", {"ids": [number], "status": "in_work"}) == {"changed": 1}
    assert [g["id"] for g in seat.get("/api/gaps?status=in_work")["gaps"]] == [number]
    assert editor.ask("POST", "/api/gaps/status", {"ids": [10**6], "status": "new"}).status == 404
    assert seat.post("/api/find", {"query": "宠物落户"})["gaps"][0]["id"] == number


@pytest.mark.parametrize("body, code", [
    ({"kind": "joke", "message": "x"}, "bad_kind"), ({"kind": "gap", "message": " "}, "bad_message"),
    ({"kind": "gap", "message": "长" * 501}, "bad_message"),
])  # fmt: skip
def test_a_wrong_report_says_what_is_wrong(seat: Client, body: dict[str, Any], code: str) -> None:
    assert seat.ask("POST", "/api/gaps", body).code == code


def test_recent_frequent_and_favourite_entries_are_each_persons_own(seat: Client, editor: Client) -> None:
    rent, spouse = "linzi-2022/topic/rent_settle", "linzi-2022/topic/kin_spouse"
    seat.post("/api/used", {"id": rent})
    seat.post("/api/used", {"id": spouse})
    seat.post("/api/used", {"id": spouse, "what": "script"})
    seat.post("/api/favourite", {"id": rent, "on": True})
    lists = seat.get("/api/mine")
    assert [m["id"] for m in lists["recent"][:2]] == [spouse, rent]
    assert [m["id"] for m in lists["frequent"]] == [spouse]
    assert [(m["id"], m["title"], m["place"]) for m in lists["favourites"]] == [(rent, "租房落户", "淄博市临淄区")]
    assert editor.get("/api/mine")["favourites"] == []
    seat.post("/api/favourite", {"id": rent, "on": False})
    assert seat.get("/api/mine")["favourites"] == []


def test_the_trail_says_who_did_what_without_callers_data(seat: Client, editor: Client) -> None:
    seat.post("/api/used", {"id": "linzi-2022/topic/fee", "query": f"收费 {PHONE}"})
    acts = editor.get("/api/audit")["acts"]
    act = next(a for a in acts if a["subject"].startswith("linzi-2022/topic/fee"))
    assert (act["person"], act["action"]) == ("staff", "open")
    assert "［已隐去手机号］" in act["subject"]
    assert PHONE not in repr(audit.latest(1000))


# -- read -----------------------------------------------------------------------------------------------------------------


def test_a_document_has_its_whole_tree_with_the_other_place_beside_it(seat: Client) -> None:
    body = seat.get("/api/documents/liaocheng-2020-7")
    pack = world().packs.by_id["liaocheng-2020-7"]
    assert [a["path"] for a in body["articles"]] == [a.path for a in pack.articles]
    assert fold("".join(a["text"] for a in body["articles"])) == fold(pack.source)
    rent = next(a for a in body["articles"] if a["path"] == "二(一)2")
    assert {"policy": "linzi-2022", "path": "二(一)1"} in rent["beside"]
    assert rent["depth"] == 2
    assert "二(一)" in [r["path"] for r in rent["related"]]
    assert seat.ask("GET", "/api/documents/nowhere").status == 404


def test_every_clause_set_beside_another_exists(seat: Client) -> None:
    for pack in world().packs:
        for clause in seat.get(f"/api/documents/{pack.id}")["articles"]:
            for other in clause["beside"]:
                assert world().packs.by_id[other["policy"]].article(other["path"])
            for near in clause["related"]:
                assert pack.article(near["path"])


# -- editors --------------------------------------------------------------------------------------------------------------


def test_a_document_is_verified_by_an_editor_and_every_badge_says_so(seat: Client, editor: Client) -> None:
    day = today()
    rows = editor.post("/api/verify", {"policy": "linzi-2022", "day": day.isoformat()})["documents"]
    row = next(r for r in rows if r["policy"] == "linzi-2022")
    assert (row["verified"], row["verified_by"], row["badge"]["state"]) == (day.isoformat(), "editor", "verified")
    assert row["age_months"] >= 46
    assert first(seat, "租房", "linzi")["badge"]["text"] == f"{day}核实过"
    assert first(seat, "租房", "liaocheng")["badge"]["text"] == "效力未核实"
    shown = {p.id: api.identity(p)["verified_on"] for p in world().packs}
    assert shown == {"linzi-2022": day.isoformat(), "liaocheng-2020-7": None}, "residents see it as well"
    assert any(a["action"] == "verify" and a["subject"] == f"linzi-2022 {day}" for a in editor.get("/api/audit")["acts"])


@pytest.mark.parametrize("policy, days, status", [("nowhere", 0, 404), ("linzi-2022", 1, 400), ("linzi-2022", -99999, 400), (None, 0, 404)])
def test_a_wrong_verification_is_refused(editor: Client, policy: str | None, days: int, status: int) -> None:
    day = today() + timedelta(days=days) if days > -9999 else date(2020, 1, 1)
    assert editor.ask("POST", "/api/verify", {"policy": policy, "day": day.isoformat()}).status == status
