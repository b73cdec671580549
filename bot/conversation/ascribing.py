"""Of whom a message tells in the middle of somebody's case: the mover, the asker whom a relative follows, or another one followed.

"在城里有房" has no subject.  It tells of whoever the pending question is about; of the asker where a relative is to follow them; and
where either may be meant, that is asked (:mod:`bot.conversation.asking_whose`).  "我有房" in the case of a relative tells of the asker,
whose case it does not begin; "他有房" in the asker's own tells of whoever is followed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import hearing
from bot.conversation.context import following, taken_of, told_after
from bot.conversation.kinfolk import OF_KIN, asker_to, follows_asker, only, other_followed
from bot.conversation.lives_with import lives_with_another, without_where_they_live
from bot.conversation.state import PRESUMED, SAID, Case
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, Places, Value, inside
from bot.reading.asking.another import i_myself, turns_to_self
from bot.reading.asking.wanting import asks, wants_to_register
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.person.same_person import same_one
from bot.reading.reader import Reading
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue

_RELATION, _WORK = "kin.relation", "work.status"
_NONE, _NO = Choice(frozenset({"none"})), Choice(frozenset({"no"}))
_LIVES = frozenset({"kin.housing", "kin.work"})
_TO_FOLLOW, _HERE = frozenset({"spouse", "fiance", "child", "parent", "sibling"}), frozenset({"kin.place", "kin.area", "kin.hukou_here"})
_NEAR, _BY_MARRIAGE = frozenset({"spouse", "child", "parent", "sibling"}), frozenset({"child_in_law", "parent_in_law", "other"})
# What gives somebody a standing in a place, by the first word of the fact.
_STANDING = frozenset({"housing", "rent", "presale", "public", "work", "insurance", "business", "license", "premises"})
_OF_MOVER = _STANDING | {"intent"}
_KIN: Mapping[str, str] = {"kin.housing": "housing", "kin.work": "work", "kin.insurance": "insurance"}


@dataclass(frozen=True)
class Ascribed:
    """A message as it tells of a case: what it says of it, and what it says of the asker beside, in the case of somebody else."""

    reading: Reading
    askers: tuple[FactReading, ...] = ()


def ascribed(world: World, heard: Heard, home: str, case: Case) -> Ascribed:
    """What a message tells, of whom it tells it."""
    reading, plain = hearing.reading(world, heard, home, case.person), hearing.plain(heard.text)
    if case.person == SELF and (shared := _of_one_shared(world, heard, home, case, reading)):
        return Ascribed(shared)
    if case.person == SELF and (theirs := _of_the_one_followed(world, heard, home, case, reading)):
        return Ascribed(theirs)
    if case.person == SELF and (one := _of_one_to_follow(world, heard, home, case, reading)):
        return Ascribed(one)
    if lives_with_another(heard, case):
        return Ascribed(without_where_they_live(case, reading))
    if wants_to_register(plain) or turns_to_self(plain) and not (case.pending and i_myself(plain) and _standing(reading)):
        return Ascribed(reading)
    named = _named(heard)
    if case.person != SELF:
        if (other := _another(case, _but_at_home(plain, named))) and reading.person in (None, SELF, case.person):
            return Ascribed(_of_another(world, heard, home, case, reading, other))
        if reading.person == SELF and named:
            return _of_the_asker(world, heard, home, case, reading)
        if not named and _standing(reading) and _of_the_followed(case, reading):
            return _instead(world, heard, home, case, reading)
    elif only(case, _RELATION) and (_by_pronoun(named) or not named and _standing(reading) and _asked_of_kin(case)):
        return Ascribed(_instead(world, heard, home, case, reading).reading)
    return Ascribed(reading)


def tells_of_one_to_follow(world: World, heard: Heard, home: str, case: Case) -> bool:
    """Whether a message amid the asker's own case only tells of a relative who is here, and whom the asker may follow."""
    own = case.person == SELF
    return own and _of_one_to_follow(world, heard, home, case, hearing.reading(world, heard, home, case.person)) is not None


def unclear(world: World, heard: Heard, home: str, case: Case) -> bool:
    """Whether a message tells of a home or of work, and either the relative whose case it is or the asker may be meant."""
    plain = hearing.plain(heard.text)
    if case.person == SELF or not case.told and not case.pending or asks(plain) or wants_to_register(plain) or _named(heard):
        return False
    reading = hearing.reading(world, heard, home, case.person)
    return bool(_standing(reading)) and not _of_the_mover(case, reading) and not _of_the_followed(case, reading)


def tells_standing(world: World, heard: Heard, home: str, case: Case) -> bool:
    """Whether a message asks nothing and tells of somebody's home or work."""
    plain = hearing.plain(heard.text)
    return not asks(plain) and not wants_to_register(plain) and bool(_standing(hearing.reading(world, heard, home, case.person)))


def told_again(world: World, heard: Heard, before: Heard, home: str) -> bool:
    """Whether a message tells of a home or of work only what another told already (我上班, after 在城里上班), or nothing of them."""
    now, then = (hearing.reading(world, h, home) for h in (heard, before))
    groups = {_group(f.fact) for f in _standing(then)}
    theirs = {_KIN.get(f.fact) for f in now.facts if f.certainty != PRESUMED} - {None}
    return {_group(f.fact) for f in _standing(now)} | theirs <= groups and "," not in hearing.plain(heard.text)


def _named(heard: Heard) -> list[Mention]:
    return [m for m in hearing.people(heard.text) if m.person != NOBODY or m.relation == PRONOUN]


def _standing(reading: Reading) -> list[FactReading]:
    return [f for f in reading.facts if f.certainty != PRESUMED and _group(f.fact) in _STANDING]


def _group(fact: str | None) -> str:
    return (fact or "").partition(".")[0]


def _of_the_mover(case: Case, reading: Reading) -> bool:
    """Whether what has no subject tells of the mover: asked of them, or told together with where they are registered or the like."""
    beside = (f for f in reading.facts if f.certainty != PRESUMED and _group(f.fact) not in _STANDING | {"kin"})
    return _group(case.pending) in _OF_MOVER or case.dispute is not None or any(True for _ in beside)


def _of_the_followed(case: Case, reading: Reading) -> bool:
    """Whether what has no subject tells of the one followed: asked of them, or told of the asker whom a relative wants to follow."""
    if _of_the_mover(case, reading) or only(case, _RELATION) is None or not (_asked_of_kin(case) or case.pending is None):
        return False
    idle = any(f.fact == _WORK and f.value == _NONE for f in _standing(reading))
    if idle and case.pending != "kin.work":
        return False  # 退休了, of a mother who follows her son: hers as likely as not
    return _asked_of_kin(case) or follows_asker(case) and case.told[_RELATION].certainty == SAID


def _asked_of_kin(case: Case) -> bool:
    return _group(case.pending) == "kin" and case.pending != _RELATION


def _by_pronoun(named: Sequence[Mention]) -> bool:
    return bool(named) and named[0].relation == PRONOUN and all(m.relation in (PRONOUN, SELF) for m in named)


def _of_the_asker(world: World, heard: Heard, home: str, case: Case, reading: Reading) -> Ascribed:
    """What the asker tells of themselves in the case of a relative: of the one followed, as far as the asker is that or may be."""
    untold = _RELATION not in case.told
    wanted = asker_to(case.person)
    if untold and case.pending is None or wanted is None:
        return Ascribed(reading)
    news: tuple[FactReading, ...] = ()
    subject = None
    if untold or follows_asker(case):
        subject = following(case.person, wanted, by_asker=True)
        news = _without_own_place(_where_they_live(told_after(world, heard, home, SELF, subject), home)) if subject else ()
        if not any(f.fact.startswith("kin.") for f in news):
            news = ()
    if not news and case.pending is None:
        return Ascribed(reading)  # after the verdict the asker goes on with their own case
    if news and untold and subject:
        follows = FactReading(_RELATION, Choice(frozenset({wanted})), "", (0, 0), PRESUMED)
        news = (follows, *taken_of(world, heard, home, subject), *news)
    return Ascribed(replace(reading, person=case.person, facts=news, wishes=()), reading.facts)


def _where_they_live(news: tuple[FactReading, ...], home: str) -> tuple[FactReading, ...]:
    """The facts without a place elsewhere that only tells where the asker is registered (我户口在德州)."""
    if not any(f.fact == "kin.hukou_here" and f.value == _NO for f in news) or any(f.fact in _LIVES for f in news):
        return news
    here = (isinstance(f.value, Places) and any(inside(place, home) for place in f.value.include) for f in news)
    return tuple(f for f, at_home in zip(news, here, strict=True) if f.fact not in ("kin.place", "kin.area") or at_home)


def _without_own_place(news: tuple[FactReading, ...]) -> tuple[FactReading, ...]:
    """The facts without where a home or work of the mover's would be, of which nothing else is told (房子在东昌府,我名下)."""
    told = {f.fact for f in news}
    bare = {group for group, what in (("housing", "housing.kind"), ("work", _WORK)) if what not in told}
    return tuple(f for f in news if _group(f.fact) not in bare)


def _instead(world: World, heard: Heard, home: str, case: Case, reading: Reading) -> Ascribed:
    """What a message without a subject, or with a pronoun for one, tells of the one followed, and of the mover beside."""
    by_asker = follows_asker(case)
    relation = only(case, _RELATION)
    subject = following(case.person, relation, by_asker=by_asker, named=other_followed(case)) if relation else None
    if subject is None:
        return Ascribed(reading)
    whole = replace(heard, text=_with_subject(heard, subject.followed))
    told = tuple(f for f in told_after(world, whole, home, SELF, subject) if f.fact != _RELATION)
    kins = tuple(f for f in told if f.fact.startswith("kin."))
    if not kins and not _named(heard):
        return Ascribed(reading)
    rest = tuple(f for f in reading.facts if _group(f.fact) not in _STANDING) if not _named(heard) else told
    rest = tuple(f for f in rest if all(f.fact != k.fact for k in kins))
    askers = _standing_of(world, whole, home) if by_asker else ()
    return Ascribed(replace(reading, person=case.person, facts=(*rest, *kins), wishes=()), askers)


def _of_one_shared(world: World, heard: Heard, home: str, case: Case, reading: Reading) -> Reading | None:
    """What a message tells of a relative who is to follow whom the asker follows (那我老婆能投靠他不), with what is known of that one."""
    relation = only(case, _RELATION)
    if relation is None or reading.person in (None, SELF) or not any(m.relation == PRONOUN for m in _named(heard)):
        return None
    subject = following(SELF, relation, by_asker=False, named=other_followed(case))
    if subject is None:
        return None
    whole = hearing.reading(world, replace(heard, text=_with_subject(heard, subject.followed)), home)
    if whole.person != reading.person or not any(f.fact == _RELATION and f.words == subject.followed for f in whole.facts):
        return None
    known = tuple(FactReading(f, case.told[f].value, case.told[f].words, (0, 0), case.told[f].certainty) for f in OF_KIN if f in case.told)
    rest = tuple(f for f in whole.facts if f.certainty != PRESUMED or all(f.fact != k.fact for k in known))
    return replace(whole, facts=(*known, *rest))


def _of_the_one_followed(world: World, heard: Heard, home: str, case: Case, reading: Reading) -> Reading | None:
    """What a message that names whoever the asker follows tells of that one (我想跟媳妇落户…媳妇在城里上班,有社保)."""
    named, relation, plain = _named(heard), only(case, _RELATION), hearing.plain(heard.text)
    if relation is None or reading.person in (None, SELF) or asks(plain) or wants_to_register(plain):
        return None
    words = case.told[_RELATION].words
    if any(m.relation == PRONOUN or m.person != reading.person or not same_one(m.person, words, m.words) for m in named) or not named:
        return None
    if followed_relation(SELF, named[0].person) != relation or not all(_group(f.fact) in _STANDING for f in _told(reading)):
        return None
    subject = following(SELF, relation, by_asker=False, named=named[0].words)
    told = told_after(world, heard, home, SELF, subject) if subject else ()
    kins = tuple(f for f in told if f.fact.startswith("kin.") and f.fact != _RELATION)
    return replace(reading, person=SELF, person_words="", facts=kins, wishes=()) if any(f.certainty != PRESUMED for f in kins) else None


def _of_one_to_follow(world: World, heard: Heard, home: str, case: Case, reading: Reading) -> Reading | None:
    """What a message that asks nothing tells of a relative who is here, amid the asker's own case (租着房…我媳妇户口就在城里).

    It is told for the asker's sake: whoever is here may be followed.
    """
    named, plain = _named(heard), hearing.plain(heard.text)
    if not case.told or only(case, _RELATION) or asks(plain) or wants_to_register(plain) or cue("ascribing.comes_too").search(plain):
        return None
    if len({m.person for m in named}) != 1 or named[0].start > 1 or reading.person not in (None, SELF, named[0].person):
        return None
    relation = followed_relation(SELF, named[0].person)
    subject = following(SELF, relation, by_asker=False, named=named[0].words) if relation in _TO_FOLLOW else None
    told = told_after(world, heard, home, SELF, subject) if subject else ()
    kins = tuple(f for f in told if f.fact.startswith("kin."))
    here = any(f.fact in _HERE and f.certainty != PRESUMED and _is_here(f.value, home) for f in kins)
    if not here or named[0].owner not in (None, SELF):
        return None
    one = FactReading(_RELATION, Choice(frozenset({relation})), named[0].words, (named[0].start, named[0].end), SAID)
    return replace(reading, person=SELF, person_words="", facts=(one, *(f for f in kins if f.fact != _RELATION)), wishes=())


def _is_here(value: Value, home: str) -> bool:
    """Whether a place lies in the jurisdiction that is spoken of; what is no place, a kind of area or a register there, does."""
    return not isinstance(value, Places) or bool(value.include) and all(inside(path, home) for path in value.include)


def _told(reading: Reading) -> list[FactReading]:
    return [f for f in reading.facts if f.certainty != PRESUMED]


def _but_at_home(plain: str, named: Sequence[Mention]) -> list[Mention]:
    """Those named without whoever only says whose home something is in (他户口也在俺家)."""
    return [m for m in named if m.relation not in (SELF, COUPLE) or not cue("ascribing.in_our_home").search(plain[: m.end])]


def _another(case: Case, named: Sequence[Mention]) -> Mention | None:
    """Whoever is named alone in a relative's case that they may be followed in, or are already (我弟在城里有房, of the mother)."""
    others = [m for m in named if m.relation != PRONOUN and m.person not in (SELF, COUPLE, NOBODY) and not _theirs(case, m)]
    if len({m.person for m in others}) != 1 or any(m.person in (SELF, COUPLE) for m in named):
        return None
    relation = followed_relation(case.person, others[0].person)
    told = case.told.get(_RELATION)
    if told is None:
        return others[0] if relation != "other" else None
    if _no_near_one(case) and relation in _NEAR:
        return others[0]  # 媳妇户口在城里, of her mother who wanted to come to the asker
    named_or_meant = other_followed(case) or asker_to(case.person) != relation  # 婆婆 to our home: her own child is whom she follows
    return others[0] if named_or_meant and only(case, _RELATION) == relation else None


def _theirs(case: Case, m: Mention) -> bool:
    """Whether whoever is named is the mover: father and mother are two, though both are a parent (我妈想跟我爸落户…我爸有房)."""
    return m.person == case.person and same_one(case.person, case.words, m.words)


def _no_near_one(case: Case) -> bool:
    """Whether a relative is to follow the asker, who is no near one of theirs."""
    return follows_asker(case) and only(case, _RELATION) in _BY_MARRIAGE


def _of_another(world: World, heard: Heard, home: str, case: Case, reading: Reading, other: Mention) -> Reading:
    """What a message tells of somebody of their own whom a relative follows, or may follow."""
    relation = followed_relation(case.person, other.person)
    mover = case.words if other.person == case.person else None
    subject = following(case.person, relation, by_asker=False, named=other.words, called_so=mover)
    told = told_after(world, heard, home, SELF, subject) if subject else ()
    kins = tuple(f for f in told if f.fact.startswith("kin.") and f.fact != _RELATION)
    if not any(f.certainty != PRESUMED for f in kins):
        return reading
    if subject and (_RELATION not in case.told or _no_near_one(case)):
        certainty = SAID if _no_near_one(case) else PRESUMED
        follows = FactReading(_RELATION, Choice(frozenset({relation})), other.words, (0, 0), certainty)
        kins = (follows, *taken_of(world, heard, home, subject), *kins)
    theirs = reading.person == case.person and mover is None  # father and mother are both a parent: read as either
    rest = tuple(f for f in reading.facts if theirs and not f.fact.startswith("kin."))
    return replace(reading, person=case.person, person_words=case.words, facts=(*rest, *kins), wishes=())


def _standing_of(world: World, heard: Heard, home: str) -> tuple[FactReading, ...]:
    return tuple(f for f in hearing.reading(world, heard, home).facts if _group(f.fact) in _STANDING)


def _with_subject(heard: Heard, words: str) -> str:
    """The message with ``words`` where it has a pronoun, or before it where it has no subject."""
    plain, pronouns = hearing.plain(heard.text), [m for m in _named(heard) if m.relation == PRONOUN]
    for m in reversed(pronouns):
        plain = plain[: m.start] + words + plain[m.end :]
    return plain if pronouns else words + plain
