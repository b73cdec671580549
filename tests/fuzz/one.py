"""One target under libFuzzer: ``python -m tests.fuzz.one TARGET CORPUS [libFuzzer's options]``."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=[
        "bot.channels.guard",
        "bot.channels.masking",
        "bot.channels.personal",
        "bot.reading",
        "bot.eligibility.codec",
        "bot.channels.wechat",
    ]
):
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Write the seeds and fuzz; libFuzzer ends the process."""
    target, corpus = sys.argv[1], Path(sys.argv[2])
    for number, seed in enumerate(seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    TARGETS[target]("我租房住".encode())  # what loads at first use
    atheris.Setup([sys.argv[0], *sys.argv[3:], str(corpus)], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
