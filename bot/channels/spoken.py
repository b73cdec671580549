"""What a channel says by itself, when a message does not reach Rasa or Rasa said nothing: in the form of any other reply."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from bot.replies.model import Reply
from bot.replies.payload import reply_json
from bot.replies.text import render
from bot.replies.wording import Wording, load_wording

KINDS = {"too_long": "clarify", "too_fast": "clarify", "safe": "handoff", "unkept": "handoff", "apart": "handoff"}


@lru_cache(maxsize=1)
def _wording() -> Wording:
    return load_wording()


def spoken(key: str, sender: str) -> dict[str, Any]:
    """A message of the REST format saying the phrase ``key`` of ``data/wording``; an unknown key says the safe sentence."""
    wording = _wording()
    known = key if key in wording.phrases else "safe"
    reply = Reply(KINDS.get(known, "clarify"), (wording.say(known),))
    return {"recipient_id": sender, "text": render(reply), "custom": reply_json(reply)}
