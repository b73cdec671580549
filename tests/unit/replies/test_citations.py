"""Every sentence of every reply the bot can be made to give rests on the passage it cites."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from contract import contract_faults
from generated import Figures, Made, screening_replies, topic_replies, world

from bot.policy.forbidden import forbidden
from bot.policy.model import Pack
from bot.replies.gate import faults
from bot.replies.text import render

PEOPLE = 2000
CHUNKS = 8
# Longer texts are not read to the end on a phone. How to names two ways and what each needs. Where no question waits, why is answered by
# the verdict.
MOST = {"topic": 220, "verdict": 240, "ask": 60, "why": 240, "compare": 220, "how_to": 320}
_BAD = ("None", "{", "}", "“”", "《》", "、、", "。。", "，，", "；；", "，。", "；。", "：。", "、。", "等等", "（）", "  ")
PACKS = [pytest.param(pack, id=pack.id) for pack in world().packs]


def written_badly(made: Made) -> list[str]:
    """What a reader would stumble over."""
    text = render(made.reply)
    body = text.split("依据：")[0]
    found = [f"“{bad}”" for bad in _BAD if bad in body]
    sentences = [s for s in re.split(r"(?<=。)|\n", body) if len(s) > 4]
    found += [f"twice: {s}" for s, n in Counter(sentences).items() if n > 1]
    if not re.sub(r"\s", "", body):
        found.append("nothing is said")
    place = made.reply.jurisdiction
    never = world().packs.by_jurisdiction[place].never if place else world().packs.never
    spoken = (*[s.text for s in made.reply.said], re.sub("“[^”]*”", "", made.reply.question or ""))
    found += [f for s in spoken for f in forbidden(s, never=never)]
    if len(re.findall(r"[一-鿿]", body)) > MOST[made.turn]:
        found.append(f"{len(re.findall(r'[一-鿿]', body))} characters")
    if world().wording["safe"] in text:
        found.append("held back by the gate")
    return [f"{made.turn} {made.of}: {f} in {body}" for f in found]


def judge(replies: Iterable[Made], record: object) -> None:
    figures, style, lengths = Figures(), [], []
    for made in replies:
        figures.add(made)
        style += written_badly(made)
        style += [f"{made.turn} {made.of}: {f}" for f in faults(made.reply, world().packs.by_id, world().wording, world().vocabulary)]
        style += [f"{made.turn} {made.of}: {f}" for f in contract_faults(made.reply)]
        lengths.append((made.turn, len(re.findall(r"[一-鿿]", render(made.reply).split("依据：")[0]))))
    record("luohu_citations", [figures.sentences, figures.supported, figures.cited, figures.fitting, figures.replies])  # type: ignore[operator]
    record("luohu_lengths", json.dumps(lengths))  # type: ignore[operator]
    assert figures.sentences
    assert figures.supported == figures.sentences, "\n".join(figures.faults[:20])
    assert figures.fitting == figures.cited, "\n".join(figures.faults[:20])
    assert not style, f"{len(style)} texts\n" + "\n".join(style[:20])


@pytest.mark.parametrize("pack", PACKS)
def test_every_answer_rests_on_what_it_cites(pack: Pack, record_property: object) -> None:
    judge(topic_replies(pack), record_property)


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("pack", PACKS)
def test_every_screening_rests_on_what_it_cites(pack: Pack, chunk: int, record_property: object) -> None:
    judge(screening_replies(pack, range(chunk, PEOPLE, CHUNKS)), record_property)


def test_the_judge_sees_a_missing_and_a_foreign_citation() -> None:
    pack = next(iter(world().packs))
    made = next(m for m in topic_replies(pack) if m.reply.said[0].cites)
    first, other = made.reply.said[0], next(m for m in topic_replies(pack) if m.of != made.of and m.reply.citations).reply.citations[0]
    from dataclasses import replace

    for cites in ((), (*first.cites, replace(other, quote="没有这句话"))):
        figures = Figures()
        figures.add(replace(made, reply=replace(made.reply, said=(replace(first, cites=cites),))))
        assert (figures.supported, figures.fitting) != (figures.sentences, figures.cited)
