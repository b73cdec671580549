"""The targets of the fuzzers, with Hypothesis and with libFuzzer for a bounded time; and every input that once broke one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.channels.masking import Masked
from tests.fuzz.__main__ import fuzz
from tests.fuzz.seeds import kept, phrases, seeds
from tests.fuzz.targets import TARGETS

EXAMPLES, SECONDS, RUNS = 100, 4, 20_000
UNDER_LIBFUZZER = ("masking", "readers", "facts", "xml", "crypto")
"""The readers and the codec of WeChat; `python -m tests.fuzz` takes all targets, for as long as it is told."""
QUIET = {"deadline": None, "database": None, "derandomize": True, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
_pieces = st.lists(st.sampled_from(phrases(40)) | st.text(max_size=15), max_size=6).map("，".join)


def inputs(target: str) -> st.SearchStrategy[bytes]:
    """What a target is given: bytes, seeds cut and joined, and bodies of its own kind."""
    raw = st.binary(max_size=400)
    seeded = st.lists(st.sampled_from([*seeds(target)] or [b""]), min_size=1, max_size=3).map(b"".join)
    kinds = [raw, seeded]
    if target in ("guard", "payload", "codec"):
        keys = {"guard": ("sender", "message", "metadata"), "payload": ("policy", "facts", "as_of")}.get(target)
        inner = st.dictionaries(st.sampled_from(keys), _json) if keys else _json
        facts = st.dictionaries(
            st.sampled_from(("work.status", "housing.kind", "work.months", "hukou.place", "as_of", "education.level")), _json
        )
        whole = facts.map(
            lambda told: told if target == "codec" else {"policy": "linzi-2022", "facts": told, "sender": "a", "message": "租房"}
        )
        kinds += [inner.map(lambda value: json.dumps(value).encode()), whole.map(lambda value: json.dumps(value).encode())]
    else:
        kinds.append(_pieces.map(lambda text: text.encode("utf-8", "surrogatepass")))
    return st.one_of(*kinds)


@pytest.mark.parametrize("target", TARGETS)
def test_hypothesis_finds_nothing(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    tried = 0

    @settings(max_examples=EXAMPLES, **QUIET)
    @given(inputs(target))
    def run(data: bytes) -> None:
        nonlocal tried
        tried += 1
        TARGETS[target](data)

    run()
    with capsys.disabled():
        print(f"\n{target}: {tried} inputs of Hypothesis, nothing found")
    assert tried >= EXAMPLES // 2


@pytest.mark.parametrize("target", UNDER_LIBFUZZER)
def test_libfuzzer_finds_nothing(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    tried, said = fuzz(target, RUNS, SECONDS)
    with capsys.disabled():
        print(f"\n{target}: {tried} inputs of libFuzzer, {'BROKEN' if said else 'nothing found'}")
    assert not said, said.decode("utf-8", "replace")
    assert tried > 0


@pytest.mark.parametrize(
    "target, file", [(t, f) for t in TARGETS for f in kept(t)], ids=lambda part: part if isinstance(part, str) else part.name
)
def test_what_broke_once_does_not_break_again(target: str, file: Path) -> None:
    TARGETS[target](file.read_bytes())


def test_a_promise_that_does_not_hold_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.targets.mask", lambda text: Masked(text + "。", ()))
    with pytest.raises(AssertionError):
        TARGETS["masking"](b"a")
