"""People in a message: who is named where, with possessors and pronouns resolved (我妈, 他爸, 孩子姥姥).

What one person is to another is told by :mod:`bot.reading.kinship`, whom a pronoun stands for by :mod:`bot.reading.pronouns`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.reading.apart import told_apart
from bot.reading.cues import cue
from bot.reading.introduced import said_to_be as said_to_be_theirs
from bot.reading.kin_words import (
    ACQUAINTED,
    BY_RANK,
    CALLERS,
    CATEGORIES,
    HIRED,
    HOUSEHOLDS,
    KINSFOLK,
    LINKS,
    NEPHEWS,
    OFFSPRING,
    OLD,
    ONE_OF,
    PLURAL,
    RANKED,
    SEVERAL,
    THEIRS,
    WHOSE,
    YOUNG,
    acquainted,
)
from bot.reading.kinship import COUPLE, ELDERS, NICKNAME, NOBODY, PRONOUN, PRONOUNS, SELF, composable, followed_relation, kin, married, of
from bot.reading.mention import Mention
from bot.reading.pronouns import but_the_subject, female, gone_with, possessor_before, said_to_be, speaker, stands_for
from bot.reading.senses import lived_with_unmarried, names_a_way, of_a_former_marriage, pair_of_another, relation_meant, said_to_be_me
from bot.reading.strangers import asked_about, told_of_a_stranger
from bot.reading.titles import apposed, titled

__all__ = ["COUPLE", "NOBODY", "SELF", "Mention", "composable", "find_people", "followed_relation", "kin", "of"]

_ASKED = 3  # naming somebody as the one asked for (替我妈问) weighs as three mentions
_BEFORE_GOAL = 5  # characters before a word for a child that may say that somebody is to be registered with him
_BEFORE_KIN = 4  # characters before a word for a relative in which 这个 makes it the asker
_ASKERS = frozenset({SELF, COUPLE})
_GROWN = frozenset({"sibling", "child", "other", "friend"})  # whose children a message may be about (大姐家孩子)


def find_people(plain: str, about: str = SELF, heard: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Every person named in the text, from left to right.

    ``about`` is whom a pronoun stands for where the text names nobody; ``heard`` where it retells what is said in general, in which a
    relative who is nobody's in particular is none of the asker's.
    """
    return told_apart(_Finder(plain, about, heard).run(), plain)


class _Finder:
    """One pass over a message: each word that names a person becomes a mention, joins the one before, or names nobody."""

    def __init__(self, plain: str, about: str, heard: Sequence[tuple[int, int]]) -> None:
        self.plain = plain
        self.told_about = about
        self.about = "other" if about == SELF and cue("people.pronoun_sends").search(plain) else about
        if self.about == SELF and (introduced := said_to_be_theirs(plain)) is not None:
            self.about = introduced
        self.lexicon = kin()
        self.found: list[Mention] = []
        self.named: dict[str, int] = {}  # how often each relative was named, in order of first mention: whom 他/她 may stand for
        self.wedded = bool(cue("people.wedded").search(plain))
        self.apart = bool(cue("people.asker_told").search(plain))
        self.behalf = bool(cue("people.on_someones_behalf").search(plain))
        self.siblings = bool(cue("people.among_siblings").search(plain))
        self.names: dict[str, str] = {}  # who the surnames of a report stand for (李某)
        self.report = bool(cue("people.report").search(plain))
        self.heard = heard
        self.of_stranger = told_of_a_stranger(plain)
        self.stranger = asked_about(plain) if self.about == about == SELF and not self.of_stranger else None
        self.possessor = -1  # where a possessor of two words ends (媳妇她|娘)

    def run(self) -> list[Mention]:
        """The mentions of the whole text."""
        sent = cue("people.introduced").match(self.plain) if self.about != self.told_about else None
        introduced = sent.span(1) if sent is not None else self.stranger
        for match in self.lexicon.pattern.finditer(self.plain):
            if introduced is not None and match.start() >= introduced[0]:
                self._introduce(*introduced)
                introduced = None
            if self.stranger is None or not self.stranger[0] <= match.start() < self.stranger[1]:
                self._take(match.group(), match.start(), match.end())
        if introduced is not None and self.stranger is not None:
            self._introduce(*introduced)
        return self.found

    def _introduce(self, start: int, end: int) -> None:
        """Somebody of no kin whom the message begins with and asks for (俺村小学有个支教的老师…,她托俺打听)."""
        self.named["other"] = _ASKED
        last = self.found[-1] if self.found else None
        if last is not None and last.relation in _ASKERS and cue("strangers.of_mine").fullmatch(self.plain[last.end : start]):
            start = self.found.pop().start
        self.found.append(Mention("other", "other", start, end, self.plain[start:end]))

    # -- one word ------------------------------------------------------------------------------------------------------
    def _take(self, word: str, start: int, end: int) -> None:
        if cue("people.husbands_home").match(self.plain, start):
            word, end = "老公", start + len("老公")
        called = NICKNAME.fullmatch(word) is not None and word not in self.lexicon.relation
        if word not in self.lexicon.relation and not called:
            self._by_name(word, start, end)
            return
        relation = NOBODY if called else self.lexicon.relation[word]
        if self._names_nobody_at_all(word, start, end):
            return
        if word in ELDERS and self._is_the_elder(word, start, end):
            return
        if cue("people.old_couple").match(word) and self._is_the_elder(word, start, end, plural=True):
            return  # 他爷爷奶奶…,老两口住城里
        if not relation or (word == "其" and cue("people.not_pronoun").match(self.plain, start)) or self.plain[start - 1 : end] == "其他":
            return
        before = self._owner_before(start, relation)
        if relation == PRONOUN:
            self._pronoun(word, start, end, before)
            return
        relation = self._relation_here(word, relation, start, end)
        if not relation:
            return
        if relation == SELF and cue("people.asks").match(self.plain, end):
            return  # 我就问老伴能不能落: who asks is nobody in the matter asked
        if relation in _ASKERS:
            self._asker(word, relation, start, end)
            return
        if cue("people.likened").search(self.plain[max(0, start - 6) : start]):
            return  # 把我当亲儿子
        if self._is_a_title(word, start, end):
            return
        if before is None and any(low <= start < high for low, high in self.heard):
            return  # 电视上说兄弟能投靠: nobody's brother
        self._relative(word, relation, start, end, before)

    def _names_nobody_at_all(self, word: str, start: int, end: int) -> bool:
        """没儿子 names nobody, nor does 一家公司, nor the class of people a rule speaks of (父母投靠那条)."""
        near = self.plain[max(0, start - 8) : start]
        own = near.endswith(("我", "俺")) and word not in ACQUAINTED  # 我有房,我妈没有
        none_before, none_after = cue("people.no_person_before").search(near), cue("people.no_person_after").match(self.plain, end)
        if word in KINSFOLK and not own and (none_before or none_after):
            return True
        if word in SEVERAL and (cue("people.none_of").search(near) or cue("people.none_after").match(self.plain, end)):
            return True
        if word in SEVERAL and (cue("people.alike_after").match(self.plain, end) or cue("people.alike_before").search(near)):
            return True  # 就问兄弟投靠兄弟成不成
        if cue("people.neither_before").search(near + word) or near.endswith("没") and cue("people.neither_after").match(self.plain, start):
            return True  # 没兄没弟
        relative = word not in PRONOUNS and self.lexicon.relation.get(word, "") not in ("", NOBODY, *_ASKERS)
        if relative and cue("people.addressed").match(self.plain, end):
            return True  # 婆婆说闺女你把户口…
        if relative and not own and self._side_of_a_way(word, near, end):
            return True  # 三伯在城里,…就问侄子投靠伯伯这条
        if word == "一家" and cue("people.one_firm").match(self.plain, end):
            return True
        if cue("people.one_of_several").search(near) and cue("people.share_a_flat").match(self.plain, end):
            return True  # 跟仨姑娘合租
        if names_a_way(word, near, self.plain, end):
            return True  # 让她走子女随父母
        of_somebody = near.endswith(("我", "俺", "他", "她", "的"))
        return word in CATEGORIES and not of_somebody and bool(cue("people.category").match(self.plain, end))

    def _side_of_a_way(self, word: str, near: str, end: int) -> bool:
        """Whether a word names whoever follows in a kind of following, of whom nobody was told, while the one followed was."""
        joins = cue("people.joins_as_a_kind").match(self.plain, end)
        kind = self.lexicon.pattern.match(self.plain, joins.end()) if joins else None
        if kind is None or not cue("people.that_kind").match(self.plain, kind.end()):
            return False
        if near.endswith(("我", "俺", "他", "她")) or any(m.words.endswith(word) for m in self.found):
            return False
        followed = self.lexicon.relation.get(kind.group(), "")
        return any(m.relation == followed and m.owner in (None, SELF) for m in self.found)

    def _is_the_elder(self, word: str, start: int, end: int, plural: bool = False) -> bool:
        """老人 after 我妈 is she, 老两口 after 爷爷奶奶 they; of two generations the older (奶奶…,我爸…,把老人接来)."""
        elders = [m for m in reversed(self.found) if m.person.split("/")[-1] in OLD]
        elder = next((m for m in elders if m.person.split("/")[-1] == "grandparent"), next(iter(elders), None))
        if elder is None or elder.end == start:
            return False
        self.found.append(Mention(elder.person, PRONOUN, start, end, word, plural=plural))
        return True

    def _owner_before(self, start: int, relation: str) -> Mention | None:
        """The mention right before, which may own this one (我|妈, 孩子|的|姥姥; 我|一个|老乡, but not 我|一个|老婆子, who speaks)."""
        last = self.found[-1] if self.found else None
        if last is None or last.end > start:
            return None
        link = self.plain[last.end : start]
        return last if link in LINKS or link in ONE_OF and relation in ("other", "friend", NOBODY) else None

    def _relation_here(self, word: str, relation: str, start: int, end: int) -> str:
        """What the word means in this message: a colleague asked for, brothers told apart by rank, a fiancé who is long married."""
        if (
            relation == NOBODY
            and self.behalf
            and acquainted(word)
            and cue("people.someone").search(self.plain[max(0, start - 8) : start])
        ):
            return "other"  # 我们单位一个同事托我问
        if word in ("别人", "人家") and self._asked_for(start):
            return "other"  # 替别人问一下
        if word == "人家" and SELF not in (self.about, self.told_about) and self.about != self.told_about:
            return PRONOUN
        if acquainted(word) and (self.of_stranger or self.stranger is not None):
            return "other"  # 我同事在临淄上班,户口…: who else
        if word in HIRED:
            clause = max(self.plain.rfind(mark, 0, start) for mark in ",。;!?:")
            return "other" if cue("people.own_hand").search(self.plain[clause + 1 : start]) else ""
        if (by_title := titled(word, self.plain, start, end, self.found)) is not None:
            return by_title
        if relation == "ranked":
            young = "child" if cue("people.has_children").search(self.plain) else ""
            return next((m.relation for m in reversed(self.found) if m.relation in RANKED), young)  # 俩娃,大的…,小的…
        if word in BY_RANK and self.siblings:
            return "sibling"  # 四个姊妹,老三是我,老四在外地
        if acquainted(word) and cue("people.sends").match(self.plain, end):
            return "other"  # 同事托我问:他…
        if (
            acquainted(word)
            and cue("people.opens_with").search(self.plain[:start])
            and not cue("people.quoted").match(self.plain, end)
        ):
            return "other"  # 我一个同事,三十出头,户口在…
        of_mine = self.plain[max(0, start - 1) : start] in ("我", "俺", "")
        if acquainted(word) and of_mine and cue("people.wants").match(self.plain, end):
            return "other"  # 我同学想投靠他老婆
        if word in ("男方", "女方") and "男方" in self.plain and "女方" in self.plain:
            return ""  # told by neither of the two
        if word in ("男方", "女方") and "spouse" in self.named:
            return "spouse"
        if word in ("对象", "男方", "女方") and cue("people.married").search(self.plain) and not cue("people.engaged").search(self.plain):
            return "spouse"
        if word == "小两口" and any(m.person == "child" for m in self.found):
            return "child"  # 我儿子结婚六年了,小两口…
        return relation_meant(word, relation, self.plain, start, end, self.found)

    def _asker(self, word: str, relation: str, start: int, end: int) -> None:
        last = self.found[-1] if self.found else None
        if relation == COUPLE and cue("people.fellows").match(self.plain, end):
            relation = SELF  # 我们单位: where the asker works, no husband or wife
        if relation == COUPLE and last and last.person == NOBODY and last.end == start:
            return  # 房东两口子
        beside = last is not None and last.relation not in _ASKERS and word[0] not in "我俺咱"
        if relation == COUPLE and last and beside and (last.end == start or cue("people.they_are").fullmatch(self.plain[last.end : start])):
            self.found[-1] = replace(last, end=end)  # 我姐一家子; 同事是两口子
            return
        if word == "自己" and last and last.relation not in _ASKERS and not self._given_away(last, start):
            return
        if word == "自己" and self.found and cue("people.of_the_subject").search(self._clause_before(start)):
            return  # 在城里自己开店: whoever the clause is about
        if word == "自己" and self._goes_on(start):
            return  # 他不落我们家,自己上班: whoever the clause before is about
        if relation == SELF and (pair := pair_of_another(word, self.plain, end, self.found)) is not None:
            self.found.append(Mention(pair, PRONOUN, start, end, word))
            return
        if relation == SELF and last is not None and said_to_be_me(last, self.plain, start, end):
            self.found[-1] = Mention(SELF, SELF, last.start, last.end, last.words)  # 落姥姥这,就是我这
            self.named.pop(last.person, None)
        if word in ("我", "俺") and last and last.end == start and apposed(last, self.plain, end):
            self.found[-1] = Mention(SELF, SELF, last.start, end, word)  # 投靠哥哥我
            return
        if word == "本人" and last and last.end == start:
            return  # 他本人, 李先生本人
        self.found.append(Mention(relation, relation, start, end, word, plural=relation == COUPLE))

    def _given_away(self, last: Mention, start: int) -> bool:
        """Whether the clause before only names to whom something was given (房给了儿子,自己住老宅), so that 自己 is whoever gave it."""
        before = cue("people.gives_to").search(self.plain[max(0, last.start - 4) : last.start])
        return bool(before) and self.plain[last.end : start] in (",", "了,")

    def _clause_before(self, start: int) -> str:
        """What stands before an offset in its clause."""
        return self.plain[max(self.plain.rfind(mark, 0, start) for mark in ",。;!?:") + 1 : start]

    def _goes_on(self, start: int) -> bool:
        """Whether a clause begins here, and the one before is about somebody else than the asker."""
        if self.plain[start - 1 : start] != ",":
            return False
        before = max(self.plain.rfind(mark, 0, start - 1) for mark in ",。;!?:") + 1
        first = next((m for m in self.found if m.start >= before), None)
        return first is not None and first.start == before and first.relation not in (*_ASKERS, NOBODY)

    def _is_a_title(self, word: str, start: int, end: int) -> bool:
        """房东大爷: one person, and a stranger."""
        last = self.found[-1] if self.found else None
        if last is None or last.end != start or not cue("people.title").fullmatch(word):
            return False
        if last.relation == "other" and acquainted(last.words.removeprefix("我").removeprefix("俺")):
            self.found[-1] = replace(last, end=end, words=last.words + word)  # 邻居大姐, of whom the message is
            return True
        if last.person != NOBODY:
            return False
        who = "other" if cue("people.sends").match(self.plain, end) else NOBODY  # 街坊大娘托我问
        self._count(who, who, last.start, end)
        self.found[-1] = Mention(who, who, last.start, end, self.plain[last.start : end])
        return True

    def _by_name(self, word: str, start: int, end: int) -> None:
        """Who a surname stands for: the relative it stands beside (妻子李某), whose relative the caller is (李某之妻), or the caller."""
        last = self.found[-1] if self.found else None
        kin_of = self.lexicon.pattern.match(self.plain, end + 1) if self.plain[end : end + 1] in ("之", "的") else None
        relation = self.lexicon.relation.get(kin_of.group(), "") if kin_of else ""
        if word in self.names:
            person = self.names[word]
        elif relation in self.lexicon.inverse and cue("people.caller_is").search(self.plain[:start]):
            person = self.lexicon.inverse[relation]
        elif last is not None and last.end == start and last.relation not in (SELF, COUPLE):
            person = last.person
        elif self.report or cue("people.calls").match(self.plain, end):
            person = SELF
        else:
            return
        self.names[word] = person
        if last is None or last.end != start:
            self.found.append(Mention(person, SELF if person == SELF else PRONOUN, start, end, word))

    # -- pronouns ------------------------------------------------------------------------------------------------------
    def _pronoun(self, word: str, start: int, end: int, before: Mention | None) -> None:
        after = self.lexicon.pattern.match(self.plain, end)
        kin_after = after is not None and self.lexicon.relation.get(after.group(), "") not in ("", PRONOUN, *_ASKERS)
        if before and before.end == start and kin_after and before.relation not in (*_ASKERS, PRONOUN, NOBODY):
            self.found[-1] = Mention(before.person, before.relation, before.start, end, before.words, before.owner)  # 孩子他姥姥
            self.possessor = end
            return
        if before and before.end == start and kin_after and before.person == before.relation == NOBODY and before.words[:1] != "前":
            self.found[-1] = replace(before, end=end)  # 小孟他大舅子: a stranger's
            return
        if word == "其" and (self.report or any(m.words in CALLERS for m in self.found)):
            self.found.append(Mention(SELF, SELF, start, end, word))
            return
        if after is None and lived_with_unmarried(word, self.plain, start, end, self.named):
            self.named["spouse"] = _ASKED
            self.found.append(Mention("spouse", PRONOUN, start, end, word))
            return
        named = but_the_subject(self.named, self.found, self.plain, start, end) if after is None else self._grown(after.group())
        if after is not None and self.found and cue("people.also_is").fullmatch(self.plain[self.found[-1].end : start]):
            named = {p: count for p, count in named.items() if p != self.found[-1].person}  # 跟我弟走,就是他亲爸: another's
        stands = possessor_before(word + after.group(), self.found) if after else self._whose_parent_follows(word, end)
        stands = stands or speaker(word, self.found, self.plain, start) or gone_with(word, self.found, self.plain, start)
        if stands is None:
            about, apart = self.about, self.apart
            stands = stands_for(word, named, self.found, possessor=after is not None, wedded=self.wedded, about=about, apart=apart)
        if stands not in self.named and (stands == "spouse" or stands == self.about != self.told_about):
            self.named[stands] = 2
        self.found.append(Mention(stands, PRONOUN, start, end, word, plural=word in PLURAL))

    def _whose_parent_follows(self, word: str, end: int) -> str | None:
        """Whom a pronoun means whose parent the same clause names after it (他户口搁邵阳他爸那): not that parent."""
        later = cue("people.own_parent").match(self.plain, end)
        if later is None or later.group(1) != word:
            return None
        return possessor_before(word + later.group(2), self.found)

    def _grown(self, word: str) -> dict[str, int]:
        """Whose wife, parent-in-law or child a word may name: no child's (我朋友…老婆孩子…,他老婆) where somebody grown is named too."""
        if cue("people.of_the_young").match(word):
            children = {p: count for p, count in self.named.items() if p in YOUNG}
            return children or self.named  # 他亲爸找不着,…他爷爷: the child's
        if not cue("people.adults_only").match(word):
            return self.named
        named = {p: count for p, count in self.named.items() if p != "spouse"} if cue("people.married_to").match(word) else self.named
        if not named:
            return self.named
        young = {p for p in named if all(m.words in OFFSPRING for m in self.found if m.person == p and m.relation != PRONOUN)}
        return {p: count for p, count in named.items() if p not in young} or self.named

    # -- relatives -----------------------------------------------------------------------------------------------------
    def _relative(self, word: str, relation: str, start: int, end: int, before: Mention | None) -> None:
        person, owner, first = self._owned(word, relation, start, before)
        last = self.found[-1] if self.found else None
        if owner is None and relation == "child" and last and last.end == start and last.person.endswith("/spouse"):
            person, owner = last.person.removesuffix("spouse") + relation, last.owner  # 他老婆孩子
        elif owner is None and relation != NOBODY:
            person = self._whose_child(word, relation, start) or self._same_as_before(word, relation, person, start)
        if owner == SELF and relation == "other":
            self._apart_from_some(word, first)
        last = self.found[-1] if self.found else None
        beside = last is not None and last.end == first and owner == SELF  # 他爸我姐夫
        if last is not None and "/" in last.person and (beside or cue("people.that_is").fullmatch(self.plain[last.end : first])):
            person = self.found[-1].person  # 她爸,也就是我儿子
        if (named := said_to_be(owner, self.found, self.plain, first)) is not None:
            person = named
        if owner == SELF and "这个" in self.plain[first:start] and self._has_such(self.lexicon.inverse.get(relation)):
            person, relation, owner = SELF, SELF, None  # 岳父岳母…,我这个女婿
        if relation != NOBODY and owner != SELF and self._is_the_asker(word, first, end):
            person = SELF  # 我是她后爸, 我一个老婆子
        if relation != NOBODY and cue("people.gone").match(self.plain[end:]):
            person = NOBODY
        elif relation != NOBODY and owner is None and cue("people.calls").match(self.plain, end) and not self._asked_for(first):
            self.found.append(Mention(SELF, SELF, first, end, word))  # 老大娘来电: the caller
            return
        self._count(person, relation, first, end)
        self.found.append(Mention(person, relation, first, end, self.plain[first:end], owner, word in PLURAL))

    def _has_such(self, relation: str | None) -> bool:
        """Whether somebody of a relation was named, if only as whose relative another is (孙子他爹妈…,我这个奶奶)."""
        return any(relation in (m.relation, m.person.split("/")[0]) for m in self.found)

    def _apart_from_some(self, word: str, start: int) -> None:
        """有个亲戚在临淄,我叔想投靠他: some relative is none of the asker's that is named, unless that says who it is (是我叔)."""
        some = cue("people.some_relative")
        if some.search(word) or cue("people.told_what").search(self.plain[:start]):
            return
        for i, m in enumerate(self.found):
            if m.person == m.relation == "other" and m.owner is None and some.search(m.words):
                self.found[i] = replace(m, person="other/other")
                self.named["other/other"] = self.named.pop("other", 1)

    def _owned(self, word: str, relation: str, start: int, before: Mention | None) -> tuple[str, str | None, int]:
        """Who is meant, whose relative the words make him, and where the words begin."""
        if before is None or relation == NOBODY or word == "小两口":
            return relation, None, start
        only = before.relation != PRONOUN and cue("people.only_them").search(self.plain[max(0, before.start - 3) : before.start])
        if only and self.plain[before.end : start] in ("一个", "这么一个", "这一个"):
            return before.person, before.owner, start  # 亲家母…,就我儿媳一个闺女
        if before.relation == SELF and cue("people.only_me").search(self.plain[max(0, before.start - 3) : start]):
            return SELF, None, start  # 这边就我一个侄女
        if before.relation in _ASKERS:
            self.found.pop()
            return relation, SELF, before.start
        if before.relation == NOBODY:
            stranger = self.plain[before.end : start] in THEIRS and before.words[:1] != "前"  # 房东侄子, 邻居家的媳妇
            return (NOBODY, NOBODY, start) if stranger else (relation, None, start)
        joined = (
            before.end == start
            and (composable(before.person, relation) and not before.plural or self.possessor == start)
            or self.plain[before.end : start] in WHOSE
            or relation == "child"
            and before.relation in _GROWN
            and self.plain[before.end : start] in HOUSEHOLDS
        )
        if before.relation != PRONOUN and not joined:
            return relation, None, start
        if before.relation == PRONOUN and before.person in self.named:
            self.named[before.person] += 1
        person = of(before.person, relation)
        if person == "spouse" and before.person == "child" and of_a_former_marriage(word, self.plain):
            person = f"{before.person}/{relation}"
        if before.person == "parent_in_law" and relation == "child" and self._own_child(word):
            person = "spouse"  # 婆婆…她儿子
        self.found.pop()
        return person, before.person, before.start

    def _whose_child(self, word: str, relation: str, start: int) -> str | None:
        """The speaker's husband or wife, where a parent-in-law is said to be with a child of that sort (婆婆…现随儿子居住)."""
        if relation != "child" or word in OFFSPRING:
            return None
        beside = self.found[-1] if self.found else None
        if beside is not None and beside.person == "parent_in_law" and cue("people.has_only").fullmatch(self.plain[beside.end : start]):
            late = any(m.relation == "spouse" and m.person == NOBODY for m in self.found)
            late = late or cue("people.gone").match(self.plain[start + len(word) :].removeprefix(",")) is not None
            return (NOBODY if late else "spouse") if self._own_child(word) else None  # 岳母就这一个闺女
        before = self.plain[max(0, start - _BEFORE_GOAL) : start]
        if not (cue("people.aside").search(before[-3:]) or cue("people.onto_ones").search(before)):
            return None
        clause = max(self.plain.rfind(mark, 0, start) for mark in ",。;!?")
        if self.found and self.found[-1].start > clause and self.found[-1].relation in _ASKERS:
            return None  # 婆婆腿脚不好,我想投靠儿子: the speaker's own
        last = next((m for m in reversed(self.found) if m.relation not in (PRONOUN, *_ASKERS)), None)
        return "spouse" if last is not None and last.person == "parent_in_law" and self._own_child(word) else None

    def _own_child(self, word: str) -> bool:
        """Whether the child of a parent-in-law is the one married to the speaker: 婆婆's son, 岳母's daughter."""
        elder = next((m.words for m in reversed(self.found) if m.person == "parent_in_law" and m.relation != PRONOUN), "")
        of_husband = bool(cue("people.husbands_parent").search(elder))
        return of_husband if word.startswith("儿子") or word.endswith("儿子") else not of_husband and female(word)

    def _same_as_before(self, word: str, relation: str, person: str, start: int) -> str:
        """Somebody already named: 他姥爷…,姥爷…; 我孙子…,孩子…."""
        if relation in ("child", "other") and word in OFFSPRING:
            grand = any(m.relation == "grandchild" for m in self.found)  # 我孙女…,儿子离了,孩子归她妈
            young = (
                m.person
                for m in reversed(self.found)
                if (m.relation in YOUNG and not m.plural or m.words.endswith(NEPHEWS))
                and m.person.split("/")[-1] != "parent"  # 他爹就是我儿,孩子…: not the father
                and not (grand and m.person == "child" and m.words not in OFFSPRING)
            )
            whose = (m.person.split("/")[0] for m in reversed(self.found) if m.person.split("/")[0] in YOUNG - {"child"})
            person = next(young, next(whose, person))  # 孙子他爹妈在外地,孩子跟着我
        if relation == "other" and any(m.person == "other" and married(m.words, word) for m in self.found):
            return "other/spouse"  # 二姨…,二姨夫
        me = "这个" in self.plain[max(0, start - _BEFORE_KIN) : start]  # 让我这个亲外甥过去
        first = next((m for m in self.found if m.person == m.relation == "other"), None)
        if relation == "other" and not me and first is not None:
            kinds = {k.lastgroup for m in (first.words, word) if (k := cue("people.kind_of_kin").search(m)) is not None}
            known = next((m.person for m in self.found if m.relation == relation and m.words.endswith(word)), None)
            if known is not None:
                return known
            person = "other/other" if len(kinds) > 1 else person  # 我表姐…,我姐夫: somebody else
        grandparents = any(m.person == m.relation == "grandparent" and m.owner in (None, SELF) for m in self.found)
        others = any(m.person.split("/")[0] in ("grandchild", "child") for m in self.found)
        if relation == "grandchild" and grandparents and not others and any(m.relation == SELF for m in self.found):
            return SELF  # 奶奶跟着我住,孙女能带奶奶落不: who has a grandmother has no granddaughter of her own to speak of
        if any(m.relation == SELF and m.words.endswith(word) and m.words != word for m in self.found):
            return SELF  # 我这个孙女…,孙女能带奶奶落不
        if any(m.person == SELF and m.relation == relation and m.words.endswith(word) for m in self.found):
            return SELF  # 俺是孙子…,爷爷往孙子这落
        theirs = [m for m in self.found if m.relation == relation and m.owner not in (None, NOBODY, *_ASKERS)]
        if theirs and not any(m.relation == relation and m.owner in (None, SELF) for m in self.found):
            return theirs[-1].person  # 我弟想跟他媳妇,媳妇有房
        return next((m.person for m in reversed(self.found) if m.person.endswith("/" + relation)), person)

    def _is_the_asker(self, word: str, start: int, end: int) -> bool:
        called = cue("people.self_called").search(self.plain[max(0, start - 16) : start])
        whose = self.lexicon.pattern.match(self.plain, end)  # 我是孩子后妈
        possessor = whose is not None and self.lexicon.relation.get(whose.group(), "") not in ("", PRONOUN, *_ASKERS)
        if self.plain[end : end + 1] == "的":
            return not possessor and bool(cue("people.being").search(self.plain[max(0, start - 8) : start]))
        raised = cue("people.raised_by").match(self.plain, end)  # 我是奶奶带大的
        return bool(called) and not acquainted(word) and not possessor and not raised

    def _asked_for(self, start: int) -> bool:
        """Whether the words before a name say that the message asks for them (替一个亲戚来问), who then is no caller."""
        return bool(cue("people.on_behalf").search(self.plain[max(0, start - 4) : start].rstrip("一个那位家我俺")))

    def _count(self, person: str, relation: str, start: int, end: int) -> None:
        """Weigh a relative as one a later pronoun may stand for; who is only named by the way (跟他哥) does not gain."""
        if person in (SELF, NOBODY) or relation == NOBODY:
            return
        if person not in self.named and cue("people.on_a_paper").match(self.plain, end):
            return  # 老宅是俺老伴名
        self.named.setdefault(person, 0)
        near, clause = self.plain[max(0, start - 3) : start], self._clause_before(start)
        if cue("people.aside").search(near) or cue("people.speaks_of_another").match(self.plain, end):
            return  # 跟我姐住; 我妈说先别迁她
        if cue("people.at_theirs").match(self.plain, end) and cue("people.lies_at").search(clause) or cue("people.minds").search(near):
            return  # 户口落在济宁他丈人家; 在家看孩子
        asked = self._asked_for(start) or cue("people.sends").match(self.plain, end) is not None
        self.named[person] = self.named.pop(person) + (_ASKED if asked else 1)
