"""Whose word on registering at a rented home counts, and what it is: the owner's, and every owner's, never a tenant's who lets it on.

Words of agreeing, of refusing and of leaving it open are taken in the order they are told; the last one of the owner counts
(先不同意,后来松口了).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.person.strangers import tenant_named
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause, statement
from bot.reading.text.cues import cue

_FACT = "rent.owner_consent"
_SPEAKER, _VERDICT = cue("consent.speaker"), cue("consent.verdict")
_HOLDS_BACK, _NOT_TOLD, _IF_ONLY = cue("consent.holds_back"), cue("consent.not_told"), cue("consent.if_only")
_REGISTER, _ANOTHER_MATTER = cue("consent.register"), cue("consent.another_matter")
_OWNER_IS = cue("consent.owner_is")
_IN_THE_NAME_OF, _BOTH = cue("consent.in_the_name_of"), cue("consent.both")
_REPORTS, _AT_THE_HOME = cue("consent.reports"), cue("consent.at_the_home")
_CO_OWNED, _UNHEARD = cue("consent.co_owned"), cue("consent.unheard")
_THEN = cue("consent.then")
_PAPER, _HAS_SAID = cue("consent.paper"), cue("consent.has_said")
_THEIRS, _THEY_RENT = cue("consent.theirs"), cue("consent.they_rent")
_MY_WORD = cue("consent.my_word")
_IS_IT_ENOUGH = cue("consent.is_it_enough")
_WHETHER = cue("consent.whether")
_FORGETS = 3  # clauses after which 他 is no longer the owner
_JOINED = 2  # letters at most between 不乐意 and 让我落, which is no consent


@dataclass(frozen=True)
class _Word:
    """What one word of the owner's comes to: ``yes``, ``no`` or ``open``, and where it stands."""

    value: str
    start: int
    end: int
    order: int


def read_consent(ledger: Ledger, plain: str) -> None:
    """Enter the owner's word on registering at the rented home, where one is told and stands."""
    words = _words(ledger, plain)
    if not words:
        return
    last = words[-1]
    values = {w.value for w in words}
    if _CO_OWNED.search(plain) and (_UNHEARD.search(plain) or len(values) > 1):
        return
    named = _IN_THE_NAME_OF.search(plain)
    if named and last.value == "yes" and not any(_speaks(ledger.clauses[w.order], named.group("owner")) for w in words):
        return
    if last.value != "open":
        ledger.claims.append(Claim(SELF, _FACT, Choice(frozenset({last.value})), last.start, last.end, last.order, False, True))


def _speaks(clause: Clause, owner: str) -> bool:
    """Whether a word of leave comes from the one in whose name the home is, or from both him and the landlord."""
    return owner in clause.text or _BOTH.search(clause.text) is not None


def _words(ledger: Ledger, plain: str) -> list[_Word]:
    """Every word of the owner's on the register, in order."""
    found: list[_Word] = []
    speaker, since, named = "", 0, 0
    own = _THEIRS.search(plain) and not _THEY_RENT.search(plain)
    body = "owner" if own else "other"
    landlord = tenant_named(plain) is not None
    for order, clause in enumerate(ledger.clauses):
        if _IS_IT_ENOUGH.fullmatch(clause.text):
            continue  # 中不中: the asker's question, nobody's refusal
        if clause.hearsay and not _SPEAKER.search(clause.text):
            continue
        if _THEN.search(clause.text):
            speaker = "other"
            continue  # 以前在周村租房的时候房东倒是同意
        if order - since > _FORGETS:
            speaker = ""
        before = ledger.clauses[order - 1].text if order else ""
        first = _SPEAKER.search(clause.text)
        says_so = first is not None and first.lastgroup == "pronoun" and _VERDICT.match(clause.text)  # 房东人好,答应我落她房上
        goes_on = says_so or _HAS_SAID.search(before) and (first is None or first.lastgroup == "pronoun")
        if speaker == "owner" and since == order - 1 and goes_on:
            _hear(ledger, clause, order, 0, speaker, before, found)  # 房东说了,我可以落他房上
        for m in _SPEAKER.finditer(clause.text):
            if speaker == "owner" and since == order and m.lastgroup == "other" and _OWNER_IS.fullmatch(clause.text, named, m.start()):
                continue
            if not (m.lastgroup == "owner" and speaker == "other" and since == order and _REPORTS.search(clause.text, 0, m.start())):
                speaker, since, named = _who(str(m.lastgroup), speaker, clause, body), order, m.end()  # 中介说房东会同意: the agent's word
            _hear(ledger, clause, order, m.end(), speaker, before, found)
        if landlord and (first is None or first.lastgroup != "owner") and _MY_WORD.search(clause.text):
            _hear(ledger, clause, order, 0, "owner", before, found)
        elif first is None and not _named(ledger, clause):
            _hear(ledger, clause, order, 0, speaker, before, found)
        _read_paper(clause, order, speaker, found)
    return found


def _read_paper(clause: Clause, order: int, speaker: str, found: list[_Word]) -> None:
    """Take a paper of consent that is in hand for the owner's word, unless somebody else speaks or the clause gave one already."""
    m = _PAPER.search(clause.text)
    if m is None or speaker == "other" or clause.asks or clause.hedged or clause.planned(m.start()) or _NOT_TOLD.search(clause.text):
        return
    if not any(w.order == order for w in found):
        found.append(_Word("yes", clause.start + m.start(), clause.start + m.end(), order))


def _who(kind: str, speaker: str, clause: Clause, body: str) -> str:
    """Who speaks now: the owner, somebody else, or the one a pronoun stands for; ``body`` is what an employer or a school is here.

    A pronoun for nobody named before is the owner where it is about registering at the rented home (求了几回,人家就是不让俺落他房上).
    """
    if kind == "body":
        return body
    if kind != "pronoun":
        return kind
    return speaker or ("owner" if _AT_THE_HOME.search(clause.text) else "")


def _named(ledger: Ledger, clause: Clause) -> bool:
    """Whether the clause begins with the asker or somebody of the family, whose word is not the owner's (我妈同意; 俺跑了几趟没个准话)."""
    return any(m.start == clause.start and m.person != NOBODY and m.relation != "pronoun" for m in ledger.people)


def _hear(ledger: Ledger, clause: Clause, order: int, at: int, speaker: str, before: str, found: list[_Word]) -> None:
    """Take what stands behind the speaker's name up to the next one, if it is the owner's and about the register."""
    if speaker != "owner":
        return
    text = clause.text
    following = _SPEAKER.search(text, at)
    end = following.start() if following and following.lastgroup != "pronoun" else len(text)
    if _off_the_matter(text, before):
        return
    if clause.hedged or _HOLDS_BACK.search(text, max(0, at - 6), end):
        if not clause.hedged or _VERDICT.search(text, at):
            found.append(_Word("open", clause.start + at, clause.start + end, order))
        return
    if _NOT_TOLD.search(statement(text)) or clause.asks and not at:
        return
    for m in _VERDICT.finditer(text, at, end):
        if any(p.span[0] <= clause.start + m.start() < p.span[1] for p in ledger.places):
            continue  # 户口汉中
        if any(w.start() <= m.start() < w.end() for w in _WHETHER.finditer(text)):
            continue  # 落户成不成
        if str(m.lastgroup) == "no" and found and found[-1].value == "no" and found[-1].end == clause.start + m.start():
            found[-1] = replace(found[-1], end=clause.start + m.end())  # 死活|不松口|让落: one refusal
            continue
        part_of_refusal = bool(found) and found[-1].value == "no" and 0 <= clause.start + m.start() - found[-1].end <= _JOINED
        if not part_of_refusal and not clause.planned(m.start()) and not _IF_ONLY.match(text, m.end()):
            found.append(_Word(str(m.lastgroup), clause.start + m.start(), clause.start + m.end(), order))


def _off_the_matter(text: str, before: str) -> bool:
    """Whether the clause, or the one it answers, is about the rent, the filing, a deed …, and not about the register."""
    if _REGISTER.search(text):
        return False
    return bool(_ANOTHER_MATTER.search(text) or (_ANOTHER_MATTER.fullmatch(before[-6:]) and not _REGISTER.search(before)))
