"""A short answer to the question just asked: yes, no, 不清楚, an option, a place, a date; never a guess from thanks or 嗯."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from bot.eligibility.values import NO, YES, Choice, Months, Places, Value
from bot.paths import LEXICON
from bot.policy.vocabulary import FactSpec, Vocabulary
from bot.reading.place.places import find_places
from bot.reading.text.clauses import HEDGE, condition
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
    compiled["yes_or_no"] = {fact: {value: re.compile(words) for value, words in rows.items()} for fact, rows in raw["yes_or_no"].items()}
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


@dataclass(frozen=True)
class _Reply:
    """A message under reading as the answer to one question.

    ``plain`` is its plain spelling without what ends a message, ``short`` that without particles as well; ``text`` what was typed.
    """

    text: str
    plain: str
    short: str
    spec: FactSpec
    options: Sequence[str]
    as_of: date
    home: str | None
    vocabulary: Vocabulary

    @property
    def question(self) -> str:
        """The fact that was asked for."""
        return self.spec.name

    @property
    def head(self) -> str:
        """The first clause, which answers where the rest explains (有,老宅子归我)."""
        return re.split(r"[,。;!]", self.plain)[0]

    def is_one_of(self, words: re.Pattern[str]) -> bool:
        """Whether the whole message is one of these."""
        return bool(words.fullmatch(self.short) or words.fullmatch(self.plain))

    def says(self, value: Value) -> Answer:
        """The answer with a value of the fact asked for."""
        return Answer("value", {self.question: value}, self.text)

    def picks(self, *values: str) -> Answer:
        """The answer with one of these values, or what they leave possible."""
        return self.says(Choice(frozenset(values)))


def read_answer(text: str, question: str, *, options: Sequence[str], as_of: date, home: str | None, vocabulary: Vocabulary) -> Answer:
    """Read ``text`` as the answer to the fact ``question``; ``options`` are the option labels shown, in order.

    Other facts the message may hold are the business of :func:`bot.reading.reader.read`.
    """
    spec = vocabulary.facts.get(question)
    words = normalise(text).plain
    plain = _TAIL.sub("", words.strip())
    if spec is None or not plain or condition(words) is not None:
        return NOTHING
    reply = _Reply(text, plain, _PARTICLES.sub("", plain) or plain, spec, options, as_of, home, vocabulary)
    if options and (number := _ordinal(reply.short)) is not None:
        return _by_label(options[number - 1], spec, text) if 1 <= number <= len(options) else NOTHING
    if reply.is_one_of(_lexicon()["none"]):
        return NOTHING
    if (option := _option(reply)) is not None:
        return option
    if reply.is_one_of(_lexicon()["unsure"]) or reply.short in _UNSURE:
        return Answer("unsure", {}, text)
    return _BY_TYPE[spec.type](reply) if spec.type in _BY_TYPE else NOTHING


def only_yes_or_no(text: str) -> bool:
    """Whether a message is a yes or a no to whatever is asked (有, 没办) and says nothing of what."""
    plain = _TAIL.sub("", normalise(text).plain.strip())
    short = _PARTICLES.sub("", plain) or plain
    return any(_lexicon()[kind].fullmatch(short) for kind in ("yes", "no", "unsure", "none"))


def _option(reply: _Reply) -> Answer | None:
    """The one option that the message names, by its label or by a word for it, if only in its first words (有,老宅子归我)."""
    if reply.spec.type not in ("enum", "boolean"):
        return None
    words = _lexicon()["options"].get(reply.question, {})
    values = [v for v, label in reply.spec.labels.items() if reply.short in (label, v) or reply.plain == label]
    for said in (reply.short, _PARTICLES.sub("", reply.head)):
        values = values or [v for v, pattern in words.items() if _matches(pattern, said)]
    return reply.picks(*values) if len(values) == 1 else None


def _boolean(reply: _Reply) -> Answer:
    """A yes or no; where the question has options of its own, only those answer it."""
    if _lexicon()["options"].get(reply.question):
        return NOTHING
    said = _said_of(reply) or _yes_no(reply)
    return reply.picks(said) if said else NOTHING


def _enum(reply: _Reply) -> Answer:
    """What a yes or no leaves of several options: none, or all but none (有); and a kind of area by its words."""
    said, labels = _yes_no(reply), reply.spec.labels
    if said == NO and "none" in labels:
        return reply.picks("none")
    if said and reply.question == "wish.household":
        return reply.picks("collective" if said == YES else "own")
    if said == YES and "none" in labels and len(labels) > 2 and cue("answers.has_some").search(reply.short):
        return reply.picks(*(frozenset(labels) - {"none"}))
    return _area(reply) if reply.question.endswith(".area") else NOTHING


def _matches(pattern: re.Pattern[str], short: str) -> bool:
    """Whether a message is a word for an option, without what is said by courtesy or to fill."""
    return bool(
        pattern.fullmatch(short)
        or pattern.fullmatch(_POLITE.sub("", short, count=1))
        or pattern.fullmatch(cue("answers.filler").sub("", short))
    )


def _ordinal(short: str) -> int | None:
    """The number of the option that the message names (第二个, 3)."""
    match = _ORDINAL.match(short)
    if not match:
        return None
    return _NUMBERS.get(match.group(1)) or int(match.group(1))


def _by_label(label: str, spec: FactSpec, text: str) -> Answer:
    """What picking the option with this label answers."""
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


def _said_of(reply: _Reply) -> str | None:
    """The yes or no in words that say what of (一起住, 房东同意), which answers one question only."""
    head, rows = _PARTICLES.sub("", reply.head), _lexicon()["yes_or_no"].get(reply.question, {})
    return next((value for value, words in rows.items() if words.fullmatch(head) or words.fullmatch(reply.short)), None)


def _yes_no(reply: _Reply) -> str | None:
    """The yes or no of a whole message, or of its first clause where that is a plain yes or no (有,去年办的)."""
    lexicon, head, bare = _lexicon(), reply.head, _PARTICLES.sub("", reply.head)
    for piece in dict.fromkeys((reply.short, _POLITE.sub("", reply.short, count=1), head, bare, _POLITE.sub("", bare, count=1))):
        if not piece or lexicon["none"].fullmatch(piece):
            continue
        if _YES_VERB.fullmatch(piece) or lexicon["yes"].fullmatch(piece):
            return YES
        if lexicon["no"].fullmatch(piece):
            return NO
    return None


def _place(reply: _Reply) -> Answer:
    """A place, with the kind of area beside it where the words tell one."""
    found = [p for p in find_places(reply.plain, reply.home) if not (p.places.include == frozenset({""}) and not p.places.exclude)]
    found = [p for p in found if not cue("answers.not_there").search(reply.plain[: p.span[0]])]
    if not found:
        here = cue("answers.here_or_there").fullmatch(reply.plain) and reply.home
        return reply.says(Places(frozenset({here}))) if here else NOTHING
    if HEDGE.search(reply.plain):
        return NOTHING
    named = [p for p in found if p.kind != "area"] or found
    facts: dict[str, Value] = {reply.question: named[-1].places}
    area = reply.vocabulary.facts.get(reply.question.rsplit(".", 1)[0] + ".area")
    areas = [p.area for p in found if p.area is not None]
    if area is not None and areas and areas[-1] != area.values:
        facts[area.name] = Choice(areas[-1])
    return Answer("value", facts, reply.text)


def _area(reply: _Reply) -> Answer:
    """A kind of area by the words for one (镇下面的村)."""
    denied = cue("answers.not_there_2")
    areas = [p.area for p in find_places(reply.plain, reply.home) if p.area is not None and not denied.search(reply.plain[: p.span[0]])]
    if areas and not HEDGE.search(reply.plain) and areas[-1] != reply.spec.values:
        return reply.says(Choice(areas[-1]))
    return NOTHING


def _months(reply: _Reply) -> Answer:
    """A length of time."""
    lengths = find_durations(reply.plain)
    return reply.says(Months(lengths[-1].months_min, lengths[-1].months_max)) if lengths else NOTHING


def _date(reply: _Reply) -> Answer:
    """A day, or how long it is since, or till a home is handed over."""
    if reply.question != "presale.handover" and cue("answers.still_to_pass").search(reply.plain):
        return NOTHING  # 再等四个月: how long something has been is not told by that
    dates = [d for d in find_dates(reply.plain, reply.as_of) if d.value is not None]
    if dates and not dates[-1].hedged and dates[-1].value is not None:
        return reply.says(dates[-1].value)
    lengths = find_durations(reply.plain)
    if not lengths or lengths[-1].hedged:
        return NOTHING
    counted = ahead if reply.question == "presale.handover" else since
    return reply.says(counted(lengths[-1], reply.as_of))


_BY_TYPE: Mapping[str, Callable[[_Reply], Answer]] = {
    "boolean": _boolean,
    "enum": _enum,
    "place": _place,
    "date": _date,
    "months": _months,
}
