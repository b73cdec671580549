"""What a term of the document means (啥叫无房证明, 备案那个俺不知道是啥): that it is not defined, and the words that it stands in.

Terms that the document does explain, and those that a topic speaks of, are left to their topics.
"""

from __future__ import annotations

import re

from bot.conversation import hearing
from bot.conversation.state import Conversation
from bot.conversation.world import Heard, Turn, World
from bot.policy.model import Article, Pack, Role
from bot.reading.text.cues import cue
from bot.replies.answers import citation
from bot.replies.model import Reply, Said
from bot.replies.passages import without_number

_ASKED, _TOPICAL, _SHORT = cue("meanings.asked"), cue("meanings.topical"), cue("meanings.short")
_CLAUSE = re.compile(r"[^，,。；;：:\n]+")
_EXPLAINED, _LEAST = "（(", 3


def term_asked_for(plain: str) -> str | None:
    """The term whose meaning is asked for, and nothing else: 啥叫建制镇, 无房证明是啥; ``None`` where none is."""
    found = _ASKED.fullmatch(plain.strip(" ,。?!"))
    if found is None:
        return None
    term = next(words for words in found.groups() if words).strip("\"“”'的 ")
    return None if _TOPICAL.search(term) or len(term) < _LEAST and not _SHORT.fullmatch(term) else term


def meaning(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """That the document does not define a term of its own, with its words; ``None`` where it has no such term, or explains it."""
    term = term_asked_for(hearing.plain(heard.text))
    places = _places(pack, term) if term else []
    if not places or any(_explained(article, str(term)) for article in places):
        return None
    cited = citation(pack, places[0].path, _clause_with(places[0], str(term)))
    text = world.wording["term"].format(term=term, article=cited.article, quote="".join(cited.quote.split()))
    said = (Said(text, "states", (cited,)), world.wording.say("confirm_office"))
    return Turn(state, (Reply("not_stated", said, pack.identity.jurisdiction.id),))


def _places(pack: Pack, term: str) -> list[Article]:
    """The articles that hold a term, those that make a rule first."""
    holding = [a for a in pack.articles if term in _folded(a)]
    return sorted(holding, key=lambda a: a.role is not Role.OPERATIVE)


def _explained(article: Article, term: str) -> bool:
    """Whether brackets behind the term say what it takes in: 近亲属（指配偶、…）."""
    text = _folded(article)
    return any(text[m.end() : m.end() + 1] in tuple(_EXPLAINED) for m in re.finditer(re.escape(term), text))


def _clause_with(article: Article, term: str) -> str:
    """The clause of an article that holds the term; the term alone where a line break parts it."""
    return next((without_number(c) for c in _CLAUSE.findall(article.text) if term in "".join(c.split())), term)


def _folded(article: Article) -> str:
    return "".join(article.text.split())
