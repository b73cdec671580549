"""``luohu.reply/1`` as a JSON schema: the contract of section 5 of the design, closed against anything else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator

from bot.replies.model import KINDS, Reply
from bot.replies.payload import reply_json

VERDICTS = ["eligible", "not_eligible", "need_more_info", "not_covered"]
_TEXT = {"type": "string", "minLength": 1}
_MAYBE = {"type": ["string", "null"], "minLength": 1}


def _closed(optional: tuple[str, ...] = (), **parts: Any) -> dict[str, Any]:
    return {"type": "object", "properties": parts, "required": [p for p in parts if p not in optional], "additionalProperties": False}


def _list(items: Any, **rest: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **rest}


_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_END = {"anyOf": [_DAY, {"type": "integer", "minimum": 0}, {"type": "null"}]}
_VALUE = {"anyOf": [_TEXT, {"type": "boolean"}, _closed(min=_END, max=_END),
                    {"type": "object", "required": ["in"], "properties": {"in": _list({"type": "string"}), "not_in": _list(_TEXT)},
                     "additionalProperties": False}]}  # fmt: skip
_CITATION = _closed(
    policy=_TEXT, doc_no=_MAYBE, title=_TEXT, article=_TEXT, quote=_TEXT,
    url={"type": "string", "pattern": r"^/api/v1/policies/[a-z0-9-]+/articles/[^ ]+$"},
)  # fmt: skip
_CONDITION = _closed(text=_TEXT, value={"type": ["boolean", "null"]}, article=_TEXT, quote=_TEXT, note=_MAYBE, asks=_MAYBE)
_ROUTE = _closed(
    id=_TEXT, title=_TEXT, verdict={"enum": VERDICTS}, article=_TEXT, conditions=_list(_CONDITION, minItems=1), materials=_list(_TEXT),
    followers=_MAYBE, registers_at=_MAYBE,
    changes=_list(_closed(("article", "quote"), kind={"enum": ["wait", "paper", "consent", "choose", "fixed", "authority", "confirm"]},
                          text=_TEXT, article=_TEXT, quote=_TEXT, **{"from": {"anyOf": [_DAY, {"type": "null"}]}})),
)  # fmt: skip
# nearest, only and comparison go beyond the design: the page of the chat shows them.
_NEEDS = _list(_closed(text=_TEXT, value={"type": ["boolean", "null"]}, article=_TEXT, quote=_TEXT), minItems=1)
_SIDE = _closed(policy=_TEXT, conditions=_list(_closed(text=_TEXT, value={"type": ["boolean", "null"]}, article=_TEXT, quote=_TEXT)))
_COMPARISON = _closed(
    places=_list(_closed(jurisdiction=_TEXT, name=_TEXT, policy=_TEXT, verdict={"enum": VERDICTS},
                         route={**_ROUTE, "properties": {**_ROUTE["properties"], "needs": _NEEDS}}), minItems=2),
    differences=_list(_closed(fact=_TEXT, label=_TEXT, sides=_list(_SIDE, minItems=2))),
)  # fmt: skip
_QUESTION = _closed(fact=_TEXT, text=_TEXT, options=_list(_TEXT), because=_closed(article=_TEXT, quote=_TEXT))
# label and presumed go beyond the design: the front ends show them.
_FACT = _closed(("label", "presumed"), fact=_TEXT, values=_list(_VALUE, minItems=1), words={"type": "string"}, label=_TEXT,
                presumed={"type": "boolean"})  # fmt: skip
_SCREENING = _closed(
    ("nearest", "comparison", "only"), only={"const": True}, comparison=_COMPARISON,
    nearest=_list(_closed(id=_TEXT, needs=_NEEDS), minItems=1),
    policy=_TEXT, person=_TEXT, as_of=_DAY, verdict={"enum": VERDICTS}, facts=_list(_FACT), routes=_list(_ROUTE, minItems=1),
    question={"anyOf": [_QUESTION, {"type": "null"}]}, notes=_list(_TEXT, uniqueItems=True),
)  # fmt: skip
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_closed(
        schema={"const": "luohu.reply/1"}, kind={"enum": list(KINDS)}, jurisdiction={"enum": ["liaocheng", "linzi", None]}, topic=_MAYBE,
        id={"type": "string", "pattern": "^[0-9a-f]{6,64}$"}, citations=_list(_CITATION),
        screening={"anyOf": [_SCREENING, {"type": "null"}]},
    ),
    # A verdict and a question for a fact always come with the screening; an answer always with a citation.
    "allOf": [
        {"if": {"properties": {"kind": {"enum": ["screening", "ask"]}}},
         "then": {"properties": {"screening": {"type": "object"}}}},
        {"if": {"properties": {"kind": {"const": "answer"}}}, "then": {"properties": {"citations": {"minItems": 1}}}},
    ],
}  # fmt: skip


@cache
def validator() -> Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA)


_PARTS = {"condition": _CONDITION, "route": _ROUTE, "fact": _FACT, "citation": _CITATION}


@lru_cache(maxsize=65536)
def _part_faults(kind: str, part: str) -> tuple[str, ...]:
    # Thousands of payloads are made of a few thousand parts; each is validated once.
    return tuple(_told(Draft202012Validator(_PARTS[kind]).iter_errors(json.loads(part))))


def _apart(kind: str, parts: list[dict[str, Any]]) -> Iterator[str]:
    """The faults of all parts; only the first stays in the list, to be validated with the whole."""
    for part in parts:
        if kind == "route":
            yield from _apart("condition", part["conditions"])
        yield from _part_faults(kind, json.dumps(part, sort_keys=True))
    del parts[1:]


def _told(errors: Iterable[ValidationError]) -> list[str]:
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:120]}" for e in errors]


def contract_faults(reply: Reply) -> list[str]:
    """Where the payload of a reply breaks the contract, after the way over the wire."""
    payload = json.loads(json.dumps(reply_json(reply), ensure_ascii=False))
    shown = [json.dumps(c, sort_keys=True) for c in payload["citations"]]
    found = ["a citation stands twice"] if len(shown) > len(set(shown)) else []
    found += _apart("citation", payload["citations"])
    if payload["screening"]:
        found += [*_apart("fact", payload["screening"]["facts"]), *_apart("route", payload["screening"]["routes"])]
    return found + _told(validator().iter_errors(payload))
