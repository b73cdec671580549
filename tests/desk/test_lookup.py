"""``luohu lookup`` prints what the desk shows; the badge never says more than is known; scripts speak of one document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot import cli
from bot.channels.loaded import today, world
from bot.desk.lookup import desk_of, find
from bot.desk.validity import badge
from bot.desk.wording import sentences
from bot.policy.forbidden import forbidden
from bot.policy.model import Pack
from bot.store import verification
from bot.store.errors import StoreError

LINZI = world().packs.by_id["linzi-2022"]
DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'desk.db'}")


def test_the_command_prints_hits_script_and_citations(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lookup", "老家的房子卖了还能迁回村里吗", "--place", "linzi"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("1. 迁回农村  淄博市临淄区 三(一)")
    assert "口径  符合条件就可以申请。要是进城落户的人，在原籍有宅基地使用权等基本生活基础，并回原籍常住。" in shown
    assert "依据  《临淄区进一步深化户籍管理制度改革促进城乡融合区域协调发展实施方案》三(一)：“拥有农村宅基地使用权" in shown
    assert "效力未核实" in shown


def test_the_command_prints_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lookup", "fqtk", "--json", "--limit", "3"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body == json.loads(json.dumps(find(desk_of(world()), "fqtk", None, 3, today())))
    assert {h["place"]["id"] for h in body["hits"]} == {"liaocheng", "linzi"}


@pytest.mark.parametrize("arguments, code", [(["租房", "--place", "mars"], 2), (["租房", "--limit", "0"], 2), (["zzzzqqqq"], 1)])
def test_a_lookup_that_finds_nothing_or_is_wrong_says_so(arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lookup", *arguments]) == code
    assert "".join(capsys.readouterr())


def with_dates(effective: date | None = None, expires: date | None = None, verified: date | None = None) -> Pack:
    return replace(LINZI, identity=replace(LINZI.identity, effective=effective, expires=expires, verified_on=verified))


@pytest.mark.parametrize("pack, state", [
    (with_dates(), "unverified"),
    (with_dates(effective=date(2026, 12, 1)), "not_yet"),
    (with_dates(effective=DAY), "unverified"),
    (with_dates(expires=date(2026, 11, 21)), "expired"),
    (with_dates(expires=DAY), "expiring"),
    (with_dates(expires=date(2027, 2, 20)), "expiring"),
    (with_dates(expires=date(2027, 2, 21)), "unverified"),
    (with_dates(verified=DAY), "verified"),
    (with_dates(verified=date(2026, 5, 23)), "verified"),
    (with_dates(verified=date(2026, 5, 22)), "stale"),
    (with_dates(verified=date(2026, 11, 23)), "unverified"),
    (with_dates(verified=DAY, expires=date(2026, 11, 1)), "expired"),
])  # fmt: skip
def test_the_badge(pack: Pack, state: str) -> None:
    assert badge(pack, DAY).state == state


def test_the_store_and_the_pack_are_asked_and_another_text_has_to_be_verified_anew() -> None:
    verification.record("linzi-2022", LINZI.identity.source_sha256, date(2026, 11, 1), "ming")
    assert (badge(LINZI, DAY).text, badge(LINZI, DAY).person) == ("2026-11-01核实过", "ming")
    assert badge(with_dates(verified=DAY), DAY).day == DAY
    other = replace(LINZI, identity=replace(LINZI.identity, source_sha256="0" * 64))
    assert badge(other, DAY).state == "unverified"


def test_a_document_can_be_read_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/no/such/folder/desk.db")
    with pytest.raises(StoreError):
        verification.latest("a", "b")
    assert badge(LINZI, DAY).state == "unverified"


def test_the_desks_own_sentences_promise_nothing() -> None:
    for text in sentences().values():
        assert forbidden(text, never=world().packs.never) == []
        assert "现行有效" not in text
        assert "！" not in text
