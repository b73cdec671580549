"""What a half sentence says after what was told before: 合同签了 of a rented home, of a job, of a home not yet handed over.

The message is read once more behind a few words that name what is spoken of (租房住,合同签了). Only facts of that subject which the
message does not tell by itself are taken; the words and the facts they lead to stand in ``data/lexicon/answers.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from bot.conversation import hearing
from bot.conversation.joining import joined_now
from bot.conversation.kinfolk import follows_asker, only, other_followed
from bot.conversation.lives_with import lives_with_another
from bot.conversation.state import PRESUMED, SAID, Case
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, Places, Value
from bot.paths import LEXICON
from bot.reading.asking.another import is_here_too, would_join
from bot.reading.asking.answers import read_answer
from bot.reading.asking.wanting import turns_to_another
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, PRONOUNS, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import fits
from bot.reading.person.same_person import same_one
from bot.reading.place.places import NAMED
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed
from bot.reading.time.dates import find_dates

_RELATION, _HANDOVER = "kin.relation", "presale.handover"
_LEVEL, _STATUS = "education.level", "education.status"
_STATES = {"housing.kind": "housing.", "work.status": "work.status"}
"""What one is a tenant or an employee by, with what a message would tell of another home or job."""
_UNTOUCHED = frozenset({"rented", "probation", "dispatched"})
_OF_KIN = ("kin.together", "kin.hukou_here", "kin.area", "kin.housing", "kin.work", "kin.insurance")
_LIES = {"housing.kind": "housing.area", "work.status": "work.area", "business.license": "work.area", _RELATION: "kin.area"}
_LIES_IN = {
    "housing.kind": "housing.place",
    "work.status": "work.place",
    "business.license": "premises.place",
    _RELATION: "kin.place",
    "origin.base": "origin.place",
    "origin.back": "origin.place",
}
_SHORT = 8
_PLACE = 16
_LONGEST = 30
"""Who says more than this says what it is about."""


@dataclass(frozen=True)
class Spoken:
    """A subject: the fact and values that make it one, the words that name it, the facts told of it, and who is followed.

    ``confirmed_by`` matches what goes without saying of it.
    """

    fact: str
    values: frozenset[str]
    words: str
    tells: tuple[str, ...]
    followed: str = ""
    confirmed_by: str = ""


@lru_cache(maxsize=1)
def _lexicon() -> Mapping[str, Any]:
    raw: Mapping[str, Any] = YAML(typ="safe", pure=True).load((LEXICON / "answers.yml").read_text(encoding="utf-8"))
    return raw


@lru_cache(maxsize=1)
def _subjects() -> tuple[Spoken, ...]:
    return tuple(
        Spoken(row["fact"], frozenset(row["values"]), row["words"], tuple(row["tells"]), confirmed_by=row.get("confirmed_by", ""))
        for row in _lexicon()["spoken_of"]
    )


def in_context(world: World, heard: Heard, home: str, case: Case) -> tuple[FactReading, ...]:
    """The facts that a short message tells only together with what the case is about.

    The subject of the pending question comes first, then what was told last; the first that makes sense of the message counts.
    """
    if len(heard.text) > _LONGEST:
        return ()
    alone = {f.fact for f in hearing.reading(world, heard, home, case.person).facts if f.certainty != PRESUMED}
    for subject in _in_order(case):
        told = (f for f in told_after(world, heard, home, case.person, subject) if f.certainty != PRESUMED)
        news = [f for f in told if f.fact.startswith(subject.tells)]
        if news:  # what it tells of this subject (整套, of the flat) it tells of no other (the shop)
            return tuple(f for f in news if f.fact not in alone)
    return ()


def confirmed(heard: Heard, case: Case) -> bool:
    """Whether a message says no more than what goes without saying of what was told (合同签了, of a home not yet handed over)."""
    if told_by_the_way(heard, case):
        return True
    clauses = re.split("[,。!;]", hearing.plain(heard.text))
    return any(s.confirmed_by and re.fullmatch(s.confirmed_by, clause) for s in _in_order(case) for clause in clauses)


def as_spoken_of(world: World, heard: Heard, home: str, case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts of a message without a home or job that it tells only by itself, and not of the one spoken of.

    有房产证 is the landlord's of a rented home, and a contract is signed on probation as well.
    """
    if len(heard.text) > _LONGEST:
        return tuple(facts)
    for subject in _in_order(case):
        told = (f.value for f in facts if f.fact == subject.fact)
        if not subject.values <= _UNTOUCHED or all(isinstance(v, Choice) and v.values <= subject.values for v in told):
            continue  # nothing else is told by itself
        read = hearing.after(world, heard, home, case.person, subject.words, heard.text).facts
        kinds = [f.value for f in read if f.fact == subject.fact]
        if all(isinstance(v, Choice) and v.values <= subject.values for v in kinds):
            facts = tuple(f for f in facts if not f.fact.startswith(_STATES[subject.fact]))
    return tuple(facts)


def told_after(world: World, heard: Heard, home: str, about: str, subject: Spoken) -> tuple[FactReading, ...]:
    """What a message tells behind the words of a subject, without what those words say by themselves."""
    alone = {(f.fact, f.value, f.certainty) for f in hearing.before_alone(world, heard, home, about, subject.words).facts}
    read = hearing.after(world, heard, home, about, subject.words, heard.text).facts
    return tuple(f for f in read if (f.fact, f.value, f.certainty) not in alone)


def taken_of(world: World, heard: Heard, home: str, subject: Spoken) -> tuple[FactReading, ...]:
    """What is taken for granted of whoever is followed: that they are here."""
    alone = hearing.before_alone(world, heard, home, SELF, subject.words).facts
    return tuple(f for f in alone if f.fact == "kin.place" and f.certainty == PRESUMED)


def bare_area(world: World, heard: Heard, home: str, case: Case) -> dict[str, Value]:
    """城里的, 就在镇上: where the home, the job or the relative told last lies, as far as that was not told."""
    if len(heard.text) > _SHORT:
        return {}
    things = [name for name in reversed(list(case.told)) if name in _LIES]
    for area in (_LIES[name] for name in things):
        if area not in case.told or case.told[area].certainty == PRESUMED:
            answer = read_answer(heard.text, area, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
            return dict(answer.facts) if answer.kind == "value" else {}
    return {}


def bare_place(world: World, heard: Heard, home: str, case: Case) -> dict[str, Value]:
    """村是皇城镇的, 在敬仲镇那个村: where the home, the job, the relative or the village told last lies, as far as that was not told."""
    plain = hearing.plain(heard.text)
    named = [p for p in hearing.places_in(heard.text, home) if p.kind in NAMED]
    if len(plain) > _PLACE or not named:
        return {}
    rest = plain[: named[0].span[0]] + plain[named[-1].span[1] :]
    if cue("answers.beside_a_place").fullmatch(rest) is None:
        return {}
    things = [name for name in reversed(list(case.told)) if name in _LIES_IN and case.told[name].certainty != PRESUMED]
    for place in (_LIES_IN[name] for name in things):
        told = case.told.get(place)
        if told is None or told.certainty == PRESUMED or told.value == Places(frozenset({home})):
            return {place: named[-1].places}
    return {}


def bare_day(world: World, heard: Heard, home: str, case: Case) -> dict[str, Value]:
    """后年三月, 明年底交: when a home bought is handed over, where a message tells of a day and hardly anything else."""
    if len(heard.text) > _LONGEST or not _only_a_day(heard):
        return {}
    if only(case, "housing.kind") != "presale" or _HANDOVER in case.told:
        return {}
    answer = read_answer(heard.text, _HANDOVER, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
    return dict(answer.facts) if answer.kind == "value" else {}


def _only_a_day(heard: Heard) -> bool:
    plain = hearing.plain(heard.text)
    days = [d for d in find_dates(plain, heard.as_of) if d.value is not None]
    rest = plain[: days[0].span[0]] + plain[days[0].span[1] :] if len(days) == 1 else ""
    return len(days) == 1 and cue("answers.beside_a_day").fullmatch(rest) is not None


def settled_by(case: Case) -> str | None:
    """The words for where the home, or else the work, told of in a case lies; ``None`` where neither was told."""
    for fact, words in _lexicon()["lies_in"].items():
        told = case.told.get(fact)
        if told is not None and told.certainty != PRESUMED and isinstance(told.value, Choice) and "none" not in told.value.values:
            return str(words)
    return None


def another_followed(world: World, heard: Heard, home: str, case: Case) -> tuple[FactReading, ...]:
    """The facts of a relative who is named as somebody else to follow (还有我亲姐也在城里), in a case that follows somebody."""
    plain = hearing.plain(heard.text)
    relations = world.vocabulary.facts[_RELATION].labels
    if case.person != SELF:
        return joined_by_them(world, heard, home, case)
    if (now := joined_now(case, hearing.people(heard.text), plain)) is not None:
        return _as_goes_to(world, heard, home, now)
    named = [m for m in hearing.people(heard.text) if m.relation in relations]
    if _RELATION not in case.told or len(named) != 1:
        return ()
    if not (turns_to_another(plain[: named[0].start]) or named[0].start == 0 and is_here_too(plain, named[0].end)):
        return ()
    follows = composed("wants_to_follow", mover="", followed=named[0].words)
    read = hearing.after(world, heard, home, SELF, follows, plain[named[0].start :]).facts
    return tuple(f for f in read if f.fact.startswith("kin."))


def _as_goes_to(world: World, heard: Heard, home: str, one: Mention) -> tuple[FactReading, ...]:
    """What a message that says whom the asker goes to now tells of that one."""
    wish = composed("wants_to_follow", mover="", followed=one.words)
    read = hearing.after(world, heard, home, SELF, wish, hearing.plain(heard.text)).facts
    theirs = tuple(f for f in read if f.fact.startswith("kin.") and f.fact != _RELATION)
    relation = Choice(frozenset({followed_relation(SELF, one.person)}))
    return (FactReading(_RELATION, relation, one.words, (one.start, one.end), SAID), *theirs)


def joined_by_them(world: World, heard: Heard, home: str, case: Case) -> tuple[FactReading, ...]:
    """The facts of somebody whom a relative spoken of would follow (那投靠我爸, of the grandfather), seen from that relative."""
    plain, people = hearing.plain(heard.text), hearing.people(heard.text, case.person)
    if lives_with_another(heard, case):
        return ()
    movers = [m.end for m in people if m.relation == case.person and same_one(case.person, case.words, m.words)]  # 姐夫|投奔他儿子
    named = [m for m in people if m.relation not in (PRONOUN, SELF, COUPLE, NOBODY)]
    joined = [m for m in named if would_join(plain, m.start, movers)]
    if len(joined) != 1 or joined[0].person == case.person and same_one(case.person, case.words, joined[0].words):
        return ()
    (one,) = joined
    relation = followed_relation(case.person, one.person)
    known = relation if relation in world.vocabulary.facts[_RELATION].labels else "other"
    if _is_followed(case, one, known):
        return ()
    wish = composed("wants_to_follow", mover=case.words, followed=one.words)
    read = hearing.after(world, heard, home, SELF, wish, plain).facts
    theirs = tuple(f for f in read if f.fact.startswith("kin.") and f.fact != _RELATION)
    return (FactReading(_RELATION, Choice(frozenset({known})), one.words, (0, 0), SAID), *theirs)


def _is_followed(case: Case, one: Mention, relation: str) -> bool:
    """Whether a relative follows somebody already, so that nobody else is to be followed."""
    if only(case, _RELATION) != relation or follows_asker(case):
        return False
    named = other_followed(case)
    return named is None or same_one(one.person, named, one.words)


def told_by_the_way(heard: Heard, case: Case) -> bool:
    """Whether a message says no more than in whose name a home is (房本是女婿的), of another than whom the asker wants to follow.

    Nor does it change whom a relative follows what they are to somebody else (他跟我老婆是小叔子关系).
    """
    told, plain = case.told.get(_RELATION), hearing.plain(heard.text)
    if case.person != SELF and told is not None and cue("context.what_they_are").fullmatch(plain):
        return True
    found = cue("context.whose_deed").fullmatch(plain)
    if case.person != SELF or told is None or told.certainty != SAID or found is None:
        return False
    named = [m for m in hearing.people(heard.text) if m.relation not in (PRONOUN, SELF, COUPLE, NOBODY)]
    return bool(named) and all(not isinstance(told.value, Choice) or m.relation not in told.value.values for m in named)


def as_followed(heard: Heard, case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts of a message without what it says of a home in another's name, or of whoever 他 or 她 is.

    That is whoever is followed already (是我妈的房…,我跟她住).
    """
    if told_by_the_way(heard, case):
        return tuple(f for f in facts if not f.fact.startswith("kin."))
    followed = case.told.get(_RELATION)
    if followed is None or followed.certainty == PRESUMED:
        return tuple(facts)
    return tuple(f for f in facts if f.fact != _RELATION or f.words not in PRONOUNS or not fits(f.words, followed.words))


def as_schooled(case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts without a schooling taken for finished only since its level stands alone (我是专升本的), where another state was told."""
    told, level = case.told.get(_STATUS), next((f.words for f in facts if f.fact == _LEVEL), "")
    if told is None or told.certainty != SAID or not level:
        return tuple(facts)

    def bare(one: FactReading) -> bool:
        beside = one.words.replace(level, "", 1)
        return one.fact == _STATUS and level in one.words and cue("context.beside_a_level").fullmatch(beside) is not None

    return tuple(f for f in facts if not bare(f))


def of_the_case(heard: Heard, case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts of a message without what it tells of a relative of whoever is followed, who is nobody to follow (她公婆也在那)."""
    if case.person != SELF or _RELATION not in case.told:
        return tuple(facts)
    named = [m for m in hearing.people(heard.text) if m.person != SELF]
    followed = case.told[_RELATION].words  # 其子, in a clerk's note on who follows 其子
    theirs = bool(named) and all(
        m.words[:1] in PRONOUNS and m.relation != PRONOUN and len(m.words) > 1 and m.words != followed for m in named
    )
    return tuple(f for f in facts if not (theirs and f.fact.startswith("kin.")))


def _in_order(case: Case) -> list[Spoken]:
    order = list(case.told)
    live = list({s.fact: s for s in reversed(_subjects()) if _holds(case, s)}.values())  # of one fact the row that comes first
    if (followed := _following(case)) is not None:
        live.append(followed)
    live.sort(key=lambda s: -order.index(s.fact))
    return sorted(live, key=lambda s: not (case.pending or "").startswith(s.tells))


def _following(case: Case) -> Spoken | None:
    """Who follows whom in a case, as a subject."""
    relation = only(case, _RELATION)
    spoken = following(case.person, relation, named=other_followed(case), by_asker=follows_asker(case)) if relation else None
    work = case.told.get("kin.work")
    if spoken is None or work is None or not isinstance(work.value, Choice):
        return spoken
    at_work = next((s for s in _subjects() if s.fact == "work.status" and work.value.values <= s.values), None)
    # 合同签了, of the one followed
    return replace(spoken, words=f"{spoken.words}，{spoken.followed}{at_work.words}") if at_work else spoken


def following(person: str, relation: str, *, by_asker: bool, named: str | None = None, called_so: str | None = None) -> Spoken | None:
    """Who follows whom, as a subject: 我想投靠我姐, 我爸想投靠我.

    Args:
        by_asker: it is the asker whom a relative follows.
        named: the words for somebody else whom a relative follows (我爸想投靠我弟).
        called_so: what the one who follows is called, where the word for all of their kind might mean either (我妈想投靠我爸).
    """
    called = _lexicon()["called"]
    mover = called_so or called.get(person)
    followed = named or called.get(SELF if person != SELF and by_asker else relation)
    if mover is None or followed is None or mover == followed:
        return None
    return Spoken(_RELATION, frozenset({relation}), composed("wants_to_follow", mover=mover, followed=followed), _OF_KIN, followed)


def _holds(case: Case, subject: Spoken) -> bool:
    told = case.told.get(subject.fact)
    return told is not None and isinstance(told.value, Choice) and told.value.values <= subject.values
