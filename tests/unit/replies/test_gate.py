"""The citation gate: what it must hold back, and what it must let through."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from generated import screening_replies, topic_replies, world

from bot.policy.model import Pack
from bot.replies import gate
from bot.replies.answers import citation
from bot.replies.gate import GateError, check, faults
from bot.replies.model import Citation, Reply, Said

LIAOCHENG, LINZI = world().packs.by_id["liaocheng-2020-7"], world().packs.by_id["linzi-2022"]
RENT = citation(LIAOCHENG, "二(一)2", "租住成套商品住房申请登记落户的,凭以下申请材料落户")
PAPERS = citation(LIAOCHENG, "二(一)2", "房产部门出具的房屋租赁登记备案证明、无房证明")
PUBLIC = citation(LIAOCHENG, "二(一)3", "房管部门颁发的《公房租赁证》、《公共租赁住房租赁证》与《廉租住房租赁证》")
LICENCE = citation(LIAOCHENG, "二(二)", "办理营业证照一年、有固定独立成套的经营场所")
CONSENT = citation(LINZI, "二(一)1", "经房屋产权人同意且该房屋无户口登记的")


def found(*said: Said, pack: Pack = LIAOCHENG, **parts: object) -> tuple[str, ...]:
    reply = Reply("answer", said, pack.identity.jurisdiction.id, **parts)  # type: ignore[arg-type]
    return faults(reply, world().packs.by_id, world().wording, world().vocabulary)


def states(text: str, *cites: Citation) -> Said:
    return Said(text, "states", cites)


GOOD = {
    "a sentence with its quote": states("租成套商品住房，凭文件列的材料申请。", RENT),
    "a paper of the quote": states("要无房证明。", PAPERS),
    "a paper of the article": states("要租赁合同。", RENT),
    "another name of the paper": states("要租房合同和房产证。", RENT),
    "a titled paper of the quote": states("公房要《公房租赁证》。", PUBLIC),
    "a number of the quote": states("营业执照要满一年。", LICENCE),
    "the number of the document": states("聊政发〔2020〕7号，2020年4月30日。", RENT),
    "an office of the article": states("由房产部门出具。", PAPERS),
    "what it leaves out, in passing": states("要无房证明，文件没有写要公证书。", PAPERS),
    "what it leaves out, in the words of a pack": Said("文件没有写面积要求，也没有写要住满多久。", "absent"),
    "what it leaves out, in fixed wording": world().wording.say("aspect_fee").__class__(world().wording["aspect_fee"], "absent"),
    "no papers listed": Said(world().wording["materials_none"], "absent"),
    "the caution": world().wording.say("caution"),
    "a greeting": world().wording.say("greet", places="聊城市、淄博市临淄区"),
    "a name": world().wording.say("other_person", who="我媳妇"),
    "a name with an age": world().wording.say("other_person", who="6岁的儿子和我妈"),
    "a presumption": world().wording.say("presumed", facts="落集体户也行、没有营业执照"),
    "another matter": world().wording.say("out_of_scope", matter=next(iter(world().vocabulary.matters.values()))),
}


@pytest.mark.parametrize("said", GOOD.values(), ids=list(GOOD))
def test_an_honest_sentence_passes(said: Said) -> None:
    assert found(said) == ()


BAD = {
    "a quote that is not in the article": (states("可以。", replace(RENT, quote="凭身份证落户")), "does not say"),
    "a quote of another article": (states("可以。", replace(PUBLIC, article="二(一)2")), "does not say"),
    "a quote with one character changed": (states("可以。", replace(RENT, quote=RENT.quote.replace("成套", "整套"))), "does not say"),
    "an empty quote": (states("可以。", replace(RENT, quote=" ")), "does not say"),
    "an unknown article": (states("可以。", replace(RENT, article="二(一)9")), "no article"),
    "an unknown document": (states("可以。", replace(RENT, policy="heze-2021")), "unknown policy"),
    "a wrong number of the document": (states("可以。", replace(RENT, doc_no="聊政发〔2021〕7号")), "is not"),
    "a wrong title": (states("可以。", replace(RENT, title="某市落户办法")), "is not"),
    "a statement without a citation": (states("可以申请。"), "no citation"),
    "a report without a citation": (Said("您可以申请。", "reports"), "no citation"),
    "a titled paper that no text holds": (states("要《租房证》。", PUBLIC), "《租房证》"),
    "a titled paper of another article": (states("要《公房租赁证》。", RENT), "《公房租赁证》"),
    "a paper that no text holds": (states("要带结婚证。", PAPERS), "结婚证"),
    "a paper in a report": (Said("您符合，带上户口本。", "reports", (PAPERS,)), "户口本"),
    "an office that no text holds": (states("到派出所交。", RENT), "派出所"),
    "a number of months": (states("要租三个月。", RENT), "三个月"),
    "a number of years": (states("营业执照要满两年。", LICENCE), "两年"),
    "a number of times": (states("只能办3次。", RENT), "3次"),
    "an age": (states("不超过45周岁。", RENT), "45周岁"),
    "square metres": (states("房子要60平方米。", RENT), "60平方米"),
    "days": (states("10个工作日办完。", RENT), "工作日"),
    "days in Chinese numbers": (states("二十个工作日办完。", RENT), "工作日"),
    "yuan": (states("收20元。", RENT), "20元"),
    "yuan in Chinese numbers": (states("收二十元。", RENT), "二十元"),
    "a telephone": (states("打8210000问。", RENT), "8210000"),
    "a mobile": (states("打13800001111问。", RENT), "13800001111"),
    "another hotline": (states("打12333问。", RENT), "12333"),
    "an address": (states("到东昌西路12号办。", RENT), "没有写地址"),
    "an exclamation mark": (states("可以申请！", RENT), "感叹号"),
    "in force": (states("该文件现行有效。", RENT), "现行有效"),
    "months of insurance": (states("社保要交满六个月。", RENT), "社保"),
    "a period of residence": (states("要住满半年。", RENT), "住满"),
    "floor area": (states("面积不低于标准。", RENT), "面积"),
    "a residence permit to bring": (states("带上居住证。", RENT), "居住证"),
    "a promise": (states("一定能办。", RENT), "承诺"),
    "siblings in Liaocheng": (states("聊城可以投靠兄弟姐妹。", RENT), "投靠"),
    "Liaocheng's papers in Linzi": (states("临淄租房也要无房证明。", CONSENT), "无房证明"),
    "the document of another place": (states("要产权人同意。", CONSENT), "cites the document of linzi"),
    "a claim as a phrase": (Said("租房要带无房证明。", "phrase"), "no phrase"),
    "a claim in a frame": (Said(world().wording["materials"].format(items="身份证"), "phrase"), "no phrase"),
    "a claim as a name": (Said("好，再来看您要先交满社保。的情况。", "phrase"), "no phrase"),
    "a paper as a name": (Said("好，再来看孩子要带结婚证的情况。", "phrase"), "结婚证"),
    "a claim as a place": (Said(world().wording["other_place"].format(places="聊城市、要无房证明"), "phrase"), "no phrase"),
    "a claim as a matter": (Said(world().wording["out_of_scope"].format(matter="要带结婚证"), "phrase"), "no phrase"),
    "a claim as a presumption": (Said(world().wording["presumed"].format(facts="要带结婚证"), "phrase"), "no phrase"),
    "a phrase with more behind it": (Said(world().wording["caution"] + "要带结婚证。", "phrase"), "no phrase"),
    "a claim as a gap": (Said("文件没有写期限，当天能办。", "absent"), "leaves out"),
    "a gap of another document": (Said("方案没有写要带什么。", "absent"), "leaves out"),
    "fixed wording of gaps as a phrase": (Said(world().wording["aspect_fee"], "phrase"), "no phrase"),
    "an unknown sort": (Said("可以。", "claims"), "no sort"),
}


@pytest.mark.parametrize(("said", "why"), BAD.values(), ids=list(BAD))
def test_a_fault_is_caught(said: Said, why: str) -> None:
    problems = found(said)
    assert any(why in problem for problem in problems), problems


def test_a_gap_of_one_pack_may_not_be_said_of_the_other() -> None:
    for pack, other in ((LIAOCHENG, LINZI), (LINZI, LIAOCHENG)):
        own = {text for t in pack.topics.values() for text in t.leaves_out}
        own -= {text for t in other.topics.values() for text in t.leaves_out}
        own -= {s.say for t in other.topics.values() for s in (*t.sentences, *(s for side in t.aspects.values() for s in side))}
        text = sorted(own)[0]
        assert found(Said(text, "absent"), pack=pack) == ()
        assert found(Said(text, "absent"), pack=other)


def test_a_fault_beside_the_sentences_is_caught() -> None:
    assert found(GOOD["the caution"], first=(replace(RENT, quote="没有这句话"),))
    assert found(GOOD["the caution"], question="是不是要住满半年？")
    assert found(GOOD["the caution"], question="打13800001111问了吗？")


def test_what_the_resident_said_may_be_repeated_to_them() -> None:
    assert found(GOOD["the caution"], question="您说了“住满半年了”，也说了“没有住”，以哪个为准？") == ()


def screening(**parts: object) -> dict[str, object]:
    return {"facts": [{"fact": "license.issued", "words": "办了三个月"}], "routes": [{"changes": []}], **parts}


def test_a_number_of_the_residents_own_words_may_be_reported() -> None:
    report = Said("执照办了三个月，还不满一年。", "reports", (LICENCE,))
    assert found(report)
    assert found(report, screening=screening()) == ()


def test_a_day_that_was_counted_may_be_said_and_no_other() -> None:
    changes = [{"changes": [{"kind": "wait", "text": "…", "from": "2027-03-20"}]}]
    for day, fine in (("2027年3月20日", True), ("2027年4月20日", False)):
        report = Said(f"等到{day}再申请。", "reports", (LICENCE,))
        assert (found(report, screening=screening(routes=changes)) == ()) is fine


def test_an_answer_of_the_vocabulary_may_stand_in_brackets_and_nothing_else() -> None:
    home = citation(LIAOCHENG, "二(一)", "有合法稳定住所(含租赁)或合法稳定就业的人员")
    assert found(Said("有合法稳定住所（自己名下有房产证的住房，或租的房）。", "reports", (home,))) == ()
    assert found(Said("有合法稳定住所（要带房产证）。", "reports", (home,)))


def test_the_title_of_a_route_may_be_named_and_no_other_title() -> None:
    home = citation(LIAOCHENG, "二(一)", "县政府驻地和其他建制镇范围内")
    assert found(Said("走“买了期房，凭购房合同预先落户”，房子要在镇上。", "reports", (home,))) == ()
    assert found(Said("走“买了期房，凭结婚证预先落户”，房子要在镇上。", "reports", (home,)))


def test_a_comparison_names_the_place_whose_document_it_cites() -> None:
    assert found(Said("淄博市临淄区：初步看可以申请。", "reports", (CONSENT,))) == ()


def test_check_gives_the_reply_back_or_names_the_first_faults() -> None:
    good = Reply("answer", (GOOD["a sentence with its quote"],), "liaocheng")
    assert check(good, world().packs.by_id, world().wording, world().vocabulary) is good
    bad = replace(good, said=tuple(s for s, _ in BAD.values()))
    with pytest.raises(GateError, match="does not say") as caught:
        check(bad, world().packs.by_id, world().wording, world().vocabulary)
    assert str(caught.value).count("; ") == 2


MUTATIONS = (
    lambda s: replace(s, cites=()),
    lambda s: replace(s, text=s.text.rstrip("。") + "，要带结婚证。"),
    lambda s: replace(s, text=s.text.rstrip("。") + "，要等九个月。"),
    lambda s: replace(s, text=s.text.rstrip("。") + "，要交30元。"),
    lambda s: replace(s, text=s.text.rstrip("。") + "，到税务局盖章。"),
    lambda s: replace(s, cites=(replace(s.cites[0], quote=s.cites[0].quote[::-1]), *s.cites[1:])),
    lambda s: replace(s, cites=(replace(s.cites[0], article="一" if s.cites[0].article != "一" else "六"), *s.cites[1:])),
    lambda s: replace(s, sort="phrase"),
    lambda s: replace(s, sort="absent"),
)


@pytest.mark.parametrize("mutate", MUTATIONS)
@pytest.mark.parametrize("pack", [LIAOCHENG, LINZI], ids=lambda p: p.id)
def test_every_real_reply_with_one_thing_made_wrong_is_held_back(pack: Pack, mutate) -> None:  # type: ignore[no-untyped-def]
    made = [m.reply for m in (*topic_replies(pack), *screening_replies(pack, range(3000, 3010)))]
    tried = 0
    for reply in made:
        for i, said in enumerate(reply.said):
            if said.sort in ("states", "reports") and said.cites[0].quote[::-1] != said.cites[0].quote:
                tried += 1
                spoiled = replace(reply, said=(*reply.said[:i], mutate(said), *reply.said[i + 1 :]))
                assert faults(spoiled, world().packs.by_id, world().wording, world().vocabulary), mutate(said)
    assert tried > 100


def test_the_gate_costs_less_than_half_a_millisecond_a_reply() -> None:
    replies = [m.reply for p in world().packs for m in (*topic_replies(p), *screening_replies(p, range(5000, 5040)))]
    random.Random(1).shuffle(replies)
    best = []
    for _ in range(3):
        for remembered in (gate._never, gate._invented, gate._folded):
            remembered.cache_clear()
        first = time.process_time()
        for reply in replies:
            faults(reply, world().packs.by_id, world().wording, world().vocabulary)
        best.append((time.process_time() - first) / len(replies))
    assert min(best) < 0.0005, best
