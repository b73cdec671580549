"""The shared vocabulary read from YAML: facts, topics and matters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from bot import paths
from bot.policy.nodes import Node, frozen_map, open_yaml
from bot.policy.problem import PackError, Problem
from bot.policy.vocabulary import FactSpec, Settling, Vocabulary

FACT_TYPES = ("enum", "boolean", "place", "date", "months")
ANSWERED_BY = ("resident", "document", "authority", "world")
SENSITIVE = ("low", "medium", "high")
_BOOLEAN_LABELS = {"yes": "是", "no": "否"}


def load_vocabulary(root: Path = paths.VOCABULARY) -> Vocabulary:
    """The shared vocabulary of facts, topics and matters.

    Raises:
        PackError: a file is missing or does not fit its schema.
    """
    problems: list[Problem] = []
    facts_node = open_yaml(root / "facts.yml", problems)
    # the last three only hold anchors
    top = facts_node.closed("facts implications presumptions minor follows villageless", "areas housing work") if facts_node else {}
    facts = _facts(top.get("facts"))
    topics = _topics(open_yaml(root / "topics.yml", problems))
    matters = _entries(open_yaml(root / "matters.yml", problems))
    supposed = _entries(open_yaml(root / "supposed.yml", problems))
    # What finds a detail in a message is the lexicon's; here only its names count, which packs may use.
    points = _entries(open_yaml(paths.LEXICON / "points.yml", problems))
    vocabulary = Vocabulary(
        frozen_map(facts),
        implications=_settlings(top.get("implications"), facts),
        presumptions=_settlings(top.get("presumptions"), facts),
        minor=frozen_map(_fact_values(top.get("minor"), facts)),
        villageless=frozen_map(_fact_values(top.get("villageless"), facts)),
        follows=frozen_map(_follows(top.get("follows"), facts)),
        topics=frozen_map(topics),
        matters=frozen_map({name: node.text() for name, node in matters.items()}),
        supposed=frozen_map({name: _supposed(name, node, facts, topics) for name, node in supposed.items()}),
        points=frozenset(points),
    )
    if problems:
        raise PackError(problems)
    return vocabulary


def _entries(node: Node | None) -> dict[str, Node]:
    """The entries of a mapping that may be missing (which is recorded elsewhere)."""
    return node.entries() if node else {}


def _items(node: Node | None) -> list[Node]:
    """The members of a list that may be missing (which is recorded elsewhere)."""
    return node.items() if node else []


def _facts(listed: Node | None) -> dict[str, FactSpec]:
    facts: dict[str, FactSpec] = {}
    for node in _items(listed):
        spec = _fact(node)
        if spec.name in facts:
            node.problem("duplicate-id", f"the fact “{spec.name}” is defined twice.", "keep one definition.")
        facts[spec.name] = spec
    return facts


def _topics(groups: Node | None) -> dict[str, str]:
    topics: dict[str, str] = {}
    for group in _entries(groups).values():
        for name, node in group.entries().items():
            if name in topics:
                node.problem("duplicate-id", f"the topic “{name}” is defined twice.", "keep one definition.")
            topics[name] = node.text()
    return topics


def _settlings(listed: Node | None, facts: Mapping[str, FactSpec]) -> tuple[Settling, ...]:
    found: list[Settling] = []
    for node in _items(listed):
        part = node.closed("if then")
        if "if" in part and "then" in part:
            given = {f: frozenset(v) for f, v in _fact_values(part["if"], facts).items()}
            found.append((frozen_map(given), frozen_map(_fact_values(part["then"], facts))))
    return tuple(found)


def _supposed(name: str, node: Node, facts: Mapping[str, FactSpec], topics: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    spec = known_fact(name, node, facts)
    found: dict[str, tuple[str, ...]] = {}
    for value, about in node.entries().items():
        if spec:
            known_values((value,), spec, about)
        found[value] = about.texts()
        for topic in found[value]:
            if topic not in topics:
                about.problem("unknown-topic", f"no topic is called “{topic}”.", "use an id of topics.yml.")
    return frozen_map(found)


def _follows(node: Node | None, facts: Mapping[str, FactSpec]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, entry in _entries(node).items():
        source = entry.text()
        for fact in (name, source):
            if fact not in facts or facts[fact].type != "place":
                entry.problem("unknown-fact", f"“{fact}” is no place fact.", "write two place facts of this file.")
        found[name] = source
    return found


def _fact(node: Node) -> FactSpec:
    key = node.closed("name type about answered_by burden sensitive label question", "values presumed yes no narrowed taken loosely")
    kind = key["type"].one_of(FACT_TYPES) if "type" in key else "enum"
    labels = _labels(node, key, kind)
    presumed = key["presumed"].texts() if "presumed" in key else ()
    _only_values_of(labels, presumed, key.get("presumed"))
    loosely = {v: n.texts() for v, n in _entries(key.get("loosely")).items()}
    _only_values_of(labels, {v for told, closer in loosely.items() for v in (told, *closer)}, key.get("loosely"))
    return FactSpec(
        name=text_of(key, "name"),
        type=kind,
        about=_one_of(key, "about", ("self", "kin"), "self"),
        answered_by=_one_of(key, "answered_by", ANSWERED_BY, "resident"),
        label=text_of(key, "label"),
        question=text_of(key, "question"),
        labels=frozen_map(labels),
        burden=_burden(key.get("burden")),
        sensitive=_one_of(key, "sensitive", SENSITIVE, "low"),
        presumed=presumed,
        narrowed=text_of(key, "narrowed"),
        taken=_taken(key.get("taken")),
        loosely=frozen_map(loosely),
    )


def _labels(node: Node, key: Mapping[str, Node], kind: str) -> dict[str, str]:
    """The values that a fact of this kind can have, with their labels; only an enum names its own, a boolean may label its two."""
    if "values" in key and kind != "enum":
        key["values"].problem("unknown-key", f"a {kind} fact has no “values”.", "remove them.")
    if ("yes" in key or "no" in key) and kind != "boolean":
        node.problem("unknown-key", "only a boolean fact has “yes” and “no”.", "remove them.")
    if kind == "boolean":
        return {v: key[v].text() if v in key else said for v, said in _BOOLEAN_LABELS.items()}
    if kind != "enum":
        return {}
    if "values" not in key:
        node.problem("missing-key", "an enum fact needs “values”.", "add values: {value: 中文}.")
    return {v: n.text() for v, n in _entries(key.get("values")).items()}


def _only_values_of(labels: Mapping[str, str], named: Collection[str], node: Node | None) -> None:
    """Record a problem for each value named that the fact itself does not have."""
    for value in named:
        if node and value not in labels:
            node.problem("unknown-value", f"“{value}” is no value of this fact.", f"write one of: {', '.join(labels)}.")


def _one_of(key: Mapping[str, Node], name: str, allowed: tuple[str, ...], default: str) -> str:
    return key[name].one_of(allowed) if name in key else default


def _taken(node: Node | None) -> str:
    text = node.text() if node else "{value}"
    if node and "{value}" not in text:
        node.problem("unknown-value", f"“{text}” leaves out what is taken for granted.", "write {value} where the value belongs.")
    return text


def _burden(node: Node | None) -> int:
    burden = node.whole() if node else 1
    if node and not 1 <= burden <= 5:
        node.problem("unknown-value", f"a burden of {burden} does not exist.", "write 1 (known at once) to 5 (a paper must be fetched).")
    return burden


def _fact_values(node: Node | None, facts: Mapping[str, FactSpec]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, values in _entries(node).items():
        spec = known_fact(name, values, facts)
        found[name] = values.texts()
        if spec:
            known_values(found[name], spec, values)
    return found


def known_fact(name: str, node: Node, facts: Mapping[str, FactSpec]) -> FactSpec | None:
    """The fact of this name; where there is none, a problem at ``node`` and None."""
    if name not in facts:
        node.problem("unknown-fact", f"no fact is called “{name}”.", "use a name of data/vocabulary/facts.yml, or add the fact there.")
    return facts.get(name)


def known_values(values: tuple[str, ...], spec: FactSpec, node: Node) -> None:
    """Record a problem for each value that an enumerated or boolean fact does not have."""
    for value in values:
        if spec.labels and value not in spec.labels:
            node.problem("unknown-value", f"“{value}” is no value of {spec.name}.", f"write one of: {', '.join(spec.labels)}.")


def text_of(key: Mapping[str, Node], name: str) -> str:
    """The text under a key that may be missing (which is recorded elsewhere)."""
    return key[name].text() if name in key else ""
