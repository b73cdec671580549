"""The account's menu as WeChat's API takes it, from ``data/wording/wechat.yml``."""

from __future__ import annotations

from typing import Any

from bot.channels.wechat.customer import Api, ApiError
from bot.channels.wechat.wording import Item, Wording

NO_MENU = 46003


def definition(wording: Wording, public_url: str | None) -> dict[str, Any]:
    """The body of ``menu/create``; pages are left out where the public address is not known."""
    buttons = []
    for entry in wording.menu:
        items = [_button(item, public_url) for item in entry.items if item.key or public_url]
        if items:
            buttons.append({"name": entry.name, "sub_button": items})
    return {"button": buttons}


async def publish(api: Api, wording: Wording, public_url: str | None) -> dict[str, Any]:
    """Replace the account's menu; what was published.

    Raises:
        ApiError: WeChat refused or was not reached.
    """
    menu = definition(wording, public_url)
    await api.call("POST", "/cgi-bin/menu/create", menu)
    return menu


async def published(api: Api) -> dict[str, Any] | None:
    """The account's menu as WeChat has it, in the form of :func:`definition`; ``None`` where there is none.

    Raises:
        ApiError: WeChat refused or was not reached.
    """
    try:
        answer = await api.call("GET", "/cgi-bin/menu/get")
    except ApiError as error:
        if error.code == NO_MENU:
            return None
        raise
    rows = (answer.get("menu") or {}).get("button") or []
    return {"button": [{"name": row.get("name"), "sub_button": [_known(b) for b in row.get("sub_button") or []]} for row in rows]}


def _known(button: dict[str, Any]) -> dict[str, Any]:
    return {part: button[part] for part in ("type", "name", "key", "url") if part in button}


def _button(item: Item, public_url: str | None) -> dict[str, str]:
    if item.page:
        return {"type": "view", "name": item.name, "url": f"{public_url}{item.page}"}
    return {"type": "click", "name": item.name, "key": item.key}
