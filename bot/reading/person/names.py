"""Whether a name in a clause is whom the clause is about, or stands there for something else: an owner, a giver, a companion, a time."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_EMPHATIC = group("subjects.emphatic")
_CLOSE = 3  # 隔壁老王的户口, 我们单位…


class Name(NamedTuple):
    """A name in a clause, before the words at offset ``at`` of the plain text whose subject is looked for."""

    clause: Clause
    mentions: list[Mention]
    mention: Mention
    at: int
    plain: str
    before: str  # what stands before the name in its clause
    carried: str  # whom the clause before was about
    follows_one_taken: bool  # stands right behind somebody who is only taken along (带着老婆|孩子)

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.mention.end

    @property
    def next(self) -> str:
        """The character behind the name."""
        return self.plain[self.end : self.end + 1]

    @property
    def of_the_asker(self) -> bool:
        """Whether it is the asker, or the couple."""
        return self.mention.relation in (SELF, COUPLE)


class Part(Enum):
    """What part somebody named has in a clause."""

    SUBJECT = auto()
    TAKEN_ALONG = auto()
    BESIDE = auto()  # with whom the clause is about
    BY_THE_WAY = auto()


def part_of(name: Name) -> Part:
    """What part they have: by the first words that tell, and by none the clause is about them."""
    for part, told in _PARTS:
        if told(name):
            return part
    return Part.SUBJECT


def beside_whom(name: Name) -> str:
    """The words for whom somebody is beside (我跟老公: 我)."""
    joined = cue("subjects.with_before").search(name.before)
    return name.before[: joined.start()] if joined else ""


# -- whom the clause is about whatever else it says ------------------------------------------------------------------------
def _taught(name: Name) -> bool:
    """Whether it is the pupil or apprentice that the message is about."""
    return name.mention.relation == "other" and bool(cue("subjects.taught").search(name.before))


def _asked_about(name: Name) -> bool:
    """Whether the message says that it asks about them (问的是我妹夫; 想问我爸开的店)."""
    if name.end == name.clause.end and cue("claims.about").search(name.before):
        return True
    return bool(cue("subjects.asked_about").search(name.before) and cue("subjects.does_it").match(name.plain, name.end))


# -- whom it is never about ------------------------------------------------------------------------------------------------
def _of_two_words(name: Name) -> bool:
    """Whether it is somebody who is gone, named right behind whose relative they are (外甥|爹妈都没了,户口在…)."""
    mention = name.mention
    if mention.person != NOBODY or mention.relation == NOBODY:
        return False
    return any(m.end == mention.start and m is not mention for m in name.mentions)


def _taken_along(name: Name) -> bool:
    """Whether somebody else takes or cares for them (妈来帮我看孩子,…; 带着老婆孩子,…), and the clause does not go on about them."""
    if name.of_the_asker or not (name.follows_one_taken or cue("subjects.cared_for").search(name.before)):
        return False
    return not (name.before.endswith("的") and _is_the_topic(name))


def _is_the_topic(name: Name) -> bool:
    """Whether what follows is told of whom the words describe (再婚带的闺女,…)."""
    if name.end == name.clause.end and name.next == ",":
        return True
    return bool(cue("subjects.brought_along").fullmatch(name.before) and cue("subjects.told_next").match(name.plain, name.end))


# -- named by the way ------------------------------------------------------------------------------------------------------
def _object(name: Name) -> bool:
    """Something is done to them or for them."""
    return bool(cue("subjects.object_before").search(name.before))


def _retells(name: Name) -> bool:
    """我妈说…: what follows is what a relative says."""
    return not name.of_the_asker and bool(cue("subjects.retells").match(name.plain, name.end))


def _lends_a_licence(name: Name) -> bool:
    """用我姐的执照开的店."""
    return bool(cue("licence.borrowed").search(name.before) and cue("licence.whose").match(name.plain, name.end))


def _gives(name: Name) -> bool:
    """房子是姥姥留给我的."""
    return not name.of_the_asker and bool(cue("subjects.gives").match(name.plain, name.end))


def _tells_when(name: Name) -> bool:
    """孩子都生了,…; 老伴走后回了村: when, not who."""
    if name.mention.relation == "child" and cue("subjects.born").match(name.plain, name.end):
        return True
    return bool(cue("subjects.after_death").match(name.plain, name.end))


def _is_a_parent(name: Name) -> bool:
    """她是我跟前夫生的,今年…."""
    return name.before.endswith("是") and bool(cue("subjects.born_of").match(name.plain, name.end))


def _has_seen(name: Name) -> bool:
    """新招的姑娘,毕业证我看过了."""
    if name.mention.relation != SELF or name.carried in (SELF, COUPLE):
        return False
    return bool(cue("subjects.has_seen").match(name.plain, name.end))


def _has_an_only_child(name: Name) -> bool:
    """爸妈就我一个孩子: neither 我 nor the child that this is."""
    if name.mention.person == SELF and name.mention.relation != SELF:
        return bool(cue("subjects.only_me").search(name.before))
    if name.mention.relation != SELF or not cue("subjects.only_before").search(name.before):
        return False
    return bool(cue("subjects.only_after").match(name.plain, name.end))


def _only_sees(name: Name) -> bool:
    """他在城里就一个表弟走动: whom somebody has there, and no more of that one."""
    return bool(cue("subjects.only_one").search(name.before) and cue("subjects.is_seen").match(name.plain, name.end))


def _has_a_workmate(name: Name) -> bool:
    """他是我手下一名业务员."""
    if name.mention.relation != SELF or not name.before.endswith("是"):
        return False
    return bool(cue("introduced.of_ones_work").match(name.plain, name.end))


def _beside(name: Name) -> bool:
    """我跟老公…: together with somebody."""
    return bool(cue("subjects.with_before").search(name.before))


# -- whose home, work or place ---------------------------------------------------------------------------------------------
def _employs(name: Name) -> bool:
    """给个体户老板打工."""
    return name.mention.relation == NOBODY and bool(cue("subjects.works_for").search(name.before))


def _stranger_who_owns(name: Name) -> bool:
    """房东的…, 买老王…: a stranger's, unless the clause begins with their register or household (隔壁老王的户口)."""
    if name.mention.relation != NOBODY:
        return False
    if name.next in ("的", "家") and not (len(name.before) <= _CLOSE and _told_of_by_itself(name)):
        return True
    return name.before.endswith(("买", "租", "了", "是", "的", "在", "住"))


def _told_of_by_itself(name: Name) -> bool:
    """Whether what follows tells of a stranger's register, or of what their household does."""
    plain, end = name.plain, name.end
    return bool(cue("subjects.own_register").match(plain, end) or cue("subjects.household_acts").match(plain, end))


def _at_their_place(name: Name) -> bool:
    """住我姐家: where something is."""
    if name.of_the_asker or not cue("subjects.their_place").match(name.plain[name.end : name.end + 4]):
        return False
    return bool(cue("subjects.near_their_place").search(name.before))


def _at_the_askers(name: Name) -> bool:
    """儿子跟我住县城我自己的楼上,户口在…: the home is the asker's, what follows is the son's."""
    whose = cue("subjects.askers_home").match(name.plain, name.end) if name.of_the_asker and "住" in name.before else None
    return whose is not None and whose.end() <= name.at


def _with_the_asker(name: Name) -> bool:
    """Somebody is with the asker, unless the asker is put first by an emphatic word (说到我自己,…)."""
    emphatic = name.mention.words.endswith(_EMPHATIC)
    return name.of_the_asker and not emphatic and bool(cue("subjects.with_the_asker").search(name.before))


def _where_the_asker_is(name: Name) -> bool:
    """我这, 俺那: a place."""
    return name.mention.relation == SELF and name.next in ("这", "那") and not cue("subjects.no_place").match(name.plain, name.end)


_PARTS: tuple[tuple[Part, Callable[[Name], bool]], ...] = (
    (Part.BY_THE_WAY, _of_two_words),
    (Part.SUBJECT, _taught),
    (Part.TAKEN_ALONG, _taken_along),
    (Part.SUBJECT, _asked_about),
    (Part.BY_THE_WAY, _object),
    (Part.BY_THE_WAY, _retells),
    (Part.BY_THE_WAY, _lends_a_licence),
    (Part.BY_THE_WAY, _gives),
    (Part.BY_THE_WAY, _tells_when),
    (Part.BY_THE_WAY, _is_a_parent),
    (Part.BY_THE_WAY, _has_seen),
    (Part.BY_THE_WAY, _has_an_only_child),
    (Part.BY_THE_WAY, _has_a_workmate),
    (Part.BY_THE_WAY, _only_sees),
    (Part.BESIDE, _beside),
    (Part.BY_THE_WAY, _employs),
    (Part.BY_THE_WAY, _stranger_who_owns),
    (Part.BY_THE_WAY, _at_their_place),
    (Part.BY_THE_WAY, _at_the_askers),
    (Part.BY_THE_WAY, _with_the_asker),
    (Part.BY_THE_WAY, _where_the_asker_is),
)
