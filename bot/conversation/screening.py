"""The pre-screening as a conversation: facts in, verdict and the next question out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing, weighing
from bot.conversation.context import another_followed, bare_area, in_context, of_the_followed
from bot.conversation.granted import anywhere_in, granted
from bot.conversation.kinfolk import asker_to, follows_another, follows_asker, wedded, with_askers_own, without_followed
from bot.conversation.merge import handed_over, outdated, settle, tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Dispute, Told
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.changes import ChangeSet, changes
from bot.eligibility.question import Option as Option_
from bot.eligibility.question import Question
from bot.eligibility.screening import RouteResult, Screening, Verdict, deciding_atoms
from bot.eligibility.values import Choice, Places, Value, among, meet, refines
from bot.policy.model import Pack, atoms
from bot.reading.another import here_too
from bot.reading.answers import read_answer
from bot.reading.reader import Reading
from bot.reading.renewing import renews, what_is_right
from bot.replies.answers import citation
from bot.replies.model import Citation, Option, Reply, Said
from bot.replies.payload import screening_json
from bot.replies.verdicts import alone, ranked, verdict_said

_RELATION = "kin.relation"
_VILLAGE, _NONE_HERE = Choice(frozenset({"village"})), (Choice(frozenset({"no"})), Choice(frozenset({"never"})))
# Routes whose needs a front end is told in full.
_NEAREST = 2
_CLAUSES = re.compile("[,，。;；]")
_NUMERALS = ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨")
_ORDINAL = re.compile("(?:选|第)?([一二三四五六七八九①-⑨]|[0-9]{1,2})(?:个|项|条)?")


def focus_of(pack: Pack, case: Case) -> tuple[str, ...]:
    """The routes the resident asked about: those of the topic, where it has any."""
    topic = pack.topics.get(case.topic or "")
    return topic.routes if topic else ()


def listen(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Conversation, bool]:
    """Take every fact and answer of a message into the case it is about.

    Returns:
        The new state, and whether the message held anything for the screening.
    """
    home = pack.identity.jurisdiction.place
    before = state.case
    reading = of_the_followed(world, heard, home, before) or hearing.reading(world, heard, home, state.person)
    # "不对，是我亲哥" corrects something said before; its 不 answers nothing. Nor is 聊城 in 户口在菏泽，聊城没亲戚 where the register is.
    said_so = _CLAUSES.search(heard.text) and any(f.fact == before.pending and f.certainty == SAID for f in reading.facts)
    case, answered = (before, False) if reading.corrected or said_so else _answer(world, before, heard, pack)
    case = _whose(state, case, reading)
    corrected, renewed = reading.corrected, renews(hearing.plain(heard.text))
    facts = reading.facts
    if case.person == before.person:
        if instead := another_followed(world, heard, home, case):
            case, facts = without_followed(case), (*(f for f in facts if f.certainty != PRESUMED), *instead)
        else:
            facts = (*facts, *in_context(world, heard, home, case))
    news = {r.fact: Told(r.value, r.words, r.certainty) for r in facts}
    if not answered and not any(n.certainty != PRESUMED for n in news.values()):
        news |= {fact: Told(value, heard.text.strip()) for fact, value in bare_area(world, heard, home, case).items()}
    if (corrected or renewed and not answered) and not any(n.certainty != PRESUMED for n in news.values()):
        news = {**news, **_put_right(world, before, heard, home)}
    told = [n for n in news.values() if n.certainty != PRESUMED]
    if answered and before.pending:
        news.pop(before.pending, None)
    elif told and before.pending and before.pending not in news:
        # Something else was told: the open question may be asked again later.
        case = replace(case, pending=None, asked=tuple(f for f in case.asked if f != before.pending))
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
    case = wedded(with_askers_own(state, case, home))
    return state.with_case(case), bool(answered or told or reading.retracted)


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


def _whose(state: Conversation, case: Case, reading: Reading) -> Case:
    """The case a message is about: another one when the message says whose hukou is to move."""
    if reading.person is None or reading.person == case.person:
        return replace(case, words=reading.person_words or case.words)
    known = state.cases.get(reading.person)
    if known is None and not case.told:
        return replace(case, person=reading.person, words=reading.person_words)
    return known or Case(reading.person, reading.person_words, topic=case.topic, only=case.only)


def _answer(world: World, case: Case, heard: Heard, pack: Pack) -> tuple[Case, bool]:
    """The case after the message was read as an answer to what is pending."""
    if case.dispute is not None:
        return _settle(world, case, heard, pack)
    if case.pending is None:
        return case, False
    spec = world.vocabulary.facts[case.pending]
    question = pending_question(world, case, heard, pack)
    options = options_of(pack, question) if question else ()
    picked = _picked(heard.text, options)
    if picked is not None:
        return _answered(case, {spec.name: picked.value}, picked.label), True
    answer = read_answer(
        heard.text,
        case.pending,
        options=[*(o.label for o in options), world.wording["unsure"]],
        as_of=heard.as_of,
        home=pack.identity.jurisdiction.place,
        vocabulary=world.vocabulary,
    )
    if answer.kind == "value":
        return _answered(case, answer.facts, answer.words or heard.text.strip()), True
    if answer.kind == "unsure":
        return replace(case, pending=None), True
    return case, False


def _answered(case: Case, values: Mapping[str, Value], words: str) -> Case:
    """The case with the answer to the pending question, which replaces whatever was thought before."""
    kept = {name: told for name, told in case.told.items() if name not in values}
    news = {name: Told(value, words, SAID) for name, value in values.items()}
    return replace(tell(replace(case, told=MappingProxyType(kept)), news), pending=None)


def _picked(text: str, options: Sequence[Option_]) -> Option_ | None:
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


def _settle(world: World, case: Case, heard: Heard, pack: Pack) -> tuple[Case, bool]:
    dispute = case.dispute
    assert dispute is not None
    text = heard.text.strip()
    choice = {
        "1": False,
        "①": False,
        "第一个": False,
        "前面的": False,
        "2": True,
        "②": True,
        "第二个": True,
        "后面的": True,
        "现在的": True,
    }.get(text)
    new = _statement(world, dispute.fact, dispute.new)
    if choice is None and text in (_statement(world, dispute.fact, dispute.old), new):
        choice = text == new
    if choice is None:
        choice = _restated(world, dispute, heard, pack)
    if choice is None:
        return case, False
    return replace(settle(case, keep_new=choice), pending=None), True


def _restated(world: World, dispute: Dispute, heard: Heard, pack: Pack) -> bool | None:
    """Whether one of two contradicting statements is said again, in whatever words: the new one, the old one, or neither."""
    home = pack.identity.jurisdiction.place
    vocabulary = world.vocabulary
    answer = read_answer(heard.text, dispute.fact, options=(), as_of=heard.as_of, home=home, vocabulary=vocabulary)
    said = [r.value for r in hearing.reading(world, heard, home).facts if r.fact == dispute.fact]
    said += [value for fact, value in answer.facts.items() if fact == dispute.fact]
    if not said:
        return None
    fits_new, fits_old = meet(said[-1], dispute.new.value) is not None, meet(said[-1], dispute.old.value) is not None
    return fits_new if fits_new != fits_old else None


def _disputed(pack: Pack, fact: str, nearest: Sequence[RouteResult]) -> tuple[Citation, ...]:
    """Where the document weighs the fact that was told in two ways, in the nearest route that does."""
    first = next((atom for result in nearest for atom in atoms(result.route.when) if atom.fact == fact), None)
    return (citation(pack, first.article, first.quote),) if first is not None else ()


def _statement(world: World, fact: str, told: Told) -> str:
    """A statement as the resident put it, or as the vocabulary labels it where no words were kept."""
    spec = world.vocabulary.facts[fact]
    if told.words:
        return told.words
    return "或".join(label for v, label in spec.labels.items() if isinstance(told.value, Choice) and v in told.value.values) or spec.label


def options_of(pack: Pack, question: Question) -> tuple[Option_, ...]:
    """The answers to choose from; a pack may offer its own for a fact that has no list of values, such as a place."""
    if question.options:
        return question.options
    return tuple(Option_(label, _places(values)) for label, values in pack.questions.get(question.fact, ()))


def _places(values: Sequence[str]) -> Places:
    return Places(frozenset(v for v in values if not v.startswith("!")), frozenset(v[1:] for v in values if v.startswith("!")))


def pending_question(world: World, case: Case, heard: Heard, pack: Pack) -> Question | None:
    """The question that waits for an answer, as it was asked."""
    if case.pending is None or case.dispute is not None:
        return None
    question = find_question(world, replace(case, asked=tuple(f for f in case.asked if f != case.pending)), heard, pack)
    return question if question and question.fact == case.pending else None


def judge(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Screening, Question | None]:
    """Screen the case under way and find the next question, if an answer could still change what the resident wants to know."""
    case = state.case
    result = weighing.verdict(world, pack, assumed(world, case, pack), heard.as_of)
    focus = focus_of(pack, case)
    if case.dispute is not None:
        return result, None
    asked_about = [result.route(r).verdict for r in focus]
    if case.only and focus:
        settled = Verdict.NEED_MORE_INFO not in asked_about or Verdict.ELIGIBLE in asked_about
    else:
        settled = result.verdict is not Verdict.NEED_MORE_INFO
    return result, None if settled else find_question(world, case, heard, pack)


def find_question(world: World, case: Case, heard: Heard, pack: Pack) -> Question | None:
    """The next question: on the routes the resident asked about first, then on any other that could still help."""
    facts, focus = assumed(world, case, pack), focus_of(pack, case)
    question = weighing.question(world, pack, facts, heard.as_of, case.asked, focus) if focus else None
    if question is None and not (case.only and focus):
        question = weighing.question(world, pack, facts, heard.as_of, case.asked, ())
    return question


def assumed(world: World, case: Case, pack: Pack) -> dict[str, Value]:
    """The facts told, and for those nobody mentioned what is presumed until told otherwise."""
    vocabulary, home = world.vocabulary, anywhere_in(pack.identity.jurisdiction.place)
    untold, said = granted(vocabulary), case.facts
    facts = dict(untold.everybody)
    for fact, source in vocabulary.follows.items():
        told = case.told.get(source)
        if told is not None and refines(told.value, home):
            facts[fact] = home
    if not _of_a_village(case, home):
        facts |= untold.villageless
    for given, then in untold.given:
        if among(said, given):
            facts |= then
    return {**facts, **said}


def _of_a_village(case: Case, home: Places) -> bool:
    """Whether anything was told of a village here that the mover left, goes back to or works in; following somebody there is none."""
    wish = case.told.get("wish.area")
    if wish is not None and wish.value == _VILLAGE and _RELATION not in case.told:
        return True
    for fact, told in case.told.items():
        if not fact.startswith(("origin.", "rural.")) or fact == "rural.profession" or told.value in _NONE_HERE:
            continue
        if not (isinstance(told.value, Places) and meet(told.value, home) is None):
            return True
    return False


def presumed_of(case: Case, facts: Mapping[str, Value]) -> frozenset[str]:
    """Which of the facts were never said, only presumed."""
    return frozenset(f for f in facts if f not in case.told or case.told[f].certainty == PRESUMED)


def speak(world: World, state: Conversation, heard: Heard, pack: Pack, *, brief: bool = False, prefix: tuple[Said, ...] = ()) -> Turn:
    """The verdict on the case under way, with the next question.

    Args:
        brief: only the question, as in the middle of a screening.
    """
    case, wording = state.case, world.wording
    result, question = judge(world, state, heard, pack)
    who = wording.who(case.person, case.words)
    focus, told = focus_of(pack, case), _really_told(case)
    text: str | None = None
    options: tuple[Option, ...] = ()
    if case.dispute is not None:
        old, new = (_statement(world, case.dispute.fact, t) for t in (case.dispute.old, case.dispute.new))
        text = wording["dispute"].format(old=old, new=new)
        options = (Option(old, old), Option(new, new))
    elif question is not None:
        text = world.vocabulary.facts[question.fact].ask(who, kin_words(world, case), len(question.options))
        options = (*(Option(o.label, o.label) for o in options_of(pack, question)), Option(wording["unsure"], wording["unsure"]))
    asking = text is not None
    said: tuple[Said, ...] = ()
    if not (brief and asking):
        named = heard.topic == case.topic and heard.intent == "ask" and heard.sure
        said = verdict_said(pack, result, wording, who, focus=focus, only=case.only, asking=asking, told=told, named=named)
        said = (*said, *_presumptions(world, state, result))
    because: tuple[Citation, ...] = ()
    if case.dispute is not None:
        because = _disputed(pack, case.dispute.fact, ranked(result, focus, told))
    elif question is not None and not said:
        because = (citation(pack, question.because.article, question.because.quote),)
    waiting = case.pending if case.dispute else question.fact if question else None
    case = replace(
        case, pending=waiting, asked=(*case.asked, question.fact) if question and question.fact not in case.asked else case.asked
    )
    order, only = ranked(result, focus, told), bool(case.only and focus)
    nearest = (alone(order, focus, told) if only else order)[:_NEAREST]
    facts = assumed(world, case, pack)
    advised = {} if asking or result.verdict is Verdict.ELIGIBLE else advice(world, pack, case, heard, nearest)
    payload = screening_json(
        pack,
        result,
        world.vocabulary,
        facts,
        words={k: t.words for k, t in case.told.items()},
        presumed=presumed_of(case, facts),
        person=case.person,
        question=replace(question, options=options_of(pack, question)) if question else None,
        question_text=text if question else None,
        changes=advised,
        nearest=nearest,
    )
    if only:
        payload = {**payload, "only": True}
    if case.dispute is not None:
        payload = {**payload, "verdict": Verdict.NEED_MORE_INFO.value}
        said = ()
    reply = Reply(
        "ask" if asking else "screening", (*prefix, *said), pack.identity.jurisdiction.id, case.topic, text, options, payload, because
    )
    return Turn(replace(state.with_case(case), topic=case.topic or state.topic), (reply,), "on" if asking else "off")


def advice(world: World, pack: Pack, case: Case, heard: Heard, results: Sequence[RouteResult]) -> dict[str, tuple[ChangeSet, ...]]:
    """The smallest honest changes that open each of these routes ("怎样才能办")."""
    facts = assumed(world, case, pack)
    return {r.route.id: changes(pack, facts, heard.as_of, world.vocabulary, world.means, r.route.id) for r in results if r.route.settles}


def kin_words(world: World, case: Case) -> str:
    """How the relative followed is called: 您 where that is the asker, else by relation when it is known, else 对方."""
    told = case.told.get("kin.relation")
    if not told or not isinstance(told.value, Choice) or len(told.value.values) != 1:
        return "对方"
    (relation,) = told.value.values
    if case.person == "self":
        return world.wording.who(relation) if relation in world.wording.people else "对方"
    return world.wording.who("self") if asker_to(case.person) == relation else "对方"


def _really_told(case: Case) -> frozenset[str]:
    return frozenset(name for name, told in case.told.items() if told.certainty != PRESUMED)


def _presumptions(world: World, state: Conversation, result: Screening) -> tuple[Said, ...]:
    """What the verdict takes for granted, said aloud when it carries a decided verdict."""
    if result.verdict is Verdict.NEED_MORE_INFO:
        return ()
    case = state.case
    used = {a.atom.fact for r in result.routes if r.verdict is Verdict.ELIGIBLE for a in deciding_atoms(r.trace)}
    names = []
    for name, told in case.told.items():
        if name == _RELATION and follows_asker(case):
            continue  # 那我弟弟呢, after who follows the asker: the question says so itself
        if told.certainty == PRESUMED and name in used and isinstance(told.value, Choice) and len(told.value.values) == 1:
            (value,) = told.value.values
            names.append(world.vocabulary.facts[name].labels[value])
    if not names:
        return ()
    return (world.wording.say("presumed", facts="、".join(names[:3])),)
