"""Who a word for a relative means: whose relative the words before it make them, and where none does, whom the message has told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.reading.kin.kin_words import HOUSEHOLDS, NEPHEWS, OFFSPRING, PLURAL, THEIRS, WHOSE, YOUNG, YOUNG_COUPLE, acquainted
from bot.reading.kin.kinship import NOBODY, PRONOUN, SELF, composable, kin, married, of
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female, said_to_be
from bot.reading.person.named import ASKERS, Message, Named, Word, counted
from bot.reading.person.senses import of_a_former_marriage
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_THE_ONE = group("relatives.the_one")
_BEFORE_GOAL = 5  # characters before a word for a child that may say that somebody is to be registered with him
_BEFORE_KIN = 4  # characters before a word for a relative in which 这个 makes it the asker
_YOUNGER = frozenset({"child", "child_in_law", "grandchild"})
_GROWN = frozenset({"sibling", "child", "other", "friend"})  # whose children a message may be about (大姐家孩子)


@dataclass(frozen=True)
class _Relative:
    """Who is meant, what the word means, whose relative the words make them (``None``: nobody's said), and where the words begin."""

    person: str
    relation: str
    owner: str | None
    start: int


def relative(message: Message, named: Named, word: Word, relation: str, before: Mention | None) -> Named:
    """The mentions with a word for a relative read; ``relation`` is what it means here, ``before`` the mention that may be the owner."""
    plain, end = message.plain, word.end
    one = _by_owner(message, named, word, relation, before)
    if before is not None and one.start == before.start:
        named = _taken_up(named, before)
    if one.owner is None:
        one = _by_context(message, named, word, one)
    if one.owner == SELF and relation == "other":
        named = _apart_from_some(plain, named, word, one.start)
    one = _said_to_be_another(message, named, word, one)
    if one.relation != NOBODY and cue("people.gone").match(plain[end:].removeprefix(")")):  # 他爸(我大哥)没了
        one = replace(one, person=NOBODY)
    elif one.relation != NOBODY and one.owner is None and cue("people.calls").match(plain, end) and not message.asks_for(one.start):
        return named.followed_by(Mention(SELF, SELF, one.start, end, word.text))  # 老大娘来电: the caller
    named = counted(message, named, one.person, one.relation, one.start, end)
    words = plain[one.start : end]
    return named.followed_by(Mention(one.person, one.relation, one.start, end, words, one.owner, word.text in PLURAL))


# -- whose relative --------------------------------------------------------------------------------------------------------
def _by_owner(message: Message, named: Named, word: Word, relation: str, before: Mention | None) -> _Relative:
    """Who is meant by the word and the one named before it; the words begin with the owner where they name one."""
    plain, start = message.plain, word.start
    alone = _Relative(relation, relation, None, start)
    if before is None or relation == NOBODY or word.text in YOUNG_COUPLE:
        return alone
    between = plain[before.end : start]
    only = before.relation != PRONOUN and cue("people.only_them").search(message.before(before.start, 3))
    if only and between in _THE_ONE:
        return _Relative(before.person, relation, before.owner, start)  # 亲家母…,就我儿媳一个闺女
    if before.relation == SELF and cue("people.only_me").search(plain[max(0, before.start - 3) : start]):
        return _Relative(SELF, relation, None, start)  # 这边就我一个侄女
    if before.relation in ASKERS:
        return _Relative(relation, relation, SELF, before.start)
    if before.relation == NOBODY:
        strangers = between in THEIRS and before.words[:1] != "前"  # 房东侄子, 邻居家的媳妇
        return _Relative(NOBODY, relation, NOBODY, start) if strangers else alone
    joined = (
        before.end == start
        and (composable(before.person, relation) and not before.plural or named.possessor == start)
        or between in WHOSE
        or relation == "child"
        and before.relation in _GROWN
        and between in HOUSEHOLDS
        or _is_a_cousin(before, relation, between)
    )
    if before.relation != PRONOUN and not joined:
        return alone
    if _is_a_cousin(before, relation, between):
        return _Relative("other", "other", before.owner, before.start)
    person = of(before.person, relation)
    if person == "spouse" and before.person == "child" and of_a_former_marriage(word.text, plain):
        person = f"{before.person}/{relation}"
    if before.person == "parent_in_law" and relation == "child" and _own_child(named.found, word.text):
        person = "spouse"  # 婆婆…她儿子
    return _Relative(person, relation, before.person, before.start)


def _is_a_cousin(before: Mention, relation: str, between: str) -> bool:
    """Whether a word for a brother, a sister or a cousin names the child of an uncle or aunt (俺大爷|家的|哥, 姨|家|表姐)."""
    elder = before.relation == "other" and cue("relatives.uncle_or_aunt").search(before.words) is not None
    return elder and relation in ("sibling", "other") and between in HOUSEHOLDS


def _taken_up(named: Named, owner: Mention) -> Named:
    """The mentions without an owner who is part of the words for a relative; one named by a pronoun weighs once more for it."""
    if owner.relation == PRONOUN and owner.person in named.weights:
        named = named.weighing(owner.person, named.weights[owner.person] + 1)
    return named.with_last()


def _own_child(found: Sequence[Mention], word: str) -> bool:
    """Whether the child of a parent-in-law is the one married to the speaker: 婆婆's son, 岳母's daughter."""
    elder = next((m.words for m in reversed(found) if m.person == "parent_in_law" and m.relation != PRONOUN), "")
    of_husband = bool(cue("people.husbands_parent").search(elder))
    return of_husband if cue("people.son").search(word) else not of_husband and female(word)


# -- nobody's by the words -------------------------------------------------------------------------------------------------
def _by_context(message: Message, named: Named, word: Word, one: _Relative) -> _Relative:
    """Who is meant where no word says whose relative it is."""
    last = named.last
    if one.relation == "child" and last and last.end == word.start and last.person.endswith("/spouse"):
        return replace(one, person=last.person.removesuffix("spouse") + one.relation, owner=last.owner)  # 他老婆孩子
    if one.relation == NOBODY:
        return one
    if (whose := _has_with_them(message, last, word, one.relation)) is not None:
        return replace(one, person=of(whose, one.relation))
    if one.relation == "parent" and word.text in PLURAL and _told_from_the_child(named.found):
        return replace(one, person="child/parent", owner="child")
    if one.relation == "parent" and _told_of_a_stranger(named.found):
        return replace(one, person="other/parent", owner="other")
    if (counterpart := _counterpart(message, named, word, one)) is not None:
        return replace(one, person=counterpart)
    married_to = _child_of_in_laws(message, named, word, one.relation)
    return replace(one, person=married_to or _same_as_before(message, named.found, word, one))


def _has_with_them(message: Message, last: Mention | None, word: Word, relation: str) -> str | None:
    """The grown child, brother or sister spoken of who has a child along (闺女离了,带着个五岁的小子): it is theirs."""
    if relation != "child" or last is None or last.relation not in _GROWN or last.person == NOBODY or last.words in OFFSPRING:
        return None
    between = message.plain[last.end : word.start]
    *before, clause = between.split(",")
    return last.person if len(before) <= 1 and cue("relatives.has_along").fullmatch(clause) else None


def _counterpart(message: Message, named: Named, word: Word, one: _Relative) -> str | None:
    """Whose relative the clause has for its subject, where a bare word names that one from the relative (他丈母娘愿意让姑爷落)."""
    clause = max(message.plain.rfind(mark, 0, word.start) for mark in ",。;!?")
    elder = next((m for m in named.found if m.start > clause and m.relation not in ASKERS), None)
    if elder is None or not cue("relatives.has_them_do").search(message.plain[elder.end : word.start]):
        return None
    whose, _, relation = elder.person.rpartition("/")
    if one.relation != kin().inverse.get(relation) or one.relation not in _YOUNGER:
        return None
    if whose:
        return whose
    own = any(m.relation == one.relation and m.owner in (None, SELF) for m in named.found)
    return SELF if one.relation == "child_in_law" and not own else None


def _told_from_the_child(found: Sequence[Mention]) -> bool:
    """Whether a child and its grandparent are all that was named, so that 爸妈 are the child's (孩子想投靠姥姥,…,爸妈在外地打工)."""
    named = [m for m in found if m.relation != PRONOUN]
    return {m.relation for m in named} == {"child", "grandparent"} and all(m.owner in (None, "child") for m in named)


def _told_of_a_stranger(found: Sequence[Mention]) -> bool:
    """Whether the message begins with somebody of no kin and has named nobody but theirs since (我一个同事…,父母都不管他)."""
    first = found[0] if found else None
    if first is None or first.person != "other" or not cue("strangers.of_no_kin_named").search(first.words):
        return False
    return not any(m.relation in ASKERS for m in found) and all(m.person.split("/")[0] in ("other", NOBODY) for m in found)


def _child_of_in_laws(message: Message, named: Named, word: Word, relation: str) -> str | None:
    """The speaker's husband or wife, where a parent-in-law is said to be with a child of that sort (婆婆…现随儿子居住)."""
    plain, start, found, beside = message.plain, word.start, named.found, named.last
    if relation != "child" or word.text in OFFSPRING:
        return None
    if beside is not None and beside.person == "parent_in_law" and cue("people.has_only").fullmatch(plain[beside.end : start]):
        late = any(m.relation == "spouse" and m.person == NOBODY for m in found)
        late = late or cue("people.gone").match(plain[word.end :].removeprefix(",")) is not None
        return (NOBODY if late else "spouse") if _own_child(found, word.text) else None  # 岳母就这一个闺女
    before = message.before(start, _BEFORE_GOAL)
    if not (cue("people.aside").search(before[-3:]) or cue("people.onto_ones").search(before)):
        return None
    clause = max(plain.rfind(mark, 0, start) for mark in ",。;!?")
    if beside is not None and beside.start > clause and beside.relation in ASKERS:
        return None  # 婆婆腿脚不好,我想投靠儿子: the speaker's own
    last = next((m for m in reversed(found) if m.relation not in (PRONOUN, *ASKERS)), None)
    return "spouse" if last is not None and last.person == "parent_in_law" and _own_child(found, word.text) else None


def _same_as_before(message: Message, found: Sequence[Mention], word: Word, one: _Relative) -> str:
    """Somebody already named: 他姥爷…,姥爷…; 我孙子…,孩子…."""
    text, relation = word.text, one.relation
    person = _young_one(found, one.person) if relation in ("child", "other") and text in OFFSPRING else one.person
    if relation == "other" and any(m.person == "other" and married(m.words, text) for m in found):
        return "other/spouse"  # 二姨…,二姨夫
    me = cue("people.this_one").search(message.before(word.start, _BEFORE_KIN)) is not None  # 让我这个亲外甥过去
    first = next((m for m in found if m.person == m.relation == "other"), None)
    if relation == "other" and not me and first is not None:
        kinds = {k.lastgroup for m in (first.words, text) if (k := cue("people.kind_of_kin").search(m)) is not None}
        known = next((m.person for m in found if m.relation == relation and m.words.endswith(text)), None)
        if known is not None:
            return known
        person = "other/other" if len(kinds) > 1 else person  # 我表姐…,我姐夫: somebody else
    if _asker_by_the_word(found, text, relation):
        return SELF
    theirs = [m for m in found if m.relation == relation and m.owner not in (None, NOBODY, *ASKERS)]
    if theirs and not any(m.relation == relation and m.owner in (None, SELF) for m in found):
        return theirs[-1].person  # 我弟想跟他媳妇,媳妇有房
    return next((m.person for m in reversed(found) if m.person.endswith("/" + relation)), person)


def _young_one(found: Sequence[Mention], person: str) -> str:
    """The child already spoken of whom 孩子 means, or who has the relatives spoken of; ``person`` where there is none."""
    grand = any(m.relation == "grandchild" for m in found)  # 我孙女…,儿子离了,孩子归她妈
    young = (
        m.person
        for m in reversed(found)
        if (m.relation in YOUNG and not m.plural or m.words.endswith(NEPHEWS))
        and m.person.split("/")[-1] != "parent"  # 他爹就是我儿,孩子…: not the father
        and not (grand and m.person == "child" and m.words not in OFFSPRING)
    )
    whose = (m.person.split("/")[0] for m in reversed(found) if m.person.split("/")[0] in YOUNG - {"child"})
    return next(young, next(whose, person))  # 孙子他爹妈在外地,孩子跟着我


def _asker_by_the_word(found: Sequence[Mention], word: str, relation: str) -> bool:
    """Whether a word is what the asker is to somebody of the message."""
    grandparents = any(m.person == m.relation == "grandparent" and m.owner in (None, SELF) for m in found)
    others = any(m.person.split("/")[0] in ("grandchild", "child") for m in found)
    if relation == "grandchild" and grandparents and not others and any(m.relation == SELF for m in found):
        return True  # 奶奶跟着我住,孙女能带奶奶落不: who has a grandmother has no granddaughter of her own to speak of
    if any(m.relation == SELF and m.words.endswith(word) and m.words != word for m in found):
        return True  # 我这个孙女…,孙女能带奶奶落不
    return any(m.person == SELF and m.relation == relation and m.words.endswith(word) for m in found)  # 俺是孙子…,爷爷往孙子这落


# -- said to be somebody else ----------------------------------------------------------------------------------------------
def _apart_from_some(plain: str, named: Named, word: Word, start: int) -> Named:
    """有个亲戚在临淄,我叔想投靠他: some relative is none of the asker's that is named, unless that says who it is (是我叔)."""
    some = cue("people.some_relative")
    if some.search(word.text) or cue("people.told_what").search(plain[:start]):
        return named
    for i, m in enumerate(named.found):
        if m.person == m.relation == "other" and m.owner is None and some.search(m.words):
            found = (*named.found[:i], replace(m, person="other/other"), *named.found[i + 1 :])
            others = {person: weight for person, weight in named.weights.items() if person != "other"}
            named = replace(named, found=found, weights={**others, "other/other": named.weights.get("other", 1)})
    return named


def _said_to_be_another(message: Message, named: Named, word: Word, one: _Relative) -> _Relative:
    """The relative as somebody already named, or as the asker, where the words say so."""
    plain, last, person = message.plain, named.last, one.person
    beside = last is not None and last.end == one.start and one.owner == SELF  # 他爸我姐夫
    if last is not None and "/" in last.person and (beside or cue("people.that_is").fullmatch(plain[last.end : one.start])):
        person = last.person  # 她爸,也就是我儿子
    if (also := said_to_be(one.owner, named.found, plain, one.start)) is not None:
        person = also
    me = one.owner == SELF and cue("people.this_one").search(plain[one.start : word.start])
    if me and _has_such(named.found, kin().inverse.get(one.relation)):
        return _Relative(SELF, SELF, None, one.start)  # 岳父岳母…,我这个女婿
    if one.relation != NOBODY and one.owner != SELF and _is_the_asker(message, word, one.start):
        person = SELF  # 我是她后爸, 我一个老婆子
    return replace(one, person=person)


def _has_such(found: Sequence[Mention], relation: str | None) -> bool:
    """Whether somebody of a relation was named, if only as whose relative another is (孙子他爹妈…,我这个奶奶)."""
    return any(relation in (m.relation, m.person.split("/")[0]) for m in found)


def _is_the_asker(message: Message, word: Word, start: int) -> bool:
    """Whether the words before say that the asker is called so (我是她后爸), and nobody else is."""
    plain, end = message.plain, word.end
    called = cue("people.self_called").search(message.before(start, 16))
    whose = kin().pattern.match(plain, end)  # 我是孩子后妈
    possessor = whose is not None and kin().relation.get(whose.group(), "") not in ("", PRONOUN, *ASKERS)
    if plain[end : end + 1] == "的":
        return not possessor and bool(cue("people.being").search(message.before(start, 8)))
    raised = cue("people.raised_by").match(plain, end)  # 我是奶奶带大的
    return bool(called) and not acquainted(word.text) and not possessor and not raised
