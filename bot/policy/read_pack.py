"""One policy pack read from its YAML files, with every defect of their schemas and where each part stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bot.policy.forbidden import load_wording_rules, read_forbidden
from bot.policy.model import (
    All,
    Any_,
    Article,
    Atom,
    Case,
    Condition,
    Forbidden,
    Identity,
    In,
    Jurisdiction,
    MonthsBetween,
    MonthsSince,
    MonthsUntil,
    Note,
    Outside,
    Pack,
    Quote,
    Reference,
    Role,
    Route,
    Sentence,
    Statement,
    Test,
    Topic,
    Within,
)
from bot.policy.nodes import Lines, Node, frozen_map, open_yaml
from bot.policy.problem import Problem
from bot.policy.read_vocabulary import known_fact, known_values, text_of
from bot.policy.vocabulary import ASPECTS, FactSpec, Vocabulary

VERDICTS = ("eligible", "not_eligible", "need_more_info", "not_covered")
TOPIC_KINDS = ("answer", "not_stated")
PACK_FILES = ("pack.yml", "articles.yml", "routes.yml", "notes.yml", "topics.yml", "cases.yml")


@dataclass(frozen=True)
class Reading:
    """A pack as read, with the defects of its files and where each part stands; ``pack`` is None where nothing could be read."""

    pack: Pack | None
    problems: tuple[Problem, ...]
    lines: Lines


def read_pack(folder: Path, vocabulary: Vocabulary) -> Reading:
    """The pack in a folder with every defect of its schema, for :mod:`bot.policy.check`."""
    problems: list[Problem] = []
    lines = Lines()
    source = ""
    try:
        source = (folder / "source.txt").read_bytes().decode("utf-8")
    except FileNotFoundError:
        problems.append(Problem(f"{folder.name}/source.txt", 0, "the source text is missing.", "put the document here, byte for byte.",
                                "missing-file"))
    except UnicodeDecodeError as error:
        problems.append(Problem(f"{folder.name}/source.txt", 0, f"not UTF-8: {error}.", "save it as UTF-8.", "unreadable"))
    files = {name: open_yaml(folder / name, problems) for name in PACK_FILES}
    reader = _PackReader(vocabulary, source, lines)
    nodes = files["articles.yml"], files["pack.yml"], files["notes.yml"], files["routes.yml"], files["topics.yml"], files["cases.yml"]
    in_articles, in_pack, in_notes, in_routes, in_topics, in_cases = nodes
    # Articles first: everything else names them; then what later files name by id.
    articles = reader.articles(in_articles) if in_articles else ()
    identity = reader.identity(in_pack) if in_pack else None
    never = reader.never(in_pack) if in_pack else ()
    notes = reader.notes(in_notes) if in_notes else {}
    routes, regions, questions = reader.routes(in_routes) if in_routes else ((), {}, {})
    topics = reader.topics(in_topics) if in_topics else {}
    cases = reader.cases(in_cases) if in_cases else ()
    pack = None
    if identity and in_articles and in_routes:
        pack = Pack(identity, source, articles, routes, frozen_map(notes), frozen_map(topics), cases,
                    frozen_map(regions), frozen_map(questions), never)
    return Reading(pack, tuple(sorted(set(problems))), lines)


class _PackReader:
    """Reads the files of one pack; later files are checked against the ids that earlier ones define."""

    def __init__(self, vocabulary: Vocabulary, source: str, lines: Lines) -> None:
        self.vocabulary = vocabulary
        self.source = source
        self.lines = lines
        self.paths: set[str] = set()
        self.note_ids: set[str] = set()
        self.route_ids: set[str] = set()

    # -- identity

    def identity(self, node: Node) -> Identity:
        key = node.closed("id title short_title doc_no issuer jurisdiction dated printed effective effective_note expires repeals"
                          " implements refers_to source_sha256 verified_on", "never")
        for name, child in key.items():
            self.lines.put("identity", name, child)
        self.lines.put("identity", "", node)
        place = key["jurisdiction"].closed("id name place aliases lookalikes") if "jurisdiction" in key else {}
        day = partial(_day, key)
        return Identity(
            id=text_of(key, "id"), title=text_of(key, "title"), short_title=text_of(key, "short_title"),
            doc_no=key["doc_no"].text_or_null() if "doc_no" in key else None, issuer=text_of(key, "issuer"),
            jurisdiction=Jurisdiction(text_of(place, "id"), text_of(place, "name"), text_of(place, "place"),
                                      place["aliases"].texts() if "aliases" in place else (),
                                      place["lookalikes"].texts() if "lookalikes" in place else ()),
            dated=day("dated") or _NO_DAY, printed=day("printed") or _NO_DAY, effective=day("effective", null=True),
            effective_note=text_of(key, "effective_note"), expires=day("expires", null=True),
            repeals=self._references(key.get("repeals")), implements=self._references(key.get("implements")),
            refers_to=self._references(key.get("refers_to")), source_sha256=text_of(key, "source_sha256"),
            verified_on=day("verified_on", null=True),
        )

    def never(self, node: Node) -> tuple[Forbidden, ...]:
        """What the silence of the document makes untrue: ``never`` of ``pack.yml``, if it is there."""
        rules = node.entries().get("never")
        return read_forbidden(rules, load_wording_rules().unstated) if rules else ()

    def _references(self, node: Node | None) -> tuple[Reference, ...]:
        found = []
        for item in node.items() if node else []:
            key = item.closed("title doc_no quote article")
            reference = Reference(text_of(key, "title"), key["doc_no"].text_or_null() if "doc_no" in key else None,
                                  text_of(key, "quote"), self._article(key, item))
            self.lines.put("reference", reference.quote, item)
            found.append(reference)
        return tuple(found)

    # -- articles

    def articles(self, node: Node) -> tuple[Article, ...]:
        top = node.closed("articles")
        found: list[Article] = []
        items = top["articles"].items() if "articles" in top else []
        keyed = [(item, item.closed("path heading role spans", "number_missing undecidable")) for item in items]
        names = {text_of(key, "path") for _, key in keyed if "path" in key}
        for item, key in keyed:
            path = text_of(key, "path")
            if path in self.paths:
                item.problem("duplicate-id", f"the article “{path}” stands twice.", "give one of them its own path.")
                continue
            self.paths.add(path)
            self.lines.put("article", path, item)
            spans = tuple(_span(s, len(self.source)) for s in key["spans"].items()) if "spans" in key else ()
            heading = key.get("heading")
            found.append(Article(
                path=path, heading=heading.text() if heading and not heading.is_null else "",
                role=Role(key["role"].one_of(tuple(r.value for r in Role))) if "role" in key else Role.FORMAL,
                spans=spans, text="".join(self.source[a:b] for a, b in spans), parent=_parent(path, names),
                number_missing=key["number_missing"].truth() if "number_missing" in key else False,
                undecidable=key["undecidable"].texts() if "undecidable" in key else (),
            ))
        return tuple(found)

    def _article(self, key: Mapping[str, Node], node: Node, default: str = "") -> str:
        path = key["article"].text() if "article" in key else default
        if path not in self.paths:
            where = key.get("article", node)
            where.problem("unknown-article", f"there is no article “{path}”.", "use a path of articles.yml.")
        return path

    # -- notes

    def notes(self, node: Node) -> dict[str, Note]:
        top = node.closed("notes")
        found: dict[str, Note] = {}
        for item in top["notes"].items() if "notes" in top else []:
            key = item.closed("id title article quote issue reading_a reading_b default say")
            note = Note(text_of(key, "id"), text_of(key, "title"), self._article(key, item), text_of(key, "quote"), text_of(key, "issue"),
                        text_of(key, "reading_a"), key["reading_b"].text_or_null() if "reading_b" in key else None,
                        text_of(key, "default"), text_of(key, "say"))
            if note.id in found:
                item.problem("duplicate-id", f"the note “{note.id}” stands twice.", "give one of them its own id.")
            found[note.id] = note
            self.lines.put("note", note.id, item)
        self.note_ids = set(found)
        return found

    def _note_id(self, node: Node) -> str:
        name = node.text()
        if name and name not in self.note_ids:
            node.problem("unknown-note", f"there is no note “{name}”.", "use an id of notes.yml, or write the note there.")
        return name

    # -- routes

    def routes(self, node: Node) -> tuple[tuple[Route, ...], dict[str, tuple[str, ...]],
                                          dict[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
        top = node.closed("routes", "regions shared questions")    # shared: anchors only
        regions = {name: child.texts() for name, child in top["regions"].entries().items()} if "regions" in top else {}
        questions: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
        for name, child in top["questions"].entries().items() if "questions" in top else ():
            self.lines.put("question", name, child)
            spec = known_fact(name, child, self.vocabulary.facts)
            options = []
            for option in child.items():
                key = option.closed("label values")
                values = key["values"].texts() if "values" in key else ()
                if spec:
                    known_values(values, spec, option)
                options.append((text_of(key, "label"), values))
            questions[name] = tuple(options)
        found: list[Route] = []
        for item in top["routes"].items() if "routes" in top else []:
            route = self._route(item)
            if route.id in self.route_ids:
                item.problem("duplicate-id", f"the route “{route.id}” stands twice.", "give one of them its own id.")
                continue
            self.route_ids.add(route.id)
            self.lines.put("route", route.id, item)
            found.append(route)
        return tuple(found), regions, questions

    def _route(self, node: Node) -> Route:
        key = node.closed("id article title when followers registers_at materials departments notes", "settles village")
        route_id, article = text_of(key, "id"), self._article(key, node)
        when: Condition = All(())
        if "when" in key:
            when = self._condition(key["when"], article, route_id)
        return Route(
            id=route_id, article=article, title=text_of(key, "title"), when=when,
            followers=self._statement(key.get("followers"), article), registers_at=self._statement(key.get("registers_at"), article),
            materials=self._statements(key.get("materials"), article), departments=self._statements(key.get("departments"), article),
            notes=tuple(self._note_id(n) for n in key["notes"].items()) if "notes" in key else (),
            settles=key["settles"].truth() if "settles" in key else True,
            village="village" in key and key["village"].truth(),
        )

    def _statements(self, node: Node | None, article: str) -> tuple[Statement, ...]:
        return tuple(s for s in (self._statement(n, article) for n in (node.items() if node else [])) if s)

    def _statement(self, node: Node | None, article: str) -> Statement | None:
        if node is None or node.is_null:
            return None
        key = node.closed("text quote", "article")
        statement = Statement(text_of(key, "text"), text_of(key, "quote"), self._article(key, node, article))
        self.lines.put("statement", statement.quote + "|" + statement.text, node)
        return statement

    def _condition(self, node: Node, article: str, route_id: str) -> Condition:
        names = node.entries()
        if "all" in names or "any" in names:
            key = node.closed("", "all any")
            if len(key) != 1:
                node.problem("wrong-type", "“all” and “any” stand in one mapping.", "nest one in the other.")
            name, child = next(iter(key.items()))
            of = tuple(self._condition(c, article, route_id) for c in child.items())
            if not of:
                child.problem("wrong-type", f"“{name}” holds no condition.", "write at least one condition.")
            return All(of) if name == "all" else Any_(of)
        return self._atom(node, article, route_id)

    def _atom(self, node: Node, article: str, route_id: str) -> Atom:
        key = node.closed("fact text quote", "in within outside months_since months_until at_least at_most reading_b note article")
        name = text_of(key, "fact")
        spec = known_fact(name, key["fact"], self.vocabulary.facts) if "fact" in key else None
        tests = [t for t in ("in", "within", "outside", "months_since", "months_until", "at_least", "at_most") if t in key]
        if len(tests) != 1 and tests != ["at_least", "at_most"]:
            node.problem("wrong-type", f"a condition has exactly one test, this one has {len(tests)}.",
                         "write one of in, within, outside, months_since, months_until, at_least/at_most.")
        test: Test = In(frozenset())
        reading_b: Test | None = None
        if tests:
            kind = tests[0]
            if kind in ("at_least", "at_most"):
                low = key["at_least"].whole() if "at_least" in key else None
                high = key["at_most"].whole() if "at_most" in key else None
                test = MonthsBetween(low, high)
            else:
                test = self._test(kind, key[kind], spec)
            if spec and spec.type not in _TYPES_OF_TEST[kind]:
                node.problem("wrong-type", f"the test “{kind}” does not fit {name}, a {spec.type} fact.",
                             "use in for enum and boolean, within/outside for place, months_since/months_until for date, "
                             "at_least/at_most for months.")
            if "reading_b" in key:
                reading_b = self._test(kind, key["reading_b"], spec)
        note = self._note_id(key["note"]) if "note" in key else None
        if ("reading_b" in key) != ("note" in key):
            node.problem("missing-key", "a second reading and its note go together.", "write both “reading_b” and “note”, or neither.")
        atom = Atom(name, test, text_of(key, "text"), text_of(key, "quote"), self._article(key, node, article), reading_b, note)
        self.lines.put("atom", f"{atom.fact}|{atom.text}|{atom.quote}", node)
        return atom

    def _test(self, kind: str, node: Node, spec: FactSpec | None) -> Test:
        if kind in ("within", "outside"):
            places = frozenset(node.texts())
            if not places:
                node.problem("wrong-type", "no place is named.", "name at least one place path.")
            return Within(places) if kind == "within" else Outside(places)
        if kind == "in":
            values = node.texts()
            if spec:
                known_values(values, spec, node)
            return In(frozenset(values))
        key = node.closed("", "min max")
        low = key["min"].whole() if "min" in key else None
        high = key["max"].whole() if "max" in key else None
        if low is None and high is None or low is not None and high is not None and low > high:
            node.problem("wrong-type", "the interval of months is empty or has no end.", "write {min: …}, {max: …} or both in order.")
        if kind == "months_since":
            return MonthsSince(low, high)
        return MonthsUntil(low, high) if kind == "months_until" else MonthsBetween(low, high)

    # -- topics

    def topics(self, node: Node) -> dict[str, Topic]:
        top = node.closed("topics")
        found: dict[str, Topic] = {}
        for item in top["topics"].items() if "topics" in top else []:
            key = item.closed("id kind sentences", "routes leaves_out related aspects points")
            topic_id = self._topic_id(key["id"]) if "id" in key else ""
            aspects = {_aspect(name, child): self._sentences(child)
                       for name, child in (key["aspects"].entries() if "aspects" in key else {}).items()}
            points = {self._point(name, child): self._sentences(child)
                      for name, child in (key["points"].entries() if "points" in key else {}).items()}
            topic = Topic(
                id=topic_id, kind=key["kind"].one_of(TOPIC_KINDS) if "kind" in key else "answer",
                sentences=self._sentences(key["sentences"]) if "sentences" in key else (),
                leaves_out=key["leaves_out"].texts() if "leaves_out" in key else (),
                routes=tuple(self._route_id(n) for n in key["routes"].items()) if "routes" in key else (),
                related=tuple(self._topic_id(n) for n in key["related"].items()) if "related" in key else (),
                aspects=frozen_map(aspects), points=frozen_map(points),
            )
            if topic_id in found:
                item.problem("duplicate-id", f"the topic “{topic_id}” stands twice.", "keep one.")
            found[topic_id] = topic
            self.lines.put("topic", topic_id, item)
        return found

    def _topic_id(self, node: Node) -> str:
        name = node.text()
        if name and name not in self.vocabulary.topics:
            node.problem("unknown-topic", f"no topic is called “{name}”.", "use an id of data/vocabulary/topics.yml, or add it there.")
        return name

    def _point(self, name: str, node: Node) -> str:
        if name not in self.vocabulary.points:
            node.problem("unknown-point", f"no detail is called “{name}”.", "use a name of data/lexicon/points.yml, or add it there.")
        return name

    def _route_id(self, node: Node) -> str:
        name = node.text()
        if name and name not in self.route_ids:
            node.problem("unknown-route", f"there is no route “{name}”.", "use an id of routes.yml.")
        return name

    def _sentences(self, node: Node) -> tuple[Sentence, ...]:
        found = []
        for item in node.items():
            key = item.closed("say", "cites")
            cites = []
            for cite in key["cites"].items() if "cites" in key else []:
                part = cite.closed("article quote")
                cites.append(Quote(self._article(part, cite), text_of(part, "quote")))
                self.lines.put("quote", cites[-1].article + "|" + cites[-1].quote, cite)
            found.append(Sentence(text_of(key, "say"), tuple(cites)))
            self.lines.put("say", found[-1].say, item)
        if not found:
            node.problem("wrong-type", "no sentence is given.", "write at least one {say: …, cites: […]}.")
        return tuple(found)

    # -- cases

    def cases(self, node: Node) -> tuple[Case, ...]:
        top = node.closed("cases")
        found: dict[str, Case] = {}
        for item in top["cases"].items() if "cases" in top else []:
            key = item.closed("id story facts as_of verdict", "routes")
            facts = {name: self._case_fact(name, child) for name, child in (key["facts"].entries() if "facts" in key else {}).items()}
            routes = {}
            for name, child in (key["routes"].entries() if "routes" in key else {}).items():
                if name not in self.route_ids:
                    child.problem("unknown-route", f"there is no route “{name}”.", "use an id of routes.yml.")
                routes[name] = child.one_of(VERDICTS)
            case = Case(text_of(key, "id"), text_of(key, "story"), frozen_map(facts), _day(key, "as_of") or _NO_DAY,
                        key["verdict"].one_of(VERDICTS) if "verdict" in key else VERDICTS[0], frozen_map(routes))
            if case.id in found:
                item.problem("duplicate-id", f"the case “{case.id}” stands twice.", "give one of them its own id.")
            found[case.id] = case
            self.lines.put("case", case.id, item)
        return tuple(found.values())

    def _case_fact(self, name: str, node: Node) -> object:
        spec = known_fact(name, node, self.vocabulary.facts)
        if node.is_map:
            return self._interval(node, spec)
        if spec and spec.type == "date":
            return node.day().isoformat()
        if spec and spec.type == "months":
            return node.whole()
        values = node.texts() if node.is_list else (node.text(),)
        if not values:
            node.problem("wrong-type", "no value is possible.", "name at least one value, or leave the fact out.")
        if spec:
            known_values(values, spec, node)
        return list(values) if node.is_list else values[0]

    def _interval(self, node: Node, spec: FactSpec | None) -> dict[str, object]:
        key = node.closed("", "min max")
        if spec and spec.type not in ("date", "months"):
            node.problem("wrong-type", f"{spec.name} is a {spec.type} fact.", "write a value or a list of values.")
            return {}
        if spec and spec.type == "months":
            return {name: None if child.is_null else child.whole() for name, child in key.items()}
        days = {name: child.day_or_null() for name, child in key.items()}
        first, last = days.get("min"), days.get("max")
        if first and last and first > last:
            node.problem("date-order", f"{first} is later than {last}.", "put the earlier day into min.")
        return {name: value.isoformat() if value else None for name, value in days.items()}


_TYPES_OF_TEST = {
    "in": ("enum", "boolean"), "within": ("place",), "outside": ("place",), "months_since": ("date",), "months_until": ("date",),
    "at_least": ("months",), "at_most": ("months",),
}
_NO_DAY = date(1900, 1, 1)


def _day(key: Mapping[str, Node], name: str, null: bool = False) -> date | None:
    if name not in key:
        return None
    return key[name].day_or_null() if null else key[name].day()


def _aspect(name: str, node: Node) -> str:
    if name not in ASPECTS:
        node.problem("unknown-aspect", f"“{name}” is no aspect of a topic.", f"write one of: {', '.join(ASPECTS)}.")
    return name


def _span(node: Node, length: int) -> tuple[int, int]:
    ends = [n.whole() for n in node.items()]
    if len(ends) != 2 or not 0 <= ends[0] < ends[1] <= length:
        node.problem("span", f"the span {ends} is not two character offsets of the source ({length} characters).",
                     "write [first, end] with 0 ≤ first < end.")
        return (0, 0)
    return ends[0], ends[1]


_ITEM_OF = re.compile(r"(.*\D)\d+$")
_SECTION_OF = re.compile(r"(.+)\([^()]+\)$")


def _parent(path: str, names: set[str]) -> str | None:
    match = _ITEM_OF.match(path) or _SECTION_OF.match(path)
    return match[1] if match and match[1] in names else None
