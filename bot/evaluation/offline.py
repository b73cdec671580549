"""The bot without Rasa: the same model, rules, turns and citation gate, in one process and in milliseconds.

Rasa's part is small here: the rules of ``data/rules`` name the action of an intent, and the form hands a message that is no answer
back to the rules. Both are repeated below; ``tests/evaluation`` holds the two ways against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.channels.guard import admit
from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard, Turn, World
from bot.nlu.model import TopicModel
from bot.nlu.understanding import Thresholds, Understanding, understand
from bot.nlu.words import words_of
from bot.replies.model import Reply

FORM, PREFIX, RESTART = "screening_form", "action_", "restart"


@dataclass(frozen=True)
class Rules:
    """The turn of each intent: outside a screening, and inside one where that differs."""

    always: Mapping[str, str]
    screening: Mapping[str, str]

    def turn(self, intent: str, screening: bool) -> str:
        """The turn an intent leads to; an intent without a rule is not understood."""
        return (self.screening.get(intent) if screening else None) or self.always.get(intent) or "fallback"


@dataclass(frozen=True)
class Bot:
    """What every conversation shares."""

    world: World
    model: TopicModel
    thresholds: Thresholds
    rules: Rules

    def understand(self, text: str) -> Understanding:
        """Intent and topic of a message."""
        plain, words = words_of(text)
        return understand(self.model, plain, words, self.thresholds)


def read_rules(folder: Path = paths.DATA / "rules") -> Rules:
    """The rules that lead from an intent to one action."""
    always: dict[str, str] = {}
    screening: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        content: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
        for rule in content.get("rules", ()):
            steps = rule["steps"]
            intent = steps[0].get("intent")
            if intent is None:
                continue
            action = steps[1]["action"]
            looping = any(c.get("active_loop") for c in rule.get("condition", ()))
            (screening if looping else always)[intent] = "answer" if action == FORM else action.removeprefix(PREFIX)
    return Rules(always, screening)


def read_thresholds(file: Path = paths.ROOT / "config.yml") -> Thresholds:
    """The thresholds of the classifier in Rasa's configuration.

    Raises:
        LookupError: no component has them.
    """
    config: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    for component in config["pipeline"]:
        if "topic_threshold" in component:
            return Thresholds(component["threshold"], component["topic_threshold"], component["coverage"])
    raise LookupError(f"{file}: no component has topic_threshold")


@dataclass
class Talk:
    """One conversation. ``metadata`` is what a front end pins: ``jurisdiction``, ``as_of``."""

    bot: Bot
    today: date
    metadata: Mapping[str, Any] = field(default_factory=dict)
    state: Conversation = field(default_factory=Conversation)
    screening: bool = False

    def say(self, text: str) -> tuple[Understanding, tuple[Reply, ...]]:
        """Send a message; what was understood, and the replies in order."""
        incoming = admit("", text, self.metadata)
        found = self.bot.understand(incoming.text)
        heard = Heard(incoming.text, found.intent, self.today, found.luohu, incoming.metadata)
        if self.screening and heard.intent != RESTART:
            turn = self._take("screen_turn", heard)
            if turn.loop != "rejected":
                self.screening = turn.loop in ("on", "keep")
                return found, turn.replies
        turn = self._take(self.bot.rules.turn(heard.intent, self.screening), heard)
        asks = any(r.question or r.kind in ("ask", "clarify") for r in turn.replies)
        if turn.loop == "off" or heard.intent == RESTART:
            self.screening = False
        elif turn.loop == "on":
            self.screening = True
        elif self.screening and not asks:
            again = self._take("resume", heard)  # the form repeats its question
            self.screening = again.loop in ("on", "keep")
            return found, (*turn.replies, *again.replies)
        return found, turn.replies

    def _take(self, name: str, heard: Heard) -> Turn:
        turn = take(self.bot.world, self.state, heard, name)
        if turn.loop != "rejected":
            self.state = turn.state
        return turn
