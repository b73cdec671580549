"""The papers of a rented home, told one by one, as a list, counted, or by what is missing.

(房本、合同、备案、无房证明都有; 四样都齐, 就差备案; 除了无房证明都有; 有合同没备案.)

A clause becomes a row of tokens, papers and words of having or lacking, and each such word is given the papers beside it: those told before
it that none has claimed, or else those that follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.eligibility.values import Choice
from bot.reading.paper.shops import of_shop
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause, statement
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

TITLE, CONTRACT, FILING, NO_HOME = "rent.title_paper", "rent.contract", "rent.filing", "rent.no_home_proof"
PAPERS = (TITLE, CONTRACT, FILING, NO_HOME)
_NAMES = {"title": TITLE, "contract": CONTRACT, "filing": FILING, "filed": FILING, "no_home": NO_HOME, "proper": "have", "three": "have"}
_ALL = "all"  # the papers counted or named as a whole: 四样材料
_NEAR = 7  # letters between a word of having and the paper it governs
_KEPT = 3  # clauses after which a paper with no word of its own is forgotten
_BARE = frozenset(group("papers.bare"))
_LACKS, _SHORT_DEED = group("papers.lacks"), group("papers.short_deed")
_TOKEN, _NOT_TOLD = cue("papers.token"), cue("papers.not_told")
_OWNERS, _ANOTHERS, _OTHER_PARTY = cue("papers.owners"), cue("papers.anothers"), cue("papers.other_party")
_DONE = cue("papers.done")
_OWNER_DID = cue("papers.owner_did")
_SIGNS, _ISSUES, _LOST, _LENDS = cue("papers.signs"), cue("papers.issues"), cue("papers.lost"), cue("papers.lends")
_SINGLES_OUT, _NOTHING_ELSE, _REST = cue("papers.singles_out"), cue("papers.nothing_else"), cue("papers.rest")
_THREE, _NOT_A_THING = cue("papers.three"), cue("papers.not_a_thing")
_HEADER, _PARTICLE, _TOGETHER = cue("papers.header"), cue("papers.particle"), cue("papers.together")


@dataclass(frozen=True)
class _Token:
    kind: str  # a fact, _ALL, or have / fine / deny / lacking / except / oral
    text: str
    start: int
    end: int
    order: int

    @property
    def paper(self) -> bool:
        """Whether it names something one may have: papers of the home, or something else (社保), which only keeps its own word."""
        return self.kind in (*PAPERS, _ALL, "other")


@dataclass
class _Told:
    """What is told of each paper so far; ``rest`` is the word that tells of all papers not named."""

    named: dict[str, tuple[str, _Token]] = field(default_factory=dict)
    rest: _Token | None = None
    excepted: list[_Token] = field(default_factory=list)
    partly: bool = False  # 四样有三样: the rest is there only if it is said what is not

    def say(self, papers: list[_Token], value: str, by: _Token, whole: tuple[str, ...] = ()) -> None:
        for paper in papers:
            if paper.kind == _ALL:
                if value == "yes":
                    self.rest = by
                elif len(papers) == 1:
                    self.named.update({fact: ("no", paper) for fact in whole if fact not in self.named})  # 手续一样没办
            elif by.text in _LACKS and cue("papers.copy").search(paper.text):
                continue  # no copy in hand yet is no owner without a deed
            elif paper.kind in PAPERS and _may(paper.kind, by, papers, value):
                self.named[paper.kind] = (value, paper)


def read_papers(ledger: Ledger, public: bool) -> None:
    """Enter what the message tells of the papers of a rented home; of a ``public`` one only the two that it does without."""
    told = _Told()
    pending: list[_Token] = []
    header: _Token | None = None
    sentence = -1
    for order, clause in enumerate(ledger.clauses):
        if clause.sentence != sentence:
            _under(header, pending, told)
            pending, header, sentence = [], None, clause.sentence
        if clause.hearsay or clause.hedged or _asked_or_supposed(clause.text):
            pending = []
            continue
        tokens = _tokens(ledger, clause, order)
        told.partly = told.partly or any(_THREE.search(t.text) for t in tokens if t.kind == "have")
        pending = [p for p in pending if order - p.order <= _KEPT]
        if tokens and tokens[0].kind == "other":
            _under(header, pending, told)
            pending, header = [], None
        pending = _walk(tokens, pending, told, clause)
        if any(t.kind in ("have", "fine") for t in tokens) and _HEADER.search(clause.text):
            header = tokens[-1]
    _under(header, pending, told)
    _settle(told)
    if told.partly and all(value == "yes" for value, _ in told.named.values()):
        told.rest = None
    found = {**{fact: ("yes", told.rest) for fact in PAPERS if told.rest is not None}, **told.named}
    for fact, (value, token) in found.items():
        if public and fact in (TITLE, CONTRACT) and not (fact == CONTRACT and value == "no"):
            continue  # 没签租房合同: that there is none is told of any home
        person = ledger.subjects[token.order]
        ledger.claims[:] = [c for c in ledger.claims if c.fact != fact]
        start = ledger.clauses[token.order].start
        ledger.claims.append(
            Claim(person, fact, Choice(frozenset({value})), start + token.start, start + token.end, token.order, False, True)
        )


def _asked_or_supposed(text: str) -> bool:
    """Whether a clause tells nothing: 不备案能落吗 supposes, but 没备案能落吗 tells what was not done and asks on."""
    return bool(_NOT_TOLD.search(statement(text) if "没" in text else text))


def _under(header: _Token | None, papers: list[_Token], told: _Told) -> None:
    """Papers listed after a clause that says all are there (该办的都办了: 房本、合同、备案)."""
    if header is not None and len({p.kind for p in papers if p.kind in PAPERS}) > 1 and papers[0].order > header.order:
        told.say(papers, "yes", header)


def _tokens(ledger: Ledger, clause: Clause, order: int) -> list[_Token]:
    """The papers and the words of having and lacking in one clause, from left to right."""
    found: list[_Token] = []
    for m in _TOKEN.finditer(clause.text):
        name = str(m.lastgroup)
        kind = _NAMES.get(name, name)
        token = _Token(kind, m.group(), m.start(), m.end(), order)
        if token.text in _BARE and not _complete(clause.text, token, _TOKEN):
            continue
        refused = bool(found) and found[-1].kind == "deny" and m.start() - found[-1].end <= _NEAR
        if token.paper and (clause.planned(m.start()) and not refused or not _of_the_rented_home(token, ledger, clause, order)):
            continue
        found.append(token)
        if name == "filed" and not refused:
            found.append(_Token("have", m.group(), m.end(), m.end(), order))
    return found


def _complete(text: str, token: _Token, tokens: re.Pattern[str]) -> bool:
    """Whether a bare 有 or 没 speaks of a paper: it ends its clause, or a paper or another such word comes next (not 有一套, 没换过)."""
    follows = tokens.search(text, token.end)
    return (
        token.end == len(text)
        or _PARTICLE.match(text, token.end) is not None
        or follows is not None
        and follows.start() - token.end <= _NEAR
    )


def _of_the_rented_home(token: _Token, ledger: Ledger, clause: Clause, order: int) -> bool:
    """Whether a title deed or a contract is that of the home rented, and not one's own or the employer's."""
    if token.kind not in (TITLE, CONTRACT):
        return True
    if token.kind == CONTRACT and _OTHER_PARTY.search(clause.text):
        return False
    if token.kind == CONTRACT and "房" not in clause.text[token.start : token.end] and of_shop(ledger, order):
        return False  # 门头房整一套,租约签了五年
    near = [c.text for c in ledger.clauses[max(0, order - 1) : order + 2]]
    if _ANOTHERS.search(clause.text[max(0, token.start - 8) : token.end + 5]):
        return False
    if token.text in _SHORT_DEED and not _OWNERS.search(clause.text):
        return False
    if _OWNERS.search(clause.text) or any(_other_paper(text, token) for text in near):
        return True
    at_work = any(abs(t.order - order) <= 1 for t in ledger.jobs)
    return any(_OWNERS.search(text) for text in near) and not (token.kind == CONTRACT and at_work)


def _other_paper(text: str, token: _Token) -> bool:
    """Whether a text names another paper of a rented home than this one."""
    return any(
        m.lastgroup in ("filing", "filed", "no_home", "all") or _NAMES.get(str(m.lastgroup), token.kind) != token.kind
        for m in _TOKEN.finditer(text)
        if m.lastgroup in _NAMES or m.lastgroup == _ALL
    )


def _walk(tokens: list[_Token], pending: list[_Token], told: _Told, clause: Clause) -> list[_Token]:
    """Give each word of having or lacking its papers; the papers still without one are returned."""
    at = 0
    behind = False  # whether the words of having stand behind their papers here (备案有房产证有无房证明…)
    while at < len(tokens):
        token = tokens[at]
        if token.paper:
            pending.append(token)
            at += 1
            continue
        if token.kind == "oral":
            told.named[CONTRACT] = ("no", token)
            at += 1
            continue
        run = _following(tokens, at)
        after = tokens[at + 1 + len(run)] if at + 1 + len(run) < len(tokens) else None
        if token.kind == "except":
            told.excepted += run
            at += 1 + len(run)
            continue
        own = bool(pending) and pending[-1].order == token.order
        if run and own and token.kind == "have" and clause.text.startswith("的", token.end) and _claimed_later(run, after):
            at += 1  # 合同、房产局给的备案都有: from whom it comes
            continue
        same_way = behind and token.kind == "have"
        backward = bool(pending) and not run
        backward = backward or own and (same_way or _claimed_later(run, after) or _nearer_before(pending[-1], token, run[0]))
        behind = behind or backward and token.kind == "have" and bool(run)
        if token.kind == "have" and own and run and not backward:
            told.say(pending, "yes", token)
            pending = []
        if token.kind == "have" and run and not own and _denied_later(tokens, at + 1 + len(run)):
            told.rest = token if _REST.search(clause.text[: token.end]) else told.rest  # 别的都有就是无房证明开不出来
            at += 1
            continue
        if backward:
            _say_of(_claimed(pending, token, clause), token, told, clause)
            pending = []
            at += 1
        elif run:
            _say_of(run, token, told, clause)
            at += 1 + len(run)
        else:
            _say_of_the_rest(token, told, clause)
            at += 1
    return pending


def _claimed(pending: list[_Token], token: _Token, clause: Clause) -> list[_Token]:
    """Which of the papers told before a word are meant: those of its clause, those of the clauses before only if there are none, or 都."""
    own = [p for p in pending if p.order == token.order]
    if not own:
        return pending if token.start <= _NEAR + 1 else []
    return pending if token.kind in ("have", "fine") and _TOGETHER.search(clause.text[: token.end]) else own


def _following(tokens: list[_Token], at: int) -> list[_Token]:
    """The papers that stand right after a word of having or lacking, one beside another."""
    run: list[_Token] = []
    end = tokens[at].end
    for token in tokens[at + 1 :]:
        if not token.paper or token.start - end > _NEAR:
            break
        run.append(token)
        end = token.end
    return run


def _claimed_later(run: list[_Token], after: _Token | None) -> bool:
    """Whether the papers that follow have a word of their own behind them (合同有,备案没有)."""
    return after is not None and after.kind in ("have", "fine", "deny") and after.start - run[-1].end <= _NEAR


def _denied_later(tokens: list[_Token], at: int) -> bool:
    """Whether the word at a place denies the papers before it, having none of its own behind it (not 有合同没备案)."""
    if at >= len(tokens) or tokens[at].kind != "deny" or _following(tokens, at):
        return False
    return tokens[at].start - tokens[at - 1].end <= _NEAR


def _nearer_before(before: _Token, token: _Token, after: _Token) -> bool:
    """Whether a denial stands right behind the paper before it and well before the next (备案办不成因为要看房本)."""
    if token.kind != "deny" or before.order != token.order:
        return False
    other = after.kind == "other" and before.kind != "other" and token.text not in _BARE  # 备案没弄社保没交
    return other or token.start - before.end < after.start - token.end


def _say_of(papers: list[_Token], token: _Token, told: _Told, clause: Clause) -> None:
    value = "yes" if token.kind in ("have", "fine") else "no"
    whole = next((p for p in papers if p.kind == _ALL), None)
    if whole is not None and value == "no" and len(papers) > 1:
        papers = [p for p in papers if p.kind != _ALL]
        if _SINGLES_OUT.search(clause.text[whole.end if whole.order == papers[0].order else 0 : papers[0].start]):
            told.rest = token  # 四样里就无房证明没开
    told.say(papers, value, token, _whole(clause))


def _whole(clause: Clause) -> tuple[str, ...]:
    """What is missing where no paper at all is there: the filing and, unless it is the owner who did nothing, the tenant's own proof."""
    if _NOT_A_THING.search(clause.text) is None:
        return ()
    return (FILING,) if _OWNER_DID.match(clause.text) else (FILING, NO_HOME)


def _say_of_the_rest(token: _Token, told: _Told, clause: Clause) -> None:
    """A word with no paper beside it: what remains (别的都有), where some were excepted or told before."""
    if token.kind in ("have", "fine") and (told.excepted or told.named) and _REST.search(clause.text[: token.end]):
        told.rest = token
    elif token.kind == "deny" and told.excepted and _NOTHING_ELSE.search(clause.text):
        told.say(told.excepted, "yes", token)
        rest = [FILING, NO_HOME]
        told.named.update({fact: ("no", token) for fact in rest if fact not in {p.kind for p in told.excepted}})
        told.excepted = []


def _settle(told: _Told) -> None:
    """What was excepted is missing where the rest is there (除了备案,房本合同都有)."""
    if told.excepted and (told.rest is not None or any(value == "yes" for value, _ in told.named.values())):
        for paper in told.excepted:
            if paper.kind in PAPERS:
                told.named[paper.kind] = ("no", paper)


def _may(paper: str, by: _Token, papers: list[_Token], value: str) -> bool:
    """Whether a word can be said of a paper: contracts are signed, certificates issued, deeds lent or lost."""
    if _SIGNS.search(by.text):
        return paper == CONTRACT or all(p.kind != CONTRACT for p in papers)
    if _LOST.search(by.text) or _LENDS.fullmatch(by.text) and not (value == "yes" and _DONE.search(by.text)):
        return paper == TITLE  # 房东肯给: his deed; 备案证明房管也给了: whatever was handed out
    return not (value == "no" and paper == CONTRACT and len(papers) > 1 and _ISSUES.search(by.text))
