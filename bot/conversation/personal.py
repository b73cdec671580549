"""Whether a message asks what holds for everybody, or tells somebody's own case that a verdict helps."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import hearing
from bot.conversation.in_words import BARE_ASPECTS, names_oneself
from bot.conversation.named import named_in_vain, screened
from bot.conversation.narrowing import wants_a_village
from bot.conversation.several import FORMAL, questions, topics
from bot.conversation.state import PRESUMED
from bot.conversation.subject import BACK_THERE, GENERAL
from bot.conversation.tale import FEW, MUCH, REGISTERED, SOME, UNSURE, Tale
from bot.conversation.world import CERTAIN
from bot.eligibility.screening import Verdict
from bot.eligibility.values import Choice
from bot.policy.model import atoms
from bot.reading.asking.aspects import aspects
from bot.reading.asking.wanting import asks_for_a_look, asks_if_enough, asks_which, brings_register, only_asks
from bot.reading.text.cues import cue
from bot.reading.text.points import known, points
from bot.reading.text.terms import term_asked

CASE, OWN, RULE = "case", "own", "general"
"""A case is told, the rule is asked for amid one, or the rule is asked for."""
# From this share of the classifier on, a topic is taken at its word.
_SURE = 0.4
_REGISTER = cue("personal.register")
_MOVES = cue("personal.moves")
# A wish, or a second clause about the same people, tells a case after all.
_TELLS = cue("personal.tells")
_GOAL = frozenset({"wish.area"})
_OF_THE_LAND = frozenset({"origin.base", "origin.place", "origin.moved", "wish.area"})
_KIND_FACTS = frozenset({"kin.relation", "kin.place", "marital"})


def speaks_of_a_register(words: str) -> bool:
    """Whether a register, or moving one, is spoken of."""
    return bool(_REGISTER.search(words))


def speaks_of_moving(words: str) -> bool:
    """Whether somebody is said to move, or to have moved, a register."""
    return bool(_MOVES.search(words))


def how_personal(tale: Tale) -> str:
    """What a message is: a ``case`` (a verdict helps), about one's ``own`` (the rule, then the first question), or ``general``."""
    kind = _kind(tale)
    if kind != CASE:
        return kind
    if named_in_vain(tale.world, tale.heard, tale.pack, tale.about, tale.reading):
        return OWN
    if not _asks_for_the_rule(tale):
        return CASE
    return OWN if tale.facts else RULE  # 宿舍算不算稳定住所 tells nothing


def _kind(tale: Tale) -> str:
    rules = (*_AT_ONCE, *(_OF_A_QUESTION if tale.heard.intent == "ask" else ()), *_AT_LAST)
    return next((kind for kind, holds in rules if holds(tale)), RULE)


def _asks_for_the_rule(tale: Tale) -> bool:
    """Whether who tells a case asks something of a way that a verdict does not say: 落店里还是落集体户, 摊位算经营场所吗."""
    if tale.topic is None or tale.topic.kind != "answer" or not tale.of_settling:
        return False
    if term_asked(tale.words) and REGISTERED not in tale.facts and len(tale.facts) <= FEW:
        return True
    sure = tale.heard.intent == "ask" and tale.heard.sure and tale.heard.topic == tale.about.topic
    return sure and (asks_which(tale.words) or tale.asks_more and not tale.asks_whether and not asks_if_enough(tale.words))


# -- whatever is heard ----------------------------------------------------------------------------------------------


def _of_everybody(tale: Tale) -> bool:
    """It is only asked what holds for a kind of case, of nobody named: 公租房落户, 期房啥时候能落, 硕士落户要啥,几天."""
    if tale.topic is None or tale.heard.intent not in ("ask", "nlu_fallback"):
        return False
    if REGISTERED in tale.facts or len(tale.facts) > FEW or not only_asks(tale.words):
        return False
    of_family = "family" in tale.topic.points and "family" in points(tale.words)
    return not names_oneself(tale.heard.text, beside=hearing.ONESELF) or of_family


def _limited_to_ways(tale: Tale) -> bool:
    """A case is told, and the ways are named that alone are asked about."""
    return bool(tale.facts and tale.reading.routes_only)


def _brings_a_register(tale: Tale) -> bool:
    """It is asked how a register is brought here, whatever right is named as the reason."""
    return not tale.of_settling and brings_register(tale.words)


def _wants_a_look(tale: Tale) -> bool:
    """Nothing is told yet: 我想把户口迁过来,行不行."""
    return _confidence(tale) < _SURE and not aspects(tale.words) and asks_for_a_look(tale.words)


def _asks_nothing(tale: Tale) -> bool:
    """A case is told and nothing asked: 我在城里有自己的房，房产证有."""
    if not tale.weighty or tale.about.aspects or tale.asks or tale.asks_whether:
        return False
    of_oneself = tale.story and tale.names_self and len(tale.weighty) >= SOME
    answered = tale.topic is None or tale.topic.kind == "answer"
    return _confidence(tale) < UNSURE or of_oneself and answered and not tale.asks_more


# -- where something is asked ---------------------------------------------------------------------------------------


def _asks_where(tale: Tale) -> bool:
    """光城里能落还是镇上也行: where is asked, not told."""
    return bool(tale.facts and tale.topic) and tale.facts <= _GOAL and (asks_which(tale.words) or tale.asks_more)


def _sides_of_a_case(tale: Tale) -> bool:
    """The papers, the fee or the steps of no way in particular are asked for by who tells a case."""
    return tale.about.topic in BARE_ASPECTS and bool(tale.weighty) and tale.reading.person is not None


def _sides_of_a_way_to_settle(tale: Tale) -> bool:
    """The papers of a way to settle are asked for, not those of a person."""
    return tale.of_settling and _sides_of_a_way(tale)


def _meets_a_way_named(tale: Tale) -> bool:
    """Beside whatever right is named, a way to settle is asked about and its conditions are told (地收回了,…,还能迁回不)."""
    if not _speaks_of_moving_one(tale):
        return False
    ways = [r for t in topics(questions(tale.heard, tale.about, tale.pack)) for r in tale.pack.topics[t].routes]
    weighed = {atom.fact for way in ways for atom in atoms(tale.pack.route(way).when)}
    return len(tale.weighty & weighed) >= SOME


def _of_the_land_alone(tale: Tale) -> bool:
    """户口挪到城里,老家的地和宅基地村里收走不: nothing is told that a verdict rests on."""
    return tale.heard.sure and tale.facts <= _OF_THE_LAND and not tale.of_settling


def _of_a_right_at_home(tale: Tale) -> bool:
    """A right is surely asked about by who is registered here already and tells little more."""
    return _right_as_the_reason(tale) and tale.heard.sure and tale.registered_here and len(tale.facts) <= SOME


def _right_as_the_reason(tale: Tale) -> bool:
    """A register is to be moved, for the sake of the right that is named."""
    return tale.story and _of_a_right(tale) and tale.wants_to_move


def _complains(tale: Tale) -> bool:
    """A story ends in a complaint (凭啥不行)."""
    told = tale.story and len(tale.facts) > SOME + 1 and REGISTERED in tale.facts
    return told and _confidence(tale) < CERTAIN and tale.about.topic in FORMAL


def _right_only_named(tale: Tale) -> bool:
    """医保还在老家,户口在曹县,儿子的楼在城里,这样够不够格: the right is only named."""
    return _of_a_right(tale) and tale.story and tale.tells_of_settling and asks_if_enough(tale.words)


def _right_in_passing(tale: Tale) -> bool:
    """The right is heard unsurely, and the message says that somebody wants to move."""
    if not _of_a_right(tale) or _confidence(tale) >= UNSURE:
        return False
    return _speaks_of_moving_one(tale) or tale.story and len(tale.weighty) >= SOME and tale.wants_to_register


def _of_a_right(tale: Tale) -> bool:
    """A right is asked about, and no way to settle."""
    return tale.topic is None or not tale.of_settling


def _another_way_is_open(tale: Tale) -> bool:
    """博士,户口在北京,回来创业能落吗: the document has no such way, but another is open already."""
    wants = tale.story and (tale.wants_to_register or asks_if_enough(tale.words))
    return wants and _no_such_way(tale) and screened(tale.world, tale.heard, tale.pack, tale.reading).verdict is Verdict.ELIGIBLE


def _home_told_there(tale: Tale) -> bool:
    """外省户口,镇下面的村里买了个院住着,能落不: whether that home will do is asked, whatever the document says of villages in general."""
    told = tale.story and {REGISTERED, "housing.kind", "housing.place"} <= tale.facts and tale.about.topic != BACK_THERE
    return told and _no_such_way(tale) and (tale.asks_whether or asks_if_enough(tale.words))


def _another_way_is_wanted(tale: Tale) -> bool:
    """The document says of this way that there is none, to somebody who wants to move all the same."""
    answered = tale.topic is not None and tale.topic.kind == "answer"
    return answered and tale.story and tale.wants_to_move and _no_such_way(tale)


def _no_such_way(tale: Tale) -> bool:
    """The document has no route of this kind; that is the answer, unless somebody tells enough for another way to fit."""
    if tale.topic is None or tale.topic.routes or tale.about.topic in GENERAL:
        return False
    enough = len(tale.facts) >= MUCH and not wants_a_village(tale.reading)  # to a village no other way leads
    return not enough and float(tale.heard.luohu.get("confidence", 0.0)) >= _SURE


# -- what is left ---------------------------------------------------------------------------------------------------


def _sides_of_a_way(tale: Tale) -> bool:
    """The papers of a way are asked for, not those of a person.

    备案缺着,手续都齐,这户口能迁过来不: whether it is enough is asked of a case, whatever papers it names.
    """
    wants_verdict = tale.story and len(tale.weighty) >= SOME and tale.asks_whether
    return bool(tale.about.aspects) and len(tale.facts) < MUCH and not tale.names_self and not wants_verdict


def _tells(tale: Tale) -> bool:
    """A case is told."""
    return tale.heard.intent == "tell" or bool(tale.facts) and tale.story and not _about_kinds(tale)


def _about_kinds(tale: Tale) -> bool:
    """Relatives are named as kinds of people (兄弟姐妹能投靠吗), not as somebody's own."""
    return about_kin_alone(tale) and not tale.names_self and not _TELLS.search(tale.words)


def _of_a_way_of_ones_own(tale: Tale) -> bool:
    """Who asks for a way names themselves, or somebody of theirs, who is to go it."""
    of_a_way = tale.topic is not None and bool(tale.topic.routes)
    return of_a_way and not tale.about.aspects and tale.reading.person is not None and tale.names_self


_Rules = tuple[tuple[str, Callable[[Tale], bool]], ...]
_AT_ONCE: _Rules = (
    (RULE, _of_everybody),
    (CASE, _limited_to_ways),
    (CASE, _brings_a_register),
    (CASE, _wants_a_look),
    (CASE, _asks_nothing),
)
_OF_A_QUESTION: _Rules = (
    (RULE, _about_kinds),
    (RULE, _asks_where),
    (CASE, _sides_of_a_case),
    (RULE, _sides_of_a_way_to_settle),
    (CASE, _meets_a_way_named),
    (RULE, _of_the_land_alone),
    (RULE, _of_a_right_at_home),
    (CASE, _right_as_the_reason),
    (CASE, _complains),
    (CASE, _right_only_named),
    (CASE, _right_in_passing),
    (RULE, _of_a_right),
    (CASE, _another_way_is_open),
    (CASE, _home_told_there),
    (OWN, _another_way_is_wanted),
    (RULE, _no_such_way),
)
_AT_LAST: _Rules = (
    (RULE, _sides_of_a_way),
    (CASE, _tells),
    (OWN, _of_a_way_of_ones_own),
)
"""What a message is where a predicate holds; the first that does decides, and where none does, the rule is asked for."""


def _confidence(tale: Tale) -> float:
    """How sure the classifier is; where none spoke, it is believed."""
    return float(tale.heard.luohu.get("confidence", 1.0))


def _speaks_of_moving_one(tale: Tale) -> bool:
    """Whether a story in which anything is told speaks of moving a register."""
    return bool(tale.facts) and tale.story and speaks_of_moving(tale.words)


def about_kin_alone(tale: Tale) -> bool:
    """Whether nothing is told but who follows whom (我弟想投靠我行不): closed, it is answered, and no other way looked for unasked."""
    return bool(tale.facts) and tale.facts <= _KIND_FACTS


def answered_whole(tale: Tale) -> bool:
    """Whether a detail named is all that is asked about (乡里的村有个院能落不, 给员工办集体户), and hardly anything is told beside it."""
    named = [known()[p] for p in points(tale.words) if tale.topic is not None and p in tale.topic.points]
    told = {f.fact for f in tale.reading.facts if f.certainty != PRESUMED and not _lacks(f.value)}
    return any(p.whole and (p.topic == tale.about.topic or len(told) < SOME) for p in named)


def _lacks(value: object) -> bool:
    """Whether a fact is that somebody has nothing of a kind (没学历, 没职称)."""
    return isinstance(value, Choice) and bool(value.values & {"none", "no"})
