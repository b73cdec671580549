"""What the channel says and takes by itself, and the account's menu, from ``data/wording/wechat.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths

PARTS = ("phrases", "examples", "words", "unsupported", "menu")
WORDS = ("more", "kept", "erase", "privacy")
_SAID = ("welcome", "welcome_examples", "choose", "more", "wait", "late", "nothing_kept", "article", "erased", "erase_failed", "privacy")
_FOR_KINDS = ("voice", "image", "video", "link", "location", "sticker", "empty")
PHRASES = (*_SAID, *_FOR_KINDS)
_ENTRIES, _ITEMS, _SHOWN, _ITEM_SHOWN, _KEY_BYTES = 3, 5, 4, 8, 128


@dataclass(frozen=True)
class Item:
    """An entry of the menu: it says ``say`` for the person, or opens ``page`` (a path below the public address)."""

    name: str
    key: str = ""
    say: str = ""
    page: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry at the bottom of the screen, which opens its items."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Wording:
    """Phrases by key, the three examples, the channel's own words by purpose, and the menu."""

    phrases: Mapping[str, str]
    examples: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    unsupported: frozenset[str]
    menu: tuple[Entry, ...]

    def say(self, key: str, **values: str) -> str:
        """The phrase with its values filled in."""
        return self.phrases[key].format(**values)

    def word(self, purpose: str) -> str:
        """The word that people are asked to reply with."""
        return self.words[purpose][0]

    def pressed(self, key: str) -> str | None:
        """What a menu entry says; ``None`` where there is no such entry (any more)."""
        return next((item.say for entry in self.menu for item in entry.items if item.key == key and key), None)


def load_wording(path: Path | None = None) -> Wording:
    """Read the file.

    Raises:
        ValueError: a part is missing, unknown or of the wrong form; the message names it.
    """
    source = path or paths.DATA / "wording" / "wechat.yml"
    raw = YAML(typ="safe", pure=True).load(source.read_text(encoding="utf-8"))
    try:
        _same(raw, PARTS, "the file")
        _same(raw["phrases"], PHRASES, "phrases")
        _same(raw["words"], WORDS, "words")
        return Wording(
            {key: _text(value, f"phrases.{key}") for key, value in raw["phrases"].items()},
            _texts(raw["examples"], "examples"),
            {key: _texts(value, f"words.{key}") for key, value in raw["words"].items()},
            frozenset(_texts(raw["unsupported"], "unsupported")),
            _menu(raw["menu"]),
        )
    except ValueError as error:
        raise ValueError(f"{source}: {error}") from error


def _same(found: Any, expected: tuple[str, ...], where: str) -> None:
    if not isinstance(found, dict) or set(found) != set(expected):
        odd = sorted(map(str, set(expected) ^ set(found))) if isinstance(found, dict) else list(expected)
        raise ValueError(f"{where} must hold exactly {', '.join(expected)}; missing or unknown: {', '.join(odd)}")


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{where} must be text")
    return value.strip()


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError(f"{where} must be a list of texts")
    return tuple(_text(v, where) for v in value)


def _menu(raw: Any) -> tuple[Entry, ...]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= _ENTRIES:
        raise ValueError(f"menu must have 1 to {_ENTRIES} entries")
    entries = []
    for row in raw:
        _same(row, ("name", "items"), "an entry of the menu")
        name = _name(row["name"], _SHOWN)
        if not isinstance(row["items"], list) or not 1 <= len(row["items"]) <= _ITEMS:
            raise ValueError(f"menu entry {name} must have 1 to {_ITEMS} items")
        entries.append(Entry(name, tuple(_item(i, name) for i in row["items"])))
    keys = [item.key for entry in entries for item in entry.items if item.key]
    if len(keys) != len(set(keys)):
        raise ValueError("menu: every key may stand once")
    return tuple(entries)


def _item(raw: Any, entry: str) -> Item:
    if isinstance(raw, dict) and "page" in raw:
        _same(raw, ("name", "page"), f"an item of menu entry {entry}")
        page = _text(raw["page"], f"{entry}: page")
        if not page.startswith("/"):
            raise ValueError(f"menu item {raw['name']}: page must begin with /")
        return Item(_name(raw["name"], _ITEM_SHOWN), page=page)
    _same(raw, ("name", "key", "say"), f"an item of menu entry {entry}")
    key = _text(raw["key"], f"{entry}: key")
    if len(key.encode()) > _KEY_BYTES:
        raise ValueError(f"menu key {key} is longer than {_KEY_BYTES} bytes")
    return Item(_name(raw["name"], _ITEM_SHOWN), key, _text(raw["say"], f"{entry}: say"))


def _name(value: Any, most: int) -> str:
    name = _text(value, "a name in the menu")
    if len(name) > most:
        raise ValueError(f"menu name {name} has {len(name)} characters; WeChat shows {most}")
    return name
