"""A message taken as the answer to the question that waits: an option picked, a word read for the fact asked of, which of two is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.disputes import choose
from bot.conversation.judging import options_of, pending_question
from bot.conversation.kin_answers import answers_with_kin, with_followed
from bot.conversation.kinfolk import only
from bot.conversation.merge import tell
from bot.conversation.state import SAID, Case, Told
from bot.conversation.world import Heard, World
from bot.eligibility.question import Option
from bot.eligibility.values import YES, Choice, Places, Value, meet
from bot.policy.model import Pack
from bot.reading.asking.answers import read_answer
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.person.same_person import same_one
from bot.reading.text.cues import cue

_RELATION, _TOGETHER = "kin.relation", "kin.together"
_NUMERALS = ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨")
_ORDINAL = cue("listening.ordinal")


def answer_taken(world: World, case: Case, heard: Heard, pack: Pack) -> tuple[Case, bool]:
    """The case after the message was read as an answer to what is pending."""
    if case.dispute is not None:
        return choose(world, case, heard, pack)
    if case.pending is None:
        return case, False
    home, by_kin = pack.identity.jurisdiction.place, answers_with_kin(case, heard)
    spec = world.vocabulary.facts[case.pending]
    question = pending_question(world, case, heard, pack)
    options = options_of(pack, question) if question else ()
    picked = _picked(heard.text, options)
    if picked is not None:
        return _with_the_answer(case, {spec.name: picked.value}, picked.label), True
    if by_kin and case.pending == _RELATION and (named := with_followed(world, case, heard, home)) is not None:
        return named, True
    answer = read_answer(
        _of_these_two(case, heard.text) if case.pending == _TOGETHER else heard.text,
        case.pending,
        options=[*(o.label for o in options), world.wording["unsure"]],
        as_of=heard.as_of,
        home=home,
        vocabulary=world.vocabulary,
    )
    if by_kin and answer.kind == "none" and (named := with_followed(world, case, heard, home)) is not None:
        return named, True
    register = _their_register(case, heard)
    if answer.kind == "value" and not _of_something_else(world, case, heard, pack, answer.facts[case.pending]):
        return _with_the_answer(case, {**register, **answer.facts}, answer.words or heard.text.strip()), True
    if case.pending in register:
        return _with_the_answer(case, register, heard.text.strip()), True
    if answer.kind == "unsure":
        return replace(case, pending=None), True
    return case, False


def _their_register(case: Case, heard: Heard) -> Mapping[str, Value]:
    """That the register of the one followed is there too, told with the answer to what is asked of them (城里,户口也在)."""
    asked_of_them = case.pending is not None and case.pending.startswith("kin.") and _RELATION in case.told
    told = asked_of_them and cue("listening.register_too").search(hearing.plain(heard.text)) is not None
    return {"kin.hukou_here": Choice(frozenset({YES}))} if told else {}


def _of_these_two(case: Case, text: str) -> str:
    """A message with a pronoun for the mover and for the one followed, whose living together is asked of (我妈跟我爸一起住)."""
    plain = hearing.plain(text)
    for m in reversed([m for m in hearing.people(text) if m.relation not in (PRONOUN, SELF, COUPLE, NOBODY)]):
        mover = m.person == case.person and same_one(m.person, case.words, m.words)
        if not mover and followed_relation(case.person, m.person) != only(case, _RELATION):
            return text
        plain = f"{plain[: m.start]}他{plain[m.end :]}"
    return plain


def _of_something_else(world: World, case: Case, heard: Heard, pack: Pack, value: Value) -> bool:
    """Whether a place named is that of something else the message tells of: 我在县城有房 says nothing of where the register is.

    Nor does a place of which it is only said what one has not got there, where another one is told (人还在菏泽老家,聊城没房).
    """
    if not isinstance(value, Places):
        return False
    facts = hearing.reading(world, heard, pack.identity.jurisdiction.place, case.person).facts
    if any(f.fact == case.pending and meet(f.value, value) is None for f in facts):
        return True
    told = {f.fact: f for f in facts if f.certainty == SAID}
    return case.pending not in told and any(isinstance(f.value, Places) and meet(f.value, value) is not None for f in told.values())


def _with_the_answer(case: Case, values: Mapping[str, Value], words: str) -> Case:
    """The case with the answer to the pending question, which replaces whatever was thought before."""
    kept = {name: told for name, told in case.told.items() if name not in values}
    news = {name: Told(value, words, SAID) for name, value in values.items()}
    return replace(tell(replace(case, told=MappingProxyType(kept)), news), pending=None)


def _picked(text: str, options: Sequence[Option]) -> Option | None:
    """The option that the message names word for word, or by its number in the list."""
    said = text.strip()
    number = int(said) if said.isdecimal() else ordinal(said)
    if number is not None and 1 <= number <= len(options):
        return options[number - 1]
    return next((o for o in options if o.label == said), None)


def ordinal(text: str) -> int | None:
    """The number of "第二个", "②" or "选三"; ``None`` for anything else."""
    match = _ORDINAL.fullmatch(text)
    if match is None:
        return None
    word = match.group(1)
    return next((row.index(word) + 1 for row in _NUMERALS if word in row), int(word) if word.isdecimal() else None)
