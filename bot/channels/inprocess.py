"""Actions called in the server's own process, behind the interface of Rasa's action endpoint."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import rasa.core.processor
import rasa.engine.runner.dask
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException, Tracker
from rasa_sdk.utils import call_potential_coroutine

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):
    """An action endpoint without a network: ``request`` runs the action of the ``actions`` package directly."""

    def __init__(self, package: str = "actions") -> None:
        """Register every action of the package."""
        super().__init__(url="in-process", enable_selective_domain=True)
        logging.getLogger("rasa_sdk.executor").setLevel(logging.WARNING)
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self.names = frozenset(self._executor.actions)
        """The names of the actions that can be called."""
        _trust_own_answers()
        _copy_nothing_for_the_log()
        _run_graphs_directly()

    async def run(self, name: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
        """Run one action on a tracker; its events. What it says is in ``dispatcher``.

        Raises:
            KeyError: there is no such action.
        """
        return list(await call_potential_coroutine(self._executor.actions[name](dispatcher, tracker, {})) or ())

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that Rasa names in ``json``; refusals are raised as Rasa expects them of an action server."""
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection as refusal:
            raise ClientResponseError(400, "rejected", json.dumps({"error": str(refusal), "action_name": refusal.action_name})) from refusal
        except ActionNotFoundException as missing:
            raise ClientResponseError(
                404, "unknown action", json.dumps({"error": str(missing), "action_name": missing.action_name})
            ) from missing


def _trust_own_answers() -> None:
    """Leave out Rasa's check of an action server's answer against a JSON schema.

    It compiles the schema anew for every call, which is nine tenths of the time of a turn (profiled: 67 of 75 ms).  The
    answers here come from the SDK's own executor, which has checked the events already, and never from a network.
    """
    RemoteAction._validate_action_result = lambda self, result: True  # type: ignore[method-assign]


def _copy_nothing_for_the_log() -> None:
    """Leave out the deep copies that Rasa's message processor makes of events, slots and texts.

    It makes them for debug lines only, whether or not they are written (profiled: a tenth of the time of a turn), and nothing
    changes what is handed to a log line.
    """
    rasa.core.processor.copy = SimpleNamespace(deepcopy=lambda value: value)  # type: ignore[attr-defined]


def _run_graphs_directly() -> None:
    """Run the graphs of the model without dask, which spends more time on its own bookkeeping than the components of most nodes on theirs.

    For this process only; training runs in another.
    """
    rasa.engine.runner.dask.dask = SimpleNamespace(get=run_graph)  # type: ignore[attr-defined]


def plan_of(runner: Any, target: str) -> dict[str, Any]:
    """The graph that leads to a target, as :func:`run_graph` takes it, put together once.

    Rasa's own runner does so for every message, and writes out the message, the tracker and the whole model for a line that nobody logs.
    """
    plan: dict[str, Any] = runner._build_dask_graph(runner._graph_schema.minimal_graph_schema([target]))
    return plan


def run_graph(graph: Mapping[str, Any], targets: Sequence[str]) -> list[Any]:
    """The values of ``targets`` in a graph as dask takes it, each node run once, after those it needs.

    A node is ``(callable, name of a needed node, …)``; any other value stands for itself, and so does a needed name that is not
    in the graph. What a node raises is passed on.
    """
    done: dict[str, Any] = {}

    def value(name: str) -> Any:
        if name not in done:
            task = graph.get(name, name)
            done[name] = task[0](*map(value, task[1:])) if isinstance(task, tuple) and callable(task[0]) else task
        return done[name]

    return [value(target) for target in targets]
