"""A small made-up vocabulary and document, so that these tests stand on nothing but the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from made_up import TOWN, atom, make_pack, route, spec

from bot.policy.model import All, Any_, In, MonthsSince, MonthsUntil, Pack, Within
from bot.policy.vocabulary import Vocabulary


@pytest.fixture
def vocabulary() -> Vocabulary:
    kinds = {"owned": "自己的房", "rented": "租的房", "presale": "期房", "none": "没有"}
    facts = [
        spec("home.kind", "enum", kinds),
        spec("home.place", "place"),
        spec("presale.day", "date", burden=2),
        spec("license.day", "date", burden=2),
        spec("paper", answered_by="document", burden=4),
        spec("consent"),
        spec("stay", "months"),
        spec("kin.relation", "enum", {"spouse": "配偶", "sibling": "兄弟姐妹", "none": "没有"}, about="kin"),
        spec("kin.here", about="kin"),
        spec("talent", answered_by="authority", burden=5),
        spec("wish", "enum", {"shared": "集体户", "own": "自己的户"}, presumed=("shared",)),
    ]
    return Vocabulary(MappingProxyType({f.name: f for f in facts}), (), {}, {}, {})


@pytest.fixture
def pack() -> Pack:
    here = Within(frozenset({TOWN}))
    owned = atom("home.kind", In(frozenset({"owned"})), In(frozenset({"owned", "rented"})), "N-1")
    return make_pack(
        route("住所", All((atom("home.place", here), owned))),
        route("期房", All((atom("home.place", here), atom("home.kind", In(frozenset({"presale"}))),
                         atom("presale.day", MonthsUntil(0, 6))))),
        route("租房", All((atom("home.place", here), atom("home.kind", In(frozenset({"rented"}))), atom("paper"), atom("consent")))),
        route("执照", All((atom("license.day", MonthsSince(12)), atom("wish", In(frozenset({"shared"})))))),
        route("投靠", All((Any_((atom("kin.relation", In(frozenset({"spouse"}))),)), atom("kin.here")))),
        route("人才", atom("talent")),
        route("换簿", atom("consent"), settles=False),
    )


@pytest.fixture
def without() -> Callable[[Pack, str], Pack]:
    """The document without one route."""
    return lambda pack, id_: replace(pack, routes=tuple(r for r in pack.routes if r.id != id_))
