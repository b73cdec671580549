"""Expressions behind their guard match what they match as written, and no way of saying a fact is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.evaluation.rows import load
from bot.paths import LEXICON
from bot.reading.text import cues
from bot.reading.text.classes import expanded
from bot.reading.text.expressions import any_of, compiled, guarded
from bot.reading.text.normalise import normalise
from bot.reading.text.patterns import lexicon

EVERY = 12
COLUMNS = 140
"""What a row on one line may take; a laid out expression keeps to 120."""
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


def written() -> Iterator[tuple[str, str]]:
    """Every cue as its file writes it."""
    for file in sorted(cues.CUES.glob("*.yml")):
        for group, rows in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")).items():
            yield from ((f"{group}.{name}", value) for name, value in rows.items())


def test_every_cue_matches_what_it_matches_as_written() -> None:
    texts = list(clauses())
    for name, value in written():
        as_written, made = re.compile(expanded(value)), cues.cue(name)
        if made.pattern == as_written.pattern:
            continue
        for text in texts:
            assert [m.span() for m in made.finditer(text)] == [m.span() for m in as_written.finditer(text)], (name, text)


@pytest.mark.parametrize("file", sorted(f for folder in ("cues", "facts") for f in (LEXICON / folder).glob("*.yml")), ids=lambda f: f.stem)
def test_no_line_is_too_wide_to_read(file: Path) -> None:
    def width(line: str) -> int:
        return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)

    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    assert [number for number, line in lines if width(line) > COLUMNS and not line.lstrip().startswith("#")] == []


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
