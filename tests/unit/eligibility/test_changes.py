"""What would have to change, on a made-up document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from made_up import TOWN, atom, make_pack, route

from bot.eligibility.changes import ChangeSet, changes, opens
from bot.eligibility.means import Mean, Means, load_means
from bot.eligibility.values import Choice, Dates, Places, Value
from bot.policy.load import load_vocabulary
from bot.policy.model import In, Pack
from bot.policy.problem import PackError
from bot.policy.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
HERE = Places(frozenset({TOWN}))


def one(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.fixture
def means(vocabulary: Vocabulary) -> Means:
    kinds = {
        "home.kind": "choose", "home.place": "choose", "presale.day": "wait", "license.day": "wait", "paper": "paper", "consent": "consent",
        "stay": "wait", "kin.relation": "fixed", "kin.here": "fixed", "talent": "authority", "wish": "choose",
    }
    texts = {k: k + "：{condition}" for k in ("wait", "paper", "consent", "choose", "fixed", "authority", "confirm")}
    texts["wait_until"] = "等到{date}：{condition}"
    return Means({f: Mean(k, MappingProxyType({"none": "fixed"} if f == "home.kind" else {})) for f, k in kinds.items()}, texts)


def kinds(found: tuple[ChangeSet, ...]) -> list[list[tuple[str, str]]]:
    return [[(c.kind, c.fact) for c in s.changes] for s in found]


def test_a_route_that_is_true_needs_nothing(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {"home.place": HERE, "home.kind": one("owned")}
    assert changes(pack, facts, DAY, vocabulary, means, "住所") == ()


def test_a_missing_paper_and_a_consent(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {"home.place": HERE, "home.kind": one("rented"), "paper": one("no"), "consent": one("no")}
    (only,) = changes(pack, facts, DAY, vocabulary, means, "租房")
    assert [(c.kind, c.fact, c.text) for c in only.changes] == [
        ("paper", "paper", "paper：paper"), ("consent", "consent", "consent：consent"),
    ]
    assert only.honest
    assert not only.capped
    assert opens(only, pack, facts, DAY, vocabulary)


def test_a_wait_says_from_which_day(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {"license.day": Dates(date(2026, 3, 31), date(2026, 3, 31)), "wish": one("shared")}
    (only,) = changes(pack, facts, DAY, vocabulary, means, "执照")
    (wait,) = only.changes
    assert (wait.kind, wait.from_, wait.to, wait.text) == ("wait", date(2027, 3, 31), None, "等到2027年3月31日：license.day")


def test_waiting_for_a_handover_counts_half_a_year_by_every_rounding(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {
        "home.place": HERE, "home.kind": one("presale"), "presale.day": Dates(date(2027, 8, 31), date(2027, 8, 31)),
    }
    (only,) = changes(pack, facts, DAY, vocabulary, means, "期房")
    assert [c.from_ for c in only.changes] == [date(2027, 3, 2)]


def test_a_day_that_is_past_is_no_wait(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {
        "home.place": HERE, "home.kind": one("presale"), "presale.day": Dates(date(2025, 1, 1), date(2025, 1, 1)),
    }
    (only,) = changes(pack, facts, DAY, vocabulary, means, "期房")
    assert not only.honest
    assert kinds((only,)) == [[("fixed", "presale.day")]]


def test_open_wording_may_be_confirmed_or_avoided(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    facts: dict[str, Value] = {"home.place": HERE, "home.kind": one("rented")}
    confirm, buy = changes(pack, facts, DAY, vocabulary, means, "住所")
    assert [(c.kind, c.note, c.to) for c in confirm.changes] == [("confirm", "N-1", None)]
    assert confirm.capped
    assert [(c.kind, c.to, c.text) for c in buy.changes] == [("choose", one("owned"), "choose：home.kind（自己的房）")]
    assert not buy.capped


def test_kinship_is_never_something_to_change_for_a_registration(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    found = changes(pack, {"kin.relation": one("sibling"), "kin.here": one("yes")}, DAY, vocabulary, means)
    assert [s.route for s in found if not s.honest] == ["投靠"]
    assert found[-1].route == "投靠"
    assert all(s.honest for s in found[:-1])


def test_what_the_authority_decides_is_named_so(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    (only,) = changes(pack, {}, DAY, vocabulary, means, "人才")
    assert kinds((only,)) == [[("authority", "talent")]]
    assert only.capped


def test_wording_that_no_value_surely_meets_leaves_the_note(vocabulary: Vocabulary, means: Means) -> None:
    open_ = make_pack(route("r", atom("paper", In(frozenset()), In(frozenset({"yes"})), "N-9")))
    (only,) = changes(open_, {"paper": one("no")}, DAY, vocabulary, means)
    assert [(c.kind, c.note) for c in only.changes] == [("confirm", "N-9"), ("paper", None)]
    assert only.capped


def test_a_service_to_people_already_here_is_left_out_unless_asked_for(pack: Pack, vocabulary: Vocabulary, means: Means) -> None:
    assert "换簿" not in {s.route for s in changes(pack, {}, DAY, vocabulary, means)}
    assert {s.route for s in changes(pack, {}, DAY, vocabulary, means, "换簿")} == {"换簿"}


def test_the_real_means_cover_every_fact() -> None:
    vocabulary = load_vocabulary()
    real = load_means(vocabulary)
    assert set(real.facts) == set(vocabulary.facts)
    for fact in ("marital", "kin.relation", "hukou.place", "origin.place", "education.level", "veteran"):
        assert {real.facts[fact].of(v) for v in (*vocabulary.facts[fact].values, "")} == {"fixed"}, fact
    assert all("{condition}" in text for text in real.texts.values())
    assert "{date}" in real.texts["wait_until"]


def test_a_malformed_file_names_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "changes.yml").write_text("texts: {wait: x}\nfacts:\n  nonsense: {kind: wait}\n  marital: {kind: sham}\n", encoding="utf-8")
    with pytest.raises(PackError) as error:
        load_means(load_vocabulary(), tmp_path)
    assert {p.code for p in error.value.problems} >= {"missing-key", "unknown-fact", "unknown-value", "missing-fact"}
