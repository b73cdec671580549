"""Who wants to register and whom they follow, read from the clauses that speak of moving a register."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.eligibility.values import Choice
from bot.reading.claims import Ledger, along, things
from bot.reading.clauses import Clause
from bot.reading.people import COUPLE, NOBODY, SELF, Mention, followed_relation, kin


@dataclass(frozen=True)
class Wish:
    """One person who wants to register: who (seen from the asker), the words, and the one followed, if any was said."""

    person: str
    words: str
    followed: str | None
    relation: str | None
    order: int
    spoken: bool  # whether the words name the mover, rather than leaving it to the context


MOVE = re.compile(
    r"户口(?:能|想|也|一起|可以|就)*(?:跟着?|随着?)(?:我|他|她|俺)|(?:随|跟)着?[^,]{1,6}落|落[^,，。]{1,6}(?:村|城区|城里|镇上)|落(?:到|在|进|下|个|上|他|她|我|这|那|户|护|不|吗|么|得|村|城|镇|集体|户口)|(?:能|想|要|可以|不能|让)落|入户|"
    r"迁(?!就)|投靠|投奔|随迁|转(?:户口|过来|"
    r"到)|户口(?:[^,]{0,10})(?:挪|弄|办|转|挂|上|落|迁|放)|(?:挪|弄|办|转|挂|上|报)(?:[^,]{0,4})户口|(?:来|去)(?:落户|上户)|"
    r"跟着?(?:[^,]{0,6})(?:落|迁|走户)|挂靠|把[^,]{1,8}接(?:过来|来|到)"
)
WANT = re.compile(
    r"想|能|可以|可不可以|要|打算|希望|行|吗|不$|没$|让|得了|如何|怎么|咋|愿意|算|够|帮|替|把|给|中不中|成不|准备|"
    r"申请|办|有没有|条件|需要|求|投靠|投奔|随迁|来跟"
)
_FOLLOW = re.compile(
    r"(?:投靠[^,]{1,8}的|投靠|投奔|跟着?|随着?|和|与|同|依靠|靠|落户?(?:到|在|进|去)?|迁(?:到|去|往|来|过来|过去|进|"
    r"入|回)?|挂(?:到|在)?|"
    r"落户口(?:到|在)?|户口(?:[^,]{0,6})?(?:到|在|进|往)|转(?:到|来|去)|挪(?:到|来)|(?:办|弄|上|入)(?:到|在|来|进))$"
)
_SIDE = re.compile(
    r"^(?:们)?(?:的)?(?:这|那|户口|名下|家|本|村|屋|身边|里|户|房|处|户上|头上|过|走|落|迁|办|住|来|上|一起|一块|,|"
    r"。|$|吗|行|能|不|\?|的|\(|就|可|[^,。]{0,8}(?:的)?(?:房子?上|户口上|家里?$))"
)
_SPEAKS = re.compile(r"(?:也|都|就|老|又)?(?:跟我|给我)?(?:说|讲|劝|催|嫌|问|担心|怕)")
_WITH_FAMILY = re.compile(r"一块(?!住|儿住)|一起(?!住|生活|过)|一并|全家|一家|一同|连(?:同|着)")
_PAST_MOVE = re.compile(
    r"(?:落|迁|转)(?:了|过|的)(?:户)?|迁出(?:去)?(?:的|了)|(?:以前|当年|那年|年)(?:[^,]{0,10})(?:落|迁)|(?:户口)(?:早就|已经|前年|"
    r"去年)(?:[^,]{0,4})(?:迁|落)|没(?:有)?(?:迁|落|动)|落(?:在|到)(?:[^,想能把]{1,10})了|(?:里|上)?没人落|不让落|"
    r"同意(?:我)?(?:[^,]{0,4})落|让我落|(?:说|讲)(?:[^,]{0,8})落不(?:了|成)"
)


def _mentions(ledger: Ledger, clause: Clause) -> list[Mention]:
    return [m for m in ledger.people if clause.start <= m.start < clause.end]


def _key(mention: Mention, mover: str, ledger: Ledger | None = None) -> str:
    """The followed person's key once the mover is known: a bare 爷爷 beside a granddaughter is hers."""
    person = mention.person
    if mention.relation == "pronoun":
        return person
    if mover not in (SELF, COUPLE) and mention.relation not in (SELF, COUPLE):
        inverse = kin().inverse.get(mover)
        if mention.owner == SELF and mention.words[:2] in ("我们", "俺们", "咱们", "我俩", "俺俩") and inverse == mention.relation:
            return SELF
        if (
            mention.bare
            and inverse == mention.relation
            and ledger is not None
            and (any(c.person in (SELF, COUPLE) for c in ledger.stands) or any(t.person in (SELF, COUPLE) for t in ledger.homes))
        ) and not any(m.relation == mention.relation and m.owner not in (None, SELF) for m in ledger.people):
            return SELF
        if mention.bare and "/" not in person:
            return f"{mover}/{mention.relation}"
    return SELF if person == COUPLE else person


def find_wishes(ledger: Ledger, plain: str) -> list[Wish]:
    """Every person the message wants registered, in order; at least one entry where any clause speaks of moving a register."""
    found: list[Wish] = []
    for match in re.finditer(r"替|帮|代|给|是", plain):
        for m in ledger.people:
            if (
                (
                    m.start == match.end()
                    and re.match(r"(?:来|们)?(?:问|打听|咨询|了解|查|申请)", plain[m.end :])
                    and m.person not in (SELF, NOBODY, COUPLE)
                )
                and match.group() != "是"
                and m.relation != "pronoun"
            ):
                found.append(Wish(m.person, m.words, None, None, -1, True))
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay and not re.search("我|俺", clause.text):
            continue
        move = MOVE.search(clause.text)
        if not move:
            continue
        if _PAST_MOVE.search(clause.text) and not re.search(r"想|能(?:不能|把)?|把|行|吗|$^|可以", clause.text):
            continue
        if not WANT.search(clause.text) and not clause.asks:
            continue
        mentions = _mentions(ledger, clause)
        mover, words, spoken, at = _mover(ledger, clause, order, mentions, move.start(), plain)
        followed = _followed(ledger, clause, mentions, mover, plain, at)
        if mover == NOBODY:
            continue
        if not spoken and found:
            last = found[-1]
            if followed and not last.followed:
                key = followed
                found[-1] = Wish(last.person, last.words, key, _relation(last.person, key), order, last.spoken)
            continue
        found.append(Wish(mover, words, followed, _relation(mover, followed) if followed else None, order, spoken))
    if not found:
        first = next((m for m in ledger.people if m.relation not in (COUPLE, NOBODY, "pronoun")), None)
        if (
            first is not None
            and first.person != SELF
            and any(c.fact == "hukou.place" for c in along(ledger, first.person))
            and not any(c.fact == "hukou.place" for c in along(ledger, SELF))
            and (_lodger(ledger) == first.person or _silent(ledger))
        ):
            found.append(Wish(first.person, first.words, None, None, -1, True))
    return found


def _relation(mover: str, followed: str) -> str:
    return followed_relation(mover, followed)


def _mover(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], at: int, plain: str) -> tuple[str, str, bool, int]:
    """Who the clause wants moved, the words, whether they were said, and where."""
    for m in mentions:
        before = plain[clause.start : m.start]
        if _SPEAKS.match(plain, m.end) and m.relation not in (SELF, COUPLE):
            continue
        if re.search(r"(?:让|叫|给|帮)$", before) and m.relation not in (SELF, COUPLE, NOBODY) and m.start < clause.start + at:
            return m.person, _words(ledger, m.person) or m.words, True, m.start
        if re.search(r"把$", before) and m.relation != NOBODY:
            if m.relation == SELF:
                return SELF, m.words, True, m.start
            if _WITH_FAMILY.search(clause.text[m.end - clause.start :]) and not _has_register_here(ledger, SELF):
                return SELF, "我", True, m.start
            return m.person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    for m in mentions:
        before = plain[clause.start : m.start]
        if (
            re.search(r"(?:想让|让|叫|接|帮|替|给|为)$", before)
            and m.start < clause.start + at + 4
            and m.relation not in (NOBODY, SELF, COUPLE)
        ) and (not re.search(r"(?:给|替|帮|让)$", before) or MOVE.search(plain[m.end : clause.end])):
            return m.person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    for m in mentions:
        before = plain[clause.start : m.start]
        if m.start >= clause.start + max(at, 1) + 2 and m.start > clause.start:
            break
        if re.search(r"(?:跟着?|和|与|同|随|投靠|投奔|靠|从|在|到|落|迁|给|向|凭|对|替|帮|把|按)$", before):
            if re.search(r"(?:和|跟|与)$", before) and re.search(r"(?:我|俺)$", before[:-1]):
                return SELF, "我", True, m.start
            continue
        after = plain[m.end : m.end + 2]
        if re.match(r"(?:这(?!几|两)|那(?!时))", after) and m.relation in (SELF, "pronoun"):
            continue
        if m.relation == NOBODY:
            if MOVE.search(plain[m.end : clause.end]):
                return NOBODY, m.words, True, m.start
            continue
        if (
            m.relation not in (SELF, COUPLE, "pronoun")
            and re.match(r"(?:的)?(?:房|名下|户口(?:本)?(?:上|里))|(?:那|这)(?!边想)", plain[m.end :])
            and not m.plural
        ):
            continue
        if m.relation not in (SELF, COUPLE) and re.match(r"(?:上学|要上|看病|结婚用)", plain[m.end :]):
            continue
        person = SELF if m.person == COUPLE else m.person
        return person, m.words if m.relation != "pronoun" else _words(ledger, m.person) or m.words, True, m.start
    lodger = _lodger(ledger)
    if lodger is not None:
        return lodger, _words(ledger, lodger), True, -1
    carried = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    if carried in (SELF, COUPLE, NOBODY):
        return SELF, "", False, -1
    if (
        carried not in (SELF, COUPLE)
        and re.search(r"(?:跟|随)着?我|和我|投靠我|落我|迁(?:到|来)我|我(?:这|们这|户口|名下)|俺(?:这|户口)|来$", clause.text)
        or _moves_itself(ledger, carried, order)
    ):
        return carried, _words(ledger, carried), True, -1
    return SELF, "", False, -1


def _words(ledger: Ledger, person: str) -> str:
    return next((m.words for m in ledger.people if m.person == person and m.relation != "pronoun"), "")


def _silent(ledger: Ledger) -> bool:
    """Whether the asker neither appears nor is told anything of."""
    told = along(ledger, SELF) or things(ledger.homes, SELF) or things(ledger.jobs, SELF)
    return not told and not any(m.relation in (SELF, COUPLE) for m in ledger.people)


def _has_register_here(ledger: Ledger, person: str) -> bool:
    return any(c.fact == "hukou_here" for c in along(ledger, person))


def _lodger(ledger: Ledger) -> str | None:
    """The relative the message opens with as living with the asker (我岳父在我家住了五年), whom a question with no subject is about."""
    first = next((m for m in ledger.people if m.relation not in (SELF, COUPLE, NOBODY, "pronoun")), None)
    if first is None or first.person in ("spouse", NOBODY) or not ledger.clauses or first.start >= ledger.clauses[0].end:
        return None
    if any(c.fact == "hukou.place" for c in along(ledger, SELF)):
        return None
    found = re.search(
        r"(?:跟|和|在|随|与)(?:着)?(?:我|俺|我们|俺们|其|我家|俺家)(?:[^,]{0,8})?(?:住|过|生活)",
        ledger.clauses[0].text[max(0, first.end - ledger.clauses[0].start) :],
    )
    return first.person if found else None


def _moves_itself(ledger: Ledger, person: str, order: int) -> bool:
    """Whether a relative carried as subject is the one to move: a register elsewhere or a wish was told of them, none of the asker."""
    own = along(ledger, person)
    if any(c.fact == "hukou.place" for c in own) and not any(c.fact == "hukou.place" for c in along(ledger, SELF)):
        return True
    if any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in own):
        return True
    if _silent(ledger) and own:
        return True
    previous = ledger.clauses[order - 1].text if order else ""
    return bool(re.search(r"投靠|投奔|想来|想落|想跟|要来|来投", previous)) and not re.search("我想|俺想", previous)


def _followed(ledger: Ledger, clause: Clause, mentions: list[Mention], mover: str, plain: str, at: int) -> str | None:
    """The person the clause says the mover goes to."""
    for m in mentions:
        if m.start == at or m.relation == NOBODY:
            continue
        before = plain[clause.start : m.start]
        if not _FOLLOW.search(before) or not _SIDE.match(plain[m.end : m.end + 4]):
            continue
        if re.search(r"(?:和|与|同)$", before) and not re.search(r"住|落|迁|户", plain[m.end : clause.end]):
            continue
        if re.search(r"(?:我|俺|他|她)(?:和|跟|与)$", before):
            continue
        key = _key(m, mover, ledger)
        if m.words == "自己":
            continue
        if key == mover or (key == SELF and mover == SELF):
            continue
        return key
    return None


def unsaid_followed(ledger: Ledger, mover: str, plain: str, home_people: list[str]) -> str | None:
    """Whom the mover follows where no clause says so: the one they live with, else the one told to be at the destination."""
    together = re.search(
        r"(?:跟着?|和|与|同)([^,。]{1,8}?)(?:住(?:在)?(?:一|同)|一(?:起|块|直)(?:儿)?(?:住|过|生活)|(?:一直|都)?住|过日子|生活)", plain
    )
    if together:
        for m in ledger.people:
            if together.start(1) <= m.start < together.end(1) and m.relation != NOBODY:
                key = _key(m, mover, ledger)
                if key != mover and (key in home_people or key == SELF or not home_people):
                    return key
    if mover not in (SELF, COUPLE):
        if SELF in home_people:
            return SELF
        if re.search(r"(?:迁|落|转|接|弄)(?:[^,]{0,3})(?:来|我)", plain) and not home_people:
            return SELF
    candidates = [p for p in home_people if p not in (mover, NOBODY, COUPLE) and not (mover == SELF and p == SELF)]
    return max(candidates, key=lambda p: len(along(ledger, p)) + len(things(ledger.homes, p)) + len(things(ledger.jobs, p)), default=None)
