"""``python -m tests.fuzz --runs N``: libFuzzer (through atheris) on every target, N inputs each; ends with 1 where one broke.

An input that breaks something is written into ``var/fuzz``; move it to ``tests/fuzz/crashes/<target>/`` and mend the code.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bot import paths

_DONE = re.compile(rb"Done (\d+) (?:runs|in)")
_LAST = re.compile(rb"^#(\d+)\t", re.MULTILINE)


def fuzz(target: str, runs: int, seconds: int) -> tuple[int, bytes]:
    """Fuzz one target in a process of its own; how many inputs were tried, and what was printed where one broke (else nothing)."""
    found = paths.VAR / "fuzz"
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.one",
            target,
            corpus,
            f"-runs={runs}",
            f"-artifact_prefix={found / target}-",
            "-seed=1",
        ]
        limits = [f"-max_total_time={seconds}"] if seconds else []
        done = subprocess.run(
            [*command, *limits, "-max_len=3000", "-timeout=20", "-rss_limit_mb=3000"], cwd=paths.ROOT, capture_output=True, check=False
        )
    said = done.stdout + done.stderr
    tried = [int(n) for n in _DONE.findall(said)] or [int(n) for n in _LAST.findall(said)] or [0]
    return tried[-1], b"" if done.returncode == 0 else f"exit code {done.returncode}\n".encode() + said[-4000:]


def main() -> int:
    """Run every target, or those named; print how many inputs each got."""
    from tests.fuzz.targets import TARGETS

    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--runs", type=int, default=20_000, help="inputs of each target")
    asked.add_argument("--seconds", type=int, default=0, help="stop each target after this long (0: never)")
    asked.add_argument("targets", nargs="*", choices=[[], *TARGETS], default=[])
    options = asked.parse_args()
    total, broken = 0, []
    for target in options.targets or TARGETS:
        tried, said = fuzz(target, options.runs, options.seconds)
        total += tried
        print(f"{target:10} {tried:>9,} inputs  {'BROKEN' if said else 'nothing found'}", flush=True)
        if said:
            broken.append(target)
            print(said.decode("utf-8", "replace"), flush=True)
    print(f"{'all':10} {total:>9,} inputs  {len(broken)} targets broken; inputs that broke something lie in {Path(paths.VAR / 'fuzz')}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
