"""The real nginx does what operations.md says of it; the servers behind it are small stand-ins that note what reaches them."""

from __future__ import annotations

import http.client
import http.server
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.deploy.front import Front
from tests.deploy.tools import checker, run
from tests.desk.serving import Answer
from tests.rest.serving import free_port

HOOK = "/webhooks/rest/webhook"


class StandIn:
    """A server of one port; ``dies`` reads a request and hangs up without an answer."""

    def __init__(self) -> None:
        self.port, self.dies, self.seen = free_port(), False, list[tuple[str, str, dict[str, str], bytes]]()
        stand_in = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def _handle(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                stand_in.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                if stand_in.dies:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(200)
                self.send_header("Content-Security-Policy", "default-src 'none'")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            do_GET = do_POST = do_DELETE = _handle

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def servers() -> Iterator[list[StandIn]]:
    made = [StandIn() for _ in range(3)]
    yield made
    for one in made:
        one.close()


@pytest.fixture
def front(tmp_path: Path, servers: list[StandIn]) -> Iterator[Front]:
    made = Front(tmp_path / "nginx", [s.port for s in servers])
    try:
        made.start()
        yield made
    finally:
        made.stop()


def error(got: Answer) -> str:
    """The code of an error, in the form that the bot's own have."""
    assert got.headers["content-type"] == "application/json"
    assert set(got.json["error"]) == {"code", "message", "path"}
    return str(got.json["error"]["code"])


def test_the_configuration_is_taken_by_nginx_and_by_gixy(tmp_path: Path) -> None:
    front = Front(tmp_path / "nginx", [1, 2, 3])
    tried = run([*front.command, "-t"])
    assert tried.returncode == 0, tried.stdout
    assert "warn" not in tried.stdout
    found = checker("gixy", front.folder / "nginx.conf")
    assert found.returncode == 0, found.stdout


def test_a_request_reaches_a_server_with_what_it_must_know(front: Front, servers: list[StandIn]) -> None:
    got = front.ask("GET", "/chat/", headers={"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "X-Remote-User": "boss"})
    assert got.status == 200
    assert got.headers["content-security-policy"] == "default-src 'none'"  # the bot's own, once
    assert got.headers["strict-transport-security"].startswith("max-age=")
    assert "nginx/" not in got.headers["server"]
    ((_, _, headers, _),) = [seen for s in servers for seen in s.seen]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["host"] == "luohu.example.gov.cn"
    assert "x-remote-user" not in headers
    assert len(headers["x-request-id"]) == 32


def test_plain_http_leads_to_https(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.http)
    connection.request("GET", "/chat/?a=1", headers={"Host": "luohu.example.gov.cn"})
    got = connection.getresponse()
    assert (got.status, got.getheader("location")) == (301, "https://luohu.example.gov.cn/chat/?a=1")


def test_another_name_and_old_tls_get_no_answer(front: Front) -> None:
    with pytest.raises((ssl.SSLError, OSError)):
        front.ask("GET", "/chat/", name="elsewhere.example")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", front.https)) as plain, pytest.raises((ssl.SSLError, OSError)):
        old.wrap_socket(plain, server_hostname="luohu.example.gov.cn")


def test_what_is_not_for_the_public_is_not_there(front: Front, servers: list[StandIn]) -> None:
    assert [front.ask("GET", path).status for path in ("/metrics", "/readyz")] == [404, 404]
    assert front.ask("GET", "/desk/").status == 200  # from this machine
    assert sum(len(s.seen) for s in servers) == 1


def test_the_desk_is_for_its_own_networks(tmp_path: Path, servers: list[StandIn]) -> None:
    front = Front(tmp_path / "nginx", [s.port for s in servers])
    (front.folder / "luohu" / "desk.conf").write_text("allow 10.0.0.0/8;\n")
    front.start()
    try:
        assert [front.ask("GET", path).status for path in ("/desk/", "/desk", "/desk/api/me", "/chat/")] == [403, 403, 403, 200]
        assert front.ask("POST", "/desk/api/sign-in", {}).status == 403
    finally:
        front.stop()


def test_a_long_body_is_refused_in_the_form_of_the_bot(front: Front, servers: list[StandIn]) -> None:
    assert front.ask("POST", HOOK, b"x" * 65536).status == 200
    got = front.ask("POST", HOOK, b"x" * 65537)
    assert (got.status, error(got)) == (413, "body_too_large")
    assert sum(len(s.seen) for s in servers) == 1


def test_a_server_that_is_not_there_costs_nobody_a_message(front: Front, servers: list[StandIn]) -> None:
    servers[0].close()
    assert [front.ask("POST", HOOK, {"message": str(n)}).status for n in range(12)] == [200] * 12
    assert sorted(json.loads(seen[3])["message"] for s in servers for seen in s.seen) == sorted(map(str, range(12)))


@pytest.mark.parametrize("path", [HOOK, "/chat/message", "/webhooks/wechat/webhook"])
def test_a_server_that_dies_over_a_message_passes_it_on_under_the_same_id(front: Front, servers: list[StandIn], path: str) -> None:
    for one in servers[:2]:
        one.dies = True
    for n in range(3):
        assert front.ask("POST", path, {"message": str(n)}).status == 200
    answered = {seen[3]: seen[2]["x-request-id"] for seen in servers[2].seen}
    died = [seen for s in servers[:2] for seen in s.seen]
    assert len(answered) == 3
    assert died
    assert all(answered[seen[3]] == seen[2]["x-request-id"] for seen in died)


def test_what_is_no_message_is_not_done_twice(front: Front, servers: list[StandIn]) -> None:
    for one in servers:
        one.dies = True
    got = front.ask("POST", "/desk/api/feedback", {"a": 1})
    assert (got.status, error(got)) == (503, "away")
    assert sum(len(s.seen) for s in servers) == 1


def test_without_any_server_that_is_said(front: Front, servers: list[StandIn]) -> None:
    for one in servers:
        one.close()
    got = front.ask("POST", HOOK, {"message": "a"})
    assert (got.status, error(got)) == (503, "away")
    assert got.headers["retry-after"] == "5"
    assert "strict-transport-security" in got.headers


def test_whoever_asks_too_fast_is_told_so(front: Front) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda n: front.ask("POST", "/desk/api/sign-in", {}), range(24)))
    refused = [g for g in got if g.status == 429]
    assert 10 <= len(refused) <= 14
    assert error(refused[0]) == "too_many_requests"
    assert front.ask("GET", "/chat/").status == 200


def test_wechat_may_only_get_and_post(front: Front) -> None:
    assert front.ask("DELETE", "/webhooks/wechat/webhook").status == 403


def test_the_log_names_no_person(front: Front) -> None:
    front.ask("GET", "/webhooks/wechat/webhook?openid=oSecret&signature=abc")
    front.ask("GET", "/api/v1/search?q=secret")
    for _ in range(100):
        log = (front.folder / "luohu.log").read_text()
        if log.count("\n") == 2:
            break
        time.sleep(0.05)
    assert log.count("127.0.0.0 ") == 2
    assert "127.0.0.1 " not in log
    assert "ecret" not in log
    assert '"GET /webhooks/wechat/webhook" 200' in log
