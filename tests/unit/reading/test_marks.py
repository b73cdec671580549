from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.text.marks import LONG, MESSAGES, WEIGHTS, ends
from bot.reading.text.normalise import normalise


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (
            "我是安徽阜阳的户口还在老家我来这边开发区上班两年多了没签合同社保也没交能不能落户",
            "我是安徽阜阳的,户口还在老家,我来这边开发区上班两年多了,没签合同,社保也没交,能不能落户",
        ),
        (
            "俺娘七十一了户口在梁山俺在这边有房想把她接过来落户行不行",
            "俺娘七十一了,户口在梁山,俺在这边有房,想把她接过来落户行不行",
        ),
        ("租的房子，合同签了两年，房东不愿意让我落他家", "租的房子,合同签了两年,房东不愿意让我落他家"),
        ("在城里租房能不能落户", "在城里租房能不能落户"),
    ],
)
def test_a_long_stretch_gets_the_commas_nobody_typed(typed: str, plain: str) -> None:
    assert normalise(typed).plain == plain


def test_what_is_quoted_stays_as_typed() -> None:
    typed = "俺娘七十一了户口在梁山俺在这边有房想把她接过来落户行不行"
    text = normalise(typed)
    assert text.words(0, len(text.plain)) == typed
    at = text.plain.index("户口")
    assert text.words(at, at + 5) == "户口在梁山"


def test_a_message_with_its_marks_is_left_alone() -> None:
    """Careful typists' messages gain next to nothing: one comma in forty clauses at most."""
    messages = MESSAGES.read_text(encoding="utf-8").splitlines()[::10]
    clauses = sum(len(re.findall("[,.;:!?。]", normalise(m).plain)) + 1 for m in messages)
    assert sum(len(ends(m.replace("，", ",").replace("？", "?"))) for m in messages) <= clauses / 40


def test_marks_are_found_again_where_they_were_taken_out() -> None:
    """Of the messages it learnt from, most marks come back, and few come that were not there."""
    found = right = there = 0
    for message in MESSAGES.read_text(encoding="utf-8").splitlines()[::5]:
        pieces = [p for p in re.split("[，。？；！]", message) if p]
        bare = "".join(pieces)
        if len(bare) < LONG or re.search("[、：（）“”《》]", bare):
            continue
        marks, at = set(), 0
        for piece in pieces[:-1]:
            at += len(piece)
            marks.add(at)
        set_now = set(ends(bare))
        found, right, there = found + len(set_now), right + len(set_now & marks), there + len(marks)
    assert there > 500
    assert right / found > 0.85
    assert right / there > 0.65


@given(st.text(alphabet="户口在老家租房没合同社保行不我你他，。?了", max_size=120))
def test_every_character_stays_and_has_its_place(typed: str) -> None:
    text = normalise(typed)
    assert len(text.plain) == len(text.origins)
    assert all(low <= high for low, high in text.origins)
    assert [low for low, _ in text.origins] == sorted(low for low, _ in text.origins)


def test_the_table_can_be_read() -> None:
    lines = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    names = [line.rsplit("\t", 1)[0] for line in lines]
    assert len(names) == len(set(names)) > 5000
    assert all(-10 < float(line.rsplit("\t", 1)[1]) < 10 for line in lines)
