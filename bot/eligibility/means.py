"""What a resident can honestly do about each fact, as data: ``data/vocabulary/changes.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import paths
from bot.policy.nodes import frozen_map, open_yaml
from bot.policy.problem import PackError, Problem
from bot.policy.vocabulary import Vocabulary

KINDS = ("wait", "paper", "consent", "choose", "fixed", "authority", "confirm")
"""Wait until a day, get a paper, another person's consent, a real choice, nothing to change, the authority says, open wording."""


@dataclass(frozen=True)
class Mean:
    """What can be done about one fact: a kind of :data:`KINDS`, and the values for which it is another kind."""

    kind: str
    values: Mapping[str, str]

    def of(self, value: str) -> str:
        """The kind of change that leads to this value."""
        return self.values.get(value, self.kind)


@dataclass(frozen=True)
class Means:
    """What can be done about every fact, and how each kind of change is put to a resident.

    ``texts`` has one pattern a kind, with ``{condition}``; ``wait_until`` has ``{date}`` as well.
    """

    facts: Mapping[str, Mean]
    texts: Mapping[str, str]


def load_means(vocabulary: Vocabulary, root: Path = paths.VOCABULARY) -> Means:
    """Read ``changes.yml``.

    Raises:
        PackError: the file is missing, does not fit its schema, leaves a fact out or names an unknown fact or value.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    facts: dict[str, Mean] = {}
    if node := open_yaml(root / "changes.yml", problems):
        top = node.closed("texts facts")
        if "texts" in top:
            texts = {kind: text.text() for kind, text in top["texts"].closed(" ".join((*KINDS, "wait_until"))).items()}
        for name, entry in (top["facts"].entries() if "facts" in top else {}).items():
            key = entry.closed("kind", "values")
            spec = vocabulary.facts.get(name)
            if spec is None:
                entry.problem("unknown-fact", f"there is no fact “{name}”.", "write a fact of facts.yml.")
                continue
            values = {v: n.one_of(KINDS) for v, n in key["values"].entries().items()} if "values" in key else {}
            for value in values:
                if value not in spec.values:
                    entry.problem("unknown-value", f"“{name}” has no value “{value}”.", f"write one of: {', '.join(spec.labels)}.")
            kind = key["kind"].one_of(KINDS) if "kind" in key else "fixed"
            if (spec.answered_by == "authority") is not (kind == "authority"):
                entry.problem("wrong-kind", f"“authority” is the kind of facts that the authority establishes, and “{name}” differs.",
                              "correct the kind.")
            facts[name] = Mean(kind, frozen_map(values))
        for name in vocabulary.facts:
            if name not in facts:
                node.problem("missing-fact", f"the fact “{name}” is missing.", "say what a resident can do about it.")
    if problems:
        raise PackError(problems)
    return Means(frozen_map(facts), frozen_map(texts))
