"""The examples of README.md, cut out of it: the conversation, the curl call, the commands."""

from __future__ import annotations

import re
import shlex

from bot import paths

README = paths.ROOT / "README.md"
_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return [body for name, body in _BLOCK.findall(README.read_text(encoding="utf-8")) if name == language]


def conversation() -> list[tuple[str, str]]:
    """The conversation as pairs of what is typed and what is answered; a line that begins with ``>`` is typed."""
    (text,) = blocks("text")
    turns: list[tuple[str, list[str]]] = []
    for line in text.strip().splitlines():
        if line.startswith("> "):
            turns.append((line[2:], []))
        elif turns:
            turns[-1][1].append(line)
    return [(typed, "\n".join(said).strip()) for typed, said in turns]


def commands() -> list[list[str]]:
    """Every ``luohu`` command shown, split as a shell would."""
    return [shlex.split(line) for block in blocks("sh") for line in block.splitlines() if line.startswith("luohu ")]


def curl() -> tuple[str, str]:
    """The address and the body of the curl call."""
    (call,) = [b for b in blocks("sh") if b.startswith("curl")]
    words = shlex.split(call.replace("\\\n", " "))
    return next(w for w in words if w.startswith("http")), words[words.index("-d") + 1]
