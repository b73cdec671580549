"""What a message tells is taken into the case it is about: answers to what was asked, facts and corrections."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.articles import topics_named
from bot.conversation.ascribing import ascribed
from bot.conversation.context import another_followed, as_followed, bare_area, bare_day, in_context, of_the_case
from bot.conversation.disputes import choose
from bot.conversation.judging import options_of, pending_question
from bot.conversation.kin_answers import answers_with_kin, with_followed
from bot.conversation.kinfolk import follow_too, follows_another, of_the_asker, told_wed, wed, wedded, with_askers_own, without_followed
from bot.conversation.mending import firmly, mended
from bot.conversation.merge import handed_over, made_closer, outdated, tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.whose import called, fresh, known
from bot.conversation.world import Heard, World
from bot.eligibility.question import Option
from bot.eligibility.values import Choice, Places, Value, meet
from bot.policy.model import Pack
from bot.reading.asking.another import here_too
from bot.reading.asking.answers import read_answer
from bot.reading.asking.follow_ups import lies_now
from bot.reading.kin.kinship import SELF
from bot.reading.person.same_person import same_one, several
from bot.reading.reader import Reading
from bot.reading.text.renewing import renews, what_is_right

_RELATION, _PAID_AT = "kin.relation", "insurance.place"
_CLAUSES = re.compile("[,，。;；]")
_NUMERALS = ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨")
_ORDINAL = re.compile("(?:选|第)?([一二三四五六七八九①-⑨]|[0-9]{1,2})(?:个|项|条)?")


def listen(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Conversation, bool]:
    """Take every fact and answer of a message into the case it is about.

    Returns:
        The new state, and whether the message held anything for the screening.
    """
    home = pack.identity.jurisdiction.place
    if (right := mended(world, state, heard, pack)) is not None:
        now = right[0].with_case(wedded(with_askers_own(right[0], right[0].case, home)))
        return (listen(world, now, replace(heard, text=right[1]), pack)[0] if right[1] else now), True
    if told_wed(world, state, heard, home):
        now = wed(world, state, pack)
        return listen(world, now.with_case(with_askers_own(now, now.case, home)), heard, pack)[0], True
    before = state.case
    corrects = renews(hearing.plain(heard.text))
    if before.told and (moved := lies_now(hearing.plain(heard.text))) != hearing.plain(heard.text):
        heard, corrects = replace(heard, text=moved), True
    found = ascribed(world, heard, home, before)
    reading = found.reading
    # "不对，是我亲哥" corrects something said before; its 不 answers nothing. Nor is 聊城 in 户口在菏泽，聊城没亲戚 where the register is.
    said_so = _CLAUSES.search(heard.text) and any(f.fact == before.pending and f.certainty == SAID for f in reading.facts)
    of_both = bool(found.askers) and not (before.pending or "").startswith("kin.")  # 我有房在临清 is not where my mother is registered
    case, answered = (before, False) if reading.corrected or said_so or of_both else _answer(world, before, heard, pack)
    by_kin = answered and answers_with_kin(before, heard)  # 我爸, asked whom my mother would follow, is no case of his
    case = case if by_kin else _whose(state, case, reading, heard)
    corrected, renewed = reading.corrected, corrects
    facts = reading.facts
    if case.key == before.key:
        if instead := another_followed(world, heard, home, case):
            near = here_too(hearing.plain(heard.text))
            case, facts = without_followed(case, same_place=near), (*(f for f in facts if f.certainty != PRESUMED), *instead)
        else:
            beside = in_context(world, heard, home, case)
            if any(f.fact == _PAID_AT for f in beside):  # 在济南交的, of the insurance: nobody lives or works there by that
                facts = tuple(f for f in facts if f.certainty != PRESUMED)
            facts = (*facts, *beside)
    facts = of_the_case(heard, before, facts)
    facts = as_followed(case, firmly(world, case, facts, heard, home) if corrected or renewed else facts)
    news = {r.fact: Told(r.value, r.words, r.certainty) for r in facts}
    if not answered and not any(n.certainty != PRESUMED for n in news.values()):
        bare = bare_area(world, heard, home, case) or bare_day(world, heard, home, case)
        news |= {fact: Told(value, heard.text.strip()) for fact, value in bare.items()}
    if (corrected or renewed and not answered) and not any(n.certainty != PRESUMED for n in news.values()):
        news = {**news, **_put_right(world, before, heard, home)}
    told = [n for n in news.values() if n.certainty != PRESUMED]
    if answered and before.pending:
        news.pop(before.pending, None)
    elif (told or found.askers) and before.pending and before.pending not in news:
        # Something else was told: the open question may be asked again later.
        case = replace(case, pending=None, asked=tuple(f for f in case.asked if f != before.pending))
    case = made_closer(case, news, world.vocabulary)
    if corrected or renewed:
        case = handed_over(case, news)
    if renewed:
        case = outdated(case, news)
    elif not corrected and follows_another(case, news):
        case = without_followed(case, same_place=here_too(hearing.plain(heard.text)))
    for one in (*facts, None):  # one by one: a message may contradict itself
        if one is None:
            rest = {f: t for f, t in news.items() if all(f != r.fact for r in facts)}
            case = tell(case, rest, corrected=corrected, retracted=reading.retracted)
        elif one.fact in news:
            case = tell(case, {one.fact: Told(one.value, one.words, one.certainty)}, corrected=corrected)
    if reading.routes_only:
        case = replace(case, topic=reading.routes_only[0], only=True)
    elif len(named := topics_named(pack, hearing.plain(heard.text))) == 1:
        case = replace(case, topic=named[0], only=bool(pack.topics[named[0]].routes))
    if case.person != SELF:
        state = of_the_asker(state, found.askers, corrected=corrected or renewed)
        if case.key != before.key and _RELATION not in case.told and not told:  # who tells of a relative's own degree or work asks by that
            case = tell(case, follow_too(state, before, case.person, along=False, same=False))
    case = wedded(with_askers_own(state, case, home))
    return state.with_case(case), bool(answered or told or reading.retracted or found.askers)


def _put_right(world: World, case: Case, heard: Heard, home: str) -> dict[str, Told]:
    """ "不对，是我亲哥", "看错了，是九月三十号": a correction that names no fact says anew what was told last and fits its words."""
    if _RELATION in case.told:
        labels = world.vocabulary.facts[_RELATION].labels
        named = [m for m in hearing.people(heard.text) if m.relation in labels]
        if len(named) == 1:
            return {_RELATION: Told(Choice(frozenset({named[0].relation})), named[0].words)}
    words = what_is_right(hearing.plain(heard.text))
    for fact in reversed(list(case.told)):
        if case.told[fact].certainty == PRESUMED:
            continue
        answer = read_answer(words, fact, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
        if answer.kind == "value" and world.vocabulary.facts[fact].type != "boolean":
            return {name: Told(value, heard.text.strip()) for name, value in answer.facts.items()}
    return {}


def _whose(state: Conversation, case: Case, reading: Reading, heard: Heard) -> Case:
    """The case a message is about: another one when the message says whose hukou is to move."""
    person, words = reading.person or case.person, reading.person_words
    if person == case.person:
        words = words or hearing.subject_called(heard.text, person)
        if same_one(person, case.words, words) or several(case.words):
            return replace(case, words=called(case, words) if reading.person_words else case.words)
    before = known(state, person, words)
    if before is None and not case.told:
        return replace(case, person=person, words=words)
    if before is not None:
        return replace(before, words=called(before, words))
    return replace(fresh(state, person, words), topic=case.topic, only=case.only)


def _answer(world: World, case: Case, heard: Heard, pack: Pack) -> tuple[Case, bool]:
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
        return _answered(case, {spec.name: picked.value}, picked.label), True
    if by_kin and case.pending == _RELATION and (named := with_followed(world, case, heard, home)) is not None:
        return named, True
    answer = read_answer(
        heard.text,
        case.pending,
        options=[*(o.label for o in options), world.wording["unsure"]],
        as_of=heard.as_of,
        home=home,
        vocabulary=world.vocabulary,
    )
    if by_kin and answer.kind == "none" and (named := with_followed(world, case, heard, home)) is not None:
        return named, True
    if answer.kind == "value" and not _of_something_else(world, case, heard, pack, answer.facts[case.pending]):
        return _answered(case, answer.facts, answer.words or heard.text.strip()), True
    if answer.kind == "unsure":
        return replace(case, pending=None), True
    return case, False


def _of_something_else(world: World, case: Case, heard: Heard, pack: Pack, value: Value) -> bool:
    """Whether a place named is that of something else the message tells of: 我在县城有房 says nothing of where the register is."""
    if not isinstance(value, Places):
        return False
    told = {f.fact: f for f in hearing.reading(world, heard, pack.identity.jurisdiction.place, case.person).facts if f.certainty == SAID}
    return case.pending not in told and any(isinstance(f.value, Places) and meet(f.value, value) is not None for f in told.values())


def _answered(case: Case, values: Mapping[str, Value], words: str) -> Case:
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
