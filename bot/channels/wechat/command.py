"""``luohu wechat check`` and ``luohu wechat menu``: are the settings right, and publish the account's menu. Loads no Rasa."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator

from bot.channels.secret import secret
from bot.channels.wechat.clock import Clock, SystemClock
from bot.channels.wechat.crypto import encrypt
from bot.channels.wechat.customer import AiohttpClient, Api, ApiError, Http
from bot.channels.wechat.menu import definition, publish, published
from bot.channels.wechat.settings import PLAIN, Settings, load_settings
from bot.channels.wechat.wording import Wording, load_wording

HOOK = "/webhooks/wechat/webhook"
_OK, _NOTE, _WRONG = "ok  ", "note", "WRONG"


async def check(offline: bool, say: Callable[[str], None] = print, http: Http | None = None, clock: Clock | None = None) -> int:
    """Say what holds of the settings; 0 where nothing is wrong, 1 otherwise. ``offline`` asks nothing of WeChat.

    Raises:
        WrongSettings: a setting cannot be used; the message says how to mend it.
    """
    settings = load_settings()
    if settings is None:
        others = sorted(name for name in os.environ if name.startswith("LUOHU_WECHAT_") and name != "LUOHU_WECHAT_TOKEN")
        say(f"{_WRONG} the channel is off: LUOHU_WECHAT_TOKEN is not set" + (f", although {', '.join(others)} is" if others else ""))
        return 1
    wording = load_wording()
    lines = list(_local(settings, wording))
    if not settings.app_secret:
        lines.append((_NOTE, "LUOHU_WECHAT_APP_SECRET is not set: late answers wait for the next word, the menu cannot be published"))
    elif not offline:
        lines += await _asked(api(settings, http, clock), wording, settings.public_url)
    for mark, line in lines:
        say(f"{mark} {line}")
    return 1 if any(mark == _WRONG for mark, _ in lines) else 0


async def menu(show: bool, say: Callable[[str], None] = print, http: Http | None = None, clock: Clock | None = None) -> int:
    """Publish the menu of ``data/wording/wechat.yml``, or only show it.

    Raises:
        WrongSettings: a setting cannot be used.
        RuntimeError: there is nothing to publish with, or WeChat refused; the message says why.
    """
    settings, wording = load_settings(), load_wording()
    if show:
        say(json.dumps(definition(wording, settings.public_url if settings else None), ensure_ascii=False, indent=2))
        return 0
    if settings is None or not settings.app_secret:
        raise RuntimeError("set LUOHU_WECHAT_TOKEN, LUOHU_WECHAT_APP_ID and LUOHU_WECHAT_APP_SECRET to publish the menu; --show needs none")
    try:
        made = await publish(api(settings, http, clock), wording, settings.public_url)
    except ApiError as error:
        raise RuntimeError(f"the menu was not published: {error}") from error
    say(f"published: {sum(len(b['sub_button']) for b in made['button'])} entries under {len(made['button'])}; people see it within a day")
    return 0


def api(settings: Settings, http: Http | None, clock: Clock | None) -> Api:
    """WeChat's API with the account's own rights."""
    return Api(settings.api, settings.app_id, settings.app_secret, http or AiohttpClient(), clock or SystemClock())


def _local(settings: Settings, wording: Wording) -> Iterator[tuple[str, str]]:
    if settings.mode == PLAIN:
        yield _NOTE, "mode plain (明文): messages are not protected on their way; use safe (安全模式) for the public"
    else:
        yield _OK, f"mode {settings.mode}"
    if settings.keys is not None:
        probe = settings.keys.open(encrypt(settings.keys.keys[0], settings.app_id, b"probe"))[0] == b"probe"
        yield (_OK if probe else _WRONG), f"AES key of 32 bytes, {len(settings.keys.keys)} in use, app id {settings.app_id}"
    secret()
    yield _OK, "secret for the keyed hash of openids"
    if settings.public_url is None:
        yield _NOTE, f"LUOHU_PUBLIC_URL is not set: no links to articles; the account's 服务器地址 is https://<your host>{HOOK}"
    else:
        yield _OK, f"the account's 服务器地址(URL) is {settings.public_url}{HOOK}"
        if settings.public_url.startswith("http://"):
            yield _NOTE, "LUOHU_PUBLIC_URL is no https address; WeChat warns people about such pages"
    yield _OK, f"menu of {sum(len(entry.items) for entry in wording.menu)} entries, {len(wording.examples)} examples"


async def _asked(api: Api, wording: Wording, public_url: str | None) -> list[tuple[str, str]]:
    try:
        await api.token()
        lines = [(_OK, "WeChat gives an access token for the app id and secret")]
        there = await published(api)
    except ApiError as error:
        return [(_WRONG, f"WeChat: {error}")]
    if there == definition(wording, public_url):
        return [*lines, (_OK, "the published menu is the one of data/wording/wechat.yml")]
    differs = "the published menu is another one" if there else "no menu is published"
    return [*lines, (_NOTE, f"{differs}; `luohu wechat menu` publishes ours")]
