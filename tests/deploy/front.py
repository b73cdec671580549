"""The real nginx with the real configuration, on ports of the test and with a certificate made for it."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.deploy.tools import DEPLOY, debian, run
from tests.desk.serving import Answer
from tests.rest.serving import free_port

NAME = "luohu.example.gov.cn"


class Front:
    """nginx before ``servers`` (ports); everything of it lies under ``folder``."""

    def __init__(self, folder: Path, servers: Sequence[int]) -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        (folder / "conf.d").mkdir(parents=True)
        (folder / "luohu").mkdir()
        for file in (DEPLOY / "nginx" / "luohu").iterdir():
            (folder / "luohu" / file.name).write_text(file.read_text())
        lines = (DEPLOY / "nginx" / "luohu" / "servers.conf").read_text()
        for usual, port in zip((5005, 5006, 5007), servers, strict=False):
            lines = lines.replace(f":{usual} ", f":{port} ")
        (folder / "luohu" / "servers.conf").write_text("\n".join(x for x in lines.splitlines() if ":500" not in x))
        conf = (DEPLOY / "nginx" / "luohu.conf").read_text()
        conf = conf.replace("listen 443 ", f"listen 127.0.0.1:{self.https} ").replace("listen 80;", f"listen 127.0.0.1:{self.http};")
        (folder / "conf.d" / "luohu.conf").write_text(conf.replace("/var/log/nginx/", f"{folder}/"))
        (folder / "nginx.conf").write_text(
            f"worker_processes 1; worker_rlimit_nofile 4096; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
            f"events {{ worker_connections 1024; }}\n"
            f"http {{ {' '.join(f'{kind}_temp_path {folder}/{kind};' for kind in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))}\n"
            f"include conf.d/*.conf; }}\n"
        )
        key, certificate = folder / "luohu" / "tls.key", folder / "luohu" / "tls.crt"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        name = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
        made = run([debian("openssl"), "req", "-x509", *curve, *name, "-keyout", key, "-out", certificate])
        assert made.returncode == 0, made.stdout
        self._tls = ssl.create_default_context(cafile=str(folder / "luohu" / "tls.crt"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def command(self) -> list[str]:
        """nginx with this configuration."""
        return [debian("nginx"), "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "error.log")]

    def start(self) -> None:
        """Start, and wait until it takes connections."""
        self._process = subprocess.Popen(self.command)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.https)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)

    @property
    def errors(self) -> str:
        """The end of what nginx logged as wrong."""
        return (self.folder / "error.log").read_text(errors="replace")[-4000:]

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, name: str = NAME, timeout: float = 90
    ) -> Answer:
        """One request over TLS, with the certificate checked."""
        with (
            socket.create_connection(("127.0.0.1", self.https), timeout=timeout) as plain,
            self._tls.wrap_socket(plain, server_hostname=name) as tls,
        ):
            connection = http.client.HTTPConnection(name)
            connection.sock = tls
            raw = body if isinstance(body, bytes) or body is None else json.dumps(body, ensure_ascii=False).encode()
            connection.request(method, path, raw, {"Content-Type": "application/json", **(headers or {})})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
