"""Messages in and out: XML and JSON, entity bombs, depth, missing parts."""

from __future__ import annotations

import json

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given
from hypothesis import strategies as st
from wechatpy import parse_message

from bot.channels.wechat.envelope import JSON, XML, Malformed, Message, encrypted_reply, message, read, text_reply
from tests.wechat import vectors

BASE = {"ToUserName": "gh_1", "FromUserName": "o_1", "CreateTime": "1714037059", "MsgType": "text"}
BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><xml><MsgType>&b;</MsgType></xml>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>'
DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><xml><Content>1</Content></xml>'


def test_xml_is_read_with_and_without_cdata() -> None:
    body = "<xml>\n<ToUserName><![CDATA[gh]]></ToUserName> <Content>a &lt; b &amp; c</Content><CreateTime>17</CreateTime></xml>"
    assert read(body.encode()) == (XML, {"ToUserName": "gh", "Content": "a < b & c", "CreateTime": "17"})
    assert read(b"\xef\xbb\xbf" + body.encode())[0] == XML


def test_json_is_read_with_numbers() -> None:
    assert read(vectors.PUSHED_MESSAGE.encode())[1]["CreateTime"] == "1714112445"
    assert read(b'{"MsgId": 24512345678901234567, "x": {"y": 1}, "z": null, "t": true}') == (JSON, {"MsgId": "24512345678901234567"})


def test_nested_xml_is_left_out() -> None:
    assert read(b"<xml><ScanCodeInfo><ScanType>qr</ScanType></ScanCodeInfo><Event>e</Event></xml>")[1] == {"Event": "e"}


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        EXTERNAL.encode(),
        DTD.encode(),
        b"",
        b"  ",
        b"success",
        b"<xml>",
        b"<xml><a></xml>",
        b"<xml><Content>\x00</Content></xml>",
        "<xml><Content>中</Content></xml>".encode("gbk"),
        b"<xml><Content>&unknown;</Content></xml>",
        b"{",
        b'{"a": ' + b"[" * 30000 + b"}",
        b'{"a": ' + b"9" * 60000,
        b"<a>" * 20000,
        b"\xff\xfe<\0x\0m\0l\0>\0",
    ],
    ids=lambda v: repr(v[:24]),
)
def test_what_is_no_message_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


def test_deep_xml_is_no_danger() -> None:
    assert read(b"<xml><Content>x</Content>" + b"<a>" * 8000 + b"</a>" * 8000 + b"</xml>")[1] == {"Content": "x"}


@pytest.mark.parametrize("name", BASE)
def test_a_missing_part_is_named(name: str) -> None:
    for without in ({k: v for k, v in BASE.items() if k != name}, {**BASE, name: "  "}):
        with pytest.raises(Malformed, match=f"{name} is missing"):
            message(without)


@pytest.mark.parametrize("time", ["now", "-1", "1e9", "９", "1" * 13])
def test_a_time_is_a_number(time: str) -> None:
    with pytest.raises(Malformed, match="CreateTime"):
        message({**BASE, "CreateTime": time})


def keyed(**more: str) -> str:
    return message({**BASE, **more}).key


def test_the_key_is_the_same_for_a_retry_and_no_other_message() -> None:
    text = {"MsgId": "1", "Content": "x"}
    assert keyed(**text) == keyed(**text)
    others = [
        {**text, "MsgId": "2"},
        {**text, "FromUserName": "o_2"},
        {**text, "CreateTime": "1714037060"},
        {"MsgType": "event", "Event": "subscribe"},
        {"MsgType": "event", "Event": "SCAN"},
        {"MsgType": "event", "Event": "CLICK", "EventKey": "a"},
        {"MsgType": "event", "Event": "CLICK", "EventKey": "b"},
        {"Content": "x"},
        {"Content": "y"},
    ]
    assert len({keyed(**text), *(keyed(**o) for o in others)}) == len(others) + 1


@given(st.text(max_size=300))
@example("x]]><Content>y")
@example("]]]]>\x00]>")
def test_any_text_comes_out_as_it_went_in(content: str) -> None:
    allowed = "".join(c for c in content if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c >= "\U00010000")
    body = text_reply(XML, "o", "gh", 17, content)
    assert fromstring(body).findtext("Content") == allowed.replace("\r\n", "\n").replace("\r", "\n")
    assert parse_message(body)._data["ToUserName"] == "o", "wechatpy reads it"
    if "\ud800" <= max(content, default=" ") <= "\udfff":
        return
    assert json.loads(text_reply(JSON, "o", "gh", 17, content)) == {
        "ToUserName": "o",
        "FromUserName": "gh",
        "CreateTime": 17,
        "MsgType": "text",
        "Content": content,
    }


def test_an_encrypted_answer_has_the_documented_form() -> None:
    timestamp, nonce, signed = vectors.ANSWERED
    assert json.loads(encrypted_reply(JSON, vectors.ANSWER_ENCRYPT, signed, int(timestamp), nonce)) == {
        "Encrypt": vectors.ANSWER_ENCRYPT,
        "MsgSignature": signed,
        "TimeStamp": int(timestamp),
        "Nonce": nonce,
    }
    told = fromstring(encrypted_reply(XML, "E", "S", 5, "N"))
    assert {c.tag: c.text for c in told} == {"Encrypt": "E", "MsgSignature": "S", "TimeStamp": "5", "Nonce": "N"}


def test_a_message_shows_nobody_in_a_log() -> None:
    shown = repr(Message("gh", "o_secret", 1, "text", {"Content": "private"}))
    assert "o_secret" not in shown
    assert "private" not in shown
