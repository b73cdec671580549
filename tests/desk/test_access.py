"""Nothing of the desk answers without a session: every path, with no, an expired, a forged, a damaged, a disabled one, a wrong role."""

from __future__ import annotations

import base64
import json
import time

import pytest

from bot.desk import session
from bot.desk.access import proxy_from_environment
from bot.desk.assets import PUBLIC, files
from bot.desk.handlers import ROUTES
from bot.store import audit, staff
from tests.desk.conftest import PASSWORD
from tests.desk.serving import Client, Served, app

PUBLIC_PATHS = {"/sign-in", "/api/sign-in", *(f"/public/{name}" for name in PUBLIC)}
PATHS = [(r.method, r.path.replace("<policy:str>", "linzi-2022")) for r in ROUTES]
CLOSED = [
    *PATHS,
    *(("GET", f"/static/{name}") for name in ("desk.js", "desk.html", "nothing.js", "..%2f..%2fserver.py")),
    ("GET", "/api/nothing"), ("POST", "/api/nothing"), ("DELETE", "/api/gaps"), ("PUT", "/anything"),
    ("GET", "/static/"), ("GET", "/desk.html"), ("POST", "/"),
    ("OPTIONS", "/api/me"), ("PUT", "/api/find"), ("GET", "/api/find"),
]  # fmt: skip


def test_every_route_of_the_app_is_known_to_these_tests() -> None:
    found = {r.path.removeprefix("desk").removeprefix("/") for r in app().router.routes}
    known = {r.path for r in ROUTES} | PUBLIC_PATHS | {"/", "/static/<name:str>", "/<path:path>"}
    assert found == {path.removeprefix("/") for path in known}


def tampered() -> dict[str, str]:
    now, good = time.time(), session.token("staff", 1)
    body, _, signature = good.partition(".")
    other = base64.urlsafe_b64encode(json.dumps(["editor", 1, now + 1000]).encode()).decode().rstrip("=")
    return {
        "expired": session.token("staff", 1, now - session.LASTS - 1),
        "another body": f"{other}.{signature}",
        "another signature": f"{body}.{'0' * 64}",
        "no signature": body,
        "empty signature": f"{body}.",
        "garbage": "x.y.z",
        "not ascii": "甲.乙",
        "long": "a" * 5000,
        "ended epoch": session.token("staff", 0),
        "nobody": session.token("nobody at all", 1),
    }


BAD = (
    "expired", "another body", "another signature", "no signature", "empty signature", "garbage", "not ascii", "long", "ended epoch",
    "nobody",
)  # fmt: skip


@pytest.mark.parametrize("method, path", CLOSED)
def test_no_path_answers_without_a_session(client: Client, method: str, path: str) -> None:
    answer = client.ask(method, path, {} if method != "GET" else None)
    assert (answer.status, answer.code) == (401, "not_signed_in")


@pytest.mark.parametrize("method, path", PATHS)
@pytest.mark.parametrize("kind", BAD)
def test_no_path_answers_with_a_bad_session(served: Served, method: str, path: str, kind: str) -> None:
    assert tampered().keys() == set(BAD)
    cookie = tampered()[kind]
    client = Client(served.port, cookie.encode().decode("latin-1") if kind == "not ascii" else cookie, csrf=session.csrf("staff", 1))
    assert client.ask(method, path, {} if method != "GET" else None).status == 401


@pytest.mark.parametrize("method, path", [(r.method, r.path) for r in ROUTES if r.role == "editor"])
def test_staff_may_not_do_what_editors_do(seat: Client, method: str, path: str) -> None:
    answer = seat.ask(method, path, {} if method != "GET" else None)
    assert (answer.status, answer.code) == (403, "not_an_editor")


def test_there_are_editors_routes() -> None:
    assert {r.path for r in ROUTES if r.role == "editor"} == {"/api/gaps/status", "/api/verify", "/api/audit"}
    assert {r.role for r in ROUTES} == {"staff", "editor"}


@pytest.mark.parametrize("method, path", [p for p in PATHS if p[0] != "GET"])
def test_no_write_without_the_token_or_from_another_site(seat: Client, editor: Client, method: str, path: str) -> None:
    assert editor.ask(method, path, {}, x_luohu_csrf="").code == "csrf"
    assert editor.ask(method, path, {}, x_luohu_csrf=seat.csrf or "").code == "csrf"
    assert editor.ask(method, path, {}, origin="https://elsewhere.example").code == "other_site"
    assert editor.ask(method, path, {}, sec_fetch_site="cross-site").code == "other_site"


def test_a_disabled_account_is_shut_out_at_once_on_every_path(served: Served) -> None:
    staff.add("leaving", "editor", PASSWORD)
    one = Client(served.port)
    assert one.sign_in("leaving", PASSWORD).status == 200
    assert one.ask("GET", "/api/me").status == 200
    staff.disable("leaving")
    for method, path in CLOSED:
        assert one.ask(method, path, {} if method != "GET" else None).status == 401
    assert Client(served.port).sign_in("leaving", PASSWORD).code == "wrong"
    staff.add("leaving", "staff", PASSWORD)
    assert one.ask("GET", "/api/me").status == 401, "the old session stays ended"


def test_signing_out_ends_every_session(served: Served) -> None:
    staff.add("two-seats", "staff", PASSWORD)
    first, second = Client(served.port), Client(served.port)
    first.sign_in("two-seats", PASSWORD)
    second.sign_in("two-seats", PASSWORD)
    answer = first.ask("POST", "/api/sign-out", {})
    assert answer.status == 200
    assert 'luohu_desk=""' in answer.headers["set-cookie"] or "Max-Age=0" in answer.headers["set-cookie"]
    assert first.ask("GET", "/api/me").status == second.ask("GET", "/api/me").status == 401


def test_the_page_sends_who_is_not_signed_in_to_the_sign_in_page(client: Client) -> None:
    answer = client.ask("GET", "/")
    assert (answer.status, answer.headers["location"]) == (303, "/desk/sign-in")
    assert client.ask("GET", "/sign-in").status == 200
    for name in PUBLIC:
        assert client.ask("GET", f"/public/{name}").status == 200
    assert set(PUBLIC) < set(files())


def test_the_cookie_is_signed_http_only_same_site_and_ends(served: Served) -> None:
    one = Client(served.port)
    cookie = one.sign_in("staff", PASSWORD).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert f"Max-Age={session.LASTS}" in cookie
    assert "Path=/desk" in cookie
    assert "Secure" not in cookie
    behind = Client(served.port, headers={"x-forwarded-proto": "https"})
    assert "Secure" in behind.sign_in("staff", PASSWORD).headers["set-cookie"]


@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/me", "/public/base.css", "/api/nothing"])
def test_every_answer_carries_the_headers(client: Client, seat: Client, path: str) -> None:
    for who in (client, seat):
        headers = who.ask("GET", path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body, code", [
    ({"name": "staff", "password": "wrong password"}, "wrong"), ({"name": "nobody", "password": PASSWORD}, "wrong"),
    ({"name": "staff"}, "incomplete"), ({"name": 1, "password": PASSWORD}, "incomplete"), ({"name": "", "password": ""}, "incomplete"),
    (b"[]", "body_not_an_object"), (b"{", "body_not_json"),
])  # fmt: skip
def test_a_wrong_sign_in_says_what_is_wrong_and_sets_no_cookie(client: Client, body: object, code: str) -> None:
    answer = client.ask("POST", "/api/sign-in", body)
    assert "set-cookie" not in answer.headers
    assert answer.status in (400, 401)
    assert answer.code == code or answer.status == 400


def test_sign_in_takes_json_from_this_site_only(client: Client) -> None:
    body = {"name": "staff", "password": PASSWORD}
    assert client.ask("POST", "/api/sign-in", body, content_type="text/plain").code == "not_json"
    assert client.ask("POST", "/api/sign-in", body, origin="https://elsewhere.example").code == "other_site"


def test_guessing_is_throttled_and_others_are_not_hindered(served: Served) -> None:
    staff.add("guessed", "staff", PASSWORD)
    one = Client(served.port)
    codes = [one.ask("POST", "/api/sign-in", {"name": "guessed", "password": f"guess {n}"}).code for n in range(7)]
    assert codes[:5] == ["wrong"] * 5
    assert codes[5:] == ["too_many_tries"] * 2
    assert one.ask("POST", "/api/sign-in", {"name": "guessed", "password": PASSWORD}).code == "too_many_tries"
    assert Client(served.port).sign_in("editor", PASSWORD).status == 200


def test_sign_ins_are_in_the_audit_trail_and_a_password_typed_as_a_name_is_not(served: Served) -> None:
    Client(served.port).ask("POST", "/api/sign-in", {"name": "my secret password", "password": "x"})
    acts = audit.latest(10)
    assert ("?", "sign-in refused") in [(a.person, a.action) for a in acts]
    assert "my secret" not in repr(acts)


# -- reverse proxy --------------------------------------------------------------------------------------------------------


def test_a_proxy_signs_in_only_from_its_address_only_known_people_and_never_by_default(served: Served) -> None:
    named = {"x-remote-user": "editor"}
    assert Client(served.port, headers=named).ask("GET", "/api/me").status == 401, "off by default"
    here = Served(LUOHU_DESK_PROXY_HEADER="X-Remote-User", LUOHU_DESK_PROXY_FROM="10.2.0.1, 127.0.0.0/8")
    elsewhere = Served(LUOHU_DESK_PROXY_HEADER="X-Remote-User", LUOHU_DESK_PROXY_FROM="10.1.0.0/16")
    try:
        assert Client(here.port, headers=named).get("/api/me")["name"] == "editor"
        page = Client(here.port, headers=named).ask("GET", "/")
        assert (page.status, "luohu_desk=" in page.headers["set-cookie"]) == (200, True)
        assert Client(here.port, headers={"x-remote-user": "nobody"}).ask("GET", "/api/me").status == 401
        assert Client(here.port).ask("GET", "/api/me").status == 401
        forwarded = {**named, "x-forwarded-for": "10.1.2.3"}
        assert Client(elsewhere.port, headers=forwarded).ask("GET", "/api/me").status == 401
        staff.add("proxied", "staff", PASSWORD)
        staff.disable("proxied")
        assert Client(here.port, headers={"x-remote-user": "proxied"}).ask("GET", "/api/me").status == 401
        assert Client(here.port, headers=named).ask("POST", "/api/find", {"query": "租房"}).code == "csrf"
    finally:
        here.stop()
        elsewhere.stop()


@pytest.mark.parametrize("header, sources", [("X-User", ""), ("", "10.0.0.1"), ("X-User", "not an address")])
def test_half_a_proxy_setting_is_refused(monkeypatch: pytest.MonkeyPatch, header: str, sources: str) -> None:
    monkeypatch.setenv("LUOHU_DESK_PROXY_HEADER", header)
    monkeypatch.setenv("LUOHU_DESK_PROXY_FROM", sources)
    with pytest.raises(RuntimeError, match="LUOHU_DESK_PROXY"):
        proxy_from_environment()
