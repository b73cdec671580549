"""A case told of somebody else is read like one's own, and who follows whom is read in every order of telling.

The messages are composed from ``told/*.yml``: stories by movers by ways of telling, and standings by relatives by ways of following.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from worlds import AS_OF, PACKS, VOCABULARY

from bot.eligibility.values import Places, Value
from bot.reading.reader import Reading, read

_TOLD = Path(__file__).parent / "told"
OTHERS, FOLLOWING = (
    YAML(typ="safe", pure=True).load((_TOLD / f"{name}.yml").read_text(encoding="utf-8")) for name in ("others", "following")
)
HOMES = {pack.identity.jurisdiction.id: pack.identity.jurisdiction.place for pack in PACKS}
_EVERY = 5  # of the stories told of others, one in five is read
_MARRIED_BY_NAME = ("我老婆", "我老公", "我儿媳妇", "我女婿", "俺嫂子")


def said(place: str, text: str) -> tuple[Reading, dict[str, Value]]:
    reading = read(text, as_of=AS_OF, home=HOMES[place], vocabulary=VOCABULARY)
    return reading, {r.fact: r.value for r in reading.facts}


def tell(clauses: list[str], mover: str, pronoun: str, telling: list[str]) -> str:
    words, first, later, tail = (part.format(m=mover, o=pronoun) for part in telling)
    return words + "，".join(clause.format(s=first, p=later) for clause in clauses) + tail


@pytest.mark.parametrize("number", range(len(OTHERS["stories"])))
def test_a_story_told_of_somebody_else_gives_the_same_facts(number: int) -> None:
    story = OTHERS["stories"][number]
    own = said(story["place"], tell(story["clauses"], "我", "我", ["", "我", "", ""]))[1]
    wrong = []
    for turn, ((mover, person, pronoun), telling) in enumerate(product(OTHERS["movers"], OTHERS["tellings"])):
        if (turn + number) % _EVERY:
            continue
        text = tell(story["clauses"], mover, pronoun, telling)
        reading, facts = said(story["place"], text)
        if mover in _MARRIED_BY_NAME and "marital" not in own:
            facts.pop("marital", None)
        if reading.person != person or facts != own:
            wrong.append((text, reading.person, {f for f in {*own, *facts} if own.get(f) != facts.get(f)}))
    assert not wrong


def followings() -> Iterator[tuple[str, str, str, str, dict[str, str]]]:
    """Every message of who follows whom: place, text, the mover, what the one followed is to them, and the facts told of that one."""
    for stand in FOLLOWING["stands"]:
        place, words, facts = stand["place"], stand["words"], stand["facts"]
        for relative, person, inverse, pronoun in FOLLOWING["relatives"]:
            for telling in FOLLOWING["to_the_asker"]:
                yield place, telling.format(r=relative, o=pronoun, st=words), person, inverse, facts
            for telling in FOLLOWING["to_the_relative"]:
                yield place, telling.format(r=relative, o=pronoun, st=words), "self", person, facts
        for mover, person, followed, relation, pronoun in FOLLOWING["thirds"]:
            for telling in FOLLOWING["to_another"]:
                if telling.startswith("{f}") and followed[0] in "他她":
                    continue  # nobody opens with 她姥姥 who has named nobody yet
                yield place, telling.format(m=mover, p=pronoun, f=followed, st=words), person, relation, facts


def test_who_follows_whom_and_where_they_stand() -> None:
    wrong = []
    for place, text, person, relation, wanted in followings():
        reading, facts = said(place, text)
        told = {
            f: (next(iter(v.include)) if isinstance(v, Places) else "/".join(sorted(getattr(v, "values", ())))) for f, v in facts.items()
        }
        missed = {
            f: told.get(f)
            for f, value in {**wanted, "kin.relation": relation}.items()
            if value not in told.get(f, "").split("/") and told.get(f) != value
        }
        if "河南" in text and told.get("hukou.place") != "河南省":
            missed["hukou.place"] = told.get("hukou.place")
        leaked = {f for f in told if f.startswith(("work.", "insurance."))} | (
            {"housing.kind"} if told.get("housing.kind", "borrowed") != "borrowed" else set()
        )
        if reading.person != person or missed or leaked:
            wrong.append((text, reading.person, missed, leaked))
    assert not wrong
