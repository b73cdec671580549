"""The desk over HTTP: ``/desk/`` with its page and its JSON API. Each route says who may call it; nobody else gets an answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.guard import Refused, parse_json
from bot.channels.shared import Alone, Apart, Shared
from bot.conversation.world import World
from bot.desk.access import Proxy, aside, may, own_page, person_of, proxy_from_environment, same_site
from bot.desk.assets import PUBLIC, file, files, refusal, unknown, with_headers
from bot.desk.calls import PREFIX, Call, Office, Route
from bot.desk.handlers import ROUTES
from bot.desk.session import COOKIE, LASTS, token
from bot.desk.wording import say
from bot.store import audit, staff
from bot.store.staff import Person

_APART = Refused(503, "apart", say("apart"), "")
# Every method is taken, so that none is answered without a session.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def blueprint(world: Callable[[], World], proxy: Proxy | None = None, shared: Shared | None = None) -> Blueprint:
    """Everything under ``/desk``.

    ``world`` gives the loaded data, ``proxy`` who else signs people in (default: the environment's), ``shared`` what the servers share.
    """
    office = Office(world, proxy or proxy_from_environment(), shared or Alone())
    desk = Blueprint("luohu_desk", url_prefix=PREFIX)
    for number, path in enumerate(dict.fromkeys(r.path for r in ROUTES)):
        here = {r.method: r for r in ROUTES if r.path == path}
        desk.add_route(_guarded(office, here), path, methods=_METHODS, name=f"api_{number}")
    desk.add_route(partial(_sign_in, office), "/api/sign-in", methods=["POST"], name="sign_in")
    desk.add_route(_page_of("sign-in.html"), "/sign-in", methods=["GET"], name="sign_in_page")
    for name in PUBLIC:
        desk.add_route(_page_of(name), f"/public/{name}", methods=["GET"], name=f"public_{name}")
    desk.add_route(partial(_page, office), "/", methods=["GET"], name="page")
    desk.add_route(partial(_asset, office), "/static/<name:str>", methods=["GET"], name="asset")
    desk.add_route(partial(_nothing, office), "/<path:path>", methods=_METHODS, name="nothing")

    @desk.listener("before_server_start")
    async def _warm(app: Any, loop: Any) -> None:
        office.warm()

    return desk


def _guarded(office: Office, here: Mapping[str, Route]) -> Callable[..., Coroutine[Any, Any, HTTPResponse]]:
    async def answer(request: Request, **parts: str) -> HTTPResponse:
        try:
            person = may(await person_of(request, office.proxy), "staff")
            route = here.get(request.method)
            if route is None:
                raise Refused(405, "method_not_allowed", f"this address takes {', '.join(here)}", "")
            may(person, route.role)
            if route.method != "GET":
                own_page(request, person)
            if not await office.rate.allows(person.name):
                raise Refused(429, "too_fast", say("too_fast"), "")
            body = parse_json(request.body) if request.body and route.method != "GET" else {}
            found = await route.handler(Call(office, request, person, body), **parts)
        except Refused as refused:
            return refusal(refused)
        except Apart:
            return refusal(_APART)
        return with_headers(found if isinstance(found, HTTPResponse) else response.json(found, ensure_ascii=False))

    return answer


async def _sign_in(office: Office, request: Request) -> HTTPResponse:
    try:
        same_site(request)
        if not request.headers.get("content-type", "").startswith("application/json"):
            raise Refused(415, "not_json", "send JSON", "")
        body = parse_json(request.body)
        name, password = body.get("name"), body.get("password")
        if not isinstance(name, str) or not isinstance(password, str) or not name or not password or len(password) > 1000:
            raise Refused(400, "incomplete", say("incomplete"), "")
        await office.throttle.check(name, request.ip)
        person = await aside(staff.check, name.strip(), password)
        if person is None:
            # A name that no account has may be a password typed in the wrong field.
            known = await aside(staff.find, name.strip())
            await aside(audit.record, known.name if known else "?", "sign-in refused")
            raise Refused(401, "wrong", say("wrong"), "")
    except Refused as refused:
        return refusal(refused)
    except Apart:
        return refusal(_APART)
    await aside(audit.record, person.name, "sign-in")
    return _with_cookie(with_headers(response.json({"name": person.name, "role": person.role})), request, person)


async def _page(office: Office, request: Request) -> HTTPResponse:
    person = await person_of(request, office.proxy)
    if person is None:
        return with_headers(response.redirect(f"{PREFIX}/sign-in", status=303))
    return _with_cookie(file("desk.html"), request, person) if COOKIE not in request.cookies else file("desk.html")


async def _asset(office: Office, request: Request, name: str) -> HTTPResponse:
    try:
        may(await person_of(request, office.proxy), "staff")
    except Refused as refused:
        return refusal(refused)
    return file(name) if name in files() and not name.endswith(".html") else unknown()


async def _nothing(office: Office, request: Request, path: str) -> HTTPResponse:
    """What is not there answers like everything else: not at all without a session."""
    if not path and request.method in ("GET", "HEAD"):
        return await _page(office, request)  # /desk/, which the router takes for an empty path
    try:
        may(await person_of(request, office.proxy), "staff")
    except Refused as refused:
        return refusal(refused)
    return unknown()


def _page_of(name: str) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
    async def page(request: Request) -> HTTPResponse:
        return file(name)

    return page


def _with_cookie(answer: HTTPResponse, request: Request, person: Person) -> HTTPResponse:
    answer.cookies[COOKIE] = token(person.name, person.epoch)
    cookie = answer.cookies[COOKIE]
    cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"] = PREFIX, True, "Strict", LASTS
    # Behind a proxy that ends TLS the scheme stands in its header; a forged one can only make the cookie stricter.
    if request.scheme == "https" or request.headers.get("x-forwarded-proto", "").split(",")[0].strip() == "https":
        cookie["secure"] = True
    return answer
