"""Whether a message tells somebody's case after all that sounds like another matter, named by the way, or like nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation import hearing
from bot.conversation.in_words import ASKS_TO_SETTLE
from bot.conversation.personal import speaks_of_a_register, speaks_of_moving
from bot.conversation.state import PRESUMED, Conversation
from bot.conversation.subject import FOREIGN
from bot.conversation.tale import REGISTERED, SOME, UNSURE, Tale, besides_whence
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, Places, inside
from bot.policy.model import Pack
from bot.reading.asking.wanting import asks_for_a_look, asks_if_enough, asks_if_it_fits, brings_register, wants_own_register
from bot.reading.kin.kinship import SELF
from bot.reading.text.cues import cue
from bot.reading.text.routes import routes_asked

# From this share of all other matters on, facts told without a word of settling are no case.
_ELSE = 0.4
# Matters that a case names by the way: who is divorced and asks for somebody else does not ask about the former spouse.
_BY_THE_WAY = frozenset({"former_spouse", "divorce"})
_HOME_OR_WORK = frozenset({"housing.kind", "work.status"})
_A_HOME_HERE = frozenset({"housing.kind", "housing.place"})
_A_HOME_TO_MOVE_TO = frozenset({REGISTERED, "housing.kind"})
_MORE_THAN_ONE, _AFTER_THE_PLACE = re.compile("[,。;?!]"), 4  # 临淄,我现在租房住: the place in front is no telling of its own
# Matters about getting what somebody has already, by the home they tell of: 廉租房合同有,证没有 applies for none.
_HAS_IT = {
    "public_housing_apply": ("housing.kind", "public_rental"),
    "business_registration": ("business.license", "own"),
    "house_trade": ("housing.kind", "owned"),
    "property_deed": ("housing.kind", "owned"),
}
# A matter about insurance is named by the way by whoever tells of schooling or a title and of the job.
_OF_INSURANCE, _HIRED = "insurance_arrears", ("education.level", "title.level", "skill.certificate")
# Matters about a register: their own words speak of moving one, so only a wish to bring one's own tells a case.
_OF_A_REGISTER = frozenset(
    {
        "newborn",
        "household_book",
        "name_change",
        "data_correction",
        "household_head",
        "death_cancel",
        "hukou_lookup",
        "hukou_certificate",
        "former_spouse",
        "occupant_hukou",
        "restore_hukou",
        "frozen_hukou",
        "exit_entry",
        "military",
    }
)
# Matters about the register of somebody else than who is to move.
_OTHERS_REGISTER = frozenset({"former_spouse", "occupant_hukou"})
_HOUSEHOLD, _DEATH = "household_head", "death_cancel"
# Matters about another place or about who may have a register at all: no case told makes them the document's.
_LEFT_SERVICE = cue("by_the_way.left_service")
_THERE, _SERVICE = "other_place", "military"
_ADOPTERS = Choice(frozenset({"step_parent"}))
_NEVER = frozenset({_THERE, "province_rule", "points_elsewhere", "foreigner", "adoption"})


def tells_a_case(world: World, heard: Heard, pack: Pack) -> bool:
    """Whether a message that sounds like another matter tells somebody's case after all: facts, and a wish to move or no question."""
    tale = Tale(world, heard, pack, hearing.reading(world, heard, pack.identity.jurisdiction.place))
    return next((tells for tells, holds in _RULES if holds(tale)), False)


def _foreigners_wish(tale: Tale) -> bool:
    """A foreigner's wish to settle, with nothing told that a verdict rests on."""
    return tale.heard.matter == FOREIGN and not tale.facts & _HOME_OR_WORK


def _sends_somebody_away(tale: Tale) -> bool:
    """离了,前妻户口赖着不走,派出所能强制给她迁走不: it is asked how somebody else's register is got rid of."""
    return tale.heard.matter in _OTHERS_REGISTER and tale.heard.sure and cue("by_the_way.sends_away").search(tale.words) is not None


def _divides_a_household(tale: Tale) -> bool:
    """跟爹妈一个院,想单立个户口本: a household is divided where it is, and nobody moves."""
    divides = tale.heard.matter == _HOUSEHOLD and tale.heard.sure and cue("by_the_way.divides").search(tale.words) is not None
    return divides and not speaks_of_moving(cue("by_the_way.divides").sub("", tale.words))


def _inherits(tale: Tale) -> bool:
    """爷爷去世留了套房给我,想落户: a death is why there is a home to settle in, and no register is to be cancelled."""
    return tale.heard.matter == _DEATH and "housing.kind" in tale.facts and tale.wants_to_register


def _brings_a_register(tale: Tale) -> bool:
    """上一年级了,户口在老家咋弄过来: the school is the reason."""
    return tale.heard.matter not in _NEVER | _OF_A_REGISTER and brings_register(tale.words)


def _wants_a_look(tale: Tale) -> bool:
    """电话打了半天没人接,我想迁过来,行不行: nothing is told yet."""
    return _unsure(tale) and asks_for_a_look(tale.words)


def _settles_after_service(tale: Tale) -> bool:
    """退伍了没地方落,想落这边: who left the service wishes to settle, and asks for no post."""
    left = tale.heard.matter == _SERVICE and ("veteran" in tale.facts or _LEFT_SERVICE.search(tale.words) is not None)
    return left and not tale.heard.sure and tale.wants_to_register


def _moves_somebody_else(tale: Tale) -> bool:
    """跟前夫离了,能把娃户口迁过来不: the child is to move."""
    other = "kin.relation" in tale.facts and tale.reading.person not in (None, SELF)
    return tale.heard.matter in _BY_THE_WAY and other and tale.wants_to_register


def _joins_adopters(tale: Tale) -> bool:
    """我是抱养的,养父母住在这,想随他们落: who was adopted long ago goes to the family, and asks nothing of the adoption."""
    to_them = any(f.fact == "kin.relation" and f.value == _ADOPTERS for f in tale.reading.facts)
    if tale.heard.matter != "adoption" or not to_them or tale.reading.person not in (None, SELF) or tale.reading.wishes:
        return False
    return bool(cue("by_the_way.own_register").search(tale.words) and cue("by_the_way.after_them").search(tale.words))


def _has_a_home_to_move_to(tale: Tale) -> bool:
    """离了,房子归我,户口还在他家: a home of one's own to move to."""
    return tale.heard.matter in _BY_THE_WAY and tale.story and {f.fact for f in tale.reading.facts} >= _A_HOME_TO_MOVE_TO


def _matter_beside_a_wish(tale: Tale) -> bool:
    """娃该上学了,租的房在这,咋个落法: the matter is the reason or goes beside it."""
    told = tale.story and bool(tale.weighty or REGISTERED in tale.facts)
    return told and _may_be_a_case(tale) and _wants_to_settle(tale) and _asks_nothing_else(tale)


def _asks_if_enough(tale: Tale) -> bool:
    """公积金在这交,房证在手,户口在莘县,合规定吗: nothing of the matter is asked."""
    return tale.story and tale.tells_of_settling and _may_be_a_case(tale) and asks_if_enough(tale.words)


def _tells_nothing_else(tale: Tale) -> bool:
    """我在县城租的整套商品房: nothing is asked, and nothing else is told."""
    return _unsure(tale) and tells_nothing_else(tale)


def _asks_if_it_fits(tale: Tale) -> bool:
    """不动产证刚领,我范县人,够条件吗: a home and a register, and no question of the deed."""
    told = tale.story and REGISTERED in tale.facts and bool(tale.facts & _HOME_OR_WORK)
    return told and _may_be_a_case(tale) and (asks_if_it_fits(tale.words) or not tale.asks)


def _has_it_already(tale: Tale) -> bool:
    """What the matter heard is about getting is there: 廉租房合同有,证没有; 二手房过户了,老公的名,我跟着行不."""
    fact, value = _HAS_IT.get(tale.heard.matter or "", ("", ""))
    has = any(f.fact == fact and f.certainty != PRESUMED and f.value == Choice(frozenset({value})) for f in tale.reading.facts)
    only_told = tale.story and not tale.asks and len(tale.weighty) >= SOME
    return has and not tale.asks_more and (tale.asks_whether or only_told)


def _comes_from_there(tale: Tale) -> bool:
    """济南户,硕士毕业: the other place is where the register is, and something more is told."""
    if tale.heard.matter != _THERE or not tale.story:
        return False
    home = tale.pack.identity.jurisdiction.place
    said = {f.fact: f.value for f in tale.reading.facts if f.certainty != PRESUMED}
    there = {name for name, v in said.items() if isinstance(v, Places) and not (v.include and all(inside(p, home) for p in v.include))}
    return there == {REGISTERED} and len(said) > 1


def _tells_too_little(tale: Tale) -> bool:
    """Hardly anything is told of anybody."""
    return not tale.story or len(tale.weighty) < SOME


def _nobody_is_to_move(tale: Tale) -> bool:
    """没本地户口办不了娃的保险: what is wrong is told, and nobody's move is wished for."""
    return tale.heard.matter in _OF_A_REGISTER and not _wants_to_settle(tale) and REGISTERED not in tale.facts


def _limited_to_ways(tale: Tale) -> bool:
    """The ways are named that alone are asked about."""
    return bool(tale.reading.routes_only)


def _asks_to_settle(tale: Tale) -> bool:
    """However surely the matter is heard, the words ask to settle."""
    return tale.heard.sure and bool(ASKS_TO_SETTLE.search(tale.words))


def _only_tells(tale: Tale) -> bool:
    """Whoever only tells, and tells where the register is, tells a case, whatever matter the words surely sound like.

    So does who tells of the job and of schooling or a title, where that is a matter of insurance.
    """
    if not tale.heard.sure or tale.asks or tale.asks_whether or tale.asks_more:
        return False
    hired = "work.status" in tale.weighty and bool(tale.weighty.intersection(_HIRED))
    return REGISTERED in tale.facts and _may_be_a_case(tale) or tale.heard.matter == _OF_INSURANCE and hired


def _wishes_to_move(tale: Tale) -> bool:
    """The matter is heard unsurely, and somebody is to move."""
    return not tale.heard.sure and (speaks_of_moving(tale.words) or _asks_nothing_else(tale) and tale.wants_to_move)


def _tells_of_a_register(tale: Tale) -> bool:
    """The matter is heard unsurely, nothing is asked, and a register is told of or all other matters are unlikely.

    工钱拖了半年,在镇上工地干的: of another matter, and no word of a register.
    """
    if tale.heard.sure or tale.asks:
        return False
    return REGISTERED in tale.facts or speaks_of_a_register(tale.words) or _outside(tale) < UNSURE


_RULES: tuple[tuple[bool, Callable[[Tale], bool]], ...] = (
    (False, _foreigners_wish),
    (False, _sends_somebody_away),
    (False, _divides_a_household),
    (True, _inherits),
    (True, _brings_a_register),
    (True, _wants_a_look),
    (True, _settles_after_service),
    (True, _moves_somebody_else),
    (True, _joins_adopters),
    (True, _has_a_home_to_move_to),
    (True, _matter_beside_a_wish),
    (True, _asks_if_enough),
    (True, _tells_nothing_else),
    (True, _asks_if_it_fits),
    (True, _has_it_already),
    (True, _comes_from_there),
    (False, _tells_too_little),
    (False, _nobody_is_to_move),
    (True, _limited_to_ways),
    (True, _asks_to_settle),
    (True, _only_tells),
    (True, _wishes_to_move),
    (True, _tells_of_a_register),
)
"""Whether a case is told where a predicate holds; the first that does decides."""


def _may_be_a_case(tale: Tale) -> bool:
    """Whether a case told beside the matter would be the document's."""
    return tale.heard.matter not in _NEVER


def _unsure(tale: Tale) -> bool:
    """Whether the matter is heard unsurely, and a case told beside it would be the document's."""
    return not tale.heard.sure and _may_be_a_case(tale)


def _wants_to_settle(tale: Tale) -> bool:
    """Whether somebody wants to register; where the matter itself speaks of registers, with their own."""
    if tale.reading.routes_only:
        return True
    return wants_own_register(tale.words) if tale.heard.matter in _OF_A_REGISTER else tale.wants_to_register


def _asks_nothing_else(tale: Tale) -> bool:
    """Whether nothing is asked but if a register may come."""
    return tale.asks_whether or not tale.asks_more


def _outside(tale: Tale) -> float:
    """The share of all other matters together."""
    return float(tale.heard.luohu.get("outside", 0.0))


def tells_nothing_else(tale: Tale) -> bool:
    """Whether a message tells of a home or a job in one clause, and neither asks nor tells anything beside it."""
    if not tale.facts & _HOME_OR_WORK or tale.asks or _MORE_THAN_ONE.search(tale.words, _AFTER_THE_PLACE):
        return False
    return len(besides_whence(f.fact for f in tale.reading.facts)) >= SOME


def of_something_else(tale: Tale, state: Conversation) -> bool:
    """Whether a first message that is not understood sounds like other matters and says nothing of settling, whatever facts it tells.

    Where the register is and what home or job there is are the very things a verdict rests on (东昌府户,高新区租成套房,四样齐).
    """
    if tale.basis and (REGISTERED in tale.facts or len(tale.basis) > 1):
        return False
    if tale.facts >= _A_HOME_HERE and not tale.asks:
        return False  # 在东昌府区小区买了房,房本有了
    settles = speaks_of_a_register(tale.words) or routes_asked(tale.words)
    return not state.case.told and _outside(tale) >= _ELSE and not settles
