"""People in a message: who is named where, and what one person is to another.

A person is a relation as seen from the asker: ``self`` for the asker, ``spouse``, ``parent`` …; ``couple`` stands for the asker
together with the spouse (我们两口子), ``nobody`` for people whose circumstances are no fact of the case (the landlord, a colleague).
A relative's relative whom no single word covers is written with a slash (``grandchild/parent``: 外孙女的爸妈).
Words stand in ``data/lexicon/kin.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import DATA
from bot.reading.cues import cue

SELF, COUPLE, NOBODY = "self", "couple", "nobody"


@dataclass(frozen=True)
class Mention:
    """A person named at a place in the plain text.

    ``bare`` is set where no possessor was said (爷爷, against 我爷爷 and 他爷爷), so the word may be seen from the mover;
    ``owner`` is the possessor said (``self``, ``pronoun``, a relation), ``None`` where bare; ``relation`` is what the word alone means.
    """

    person: str
    relation: str
    start: int
    end: int
    words: str
    owner: str | None = None
    plural: bool = False

    @property
    def bare(self) -> bool:
        """Whether no possessor was said."""
        return self.owner is None


@dataclass(frozen=True)
class Kin:
    """The lexicon of people, compiled."""

    pattern: re.Pattern[str]
    relation: Mapping[str, str]
    inverse: Mapping[str, str]
    compose: Mapping[str, Mapping[str, str]]
    between: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def kin() -> Kin:
    """The lexicon of people from ``data/lexicon/kin.yml``, read once."""
    raw = YAML(typ="safe", pure=True).load((DATA / "lexicon" / "kin.yml").read_text(encoding="utf-8"))
    relation = {word: name for name, words in raw["words"].items() for word in words}
    relation.update(dict.fromkeys(raw["self"], SELF))
    relation.update(dict.fromkeys(raw["couple"], COUPLE))
    relation.update(dict.fromkeys(raw["blind"], ""))
    relation.update(dict.fromkeys(_ELDERS - set(relation), ""))
    ordered = sorted((*relation, "他们", "她们", "他俩", "她俩", "他", "她", "ta", "其"), key=len, reverse=True)
    for pronoun in ("他们", "她们", "他俩", "她俩", "他", "她", "ta", "其"):
        relation[pronoun] = "pronoun"
    pattern = re.compile("|".join([*map(re.escape, ordered), "(?<=[我俺他她])儿(?![子媳女童孙科时])"]))
    relation["儿"] = "child"
    return Kin(pattern, relation, raw["inverse"], raw["compose"], raw["between"])


_NOT_PRONOUN = cue("people.not_pronoun")
_PLURAL = {"父母", "爸妈", "爹娘", "爹妈", "公婆", "岳父母", "他们", "她们", "他俩", "她俩", "儿女", "子女", "爷爷奶奶", "姥姥姥爷", "双亲"}


def find_people(plain: str, about: str = SELF) -> list[Mention]:
    """Every person named in the text, from left to right, with possessors resolved (我妈, 他爸, 孩子姥姥).

    ``about`` is whom a pronoun stands for where the text names nobody.
    """
    lexicon = kin()
    found: list[Mention] = []
    wedded = bool(_WEDDED.search(plain))
    behalf = bool(_ON_BEHALF.search(plain))
    named: dict[str, int] = {}  # how often each relative was named, in order of first mention: whom 他/她 may stand for
    for match in lexicon.pattern.finditer(plain):
        word, start, end = match.group(), match.start(), match.end()
        relation = lexicon.relation[word]
        if word in _KINSFOLK and (_NO_PERSON_BEFORE.search(plain[max(0, start - 8) : start]) or _NO_PERSON_AFTER.match(plain, end)):
            continue
        if word == "一家" and _ONE_FIRM.match(plain, end):
            continue
        if _CATEGORY.match(plain, end) and word in _CATEGORIES and not plain[:start].endswith(("我", "俺", "他", "她", "的")):
            continue
        if word in _ELDERS:
            elder = next((m for m in reversed(found) if m.person.split("/")[-1] in _OLD), None)
            if elder is not None and elder.end != start:
                found.append(Mention(elder.person, "pronoun", start, end, word))
                continue
        if not relation or (word == "其" and _NOT_PRONOUN.match(plain, start)) or (word == "他" and plain[start - 1 : start] == "其"):
            continue
        before = (
            found[-1]
            if found
            and found[-1].end <= start
            and plain[found[-1].end : start] in ("", "的", "家", "家的", "亲", "大", "那个", "们", "这个")
            else None
        )
        if relation == "pronoun":
            if (
                before
                and before.relation not in (SELF, COUPLE, "pronoun", NOBODY)
                and before.end == start
                and (after := lexicon.pattern.match(plain, end)) is not None
                and lexicon.relation.get(after.group(), "") not in ("", SELF, COUPLE, "pronoun")
            ):
                found[-1] = Mention(before.person, before.relation, before.start, end, before.words, before.owner)  # 孩子他姥姥
                continue
            if word == "其" and any(m.words in _CALLERS for m in found):
                found.append(Mention(SELF, SELF, start, end, word))
                continue
            speaker = found[-1] if found and _SAYS.fullmatch(plain[found[-1].end : start]) else None
            stands = _stands_for(word, named, found, bool(lexicon.pattern.match(plain, end)), wedded, about)
            if speaker is not None and speaker.relation not in (SELF, COUPLE, NOBODY, "pronoun") and _fits(word, speaker.words):
                stands = speaker.person  # 大儿子说他那边也能落
            if stands == "spouse" and stands not in named:
                named[stands] = 2
            found.append(
                Mention(
                    stands,
                    "pronoun",
                    start,
                    end,
                    word,
                    plural=word in _PLURAL,
                )
            )
            continue
        if relation == NOBODY and behalf and _SOMEONE.search(plain[max(0, start - 8) : start]) and word in _ACQUAINTANCES:
            relation = "other"  # 我们单位一个同事托我问
        if relation == "fiance" and word == "对象" and _MARRIED.search(plain) and not _ENGAGED.search(plain):
            relation = "spouse"
        if relation == SELF and _ASKS.match(plain, end):
            continue  # 我就问老伴能不能落: who asks is nobody in the matter asked
        if word == "小两口" and any(m.person == "child" for m in found):
            relation = "child"  # 我儿子结婚六年了,小两口…
        if relation in (SELF, COUPLE):
            if relation == COUPLE and found and found[-1].person == NOBODY and found[-1].end == start:
                continue  # 房东两口子
            if word == "自己" and found and found[-1].relation not in (SELF, COUPLE):
                continue
            found.append(Mention(relation, relation, start, end, word, plural=relation == COUPLE))
            continue
        if _LIKENED.search(plain[max(0, start - 6) : start]) and word not in ("我", "俺"):
            continue  # 把我当亲儿子
        if found and found[-1].person == NOBODY and found[-1].end == start and _TITLE.fullmatch(word):
            last = found[-1]
            found[-1] = Mention(NOBODY, NOBODY, last.start, end, plain[last.start : end])  # 房东大爷
            continue
        owner: str | None = None
        person = relation
        if before and relation != NOBODY:
            if before.relation in (SELF, COUPLE):
                owner, start = SELF, before.start
                found.pop()
            elif before.relation == "pronoun" or (
                before.relation not in (NOBODY,)
                and (before.end == match.start() and composable(before.person, relation) or plain[before.end : match.start()] == "的")
            ):
                if before.relation == "pronoun" and before.person in named:
                    named[before.person] += 1
                owner = before.person
                person = of(before.person, relation)
                if before.person == "parent_in_law" and relation == "child" and _own_child(found, word):
                    person = "spouse"  # 婆婆…她儿子
                start = before.start
                found.pop()
        if relation in ("child", "other") and word in _OFFSPRING and owner is None:
            person = next((m.person for m in reversed(found) if m.relation in ("grandchild", "child", "step_child")), person)
        if owner is None and relation != NOBODY:  # 他姥爷…,姥爷…: the one already named
            person = next((m.person for m in reversed(found) if m.person.endswith("/" + relation)), person)
        if found and "/" in found[-1].person and _THAT_IS.fullmatch(plain[found[-1].end : start]):
            person = found[-1].person  # 她爸,也就是我儿子
        if (
            relation != NOBODY
            and owner != SELF
            and _SELF_CALLED.search(plain[max(0, start - 8) : start])
            and plain[match.end() : match.end() + 1] != "的"
        ):
            person = SELF  # 我是她后爸, 我一个老婆子
        if relation != NOBODY and _GONE.match(plain[match.end() :]):
            person = NOBODY
        elif relation != NOBODY and owner is None and _CALLS.match(plain, match.end()):
            found.append(Mention(SELF, SELF, start, end, word))  # 老大娘来电: the caller
            continue
        if person not in (SELF, NOBODY) and relation != NOBODY:
            named.setdefault(person, 0)
        if person not in (SELF, NOBODY) and relation != NOBODY and not _ASIDE.search(plain[max(0, start - 3) : start]):
            asked = bool(cue("people.on_behalf").search(plain[:start][-2:]))
            named[person] = named.pop(person, 0) + (3 if asked else 1)
        found.append(Mention(person, relation, start, end, plain[start:end], owner, word in _PLURAL))
    return found


def _own_child(found: list[Mention], word: str) -> bool:
    """Whether the child of a parent-in-law is the one married to the speaker: 婆婆's son, 岳母's daughter."""
    elder = next((m.words for m in reversed(found) if m.person == "parent_in_law" and m.relation != "pronoun"), "")
    return bool(
        _HUSBANDS_PARENT.search(elder) if word.endswith("儿子") else _HUSBANDS_PARENT.search(elder) is None and _FEMALE.search(word)
    )


_THAT_IS = cue("people.that_is")
_HUSBANDS_PARENT = cue("people.husbands_parent")
_NO_PERSON_BEFORE = cue("people.no_person_before")
_NO_PERSON_AFTER = cue("people.no_person_after")
_KINSFOLK = {"爹", "妈", "爸", "娘", "亲戚", "对象", "媳妇", "老婆", "老公", "朋友", "孩子", "小孩", "娃", "儿子", "闺女"}
_ONE_FIRM = cue("people.one_firm")
_CATEGORIES = {
    "配偶",
    "子女",
    "独生子女",
    "父母",
    "孙子女",
    "外孙子女",
    "祖父母",
    "外祖父母",
    "兄弟姐妹",
    "公婆",
    "岳父母",
    "夫妻",
    "亲戚",
    "儿女",
    "夫妻双方",
}
_CATEGORY = cue("people.category")
_ELDERS = {"老太太", "老人家", "老人", "老头", "老头儿", "老爷子"}
_OLD = {"parent", "grandparent", "parent_in_law"}
_LIKENED = cue("people.likened")
_TITLE = cue("people.title")
_CALLS = cue("people.calls")
_ON_BEHALF, _SOMEONE = cue("people.on_someones_behalf"), cue("people.someone")
_MARRIED, _ENGAGED = cue("people.married"), cue("people.engaged")
_ACQUAINTANCES = {"同事", "工友", "老乡", "同乡", "邻居", "租客", "同学", "舍友"}
_WEDDED = cue("people.wedded")
_ASKS = cue("people.asks")
_SAYS = cue("people.says")
_SELF_CALLED = cue("people.self_called")
_GONE = cue("people.gone")
_CALLERS = {"来电人", "诉求人", "市民", "咨询人", "致电人", "来访人", "该市民"}
_OFFSPRING = {"孩子", "小孩", "娃", "小家伙", "孩子们"}
_ASIDE = cue("people.aside")
_FEMALE = cue("people.female")
_MALE = cue("people.male")


def _fits(pronoun: str, words: str) -> bool:
    """Whether a pronoun may stand for somebody called so: not the other gender."""
    other = _MALE if pronoun.startswith("她") else _FEMALE
    return not other.search(words[-3:]) or bool((_FEMALE if pronoun.startswith("她") else _MALE).search(words[-3:]))


def _stands_for(word: str, named: Mapping[str, int], found: list[Mention], possessor: bool, wedded: bool, about: str) -> str:
    """Whom a pronoun stands for: the relative named most, of the fitting gender where the words tell; the latest of equals."""
    fits, unfits = (_FEMALE, _MALE) if word.startswith("她") else (_MALE, _FEMALE)
    several = word.endswith(("们", "俩"))
    unnamed = about if about != SELF else "spouse" if wedded or any(m.relation == COUPLE for m in found) else SELF  # 我俩领了证,他…
    stranger = NOBODY if any(m.relation == NOBODY for m in found) else unnamed
    nearest = (m for m in reversed(found) if m.relation not in (SELF, COUPLE, NOBODY, "pronoun"))
    fitting = (m.person for m in nearest if several or word == "其" or _fits(word, m.words))
    best, score = next(fitting, stranger), (-1, -1)
    for position, (person, count) in enumerate(named.items()):
        if "/" in person and (possessor or any(p == person.split("/")[0] for p in named)):
            continue
        words = [m.words for m in found if m.person == person and m.relation != "pronoun"]
        if words and not several and word != "其" and not any(_fits(word, w) for w in words):
            continue
        plural = any(m.plural for m in found if m.person == person)
        known = any(fits.search(w[-3:]) and not unfits.search(w[-3:]) for w in words)
        same_word = not words and any(m.words[:1] == word[:1] for m in found if m.person == person)
        gender = same_word or any(fits.search(w[-3:]) for w in words)
        fit = 2 * int(gender or word in ("ta", "其") or several) + 2 * int(plural == several)
        mark = (int(known) + fit + int(count >= 3), position)
        if mark > score:
            best, score = person, mark
    return best


def composable(owner: str, relation: str) -> bool:
    """Whether two kinship words side by side mean the one's relative (孩子姥姥) and not two people (老婆孩子, 爸妈)."""
    return (owner, relation) in {
        ("child", "grandparent"),
        ("child", "other"),
        ("grandchild", "parent"),
        ("sibling", "child"),
        ("sibling", "spouse"),
        ("child", "parent_in_law"),
        ("grandchild", "grandparent"),
        ("child", "parent"),
    }


def of(owner: str, relation: str) -> str:
    """Who somebody's relative is to the asker: the spouse's mother is a parent-in-law."""
    if owner in (SELF, COUPLE):
        return relation
    if owner == NOBODY:
        return NOBODY
    short = kin().compose.get(owner, {}).get(relation)
    return short if short else f"{owner}/{relation}"


def followed_relation(mover: str, followed: str) -> str:
    """What the person followed is to the mover, both as seen from the asker."""
    lexicon = kin()
    if mover in (SELF, COUPLE):
        return followed.split("/")[-1] if "/" in followed and followed.count("/") == 0 else (followed if "/" not in followed else "other")
    if followed in (SELF, COUPLE):
        return "other" if "/" in mover else lexicon.inverse.get(mover, "other")
    if followed.startswith(mover + "/"):
        return followed[len(mover) + 1 :].split("/")[-1]
    return lexicon.between.get(mover, {}).get(followed, "other")
