"""Expressions behind their guard match what they match as written, and no way of saying a fact is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.evaluation.rows import load
from bot.reading import cues
from bot.reading.classes import expanded
from bot.reading.expressions import any_of, compiled, guarded
from bot.reading.normalise import normalise
from bot.reading.patterns import lexicon

EVERY = 12
LETTERS = st.text("房本子证租了", max_size=6)


def clauses() -> Iterator[str]:
    """Clauses of some development stories, and these whole."""
    for row in load("stories", "dev")[::EVERY]:
        plain = normalise(row["story"]).plain
        yield from {plain, *re.split("[,。;?!]", plain)}


@given(st.lists(LETTERS.filter(bool), min_size=1, max_size=9), LETTERS)
def test_any_of_the_words_is_the_longest_that_fits(words: list[str], text: str) -> None:
    plain = "(?:" + "|".join(sorted(set(words), key=len, reverse=True)) + ")"
    for frame in ("{}", "{}本", "证?{}{{1,2}}子", "(?<!租){}"):
        as_written, made = (re.compile(frame.format(group)) for group in (plain, any_of(words)))
        assert [m.span() for m in made.finditer(text)] == [m.span() for m in as_written.finditer(text)]


@pytest.mark.parametrize(
    ("expression", "guard"),
    [
        ("(?<!买)(?:租房|借住)", "(?=[借租])"),
        (r"(?:快|差)?[一二]年|\d月", r"(?=[\d一二差快])"),
        ("租房", ""),
        ("[租借]房", ""),
        ("租房|买房", ""),
        ("^(?:我|俺)?租", ""),
        ("(?:租房)?", ""),
        ("[^租]房", ""),
        (r"(\w)不\1", ""),
    ],
)
def test_a_guard_stands_where_the_engine_has_none(expression: str, guard: str) -> None:
    assert guarded(expression) == (f"{guard}(?:{expression})" if guard else expression)


def test_every_cue_matches_what_it_matches_as_written() -> None:
    raw = YAML(typ="safe", pure=True).load(cues.CUES.read_text(encoding="utf-8"))
    texts = list(clauses())
    for group, rows in raw.items():
        for name, value in rows.items():
            as_written = re.compile(expanded("".join(value) if isinstance(value, list) else value))
            made = cues.cue(f"{group}.{name}")
            if made.pattern == as_written.pattern:
                continue
            for text in texts:
                assert [m.span() for m in made.finditer(text)] == [m.span() for m in as_written.finditer(text)], (group, name, text)


def test_no_pattern_that_matches_is_passed_over() -> None:
    known = lexicon()
    patterns = [p.re for p in known.facts] + [p.re for p in (*known.lodgings, *known.jobs)]
    for text in clauses():
        possible = known.index.possible(text)
        assert {at for at, pattern in enumerate(patterns) if pattern.search(text)} <= set(possible)
        assert possible == sorted(set(possible))


def test_a_broken_expression_is_refused() -> None:
    with pytest.raises(re.error):
        compiled("(租")
