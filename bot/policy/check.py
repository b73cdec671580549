"""Validate a policy pack: everything that the text, the wording and the rules of a pack must satisfy.

The schema comes first (:mod:`bot.policy.load`); a pack that fails it is not looked at further, since every other message
would be about stand-ins.  Whether the example cases come out as written is for the engine to say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot import paths
from bot.policy.check_routes import reachable, shadowed
from bot.policy.forbidden import WordingRules, forbidden, invented, load_wording_rules
from bot.policy.load import PACK_FILES, Reading, load_vocabulary, read_pack
from bot.policy.model import Article, Identity, Outside, Pack, Quote, Role, Route, Within, atoms
from bot.policy.nodes import Lines
from bot.policy.places import exists, known_places
from bot.policy.problem import PackError, Problem
from bot.policy.tree import find_quote, fold
from bot.policy.vocabulary import Vocabulary

__all__ = ["check", "check_all", "forbidden"]

_SENTENCE = re.compile(r"[^。；;]*[。；;]?[”）)]*")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|[0-9０-９]{1,2}[.．、])")
_RIGHTS = (Role.OPERATIVE, Role.DEFINITION)
_KIND = {"number": "数字", "title": "文件名", "paper": "材料", "office": "单位"}


def check_all(root: Path = paths.POLICIES) -> tuple[Problem, ...]:
    """The problems of every pack under ``root``."""
    if not root.is_dir():
        return (Problem(str(root), 0, "the folder of packs is missing.", "create it, or point to another.", "missing-file"),)
    return tuple(p for folder in sorted(f for f in root.iterdir() if f.is_dir()) for p in check(folder))


def check(folder: Path, vocabulary: Vocabulary | None = None, rules: WordingRules | None = None) -> tuple[Problem, ...]:
    """Every problem of the pack in ``folder``, in file order; an empty tuple is a sound pack."""
    try:
        words = vocabulary or load_vocabulary()
        wording = rules or load_wording_rules()
    except PackError as error:
        return error.problems
    reading = read_pack(folder, words)
    todo = _todo(folder)
    if reading.problems and any(p.code != "missing-file" or not p.file.endswith("/topics.yml") for p in reading.problems):
        return tuple(sorted({*reading.problems, *todo}))
    if reading.pack is None:
        return reading.problems
    checker = _Checker(folder, reading, reading.pack, words, wording)
    return tuple(sorted({*reading.problems, *todo, *checker.run()}))


def _todo(folder: Path) -> list[Problem]:
    found = []
    for path in sorted(folder.glob("*.yml")):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        found += [Problem(f"{folder.name}/{path.name}", n, f"not filled in yet: {line.strip()[:60]}", "fill it in and remove the TODO.",
                          "todo")
                  for n, line in enumerate(lines, 1) if "TODO" in line]
    return found


class _Checker:
    """Runs every validation over one pack and collects what is wrong."""

    def __init__(self, folder: Path, reading: Reading, pack: Pack, vocabulary: Vocabulary, rules: WordingRules) -> None:
        self.folder, self.pack, self.vocabulary, self.rules = folder, pack, vocabulary, rules
        self.lines: Lines = reading.lines
        self.problems: list[Problem] = []
        self.articles = {a.path: a for a in pack.articles}
        # (article, quote) of everything that uses the text, for coverage
        self.used: list[Quote] = []

    def run(self) -> list[Problem]:
        steps: tuple[Callable[[], None], ...] = (
            self.files, self.identity, self.tiling, self.headings, self.quotes, self.route_rules, self.facts, self.places, self.topics,
            self.wording, self.cases, self.coverage)
        for step in steps:
            step()
        return self.problems

    def add(self, code: str, at: tuple[str, int], message: str, mend: str) -> None:
        file, line = at
        self.problems.append(Problem(file or f"{self.folder.name}", line, message, mend, code))

    def at(self, kind: str, name: str, file: str = "") -> tuple[str, int]:
        return self.lines.get(kind, name, (f"{self.folder.name}/{file}" if file else self.folder.name, 0))

    # -- the folder and the document's identity

    def files(self) -> None:
        known = {*PACK_FILES, "source.txt"}
        for path in sorted(self.folder.iterdir()):
            if path.name not in known:
                self.add("unknown-file", (f"{self.folder.name}/{path.name}", 0), "no part of a pack has this name.",
                         f"rename or remove it; a pack holds {', '.join(sorted(known))}.")

    def identity(self) -> None:
        who = self.pack.identity
        source = fold(self.pack.source)
        if who.id != self.folder.name:
            self.add("id-folder", self.at("identity", "id"), f"the id is “{who.id}” and the folder “{self.folder.name}”.",
                     "make them equal.")
        digest = hashlib.sha256((self.folder / "source.txt").read_bytes()).hexdigest()
        if digest != who.source_sha256:
            self.add("sha256", self.at("identity", "source_sha256"), f"the source has the sha256 {digest}.",
                     "restore the source byte for byte; only for a new source, change the sum and check every span and quote.")
        for name, value in (("title", who.title), ("doc_no", who.doc_no), ("issuer", who.issuer)):
            if value and fold(value) not in source:
                self.add("identity-source", self.at("identity", name), f"the {name} “{value}” does not stand in the source.",
                         "copy it from there.")
        for name, day in (("dated", who.dated), ("printed", who.printed), ("effective", who.effective), ("expires", who.expires)):
            if day and f"{day.year}年{day.month}月{day.day}日" not in source:
                self.add("date-source", self.at("identity", name), f"the date {day} ({name}) does not stand in the source.",
                         "use a date the source prints, or null.")
        self._date_order(who)
        both = set(who.jurisdiction.aliases) & set(who.jurisdiction.lookalikes)
        if both:
            self.add("alias", self.at("identity", "jurisdiction"), f"both another name and a look-alike: {', '.join(sorted(both))}.",
                     "keep one.")

    def _date_order(self, who: Identity) -> None:
        paper = (("dated", who.dated), ("printed", who.printed), ("verified_on", who.verified_on))
        force = (("dated", who.dated), ("effective", who.effective), ("expires", who.expires))
        for chain in (paper, force):
            row: list[tuple[str, date]] = [(name, day) for name, day in chain if day]
            for (first, a), (second, b) in zip(row, row[1:], strict=False):
                if a > b:
                    self.add("date-order", self.at("identity", second), f"{second} ({b}) lies before {first} ({a}).",
                             "correct one of the dates.")

    # -- the article tree

    def tiling(self) -> None:
        at = 0
        for first, end, path in sorted((a, b, article.path) for article in self.pack.articles for a, b in article.spans):
            if first != at:
                word = "no article holds" if first > at else "two articles hold"
                self.add("span-tiling", self.at("article", path),
                         f"{word} the characters {min(at, first)} to {max(at, first)} of the source.",
                         "let each span begin where the one before it ends; “luohu pack new” cuts a text anew.")
            at = max(at, end)
        if at != len(self.pack.source):
            self.add("span-tiling", self.at("article", "", "articles.yml"),
                     f"no article holds the characters {at} to {len(self.pack.source)}.",
                     "let the last span end with the source.")

    def headings(self) -> None:
        for article in self.pack.articles:
            at = self.at("article", article.path)
            if article.heading and fold(article.heading) not in fold(article.text):
                self.add("heading", at, f"the heading “{article.heading}” does not stand in the article.",
                         "copy it from the text, or write null.")
            numbered = _NUMBERING.match(fold(article.text)) is not None
            expected = bool(re.match(r"[一二三四五六七八九十]", article.path)) and not article.number_missing
            if expected != numbered and (expected or article.number_missing):
                self.add("number-missing", at, f"the text of “{article.path}” {'has no' if expected else 'has a'} number.",
                         "set number_missing to what the source shows, or correct the span.")
            for sentence in article.undecidable:
                if find_quote(article.text, sentence) is None:
                    self.add("quote", at, f"the undecidable sentence “{sentence[:30]}…” is not in the article.", "copy it from the text.")

    # -- quotes

    def _quoted(self) -> Iterator[tuple[Quote, tuple[str, int]]]:
        for route in self.pack.routes:
            for atom in atoms(route.when):
                yield Quote(atom.article, atom.quote), self.at("atom", f"{atom.fact}|{atom.text}|{atom.quote}")
            for part in (route.followers, route.registers_at, *route.materials, *route.departments):
                if part:
                    yield Quote(part.article, part.quote), self.at("statement", part.quote + "|" + part.text)
        for note in self.pack.notes.values():
            yield Quote(note.article, note.quote), self.at("note", note.id)
        for topic in self.pack.topics.values():
            for sentence in topic.every_sentence:
                for cite in sentence.cites:
                    yield cite, self.at("quote", cite.article + "|" + cite.quote)
        who = self.pack.identity
        for reference in (*who.repeals, *who.implements, *who.refers_to):
            yield Quote(reference.article, reference.quote), self.at("reference", reference.quote)

    def quotes(self) -> None:
        for quote, at in self._quoted():
            article = self.articles[quote.article]
            if self._stands_in(article, quote.quote):
                self.used.append(quote)
            else:
                others = [a.path for a in self.pack.articles if self._stands_in(a, quote.quote)]
                if others:
                    self.add("quote-article", at, f"the quote “{quote.quote[:30]}” does not stand in {quote.article}.",
                             f"its article is {others[0]}.")
                else:
                    self.add("quote", at, f"the quote “{quote.quote[:30]}” is not verbatim.",
                             "copy it from source.txt, with its commas and brackets.")

    def _stands_in(self, article: Article, quote: str) -> bool:
        # Within one span: text that only meets because two spans are joined is no quote.
        return any(find_quote(self.pack.source[a:b], quote) for a, b in article.spans)

    # -- routes and facts

    def route_rules(self) -> None:
        if not self.pack.routes:
            self.add("no-route", self.at("routes", "", "routes.yml"), "the pack has no route.", "write at least one.")
        for route in self.pack.routes:
            at = self.at("route", route.id)
            if not re.fullmatch(re.escape(route.article) + r"(?:-\S+)?", route.id):
                self.add("route-id", at, f"the id “{route.id}” is not its article's path “{route.article}”, with or without “-suffix”.",
                         "rename it.")
            if not reachable(route.when):
                self.add("unreachable", at, f"nobody can meet the conditions of “{route.id}”.",
                         "find the conditions that exclude each other.")
            self._route_roles(route, at)
            for atom in atoms(route.when):
                note = self.pack.notes.get(atom.note or "")
                if atom.reading_b is not None and note and note.reading_b is None:
                    self.add("note-reading", self.at("atom", f"{atom.fact}|{atom.text}|{atom.quote}"),
                             f"the condition has a second reading, its note {atom.note} has none.", "write “reading_b” into the note.")
        for first, second in shadowed(self.pack.routes):
            self.add("shadowed", self.at("route", second.id), f"“{second.id}” has the same conditions as “{first.id}”.",
                     "remove one, or write the condition that tells them apart.")

    def _route_roles(self, route: Route, at: tuple[str, int]) -> None:
        for path in sorted({route.article, *(a.article for a in atoms(route.when))}):
            article = self.articles.get(path)
            if article and article.role not in _RIGHTS:
                self.add("not-operative", at, f"“{route.id}” rests on {path}, whose role is {article.role.value}.",
                         "only an operative article creates a route.")

    def facts(self) -> None:
        for route in self.pack.routes:
            for atom in atoms(route.when):
                spec = self.vocabulary.facts[atom.fact]
                at = self.at("atom", f"{atom.fact}|{atom.text}|{atom.quote}")
                if spec.answered_by == "authority":
                    continue
                if spec.type in ("enum", "boolean") and len(spec.labels) < 2:
                    self.add("not-askable", at, f"{atom.fact} has fewer than two values, so it cannot be asked.",
                             "add values to facts.yml.")
                if spec.type == "place" and not self.pack.questions.get(atom.fact):
                    self.add("not-askable", at, f"{atom.fact} has no options for a resident to choose from.",
                             f"add “{atom.fact}:” under “questions:” in routes.yml.")
        for name, options in self.pack.questions.items():
            at = self.at("question", name)
            for label, values in options:
                named = [v for v in values if not v.startswith("!")]
                if not named:
                    self.add("not-askable", at, f"the option “{label}” names no value.", "give it at least one value without “!”.")
            if len({label for label, _ in options}) != len(options) or len(options) < 2:
                self.add("not-askable", at, f"the options of {name} do not differ or are fewer than two.",
                         "write two or more, each with its own label.")

    def places(self) -> None:
        known = known_places()
        if known is None:
            return
        for place, at in self._places():
            if not exists(place, known):
                self.add("unknown-place", at, f"the place tree has no “{place.removeprefix('!')}”.", "write its path as in data/lexicon.")

    def _places(self) -> Iterator[tuple[str, tuple[str, int]]]:
        yield self.pack.identity.jurisdiction.place, self.at("identity", "jurisdiction")
        for route in self.pack.routes:
            for atom in atoms(route.when):
                for test in (atom.test, atom.reading_b):
                    for place in test.places if isinstance(test, (Within, Outside)) else ():
                        yield place, self.at("atom", f"{atom.fact}|{atom.text}|{atom.quote}")
        of_place = {name for name, spec in self.vocabulary.facts.items() if spec.type == "place"}
        for name in of_place & set(self.pack.questions):
            for _, values in self.pack.questions[name]:
                for value in values:
                    yield value, self.at("question", name)
        for case in self.pack.cases:
            for name in of_place & set(case.facts):
                told = case.facts[name]
                for one in told if isinstance(told, list) else [told]:
                    yield str(one), self.at("case", case.id)

    # -- topics

    def topics(self) -> None:
        missing = sorted(set(self.vocabulary.topics) - set(self.pack.topics))
        if missing and (self.folder / "topics.yml").exists():
            self.add("topic-missing", self.at("topic", "", "topics.yml"), f"{len(missing)} topics have no answer: {', '.join(missing)}.",
                     "write one for each; kind: not_stated where the text does not regulate it.")
        for topic in self.pack.topics.values():
            at = self.at("topic", topic.id)
            if topic.sentences and not topic.sentences[0].cites and topic.kind == "answer":
                self.add("no-citation", at, f"the verdict of “{topic.id}” rests on no quote.", "add “cites:” to its first sentence.")
            if topic.routes and topic.kind == "answer":
                roles = {self.articles[c.article].role for s in topic.sentences for c in s.cites if c.article in self.articles}
                if roles and roles <= {Role.PRINCIPLE}:
                    self.add("principle", at, f"“{topic.id}” rests on principles alone, which give no right.",
                             "cite the operative article.")
            for line in topic.leaves_out:
                if not self.rules.negated(line):
                    self.add("leaves-out", at, f"“{line[:20]}” does not say that the text leaves it out.",
                             "say 文件没有写… or 方案没有写….")

    # -- wording

    def _wordings(self) -> Iterator[tuple[str, tuple[Quote, ...], tuple[str, int]]]:
        for route in self.pack.routes:
            quotes = tuple(Quote(a.article, a.quote) for a in atoms(route.when))
            yield route.title, (*quotes, Quote(route.article, "")), self.at("route", route.id)
            for atom in atoms(route.when):
                yield atom.text, (Quote(atom.article, atom.quote),), self.at("atom", f"{atom.fact}|{atom.text}|{atom.quote}")
            for part in (route.followers, route.registers_at, *route.materials, *route.departments):
                if part:
                    yield part.text, (Quote(part.article, part.quote),), self.at("statement", part.quote + "|" + part.text)
        for note in self.pack.notes.values():
            yield note.say, (Quote(note.article, note.quote),), self.at("note", note.id)
        for topic in self.pack.topics.values():
            for sentence in topic.every_sentence:
                yield sentence.say, sentence.cites, self.at("say", sentence.say)
            for line in topic.leaves_out:    # may name anything that the document holds
                yield line, tuple(Quote(path, "") for path in self.articles), self.at("topic", topic.id)
        yield self.pack.identity.effective_note, (), self.at("identity", "effective_note")

    def wording(self) -> None:
        who = self.pack.identity
        days = [d for d in (who.dated, who.printed, who.effective, who.expires, who.verified_on) if d]
        own = [who.title, who.short_title, who.doc_no or "", who.issuer, who.jurisdiction.name,
               *(f"{d.year}年{d.month}月{d.day}日" for d in days), *(f"{d.year}年" for d in days)]
        for text, quotes, at in self._wordings():
            for reason in forbidden(text, self.rules, self.pack.never):
                self.add("forbidden", at, f"“{text[:30]}” must not be said: {reason}.", "say only what the text says.")
            supports = own + [q.quote for q in quotes] + [self.articles[q.article].text for q in quotes if q.article in self.articles]
            for kind, words in invented(text, supports, self.rules):
                self.add(f"invented-{kind}", at,
                         f"“{words}” ({_KIND[kind]}) in “{text[:30]}” stands neither in its quote nor in its article.",
                         "say it in the words of the text, or cite the article that says it.")

    # -- cases

    def cases(self) -> None:
        said: dict[str, set[str]] = {}
        for case in self.pack.cases:
            for route, verdict in case.routes.items():
                said.setdefault(route, set()).add(verdict)
        for way in self.pack.routes:
            capped = any(self.vocabulary.facts[a.fact].answered_by == "authority" for a in atoms(way.when))
            yes = {"eligible", "need_more_info"} if capped else {"eligible"}
            found = said.get(way.id, set())
            for wanted, word in ((yes, "is met"), ({"not_eligible"}, "is not met")):
                if not found & wanted:
                    self.add("case-missing", self.at("cases", "", "cases.yml"), f"no case shows a resident by whom “{way.id}” {word}.",
                             "write one; name the route under “routes:”.")

    # -- coverage

    def coverage(self) -> None:
        for article in self.pack.articles:
            if article.role is not Role.OPERATIVE:
                continue
            quotes = [q.quote for q in self.used if q.article == article.path] + list(article.undecidable)
            for sentence in _operative_sentences(article):
                if not any(_overlap(article.text, sentence, quote) for quote in quotes):
                    self.add("unused-sentence", self.at("article", article.path), f"nothing rests on “{sentence[:40]}” in {article.path}.",
                             "quote it in a route, note or topic, or list it under “undecidable:”.")


def _operative_sentences(article: Article) -> list[str]:
    """The sentences of an article, folded, without its number and heading."""
    text = _NUMBERING.sub("", fold(article.text))
    heading = fold(article.heading)
    found = [m.group() for m in _SENTENCE.finditer(text) if m.group().strip("。；;")]
    return [s for s in found if s.strip("。；;") != heading]


def _overlap(text: str, sentence: str, quote: str) -> bool:
    """Whether a quote lies in a sentence, or a sentence in a quote, or the two share text."""
    whole, part = fold(text), fold(quote)
    start, at = whole.find(sentence), whole.find(part)
    while at >= 0:
        if at < start + len(sentence) and start < at + len(part):
            return True
        at = whole.find(part, at + 1)
    return False
