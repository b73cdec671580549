"""Tricks with bytes on the wire: requests that can be read in two ways, slow senders, paths, headers, methods, other sites."""

from __future__ import annotations

import json
import socket
import time

import pytest

from tests.security.serving import HOOK, House

pytestmark = pytest.mark.server
BODY = json.dumps({"sender": "w", "message": "你好"}).encode()
GET = b"GET /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"


def post(headers: bytes, body: bytes = BODY) -> bytes:
    return b"POST " + HOOK.encode() + b" HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + headers + b"\r\n" + body


LENGTH = b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)


def status(raw: bytes) -> int:
    return int(raw.split(b" ", 2)[1]) if raw.startswith(b"HTTP/") else 0


def test_what_can_be_read_in_one_way_is_read(served: House) -> None:
    assert status(served.send(GET + b"\r\n")) == 200
    assert status(served.send(post(LENGTH + b"Connection: close\r\n"))) == 200
    assert status(served.send(post(b"Transfer-Encoding: chunked\r\nConnection: close\r\n", CHUNKED))) == 200


@pytest.mark.parametrize(
    "raw",
    [
        post(LENGTH + b"Transfer-Encoding: chunked\r\n", CHUNKED),
        post(b"Transfer-Encoding: chunked\r\n" + LENGTH, CHUNKED),
        post(LENGTH + b"Content-Length: 0\r\n"),
        post(LENGTH + LENGTH),
        post(b"Content-Length: +%d\r\n" % len(BODY)),
        post(b"Content-Length: -5\r\n"),
        post(b"Content-Length: 1_0\r\n"),
        post(b"Content-Length: 0x10\r\n"),
        post(b"Content-Length: \r\n"),
        post(b"Transfer-Encoding: Chunked\r\n", CHUNKED),
        post(b"Transfer-Encoding: xchunked\r\n", CHUNKED),
        post(b"Transfer-Encoding: chunked, identity\r\n", CHUNKED),
        post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", CHUNKED),
        post(b"Content-Length : %d\r\n" % len(BODY)),
        post(LENGTH + b"X-A: b\nX-C: d\r\n"),
        post(LENGTH + b"X-A: b\r\n folded\r\n"),
        post(LENGTH + b"X-A: b\x00\r\n"),
        GET + b"Host: other\r\n\r\n",
        b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET /healthz\r\n\r\n",
        b"GET /healthz HTTP/3.0\r\nHost: h\r\n\r\n",
        b"GET  /healthz HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET /health\x00z HTTP/1.1\r\nHost: h\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
    ids=lambda raw: repr(raw[-70:])[2:40],
)
def test_what_can_be_read_in_two_ways_is_refused_and_the_connection_ends(served: House, raw: bytes) -> None:
    heard = len(served.bot.heard)
    got = served.send(raw + GET + b"\r\n")
    assert status(got) == 400
    assert got.count(b"HTTP/1.1 ") == 1, "what follows is not read as a request"
    assert len(served.bot.heard) == heard
    assert b"Traceback" not in got
    assert json.loads(got.split(b"\r\n\r\n", 1)[1])["error"]["code"] == "bad_request"


def test_headers_that_have_no_end_are_refused(served: House) -> None:
    assert status(served.send(GET + b"X-A: " + b"a" * 20_000)) == 413


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_slow_sender_is_cut_and_holds_nobody_up(served: House, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served.app.config, "REQUEST_TIMEOUT", 2)
    begun = GET if part == "headers" else post(b"Content-Length: 60000\r\n", b"")
    slow = [socket.create_connection(("127.0.0.1", served.port), timeout=20) for _ in range(20)]
    try:
        for connection in slow:
            connection.sendall(begun)
        began, ended = time.monotonic(), 0.0
        while not ended and time.monotonic() - began < 30:
            assert served.ask("GET", "/healthz").status == 200, "others are answered meanwhile"
            for connection in slow[:1]:
                try:
                    connection.sendall(b"a")
                    connection.settimeout(0.05)
                    if connection.recv(100) != b"":
                        ended = time.monotonic()
                except TimeoutError:
                    pass
                except ConnectionError:
                    ended = time.monotonic()
            time.sleep(0.3)
        assert ended, "a byte every third of a second kept the connection for 30 s"
    finally:
        for connection in slow:
            connection.close()


def test_the_server_itself_gives_a_request_twenty_seconds(served: House) -> None:
    assert served.app.config.REQUEST_TIMEOUT == 20
    assert served.app.config.REQUEST_MAX_SIZE == 64 * 1024


SECRET_FILES = ("/etc/passwd", "pyproject.toml", "var/secret", "server.py", "luohu.db")
CLIMBS = ("..", "%2e%2e", "%252e%252e", "..%2f..", "..%252f..", "%c0%ae%c0%ae", "....//", "..\\..", "%00", ".%00.")


@pytest.mark.parametrize(
    "base", ["/chat/assets/x/", "/chat/policies/", "/desk/static/", "/desk/public/", "/api/v1/policies/", "/", "/chat/"]
)
def test_no_path_leads_out_of_what_is_served(served: House, base: str) -> None:
    for climb in CLIMBS:
        for name in SECRET_FILES:
            for path in (f"{base}{climb}/{climb}/{climb}/{name.lstrip('/')}", f"{base}{climb}{name}"):
                answer = served.ask("GET", path.replace("\\", "%5c"))
                assert answer.status in (303, 400, 401, 404), path
                assert b"root:" not in answer.raw
                assert b"[project]" not in answer.raw
                assert b"from __future__" not in answer.raw


@pytest.mark.parametrize(
    "path",
    [
        "/chat/assets/",
        "/chat/assets/x/",
        "/chat/assets/x/js",
        "/chat/assets/x/js/",
        "/desk/static/",
        "/desk/public/",
        "/docs/",
        "/data/",
        "/static/",
        "/.git/config",
        "/.env",
    ],
)
def test_no_folder_is_listed(served: House, path: str) -> None:
    answer = served.ask("GET", path)
    assert answer.status in (401, 404)
    assert b"<li>" not in answer.raw


@pytest.mark.parametrize(
    "headers",
    [
        {"x-http-method-override": "DELETE"},
        {"x-method-override": "DELETE"},
        {"x-forwarded-host": "evil.example"},
        {"host": "evil.example"},
        {"x-original-url": "/desk/api/me"},
        {"x-rewrite-url": "/desk/api/me"},
        {"forwarded": "for=127.0.0.1;host=evil.example"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-prefix": "/evil"},
        {"x-forwarded-proto": "javascript"},
    ],
    ids=str,
)
def test_no_header_changes_what_is_asked_or_shown(served: House, headers: dict[str, str]) -> None:
    plain = served.ask("GET", "/api/v1/policies")
    told = served.ask("GET", "/api/v1/policies", headers=headers)
    assert (told.status, told.raw) == (plain.status, plain.raw)
    assert "evil" not in repr(told.headers)
    assert served.ask("GET", "/desk/api/me", headers=headers).status == 401
    page = served.ask("GET", "/desk/", headers=headers)
    assert (page.status, page.headers["location"]) == (303, "/desk/sign-in")
    assert served.ask("POST", "/chat/session", headers=headers).status == 200


def test_no_answer_carries_a_header_that_was_sent(served: House) -> None:
    for path in ("/healthz", "/chat/", "/desk/", "/nosuch%0d%0aSet-Cookie:%20a=b", "/api/v1/policies/x%0d%0aX-Evil:%201"):
        answer = served.ask("GET", path)
        assert "x-evil" not in answer.headers
        assert "a=b" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "path", ["/chat/message", "/chat/session", HOOK, "/desk/api/find", "/api/v1/screen", "/api/v1/policies", "/metrics"]
)
def test_no_other_site_may_read_an_answer(served: House, path: str) -> None:
    for method in ("OPTIONS", "GET", "POST"):
        answer = served.ask(
            method, path, {} if method == "POST" else None, {"origin": "https://evil.example", "access-control-request-method": "POST"}
        )
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_page_of_another_site_cannot_act_for_a_resident_who_has_no_cookie(served: House) -> None:
    begun = served.ask("POST", "/chat/session")
    assert "set-cookie" not in begun.headers, "a browser carries nothing along by itself"
    token = begun.json["token"]
    for sent in ({"cookie": f"token={token}"}, {"authorization": f"Bearer {token}"}):
        assert served.ask("POST", "/chat/message", {"message": "你好"}, sent).status == 401


def test_a_token_in_the_address_is_no_token(served: House) -> None:
    token = served.ask("POST", "/chat/session").json["token"]
    assert served.ask("POST", f"/chat/message?token={token}", {"message": "你好"}).status == 401
    assert served.ask("DELETE", f"/chat/session?token={token}", {}).status == 401
    assert served.ask("GET", f"/desk/api/me?luohu_desk={served.cookie}").status == 401


ECHO = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"/{ECHO}", None),
        ("GET", f"/api/v1/policies/{ECHO}", None),
        ("GET", f"/api/v1/policies/linzi-2022/articles/{ECHO}", None),
        ("GET", f"/api/v1/search?q={ECHO}", None),
        ("GET", f"/api/v1/search?q=a&limit={ECHO}", None),
        ("GET", f"/chat/policies/{ECHO}", None),
        ("GET", f"/chat/policies/{ECHO}.json", None),
        ("GET", f"/chat/assets/{ECHO}/{ECHO}", None),
        ("GET", f"/desk/{ECHO}", None),
        ("POST", HOOK, {"sender": ECHO, "message": ECHO}),
        ("POST", HOOK, {"sender": "a", "message": "a", "metadata": {"jurisdiction": ECHO}}),
        ("POST", "/api/v1/screen", {"policy": ECHO}),
        ("POST", "/api/v1/screen", {ECHO: 1}),
        ("POST", "/desk/api/sign-in", {"name": ECHO, "password": ECHO}),
    ],
    ids=str,
)
def test_what_is_said_back_is_never_a_page(served: House, method: str, path: str, body: object) -> None:
    answer = served.ask(method, path.replace("<", "%3C").replace(">", "%3E"), body)
    kind = answer.headers.get("content-type", "")
    assert ECHO.encode() not in answer.raw or "application/json" in kind
    assert answer.headers.get("x-content-type-options") == "nosniff"
    assert b"Traceback" not in answer.raw


@pytest.mark.parametrize(
    "path", ["/version", "/status", "/domain", "/model", "/model/parse", "/model/train", "/conversations/x/tracker", "/webhook", "/actions"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_rasas_own_api_is_not_there(served: House, method: str, path: str) -> None:
    assert served.ask(method, path, {} if method != "GET" else None).status in (404, 405)
    assert served.ask(method, f"{path}?token=x", {} if method != "GET" else None).status in (404, 405)
