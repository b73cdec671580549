"""``/api/v1/*`` over the wire: the documents verbatim, search, the vocabulary, pure screening, the OpenAPI document."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

import pytest
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate_spec

from bot import paths
from tests.rest.serving import AS_OF, Server
from tests.rest.test_wire import check_screening

pytestmark = pytest.mark.server

IDS = ("liaocheng-2020-7", "linzi-2022")
# fmt: off
ROUTES = {
    "liaocheng-2020-7": ["二(一)-住所", "二(一)-就业", "二(一)-随迁", "二(一)1", "二(一)2", "二(一)3", "二(二)-录聘用", "二(二)-营业证照",
                         "二(三)", "三(三)"],
    "linzi-2022": ["二(一)-总则", "二(一)1-产权", "二(一)1-租房", "二(一)2", "二(一)3", "二(一)4", "二(二)", "三(一)-回原籍",
                   "三(一)-三投靠", "三(二)-选派", "三(二)-入乡返乡"],
}
# fmt: on


def test_both_documents_are_listed_and_described(server: Server) -> None:
    listed = server.get("/api/v1/policies")
    assert listed.status == 200
    assert {p["id"] for p in listed.json["policies"]} == set(IDS)
    for policy in listed.json["policies"]:
        assert server.get(f"/api/v1/policies/{policy['id']}").json == policy
        source = (paths.POLICIES / policy["id"] / "source.txt").read_bytes()
        assert policy["source_sha256"] == hashlib.sha256(source).hexdigest()
    liaocheng = server.get("/api/v1/policies/liaocheng-2020-7").json
    assert liaocheng["doc_no"] == "聊政发〔2020〕7号"
    assert (liaocheng["dated"], liaocheng["printed"], liaocheng["expires"]) == ("2020-04-30", "2020-05-06", None)
    assert server.get("/api/v1/policies/linzi-2022").json["dated"] == "2022-12-14"


@pytest.mark.parametrize("policy", IDS)
def test_articles_are_verbatim_and_cover_the_routes(server: Server, policy: str) -> None:
    articles = server.get(f"/api/v1/policies/{policy}/articles").json["articles"]
    source = (paths.POLICIES / policy / "source.txt").read_text(encoding="utf-8")
    for article in articles:
        assert set(article) == {"policy", "path", "heading", "role", "text"}
        # An article with items keeps the words before and after them, each part as it is printed.
        assert article["text"]
        assert all(line in source for line in article["text"].splitlines())
    known = {a["path"] for a in articles}
    assert {route.split("-")[0] for route in ROUTES[policy]} <= known
    assert server.get(f"/api/v1/policies/{policy}/articles/{quote('二(一)2')}").json["path"] == "二(一)2"


@pytest.mark.parametrize("written", ["二(一)2", "二（一）2", "二（一)2", " 二(一) 2 "], ids=["half", "full", "mixed", "spaced"])
def test_an_article_is_found_however_its_brackets_are_written(server: Server, written: str) -> None:
    once = quote(written, safe="")
    for path in (once, quote(once, safe=""), quote(written, safe="()")):
        answer = server.get(f"/api/v1/policies/liaocheng-2020-7/articles/{path}")
        assert answer.status == 200, (path, answer.raw[:200])
        assert answer.json["path"] == "二(一)2"
        assert "租住成套商品住房" in answer.json["text"]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/api/v1/policies/liaocheng", "liaocheng-2020-7"),
        ("/api/v1/policies/nosuch/articles", "linzi-2022"),
        (f"/api/v1/policies/nosuch/articles/{quote('二(一)')}", "linzi-2022"),
        (f"/api/v1/policies/liaocheng-2020-7/articles/{quote('二(一)9')}", "二(一)"),
        (f"/api/v1/policies/linzi-2022/articles/{quote('二(一)5')}", "二(一)"),
        ("/api/v1/policies/linzi-2022/articles/..%2f..%2fpack.yml", "the nearest"),
        ("/api/v1/facts?policy=nosuch", "linzi-2022"),
    ],
)
def test_what_does_not_exist_is_404_with_a_suggestion(server: Server, address: str, names: str) -> None:
    answer = server.get(address)
    assert answer.status == 404
    assert names in answer.error["message"]


def test_search_finds_the_article_and_keeps_to_a_place(server: Server) -> None:
    found = server.get(f"/api/v1/search?q={quote('公共租赁住房 租赁证')}&jurisdiction=liaocheng").json
    assert found["hits"][0]["path"] == "二(一)3"
    assert {h["policy"] for h in found["hits"]} == {"liaocheng-2020-7"}
    assert len(server.get(f"/api/v1/search?q={quote('落户')}&limit=2").json["hits"]) == 2


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "/q"),
        ("?q=", "/q"),
        ("?q=%20", "/q"),
        (f"?q={'x' * 201}", "/q"),
        ("?q=x&limit=0", "/limit"),
        ("?q=x&limit=51", "/limit"),
        ("?q=x&limit=-1", "/limit"),
        ("?q=x&limit=two", "/limit"),
        ("?q=x&jurisdiction=moon", "/jurisdiction"),
    ],
)
def test_a_search_that_cannot_be_done_is_400(server: Server, query: str, path: str) -> None:
    answer = server.get(f"/api/v1/search{query}")
    assert (answer.status, answer.error["path"]) == (400, path)


@pytest.mark.parametrize("policy", IDS)
def test_the_vocabulary_can_be_asked_and_screened(server: Server, policy: str) -> None:
    facts = server.get(f"/api/v1/facts?policy={policy}").json["facts"]
    assert facts
    for fact in facts:
        assert {"name", "type", "values", "question", "answered_by"} <= set(fact)
        assert "{" not in fact["question"], "a placeholder was left in the question"
        if fact["type"] in ("enum", "boolean"):
            assert fact["values"]
            for value in fact["values"]:
                answer = server.post("/api/v1/screen", {"policy": policy, "facts": {fact["name"]: value}, "as_of": AS_OF})
                assert answer.status == 200, (fact["name"], value, answer.raw[:300])
    assert len(facts) < len(server.get("/api/v1/facts").json["facts"])


def screen(server: Server, policy: str, facts: dict[str, Any]) -> dict[str, Any]:
    answer = server.post("/api/v1/screen", {"policy": policy, "facts": facts, "as_of": AS_OF})
    assert answer.status == 200, answer.raw[:400]
    screening: dict[str, Any] = answer.json
    check_screening(screening)
    assert [r["id"] for r in screening["routes"]] == ROUTES[policy]
    return screening


def verdict(screening: dict[str, Any], route: str) -> str:
    return str(next(r["verdict"] for r in screening["routes"] if r["id"] == route))


TENANT = {"housing.place": "山东省/淄博市/临淄区", "housing.area": "urban", "housing.kind": "rented"}


def test_screening_is_pure(server: Server) -> None:
    facts = {**TENANT, "rent.owner_consent": True, "rent.register_empty": True}
    first = screen(server, "linzi-2022", facts)
    assert (first["verdict"], verdict(first, "二(一)1-租房")) == ("eligible", "eligible")
    assert screen(server, "linzi-2022", dict(reversed(facts.items())))["routes"] == first["routes"]
    assert screen(server, "linzi-2022", {})["verdict"] == "need_more_info"


def test_a_list_of_possible_values_is_as_vague_as_it_says(server: Server) -> None:
    unknown = screen(server, "linzi-2022", {**TENANT, "rent.owner_consent": [True, False], "rent.register_empty": True})
    refused = screen(server, "linzi-2022", {**TENANT, "rent.owner_consent": False})
    assert verdict(unknown, "二(一)1-租房") == "need_more_info"
    assert verdict(refused, "二(一)1-租房") == "not_eligible"


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("2025-11-22", "eligible"),
        ("2026-08-01", "not_eligible"),
        ({"min": None, "max": "2025-01-31"}, "eligible"),
        ({"min": "2024-01-01", "max": "2026-10-01"}, "need_more_info"),
    ],
    ids=str,
)
def test_a_date_may_be_a_day_or_a_range(server: Server, issued: Any, expected: str) -> None:
    shop = {"premises.place": "山东省/聊城市/临清市", "premises.kind": "independent", "business.license": "own"}
    facts = {**shop, "wish.household": "collective", "license.issued": issued}
    assert verdict(screen(server, "liaocheng-2020-7", facts), "二(二)-营业证照") == expected


@pytest.mark.parametrize(
    "facts",
    [
        {"nosuch": True},
        {"housing": "rented"},
        {"housing.kind": "castle"},
        {"housing.kind": ["rented", "castle"]},
        {"housing.kind": []},
        {"housing.kind": None},
        {"housing.kind": {"in": ["rented"]}},
        {"insurance.paid": "maybe"},
        {"insurance.paid": 3},
        {"license.issued": "2026-02-30"},
        {"license.issued": "last year"},
        {"license.issued": {"min": "2026-05-01", "max": "2025-05-01"}},
        {"license.issued": {"from": "2026-05-01"}},
        {"license.issued": {"min": 12, "max": None}},
        {"hukou.place": 7},
        {"hukou.place": []},
    ],
    ids=lambda f: json.dumps(f)[:50],
)
def test_unknown_contradictory_and_impossible_facts_are_422(server: Server, facts: dict[str, Any]) -> None:
    answer = server.post("/api/v1/screen", {"policy": "liaocheng-2020-7", "facts": facts, "as_of": AS_OF})
    assert answer.status == 422, answer.raw[:300]
    assert answer.error["path"].startswith("/facts/")


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        (b"{", 400, ""),
        (b"[]", 400, ""),
        ({}, 400, "/policy"),
        ({"policy": "nosuch"}, 404, "/policy"),
        ({"policy": "linzi-2022", "facts": []}, 400, "/facts"),
        ({"policy": "linzi-2022", "fact": {}}, 400, "/fact"),
        ({"policy": "linzi-2022", "as_of": "2026-02-30"}, 400, "/as_of"),
        ({"policy": "linzi-2022", "as_of": 7}, 400, "/as_of"),
    ],
    ids=str,
)
def test_a_screening_request_that_is_wrong_names_the_part(server: Server, body: Any, status: int, path: str) -> None:
    answer = server.post("/api/v1/screen", body)
    assert (answer.status, answer.error["path"]) == (status, path)


def test_the_openapi_document_is_valid_and_every_address_is_served(server: Server) -> None:
    document = server.get("/api/v1/openapi.json").json
    validate_spec(document)
    assert {"/webhooks/rest/webhook", "/api/v1/screen", "/healthz", "/readyz", "/metrics"} <= set(document["paths"])
    for path, methods in document["paths"].items():
        if "get" in methods and "{" not in path:
            assert server.get(path).status in (200, 400), path


def test_the_screening_fits_the_published_schema(server: Server) -> None:
    document = server.get("/api/v1/openapi.json").json
    answered = document["paths"]["/api/v1/screen"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = {**answered, "components": document["components"]}
    for policy in IDS:
        problems = [e.message for e in OAS30Validator(schema).iter_errors(screen(server, policy, {}))]
        assert not problems, problems[:3]


def test_health_readiness_and_metrics(server: Server) -> None:
    assert server.get("/healthz").status == 200
    assert server.get("/readyz").json == {"ready": True, "model": True, "documents": True, "database": True}
    metrics = server.get("/metrics")
    assert metrics.status == 200
    assert metrics.content_type.startswith("text/plain")
