"""Who may read /metrics."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels import scrape
from bot.channels.guard import Refused

TOKEN = "0123456789abcdef0123"


@pytest.mark.parametrize(
    "peer", ["127.0.0.1", "::1", "10.1.2.3", "192.168.7.7", "172.16.0.9", "fd00::7", "::ffff:10.0.0.1", "fe80::1%eth0"]
)
def test_a_private_address_may(peer: str) -> None:
    scrape.check({}, peer, None)


@pytest.mark.parametrize("peer", ["8.8.8.8", "240e:1::1", "::ffff:8.8.8.8", "", "unix", "0.0.0.0"])
def test_the_public_may_not(peer: str) -> None:
    with pytest.raises(Refused) as refused:
        scrape.check({}, peer, None)
    assert refused.value.status == 403
    assert "LUOHU_METRICS_TOKEN" in refused.value.message


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded", "via"])
@pytest.mark.parametrize("value", ["8.8.8.8", "127.0.0.1", ""])
def test_what_a_proxy_passed_on_counts_as_public_whatever_it_claims(header: str, value: str) -> None:
    with pytest.raises(Refused):
        scrape.check({header: value}, "127.0.0.1", None)


def test_with_a_token_the_token_decides_alone() -> None:
    scrape.check({"authorization": f"Bearer {TOKEN}", "x-forwarded-for": "8.8.8.8"}, "8.8.8.8", TOKEN)
    for wrong in (None, TOKEN, "Bearer ", f"Bearer {TOKEN}x", "Bearer é"):
        with pytest.raises(Refused) as refused:
            scrape.check({"authorization": wrong} if wrong else {}, "127.0.0.1", TOKEN)
        assert refused.value.status == 401


def test_a_short_token_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_METRICS_TOKEN", "short")
    with pytest.raises(RuntimeError, match="LUOHU_METRICS_TOKEN has 5 characters; use at least 16"):
        scrape.handler(lambda: asyncio.sleep(0, {}))
    monkeypatch.delenv("LUOHU_METRICS_TOKEN")
    assert scrape.token() is None
