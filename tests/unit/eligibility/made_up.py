"""Parts of made-up documents."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from bot.policy.model import Atom, Condition, Identity, In, Jurisdiction, Pack, Route, Test
from bot.policy.vocabulary import FactSpec

TOWN = "省/市/区"


def spec(name: str, type_: str = "boolean", labels: dict[str, str] | None = None, **more: object) -> FactSpec:
    shown = labels if labels is not None else {"yes": "是", "no": "否"} if type_ == "boolean" else {}
    fields = {"about": "self", "answered_by": "resident", "burden": 1, "sensitive": "low", "presumed": (), **more}
    return FactSpec(name=name, type=type_, label=name, question=f"{name}？", labels=MappingProxyType(shown), **fields)  # type: ignore[arg-type]


def atom(fact: str, test: Test | None = None, reading_b: Test | None = None, note: str | None = None, text: str = "") -> Atom:
    return Atom(fact, test or In(frozenset({"yes"})), text or fact, f"“{fact}”", "一", reading_b, note)


def route(id_: str, when: Condition, settles: bool = True) -> Route:
    return Route(id_, "一", id_, when, None, None, (), (), (), settles)


def make_pack(*routes: Route) -> Pack:
    identity = Identity(
        "made-up", "标题", "简称", None, "机关", Jurisdiction("x", "区", TOWN, (), ()), date(2020, 1, 1), date(2020, 1, 1),
        None, "", None, (), (), (), "", None,
    )
    return Pack(identity, "", (), routes, {}, {}, (), {}, {})
