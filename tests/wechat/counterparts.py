"""Two clients that share no code with the bot: wechatpy's crypto and WeChat Work's own (npm ``@wecom/crypto``) in a Node process."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from wechatpy.crypto import PrpCrypto

HERE = Path(__file__).parent


def wechatpy_cipher(encoding_aes_key: str) -> PrpCrypto:
    """wechatpy's cipher for a key."""
    import base64

    return PrpCrypto(base64.b64decode(encoding_aes_key + "="))


class Wecom:
    """A running Node process; :meth:`__call__` names an operation of ``wecom.mjs``."""

    def __init__(self) -> None:
        _install()
        self._process = subprocess.Popen(
            ["node", str(HERE / "wecom.mjs")], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, operation: str, **given: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"op": operation, **given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer
        return answer["value"]

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


def _install() -> None:
    if (HERE / "node_modules" / "@wecom" / "crypto" / "package.json").is_file() and shutil.which("node"):
        return
    if not shutil.which("node") or not shutil.which("npm"):
        raise RuntimeError("tests/wechat need node and npm (apt-get install nodejs npm) for the counterpart @wecom/crypto")
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True, timeout=240)
    if done.returncode:
        raise RuntimeError(f"`npm ci` failed in {HERE.name}:\n{done.stdout[-800:]}{done.stderr[-800:]}")
