"""The server: one process, one event loop, the model, the actions and the API in it."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel
from rasa.core.channels.channel import register as register_channels
from rasa.core.lock_store import InMemoryLockStore
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import versions
from bot.channels import api, errors, observing, scrape, stopping
from bot.channels.direct import Direct, DirectAgent
from bot.channels.erasure import erase
from bot.channels.guard import MAX_BODY
from bot.channels.inprocess import InProcessActions
from bot.channels.loaded import world
from bot.channels.rest import RestChannel
from bot.channels.settings import backlog
from bot.channels.shared import Alone, Shared
from bot.channels.strict import WITHIN, StrictProtocol
from bot.channels.trackers import SnapshotTrackerStore
from bot.channels.upkeep import keep_tidy
from bot.channels.warming import warm_up
from bot.channels.web import WebChannel
from bot.channels.wechat import channel as wechat
from bot.training import check_seal, quieten

logger = logging.getLogger("luohu.server")

SOON = 1.0
"""Seconds within which a database that is there answers that it is."""


def load_agent(model: Path, store: SnapshotTrackerStore | None = None) -> Agent:
    """The trained bot with its actions in-process and its own tracker store.

    Raises:
        FileNotFoundError: there is no such model.
        RuntimeError: the model cannot be read, or is not the one that was trained.
        StoreError: the database cannot be used.
    """
    if not model.is_file():
        raise FileNotFoundError(f"{model}: no such model; run `luohu train`")
    check_seal(model)
    quieten()
    store = store or SnapshotTrackerStore()
    actions = InProcessActions()
    # Whose turn it is, the channels have settled before (shared.py); Rasa's own lock finds nobody else there.
    agent = DirectAgent(tracker_store=store, action_endpoint=actions, lock_store=InMemoryLockStore())
    # Rasa wraps every store in one that falls back to memory without a word when the database fails.
    agent.tracker_store = store
    try:
        agent.load_model(model)
    except Exception as error:  # a file that was cut short or is of another Rasa fails in as many ways as there are components
        raise RuntimeError(f"{model} cannot be loaded ({type(error).__name__}); delete it and run `luohu train`") from error
    assert agent.processor is not None, "a loaded model has a processor"
    agent.direct = Direct(agent.processor, store, actions)
    return agent


def build(
    agent: Agent,
    channels: Sequence[InputChannel] | None = None,
    name: str = "luohu",
    blueprints: Sequence[Blueprint] = (),
    shared: Shared | None = None,
) -> Sanic:
    """The Sanic app around a loaded agent; ``blueprints`` are served beside it. ``shared`` is what it shares with other servers."""
    shared = shared or Alone()
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.REQUEST_TIMEOUT = WITHIN
    app.config.RESPONSE_TIMEOUT = 60
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.MOTD = False
    app.ctx.agent = agent
    errors.install(app)
    stopping.install(app)
    on_wechat = wechat.channels(lambda sender: forget(agent, sender), shared)
    register_channels([RestChannel(shared=shared), WebChannel(shared=shared), *on_wechat, *(channels or ())], app, route="/webhooks/")
    app.blueprint([api.blueprint(world), *blueprints])

    @app.get("/")
    async def _root(request: Request) -> HTTPResponse:
        return response.json({"service": "luohu", "api": "/api/v1/openapi.json", "chat": "/chat/", "rest": "/webhooks/rest/webhook"})

    @app.get("/healthz")
    async def _health(request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    async def parts_ready() -> dict[str, bool]:
        return await readiness(app.ctx.agent) | shared.readiness() | stopping.readiness(app)

    @app.get("/readyz")
    async def _ready(request: Request) -> HTTPResponse:
        parts = await parts_ready()
        return response.json({"ready": all(parts.values()), **parts}, 200 if all(parts.values()) else 503)

    app.add_route(scrape.handler(parts_ready), "/metrics", name="metrics")
    return app


async def forget(agent: Agent, sender: str) -> None:
    """Erase everything kept about a sender, in the agent's own store and in the project's database."""
    store: Any = agent.tracker_store
    if hasattr(store, "delete"):
        await asyncio.to_thread(store.delete, sender)
    await asyncio.to_thread(erase, sender)


async def readiness(agent: Agent) -> dict[str, bool]:
    """Which parts are ready: the model, the documents, the database (not, where it takes longer than :data:`SOON` to answer)."""
    store: Any = agent.tracker_store
    return {
        "model": agent.is_ready(),
        "documents": len(world().packs) > 0,
        "database": await _soon(store.alive) if hasattr(store, "alive") else True,
    }


async def _soon(alive: Callable[[], bool]) -> bool:
    try:
        return await asyncio.wait_for(asyncio.to_thread(alive), SOON)
    except asyncio.TimeoutError:
        return False


_YOUNG = 10_000
"""Objects made and not freed since the last visit of the garbage collector that bring the next one."""
def spare_the_collector() -> None:
    """Keep the garbage collector from looking through what is loaded, which stays for good, and from coming after every few messages.

    What a message leaves behind is freed by counting; the few cycles can wait. Each of its visits wakes JAX as well, which costs more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


def serve(model: Path, host: str, port: int, blueprints: Sequence[Blueprint] = (), shared: Shared | None = None) -> None:
    """Load everything and serve until stopped.

    Raises:
        FileNotFoundError: there is no model.
        bot.policy.problem.PackError: a document is not well formed.
    """
    world()
    here = versions.current()  # as loaded, before anybody changes a file
    agent = load_agent(model)
    observing.running(here.luohu, here.code, here.model, here.data)
    shared = shared or Alone()
    app = build(agent, blueprints=blueprints, shared=shared)

    @app.before_server_start
    async def _join(app: Sanic, _: Any) -> None:
        stopping.alongside(app, shared.run())

    @app.after_server_stop
    async def _let_go(app: Sanic, _: Any) -> None:
        store: Any = agent.tracker_store
        await store.keeper.close()

    @app.after_server_start
    async def _ready(app: Sanic, _: Any) -> None:
        await warm_up(agent)
        app.add_task(keep_tidy(), name="keep tidy")
        spare_the_collector()
        print(
            f"\nluohu is ready.\n  chat:  http://{host}:{port}/chat/   or in a terminal: make chat"
            f"\n  talk:  POST http://{host}:{port}/webhooks/rest/webhook"
            f"\n  API:   http://{host}:{port}/api/v1/openapi.json\n",
            flush=True,
        )

    listen(app, host, port)


def listen(app: Sanic, host: str, port: int) -> None:
    """Serve an app until stopped, in this process and on asyncio's own event loop."""
    # uvloop takes one new connection a round, however many messages a round answers: in a crowd, whoever connects late waits for seconds
    # that no metric sees. asyncio takes all that wait (decision 18).
    app.config.USE_UVLOOP = False
    asyncio.set_event_loop_policy(None)  # Sanic leaves the one that an import of its own has set
    app.run(host=host, port=port, protocol=StrictProtocol, access_log=False, backlog=backlog(), workers=1, debug=False)
