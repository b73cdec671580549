"""Every dialogue under ``dialogues/``: what the resident reads, the verdict and the articles, turn by turn.

A turn may state: ``kind`` (of the last reply), ``kinds`` (of all), ``verdict``, ``route`` (id: verdict), ``cites`` (articles
that must be among the first three), ``first`` (the first article), ``says`` (words that must be read), ``never`` (words that must not),
``asks`` (the fact asked for; ``null``: nothing is asked), ``person``, ``place``, ``fact`` (fact: values understood; ``null``: nothing is),
``options`` (labels offered).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

pytestmark = pytest.mark.rasa

_KEYS = {"user", "kind", "kinds", "verdict", "route", "cites", "first", "says", "never", "asks", "person", "place", "fact", "options"}


def dialogues() -> list[Any]:
    found = []
    for file in sorted((Path(__file__).parent / "dialogues").glob("*.yml")):
        for dialogue in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(dialogue, id=f"{file.stem}: {dialogue['name']}"))
    return found


@pytest.mark.parametrize("dialogue", dialogues())
def test_dialogue(dialogue: dict[str, Any], talk: Any) -> None:
    metadata = {"as_of": "2026-11-22", **({"jurisdiction": dialogue["place"]} if dialogue.get("place") else {})}
    conversation = talk(**metadata)
    for number, turn in enumerate(dialogue["turns"], 1):
        unknown = set(turn) - _KEYS
        assert not unknown, f"unknown keys in turn {number}: {unknown}"
        messages = conversation.say(turn["user"])
        problems = list(faults(turn, messages))
        said = "\n".join(m["text"] for m in messages)
        assert not problems, f"turn {number} {turn['user']!r}: {problems}\n--- said\n{said}\n--- {[m['custom']['kind'] for m in messages]}"


def faults(turn: dict[str, Any], messages: list[dict[str, Any]]) -> Any:
    if not messages:
        yield "silence"
        return
    payloads = [m["custom"] for m in messages]
    text = "\n".join(m["text"] for m in messages)
    kinds = [p["kind"] for p in payloads]
    paths = list(dict.fromkeys(c["article"] for p in payloads for c in p["citations"]))
    screening = next((p["screening"] for p in reversed(payloads) if p["screening"]), None)
    if "kind" in turn and kinds[-1] != turn["kind"]:
        yield f"kind {kinds[-1]}, not {turn['kind']}"
    if "kinds" in turn and kinds != turn["kinds"]:
        yield f"kinds {kinds}, not {turn['kinds']}"
    for word in turn.get("says", ()):
        if word not in text:
            yield f"does not say {word!r}"
    for word in turn.get("never", ()):
        if word in text:
            yield f"says {word!r}"
    for article in turn.get("cites", ()):
        if article not in paths[:3]:
            yield f"{article} not among the first three of {paths}"
    if "first" in turn and paths[:1] != [turn["first"]]:
        yield f"first article {paths[:1]}, not {turn['first']}"
    if "options" in turn:
        labels = [b["title"] for m in messages for b in m.get("buttons", ())]
        yield from (f"option {o!r} missing of {labels}" for o in turn["options"] if o not in labels)
    if "place" in turn and payloads[-1]["jurisdiction"] != turn["place"]:
        yield f"place {payloads[-1]['jurisdiction']}, not {turn['place']}"
    yield from screening_faults(turn, screening)


def screening_faults(turn: dict[str, Any], screening: dict[str, Any] | None) -> Any:
    if not {"verdict", "route", "asks", "person", "fact"} & set(turn):
        return
    if screening is None:
        if turn.get("verdict") != "none":
            yield "no screening"
        return
    if "verdict" in turn and screening["verdict"] != turn["verdict"]:
        yield f"verdict {screening['verdict']}, not {turn['verdict']}"
    routes = {r["id"]: r["verdict"] for r in screening["routes"]}
    for route, verdict in turn.get("route", {}).items():
        if routes.get(route) != verdict:
            yield f"route {route} {routes.get(route)}, not {verdict}"
    if "asks" in turn and (screening["question"] or {}).get("fact") != turn["asks"]:
        yield f"asks {(screening['question'] or {}).get('fact')}, not {turn['asks']}"
    if "person" in turn and screening["person"] != turn["person"]:
        yield f"person {screening['person']}, not {turn['person']}"
    facts = {f["fact"]: f["values"] for f in screening["facts"]}
    for fact, values in turn.get("fact", {}).items():
        wanted = values if isinstance(values, list) or values is None else [values]
        if facts.get(fact) != wanted:
            yield f"{fact} understood as {facts.get(fact)}, not {values}"
