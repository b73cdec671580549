"""A message that only puts something right.

It says who is meant (不是我妈是我岳母), whose the home is (是我哥的), which of two it is (不是单间,是整套). What was told of the
wrong one holds for the right one; what the correction contradicts is gone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.kinfolk import asker_to, follows_asker, only, other_followed, way_of_kin, without_followed
from bot.conversation.merge import MOVES, tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.whose import fresh
from bot.conversation.world import Heard, World
from bot.eligibility.values import YES, Choice, Value, meet
from bot.policy.model import Pack
from bot.reading.asking.answers import read_answer
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.person.people import find_people
from bot.reading.person.same_person import same_one
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed, group
from bot.reading.text.renewing import contrast, disowned, owner_said, renews, what_is_right, with_whom

_RELATION, _HOME, _THEIRS, _TOGETHER = "kin.relation", "housing.kind", "kin.housing", "kin.together"
_CLAUSE, _CLAUSES, _SHORT = re.compile("[,。;]"), 3, 40
"""Whoever says more than this tells a story; a correction stands in the first clauses."""
_AS_OWN = {"kin.housing": "housing.kind", "kin.work": "work.status"}
_EMPLOYERS = frozenset(group("mending.employers"))
_NO_HOME_OF_ONES_OWN = frozenset({"none", "rented", "public_rental", "dormitory", "borrowed"})


def mends(plain: str) -> bool:
    """Whether a message says that something told before was wrong."""
    if renews(plain) or disowned(plain) or _what_the_mover_is(plain) is not None:
        return True
    return any(contrast(head) is not None for head, _ in _heads(plain))


def mended(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Conversation, str] | None:
    """The conversation after a message that puts something right, and what else it says; ``None`` for any other message."""
    for head, rest in _heads(hearing.plain(heard.text)):
        if (right := _mended(world, state, heard, pack, head)) is not None:
            return right, rest
    return None


def _heads(plain: str) -> list[tuple[str, str]]:
    """The message, and its first clauses with what follows them (房子其实是我公婆的 | 我跟他们住)."""
    words = plain.strip("。! ")
    cuts = [m.start() for m in _CLAUSE.finditer(words)][:_CLAUSES] if len(words) <= _SHORT else []
    return [(words, ""), *((words[:cut], words[cut + 1 :]) for cut in reversed(cuts))]


def _mended(world: World, state: Conversation, heard: Heard, pack: Pack, plain: str) -> Conversation | None:
    if disowned(plain):
        own = _a_home(state.case.told.get(_HOME))
        return state.with_case(_open_again(_without(state.case, _HOME))) if own else None
    sides = contrast(plain)
    if (as_now := _as_the_mover_is(state.case, plain)) is not None:
        return state.with_case(as_now)
    if sides is None and not renews(plain):
        return None
    right = sides[1] if sides else what_is_right(plain)
    if (owner := owner_said(right)) and (sides is None or owner_said(sides[0])):
        case = _rehoused(world, state.case, heard, pack, owner)
        if case is not None:
            return state.with_case(case)
    right_one = _person(right)
    if sides is None:  # 说错了,是我岳母
        mover = state.person != SELF and follows_asker(state.case) and right_one is not None and right_one.person != SELF
        return _mover_renamed(world, state, pack, right_one) if mover and right_one is not None else None
    if (beside := _beside(*sides)) is not None:
        return _with_another(state, *beside)
    wrong_one = _person(sides[0])
    if wrong_one is not None and right_one is not None:
        return _renamed(world, state, pack, wrong_one, right_one)
    news = _instead(world, state.case, heard, pack, *sides)
    if not news:
        return None
    told = {fact: Told(value, sides[1], SAID) for fact, value in news.items()}
    kept = MappingProxyType({fact: one for fact, one in state.case.told.items() if fact not in told})
    dispute = state.case.dispute
    clean = replace(state.case, told=kept, dispute=None if dispute is not None and dispute.fact in told else dispute)
    return state.with_case(_open_again(tell(clean, told)))


def _person(words: str) -> Mention | None:
    """The one person that words name and nothing beside."""
    found = find_people(words)
    return found[0] if len(found) == 1 and (found[0].start, found[0].end) == (0, len(words)) else None


# -- who is meant ----------------------------------------------------------------------------------------------------------
def _renamed(world: World, state: Conversation, pack: Pack, wrong: Mention, right: Mention) -> Conversation | None:
    """The conversation with somebody else as whoever is to move, or as the one whom a case follows."""
    case = state.case
    if wrong.person == case.person and same_one(case.person, case.words, wrong.words):
        return _mover_renamed(world, state, pack, right)
    fitting = [c for c in reversed(tuple(state.cases.values())) if _follows(c, wrong) and right.person not in (c.person, NOBODY)]
    if not fitting:
        return None
    under_way = next((c for c in fitting if c.key == case.key), fitting[0])
    mended = {c.key: _now_follows(c, right) for c in fitting}
    return replace(state, cases=MappingProxyType({**state.cases, **mended})).with_case(mended[under_way.key])


def _beside(wrong: str, right: str) -> tuple[Mention, Mention, bool] | None:
    """The two people whom somebody is not and is with, and whether to live (跟我住, 跟我哥住)."""
    found = find_people(wrong), find_people(right)
    if any(len(people) != 1 for people in found):
        return None
    (one,), (another,) = found
    frames = [with_whom(words[: m.start] + words[m.end :]) for words, m in ((wrong, one), (right, another))]
    return (one, another, bool(frames[1])) if None not in frames else None


def _with_another(state: Conversation, wrong: Mention, right: Mention, lives: bool) -> Conversation | None:
    """The conversation whose case follows another than it did: what was told of the one holds for the other no more."""
    case = state.case
    if not _follows(case, wrong) or right.person in (case.person, NOBODY):
        return None
    relation = Told(Choice(frozenset({followed_relation(case.person, right.person)})), right.words, SAID)
    news = {_RELATION: relation, **({_TOGETHER: Told(Choice(frozenset({YES})), right.words, SAID)} if lives else {})}
    return state.with_case(_open_again(tell(without_followed(case), news)))


def _follows(case: Case, wrong: Mention) -> bool:
    """Whether the one whom a case follows is who the wrong words name."""
    if only(case, _RELATION) != followed_relation(case.person, wrong.person):
        return False
    if case.person == SELF:
        return same_one(wrong.person, case.told[_RELATION].words, wrong.words)
    named = other_followed(case)
    return wrong.person == SELF if named is None else same_one(wrong.person, named, wrong.words)


def _as_the_mover_is(case: Case, plain: str) -> Case | None:
    """The asker's case where it is said anew what they are to the one they follow (我其实是他侄子, 来电人为丈夫之妹)."""
    found = _what_the_mover_is(plain)
    told = case.told.get(_RELATION)
    if found is None or case.person != SELF or told is None or told.certainty == PRESUMED:
        return None
    if found["named"] and not same_one(only(case, _RELATION) or "", told.words, found["named"]):
        return None
    mover = _person(f"我{found['what']}")
    relation = asker_to(mover.relation) if mover is not None and mover.person != NOBODY else None
    if relation is None or relation == only(case, _RELATION):
        return None
    follows = replace(told, value=Choice(frozenset({relation})))
    return _open_again(replace(_without(case, "marital"), told=MappingProxyType({**_without(case, "marital").told, _RELATION: follows})))


def _what_the_mover_is(plain: str) -> re.Match[str] | None:
    return cue("mending.mover_is").fullmatch(what_is_right(plain).strip("。! "))


def _now_follows(case: Case, right: Mention) -> Case:
    relation = Choice(frozenset({followed_relation(case.person, right.person)}))
    told = replace(case.told[_RELATION], value=relation, words=right.words)
    return _open_again(replace(case, told=MappingProxyType({**case.told, _RELATION: told})))


def _mover_renamed(world: World, state: Conversation, pack: Pack, right: Mention) -> Conversation | None:
    case = state.case
    if right.person in (COUPLE, NOBODY):
        return None
    others = MappingProxyType({key: other for key, other in state.cases.items() if key != case.key})
    rest = replace(state, cases=others, person=SELF)
    told = dict(case.told)
    if _RELATION in told and (relation := asker_to(right.person)) and follows_asker(case):
        told[_RELATION] = replace(told[_RELATION], value=Choice(frozenset({relation})))
    else:
        told.pop(_RELATION, None)
    new = fresh(rest, right.person, "" if right.person == SELF else right.words)
    topic = way_of_kin(world, pack, right.person) or case.topic or way_of_kin(world, pack, case.person)
    return rest.with_case(_open_again(replace(new, told=MappingProxyType(told), topic=topic, only=case.only)))


# -- whose the home is ------------------------------------------------------------------------------------------------------
def _rehoused(world: World, case: Case, heard: Heard, pack: Pack, owner: str) -> Case | None:
    """The case with the home told as the applicant's or the followed one's as somebody else's; ``None`` where no home was told."""
    own, theirs = (_a_home(case.told.get(fact)) for fact in (_HOME, _THEIRS))
    if not own and not theirs:
        return None
    person = _person(owner)
    if person is None or person.person == NOBODY:  # the landlord's, the employer's: what it is to the applicant is asked
        return _open_again(_without(case, _HOME)) if own and (person or owner in _EMPLOYERS) else None
    facts = hearing.before_alone(world, heard, pack.identity.jurisdiction.place, case.person, composed("home_is_of", owner=owner)).facts
    news = {f.fact: Told(f.value, f.words, f.certainty) for f in facts}
    if _says(news, _THEIRS) and _says(news, _RELATION):
        news[_RELATION] = replace(news[_RELATION], words=owner)  # whom it names: 我弟, of my mother's son as I am
        return _open_again(_their_home(case, news, same=_follows(case, person)))
    if _says(news, _HOME) and theirs and not own:
        return _open_again(_own_home(case, news))
    return None


def _their_home(case: Case, news: Mapping[str, Told], *, same: bool) -> Case:
    """The home is a relative's: where it stands is where they are. ``same``: they are the one whom the case follows anyhow."""
    own = {theirs: case.told[where] for where, theirs in MOVES.items() if where in case.told and _HOME in case.told}
    where = own or {fact: case.told[fact] for fact in MOVES.values() if fact in case.told}
    kept = _without(case if same else without_followed(case), _HOME, *MOVES, *where)
    return tell(kept, {**news, **where}, corrected=True)


def _own_home(case: Case, news: Mapping[str, Told]) -> Case:
    """The home is the applicant's and not the relative's, who may live there all the same."""
    where = {own: case.told[theirs] for own, theirs in MOVES.items() if theirs in case.told}
    return tell(_without(case, _THEIRS, _HOME, *where), {**news, **where}, corrected=True)


def _a_home(told: Told | None) -> bool:
    """Whether a home that belongs to somebody was told."""
    if told is None or told.certainty == PRESUMED or not isinstance(told.value, Choice):
        return False
    return told.value.values.isdisjoint(_NO_HOME_OF_ONES_OWN)


def _says(news: Mapping[str, Told], fact: str) -> bool:
    return fact in news and news[fact].certainty != PRESUMED


def firmly(world: World, case: Case, facts: Sequence[FactReading], heard: Heard, home: str) -> tuple[FactReading, ...]:
    """The facts of a correction, with what was only presumed as said where the words name it against what was told (说错了,厂在镇上)."""
    words = what_is_right(hearing.plain(heard.text))

    def named(one: FactReading) -> bool:
        old = case.told.get(one.fact)
        if one.certainty != PRESUMED or old is None or old.certainty == PRESUMED or meet(old.value, one.value) is not None:
            return False
        answer = read_answer(words, one.fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
        return answer.facts.get(one.fact) == one.value

    return tuple(replace(one, certainty=SAID) if named(one) else one for one in facts)


# -- which of two it is ------------------------------------------------------------------------------------------------------
def _instead(world: World, case: Case, heard: Heard, pack: Pack, wrong: str, right: str) -> Mapping[str, Value]:
    """What the right words tell of the fact that the wrong ones were told of, the one told last where they fit several."""
    for fact in reversed(list(case.told)):
        before, now = (_read(world, heard, pack, case, words, fact) for words in (wrong, right))
        if fact in before and fact in now and meet(before[fact], case.told[fact].value) is not None and before[fact] != now[fact]:
            return now
    return {}


def _read(world: World, heard: Heard, pack: Pack, case: Case, words: str, fact: str) -> Mapping[str, Value]:
    """What words say of a fact, as an answer or as a statement."""
    home, vocabulary = pack.identity.jurisdiction.place, world.vocabulary
    if vocabulary.facts[fact].type == "boolean":
        return {}
    answer = read_answer(words, fact, options=(), as_of=heard.as_of, home=home, vocabulary=vocabulary)
    if answer.kind == "value":
        return answer.facts
    told_as = _AS_OWN.get(fact, fact)  # of the one followed, as one tells it of oneself
    said = hearing.before_alone(world, heard, home, case.person, words).facts
    value = next((f.value for f in said if f.fact == told_as and f.certainty != PRESUMED), None)
    return {} if value is None else {fact: value}


def _without(case: Case, *facts: str) -> Case:
    return replace(case, told=MappingProxyType({name: told for name, told in case.told.items() if name not in facts}))


def _open_again(case: Case) -> Case:
    """The case with every question open again: what was asked rested on what was wrong."""
    return replace(case, pending=None, asked=())
