"""How a message was answered, kept so that it can be answered again: bit for bit, from the same documents, wording and code.

A turn is a pure function of the data, the conversation before, and the message as it was heard.  So a :class:`Record` of the
last two and of the names of the turns taken is all that :func:`retell` needs: no model, no database, no clock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard, World
from bot.replies.message import message
from bot.replies.model import Reply

REJECTED = "rejected"


@dataclass(frozen=True)
class Step:
    """A turn taken: its name, and the type of the error where it failed and the safe sentence was said instead."""

    name: str
    failed: str | None = None


@dataclass(frozen=True)
class Record:
    """The conversation before, the message as heard, and the turns taken; ``versions`` names what they rested on."""

    before: Conversation
    heard: Heard
    steps: tuple[Step, ...]
    versions: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, with what is empty left out; the inverse of :meth:`from_json`."""
        heard = self.heard
        parts = {
            "before": _filled(self.before.to_json()),
            "text": heard.text,
            "intent": heard.intent,
            "day": heard.today.isoformat(),
            "luohu": dict(heard.luohu),
            "metadata": dict(heard.metadata),
            "turns": [[s.name, s.failed] if s.failed else s.name for s in self.steps],
            "versions": self.versions,
        }
        return {key: value for key, value in parts.items() if value}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Record:
        """What :meth:`to_json` gave.

        Raises:
            ValueError: this is no record, or one of a later form.
        """
        try:
            heard = Heard(
                raw.get("text", ""), raw["intent"], date.fromisoformat(raw["day"]), raw.get("luohu") or {}, raw.get("metadata") or {}
            )
            steps = tuple(Step(s) if isinstance(s, str) else Step(*s) for s in raw["turns"])
            before = Conversation.from_json(raw.get("before"))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise ValueError(f"this is no record of a turn ({type(error).__name__})") from error
        return cls(before, heard, steps, str(raw.get("versions") or ""))


@dataclass(frozen=True)
class Retold:
    """What is said when a record is gone through again, and the conversation after it."""

    messages: tuple[Mapping[str, Any], ...]
    after: Conversation = field(repr=False)

    @property
    def text(self) -> str:
        """The messages as one canonical text, to be compared."""
        return canonical(self.messages)


def retell(world: World, record: Record) -> Retold:
    """Take the turns of a record again.

    A turn that failed then says the safe sentence, as it did; a turn that the screening rejected leaves no trace, as then.

    Raises:
        Exception: whatever a turn raises now that did not then.
    """
    state = record.before
    said: list[Reply] = []
    for step in record.steps:
        if step.failed:
            said.append(safe(world))
            continue
        taken = take(world, state, record.heard, step.name)
        said += taken.replies
        if taken.loop != REJECTED:
            state = Conversation.from_json(taken.state.to_json())
    return Retold(tuple(message(reply) for reply in said), state)


def safe(world: World) -> Reply:
    """What is said where a turn failed."""
    return Reply("handoff", (world.wording.say("safe"),))


def canonical(messages: Sequence[Mapping[str, Any]]) -> str:
    """Messages as JSON that is equal where they are: sorted, without whom they went to."""
    kept = [{key: m[key] for key in ("text", "buttons", "custom") if m.get(key)} for m in messages]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _filled(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A state without what reading it fills in anyhow."""
    cases = [{k: v for k, v in case.items() if k in ("person", "told") or v} for case in raw.get("cases") or ()]
    return {k: v for k, v in {**raw, "cases": cases}.items() if v}
