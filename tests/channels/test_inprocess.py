"""What is left out of Rasa's own work on every message must not change what comes out of it."""

from __future__ import annotations

import ast
import inspect
from operator import add

import dask
import pytest
import rasa.core.processor
import rasa.engine.runner.dask
from rasa.engine.runner.dask import DaskGraphRunner

from bot.channels.inprocess import InProcessActions, run_graph


def pair(*values: object) -> tuple[object, ...]:
    return values


# As Rasa builds them: inputs are (name, value), a node may need an input that was not given.
GRAPHS = [
    ({"message": ("message", [1, 2]), "tokens": (pair, "message"), "intent": (pair, "tokens", "message"),
      "said": (pair, "intent", "tokens")}, ["said"]),
    ({"a": 1, "b": 2, "c": (add, "a", "b"), "d": (add, "c", "c")}, ["d", "c"]),
    ({"node": (pair, "not_given")}, ["node"]),
    ({"text": ("text", "tokens"), "tokens": (pair, "text")}, ["tokens"]),
]


@pytest.mark.parametrize("graph, targets", GRAPHS[:3])
def test_a_graph_gives_what_dask_makes_of_it(graph: dict, targets: list[str]) -> None:
    assert run_graph(graph, targets) == list(dask.get(graph, targets))


def test_a_text_that_is_the_name_of_a_node_stays_a_text() -> None:
    assert run_graph(*GRAPHS[3]) == [(("text", "tokens"),)]


def test_each_node_runs_once_and_only_where_it_is_needed() -> None:
    ran: list[str] = []

    def node(name: str):
        def run(*_: object) -> str:
            ran.append(name)
            return name

        return run

    graph = {"a": (node("a"),), "b": (node("b"), "a"), "c": (node("c"), "a", "b"), "other": (node("other"), "a")}
    assert run_graph(graph, ["c", "b"]) == ["c", "b"]
    assert ran == ["a", "b", "c"]


def test_what_a_node_raises_is_passed_on() -> None:
    def fail() -> None:
        raise KeyError("no such slot")

    with pytest.raises(KeyError, match="no such slot"):
        run_graph({"a": (fail,), "b": (pair, "a")}, ["b"])


def test_the_runner_of_the_server_uses_it() -> None:
    InProcessActions()
    assert rasa.engine.runner.dask.dask.get is run_graph
    used = {n.attr for n in _attributes(inspect.getsource(rasa.engine.runner.dask), "dask")}
    assert used == {"get"}, "Rasa's runner uses more of dask than the server gives it"
    assert "dask.get(run_graph, run_targets)" in inspect.getsource(DaskGraphRunner.run)


def test_the_processor_copies_only_what_it_logs() -> None:
    source = inspect.getsource(rasa.core.processor)
    copies = _attributes(source, "copy")
    assert copies, "Rasa's processor copies nothing any more: leave the patch out"
    assert {c.attr for c in copies} == {"deepcopy"}
    logged = [n for call in ast.walk(ast.parse(source)) if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
              for n in ast.walk(call) if _is(n, "copy")]
    assert len(logged) == len(copies)


def _attributes(source: str, module: str) -> list[ast.Attribute]:
    return [n for n in ast.walk(ast.parse(source)) if _is(n, module)]


def _is(node: ast.AST, module: str) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module
