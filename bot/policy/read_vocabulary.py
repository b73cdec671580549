"""The shared vocabulary read from YAML: facts, topics and matters."""

from __future__ import annotations

from collections.abc import Mapping
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
    facts: dict[str, FactSpec] = {}
    implications: tuple[Settling, ...] = ()
    presumptions: tuple[Settling, ...] = ()
    minor: dict[str, tuple[str, ...]] = {}
    follows: dict[str, str] = {}
    villageless: dict[str, tuple[str, ...]] = {}
    if root_node := open_yaml(root / "facts.yml", problems):
        # the last three only hold anchors
        top = root_node.closed("facts implications presumptions minor follows villageless", "areas housing work")
        for node in top["facts"].items() if "facts" in top else []:
            spec = _fact(node)
            if spec.name in facts:
                node.problem("duplicate-id", f"the fact “{spec.name}” is defined twice.", "keep one definition.")
            facts[spec.name] = spec
        implications = _settlings(top["implications"], facts) if "implications" in top else ()
        presumptions = _settlings(top["presumptions"], facts) if "presumptions" in top else ()
        if "minor" in top:
            minor = _fact_values(top["minor"], facts)
        if "villageless" in top:
            villageless = _fact_values(top["villageless"], facts)
        if "follows" in top:
            follows = _follows(top["follows"], facts)
    topics: dict[str, str] = {}
    if topics_node := open_yaml(root / "topics.yml", problems):
        for group in topics_node.entries().values():
            for name, node in group.entries().items():
                if name in topics:
                    node.problem("duplicate-id", f"the topic “{name}” is defined twice.", "keep one definition.")
                topics[name] = node.text()
    matters: dict[str, str] = {}
    if matters_node := open_yaml(root / "matters.yml", problems):
        matters = {name: node.text() for name, node in matters_node.entries().items()}
    supposed: dict[str, Mapping[str, tuple[str, ...]]] = {}
    if supposed_node := open_yaml(root / "supposed.yml", problems):
        supposed = {name: _supposed(name, node, facts, topics) for name, node in supposed_node.entries().items()}
    # What finds a detail in a message is the lexicon's; here only its names count, which packs may use.
    points_node = open_yaml(paths.LEXICON / "points.yml", problems)
    points = frozenset(points_node.entries()) if points_node else frozenset()
    if problems:
        raise PackError(problems)
    return Vocabulary(
        frozen_map(facts), implications, frozen_map(minor), frozen_map(topics), frozen_map(matters), frozen_map(follows),
        frozen_map(supposed), frozen_map(villageless), presumptions, points,
    )


def _settlings(listed: Node, facts: Mapping[str, FactSpec]) -> tuple[Settling, ...]:
    found: list[Settling] = []
    for node in listed.items():
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


def _follows(node: Node, facts: Mapping[str, FactSpec]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, entry in node.entries().items():
        source = entry.text()
        for fact in (name, source):
            if fact not in facts or facts[fact].type != "place":
                entry.problem("unknown-fact", f"“{fact}” is no place fact.", "write two place facts of this file.")
        found[name] = source
    return found


def _fact(node: Node) -> FactSpec:
    key = node.closed("name type about answered_by burden sensitive label question", "values presumed yes no narrowed taken loosely")
    kind = key["type"].one_of(FACT_TYPES) if "type" in key else "enum"
    labels: dict[str, str] = {}
    if kind == "boolean":
        labels = {v: key[v].text() if v in key else said for v, said in _BOOLEAN_LABELS.items()}
    elif kind == "enum":
        if "values" not in key:
            node.problem("missing-key", "an enum fact needs “values”.", "add values: {value: 中文}.")
        else:
            labels = {v: n.text() for v, n in key["values"].entries().items()}
    if "values" in key and kind != "enum":
        key["values"].problem("unknown-key", f"a {kind} fact has no “values”.", "remove them.")
    if ("yes" in key or "no" in key) and kind != "boolean":
        node.problem("unknown-key", "only a boolean fact has “yes” and “no”.", "remove them.")
    presumed = key["presumed"].texts() if "presumed" in key else ()
    for value in presumed:
        if value not in labels:
            key["presumed"].problem("unknown-value", f"“{value}” is no value of this fact.", f"write one of: {', '.join(labels)}.")
    loosely = {v: n.texts() for v, n in key["loosely"].entries().items()} if "loosely" in key else {}
    for value in {v for told, closer in loosely.items() for v in (told, *closer)} - set(labels):
        key["loosely"].problem("unknown-value", f"“{value}” is no value of this fact.", f"write one of: {', '.join(labels)}.")
    return FactSpec(
        name=text_of(key, "name"), type=kind,
        about=key["about"].one_of(("self", "kin")) if "about" in key else "self",
        answered_by=key["answered_by"].one_of(ANSWERED_BY) if "answered_by" in key else "resident",
        label=text_of(key, "label"), question=text_of(key, "question"), labels=frozen_map(labels),
        burden=_burden(key["burden"]) if "burden" in key else 1,
        sensitive=key["sensitive"].one_of(SENSITIVE) if "sensitive" in key else "low", presumed=presumed,
        narrowed=key["narrowed"].text() if "narrowed" in key else "", taken=_taken(key["taken"]) if "taken" in key else "{value}",
        loosely=frozen_map(loosely),
    )


def _taken(node: Node) -> str:
    text = node.text()
    if "{value}" not in text:
        node.problem("unknown-value", f"“{text}” leaves out what is taken for granted.", "write {value} where the value belongs.")
    return text


def _burden(node: Node) -> int:
    burden = node.whole()
    if not 1 <= burden <= 5:
        node.problem("unknown-value", f"a burden of {burden} does not exist.", "write 1 (known at once) to 5 (a paper must be fetched).")
    return burden


def _fact_values(node: Node, facts: Mapping[str, FactSpec]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, values in node.entries().items():
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
