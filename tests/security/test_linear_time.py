"""Growing hostile input: reading, masking and every step on the way take time in proportion to the length, up to 1,000 characters.

Measured is processor time of this thread, the least of several tries, at 250 and at 1,000 characters: four times as long is
linear, sixteen times is quadratic. A pattern that blows up takes thousands of times as long (the last test shows one caught).
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest

from bot.channels.guard import clean, neutralise
from bot.channels.loaded import world
from bot.channels.masking import mask
from bot.reading.place.places import find_places
from bot.reading.reader import read
from bot.reading.text.normalise import normalise
from bot.reading.text.numbers import find_numbers
from bot.reading.time.dates import find_dates
from bot.reading.time.durations import find_durations

SHORT, LONG = 250, 1000
MOST, NOTHING = 11.0, 0.004
"""Times as long that four times the text may take (linear is 4), and the seconds below which nobody looks."""

PIECES = (
    "1",
    "13",
    "1 ",
    "1-",
    "1、",
    "一",
    "一、",
    "二十",
    "十",
    "不",
    "不是",
    "没有",
    "不是没有",
    "不是不",
    "聊城市",
    "临",
    "聊",
    "山东省聊城市东昌府区",
    "淄博市临淄",
    "我爱人",
    "我爸妈",
    "的爸爸",
    "儿子",
    "我儿子的媳妇的",
    "(",
    "（",
    "）（",
    "［",
    "［已隐去",
    "［已隐去身份证号］",
    "，",
    "。。",
    "我租房住，",
    "年",
    "2020年",
    "2020-01-",
    "1月",
    "一年半",
    "半年",
    "差两个月满",
    "a@",
    "a",
    "a.",
    "a@b.",
    "鲁A",
    "E1",
    "房",
    "租房",
    "买的房",
    "社保",
    "的",
    "我",
    "户口",
    "户口在",
    "😀",
    "e\u0301",
    "\n",
    " a",
    "\u200b",
    "\u3000",
    "我不在聊城2020年租",
    "从",
    "到",
    "吗？",
    "个",
    "多",
    "以后",
    "还有",
    "/",
    "１",
    "“",
    "”",
    "不对，是",
    "满",
    "结婚",
    "离婚",
    "同意",
    "也",
    "和我",
    "跟",
    "<a ",
    "《",
    "https://",
    "\u202e",
    "3.14",
    "2019年5月",
    "能不能",
    "不知道",
    "1980.1.1",
    "大专毕业",
    "名下没房",
)


@lru_cache(maxsize=1)
def read_facts() -> Callable[[str], object]:
    vocabulary = world().vocabulary
    return lambda text: read(text, as_of=date(2026, 11, 22), home="山东省/聊城市", vocabulary=vocabulary)


STEPS: dict[str, Callable[[str], object]] = {
    "guard": lambda text: neutralise(clean(text)),
    "mask": mask,
    "normalise": normalise,
    "numbers": find_numbers,
    "dates": lambda text: (find_dates(text, date(2026, 11, 22)), find_durations(text)),
    "places": find_places,
    "facts": lambda text: read_facts()(text),
}


def grown(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def mixed(seed: int, length: int) -> str:
    """Pieces in a random order, the same order however long."""
    chosen = random.Random(seed)
    text = ""
    while len(text) < length:
        text += chosen.choice(PIECES) * chosen.choice((1, 1, 2, 7))
    return text[:length]


def seconds(work: Callable[[str], object], text: str, tries: int) -> float:
    least = float("inf")
    for _ in range(tries):
        began = time.thread_time()
        work(text)
        least = min(least, time.thread_time() - began)
    return least


def growth(work: Callable[[str], object], short: str, long: str) -> float:
    """How many times as long the long text takes; 0 where it takes next to nothing. Looked at again before it counts as too much."""
    taken, times = 0.0, 0.0
    for tries in (1, 3, 7):
        taken = seconds(work, long, tries)
        # A short text that was once held up makes a square look like a line, and is cheap to look at again.
        times = taken / max(seconds(work, short, tries + 8), 1e-6)
        if taken < NOTHING or times <= MOST:
            return times if taken >= NOTHING else 0.0
    return times


@pytest.mark.parametrize("step", STEPS)
def test_time_grows_with_the_length_and_no_faster(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    work = STEPS[step]
    work("我在聊城租房住三年，交了2年社保")  # what loads at first use
    families = {piece: (grown(piece, SHORT), grown(piece, LONG)) for piece in PIECES}
    families |= {f"mixed {seed}": (mixed(seed, SHORT), mixed(seed, SHORT) * 4) for seed in range(12)}
    found = {name: growth(work, short, long) for name, (short, long) in families.items()}
    worst = max(found, key=lambda name: found[name])
    with capsys.disabled():
        print(f"\n{step}: {len(families)} families, worst {worst!r}: 4 times the text takes {found[worst]:.1f} times as long")
    assert {name: times for name, times in found.items() if times > MOST} == {}


def test_a_pattern_that_blows_up_is_caught() -> None:
    bad = re.compile(r"(?:[0-9]+[、 ]?)*年")
    assert growth(lambda text: bad.search(text[:18] if len(text) == LONG else text[:9]), grown("1", SHORT), grown("1", LONG)) > MOST
    quadratic = re.compile(r"不[^。]*。是")
    assert growth(quadratic.search, grown("不", SHORT) * 4, grown("不", LONG) * 4) > MOST
