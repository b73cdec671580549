"""Whether a message asks what holds for everybody, or tells somebody's own case that a verdict helps."""

from __future__ import annotations

import re
from collections.abc import Set

from bot.conversation import hearing
from bot.conversation.named import named_in_vain, screened
from bot.conversation.several import FORMAL, questions, topics
from bot.conversation.state import PRESUMED, Conversation
from bot.conversation.subject import ASKS_TO_SETTLE, BARE_ASPECTS, FOREIGN, GENERAL, Subject, names_oneself, wants_a_village
from bot.conversation.world import CERTAIN, Heard, World
from bot.eligibility.screening import Verdict
from bot.eligibility.values import Choice, Places, inside
from bot.policy.model import Pack, Topic, atoms
from bot.reading.asking.aspects import aspects
from bot.reading.asking.wanting import (
    asks,
    asks_for_a_look,
    asks_if_enough,
    asks_if_it_fits,
    asks_more,
    asks_whether,
    asks_which,
    brings_register,
    only_asks,
    wants_own_register,
    wants_to_register,
)
from bot.reading.kin.kinship import SELF
from bot.reading.reader import Reading
from bot.reading.text.points import known, points
from bot.reading.text.routes import routes_asked
from bot.reading.text.terms import term_asked

# From this share of the classifier on, a topic is taken at its word.
_SURE = 0.4
# Who tells so many facts wants a verdict, whatever the words sound like.
_MUCH = 6
_TOLD = 2
# Who tells more than so many facts tells a case, whatever word of the documents is named in it.
_FEW = 3
# From this share of all other matters on, facts told without a word of settling are no case.
_ELSE = 0.4
_REGISTER = re.compile(
    "[落入迁转挪]户|户口|户籍|[落迁挪]不?[了得]?[到在进过去来]|[能想][^,。;?!]{0,4}[落迁]|[落迁](?:行|成|得|上|下|了)?[吗不么嘛]|投靠|随迁"
    "|(?<![角部村坠流])落(?![实后差叶])[^,。;?!]{2,4}(?:[,。;?!]|$)"
)
# Below this share a question on rights may be a wish to move that names a right in passing (迁过去养老).
_RIGHT = 0.5
_MOVES = re.compile("(?<![不没])(?:迁|落|转)(?:户|得?[过回][来去]|[到来去进])")
# A wish, or a second clause about the same people, tells a case after all.
_TELLS = re.compile("想|[,。;]")
# From where somebody comes decides nothing by itself: 想从外地迁来要什么手续 asks for the steps.
_WHENCE = frozenset({"hukou.place", "origin.place", "hukou.kind"})
# Matters that a case names by the way: who is divorced and asks for somebody else does not ask about the former spouse.
_BY_THE_WAY = frozenset({"former_spouse", "divorce"})
_HOME_OR_WORK = frozenset({"housing.kind", "work.status"})
_GOAL = frozenset({"wish.area"})
_BASIS = frozenset({"housing.kind", "work.status", "kin.relation", "origin.base"})
_OF_THE_LAND = frozenset({"origin.base", "origin.place", "origin.moved", "wish.area"})
_REGISTERED = "hukou.place"
_A_HOME_HERE = frozenset({"housing.kind", "housing.place"})
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
_KIND_FACTS = frozenset({"kin.relation", "kin.place", "marital"})
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
# Matters about another place or about who may have a register at all: no case told makes them the document's.
_THERE = "other_place"
_NEVER = frozenset({_THERE, "province_rule", "points_elsewhere", "foreigner", "adoption"})


def how_personal(world: World, heard: Heard, pack: Pack, about: Subject, reading: Reading) -> str:
    """What a message is: a ``case`` (a verdict helps), about one's ``own`` (the rule, then the first question), or ``general``."""
    kind = _how_personal(world, heard, pack, about, reading)
    if kind == "case" and named_in_vain(world, heard, pack, about, reading):
        return "own"
    if kind != "case" or not _asks_for_the_rule(world, heard, pack, about, reading):
        return kind
    return "own" if any(f.certainty != PRESUMED for f in reading.facts) else "general"  # 宿舍算不算稳定住所 tells nothing


def _asks_for_the_rule(world: World, heard: Heard, pack: Pack, about: Subject, reading: Reading) -> bool:
    """Whether who tells a case asks something of a way that a verdict does not say: 落店里还是落集体户, 摊位算经营场所吗."""
    topic, words = pack.topics.get(about.topic or ""), hearing.plain(heard.text)
    if topic is None or topic.kind != "answer" or about.topic not in world.settling:
        return False
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    if term_asked(words) and _REGISTERED not in told and len(told) <= _FEW:
        return True
    sure = heard.sure and heard.topic == about.topic
    of_the_way = asks_which(words) or asks_more(words) and not asks_whether(words) and not asks_if_enough(words)
    return heard.intent == "ask" and sure and of_the_way


def _how_personal(world: World, heard: Heard, pack: Pack, about: Subject, reading: Reading) -> str:
    facts = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    told, words = bool(facts), hearing.plain(heard.text)
    topic = pack.topics.get(about.topic or "")
    if _of_everybody(heard, about, topic, facts, words):
        return "general"
    if told and reading.routes_only or about.topic not in world.settling and brings_register(words):
        return "case"
    sure = float(heard.luohu.get("confidence", 1.0))
    if sure < _SURE and not aspects(words) and asks_for_a_look(words):
        return "case"  # nothing is told yet: 我想把户口迁过来,行不行
    silent = not about.aspects and not asks(words) and not asks_whether(words)
    tells = reading.is_story and _names_self(heard) and len(facts - _WHENCE) >= _TOLD and (topic is None or topic.kind == "answer")
    if facts - _WHENCE and silent and (sure < _RIGHT or tells and not asks_more(words)):
        return "case"  # nothing is asked: 我在城里有自己的房，房产证有
    # 备案缺着,手续都齐,这户口能迁过来不: whether it is enough is asked of a case, whatever papers it names
    wants_verdict = reading.is_story and len(facts - _WHENCE) >= _TOLD and asks_whether(words)
    if heard.intent == "ask":
        if _about_kinds(heard, reading):
            return "general"
        wishes = told and reading.is_story and bool(_MOVES.search(words))
        if facts and facts <= _GOAL and topic and (asks_which(words) or asks_more(words)):
            return "general"  # 光城里能落还是镇上也行: where is asked, not told
        if about.topic in BARE_ASPECTS and facts - _WHENCE and reading.person is not None:
            return "case"
        if about.aspects and about.topic in world.settling and len(facts) < _MUCH and not _names_self(heard) and not wants_verdict:
            return "general"  # the papers of a way, not of a person
        if wishes and _tells_of_a_way(heard, pack, about, facts):
            return "case"
        if heard.sure and facts <= _OF_THE_LAND and about.topic not in world.settling:
            return "general"  # 户口挪到城里,老家的地和宅基地村里收走不: nothing is told that a verdict rests on
        if told and reading.is_story and _wants_to_move(heard, facts) and (topic is None or about.topic not in world.settling):
            return "general" if heard.sure and _registered_in(reading, pack.identity.jurisdiction.place) and len(facts) <= _TOLD else "case"
        if reading.is_story and sure < CERTAIN and len(facts) > _TOLD + 1 and "hukou.place" in facts and about.topic in FORMAL:
            return "case"  # a story that ends in a complaint (凭啥不行)
        if about.topic not in world.settling or topic is None:
            if reading.is_story and _tells_of_settling(facts) and asks_if_enough(words):
                return "case"  # 医保还在老家,户口在曹县,儿子的楼在城里,这样够不够格: the right is only named
            # A right is asked about; unless that is unsure and the message says that somebody wants to move.
            wishes = wishes or reading.is_story and len(facts - _WHENCE) >= _TOLD and wants_to_register(words)
            return "case" if wishes and sure < _RIGHT else "general"
        enough = len(facts) >= _MUCH and not wants_a_village(reading)  # to a village no other way leads
        if not topic.routes and float(heard.luohu.get("confidence", 0.0)) >= _SURE and about.topic not in GENERAL and not enough:
            # The document has no route of this kind; that is the answer, unless somebody tells enough for another way to fit.
            if reading.is_story and (wants_to_register(words) or asks_if_enough(words)) and _fits_a_way(world, heard, pack, reading):
                return "case"  # 博士,户口在北京,回来创业能落吗: another way is open already
            tells = topic.kind == "answer" and reading.is_story and _wants_to_move(heard, facts)
            return "own" if tells else "general"
    if about.aspects and len(facts) < _MUCH and not _names_self(heard) and not wants_verdict:
        return "general"  # the papers of a way, not of a person
    if heard.intent == "tell" or told and reading.is_story and not _about_kinds(heard, reading):
        return "case"
    if _about_kinds(heard, reading):
        return "general"
    own = reading.person is not None and _names_self(heard) and topic is not None and topic.routes
    return "own" if own and not about.aspects else "general"


def _of_everybody(heard: Heard, about: Subject, topic: Topic | None, facts: Set[str], words: str) -> bool:
    """Whether it is only asked what holds for a kind of case, of nobody named: 公租房落户, 期房啥时候能落, 硕士落户要啥,几天."""
    if topic is None or heard.intent not in ("ask", "nlu_fallback") or _REGISTERED in facts or len(facts) > _FEW or not only_asks(words):
        return False
    return not names_oneself(heard.text, beside=("自己", "本人")) or "family" in topic.points and "family" in points(words)


def _fits_a_way(world: World, heard: Heard, pack: Pack, reading: Reading) -> bool:
    """Whether what is told meets all that one of the document's ways asks for."""
    return screened(world, heard, pack, reading).verdict is Verdict.ELIGIBLE


def _tells_of_a_way(heard: Heard, pack: Pack, about: Subject, facts: Set[str]) -> bool:
    """Whether, beside whatever right is named, a way to settle is asked about and its conditions are told (地收回了,…,还能迁回不)."""
    ways = [r for t in topics(questions(heard, about, pack)) for r in pack.topics[t].routes]
    weighed = {atom.fact for way in ways for atom in atoms(pack.route(way).when)}
    return len((facts & weighed) - _WHENCE) >= _TOLD


def _tells_of_settling(facts: Set[str]) -> bool:
    """Whether it is told what a verdict rests on: a home, work or a relative, beside where the register is or something more of them."""
    return bool(facts & _BASIS) and len(facts - _WHENCE) + (_REGISTERED in facts) >= _TOLD


def _wants_to_move(heard: Heard, facts: Set[str]) -> bool:
    """Whether somebody wants a register moved of whom it is told where it is and anything else, or else much.

    Whatever right is then named (想落俺这,学校要本地户口) is the reason, not the question.
    """
    told = len(facts - _WHENCE)
    return (told > _TOLD or bool(told) and "hukou.place" in facts) and wants_to_register(hearing.plain(heard.text))


def _registered_in(reading: Reading, home: str) -> bool:
    """Whether the register is told to be here already: 进城落户这里,老家的地会不会收 asks about the right."""
    told = [f.value for f in reading.facts if f.fact == _REGISTERED and f.certainty != PRESUMED]
    return any(isinstance(v, Places) and v.include and all(inside(path, home) for path in v.include) for v in told)


def _about_kinds(heard: Heard, reading: Reading) -> bool:
    """Whether relatives are named as kinds of people (兄弟姐妹能投靠吗), not as somebody's own."""
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    plain = hearing.plain(heard.text)
    return bool(told) and told <= _KIND_FACTS and not _names_self(heard) and not _TELLS.search(plain)


def about_kin_alone(reading: Reading) -> bool:
    """Whether nothing is told but who follows whom (我弟想投靠我行不): closed, it is answered, and no other way looked for unasked."""
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    return bool(told) and told <= _KIND_FACTS


def answered_whole(heard: Heard, pack: Pack, about: Subject, reading: Reading) -> bool:
    """Whether a detail named is all that is asked about (乡里的村有个院能落不, 给员工办集体户), and hardly anything is told beside it."""
    topic = pack.topics.get(about.topic or "")
    named = [known()[p] for p in points(hearing.plain(heard.text)) if topic is not None and p in topic.points]
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED and not _lacks(f.value)}
    return any(p.whole and (p.topic == about.topic or len(told) < _TOLD) for p in named)


def _lacks(value: object) -> bool:
    """Whether a fact is that somebody has nothing of a kind (没学历, 没职称)."""
    return isinstance(value, Choice) and bool(value.values & {"none", "no"})


def _names_self(heard: Heard) -> bool:
    return names_oneself(heard.text)


def tells_a_case(world: World, heard: Heard, pack: Pack) -> bool:
    """Whether a message that sounds like another matter tells somebody's case after all: facts, and a wish to move or no question."""
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    said = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    facts = said - _WHENCE
    words = hearing.plain(heard.text)
    if heard.matter == FOREIGN and not facts & _HOME_OR_WORK:
        return False  # a foreigner's wish to settle, with nothing told that a verdict rests on
    if brings_register(words) and heard.matter not in _NEVER | _OF_A_REGISTER:
        return True  # 上一年级了,户口在老家咋弄过来: the school is the reason
    if not heard.sure and heard.matter not in _NEVER and asks_for_a_look(words):
        return True  # 电话打了半天没人接,我想迁过来,行不行: nothing is told yet
    if heard.matter in _BY_THE_WAY and "kin.relation" in facts and reading.person not in (None, SELF) and wants_to_register(words):
        return True  # 跟前夫离了,能把娃户口迁过来不: the child is to move
    if heard.matter in _BY_THE_WAY and reading.is_story and {"hukou.place", "housing.kind"} <= {f.fact for f in reading.facts}:
        return True  # 离了,房子归我,户口还在他家: a home of one's own to move to
    wants = bool(reading.routes_only) or (wants_own_register if heard.matter in _OF_A_REGISTER else wants_to_register)(words)
    nothing_else = asks_whether(words) or not asks_more(words)
    if reading.is_story and (facts or _REGISTERED in said) and heard.matter not in _NEVER and wants and nothing_else:
        return True  # 娃该上学了,租的房在这,咋个落法: the matter is the reason or goes beside it
    if reading.is_story and _tells_of_settling(said) and heard.matter not in _NEVER and asks_if_enough(words):
        return True  # 公积金在这交,房证在手,户口在莘县,合规定吗: nothing of the matter is asked
    fits = asks_if_it_fits(words) or not asks(words)
    unsure = not heard.sure
    if unsure and heard.matter not in _NEVER and tells_nothing_else(heard, reading):
        return True  # 我在县城租的整套商品房: nothing is asked, and nothing else is told
    if reading.is_story and _REGISTERED in said and _HOME_OR_WORK & said and heard.matter not in _NEVER and fits:
        return True  # 不动产证刚领,我范县人,够条件吗: a home and a register, and no question of the deed
    only_told = reading.is_story and not asks(words) and len(facts) >= _TOLD
    if _has_it(heard, reading) and not asks_more(words) and (asks_whether(words) or only_told):
        return True  # 廉租房合同有,证没有; 二手房过户了,老公的名,我跟着行不
    if heard.matter == _THERE and reading.is_story and _comes_from_there(reading, pack.identity.jurisdiction.place):
        return True  # 济南户,硕士毕业: the other place is where the register is
    if not reading.is_story or len(facts) < _TOLD:
        return False
    if heard.matter in _OF_A_REGISTER and not wants and _REGISTERED not in said:
        return False  # 没本地户口办不了娃的保险: what is wrong is told, and nobody's move is wished for
    if heard.sure:
        # Whoever only tells, and tells where the register is, tells a case, whatever matter the words sound like.
        silent = not asks(words) and not asks_whether(words) and not asks_more(words)
        only_tells = silent and _REGISTERED in said and heard.matter not in _NEVER
        only_tells |= silent and heard.matter == _OF_INSURANCE and "work.status" in facts and bool(facts.intersection(_HIRED))
        return bool(ASKS_TO_SETTLE.search(words) or reading.routes_only or only_tells)
    wishes = _MOVES.search(words) or nothing_else and _wants_to_move(heard, said)
    # 工钱拖了半年,在镇上工地干的: of another matter, and no word of a register
    of_settling = _REGISTERED in said or _REGISTER.search(words) or float(heard.luohu.get("outside", 0.0)) < _RIGHT
    return bool(wishes or reading.routes_only or of_settling and not asks(words))


def _has_it(heard: Heard, reading: Reading) -> bool:
    """Whether somebody tells that they have what the matter heard is about getting."""
    fact, value = _HAS_IT.get(heard.matter or "", ("", ""))
    return any(f.fact == fact and f.certainty != PRESUMED and f.value == Choice(frozenset({value})) for f in reading.facts)


def _comes_from_there(reading: Reading, home: str) -> bool:
    """Whether the only place told of that is not served is where the register is, and something more is told."""
    said = {f.fact: f.value for f in reading.facts if f.certainty != PRESUMED}
    there = {name for name, v in said.items() if isinstance(v, Places) and not (v.include and all(inside(p, home) for p in v.include))}
    return there == {_REGISTERED} and len(said) > 1


def tells_nothing_else(heard: Heard, reading: Reading) -> bool:
    """Whether a message tells of a home or a job in one clause, and neither asks nor tells anything beside it."""
    words = hearing.plain(heard.text)
    names = {f.fact for f in reading.facts if f.fact not in _WHENCE}
    told = any(f.fact in _HOME_OR_WORK and f.certainty != PRESUMED for f in reading.facts)
    return told and len(names) >= _TOLD and not _MORE_THAN_ONE.search(words, _AFTER_THE_PLACE) and not asks(words)


def of_something_else(state: Conversation, heard: Heard, reading: Reading) -> bool:
    """Whether a first message that is not understood sounds like other matters and says nothing of settling, whatever facts it tells.

    Where the register is and what home or job there is are the very things a verdict rests on (东昌府户,高新区租成套房,四样齐).
    """
    said = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    if said & _BASIS and (_REGISTERED in said or len(said & _BASIS) > 1):
        return False
    if said >= _A_HOME_HERE and not asks(hearing.plain(heard.text)):
        return False  # 在东昌府区小区买了房,房本有了
    outside = float(heard.luohu.get("outside", 0.0))
    settles = _REGISTER.search(hearing.plain(heard.text)) or routes_asked(hearing.plain(heard.text))
    return not state.case.told and outside >= _ELSE and not settles
