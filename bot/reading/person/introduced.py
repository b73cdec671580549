"""Whom a message means by 他 or 她 from the start, where it says so only later: 她户口济南,没结婚,是我妹; 我是他们闺女."""

from __future__ import annotations

from bot.reading.kin.kinship import kin
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue


def said_to_be(plain: str) -> str | None:
    """The person, seen from the asker, whom a pronoun stands for that names nobody told before; ``None`` where nothing says so."""
    lexicon = kin()
    for said_so, of_mine in ((cue("introduced.is_mine"), True), (cue("introduced.i_am_theirs"), False)):
        for said in said_so.finditer(plain):
            if of_mine and cue("introduced.of_ones_work").match(plain, said.end()):
                return "other"
            word = lexicon.pattern.match(plain, said.end())
            relation = lexicon.relation.get(word.group(), "") if word else ""
            if word is None or relation not in lexicon.inverse or not cue("introduced.and_no_more").match(plain, word.end()):
                continue
            return relation if of_mine else lexicon.inverse[relation]
    return None


def introduces(clause: Clause) -> bool:
    """Whether a clause says who somebody of the asker's work is (他是我手下一名业务员, 有个女员工…): the telling of that one begins."""
    said = (cue("introduced.of_ones_work").match(clause.text, m.end()) for m in cue("introduced.is_mine").finditer(clause.text))
    return any(said) or cue("strangers.of_ones_work").match(clause.text) is not None
