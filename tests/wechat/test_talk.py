"""What a person sees and does in a conversation: numbered choices, long answers, the link to the article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.wechat.text import MOST
from bot.channels.wechat.wording import load_wording
from tests.wechat.serving import SAFE, said, serving

WORDING = load_wording()
CITATION = {"policy": "liaocheng-2020-7", "article": "二(一)2", "quote": "租住成套商品住房"}
LINE = "依据：聊政发〔2020〕7号 二(一)2“租住成套商品住房申请登记落户的,凭以下申请材料落户”"


@pytest.mark.parametrize("typed", ["2", "②", "第二个", "2.", "选2", "淄博市临淄区"])
async def test_a_choice_is_shown_numbered_and_can_be_tapped_or_typed(typed: str) -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("您想落户到哪里？", "clarify", ("聊城市", "淄博市临淄区"))]
        assert await running.wechat.say("问") == (
            "您想落户到哪里？\n\n点一下，或者回复数字：\n"
            '<a href="weixin://bizmsgmenu?msgmenucontent=聊城市&msgmenuid=1">1. 聊城市</a>\n'
            '<a href="weixin://bizmsgmenu?msgmenucontent=淄博市临淄区&msgmenuid=2">2. 淄博市临淄区</a>'
        )
        assert await running.wechat.say(typed) == "听到：淄博市临淄区"


async def test_numbers_stand_for_the_last_choices_only() -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("哪个？", "ask", ("甲", "乙"))]
        await running.wechat.say("问")
        assert await running.wechat.say("3") == "听到：3", "no third choice: the bot reads it"
        assert await running.wechat.say("1") == "听到：1", "the choices are gone with the next answer"


async def test_a_picture_or_the_privacy_notice_in_between_leaves_the_choices() -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("哪个？", "ask", ("甲", "乙"))]
        await running.wechat.say("问")
        await running.wechat.send(running.wechat.fields(MsgType="image", MediaId="m"))
        await running.wechat.say("隐私说明")
        assert await running.wechat.say("1") == "听到：甲"


async def test_several_replies_come_as_one_and_only_the_last_question_has_numbers() -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("答案。", "answer", ("旧",)), said("接着刚才的：哪个？", "ask", ("甲", "乙"))]
        text = str(await running.wechat.say("问"))
        assert text.startswith("答案。\n\n接着刚才的：哪个？\n\n点一下")
        assert text.count("bizmsgmenu") == 2
        assert await running.wechat.say("1") == "听到：甲"


async def test_a_long_answer_is_offered_in_parts_and_nothing_of_it_is_lost() -> None:
    body = "".join(f"第{n}条写明了落户要带的材料。" for n in range(150))
    async with serving() as running:
        running.bot.replies["问"] = [said(f"{body}\n{LINE}\n{LINE}", "answer", ("甲", "乙"))]
        parts = [str(await running.wechat.say("问"))]
        while "回复“更多”" in parts[-1]:
            assert "msgmenucontent=更多&" in parts[-1]
            parts.append(str(await running.wechat.say("更多")))
        assert len(parts) > 2
        assert all(len(p.encode()) <= MOST for p in parts)
        assert all(p.split("\n后面还有")[0].endswith(("。", "”", "</a>")) for p in parts)
        whole = "".join(p.split("\n后面还有")[0] for p in parts)
        assert whole.replace("\n", "").startswith(body + LINE + LINE)
        assert sum(p.count(LINE) for p in parts) == 2, "no citation is cut"
        assert running.bot.texts == ["问"]
        assert await running.wechat.say("1") == "听到：甲"


async def test_more_goes_to_the_bot_when_nothing_is_left() -> None:
    async with serving() as running:
        assert await running.wechat.say("更多") == "听到：更多"
        running.bot.replies["问"] = [said("落户。" * 400)]
        await running.wechat.say("问")
        await running.wechat.say("别的")
        assert await running.wechat.say("更多") == "听到：更多", "a new answer takes the place of the old rest"


async def test_the_verdict_carries_one_link_to_its_article() -> None:
    async with serving(replace(SAFE, public_url="https://luohu.example.gov.cn")) as running:
        running.bot.replies["问"] = [said("可以申请。\n" + LINE, "screening", (), (CITATION, CITATION))]
        text = str(await running.wechat.say("问"))
        assert text == (
            f"可以申请。\n{LINE}\n"
            '<a href="https://luohu.example.gov.cn/chat/policies/liaocheng-2020-7#%E4%BA%8C(%E4%B8%80)2">看条款原文</a>'
        )
        running.bot.replies["别的"] = [said("这个我答不了。", "out_of_scope", (), (CITATION,))]
        assert "http" not in str(await running.wechat.say("别的"))


async def test_without_a_public_address_there_is_no_link() -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("可以申请。", "screening", (), (CITATION,))]
        assert await running.wechat.say("问") == "可以申请。"


async def test_the_menu_shows_the_privacy_notice_and_deletes_the_record() -> None:
    async with serving() as running:
        assert "编号" in str(await running.wechat.event("CLICK", EventKey="privacy"))
        await running.wechat.event("CLICK", EventKey="erase")
        assert running.bot.erased == [running.wechat.sender]
