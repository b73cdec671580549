"""Articles named by their number (三(三)能否, 二(二)说的啥, 第二条第三款原文), as officials and clerks do.

Who asks what an article says gets the topics that rest on it; who asks for its words, or for one that no topic rests on, the words.
"""

from __future__ import annotations

from bot.conversation.subject import GENERAL, IN_GENERAL
from bot.policy.model import Article, Pack, Role, Topic
from bot.policy.tree import children
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.replies.answers import citation
from bot.replies.model import Citation, Reply, Said
from bot.replies.passages import sentence_with
from bot.replies.wording import Wording

_PATH, _COUNTED, _PART = cue("articles.path"), cue("articles.counted"), cue("articles.part")
_VERBATIM, _MATTER = cue("articles.verbatim"), cue("articles.matter")
_SAID_WHERE, _WHERE_SAID = cue("articles.said_where"), cue("articles.where_said")
_NUMERALS = group("articles.numerals")
_PLACES = 2
_LONGEST = 400
"""What is longer is no reply; the parts of such an article are named instead."""


def names_article(plain: str) -> bool:
    """Whether the plain text names an article by its number."""
    return bool(_paths(plain))


def topics_named(pack: Pack, plain: str) -> tuple[str, ...]:
    """The topics of the first article of the pack's document that the plain text names.

    One for each way that rests on the article (二(二) holds two), or else the first that rests on it above all; empty where none is
    named, or none that a topic rests on.
    """
    return next((found for path in _paths(plain) if (found := _topics_of(pack, path))), ())


def in_its_words(pack: Pack, plain: str, wording: Wording) -> Reply | None:
    """The words of an article, where they are asked for (二(三)原文) or no topic rests on it; ``None`` where topics say what is asked."""
    known = {article.path: article for article in pack.articles}
    article = next((known[path] for path in _paths(plain) if path in known), None)
    if article is None or not _VERBATIM.search(plain) and topics_named(pack, plain):
        return None
    return Reply("answer", (words_of(pack, article, wording),), pack.identity.jurisdiction.id)


def where_written(pack: Pack, plain: str, heard: str | None, wording: Wording) -> Reply | None:
    """The articles that hold what is asked for (方案哪条说居住证), however much that sounds like a matter beside the document.

    Args:
        heard: the topic that the message sounds like.
    """
    if sentence := _sentence_asked(pack, plain):
        said_ = Said(wording["written_in"].format(article=sentence.article, quote=_plain(sentence.quote)), "states", (sentence,))
        return Reply("answer", (said_,), pack.identity.jurisdiction.id)
    matter, named = _asked_for(plain)
    topic = pack.topics.get(matter or (heard if named and heard not in GENERAL else None) or "")
    if topic is None or matter is None and topic.kind != "answer":
        return None
    places = (_holding(pack, topic, named) if matter else ())[:_PLACES] or _first_cited(pack, topic)
    said = (Said(wording["written_in"].format(article=c.article, quote=_plain(c.quote)), "states", (c,)) for c in places)
    return Reply("answer", tuple(said), pack.identity.jurisdiction.id, topic.id) if places else None


def asks_where_written(plain: str) -> bool:
    """Whether it is asked which article speaks of something that the documents know."""
    return _asked_for(plain)[0] is not None or cue("articles.sentence").search(plain) is not None


def _sentence_asked(pack: Pack, plain: str) -> Citation | None:
    """The sentence whose words are asked for by what it speaks of (租房社保那句原文): of the first topic named, with the last word."""
    asked = cue("articles.sentence").search(plain)
    named = list(_MATTER.finditer(asked["what"])) if asked else []
    topic = pack.topics.get(str(named[0].lastgroup)) if named else None
    return next(iter(_holding(pack, topic, named[-1].group())), None) if topic else None


def _asked_for(plain: str) -> tuple[str | None, str]:
    """The topic of what it is asked where it stands, if the documents know it, and its words; no words where that is not asked."""
    asked = _SAID_WHERE.search(plain) or _WHERE_SAID.search(plain)
    matter = _MATTER.search(asked["what"]) if asked else None
    return (str(matter.lastgroup), matter.group()) if matter else (None, asked["what"] if asked else "")


def _holding(pack: Pack, topic: Topic, words: str) -> tuple[Citation, ...]:
    """The passages that hold these words: of those that the topic rests on, then of its articles, then of others that make a rule.

    None where the topic's own articles put it in other words: 上学 stands only in 硕士研究生以上学历.
    """
    rests_on = [q for s in topic.sentences for q in s.cites]
    quoted = {q.article: q.quote for q in reversed(rests_on) if words in q.quote}
    own = dict.fromkeys((*quoted, *(q.article for q in rests_on)))
    found = {path: quote for path in own if (quote := quoted.get(path) or sentence_with(pack.article(path), words))}
    others = (a for a in pack.articles if found and a.role is Role.OPERATIVE and a.path not in own)
    found |= {a.path: quote for a in others if (quote := sentence_with(a, words))}
    return tuple(citation(pack, path, quote) for path, quote in found.items())


def _first_cited(pack: Pack, topic: Topic) -> tuple[Citation, ...]:
    """The passage that a topic rests on above all."""
    return tuple(citation(pack, q.article, q.quote) for s in topic.sentences for q in s.cites)[:1]


def words_of(pack: Pack, article: Article, wording: Wording) -> Said:
    """The words of an article; of a long one, what its parts are about."""
    parts = children(pack, article.path)
    if parts and len(article.text) < 2 * len(article.heading or "") or len(article.text) > _LONGEST:
        named = [a for a in (article, *parts) if a.heading]
        items = "；".join(f"{a.path}“{_plain(a.heading or '')}”" for a in named[1:])
        text = wording["article_parts"].format(article=article.path, heading=_plain(article.heading or ""), items=items)
        return Said(text, "states", tuple(citation(pack, a.path, a.heading or "") for a in named))
    cited = citation(pack, article.path, article.text.strip())
    return Said(wording["article_words"].format(article=article.path, quote=_plain(cited.quote)), "states", (cited,))


def _plain(quote: str) -> str:
    return "".join(quote.split())


def _topics_of(pack: Pack, path: str) -> tuple[str, ...]:
    ways: dict[str, str] = {}
    for name, topic in pack.topics.items():
        # What is a detail of every way (insurance) says least of this one.
        if topic.routes and pack.route(topic.routes[0]).article == path and name not in IN_GENERAL:
            ways.setdefault(topic.routes[0], name)
    cites = (name for name, topic in pack.topics.items() if path in _cited(topic)[:1])
    return tuple(ways[route.id] for route in pack.routes if route.id in ways) or tuple(cites)[:1]


def _paths(plain: str) -> tuple[str, ...]:
    """The paths of the articles named, as the document counts them: 二(二), and 第二条第三款 for 二(三)."""
    found = [f"{m['path']}{_digit(m['item'])}" for m in _PATH.finditer(plain)]
    found += [f"{_numeral(m['part'])}({_numeral(m['clause'])}){_digit(m['item'])}" for m in _COUNTED.finditer(plain)]
    if not found and (part := _PART.fullmatch(plain.strip(" ,。;?!"))):
        found.append(_numeral(part["part"]))
    return tuple(found)


def _numeral(number: str) -> str:
    return _NUMERALS[int(number) - 1] if number.isdecimal() else number


def _digit(number: str | None) -> str:
    return "" if number is None else number if number.isdecimal() else str(_NUMERALS.index(number) + 1)


def _cited(topic: Topic) -> list[str]:
    return [quote.article for quote in topic.sentences[0].cites] if topic.sentences else []
