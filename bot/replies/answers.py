"""Answers to questions: what a pack says about a topic, about one side of it, or that it does not say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.policy.model import MonthsBetween, MonthsSince, MonthsUntil, Pack, Quote, Sentence, Statement, Topic, atoms
from bot.reading.text.points import known
from bot.replies.model import Citation, Option, Reply, Said
from bot.replies.wording import Wording

_CONSENT, _ONLINE = "consent", "online"
_TIMED = (MonthsSince, MonthsUntil, MonthsBetween)


@dataclass(frozen=True)
class Sides:
    """What is asked of a topic: sides that every way has, details (``data/lexicon/points.yml``), and whether it may be done at all.

    ``known``: the rule was said just before.
    """

    aspects: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    whether: bool = False
    known: bool = False


NOTHING = Sides()


def citation(pack: Pack, article: str, quote: str) -> Citation:
    """A passage of the pack's document."""
    identity = pack.identity
    return Citation(pack.id, identity.doc_no, identity.title, article, quote, identity.short_title)


def stated(pack: Pack, sentence: Sentence) -> Said:
    """A topic's sentence with its citations; one without citations says what the document leaves out."""
    cites = tuple(citation(pack, q.article, q.quote) for q in sentence.cites)
    return Said(sentence.say, "states" if cites else "absent", cites)


def from_statements(pack: Pack, frame: str, items: Sequence[Statement]) -> Said:
    """Several statements of one route as one sentence; ``frame`` has one placeholder, ``items``."""
    cites = tuple(citation(pack, s.article, s.quote) for s in items)
    return Said(frame.format(items="；".join(dict.fromkeys(s.text for s in items))), "states", cites)


def topic_reply(
    pack: Pack,
    topic: Topic,
    wording: Wording,
    titles: Collection[tuple[str, str]] = (),
    *,
    asked: Sides = NOTHING,
    lead: Sequence[Said] = (),
) -> Reply:
    """What the document says about a topic: what is asked of it first, then its rule.

    ``lead`` is what is said first where the question is about a case that the rule leaves out or open; the rule then loses its yes.

    A side the text does not regulate is said to be absent; when none of those asked for is regulated the reply is
    ``not_stated`` and cites the topic's article as the nearest.
    """
    options = tuple(Option(title, title) for _, title in titles)
    points = tuple(dict.fromkeys(stated(pack, s) for point in asked.points for s in topic.points.get(point, ())))
    if not asked.aspects and not points:
        said = [stated(pack, s) for s in topic.sentences]
        if lead and lead[0].sort == "reports" and not said[0].text.startswith(wording["topic_yes"]) and _alike(lead[0], said[0]):
            lead = ()  # the rule itself says that this is no way
        if lead:
            # Who asks about a case that is left open has the answer; who is told that a way is closed wants to hear of the others.
            ways = said[1:] if lead[0].sort == "reports" else []
            said = [*lead, _without_yes(said[0], wording["topic_yes"]), *ways]
        said += [Said(text, "absent") for text in topic.leaves_out[:1]]
        return Reply(topic.kind, tuple(said), pack.identity.jurisdiction.id, topic.id, options=options)
    told = {known()[p].side for p in asked.points if p in topic.points}
    aspects = tuple(a for a in asked.aspects if a not in told)
    reply = side_reply(pack, topic, wording, aspects, points)
    return replace(reply, said=_beside_rule(pack, topic, wording, asked, reply.said), options=options)


def _beside_rule(pack: Pack, topic: Topic, wording: Wording, asked: Sides, sides: tuple[Said, ...]) -> tuple[Said, ...]:
    """What is asked of a topic with its rule: behind it, or before where it is asked as well; none where it is known or says no more."""
    rule = stated(pack, topic.sentences[0])
    points = any(p in topic.points for p in asked.points)
    if topic.kind == "not_stated" and not points:
        return sides
    if _CONSENT in asked.aspects and rule.text.startswith(wording["topic_yes"]):
        return sides  # whether it may be done hangs on that
    if asked.whether and not points:
        return (rule, *sides)
    if asked.known or {c.article for c in rule.cites} & {c.article for s in sides for c in s.cites}:
        return sides
    office = wording.say("confirm_office")
    rest = tuple(s for s in sides if s != office)
    return (*rest, _without_yes(rule, wording["topic_yes"]), *(s for s in sides if s == office))


def _alike(one: Said, other: Said) -> bool:
    return {c.article for c in one.cites} == {c.article for c in other.cites}


def side_reply(pack: Pack, topic: Topic, wording: Wording, aspects: Sequence[str], points: Sequence[Said] = ()) -> Reply:
    """What the document says about these sides of a topic alone, without its rule; ``not_stated`` where it says nothing of any of them."""
    said = (*points, *(s for aspect in aspects for s in aspect_said(pack, topic, aspect, wording)))
    given = any(s.sort == "states" for s in said)
    office = () if given or not aspects else (wording.say("confirm_office"),)
    kind = "answer" if given and topic.kind == "answer" else "not_stated"
    first = tuple(c for s in topic.sentences for c in stated(pack, s).cites)
    return Reply(kind, (*said, *office), pack.identity.jurisdiction.id, topic.id, first=first)


def _without_yes(said: Said, yes: str) -> Said:
    """The first sentence of a rule without the words that it may be done (可以申请。)."""
    head, _, rest = said.text.partition("。")
    return replace(said, text=rest) if rest and head.startswith(yes) else said


def aspect_said(pack: Pack, topic: Topic, aspect: str, wording: Wording) -> tuple[Said, ...]:
    """What the document says about one side of a topic: its own sentences, else what its routes list, else that it is silent."""
    special = topic.aspects.get(aspect)
    if special:
        return tuple(stated(pack, s) for s in special)
    routes = [pack.route(r) for r in topic.routes]
    listed: list[Statement] = []
    if aspect == "materials":
        listed = [s for r in routes for s in r.materials]
        if listed:
            return (from_statements(pack, wording["materials"], _unique(listed)),)
    if aspect == "office":
        listed = [s for r in routes for s in r.departments]
        if listed:
            return (from_statements(pack, "{items}。", _unique(listed)),)
    if aspect == "count":
        listed = [Statement(a.text, a.quote, a.article) for r in routes for a in atoms(r.when) if isinstance(a.test, _TIMED)]
        if listed:
            return (from_statements(pack, wording["count"], _unique(listed)),)
    if aspect == _ONLINE and _ONLINE in pack.topics:
        return tuple(stated(pack, s) for s in pack.topics[_ONLINE].sentences[:2])
    silent = Said(wording.phrases.get(f"aspect_{aspect}", wording["aspect_steps"]), "absent")
    papers = _unique(s for r in routes for s in r.materials) if aspect == "steps" else []
    # Who asks for the 手续 of a route wants its papers as well.
    return (silent, from_statements(pack, wording["materials"], papers)) if papers else (silent,)


def _unique(items: Iterable[Statement]) -> list[Statement]:
    return list({s.text: s for s in items}.values())


def quote_said(pack: Pack, quote: Quote, text: str) -> Said:
    """A sentence resting on one passage."""
    return Said(text, "states", (citation(pack, quote.article, quote.quote),))
