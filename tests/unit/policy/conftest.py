"""Packs to test on: the real ones, and copies with a small topics file of their own to tamper with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from bot import paths
from bot.policy.load import Packs, load_packs, load_vocabulary
from bot.policy.vocabulary import Vocabulary

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def packs() -> Packs:
    return load_packs()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The shared vocabulary with only the topics that the small topics files answer."""
    words = load_vocabulary()
    kept = {name: words.topics[name] for name in ("rent_settle", "fee")}
    return replace(words, topics=MappingProxyType(kept))


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Path]:
    """Copies a real pack into a folder of its own, with the small topics file."""

    def make(pack_id: str) -> Path:
        folder = tmp_path / pack_id
        shutil.copytree(paths.POLICIES / pack_id, folder)
        shutil.copy(HERE / "topics" / f"{pack_id}.yml", folder / "topics.yml")
        return folder

    return make
