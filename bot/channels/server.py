"""The server: one process, one event loop, the model, the actions and the API in it."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.channel import register as register_channels
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import api, errors, metrics
from bot.channels.direct import Direct, DirectAgent
from bot.channels.erasure import erase
from bot.channels.guard import MAX_BODY
from bot.channels.inprocess import InProcessActions
from bot.channels.loaded import today, world
from bot.channels.rest import RestChannel
from bot.channels.strict import WITHIN, StrictProtocol
from bot.channels.trackers import SnapshotTrackerStore
from bot.channels.upkeep import keep_tidy
from bot.channels.web import WebChannel
from bot.channels.wechat import channel as wechat
from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard
from bot.training import check_seal, quieten

logger = logging.getLogger("luohu.server")


def load_agent(model: Path, store: SnapshotTrackerStore | None = None) -> Agent:
    """The trained bot with its actions in-process and its own tracker store.

    Raises:
        FileNotFoundError: there is no such model.
        RuntimeError: the file is not the one that was trained.
    """
    if not model.is_file():
        raise FileNotFoundError(f"{model}: no such model; run `luohu train`")
    check_seal(model)
    quieten()
    store = store or SnapshotTrackerStore()
    actions = InProcessActions()
    agent = DirectAgent(tracker_store=store, action_endpoint=actions)
    # Rasa wraps every store in one that falls back to memory without a word when the database fails.
    agent.tracker_store = store
    agent.load_model(model)
    assert agent.processor is not None, "a loaded model has a processor"
    agent.direct = Direct(agent.processor, store, actions)
    return agent


def build(agent: Agent, channels: Sequence[InputChannel] | None = None, name: str = "luohu", blueprints: Sequence[Blueprint] = ()) -> Sanic:
    """The Sanic app around a loaded agent; ``blueprints`` are served beside it."""
    app = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.REQUEST_TIMEOUT = WITHIN
    app.config.RESPONSE_TIMEOUT = 60
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.MOTD = False
    app.ctx.agent = agent
    errors.install(app)
    on_wechat = wechat.channels(lambda sender: forget(agent, sender))
    register_channels([RestChannel(), WebChannel(), *on_wechat, *(channels or ())], app, route="/webhooks/")
    app.blueprint([api.blueprint(world), *blueprints])

    @app.get("/")
    async def _root(request: Request) -> HTTPResponse:
        return response.json({"service": "luohu", "api": "/api/v1/openapi.json", "chat": "/chat/", "rest": "/webhooks/rest/webhook"})

    @app.get("/healthz")
    async def _health(request: Request) -> HTTPResponse:
        return response.json({"status": "ok"})

    @app.get("/readyz")
    async def _ready(request: Request) -> HTTPResponse:
        parts = readiness(app.ctx.agent)
        return response.json({"ready": all(parts.values()), **parts}, 200 if all(parts.values()) else 503)

    @app.get("/metrics")
    async def _metrics(request: Request) -> HTTPResponse:
        body, content_type = metrics.exposition()
        return response.raw(body, content_type=content_type)

    return app


def forget(agent: Agent, sender: str) -> None:
    """Erase everything kept about a sender, in the agent's own store and in the project's database."""
    store: Any = agent.tracker_store
    if hasattr(store, "delete"):
        store.delete(sender)
    erase(sender)


def readiness(agent: Agent) -> dict[str, bool]:
    """Which parts are ready: the model, the documents, the database."""
    store: Any = agent.tracker_store
    return {
        "model": agent.is_ready(),
        "documents": len(world().packs) > 0,
        "database": bool(store.alive()) if hasattr(store, "alive") else True,
    }


_STORY = "我户口在外省，大专毕业，在这里上班，交着社保，租房住，跟爱人一起，就按租房这条能落户吗"


async def warm_up(agent: Agent) -> None:
    """Load what loads on first use, so that no resident waits for it; nothing of it is kept."""
    if agent.processor:
        await agent.processor.parse_message(UserMessage(_STORY))
    if isinstance(agent, DirectAgent) and agent.direct:
        agent.direct.prepare()
    for place in world().packs.by_jurisdiction:
        told = take(world(), Conversation(), Heard(_STORY, "tell", today(), metadata={"jurisdiction": place}), "answer")
        take(world(), told.state, Heard("怎样才能办", "how_to", today(), metadata={"jurisdiction": place}), "how_to")


def serve(model: Path, host: str, port: int, blueprints: Sequence[Blueprint] = ()) -> None:
    """Load everything and serve until stopped.

    Raises:
        FileNotFoundError: there is no model.
        bot.policy.problem.PackError: a document is not well formed.
    """
    world()
    agent = load_agent(model)
    app = build(agent, blueprints=blueprints)

    @app.after_server_start
    async def _ready(app: Sanic, _: Any) -> None:
        await warm_up(agent)
        app.add_task(keep_tidy())
        # What is loaded now stays for good; the garbage collector need not look through all of it again and again.
        gc.collect()
        gc.freeze()
        print(
            f"\nluohu is ready.\n  chat:  http://{host}:{port}/chat/   or in a terminal: make chat"
            f"\n  talk:  POST http://{host}:{port}/webhooks/rest/webhook"
            f"\n  API:   http://{host}:{port}/api/v1/openapi.json\n",
            flush=True,
        )

    app.run(
        host=host,
        port=port,
        protocol=StrictProtocol,
        access_log=False,
        backlog=int(os.environ.get("SANIC_BACKLOG", "100")),
        workers=1,
        debug=False,
    )
