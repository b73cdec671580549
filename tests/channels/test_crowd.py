"""Many residents at one server: whoever connects while it is busy is answered in turn, not after everybody else has finished."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import aiohttp

from bot import paths
from tests.rest.serving import HOOK, free_port

RESIDENTS, MESSAGES = 60, 5
BUSY_BOT = """
import sys, time
from bot.channels.server import build, listen

class Bot:
    tracker_store = object()
    def is_ready(self): return True
    async def handle_message(self, message):
        time.sleep(0.01)  # as a turn does: the event loop does nothing else meanwhile
        custom = {"schema": "luohu.reply/1", "kind": "chitchat"}
        await message.output_channel.send_response(message.sender_id, {"text": "好", "custom": custom})

listen(build(Bot(), name="crowd"), "127.0.0.1", int(sys.argv[1]))
"""


async def _times(port: int) -> list[float]:
    times: list[float] = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", connector=aiohttp.TCPConnector(limit=RESIDENTS)) as client:
        for _ in range(600):
            try:
                async with client.get("/healthz"):
                    break
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)

        async def resident(number: int) -> None:
            await asyncio.sleep(number * 0.002)
            for _ in range(MESSAGES):
                began = time.perf_counter()
                async with client.post(HOOK, json={"sender": f"crowd-{number}", "message": "你好"}) as answer:
                    assert answer.status == 200
                times.append(time.perf_counter() - began)

        await asyncio.gather(*(resident(number) for number in range(RESIDENTS)))
    return times


def test_nobody_waits_for_the_others_to_finish(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "LUOHU_RATE": "0", "LUOHU_SECRET": "the secret of the tests", "DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}
    server = subprocess.Popen([sys.executable, "-W", "ignore", "-c", BUSY_BOT, str(port)], cwd=paths.ROOT, env=environment)
    try:
        times = asyncio.run(_times(port))
    finally:
        server.terminate()
        server.wait(60)
    # Where all are treated alike, everybody waits about as long as the mean; where the late are not let in, some wait for the whole run.
    assert max(times) < sum(times) / RESIDENTS / MESSAGES * 3
