"""Alert rules and dashboard ask for what there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.channels import metrics
from bot.channels.spoken import KINDS as PHRASES
from bot.channels.stages import STAGES
from bot.replies.model import KINDS
from bot.store.gaps import REASONS

FOLDER = paths.ROOT / "deploy" / "observability"
_OF_PROMETHEUS = {"up": {"job", "instance"}}
_SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
_FUNCTIONS = r"sum|rate|increase|histogram_quantile|count|min|max|by|ignoring|group_left|and|or|on|without"
_VALUES = {
    ("luohu_spoken_total", "phrase"): set(PHRASES),
    ("luohu_replies_total", "kind"): set(KINDS),
    ("luohu_errors_total", "stage"): set(STAGES),
    ("luohu_gaps_total", "reason"): set(REASONS),
    ("luohu_wechat_answers_total", "when"): {"in_time", "late"},
    ("luohu_wechat_late_total", "passed"): {"sent", "kept"},
    ("luohu_feedback_total", "useful"): {"yes", "no"},
}


def known() -> dict[str, set[str]]:
    """Every series that the server gives, with its labels."""
    found = dict(_OF_PROMETHEUS)
    for family in metrics.REGISTRY.collect():
        collector: Any = metrics.REGISTRY._names_to_collectors.get(family.name)
        labels = {"instance", "job", *getattr(collector, "_labelnames", ())}
        for suffix in _SUFFIXES[family.type]:
            found[family.name + suffix] = labels | ({"le"} if suffix == "_bucket" else set())
    return found


def rules() -> list[dict[str, Any]]:
    loaded = YAML(typ="safe", pure=True).load((FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))["panels"]
    return found


def faults(expression: str, series: dict[str, set[str]]) -> Iterator[str]:
    """What an expression asks for that there is not."""
    for name in set(re.findall(r"\b(?:luohu|process)_[a-z_]+\b", expression)) - set(series):
        yield f"no series {name}"
    for name, selector in re.findall(r"\b([a-z_]+)\{([^}]*)\}", expression):
        for label, _, value in re.findall(r'(\w+)\s*(=~|!=|=)\s*"([^"]*)"', selector):
            if label not in series.get(name, set()):
                yield f"{name} has no label {label}"
            allowed = _VALUES.get((name, label))
            if allowed is not None and not set(value.split("|")) <= allowed:
                yield f"{name} never has {label}={value}"
    mentioned = set().union(*(series[n] for n in re.findall(r"\b[a-z_]+\b", expression) if n in series))
    for labels in re.findall(r"\b(?:by|ignoring)\s*\(([^)]*)\)", expression):
        for label in re.split(r"\s*,\s*", labels.strip()):
            if label not in mentioned:
                yield f"nothing in it has the label {label}"
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^]]*\]|\b(?:by|ignoring)\s*\([^)]*\)', " ", expression)
    for word in set(re.findall(r"\b[a-z_]{2,}\b", bare)) - set(series):
        if not re.fullmatch(_FUNCTIONS, word):
            yield f"{word} is neither a series nor a function"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_an_alarm_asks_for_what_there_is_and_says_what_it_means(rule: dict[str, Any]) -> None:
    assert list(faults(rule["expr"], known())) == []
    assert set(rule["annotations"]) == {"summary", "meaning", "action"}
    assert rule["labels"]["severity"] in ("page", "warn", "info")


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: panel["title"])
def test_a_panel_asks_for_what_there_is(panel: dict[str, Any]) -> None:
    assert panel["targets"]
    for target in panel["targets"]:
        assert list(faults(target["expr"], known())) == [], target["expr"]


def test_every_measure_of_the_server_is_on_the_dashboard() -> None:
    shown = " ".join(t["expr"] for p in panels() for t in p["targets"])
    own = {family.name for family in metrics.REGISTRY.collect() if family.name.startswith("luohu_")}
    assert [name for name in sorted(own) if name not in shown] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "rate(luohu_mesages_total[5m])",
        'luohu_spoken_total{phrase="sorry"}',
        'luohu_ready{place="x"}',
        "sum by (kind) (luohu_messages_total)",
        "averag(luohu_ready)",
    ],
)
def test_the_check_finds_what_is_wrong(wrong: str) -> None:
    assert list(faults(wrong, known()))
