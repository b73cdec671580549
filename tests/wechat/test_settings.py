"""Settings, wording file and the two commands: what is wrong is named, with how to mend it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot import paths
from bot.channels.wechat import command
from bot.channels.wechat.channel import WechatChannel, channels
from bot.channels.wechat.settings import WrongSettings, load_settings
from bot.channels.wechat.wording import load_wording
from bot.cli import main
from bot.policy.forbidden import forbidden
from bot.policy.load import load_packs
from tests.wechat.clocks import FakeClock

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TOKEN, APP = {"TOKEN": "luohu2026"}, {"APP_ID": "wx0123456789abcdef"}
FULL = {**TOKEN, **APP, "AES_KEY": KEY, "APP_SECRET": "0123456789abcdef0123456789abcdef"}


def environment(given: Mapping[str, str]) -> dict[str, str]:
    return {name if name.startswith("LUOHU_") else f"LUOHU_WECHAT_{name}": value for name, value in given.items()}


@pytest.mark.parametrize("given", [{}, {"TOKEN": ""}, {"TOKEN": "  "}, {"AES_KEY": KEY}])
def test_without_a_token_the_channel_is_off(given: dict[str, str]) -> None:
    assert load_settings(environment(given)) is None


@pytest.mark.parametrize(
    "given, mode",
    [
        (TOKEN, "plain"),
        ({**TOKEN, "AES_KEY": KEY, **APP}, "safe"),
        ({**TOKEN, "AES_KEY": KEY, **APP, "MODE": "compatible"}, "compatible"),
        ({**TOKEN, "AES_KEY": KEY, **APP, "MODE": "plain"}, "plain"),
        ({**TOKEN, "AES_KEY": KEY, "AES_KEY_PREVIOUS": "B" * 43, **APP}, "safe"),
    ],
)
def test_the_mode_is_safe_where_a_key_is_set(given: dict[str, str], mode: str) -> None:
    settings = load_settings(environment(given))
    assert settings
    assert settings.mode == mode
    assert (settings.keys is None) == ("AES_KEY" not in given)
    if settings.keys:
        assert len(settings.keys.keys) == (2 if "AES_KEY_PREVIOUS" in given else 1)


@pytest.mark.parametrize(
    "given, names",
    [
        ({"TOKEN": "ab"}, "LUOHU_WECHAT_TOKEN must"),
        ({"TOKEN": "a" * 33}, "LUOHU_WECHAT_TOKEN must"),
        ({"TOKEN": "带中文"}, "LUOHU_WECHAT_TOKEN must"),
        ({**FULL, "AES_KEY": KEY[:-1]}, "AES_KEY cannot be used: it has 42"),
        ({**FULL, "AES_KEY": "!" * 43}, "AES_KEY cannot be used"),
        ({**FULL, "AES_KEY_PREVIOUS": "short"}, "AES_KEY_PREVIOUS cannot be used"),
        ({**TOKEN, "AES_KEY_PREVIOUS": KEY, **APP}, "AES_KEY_PREVIOUS is set without"),
        ({**FULL, "MODE": "安全"}, "use plain"),
        ({**TOKEN, "MODE": "safe"}, "LUOHU_WECHAT_AES_KEY is not set"),
        ({**TOKEN, "MODE": "compatible"}, "LUOHU_WECHAT_AES_KEY is not set"),
        ({**TOKEN, "AES_KEY": KEY}, "LUOHU_WECHAT_APP_ID is not set"),
        ({**FULL, "APP_ID": "公众号"}, "LUOHU_WECHAT_APP_ID is no AppID"),
        ({**TOKEN, "APP_SECRET": "0123456789abcdef"}, "APP_SECRET is set without"),
        ({**FULL, "APP_SECRET": "x"}, "LUOHU_WECHAT_APP_SECRET is no"),
        ({**FULL, "API": "api.weixin.qq.com"}, "LUOHU_WECHAT_API"),
        ({**FULL, "AESKEY": KEY}, "LUOHU_WECHAT_AESKEY is no setting"),
        ({**FULL, "LUOHU_PUBLIC_URL": "luohu.example.gov.cn"}, "LUOHU_PUBLIC_URL"),
        ({**FULL, "LUOHU_PUBLIC_URL": "https://x/?a=1"}, "LUOHU_PUBLIC_URL"),
        ({**FULL, "LUOHU_PUBLIC_URL": 'https://x/"><b'}, "LUOHU_PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_named_and_no_secret_is_shown(given: dict[str, str], names: str) -> None:
    with pytest.raises(WrongSettings, match=re.escape(names)) as caught:
        load_settings(environment(given))
    assert KEY not in str(caught.value)
    assert FULL["APP_SECRET"] not in str(caught.value)


def test_nothing_shows_the_secrets() -> None:
    shown = repr(load_settings(environment({**FULL, "LUOHU_PUBLIC_URL": "https://x.example/"})))
    assert not any(FULL[name] in shown for name in ("TOKEN", "AES_KEY", "APP_SECRET"))
    assert "https://x.example'" in shown


def test_the_server_has_the_channel_only_where_it_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert channels(lambda sender: None) == []
    with pytest.raises(WrongSettings, match="LUOHU_WECHAT_TOKEN is not set"):
        WechatChannel.from_credentials(None)
    for name, value in environment(FULL).items():
        monkeypatch.setenv(name, value)
    assert [c.name() for c in channels(lambda sender: None)] == ["wechat"]
    assert WechatChannel.from_credentials({}).url_prefix() == "wechat"


def test_serve_refuses_a_wrong_setting_before_anything_is_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LUOHU_WECHAT_TOKEN", "luohu2026")
    monkeypatch.setenv("LUOHU_WECHAT_MODE", "safe")
    assert main(["serve", "--port", "5749"]) == 1
    said = capsys.readouterr()
    assert "LUOHU_WECHAT_AES_KEY is not set" in said.err
    assert "checking" not in said.out


# -- commands ----------------------------------------------------------------------------------------------------------


class Api:
    def __init__(self, menu: Any = None, token: Any = None) -> None:
        self.menu, self.token, self.created = menu, token, 0

    async def call(self, method: str, url: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        if url.endswith("stable_token"):
            return self.token or {"access_token": "t", "expires_in": 7200}
        if url.endswith("menu/create"):
            self.created += 1
            self.menu = {"menu": body}
            return {"errcode": 0}
        return self.menu or {"errcode": 46003, "errmsg": "menu no exist"}


def set_up(monkeypatch: pytest.MonkeyPatch, given: Mapping[str, str]) -> None:
    for name, value in environment(given).items():
        monkeypatch.setenv(name, value)


async def test_check_asks_wechat_and_publishing_mends_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, {**FULL, "LUOHU_PUBLIC_URL": "https://luohu.example.gov.cn"})
    api, lines = Api(), []
    assert await command.check(False, lines.append, api, FakeClock()) == 0
    text = "\n".join(lines)
    assert "https://luohu.example.gov.cn/webhooks/wechat/webhook" in text
    assert "no menu is published" in text
    assert KEY not in text
    assert FULL["APP_SECRET"] not in text
    assert await command.menu(False, lines.append, api, FakeClock()) == 0
    assert api.created == 1
    lines.clear()
    assert await command.check(False, lines.append, api, FakeClock()) == 0
    assert any("the published menu is the one of" in line for line in lines)


async def test_check_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    assert await command.check(True, lines.append) == 1
    assert "LUOHU_WECHAT_TOKEN is not set" in lines[0]
    set_up(monkeypatch, FULL)
    refused = Api(token={"errcode": 40164, "errmsg": "invalid ip 1.2.3.4, not in whitelist"})
    assert await command.check(False, lines.append, refused, FakeClock()) == 1
    assert "IP 白名单" in lines[-1]
    assert await command.check(True, lines.append, refused, FakeClock()) == 0, "offline asks nothing"


async def test_a_menu_that_cannot_be_published_is_an_error_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="LUOHU_WECHAT_APP_SECRET"):
        await command.menu(False)
    set_up(monkeypatch, FULL)
    with pytest.raises(RuntimeError, match="not published: .*40125"):
        await command.menu(False, print, Api(token={"errcode": 40125, "errmsg": "invalid appsecret"}), FakeClock())


def test_the_commands_on_the_command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wechat", "menu", "--show"]) == 0
    assert json.loads(capsys.readouterr().out)["button"][0]["name"]
    assert main(["wechat", "check", "--offline"]) == 1
    set_up(monkeypatch, {**FULL, "MODE": "wrong"})
    assert main(["wechat", "check", "--offline"]) == 1
    assert "use plain" in capsys.readouterr().err
    monkeypatch.setenv("LUOHU_WECHAT_MODE", "safe")
    assert main(["wechat", "check", "--offline"]) == 0


# -- wording -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", load_wording().phrases)
def test_a_phrase_is_plain_and_never_forbidden(key: str) -> None:
    text = load_wording().phrases[key]
    assert forbidden(text, never=load_packs().never) == []
    assert len(re.sub(r"\{\w+\}", "", text)) <= (130 if key == "privacy" else 70)
    assert not re.search(r"[,;:?()!]", text), "Chinese marks"
    assert not re.search(r"系统|用户|字段|意图|模型|加载|openid|哈希", text), "no jargon"


def test_the_words_asked_for_are_taken_and_none_has_two_meanings() -> None:
    wording = load_wording()
    assert len(wording.examples) == 3
    words = [w for purpose in wording.words.values() for w in purpose]
    assert len(words) == len(set(words))
    assert wording.pressed("erase") in wording.words["erase"]
    assert wording.pressed("privacy") in wording.words["privacy"]
    assert wording.pressed("") is wording.pressed("nosuch") is None


@pytest.mark.parametrize(
    "change, names",
    [
        (lambda t: "[]", "exactly"),
        (lambda t: t + "\nmore: 1\n", "more"),
        (lambda t: t.replace("  welcome: ", "  wellcome: "), "welcome, wellcome"),
        (lambda t: t.replace("name: 问政策", "name: 问一问政策"), "问一问政策 has 5"),
        (lambda t: t.replace("key: ask_buy", "key: ask_rent"), "every key"),
        (lambda t: t.replace("page: /chat/", "page: chat"), "page must begin"),
        (lambda t: t.replace("say: 转人工", "says: 转人工"), "says"),
        (lambda t: t.replace("key: people", f"key: {'k' * 129}"), "longer than 128"),
    ],
)
def test_a_wording_file_of_another_shape_is_refused_by_name(tmp_path: Path, change: Any, names: str) -> None:
    text = (paths.DATA / "wording" / "wechat.yml").read_text(encoding="utf-8")
    assert change(text) != text
    file = tmp_path / "wechat.yml"
    file.write_text(change(text), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(names)) as caught:
        load_wording(file)
    assert "wechat.yml" in str(caught.value)
