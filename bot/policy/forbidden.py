"""What no wording may say, and what in a wording must be found in the text it cites.

The rules are data: ``data/vocabulary/forbidden.yml``.  :func:`forbidden` finds sentences that are never true of any
pack, and those that a pack's own ``never`` (``pack.yml``) makes untrue of it;
:func:`invented` finds numbers, titles in 《》, papers and offices that none of the supporting texts holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from bot import paths
from bot.policy.model import Forbidden
from bot.policy.nodes import Node, frozen_map, open_yaml
from bot.policy.problem import PackError, Problem
from bot.policy.tree import fold

_CLAUSE = re.compile(r"[^，。；？,;?\n]+")
_TITLE = re.compile(r"《[^《》]+》")
_DIGITS = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class WordingRules:
    """The rules of ``forbidden.yml``; ``papers`` and ``offices`` map a name to the other names the text may use for it.

    ``unstated`` are kinds of sentence, by id, that are untrue of a document that is silent on them.
    """

    sentences: tuple[Forbidden, ...]
    unstated: Mapping[str, Forbidden]
    negations: tuple[str, ...]
    speakers: tuple[str, ...]
    allow: tuple[re.Pattern[str], ...]
    units: tuple[str, ...]
    papers: Mapping[str, tuple[str, ...]]
    offices: Mapping[str, tuple[str, ...]]

    def negated(self, clause: str) -> bool:
        """Whether a clause says what the text leaves out."""
        return any(word in clause for word in self.negations)

    def clauses(self, text: str) -> list[tuple[int, int, bool]]:
        """The clauses of a text as offsets, each with whether it is about what the text leaves out.

        "要住满半年，文件没有写" is: a clause that a clause such as "文件没有写" follows is what that one is about.
        """
        found = [(m.start(), m.end(), m.group().strip()) for m in _CLAUSE.finditer(text)]
        after = [c for _, _, c in found[1:]] + [""]
        return [(first, end, self.negated(clause) or (self.negated(then) and then.startswith(self.speakers)))
                for (first, end, clause), then in zip(found, after, strict=True)]


@lru_cache(maxsize=4)
def load_wording_rules(root: Path = paths.VOCABULARY) -> WordingRules:
    """The wording rules.

    Raises:
        PackError: ``forbidden.yml`` is missing, does not fit its schema, or holds a broken regular expression.
    """
    problems: list[Problem] = []
    node = open_yaml(root / "forbidden.yml", problems)
    if node is None:
        raise PackError(problems)
    key = node.closed("sentences unstated negations speakers allow units papers offices")
    sentences, unstated = (read_forbidden(key[name]) if name in key else () for name in ("sentences", "unstated"))
    lists = {name: key[name].texts() if name in key else () for name in ("negations", "speakers", "units")}
    allow = tuple(_pattern(key["allow"], text) for text in key["allow"].texts()) if "allow" in key else ()
    names = {name: {word: child.texts() for word, child in key[name].entries().items()} if name in key else {}
             for name in ("papers", "offices")}
    if problems:
        raise PackError(problems)
    by_id = frozen_map({rule.id: rule for rule in unstated})
    return WordingRules(sentences, by_id, lists["negations"], lists["speakers"], allow, lists["units"],
                        frozen_map(names["papers"]), frozen_map(names["offices"]))


def read_forbidden(node: Node, known: Mapping[str, Forbidden] = MappingProxyType({})) -> tuple[Forbidden, ...]:
    """The rules of a list, each written out or the id of one ``known``; what is wrong with one becomes a problem of its node."""
    found = []
    for item in node.items():
        if not item.is_map:
            rule = known.get(item.text())
            if rule is None:
                known_ids = ", ".join(known)
                item.problem("unknown-rule", f"no rule is called “{item.text()}”.", f"use one of {known_ids}, or write the rule out.")
            else:
                found.append(rule)
            continue
        part = item.closed("id pattern why", "negatable")
        if len([k for k in ("id", "pattern", "why") if k in part]) < 3:
            continue
        pattern = _pattern(part["pattern"], part["pattern"].text())
        found.append(Forbidden(part["id"].text(), pattern, part["why"].text(), "negatable" in part and part["negatable"].truth()))
    return tuple(found)


def _pattern(node: Node, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        node.problem("wrong-type", f"not a regular expression: {error}.", "correct the pattern.")
        return re.compile("(?!)")


def forbidden(text: str, rules: WordingRules | None = None, never: Iterable[Forbidden] = ()) -> list[str]:
    """Every forbidden thing in a wording, each as ``why：the words``; an empty list where it may be said.

    Args:
        never: what the documents that the wording is about make untrue, besides what no wording may say.
    """
    rules = rules or load_wording_rules()
    found = []
    for rule in (*rules.sentences, *never):
        for match in rule.pattern.finditer(text):
            said_not = any(out for first, end, out in rules.clauses(text) if first < match.end() and match.start() < end)
            if not (rule.negatable and said_not):
                found.append(f"{rule.why}：{match.group()}")
    return found


def invented(text: str, supports: Iterable[str], rules: WordingRules | None = None) -> list[tuple[str, str]]:
    """What a wording names that no supporting text holds: pairs of kind (``number``, ``title``, ``paper``, ``office``) and words.

    Clauses that say what the text leaves out are passed over, and so is the general advice of the allow list.
    """
    rules = rules or load_wording_rules()
    support = fold("".join(f"{s}\n" for s in supports)).translate(_FULL_WIDTH)
    said = "，".join(text[first:end] for first, end, out in rules.clauses(text) if not out)
    for phrase in rules.allow:
        said = phrase.sub("", said)
    said = said.translate(_FULL_WIDTH)
    found = [("title", t) for t in _TITLE.findall(said) if fold(t) not in support and fold(t)[1:-1] not in support]
    said_plain = _TITLE.sub("", said)
    found += [("number", n) for n in _numbers(said_plain, rules) if not _holds_number(support, n)]
    for kind, words in (("paper", rules.papers), ("office", rules.offices)):
        rest = said_plain
        for word in sorted(words, key=len, reverse=True):    # the longest name first, so that a name inside it counts once
            if word in rest:
                rest = rest.replace(word, "")
                if not any(name in support for name in (word, *words[word])):
                    found.append((kind, word))
    return found


def _numbers(text: str, rules: WordingRules) -> list[str]:
    units = "|".join(sorted(map(re.escape, rules.units), key=len, reverse=True))
    with_unit = re.compile(rf"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千半]+)(?:{units})")
    found = [m.group() for m in with_unit.finditer(text)]
    bare = _DIGITS.findall(with_unit.sub(" ", text))
    return found + bare


def _holds_number(support: str, number: str) -> bool:
    end = "(?![0-9])" if number[-1].isdigit() else ""
    return re.search(rf"(?<![0-9一二两三四五六七八九十百千]){re.escape(number)}{end}", support) is not None
