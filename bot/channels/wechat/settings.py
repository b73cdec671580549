"""The settings of the Official Account, from ``LUOHU_WECHAT_*``. Wrong ones are refused by name, before the server starts."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.channels.wechat.crypto import Keys, decode_key

PLAIN, COMPATIBLE, SAFE = "plain", "compatible", "safe"
API = "https://api.weixin.qq.com"
_PREFIX = "LUOHU_WECHAT_"
_KNOWN = ("TOKEN", "AES_KEY", "AES_KEY_PREVIOUS", "APP_ID", "APP_SECRET", "MODE", "API")


class WrongSettings(RuntimeError):
    """A setting that cannot be used; the message names it and says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """A valid set of settings.

    ``mode`` is ``plain``, ``compatible`` or ``safe``; ``keys`` holds the AES keys, ``None`` in plain mode without one;
    ``app_secret`` is empty where customer-service messages and the menu are not used; ``public_url`` is the address of this
    server as residents reach it (without a final slash), ``None`` where no links are to be given.
    """

    token: str = field(repr=False)
    mode: str
    keys: Keys | None
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    public_url: str | None = None
    api: str = API


def load_settings(environment: Mapping[str, str] | None = None) -> Settings | None:
    """The settings of an environment (this process's by default); ``None``, and the channel is off, without ``LUOHU_WECHAT_TOKEN``.

    Raises:
        WrongSettings: one of them cannot be used.
    """
    given = os.environ if environment is None else environment
    public = _public_url(given.get("LUOHU_PUBLIC_URL", "").strip())
    values = {name: given.get(_PREFIX + name, "").strip() for name in _KNOWN}
    if not values["TOKEN"]:
        return None
    unknown = sorted(name for name in given if name.startswith(_PREFIX) and name[len(_PREFIX) :] not in _KNOWN)
    if unknown:
        raise WrongSettings(f"{unknown[0]} is no setting; there are {', '.join(_PREFIX + name for name in _KNOWN)}")
    if not re.fullmatch(r"[!-~]{3,32}", values["TOKEN"]):
        raise WrongSettings("LUOHU_WECHAT_TOKEN must be 3 to 32 letters and digits, as entered at 公众号 → 服务器配置 → Token")
    keys = tuple(_key(name, values[name]) for name in ("AES_KEY", "AES_KEY_PREVIOUS") if values[name])
    if values["AES_KEY_PREVIOUS"] and not values["AES_KEY"]:
        raise WrongSettings("LUOHU_WECHAT_AES_KEY_PREVIOUS is set without LUOHU_WECHAT_AES_KEY; set the current key as well")
    mode = values["MODE"] or (SAFE if keys else PLAIN)
    if mode not in (PLAIN, COMPATIBLE, SAFE):
        raise WrongSettings(f"LUOHU_WECHAT_MODE is {mode!r}; use plain (明文), compatible (兼容) or safe (安全)")
    if mode != PLAIN and not keys:
        raise WrongSettings(f"LUOHU_WECHAT_MODE is {mode} and LUOHU_WECHAT_AES_KEY is not set; copy the EncodingAESKey of the account")
    app_id = values["APP_ID"]
    if keys and not app_id:
        raise WrongSettings("LUOHU_WECHAT_APP_ID is not set; with an AES key every message is checked against the AppID of the account")
    if app_id and not re.fullmatch(r"[A-Za-z0-9_\-]{1,64}", app_id):
        raise WrongSettings("LUOHU_WECHAT_APP_ID is no AppID; copy it from 公众号 → 基本配置, it looks like wx0123456789abcdef")
    secret = values["APP_SECRET"]
    if secret and not app_id:
        raise WrongSettings("LUOHU_WECHAT_APP_SECRET is set without LUOHU_WECHAT_APP_ID; set both")
    if secret and not re.fullmatch(r"[!-~]{8,128}", secret):
        raise WrongSettings("LUOHU_WECHAT_APP_SECRET is no AppSecret; copy it again, it is 32 letters and digits")
    api = values["API"] or API
    if urlsplit(api).scheme not in ("http", "https") or not urlsplit(api).netloc:
        raise WrongSettings(f"LUOHU_WECHAT_API is {api!r}; use an address such as {API}")
    return Settings(values["TOKEN"], mode, Keys(app_id, keys) if keys else None, app_id, secret, public, api.rstrip("/"))


def _key(name: str, value: str) -> bytes:
    try:
        return decode_key(value)
    except ValueError as error:
        raise WrongSettings(f"{_PREFIX}{name} cannot be used: {error}; copy the EncodingAESKey of the account") from error


def _public_url(value: str) -> str | None:
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment or re.search(r'[\s"<>]', value):
        raise WrongSettings(
            f"LUOHU_PUBLIC_URL is {value!r}; use the address residents reach this server at, such as https://luohu.example.gov.cn"
        )
    return value.rstrip("/")
