"""A short answer to the question just asked: yes, no, 不清楚, an option, a place, a date; never a guess from thanks or 嗯."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from bot.eligibility.values import NO, YES, Choice, Dates, Months, Places, Value
from bot.paths import LEXICON
from bot.policy.vocabulary import FactSpec, Vocabulary
from bot.reading.place.places import find_places
from bot.reading.text.clauses import HEDGE
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.normalise import normalise
from bot.reading.time.dates import find_dates
from bot.reading.time.durations import ahead, find_durations, since


@dataclass(frozen=True)
class Answer:
    """What a message answers to the question asked.

    ``kind`` is ``value`` (``facts`` holds what was answered: the fact asked and, where the words say it, the area beside a place),
    ``unsure`` (不清楚: the question is not asked again) or ``none`` (no answer: the bot asks again, kindly).
    """

    kind: str
    facts: Mapping[str, Value]
    words: str


NOTHING = Answer("none", {}, "")


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load((LEXICON / "answers.yml").read_text(encoding="utf-8"))
    compiled: dict[str, Any] = {kind: re.compile("(?:" + "|".join(raw[kind]) + ")") for kind in ("yes", "no", "unsure", "none")}
    compiled["yes_or_no"] = {
        fact: {value: re.compile(words) for value, words in rows.items()} for fact, rows in raw["yes_or_no"].items()
    }
    compiled["options"] = {
        fact: {value: re.compile(f"(?:{words})") for value, words in rows.items()} for fact, rows in raw["options"].items()
    }
    return compiled


_TAIL = cue("answers.tail")
_PARTICLES = cue("answers.particles")
_POLITE = cue("answers.polite")
_ORDINAL = cue("answers.ordinal")
_NUMBERS = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)}
_YES_VERB = cue("answers.yes_verb")
_UNSURE, _YES_WORDS, _NO_WORDS = group("answers.unsure"), group("answers.yes"), group("answers.no")


def read_answer(text: str, question: str, *, options: Sequence[str], as_of: date, home: str | None, vocabulary: Vocabulary) -> Answer:
    """Read ``text`` as the answer to the fact ``question``; ``options`` are the option labels shown, in order.

    Other facts the message may hold are the business of :func:`bot.reading.reader.read`.
    """
    spec = vocabulary.facts.get(question)
    if spec is None:
        return NOTHING
    words = normalise(text)
    plain = _TAIL.sub("", words.plain.strip())
    if not plain:
        return NOTHING
    lexicon = _lexicon()
    short = _PARTICLES.sub("", plain) or plain
    # an option by number
    number = _ordinal(short)
    if number is not None and options:
        if 1 <= number <= len(options):
            return _by_label(options[number - 1], spec, text)
        return NOTHING
    if lexicon["none"].fullmatch(plain) or lexicon["none"].fullmatch(short):
        return NOTHING
    # an option by its label, or a word for it
    if spec.type in ("enum", "boolean"):
        values = [v for v, label in spec.labels.items() if short in (label, v) or plain == label]
        options_of = lexicon["options"].get(question, {})
        if not values:
            values = [v for v, pattern in options_of.items() if _matches(pattern, short)]
        if not values:  # 有,老宅子归我: the first words answer, the rest explains
            head = _PARTICLES.sub("", re.split(r"[,。;!]", plain)[0])
            values = [v for v, pattern in options_of.items() if _matches(pattern, head)]
        if len(values) == 1:
            return Answer("value", {question: Choice(frozenset(values))}, text)
    if lexicon["unsure"].fullmatch(short) or lexicon["unsure"].fullmatch(plain) or short in _UNSURE:
        return Answer("unsure", {}, text)
    if spec.type == "boolean":
        said = None if options_of else _said_of(question, plain) or _yes_no(short, plain)
        if said:
            return Answer("value", {question: Choice(frozenset({said}))}, text)
        return NOTHING
    if spec.type == "enum":
        said = _yes_no(short, plain)
        if said == NO and "none" in spec.labels:
            return Answer("value", {question: Choice(frozenset({"none"}))}, text)
        if said and question == "wish.household":
            return Answer("value", {question: Choice(frozenset({"collective" if said == YES else "own"}))}, text)
        if said == YES and "none" in spec.labels and len(spec.labels) > 2 and cue("answers.has_some").search(short):
            rest = frozenset(spec.labels) - {"none"}
            return Answer("value", {question: Choice(rest)}, text)
        if question.endswith(".area"):
            return _area(plain, question, home, spec, text)
        return NOTHING
    if spec.type == "place":
        return _place(plain, question, home, vocabulary, text)
    if spec.type in ("date", "months"):
        return _date(plain, question, as_of, spec, text)
    return NOTHING


def _matches(pattern: re.Pattern[str], short: str) -> bool:
    return bool(
        pattern.fullmatch(short)
        or pattern.fullmatch(_POLITE.sub("", short, count=1))
        or pattern.fullmatch(cue("answers.filler").sub("", short))
    )


def _ordinal(short: str) -> int | None:
    match = _ORDINAL.match(short)
    if not match:
        return None
    word = match.group(1)
    if word in _NUMBERS and short == word == "一" or (short == word and word in "十"):
        return _NUMBERS[word]
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _by_label(label: str, spec: FactSpec, text: str) -> Answer:
    for value, shown in spec.labels.items():
        if label in (shown, value):
            return Answer("value", {spec.name: Choice(frozenset({value}))}, text)
    if cue("answers.unsure").search(label):
        return Answer("unsure", {}, text)
    if spec.type == "boolean" and label in _YES_WORDS:
        return Answer("value", {spec.name: Choice(frozenset({YES}))}, text)
    if spec.type == "boolean" and label in _NO_WORDS:
        return Answer("value", {spec.name: Choice(frozenset({NO}))}, text)
    return NOTHING


def _said_of(question: str, plain: str) -> str | None:
    """The yes or no in words that say what of (一起住, 房东同意), which answers one question only."""
    head = _PARTICLES.sub("", re.split(r"[,。;!]", plain)[0])
    return next((value for value, words in _lexicon()["yes_or_no"].get(question, {}).items() if words.fullmatch(head)), None)


def _yes_no(short: str, plain: str) -> str | None:
    """The yes or no of a whole message, or of its first clause where that is a plain yes or no (有,去年办的)."""
    lexicon = _lexicon()
    head = re.split(r"[,。;!]", plain)[0]
    for piece in dict.fromkeys(
        (short, _POLITE.sub("", short, count=1), head, _PARTICLES.sub("", head), _POLITE.sub("", _PARTICLES.sub("", head), count=1))
    ):
        if not piece or lexicon["none"].fullmatch(piece):
            continue
        if _YES_VERB.fullmatch(piece):
            return YES
        if lexicon["yes"].fullmatch(piece):
            return YES
        if lexicon["no"].fullmatch(piece):
            return NO
    return None


def _place(plain: str, question: str, home: str | None, vocabulary: Vocabulary, text: str) -> Answer:
    found = [p for p in find_places(plain, home) if not (p.places.include == frozenset({""}) and not p.places.exclude)]
    found = [p for p in found if not cue("answers.not_there").search(plain[: p.span[0]])]
    if not found:
        if cue("answers.here_or_there").fullmatch(plain) and home:
            return Answer("value", {question: Places(frozenset({home}))}, text)
        return NOTHING
    if HEDGE.search(plain):
        return NOTHING
    named = [p for p in found if p.kind != "area"] or found
    facts: dict[str, Value] = {question: named[-1].places}
    area = question.rsplit(".", 1)[0] + ".area"
    areas = [p.area for p in found if p.area is not None]
    if area in vocabulary.facts and areas and frozenset(areas[-1]) != vocabulary.facts[area].values:
        facts[area] = Choice(frozenset(areas[-1]))
    return Answer("value", facts, text)


def _area(plain: str, question: str, home: str | None, spec: FactSpec, text: str) -> Answer:
    areas = [p.area for p in find_places(plain, home) if p.area is not None and not cue("answers.not_there_2").search(plain[: p.span[0]])]
    if areas and not HEDGE.search(plain) and frozenset(areas[-1]) != spec.values:
        return Answer("value", {question: Choice(frozenset(areas[-1]))}, text)
    return NOTHING


def _date(plain: str, question: str, as_of: date, spec: FactSpec, text: str) -> Answer:
    lengths = find_durations(plain)
    if spec.type == "months":
        if lengths:
            return Answer("value", {question: Months(lengths[-1].months_min, lengths[-1].months_max)}, text)
        return NOTHING
    dates = [d for d in find_dates(plain, as_of) if d.value is not None]
    if dates and not dates[-1].hedged and dates[-1].value is not None:
        return Answer("value", {question: dates[-1].value}, text)
    if lengths and not lengths[-1].hedged and question != "presale.handover":
        value: Dates = since(lengths[-1], as_of)
        return Answer("value", {question: value}, text)
    if lengths and not lengths[-1].hedged:
        return Answer("value", {question: ahead(lengths[-1], as_of)}, text)
    return NOTHING
