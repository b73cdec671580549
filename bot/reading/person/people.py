"""People in a message: who is named where, with possessors and pronouns resolved (我妈, 他爸, 孩子姥姥).

What a word means where it stands is told by ``senses``, whose relative a relative is by ``relatives``, whom 我, 他 and a surname stand
for by ``stand_ins``.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.kin.kin_words import LINKS, ONE_OF
from bot.reading.kin.kinship import ELDERS, NICKNAME, NOBODY, PRONOUN, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.person.apart import told_apart
from bot.reading.person.childs_elders import elders_of_the_couple
from bot.reading.person.grandchildren import one_grandchild
from bot.reading.person.named import ASKED, ASKERS, Message, Named, Word, message_of
from bot.reading.person.nobody import names_nobody
from bot.reading.person.relatives import relative
from bot.reading.person.senses import relation_here
from bot.reading.person.stand_ins import asker, by_name, elder_meant, pronoun
from bot.reading.person.titles import with_title
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

(_HUSBAND,) = group("people.husband")


def find_people(plain: str, about: str = SELF, heard: Sequence[tuple[int, int]] = ()) -> list[Mention]:
    """Every person named in the text, from left to right.

    ``about`` is whom a pronoun stands for where the text names nobody; ``heard`` where it retells what is said in general, in which a
    relative who is nobody's in particular is none of the asker's.
    """
    found = one_grandchild(_all_named(message_of(plain, about, heard)).found)
    return told_apart(elders_of_the_couple(found, plain), plain)


def _all_named(message: Message) -> Named:
    """Whom the whole text names: each word that stands for a person is a mention, joins the one before, or names nobody."""
    named = Named()
    sent = cue("people.introduced").match(message.plain) if message.about != message.told_about else None
    introduced = sent.span(1) if sent is not None else message.stranger
    for match in kin().pattern.finditer(message.plain):
        if introduced is not None and match.start() >= introduced[0]:
            named = _introduced(message, named, *introduced)
            introduced = None
        if message.stranger is None or not message.stranger[0] <= match.start() < message.stranger[1]:
            named = _read(message, named, Word(match.group(), match.start()))
    if introduced is not None and message.stranger is not None:
        named = _introduced(message, named, *introduced)
    return named


def _introduced(message: Message, named: Named, start: int, end: int) -> Named:
    """Somebody of no kin whom the message begins with and asks for (俺村小学有个支教的老师…,她托俺打听)."""
    named, last = named.weighing("other", ASKED), named.last
    if last is not None and last.relation in ASKERS and cue("strangers.of_mine").fullmatch(message.plain[last.end : start]):
        named, start = named.with_last(), last.start
    return named.followed_by(Mention("other", "other", start, end, message.plain[start:end]))


def _read(message: Message, named: Named, word: Word) -> Named:
    """Whom the text has named once one more word is read."""
    plain, known = message.plain, kin().relation
    if cue("people.husbands_home").match(plain, word.start):
        word = Word(_HUSBAND, word.start)
    called = NICKNAME.fullmatch(word.text) is not None and word.text not in known
    if word.text not in known and not called:
        return by_name(message, named, word)
    relation = NOBODY if called else known[word.text]
    if names_nobody(message, named, word):
        return named
    if called and (again := _called_so_before(named, word)) is not None:
        return named.followed_by(again)
    if (elder := _elder_again(named, word)) is not None:
        return named.followed_by(elder)
    if not relation or _part_of_another_word(plain, word):
        return named
    before = _owner_before(message, named, word, relation)
    if relation == PRONOUN:
        return pronoun(message, named, word, before)
    relation = relation_here(message, named, word, relation)
    return _as_relative(message, named, word, relation, before) if relation else named


def _called_so_before(named: Named, word: Word) -> Mention | None:
    """我一个同事小董…,小董想…: whoever was told of under that name."""
    first = next((m for m in named.found if m.person != NOBODY and m.words.endswith(word.text) and m.words != word.text), None)
    return first and Mention(first.person, PRONOUN, word.start, word.end, word.text)


def _elder_again(named: Named, word: Word) -> Mention | None:
    """他爷爷奶奶…,老两口住城里: elders who were named before."""
    if word.text not in ELDERS and not cue("people.old_couple").match(word.text):
        return None
    elder = elder_meant(named, word)
    return elder and Mention(elder.person, PRONOUN, word.start, word.end, word.text, plural=word.text not in ELDERS)


def _as_relative(message: Message, named: Named, word: Word, relation: str, before: Mention | None) -> Named:
    """Whom the text has named once a word for the asker, a relative or a stranger is read that means ``relation`` here."""
    if relation == SELF and cue("people.asks").match(message.plain, word.end):
        return named  # 我就问老伴能不能落: who asks is nobody in the matter asked
    if relation in ASKERS:
        return asker(message, named, word, relation)
    if cue("people.likened").search(message.before(word.start, 6)):
        return named  # 把我当亲儿子
    if (joined := with_title(message, named, word)) is not None:
        return joined
    if before is None and any(low <= word.start < high for low, high in message.heard):
        return named  # 电视上说兄弟能投靠: nobody's brother
    return relative(message, named, word, relation, before)


def _part_of_another_word(plain: str, word: Word) -> bool:
    """Whether 其, 他 or 有人 is but a part of a word for something else (其他, 其中, 有|人社发的证)."""
    if cue("people.the_others").fullmatch(plain[word.start - 1 : word.end]):
        return True
    if cue("people.begins_an_office").match(plain, word.start):
        return True
    return word.text == "其" and cue("people.not_pronoun").match(plain, word.start) is not None


def _owner_before(message: Message, named: Named, word: Word, relation: str) -> Mention | None:
    """The mention right before, which may own this one (我|妈, 孩子|的|姥姥; 我|一个|老乡, but not 我|一个|老婆子, who speaks)."""
    last = named.last
    if last is None or last.end > word.start:
        return None
    link = message.plain[last.end : word.start]
    return last if link in LINKS or link in ONE_OF and relation in ("other", "friend", NOBODY) else None
