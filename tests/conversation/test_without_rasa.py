"""The bot without Rasa, on which the figures rest, answers as the bot behind Rasa does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot import paths
from bot.conversation.world import load_world
from bot.evaluation.models import extract
from bot.evaluation.offline import Bot, Talk, read_rules, read_thresholds
from bot.evaluation.rows import day_of, load
from bot.replies.payload import reply_json
from tests.conversation.talk import model_file

pytestmark = pytest.mark.rasa


@pytest.fixture(scope="module")
def bot() -> Bot:
    return Bot(load_world(), extract(model_file(paths.MODELS)), read_thresholds(), read_rules())


def metadata(row: dict[str, Any]) -> dict[str, str]:
    # Rasa's side counts to today unless it is told the day.
    given = {"jurisdiction": row["place"], "as_of": day_of(row).isoformat()}
    return {k: v for k, v in given.items() if v not in (None, "none", "other")}


CONVERSATIONS = [(r["id"], metadata(r), [t["user"] for t in r["turns"]]) for r in load("dialogues")]
CONVERSATIONS += [(r["id"], metadata(r), [r["text"]]) for r in load("questions", "dev")[::12]]
CONVERSATIONS += [(r["id"], metadata(r), [r["story"]]) for r in load("stories", "dev")[::8]]


@pytest.mark.parametrize(("pinned", "messages"), [c[1:] for c in CONVERSATIONS], ids=[c[0] for c in CONVERSATIONS])
def test_the_same_payloads_turn_by_turn(pinned: dict[str, str], messages: list[str], bot: Bot, talk: Callable[..., Any]) -> None:
    real, ours = talk(**pinned), Talk(bot, day_of({"as_of": pinned["as_of"]}), pinned)
    for message in messages:
        there = [m["custom"] for m in real.say(message)]
        _, replies = ours.say(message)
        here = [reply_json(r) for r in replies]
        assert [p["id"] for p in here] == [p["id"] for p in there], f"{message}: {[p['kind'] for p in here]} / {[p['kind'] for p in there]}"
