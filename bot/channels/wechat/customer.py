"""WeChat's API as the channel needs it: the access token, customer-service messages (客服消息), the menu.

Only accounts that have the right may send customer-service messages; without it, or with the quota used up, answers wait for
the person's next word instead, so nothing here is needed for the channel to work.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Mapping
from typing import Any, Protocol

from bot.channels.wechat.clock import Clock

logger = logging.getLogger("luohu.wechat")

QUOTA, WINDOW = 5, 48 * 3600.0
"""WeChat lets an account send this many messages within so many seconds of a person's own message."""
EARLIER = 300.0
"""Seconds before its end at which a token is fetched anew; WeChat lets the old one live as long beside the new one."""
_EXPIRED = frozenset({40001, 40014, 42001})
_NO_RIGHT = frozenset({48001, 50002, 40243})


class ApiError(Exception):
    """WeChat refused, or was not reached (``code`` 0). The message is WeChat's own, with what to do where we know it."""

    def __init__(self, code: int, message: str) -> None:
        """``code`` is WeChat's errcode."""
        hint = _HINTS.get(code)
        super().__init__(f"{message} (errcode {code})" + (f": {hint}" if hint else "") if code else message)
        self.code = code


_HINTS = {
    40013: "LUOHU_WECHAT_APP_ID is not an AppID of WeChat; copy it again",
    40125: "LUOHU_WECHAT_APP_SECRET does not belong to the AppID; copy it again or reset it",
    40164: "the address of this server is not in the account's IP 白名单; add it at 基本配置",
    61004: "the address of this server is not in the account's IP 白名单; add it at 基本配置",
    40243: "the AppSecret is frozen; unfreeze it at 开发密钥",
    48001: "the account has no right to this interface (认证 is needed)",
    45009: "the daily quota of the account is used up; try again tomorrow",
    89503: "the administrator of the account has to confirm this address first; look into the message WeChat sent them",
}


class Http(Protocol):
    """An HTTP client for JSON."""

    async def call(self, method: str, url: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        """The JSON object of the answer.

        Raises:
            ApiError: no answer, or no JSON.
        """


class AiohttpClient:
    """The real one. ``seconds`` is how long a call may take."""

    def __init__(self, seconds: float = 5.0) -> None:
        """Nothing is opened before the first call."""
        self._seconds = seconds

    async def call(self, method: str, url: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        """The JSON object of the answer.

        Raises:
            ApiError: no answer, or no JSON.
        """
        import json

        import aiohttp

        # WeChat takes JSON with Chinese characters as they are; escaped ones would be shown to people as \uXXXX.
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            timeout = aiohttp.ClientTimeout(total=self._seconds)
            headers = {"Content-Type": "application/json"}
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.request(method, url, params=params, data=data, headers=headers) as answer,
            ):
                value = json.loads(await answer.text(encoding="utf-8"))
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError) as error:
            raise ApiError(0, f"WeChat's API was not reached or gave no JSON ({type(error).__name__})") from error
        if not isinstance(value, dict):
            raise ApiError(0, "WeChat's API gave no JSON object")
        return value


class Api:
    """Calls with the access token of one account, fetched once and kept until shortly before its end."""

    def __init__(self, base: str, app_id: str, app_secret: str, http: Http, clock: Clock) -> None:
        """Nothing is fetched before the first call."""
        self._base, self._app_id, self._app_secret, self._http, self._clock = base, app_id, app_secret, http, clock
        self._token, self._until = "", 0.0
        self._fetching: asyncio.Lock | None = None

    async def token(self) -> str:
        """The access token; several who ask at once cause one fetch.

        Raises:
            ApiError: WeChat gave none.
        """
        self._fetching = self._fetching or asyncio.Lock()
        async with self._fetching:
            if self._clock.now() >= self._until:
                told = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._app_secret}
                answer = _checked(await self._http.call("POST", f"{self._base}/cgi-bin/stable_token", {}, told))
                token, lasts = answer.get("access_token"), answer.get("expires_in")
                if not isinstance(token, str) or not token or not isinstance(lasts, (int, float)):
                    raise ApiError(0, "WeChat's API answered without an access token")
                self._token, self._until = token, self._clock.now() + max(lasts - EARLIER, 0)
            return self._token

    async def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Call a path of the API; a token that WeChat no longer takes is fetched once more.

        Raises:
            ApiError: WeChat refused or was not reached.
        """
        for again in (False, True):
            token = await self.token()
            try:
                return _checked(await self._http.call(method, self._base + path, {"access_token": token}, body))
            except ApiError as error:
                if error.code not in _EXPIRED or again:
                    raise
                if self._token == token:
                    self._until = 0.0
        raise AssertionError("unreachable")


class CustomerService:
    """Sends texts outside the five seconds, within WeChat's quota, which is counted here per person (by the keyed hash)."""

    def __init__(self, api: Api, clock: Clock, people: int = 20_000) -> None:
        """``people`` is for how many the quota is remembered."""
        self._api, self._clock, self._people = api, clock, people
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()
        self._right = True

    def may(self, sender: str) -> bool:
        """Whether a message to the person is possible now."""
        return self._right and len(self._recent(sender)) < QUOTA

    async def send(self, openid: str, sender: str, text: str) -> bool:
        """Send a text to the person; whether WeChat took it. A failure is logged without saying whom it concerned."""
        if not self.may(sender):
            return False
        sent = self._recent(sender)
        sent.append(self._clock.now())  # counted first, so that two at once cannot exceed the quota
        self._sent[sender] = sent
        self._sent.move_to_end(sender)
        while len(self._sent) > self._people:
            self._sent.popitem(last=False)
        try:
            await self._api.call("POST", "/cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": {"content": text}})
        except ApiError as error:
            if error.code in _NO_RIGHT:
                self._right = False
            logger.warning("a customer-service message was not sent: %s", error)
            return False
        return True

    def forget(self, sender: str) -> None:
        """Forget what was sent to a person."""
        self._sent.pop(sender, None)

    def _recent(self, sender: str) -> deque[float]:
        sent = self._sent.get(sender) or deque()
        while sent and sent[0] <= self._clock.now() - WINDOW:
            sent.popleft()
        return sent


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    code = answer.get("errcode", 0)
    if code:
        raise ApiError(code if isinstance(code, int) else -1, str(answer.get("errmsg") or "WeChat's API refused")[:200])
    return answer
