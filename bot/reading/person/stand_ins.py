"""Words that stand for somebody without saying what they are to the asker: 我 and 自己, 他 and 其, 老人 said again, a surname.

Whom a pronoun stands for, by how often and how each relative was named, is told by :mod:`bot.reading.kin.pronouns`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.reading.kin.kin_words import CALLERS, IN_PERSON, OFFSPRING, OLD, ONESELF, OURS, PLURAL, YOUNG
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import but_the_subject, fits, gone_with, possessor_before, speaker, stands_for
from bot.reading.person.named import ASKED, ASKERS, Message, Named, Word
from bot.reading.person.senses import lived_with_unmarried, pair_of_another, parted_from, said_to_be_me
from bot.reading.person.titles import apposed
from bot.reading.text.cues import cue


# -- the asker -------------------------------------------------------------------------------------------------------------
def asker(message: Message, named: Named, word: Word, relation: str) -> Named:
    """The mentions with 我, 我们两口子, 自己 or 本人 read: the asker, the couple, or whoever was named before."""
    plain, text, start, end, last = message.plain, word.text, word.start, word.end, named.last
    if relation == COUPLE and cue("people.fellows").match(plain, end):
        relation = SELF  # 我们单位: where the asker works, no husband or wife
    if relation == COUPLE and last and last.person == NOBODY and last.end == start:
        return named  # 房东两口子
    beside = last is not None and last.relation not in ASKERS and text[0] not in OURS
    if relation == COUPLE and last and beside and (last.end == start or cue("people.they_are").fullmatch(plain[last.end : start])):
        return named.with_last(replace(last, end=end))  # 我姐一家子; 同事是两口子
    if text in ONESELF and _is_another(message, named, start):
        return named
    if relation == SELF and (pair := pair_of_another(text, plain, end, named.found)) is not None:
        return named.followed_by(Mention(pair, PRONOUN, start, end, text))
    if relation == SELF and last is not None and said_to_be_me(last, plain, start, end):
        weights = {person: weight for person, weight in named.weights.items() if person != last.person}
        found = named.with_last(Mention(SELF, SELF, last.start, last.end, last.words))  # 落姥姥这,就是我这
        named = replace(found, weights=weights)
    if text in ("我", "俺") and last and last.end == start and apposed(last, plain, end):
        return named.with_last(Mention(SELF, SELF, last.start, end, text))  # 投靠哥哥我
    if text in IN_PERSON and last and last.end == start:
        return named  # 他本人, 李先生本人
    return named.followed_by(Mention(relation, relation, start, end, text, plural=relation == COUPLE))


def _is_another(message: Message, named: Named, start: int) -> bool:
    """Whether 自己 is somebody else than the asker, whom the words before it name."""
    last = named.last
    if last is None:
        return False
    if last.relation not in ASKERS and not _given_away(message, last, start):
        return True
    if cue("people.of_the_subject").search(message.clause_before(start)):
        return True  # 在城里自己开店: whoever the clause is about
    return _goes_on(message.plain, named, start)  # 他不落我们家,自己上班: whoever the clause before is about


def _given_away(message: Message, last: Mention, start: int) -> bool:
    """Whether the clause before only names to whom something was given (房给了儿子,自己住老宅), so that 自己 is whoever gave it."""
    before = cue("people.gives_to").search(message.before(last.start, 4))
    return bool(before) and message.plain[last.end : start] in (",", "了,")


def _goes_on(plain: str, named: Named, start: int) -> bool:
    """Whether a clause begins here, and the one before is about somebody else than the asker."""
    if plain[start - 1 : start] != ",":
        return False
    before = max(plain.rfind(mark, 0, start - 1) for mark in ",。;!?:") + 1
    first = next((m for m in named.found if m.start >= before), None)
    return first is not None and first.start == before and first.relation not in (*ASKERS, NOBODY)


# -- pronouns --------------------------------------------------------------------------------------------------------------
def pronoun(message: Message, named: Named, word: Word, before: Mention | None) -> Named:
    """The mentions with 他, 她 or 其 read: whom it stands for, or whose relative follows (孩子|他|姥姥); ``before`` may be that owner."""
    plain, text, start, end = message.plain, word.text, word.start, word.end
    after = kin().pattern.match(plain, end)
    kin_after = after is not None and kin().relation.get(after.group(), "") not in ("", PRONOUN, *ASKERS)
    if before and before.end == start and kin_after and before.relation not in (*ASKERS, PRONOUN, NOBODY):
        owner = Mention(before.person, before.relation, before.start, end, before.words, before.owner)  # 孩子他姥姥
        return replace(named.with_last(owner), possessor=end)
    if before and before.end == start and kin_after and before.person == before.relation == NOBODY and before.words[:1] != "前":
        return named.with_last(replace(before, end=end))  # 小孟他大舅子: a stranger's
    if text == "其" and (message.report or any(m.words in CALLERS for m in named.found)):
        return named.followed_by(Mention(SELF, SELF, start, end, text))
    if after is None and lived_with_unmarried(text, plain, start, end, named.weights):
        return named.weighing("spouse", ASKED).followed_by(Mention("spouse", PRONOUN, start, end, text))
    if after is None and message.about == SELF and parted_from(text, plain, start, end, named.weights):
        return named.weighing("other", ASKED).followed_by(Mention("other", PRONOUN, start, end, text))
    stands = _meant(message, named, word, after)
    if stands not in named.weights and (stands == "spouse" or stands == message.about != message.told_about):
        named = named.weighing(stands, 2)
    return named.followed_by(Mention(stands, PRONOUN, start, end, text, plural=text in PLURAL))


def _meant(message: Message, named: Named, word: Word, after: re.Match[str] | None) -> str:
    """Whom a pronoun stands for, by what the message has said of whom; ``after`` is the word for a person right behind it."""
    plain, found = message.plain, named.found
    stands = possessor_before(word.text + after.group(), found) if after else _whose_parent_follows(plain, named, word)
    stands = stands or (_young_one_going(named, plain, word) if after else None)
    stands = stands or speaker(word.text, found, plain, word.start) or gone_with(word.text, found, plain, word.start)
    if stands is not None:
        return stands
    weights = _grown(named, after.group()) if after else but_the_subject(named.weights, found, plain, word.start, word.end)
    if after is not None and found and cue("people.also_is").fullmatch(plain[found[-1].end : word.start]):
        weights = {p: weight for p, weight in weights.items() if p != found[-1].person}  # 跟我弟走,就是他亲爸: another's
    owns, wedded, about, apart = after is not None, message.wedded, message.about, message.apart
    return stands_for(word.text, weights, found, possessor=owns, wedded=wedded, about=about, apart=apart)


def _whose_parent_follows(plain: str, named: Named, word: Word) -> str | None:
    """Whom a pronoun means whose parent the same clause names after it (他户口搁邵阳他爸那): not that parent."""
    later = cue("people.own_parent").match(plain, word.end)
    if later is None or later.group(1) != word.text:
        return None
    return possessor_before(word.text + later.group(2), named.found)


def _young_one_going(named: Named, plain: str, word: Word) -> str | None:
    """The child who in the same clause goes with somebody of theirs (孩子现在随|他|爸): nobody goes with another's father."""
    last = named.last
    if last is None or last.relation not in YOUNG or last.plural or not fits(word.text, last.words):
        return None
    between = plain[last.end : word.start]
    return last.person if between.isalnum() and cue("people.goes_with").search(between) else None


def _grown(named: Named, word: str) -> Mapping[str, int]:
    """Whose wife, parent-in-law or child a word may name: no child's (我朋友…老婆孩子…,他老婆) where somebody grown is named too."""
    weights = named.weights
    if cue("people.of_the_young").match(word):
        children = {p: weight for p, weight in weights.items() if p in YOUNG}
        return children or weights  # 他亲爸找不着,…他爷爷: the child's
    if not cue("people.adults_only").match(word):
        return weights
    others = {p: weight for p, weight in weights.items() if p != "spouse"} if cue("people.married_to").match(word) else weights
    if not others:
        return weights
    young = {p for p in others if all(m.words in OFFSPRING for m in named.found if m.person == p and m.relation != PRONOUN)}
    return {p: weight for p, weight in others.items() if p not in young} or weights


# -- elders and names ------------------------------------------------------------------------------------------------------
def elder_meant(named: Named, word: Word) -> Mention | None:
    """老人 after 我妈 is she, 老两口 after 爷爷奶奶 they; of two generations the older (奶奶…,我爸…,把老人接来)."""
    elders = [m for m in reversed(named.found) if m.person.split("/")[-1] in OLD]
    elder = next((m for m in elders if m.person.split("/")[-1] == "grandparent"), next(iter(elders), None))
    return None if elder is None or elder.end == word.start else elder


def by_name(message: Message, named: Named, word: Word) -> Named:
    """The mentions with a surname read: it is the relative beside it (妻子李某), whose relative the caller is (李某之妻), or the caller."""
    plain, last, inverse = message.plain, named.last, kin().inverse
    kin_of = kin().pattern.match(plain, word.end + 1) if plain[word.end : word.end + 1] in ("之", "的") else None
    relation = kin().relation.get(kin_of.group(), "") if kin_of else ""
    beside = last is not None and last.end == word.start
    if word.text in named.surnames:
        person = named.surnames[word.text]
    elif relation in inverse and cue("people.caller_is").search(plain[: word.start]):
        person = inverse[relation]
    elif last is not None and beside and last.relation not in ASKERS:
        person = last.person
    elif message.report or cue("people.calls").match(plain, word.end):
        person = SELF
    else:
        return named
    named = replace(named, surnames={**named.surnames, word.text: person})
    if beside:
        return named
    return named.followed_by(Mention(person, SELF if person == SELF else PRONOUN, word.start, word.end, word.text))
