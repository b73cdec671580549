"""Conversations are kept as one small row each, and can be erased."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.tracker_store import check_if_tracker_store_async
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.trackers import SnapshotTrackerStore
from bot.store.database import database_url

DOMAIN = Domain.from_dict(
    {
        "version": "3.1",
        "intents": ["tell"],
        "forms": {"screening_form": {"required_slots": ["screening_done"]}},
        "slots": {
            n: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            for n in ("conversation", "screening_done")
        },
    }
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SnapshotTrackerStore]:
    return SnapshotTrackerStore(DOMAIN, url=f"sqlite:///{tmp_path / 'sub' / 't.db'}")


def tracker(sender: str, turns: int = 1, loop: bool = True) -> DialogueStateTracker:
    made = DialogueStateTracker(sender, DOMAIN.slots)
    for turn in range(turns):
        made.update(ActionExecuted("action_listen"))
        made.update(UserUttered(f"我的秘密{turn}", {"name": "tell", "confidence": 1.0}, input_channel="rest"))
        made.update(ActionExecuted("screening_form"))
        made.update(SlotSet("conversation", {"turn": turn, "place": "某地"}))
        if loop:
            made.update(ActiveLoop("screening_form"))
        made.update(BotUttered("请问"))
    made.update(ActionExecuted("action_listen"))
    return made


def test_what_the_next_turn_needs_comes_back(store: SnapshotTrackerStore) -> None:
    async def run() -> DialogueStateTracker | None:
        await store.save(tracker("a", 3))
        return await store.retrieve("a")

    back = asyncio.run(run())
    assert back is not None
    assert back.get_slot("conversation") == {"turn": 2, "place": "某地"}
    assert (back.active_loop_name, back.is_active_loop_rejected, back.latest_action_name) == ("screening_form", False, "action_listen")
    assert back.latest_message is not None
    assert back.latest_message.intent["name"] == "tell"
    assert back.get_latest_input_channel() == "rest"


def test_a_rejected_form_stays_rejected_and_no_form_stays_none(store: SnapshotTrackerStore) -> None:
    async def run() -> tuple[bool, str | None]:
        rejected = tracker("a")
        rejected.update(ActionExecutionRejected("screening_form"))
        await store.save(rejected)
        await store.save(tracker("b", loop=False))
        one, two = await store.retrieve("a"), await store.retrieve("b")
        assert one is not None
        assert two is not None
        return one.is_active_loop_rejected, two.active_loop_name

    assert asyncio.run(run()) == (True, None)


def test_saving_again_and_again_changes_nothing(store: SnapshotTrackerStore) -> None:
    async def run() -> list[str]:
        from bot.channels.trackers import snapshot

        current: DialogueStateTracker | None = tracker("a", 2)
        seen = []
        for _ in range(3):
            assert current is not None
            seen.append(json.dumps(snapshot(current), sort_keys=True))
            await store.save(current)
            current = await store.retrieve("a")
        return seen

    assert len(set(asyncio.run(run()))) == 1


def test_a_row_does_not_grow_and_holds_nothing_written(store: SnapshotTrackerStore, tmp_path: Path) -> None:
    async def run() -> tuple[int, int]:
        await store.save(tracker("short", 2))
        await store.save(tracker("long", 9))
        short, long = await store.retrieve("short"), await store.retrieve("long")
        assert short is not None
        assert long is not None
        return len(short.events), len(long.events)

    short, long = asyncio.run(run())
    assert short == long
    raw = b"".join(f.read_bytes() for f in (tmp_path / "sub").iterdir())
    assert "我的秘密".encode() not in raw


def test_unknown_senders_and_slots_the_domain_dropped(store: SnapshotTrackerStore) -> None:
    async def run() -> tuple[object, DialogueStateTracker | None]:
        await store.save(tracker("a"))
        store.domain = Domain.from_dict({"version": "3.1"})
        return await store.retrieve("nobody"), await store.retrieve("a")

    nobody, back = asyncio.run(run())
    assert nobody is None
    assert back is not None
    assert "conversation" not in back.slots


def test_erasing(store: SnapshotTrackerStore) -> None:
    async def run() -> list[str]:
        await store.save(tracker("a"))
        await store.save(tracker("b"))
        assert store.delete("a") is True
        assert store.delete("a") is False
        assert await store.retrieve("a") is None
        return list(await store.keys())

    assert asyncio.run(run()) == ["b"]
    assert store.purge(older_than=3600) == 0
    time.sleep(0.02)
    assert store.purge(older_than=0.01) == 1


def test_rasa_takes_it_for_an_asynchronous_store(store: SnapshotTrackerStore) -> None:
    assert check_if_tracker_store_async(store)
    assert store.alive()


def test_a_database_that_fails_is_an_error_not_a_silent_memory(store: SnapshotTrackerStore) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE conversations")
    with pytest.raises(Exception, match="conversations"):
        asyncio.run(store.retrieve("a"))


def test_the_database_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://u@h/d")
    assert database_url() == "postgresql://u@h/d"
    monkeypatch.delenv("DATABASE_URL")
    assert database_url().endswith("var/luohu.db")
