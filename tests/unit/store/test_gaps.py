from __future__ import annotations

import pytest

from bot.store import feedback, gaps
from bot.store.feedback import Feedback
from bot.store.gaps import Gap


def test_a_gap_comes_back_as_it_was_recorded(store: str) -> None:
    gap = Gap("h1", "web", "彩礼咋算😀", "declined", "out_of_scope", "linzi", (("ask/fee", 0.3), ("greet", 0.1)), "abc", "new", 12.5)
    number = gaps.record(gap)
    assert gaps.list() == (Gap(**{**gap.__dict__, "id": number}),)


def test_newest_first_and_by_status(store: str) -> None:
    first, second, third = (gaps.record(Gap("h", "web", text, "unsure", at=at)) for text, at in (("甲", 1.0), ("乙", 2.0), ("丙", 3.0)))
    assert gaps.set_status([first, third, 999_999], "in_work") == 2
    assert [g.id for g in gaps.list()] == [third, second, first]
    assert [g.message for g in gaps.list("in_work")] == ["丙", "甲"]
    assert [g.message for g in gaps.list("new")] == ["乙"]
    assert [g.message for g in gaps.list(limit=1)] == ["丙"]
    assert gaps.delete([first, 999_999]) == 1
    assert [g.id for g in gaps.list()] == [third, second]


def test_unknown_words_are_refused_with_those_that_are_known(store: str) -> None:
    with pytest.raises(ValueError, match="unsure, declined, useless"):
        gaps.record(Gap("h", "web", "x", "bad"))
    with pytest.raises(ValueError, match="new, in_work, answered"):
        gaps.set_status([1], "done")
    with pytest.raises(ValueError, match="new, in_work, answered"):
        gaps.list("open")
    assert gaps.list() == ()


def test_of_one_sender_everything_goes_and_of_the_others_nothing(store: str) -> None:
    for sender in ("a", "b"):
        gaps.record(Gap(sender, "web", "问", "unsure"))
        feedback.record(Feedback(sender, "web", "r1", False, "没看懂"))
    assert (gaps.erase("a"), feedback.erase("a")) == (1, 1)
    assert [g.sender for g in gaps.list()] == ["b"]
    assert [f.sender for f in feedback.latest()] == ["b"]
    assert (gaps.erase("a"), feedback.erase("a")) == (0, 0)


def test_what_is_older_goes(store: str) -> None:
    for at in (10.0, 20.0):
        gaps.record(Gap("a", "web", f"{at}", "unsure", at=at, status="answered"))
        feedback.record(Feedback("a", "web", f"r{at}", True, at=at))
    assert (gaps.purge(20.0), feedback.purge(20.0)) == (1, 1)
    assert [g.at for g in gaps.list()] == [20.0]
    assert [f.at for f in feedback.latest()] == [20.0]


def test_the_last_opinion_on_a_reply_counts(store: str) -> None:
    feedback.record(Feedback("a", "web", "r1", False, "没看懂", 1.0))
    feedback.record(Feedback("a", "web", "r1", True, "", 2.0))
    feedback.record(Feedback("b", "rest", "r1", False, "太笼统", 3.0))
    assert feedback.latest() == (Feedback("b", "rest", "r1", False, "太笼统", 3.0), Feedback("a", "web", "r1", True, "", 2.0))
    assert feedback.counts() == (1, 1)
