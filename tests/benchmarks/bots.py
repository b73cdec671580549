"""The two bots as processes: luohu as it is served, and the stock bot as Rasa serves it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from bot import paths
from tests.benchmarks import stock
from tests.benchmarks.server import Server, free_port


def luohu(folder: Path, settings: Mapping[str, str] | None = None, name: str = "luohu") -> Server:
    """``luohu serve`` without a limit for each sender; SQLite under ``folder``, unless ``settings`` say otherwise."""
    port = free_port()
    inherited = {key: value for key, value in stock.quiet().items() if not key.startswith("LUOHU_") and key != "REDIS_URL"}
    own = {"LUOHU_PORT": str(port), "LUOHU_RATE": "0", "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}", **(settings or {})}
    return Server(name, [sys.executable, "-m", "bot.cli", "serve"], paths.ROOT, inherited | own, port, folder / f"{name}.log")


def stock_bot(trained: stock.Stock, folder: Path) -> Server:
    """``rasa run`` on the stock bot."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "rasa",
        "run",
        "--port",
        str(port),
        "--interface",
        "127.0.0.1",
        "--model",
        "models/stock.tar.gz",
        "--credentials",
        "credentials.yml",
        "--endpoints",
        "endpoints.yml",
    ]
    return Server("stock", command, trained.folder, stock.quiet(), port, folder / "stock.log")
