"""The lines that were logged, for tests."""

from __future__ import annotations

import io
import json
from typing import Any


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]
