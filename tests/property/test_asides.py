"""What is said by the way of somebody else, or of the weather, leaves the asker's facts as they were.

Every aside is put into every gap of every story as a clause, and once as a sentence of its own.  A clause that names no subject, put after
an aside about a person, may be read of that person by anybody: the stories name the asker wherever a clause does not go on of the home,
the lease, the job or the shop told before.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from worlds import PACKS, VOCABULARY

from bot.evaluation.rows import UNDATED
from bot.reading.reader import read

_LISTS: dict[str, list[dict[str, Any]]] = YAML(typ="safe", pure=True).load(
    Path(__file__).with_name("asides.yml").read_text(encoding="utf-8")
)
_HOMES = {p.identity.jurisdiction.id: p.identity.jurisdiction.place for p in PACKS}


def told(place: str, message: str) -> tuple[str, dict[str, object]]:
    """Who wants to register, and the facts read."""
    reading = read(message, as_of=UNDATED, home=_HOMES[place], vocabulary=VOCABULARY)
    return reading.person or "self", {f.fact: f.value for f in reading.facts}


def with_aside(story: list[str], aside: str) -> Iterator[str]:
    """The story with the aside at every gap between commas, at the first inner one between full stops too, and after the question."""
    *clauses, question = story
    for gap in range(len(clauses) + 1):
        yield ",".join([*clauses[:gap], aside, *clauses[gap:], question]) + "?"
        if gap == 1:
            yield "。".join(part for part in (",".join(clauses[:gap]), aside, ",".join([*clauses[gap:], question])) if part) + "?"
    yield ",".join(story) + "?" + aside + "。"


@pytest.mark.parametrize("story", _LISTS["stories"], ids=lambda s: s["told"][0])
def test_an_aside_changes_no_fact(story: dict[str, Any]) -> None:
    who, facts = told(story["place"], ",".join(story["told"]) + "?")
    wrong = []
    for aside in _LISTS["asides"]:
        if aside.get("of") and aside["of"] == story.get("kin"):
            continue
        for message in with_aside(story["told"], aside["say"]):
            person, now = told(story["place"], message)
            new = {f: v for f, v in now.items() if f in facts or f not in aside.get("adds", ())}
            if (person, new) != (who, facts):
                wrong.append(f"{message}: {person} {sorted(f for f in new.keys() | facts.keys() if new.get(f) != facts.get(f))}")
    assert not wrong, "\n".join(wrong)
