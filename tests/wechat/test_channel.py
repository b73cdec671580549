"""The channel over a real port: verification, every mode and form, every kind of message, and what is refused."""

from __future__ import annotations

import json
import logging
from dataclasses import replace

import pytest

from bot.channels.guard import MAX_BODY, Rate
from bot.channels.wechat.channel import WINDOW
from bot.channels.wechat.crypto import Keys, decode_key
from bot.channels.wechat.settings import Settings
from bot.channels.wechat.wording import load_wording
from tests.wechat import vectors
from tests.wechat.counterparts import Wecom
from tests.wechat.serving import (
    ACCOUNT,
    APP_ID,
    COMPATIBLE,
    HOOK,
    KEY,
    OLD_KEY,
    OPENID,
    PLAIN,
    SAFE,
    STRANGE_KEY,
    TOKEN,
    Running,
    said,
    serving,
    sign,
)

WORDING = load_wording()


async def get(running: Running, **query: str) -> tuple[int, str]:
    async with running.wechat.session.get(HOOK, params=query) as answer:
        return answer.status, await answer.text()


# -- verification ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [SAFE, PLAIN, COMPATIBLE], ids=lambda s: s.mode)
async def test_the_address_is_verified_in_every_mode(settings: Settings) -> None:
    async with serving(settings) as running:
        assert await get(running, **running.wechat.signed(), echostr="4375120948345356249") == (200, "4375120948345356249")


async def test_the_documented_verification_is_answered_at_its_time() -> None:
    async with serving(replace(PLAIN, token=vectors.TOKEN)) as running:
        timestamp, nonce, signature = vectors.VERIFY
        running.clock._now = float(timestamp)
        query = {"timestamp": timestamp, "nonce": nonce, "signature": signature, "echostr": "4375120948345356249"}
        assert await get(running, **query) == (200, "4375120948345356249")
        running.clock._now += WINDOW + 1
        assert (await get(running, **query))[0] == 403


async def test_a_verification_that_is_not_wechats_is_refused() -> None:
    async with serving() as running:
        good = {**running.wechat.signed(), "echostr": "<script>1</script>"}
        async with running.wechat.session.get(HOOK, params=good) as answer:
            assert (answer.content_type, answer.headers["X-Content-Type-Options"]) == ("text/plain", "nosniff")
        bad = [
            {**good, "signature": good["signature"][:-1] + "x"},
            {**good, "signature": ""},
            {**good, "signature": "签名"},
            {**good, "nonce": "1"},
            {**good, "timestamp": "x"},
            {**good, "timestamp": str(int(good["timestamp"]) + 1)},
            {k: v for k, v in good.items() if k != "signature"},
            {k: v for k, v in good.items() if k != "timestamp"},
            {},
        ]
        for query in bad:
            status, body = await get(running, **query)
            assert status == 403, query
            assert set(json.loads(body)["error"]) == {"code", "message", "path"}
            assert "script" not in body
        assert (await get(running, **{k: v for k, v in good.items() if k != "echostr"}))[0] == 400


# -- modes and forms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize("settings", [SAFE, PLAIN, COMPATIBLE], ids=lambda s: s.mode)
async def test_a_text_is_answered_in_the_mode_and_form_it_came_in(settings: Settings, form: str) -> None:
    async with serving(settings) as running:
        running.wechat.form = form
        reply = await running.wechat.send(running.wechat.fields(Content="租房能落户吗😀 & <b>"))
        assert reply.text == "听到：租房能落户吗😀 & ＜b＞"
        assert ("Encrypt" in reply.raw) == (settings.mode != "plain")
        (heard,) = running.bot.heard
        assert (heard.text, heard.input_channel) == ("租房能落户吗😀 & <b>", "wechat")


async def test_compatible_mode_takes_plain_messages_too_and_answers_them_plainly() -> None:
    async with serving(COMPATIBLE) as running:
        reply = await running.wechat.send(running.wechat.fields(Content="你好"), encrypted=False)
        assert reply.text == "听到：你好"
        assert "Encrypt" not in reply.raw


async def test_compatible_mode_believes_the_encrypted_part_only() -> None:
    async with serving(COMPATIBLE) as running:
        wechat = running.wechat
        query, sealed = wechat.sealed(wechat.body(wechat.fields(Content="真")))
        forged = sealed.replace("</xml>", "<FromUserName>o_else</FromUserName><Content>假</Content><MsgType>text</MsgType></xml>")
        assert (await wechat.post(query, forged)).text == "听到：真"


async def test_safe_mode_takes_no_plain_message_and_plain_mode_no_encrypted_one() -> None:
    async with serving(SAFE) as running:
        reply = await running.wechat.send(running.wechat.fields(Content="你好"), encrypted=False)
        assert (reply.status, reply.error) == (403, "not_encrypted")
        query, _ = running.wechat.sealed("x")
        reply = await running.wechat.post({**query, "encrypt_type": "raw"}, running.wechat.body(running.wechat.fields(Content="你好")))
        assert (reply.status, reply.error) == (403, "not_encrypted")
        assert running.bot.heard == []
    async with serving(PLAIN) as running:
        reply = await running.wechat.send(running.wechat.fields(Content="你好"), encrypted=True)
        assert (reply.status, reply.error) == (403, "encrypted")
        assert running.bot.heard == []


async def test_wechat_works_own_crypto_talks_to_it(wecom: Wecom) -> None:
    async with serving() as running:
        import asyncio

        wechat = running.wechat
        at, url = str(int(running.clock.now())), f"http://127.0.0.1:{running.port}{HOOK}"
        given = {"url": url, "token": TOKEN, "key": KEY, "appId": APP_ID, "timestamp": at, "nonce": "n1"}
        message = wechat.body(wechat.fields(Content="租房能落户吗"))
        answer = await asyncio.to_thread(wecom, "post", **given, message=message)
        assert (answer["status"], answer["genuine"], answer["id"]) == (200, True, APP_ID)
        assert "<Content><![CDATA[听到：租房能落户吗]]></Content>" in answer["text"]
        stranger = await asyncio.to_thread(wecom, "post", **{**given, "token": "wrong"}, message=message)
        assert stranger["status"] == 403


async def test_the_documented_push_is_opened_and_answered_with_success() -> None:
    settings = Settings(vectors.TOKEN, "safe", Keys(vectors.APP_ID, (decode_key(vectors.ENCODING_AES_KEY),)), vectors.APP_ID)
    async with serving(settings) as running:
        timestamp, nonce, signature = vectors.PUSHED
        running.clock._now = float(timestamp)
        query = {"timestamp": timestamp, "nonce": nonce, "encrypt_type": "aes", "msg_signature": signature, "signature": "6c5c811b55cc"}
        body = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": vectors.PUSHED_ENCRYPT})
        reply = await running.wechat.post(query, body)
        assert (reply.status, reply.raw) == (200, "success"), "debug_demo is no event we know"


async def test_the_previous_key_still_works_and_its_messages_are_answered_with_it() -> None:
    async with serving() as running:
        running.wechat.key = OLD_KEY
        assert await running.wechat.say("你好") == "听到：你好"
        running.wechat.key = STRANGE_KEY
        reply = await running.wechat.send(running.wechat.fields(Content="你好"))
        assert (reply.status, reply.error) == (400, "undecipherable")


async def test_another_account_is_refused() -> None:
    async with serving() as running:
        running.wechat.app_id = "wxffffffffffffffff"
        reply = await running.wechat.send(running.wechat.fields(Content="你好"))
        assert (reply.status, reply.error) == (403, "wrong_account")
        assert running.bot.heard == []


# -- what is refused ---------------------------------------------------------------------------------------------------


async def test_a_wrong_signature_is_refused_and_the_good_plain_one_does_not_help() -> None:
    async with serving() as running:
        wechat = running.wechat
        query, body = wechat.sealed(wechat.body(wechat.fields(Content="你好")))
        for wrong in (
            {**query, "msg_signature": query["msg_signature"][::-1]},
            {**query, "msg_signature": query["signature"]},
            {k: v for k, v in query.items() if k != "msg_signature"},
            {**query, "nonce": "1"},
            {**query, "timestamp": str(int(query["timestamp"]) - 1)},
        ):
            reply = await wechat.post(wrong, body)
            assert (reply.status, reply.error) == (403, "bad_signature")
        _, other = wechat.sealed(wechat.body(wechat.fields(Content="别的")))
        assert (await wechat.post(query, other)).error == "bad_signature", "the signature of one message does not fit another"
        assert running.bot.heard == []
    async with serving(PLAIN) as running:
        body = running.wechat.body(running.wechat.fields(Content="你好"))
        for wrong in ({**running.wechat.signed(), "signature": sign("1")}, {"timestamp": str(int(running.clock.now()))}):
            assert (await running.wechat.post(wrong, body)).error == "bad_signature"
        assert running.bot.heard == []


@pytest.mark.parametrize("off", [-WINDOW - 1, WINDOW + 1, -86400 * 400])
async def test_an_old_request_is_refused_however_well_it_is_signed(off: int) -> None:
    async with serving() as running:
        wechat = running.wechat
        reply = await wechat.post(*wechat.sealed(wechat.body(wechat.fields(Content="你好")), at=running.clock.now() + off))
        assert (reply.status, reply.error) == (403, "too_old")
    async with serving(PLAIN) as running:
        reply = await running.wechat.post(running.wechat.signed(at=running.clock.now() + off), "<xml/>")
        assert (reply.status, reply.error) == (403, "too_old")


async def test_a_replayed_request_gets_the_same_answer_and_never_reaches_the_bot_again() -> None:
    async with serving() as running:
        wechat = running.wechat
        request = wechat.sealed(wechat.body(wechat.fields(Content="你好")))
        first = await wechat.post(*request)
        await running.clock.advance(WINDOW - 1)
        assert (await wechat.post(*request)).text == first.text == "听到：你好"
        assert running.bot.texts == ["你好"]
        await running.clock.advance(2)
        assert (await wechat.post(*request)).error == "too_old"


BOMB = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><xml><ToUserName>g</ToUserName><FromUserName>o</FromUserName>' + (
    "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>&b;</Content></xml>"
)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "<xml>",
        BOMB,
        "<xml></xml>",
        "{}",
        "[]",
        '{"Encrypt": 5}',
        "<xml><Encrypt></Encrypt></xml>",
        b"\xff\xfe",
        b"<xml>\x00</xml>",
    ],
    ids=lambda b: repr(b[:20]),
)
@pytest.mark.parametrize("settings", [SAFE, PLAIN], ids=lambda s: s.mode)
async def test_a_malformed_body_is_an_error_that_says_so(settings: Settings, body: str | bytes) -> None:
    async with serving(settings) as running:
        query = running.wechat.signed() if settings.mode == "plain" else running.wechat.sealed("x")[0]
        reply = await running.wechat.post(query, body)
        assert reply.status in (400, 403)
        assert reply.error in ("malformed", "bad_signature")
        assert "Traceback" not in reply.raw


@pytest.mark.parametrize("inner", ["", "x", "<xml></xml>", BOMB, "{}", '{"MsgType": "text"}', "success"], ids=lambda b: repr(b[:20]))
async def test_a_malformed_message_inside_a_good_envelope(inner: str) -> None:
    async with serving() as running:
        reply = await running.wechat.post(*running.wechat.sealed(inner))
        assert (reply.status, reply.error) == (400, "malformed")


async def test_a_truncated_ciphertext_well_signed() -> None:
    async with serving() as running:
        wechat = running.wechat
        query, body = wechat.sealed(wechat.body(wechat.fields(Content="你好")))
        encrypted = body[body.index("<Encrypt>") + 9 : body.index("</Encrypt>")]
        for cut in (encrypted[:-1], encrypted[:-4], encrypted[: len(encrypted) // 2 // 4 * 4], encrypted[24:], "!" + encrypted):
            told = wechat.body({"ToUserName": ACCOUNT, "Encrypt": cut})
            reply = await wechat.post({**query, "msg_signature": sign(query["timestamp"], query["nonce"], cut)}, told)
            assert (reply.status, reply.error) == (400, "undecipherable"), cut[-5:]
        assert running.bot.heard == []


@pytest.mark.parametrize("settings", [SAFE, PLAIN], ids=lambda s: s.mode)
async def test_a_megabyte_is_refused_and_a_body_at_the_limit_is_read(settings: Settings) -> None:
    async with serving(settings) as running:
        wechat = running.wechat
        for size in (MAX_BODY + 1, 1024 * 1024):
            reply = await wechat.post(wechat.signed(), b"x" * size)
            assert (reply.status, reply.error) == (413, "body_too_large")
        if settings.mode == "plain":
            empty = len(wechat.body(wechat.fields(Content="")))
            assert "1000" in str(await wechat.say("租" * ((MAX_BODY - empty) // 3)))


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
async def test_other_methods_are_refused(method: str) -> None:
    async with serving() as running, running.wechat.session.request(method, HOOK) as answer:
        assert answer.status == 405
        assert (await answer.json())["error"]["code"] == "method_not_allowed"


async def test_the_log_complains_once_a_minute_and_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as running:
        for _ in range(20):
            await running.wechat.post({**running.wechat.signed(), "encrypt_type": "aes"}, "<xml><Encrypt>x</Encrypt></xml>")
        await running.wechat.say("我是11010519491231002X")
    complaints = [r for r in caplog.records if "refused" in r.message]
    assert len(complaints) == 1
    assert complaints[0].levelno == logging.WARNING
    assert OPENID not in caplog.text
    assert "11010519491231002X" not in caplog.text


# -- the guard in front ------------------------------------------------------------------------------------------------


async def test_what_reaches_the_bot_is_masked_is_no_intent_and_knows_no_openid() -> None:
    async with serving() as running:
        await running.wechat.say("/restart")
        await running.wechat.say("我是11010519491231002X")
        await running.wechat.say("\u200b")
        assert running.bot.texts == ["restart", "我是［已隐去身份证号］"]
        assert running.bot.heard[1].metadata["masked"] is True
        for message in running.bot.heard:
            assert message.sender_id == running.wechat.sender
            assert OPENID not in repr(vars(message))
        assert running.wechat.sender.startswith("wechat-")
        assert len(running.wechat.sender) == 7 + 64


async def test_two_people_are_two_senders() -> None:
    async with serving() as running:
        await running.wechat.say("一号")
        running.wechat.openid = "o_else"
        await running.wechat.say("二号")
        assert len({m.sender_id for m in running.bot.heard}) == 2


async def test_long_and_hasty_messages_get_a_spoken_answer() -> None:
    async with serving(rate=Rate(burst=2, per_second=0.0001)) as running:
        assert "1000" in str(await running.wechat.say("租" * 1001))
        assert [await running.wechat.say(t) for t in ("a", "b")] == ["听到：a", "听到：b"]
        assert "太快" in str(await running.wechat.say("c"))
        assert running.bot.texts == ["a", "b"]


async def test_a_bot_that_fails_or_says_nothing_gives_the_safe_sentence(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as running:
        running.bot.replies["哑"] = []
        assert "12345" in str(await running.wechat.say("哑"))
        running.bot.replies["坏"] = [1]  # type: ignore[list-item]
        assert "12345" in str(await running.wechat.say("坏"))
    assert "坏" not in caplog.text


# -- kinds of messages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, told, key",
    [
        ("image", {"PicUrl": "http://x/y", "MediaId": "m"}, "image"),
        ("voice", {"MediaId": "m", "Format": "amr"}, "voice"),
        ("voice", {"MediaId": "m", "Format": "amr", "Recognition": ""}, "voice"),
        ("video", {"MediaId": "m", "ThumbMediaId": "t"}, "video"),
        ("shortvideo", {"MediaId": "m", "ThumbMediaId": "t"}, "video"),
        ("location", {"Location_X": "36.4", "Location_Y": "115.9", "Scale": "20", "Label": "聊城市东昌府区某街1号"}, "location"),
        ("link", {"Title": "t", "Description": "d", "Url": "http://x"}, "link"),
        ("text", {"Content": "【收到不支持的消息类型，暂无法显示】"}, "sticker"),
        ("text", {"Content": ""}, "empty"),
        ("text", {"Content": " \u200b "}, "empty"),
        ("text", {}, "empty"),
    ],
)
@pytest.mark.parametrize("form", ["xml", "json"])
async def test_what_is_no_text_gets_a_kind_sentence(form: str, kind: str, told: dict[str, str], key: str) -> None:
    async with serving() as running:
        running.wechat.form = form
        reply = await running.wechat.send(running.wechat.fields(MsgType=kind, **told))
        assert reply.text == WORDING.say(key)
        assert running.bot.heard == []


async def test_recognised_speech_is_taken_as_text() -> None:
    async with serving() as running:
        reply = await running.wechat.send(running.wechat.fields(MsgType="voice", MediaId="m", Recognition="租房能落户吗"))
        assert reply.text == "听到：租房能落户吗"


@pytest.mark.parametrize("told", [{"MsgType": "file"}, {"MsgType": "nosuch"}, {"MsgType": "event", "Event": "TEMPLATESENDJOBFINISH"}])
async def test_an_unknown_type_is_just_received(told: dict[str, str]) -> None:
    async with serving() as running:
        reply = await running.wechat.send(running.wechat.fields(**told))
        assert (reply.status, reply.raw) == (200, "success")


@pytest.mark.parametrize(
    "event, told",
    [
        ("subscribe", {}),
        ("subscribe", {"EventKey": "qrscene_123", "Ticket": "t"}),
        ("SCAN", {"EventKey": "123", "Ticket": "t"}),
        ("CLICK", {"EventKey": "gone"}),
    ],
)
async def test_who_comes_is_welcomed_with_three_examples_that_can_be_tapped_and_typed(event: str, told: dict[str, str]) -> None:
    async with serving() as running:
        text = await running.wechat.event(event, **told)
        assert text
        assert "聊城市、淄博市临淄区" in text
        assert text.count("msgmenucontent=") == 3
        for number, example in enumerate(WORDING.examples, 1):
            assert f'msgmenucontent={example}&msgmenuid={number}">{number}. {example}</a>' in text
        await running.clock.advance(1)
        assert await running.wechat.say("第二个") == f"听到：{WORDING.examples[1]}"


@pytest.mark.parametrize("event", ["LOCATION", "VIEW", "scancode_push"])
async def test_events_that_say_nothing(event: str) -> None:
    async with serving() as running:
        assert await running.wechat.event(event, EventKey="x", Latitude="36.4", Longitude="115.9", Precision="9") is None
        assert running.bot.heard == []


@pytest.mark.parametrize(
    "item", [i for e in WORDING.menu for i in e.items if i.key and i.key not in ("privacy", "erase")], ids=lambda i: i.key
)
async def test_every_menu_entry_says_its_text(item: object) -> None:
    async with serving() as running:
        assert await running.wechat.event("CLICK", EventKey=item.key) == f"听到：{item.say}"  # type: ignore[attr-defined]


async def test_two_events_of_one_second_are_both_taken_and_a_repeated_one_once() -> None:
    async with serving() as running:
        wechat = running.wechat
        fields = wechat.fields(MsgType="event", Event="CLICK", EventKey="ask_rent")
        first, again = await wechat.send(fields), await wechat.send(fields)
        assert first.text == again.text
        assert await wechat.event("CLICK", EventKey="ask_buy") == "听到：买房能落户吗"
        assert running.bot.texts == ["租房能落户吗", "买房能落户吗"]


# -- erasure and privacy -----------------------------------------------------------------------------------------------


async def test_leaving_erases_and_says_nothing() -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("选哪个", buttons=("甲", "乙"))]
        await running.wechat.say("问")
        assert await running.wechat.event("unsubscribe") is None
        assert running.bot.erased == [running.wechat.sender]
        await running.wechat.say("1")
        assert running.bot.texts[-1] == "1", "the choices shown before are forgotten"


async def test_the_record_is_deleted_on_request_at_once() -> None:
    erased: list[str] = []

    async def erase(sender: str) -> None:
        erased.append(sender)

    async with serving(erase=erase) as running:
        assert await running.wechat.say("删除我的记录。") == WORDING.say("erased")
        assert await running.wechat.event("CLICK", EventKey="erase") == WORDING.say("erased")
        assert erased == [running.wechat.sender] * 2
        assert running.bot.heard == []
        assert running.bot.erased == []


async def test_a_deletion_that_fails_is_said_and_logged_without_the_person(caplog: pytest.LogCaptureFixture) -> None:
    def erase(sender: str) -> None:
        raise OSError(sender)

    async with serving(erase=erase) as running:
        assert await running.wechat.say("删除我的记录") == WORDING.say("erase_failed")
        assert await running.wechat.event("unsubscribe") is None
    assert "OSError" in caplog.text
    assert "wechat-" not in caplog.text


async def test_the_privacy_notice_says_how_to_delete() -> None:
    async with serving() as running:
        assert "删除我的记录" in str(await running.wechat.say("隐私说明"))
        assert await running.wechat.event("CLICK", EventKey="privacy") == WORDING.say("privacy", word="删除我的记录", days="7")
