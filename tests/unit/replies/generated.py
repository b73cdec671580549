"""Replies to made-up residents and to every question, and what supports each sentence, judged apart from what made it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from bot.conversation.screening import speak
from bot.conversation.state import HEDGED, PRESUMED, SAID, Case, Conversation, Dispute, Told
from bot.conversation.turns import take
from bot.conversation.world import Heard, World, load_world
from bot.eligibility.values import Value, meet
from bot.policy.model import Pack, Route, atoms
from bot.policy.tree import fold
from bot.policy.vocabulary import ASPECTS
from bot.replies.answers import Sides, topic_reply
from bot.replies.model import Citation, Reply, Said
from tests.property.worlds import AS_OF, exact, person

WORDS = {"housing.kind": "住那边", "work.status": "上班的", "kin.relation": "我家里人", "hukou.place": "外头的户口"}
TURNS = ("how_to", "compare", "why")
# The first frame that fits a sentence names its kind; {route} and {place} are looked up, {conditions} and {changes} taken apart.
FRAMES = (
    "route_yes", "route_yes_named", "route_no", "route_no_named", "route_open", "route_confirm", "route_also",
    "only_route_yes", "only_route_no", "only_route_open", "compare_yes", "compare_no", "compare_open",
    "how_to_route", "eligible_other", "eligible", "not_eligible", "need_more_info", "need_more_info_route",
    "route_target", "route_target_open", "materials", "count", "registers", "why", "because",
    "spouse_of_child_in_law", "spouse_of_parent_in_law", "day_fits", "from_day", "into_town",
)  # fmt: skip
_CUT = re.compile(r"；|，或者|且")


@cache
def world() -> World:
    return load_world()


@dataclass(frozen=True)
class Made:
    """One reply, the turn that made it and the place it is about."""

    turn: str
    pack: Pack
    reply: Reply
    of: str = ""


@dataclass
class Figures:
    """Citation recall: factual sentences that their citations support. Precision: citations that support their sentence."""

    sentences: int = 0
    supported: int = 0
    cited: int = 0
    fitting: int = 0
    replies: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, made: Made) -> None:
        self.replies += 1
        before = ""
        for said in made.reply.said:
            if said.sort not in ("states", "reports"):
                continue
            needed, allowed = support(said, made, before)
            pairs = [(c.policy, c.article, c.quote) for c in said.cites]
            good = [p for p, c in zip(pairs, said.cites, strict=True) if p in allowed and _verbatim(c)]
            held = bool(good) and all(any(p in good for p in options) for options in needed)
            self.sentences += 1
            self.supported += held
            self.cited += len(pairs)
            self.fitting += len(good)
            if not held or len(good) < len(pairs):
                self.faults.append(f"{made.turn} {made.of}: {said.text} <- {[p for p in pairs if p not in good] or 'not supported'}")
            before = said.text
        # What stands beside the sentences, such as the reason of a question, has to be verbatim too.
        own = {c for s in made.reply.said for c in s.cites}
        for citation in made.reply.citations:
            if citation not in own:
                self.cited += 1
                self.fitting += _verbatim(citation)


Pair = tuple[str, str, str]


def _verbatim(citation: Citation) -> bool:
    pack = world().packs.by_id[citation.policy]
    return bool(fold(citation.quote)) and fold(citation.quote) in fold(pack.article(citation.article).text)


@cache
def _frame(key: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", world().wording[key])
    return re.compile("".join(f"(?P<{p}>.+?)" if i % 2 else re.escape(p) for i, p in enumerate(parts)))


def kind_of(text: str) -> tuple[str, dict[str, str]]:
    """Which frame of the wording a sentence was made from, and what was filled in; empty where it is a sentence of a pack."""
    for key in FRAMES:
        if match := _frame(key).fullmatch(text):
            return key, match.groupdict()
    return "", {}


def support(said: Said, made: Made, before: str) -> tuple[list[list[Pair]], set[Pair]]:
    """The passages that a sentence needs (one of each list) and those that belong to it."""
    own = sentence_quotes(made.pack).get(said.text)
    if own is not None and said.sort == "states":
        return [], own
    key, parts = kind_of(said.text)
    pack = made.pack
    if place := parts.get("place"):
        pack = next(p for p in world().packs if p.identity.jurisdiction.name == place)
    if key == "because":  # the passage that a sentence of the pack rests on, word for word
        return [], {p for quotes in sentence_quotes(pack).values() for p in quotes if fold(p[2]) == fold(parts["quote"])}
    if key == "why":
        return [], {p for r in pack.routes for p in _atoms(pack, r) if fold(p[2]) == fold(parts["quote"])}
    if key == "count":
        timed = [_named(pack, pack.routes, text) for text in parts["items"].split("；")]
        return timed, {p for pairs in timed for p in pairs}
    if key in ("materials", "registers"):
        texts = parts.get("items", "").split("；") if key == "materials" else [parts["text"]]
        named = [sentence_quotes(pack).get(t, set()) for t in texts]
        return [list(n) for n in named], set().union(*named)
    if key in ("eligible", "eligible_other", "not_eligible", "need_more_info"):
        verdict = {"eligible_other": "eligible"}.get(key, key)
        payload = made.reply.screening or {}
        ids = [r["id"] for r in payload["routes"] if r["verdict"] == verdict]  # type: ignore[attr-defined, index]
        return [], {p for i in ids for p in _atoms(pack, pack.route(i))}
    if key in ("need_more_info_route", "into_town"):
        named_routes = [[r for r in pack.routes if r.title == title] for title in parts["routes"].split("”“")]
        each = [[p for r in found for p in _atoms(pack, r)] for found in named_routes]
        return each, {p for pairs in each for p in pairs}
    title = parts.get("route") or next((r.title for r in pack.routes if f"“{r.title}”" in before), "")
    routes = [r for r in pack.routes if r.title == title]
    if not routes:
        return [[]], set()  # a factual sentence that is of no kind known here counts as not supported
    allowed = {p for r in routes for p in _atoms(pack, r)}
    if key.startswith("route_target"):
        allowed |= {(pack.id, s.article, s.quote) for r in routes if (s := r.registers_at)}
    if changed := parts.get("changes"):
        return [_inside(pack, routes, piece) for piece in changed.split("；")], allowed
    named_conditions = parts.get("conditions", "")
    pieces = [piece for listed in _pieces(named_conditions) for piece in _unlisted(routes, listed)]
    return [_named(pack, routes, piece) for piece in pieces], allowed


def _unlisted(routes: Iterable[Route], listed: str) -> list[str]:
    """The conditions of a list that says once what they have in common: 对方是配偶、子女或父母."""
    known = {a.text for r in routes for a in atoms(r.when)}
    for end in (m.end() for m in re.finditer("[是的]", listed) if listed not in known):
        apart = [listed[:end] + one for one in re.split("、|或", listed[end:])]
        if len(apart) > 1 and known.issuperset(apart):
            return apart
    return [listed]


def _pieces(conditions: str) -> Iterator[str]:
    for piece in _CUT.split(conditions.removesuffix("等")):
        if piece.count("（") > piece.count("）"):
            piece = piece.removeprefix("（")
        if piece.count("）") > piece.count("（"):
            piece = piece.removesuffix("）")
        if piece:
            yield piece


def _named(pack: Pack, routes: Iterable[Route], text: str) -> list[Pair]:
    return [(pack.id, a.article, a.quote) for r in routes for a in atoms(r.when) if a.text == text]


def _inside(pack: Pack, routes: Iterable[Route], text: str) -> list[Pair]:
    found = [a for r in routes for a in atoms(r.when) if a.text in text]
    longest = max((len(a.text) for a in found), default=0)
    return [(pack.id, a.article, a.quote) for a in found if len(a.text) == longest]


def _atoms(pack: Pack, route: Route) -> Iterator[Pair]:
    return ((pack.id, a.article, a.quote) for a in atoms(route.when))


_QUOTES: dict[str, dict[str, set[Pair]]] = {}


def sentence_quotes(pack: Pack) -> dict[str, set[Pair]]:
    """The quotes that the pack's files give for each sentence and statement."""
    if pack.id not in _QUOTES:
        found: dict[str, set[Pair]] = {}
        for topic in pack.topics.values():
            for s in topic.every_sentence:
                if s.cites:
                    found.setdefault(s.say, set()).update((pack.id, q.article, q.quote) for q in s.cites)
            # Behind what was asked, the rule comes without its 符合条件就可以申请。
            first, _, rest = topic.sentences[0].say.partition("。")
            if rest and first.startswith("符合条件就可以"):
                found.setdefault(rest, set()).update(found.get(topic.sentences[0].say, set()))
        for note in pack.notes.values():
            found.setdefault(note.say, set()).add((pack.id, note.article, note.quote))
        for route in pack.routes:
            for part in (route.followers, route.registers_at, *route.materials, *route.departments):
                if part:
                    found.setdefault(part.text, set()).add((pack.id, part.article, part.quote))
                    found.setdefault(f"{part.text}。", set()).add((pack.id, part.article, part.quote))
        _QUOTES[pack.id] = found
    return _QUOTES[pack.id]


def topic_replies(pack: Pack) -> Iterator[Made]:
    """Every topic of a pack, bare, with each side asked for, and with two sides."""
    wording = world().wording
    for topic in pack.topics.values():
        yield Made("topic", pack, topic_reply(pack, topic, wording), topic.id)
        for aspect in ASPECTS:
            yield Made("topic", pack, topic_reply(pack, topic, wording, asked=Sides((aspect,))), f"{topic.id}/{aspect}")
        for point in topic.points:
            yield Made("topic", pack, topic_reply(pack, topic, wording, asked=Sides(points=(point,))), f"{topic.id}/{point}")
        yield Made("topic", pack, topic_reply(pack, topic, wording, asked=Sides(("materials", "fee"))), f"{topic.id}/materials+fee")


def case_of(pack: Pack, seed: int) -> Case:
    """A resident with facts known exactly, vaguely or not at all, who asks about everything, one topic or one topic alone."""
    dice = random.Random(seed)
    facts = person(pack, seed)
    told = {name: Told(value, WORDS.get(name, ""), dice.choice((SAID, SAID, HEDGED, PRESUMED))) for name, value in facts.items()}
    topic = dice.choice([None, *(t.id for t in pack.topics.values() if t.routes)])
    whose = dice.choice(("self", "self", "self", "spouse", "child", "parent", "other"))
    asked = tuple(n for n in world().vocabulary.facts if dice.random() < 0.1)
    case = Case(whose, "" if whose == "self" else "我家人", MappingProxyType(told), asked, topic, bool(topic) and dice.random() < 0.3)
    return _with_dispute(case, dice) if dice.random() < 0.05 else case


def _with_dispute(case: Case, dice: random.Random) -> Case:
    for fact, old in case.told.items():
        other: list[Value] = [v for v in exact(fact) if meet(v, old.value) is None]
        if other:
            return Case(case.person, case.words, case.told, case.asked, case.topic, case.only, fact,
                        Dispute(fact, Told(old.value, "住满半年了"), Told(dice.choice(other), "没有住")))  # fmt: skip
    return case


def screening_replies(pack: Pack, seeds: Iterable[int]) -> Iterator[Made]:
    """What each made-up resident is told: the verdict, the next question, and one of how to, compare and why."""
    place = pack.identity.jurisdiction.id
    for seed in seeds:
        state = Conversation(place=place).with_case(case_of(pack, seed))
        turn = speak(world(), state, Heard("", "tell", AS_OF), pack)
        yield from (Made("verdict", pack, r, str(seed)) for r in turn.replies)
        if turn.loop == "on" and seed % 2:
            asked = speak(world(), state, Heard("", "tell", AS_OF), pack, brief=True)
            yield from (Made("ask", pack, r, str(seed)) for r in asked.replies)
        name = TURNS[seed % 3]
        for reply in take(world(), turn.state, Heard("", name, AS_OF), name).replies:
            # Both places side by side: a rule is said out of the document of its own place.
            yield Made(name, world().packs.by_jurisdiction.get(reply.jurisdiction or place, pack), reply, str(seed))
