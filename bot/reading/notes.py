"""A clerk's note in written shorthand, retold as the one who asks would say it.

Of two people named by one character each and no caller (妻随夫;夫有房;妻户口河南) such characters say what they are to each other: the
mover becomes 我, the others get the word that the mover has for them. In a note on a caller (来电人…, 男50…, 代母咨询…) they are the
caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.reading.place.places import find_places
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed, group, table
from bot.reading.text.normalise import Text

_ASKER = "我"
_CALLED = table("notes.called")
"""What the mover calls whoever a character stands for."""
_MARRIED = {(pair[0], pair[1]): called for pair, called in table("notes.married").items()}
"""What 男 and 女 are beside each other, where 女 would else be a daughter."""
_PARTIES = table("notes.parties")
_GOES_TO = "".join(group("notes.goes_to"))
_TO_THEM = table("notes.to_them")
"""What a caller is to whoever the call is made for, by the character that stands for them."""
_SPOKEN = table("notes.spoken")
_WRITTEN = (
    (cue("notes.all_of"), _SPOKEN["all_of"]),
    (cue("notes.also"), _SPOKEN["also"]),
    (cue("notes.is_a"), _SPOKEN["is_a"]),
    (cue("notes.and_with"), _SPOKEN["and_with"]),
    (cue("notes.not_yet"), _SPOKEN["not_yet"]),
    (cue("notes.is_no"), _SPOKEN["is_no"]),
    (cue("notes.has_no"), _SPOKEN["has_no"]),
)
"""Words of written reports, and the spoken word that says the same."""
_BY_SEX = (
    (cue("notes.caller_a_woman"), cue("notes.another_woman"), cue("notes.asks_of_the_woman")),
    (cue("notes.caller_a_man"), cue("notes.another_man"), cue("notes.asks_of_the_man")),
)
"""How a note opens with a caller of either sex, who else of it may be named, and 她 or 他 of whom it then asks."""
_KINDS_OF_PLACE = ("area", "building", "origin")
"""What 农村户口 and 集体户口 are told by: a kind of place, not one."""
_Change = tuple[int, int, str]


def retold(text: Text) -> Text:
    """The note as who asks would tell it; any other message as it is, but for the written words 均, 亦 and 系."""
    if all(party in text.plain for party in _PARTIES) and not cue("notes.speaks").search(text.plain):
        text = _changed(text, ((*party.span(), _PARTIES[party.group()]) for party in cue("notes.party").finditer(text.plain)))
    text = _changed(text, ((*unasked.span(), "") for unasked in cue("notes.unasked").finditer(text.plain)))
    text = _changed(text, _the_caller(text.plain))
    text = _changed(text, _of_themselves(text.plain))
    text = _changed(text, _registers(text.plain))
    text = _changed(text, _by_a_title(text.plain))
    text = _changed(text, _by_their_words(text.plain))
    if _pair(text.plain) is not None and not cue("notes.speaks").search(text.plain):
        return _changed(text, _by_the_mover(text.plain))
    text = _changed(text, _by_the_caller(text.plain))
    return _changed(text, _spoken(text.plain))


def _the_caller(plain: str) -> Iterator[_Change]:
    """她本人 in a note that opens with the caller, whom it asks for again after others were named: 我."""
    if cue("notes.opens_with_caller").search(plain) and cue("notes.for_another").search(plain) is None:
        yield from ((*caller.span(), _ASKER) for caller in cue("notes.the_caller").finditer(plain))
        for caller_is, another, asks_of in _BY_SEX:
            if caller_is.match(plain) and another.search(plain) is None:
                yield from ((*caller.span(), _ASKER) for caller in asks_of.finditer(plain))


def _of_themselves(plain: str) -> Iterator[_Change]:
    """What the caller of a note tells of themselves after somebody else was named (欲投靠外甥。自述:在聊无房): of 我."""
    if cue("notes.in_person").search(plain) is None and cue("notes.for_another").search(plain) is None:
        yield from ((*told.span(), _ASKER) for told in cue("notes.told_of_themselves").finditer(plain))


def _registers(plain: str) -> Iterator[_Change]:
    """A register noted by its place alone and nothing behind it (河北户,临清租房): 户口在河北."""
    for noted in cue("notes.register").finditer(plain):
        place = noted["place"]
        if any(found.span == (0, len(place)) and found.kind not in _KINDS_OF_PLACE for found in find_places(place)):
            yield *noted.span("all"), composed("registered_in", place=place)


def _by_a_title(plain: str) -> Iterator[_Change]:
    """The caller a clerk calls what one calls a stranger (大叔称在乡下有老宅): 我, in a note that speaks in no person."""
    if (named := cue("notes.titled").match(plain)) is None or cue("notes.in_person").search(plain):
        return
    if plain[named.end() :].lstrip(",:").startswith("其"):
        return  # 群众反映:其儿媳…: told of the relative
    yield named.start("who"), named.end("says") if named["says"] else named.end("who"), _ASKER


def _by_their_words(plain: str) -> Iterator[_Change]:
    """Whoever goes to a relative of whom the note tells more, in a note that speaks in no person (妹妹投靠哥哥,哥哥在辛店): 我."""
    pair = cue("notes.pair_named").search(plain)
    if pair is not None and not cue("notes.speaks").search(plain) and cue("notes.opens").fullmatch(plain[: pair.start()]):
        yield *pair.span("mover"), _ASKER


def _pair(plain: str) -> re.Match[str] | None:
    """Who goes to whom, by a character each: 妻随夫, or with more between them (父70,外县户,投靠子)."""
    return cue("notes.pair").search(plain) or cue("notes.pair_apart").search(plain)


def _by_the_mover(plain: str) -> Iterator[_Change]:
    pair = _pair(plain)
    mover = pair["mover"] if pair is not None else ""
    for letter in cue("notes.letter").finditer(plain):
        who = letter.group()
        yield *letter.span(), _ASKER if who == mover else _MARRIED.get((mover, who), _CALLED[who])


def _by_the_caller(plain: str) -> Iterator[_Change]:
    """The relatives of a caller called as the caller calls them; who is asked for, and the caller beside them."""
    if cue("notes.told_in_person").search(plain):
        return
    if (relative := cue("notes.asked_by").match(plain)) is not None:
        yield from _by_a_relative(relative["who"], plain)
        return
    asked_for = cue("notes.for_another").search(plain)
    if asked_for is None and not cue("notes.of_a_caller").search(plain):
        return
    letters: list[re.Match[str]] = list(cue("notes.relative").finditer(plain))
    if asked_for is not None:
        yield from _for_another(asked_for["who"], asked_for.span("who"), letters, plain)
    elif cue("notes.caller").search(plain) is None:
        yield from ((*owner.span(), _ASKER) for owner in cue("notes.of_the_one").finditer(plain))
    if asked_for is None:
        yield from ((*owner.span(), _ASKER + _CALLED[owner["who"]]) for owner in cue("notes.their_own").finditer(plain))
    named = {child.group() for child in cue("notes.child_named").finditer(plain)} | {asked_for["who"] if asked_for else ""}
    letters += [child for child in cue("notes.the_child").finditer(plain) if child.group() in named and _is_no_sex(child, asked_for)]
    yield from ((*letter.span(), _ASKER + _CALLED[letter.group()]) for letter in letters)


def _by_a_relative(who: str, plain: str) -> Iterator[_Change]:
    """The people of a note that a relative of theirs has asked for (子代问,母62,与子同住): the relative is 我."""
    for letter in cue("notes.letter").finditer(plain):
        yield *letter.span(), _ASKER if letter.group() == who else _ASKER + _CALLED[letter.group()]


def _for_another(who: str, span: tuple[int, int], letters: Sequence[re.Match[str]], plain: str) -> Iterator[_Change]:
    """Who is asked for, and the caller, also where the one asked for is said to go to them by what they are (代弟咨询,…拟投姐)."""
    theirs = plain[span[0] - 1 : span[0]] == "其"
    if who in _CALLED:
        yield span[0] - theirs, span[1], _ASKER + _CALLED[who]
    if theirs:
        yield from _of_the_caller(who, plain[: span[1]], plain)
    yield from ((*caller.span(), _ASKER) for caller in cue("notes.caller").finditer(plain))
    others = [letter for letter in letters if letter.group() != who and letter.group() in _TO_THEM.get(who, "")]
    if len({letter.group() for letter in others}) == 1 and all(plain[letter.start() - 1] in _GOES_TO for letter in others):
        yield from ((*letter.span(), _ASKER) for letter in others)


def _of_the_caller(who: str, asked: str, plain: str) -> Iterator[_Change]:
    """其 in a note that asks for 其母: the caller, whose mother (其母 again) is the one asked for."""
    for pronoun in cue("notes.pronoun").finditer(plain, len(asked)):
        relative = plain[pronoun.end() : pronoun.end() + 1]
        again = relative == who and not cue("notes.longer").match(plain, pronoun.end())
        yield pronoun.start(), pronoun.end() + again, _ASKER + (_CALLED.get(who, "") if again else "")


def _is_no_sex(child: re.Match[str], asked_for: re.Match[str] | None) -> bool:
    """Whether 女 with an age behind it is a daughter's: that of whoever the note begins with is a sex (来电人女66,…投其女)."""
    return asked_for is not None or not child.string[child.end() : child.end() + 1].isdigit() or child.group() == "子"


def _spoken(plain: str) -> Iterator[_Change]:
    for written, said in _WRITTEN:
        yield from ((*word.span(), said) for word in written.finditer(plain))
    yield from ((speaks.end(), speaks.end(), ":") for speaks in cue("notes.caller_says").finditer(plain))
    yield from ((age.end(), age.end(), ",") for age in cue("notes.age_told").finditer(plain))


def _changed(text: Text, changes: Iterator[_Change]) -> Text:
    """The text with each span put in another word, each character of which stands for the same of the original."""
    plain, origins, at = "", [], 0
    for start, end, word in sorted(set(changes), key=lambda change: (change[0], -change[1], len(change[2]))):
        if start < at:
            continue
        span = text.origins[start : end or 1]
        plain += text.plain[at:start] + word
        origins += [*text.origins[at:start], *[(span[0][0], span[-1][1]) if span else (0, 0)] * len(word)]
        at = end
    if not plain:
        return text
    return Text(text.original, plain + text.plain[at:], (*origins, *text.origins[at:]))
