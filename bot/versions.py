"""What a reply depends on besides the conversation: the documents, the words, the code, the model, each by a hash of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from bot import paths
from bot.training import fingerprint

_CODE = ("conversation", "eligibility", "policy", "reading", "replies", "search")
"""The packages of ``bot`` that make a reply of a message that has been understood."""
_LENGTH = 12


@dataclass(frozen=True)
class Versions:
    """Hashes of 12 hexadecimal digits. ``data`` are those of the packs by id, and of ``wording``, ``vocabulary``,
    ``lexicon`` and ``libraries`` (the lock file);
    ``luohu`` is the version of the package, ``code`` that of what makes replies; ``model`` names the trained model."""

    luohu: str
    code: str
    model: str
    data: Mapping[str, str]

    @cached_property
    def id(self) -> str:
        """One hash of all of them."""
        return _digest([json.dumps(self.to_json(), sort_keys=True, ensure_ascii=False).encode()])

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; the inverse of :meth:`from_json`."""
        return {"luohu": self.luohu, "code": self.code, "model": self.model, "data": dict(self.data)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Versions:
        """What :meth:`to_json` gave."""
        return cls(raw["luohu"], raw["code"], raw["model"], dict(raw["data"]))


@lru_cache(maxsize=1)
def current() -> Versions:
    """What lies on disk now; a server asks when it loads it.

    The model is named by what it is trained on, and so is the file that a server loads.
    """
    data = {folder.name: _folder(folder) for folder in sorted(paths.POLICIES.iterdir()) if folder.is_dir()}
    data["wording"] = _files([paths.DATA / "wording" / "zh.yml"])
    data["vocabulary"] = _folder(paths.VOCABULARY)
    data["lexicon"] = _folder(paths.LEXICON)
    data["libraries"] = _files(f for f in [paths.ROOT / "uv.lock"] if f.is_file())
    code = _files(file for package in _CODE for file in sorted((paths.ROOT / "bot" / package).rglob("*.py")))
    return Versions(metadata.version("luohu"), code, fingerprint(), data)


def changed(kept: Versions, now: Versions) -> tuple[str, ...]:
    """What of ``kept`` is another one ``now``, each with both hashes; the model is left out, since what it found is kept."""
    pairs = [("luohu", kept.luohu, now.luohu), ("code", kept.code, now.code)]
    pairs += [(name, kept.data.get(name, "none"), now.data.get(name, "none")) for name in sorted({*kept.data, *now.data})]
    return tuple(f"{name}: {old} then, {new} now" for name, old, new in pairs if old != new)


def _folder(folder: Path) -> str:
    return _files(sorted(f for f in folder.rglob("*") if f.is_file()))


def _files(files: Iterable[Path]) -> str:
    return _digest(part for f in files for part in (f.relative_to(paths.ROOT).as_posix().encode(), hashlib.sha256(f.read_bytes()).digest()))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:_LENGTH]
