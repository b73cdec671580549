"""The peer: a stock Rasa Chinese bot, written from the project's own training phrases.

JiebaTokenizer, CountVectors, DIET and RulePolicy as Rasa ships them; nothing is tuned. (A second featurizer, of character sequences,
would make it slower and its training last two hours.) It classifies the same phrases into the same classes and answers each with one
fixed sentence; it reads no facts, screens nobody and cites nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.nlu.understanding import class_of

FALLBACK = "nlu_fallback"
FALLBACK_REPLY = "抱歉，没有听明白。请换个说法再问一次，或拨打 12345 咨询。"
DEFAULT_INTENTS = ("back", "restart", "session_start")
"""Rasa answers these itself and refuses a rule for them."""
SEED = 20201
EPOCHS = 100
FEW_EPOCHS = 2
"""For a quick run: the same network, so the same memory and the same time for a message; only its answers are worse."""


def config(epochs: int) -> dict[str, Any]:
    """The stock configuration."""
    return {
        "recipe": "default.v1",
        "assistant_id": "stock",
        "language": "zh",
        "pipeline": [
            {"name": "JiebaTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "random_seed": SEED},
            {"name": "FallbackClassifier", "threshold": 0.3},
        ],
        "policies": [{"name": "RulePolicy"}],
    }


def phrases(folder: Path) -> dict[str, list[str]]:
    """The training phrases under a folder by flat intent: ``ask_fee`` for the topic ``fee`` of the intent ``ask``.

    Raises:
        ValueError: the folder holds no training phrase.
    """
    found: dict[str, list[str]] = {}
    yaml = YAML(typ="safe", pure=True)
    for file in sorted(folder.rglob("*.yml")):
        for block in (yaml.load(file.read_text(encoding="utf-8")) or {}).get("nlu", ()):
            if "intent" not in block:
                continue
            lines = block["examples"].splitlines()
            name = class_of(block["intent"], block.get("metadata")).replace("/", "_")
            name = f"say_{name}" if name in DEFAULT_INTENTS else name
            found.setdefault(name, []).extend(line.strip()[2:].strip() for line in lines if line.strip().startswith("- "))
    if not found:
        raise ValueError(f"{folder}: no training phrases")
    return found


def write(folder: Path, examples: Mapping[str, Sequence[str]], epochs: int = EPOCHS) -> None:
    """Write the bot: configuration, domain, phrases, one rule and one fixed reply per intent, the REST channel."""
    intents = [*examples, FALLBACK]
    replies = {f"utter_{name}": [{"text": _reply(name)}] for name in intents}
    _dump(folder / "config.yml", config(epochs))
    _dump(folder / "domain.yml", {"version": "3.1", "intents": intents, "responses": replies,
                                  "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}})
    _dump(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": [{"intent": name, "examples": "".join(f"- {line}\n" for line in lines)}
                                                                  for name, lines in examples.items()]})
    _dump(folder / "data" / "rules.yml", {"version": "3.1", "rules": [
        {"rule": f"answer {name}", "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in intents]})
    _dump(folder / "credentials.yml", {"rest": None})
    (folder / "endpoints.yml").write_text("", encoding="utf-8")


@dataclass(frozen=True)
class Stock:
    """A trained stock bot: its folder, how many epochs it was trained for and how many seconds that took."""

    folder: Path
    epochs: int
    seconds: float


def fingerprint(examples: Mapping[str, Sequence[str]], epochs: int) -> str:
    """Twelve hexadecimal digits that change with the phrases or with the configuration of the stock bot."""
    return hashlib.sha256(json.dumps([config(epochs), examples], ensure_ascii=False).encode()).hexdigest()[:12]


def cached(examples: Mapping[str, Sequence[str]], epochs: int) -> Stock | None:
    """The stock bot trained before on these phrases; ``None`` where there is none."""
    folder = _shelf() / f"stock-{fingerprint(examples, epochs)}"
    note = folder / "trained.json"
    return Stock(folder, epochs, json.loads(note.read_text())["seconds"]) if note.is_file() else None


def build(examples: Mapping[str, Sequence[str]], epochs: int) -> Stock:
    """Write and train the stock bot from nothing, and keep it for later runs.

    Raises:
        RuntimeError: the training failed.
    """
    folder = _shelf() / f"stock-{fingerprint(examples, epochs)}"
    for old in sorted(_shelf().glob("stock-*"), key=lambda f: f.stat().st_mtime)[:-2]:
        shutil.rmtree(old)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    write(folder, examples, epochs)
    seconds = train(folder, folder, ["data"], "stock")
    (folder / "trained.json").write_text(json.dumps({"seconds": seconds}), encoding="utf-8")
    return Stock(folder, epochs, seconds)


def _shelf() -> Path:
    return paths.VAR / "bench"


def train(root: Path, out: Path, data: Sequence[str], name: str) -> float:
    """Seconds of ``rasa train`` on a project, with an empty cache of its own, start of Python included; the model is in ``out/models``.

    Raises:
        RuntimeError: the training failed; the log is named.
    """
    log, cache = out / "train.log", out / "cache"
    shutil.rmtree(cache, ignore_errors=True)
    environment = {**quiet(), "RASA_CACHE_DIRECTORY": str(cache)}
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml", "--data", *data,
               "--out", str(out / "models"), "--fixed-model-name", name]
    started = time.perf_counter()
    with log.open("wb") as output:
        code = subprocess.run(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False).returncode
    seconds = time.perf_counter() - started
    shutil.rmtree(cache, ignore_errors=True)
    if code or not (out / "models" / f"{name}.tar.gz").is_file():
        raise RuntimeError(f"rasa train failed in {root}; see {log}")
    return seconds


def quiet() -> dict[str, str]:
    """The environment for both bots: no telemetry, no graphics card, no chatter."""
    return {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore"}


def _reply(name: str) -> str:
    return FALLBACK_REPLY if name == FALLBACK else f"关于“{name}”：请以当地公安机关户政窗口的答复为准，也可以拨打 12345 咨询。"


def _dump(file: Path, content: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    yaml.width = 4096  # type: ignore[assignment]
    with file.open("w", encoding="utf-8") as output:
        yaml.dump(dict(content), output)
