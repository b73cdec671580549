"""A TCP proxy in front of a service, which can be cut, can hang as a network that drops every packet, and can come back."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit


class Proxy:
    """Listens on a port of its own and passes everything on, until it is told otherwise."""

    def __init__(self, host: str, port: int) -> None:
        """``host`` and ``port`` are the service's."""
        self._target = (host, port)
        self._open = threading.Event()
        self._open.set()
        self._pairs: set[socket.socket] = set()
        self._listening = self._listen(0)
        self.port: int = self._listening.getsockname()[1]
        self._accept(self._listening)

    def hang(self) -> None:
        """Connections stay, and new ones are taken, but nothing goes through."""
        self._open.clear()

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.drop()

    def drop(self) -> None:
        """Break every connection."""
        for one in list(self._pairs):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._pairs.clear()

    def restore(self) -> None:
        """Pass everything on again."""
        if self._listening.fileno() < 0:
            self._listening = self._listen(self.port)
            self._accept(self._listening)
        self._open.set()

    def close(self) -> None:
        """End for good."""
        self._open.set()
        self.cut()

    @staticmethod
    def _listen(port: int) -> socket.socket:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
        made.listen(64)
        return made

    def _accept(self, listening: socket.socket) -> None:
        def run() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                    service = socket.create_connection(self._target)
                except OSError:
                    return
                self._pairs |= {client, service}
                for one, other in ((client, service), (service, client)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

        threading.Thread(target=run, daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def in_front_of(url: str) -> Iterator[tuple[Proxy, str]]:
    """A proxy in front of the service of a URL, and the URL through it."""
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
    who = f"{parts.username}:{parts.password}@" if parts.password else f"{parts.username}@" if parts.username else ""
    try:
        yield proxy, urlunsplit(parts._replace(netloc=f"{who}127.0.0.1:{proxy.port}"))
    finally:
        proxy.close()
