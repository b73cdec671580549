"""A server that leaves as luohu does, without its model: a slow answer, work beside the requests, a task that never ends."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import stopping

app = Sanic("leaving", configure_logging=False)
app.config.MOTD = False
stopping.install(app)
KEPT = Path(sys.argv[2])
served = True


@app.get("/readyz")
async def _ready(request: Request) -> HTTPResponse:
    parts = {"model": True} | stopping.readiness(app)
    return response.json(parts, 200 if all(parts.values()) else 503)


@app.get("/slow")
async def _slow(request: Request) -> HTTPResponse:
    await asyncio.sleep(2)
    return response.json({"answered": served})


@app.get("/late")
async def _late(request: Request) -> HTTPResponse:
    async def note() -> None:
        await asyncio.sleep(2)
        KEPT.write_text("kept" if served else "nobody served it")

    asyncio.get_running_loop().create_task(note())
    return response.json({"answered": True})


@app.after_server_start
async def _background(app: Sanic, _: Any) -> None:
    app.add_task(asyncio.sleep(3600), name="for ever")
    stopping.alongside(app, _serve_the_answers())


async def _serve_the_answers() -> None:
    global served
    try:
        await asyncio.sleep(3600)
    finally:
        served = False


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), access_log=False)
