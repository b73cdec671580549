"""Personal data made up by Hypothesis: valid in form, of nobody, in every spelling that people and trouble-makers use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REGIONS = ("371502", "370305", "110105", "440106", "650102", "820000", "310115", "510104")
WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@.-+"}
SPACES = (" ", "  ", "\u3000", "\u00a0", "\t", "\n")
DASHES = ("-", "—", "－", "–", "_", "——")
CHINESE = ("、", "，", "·", "。", "．", "/", "，", ")")
INVISIBLE = ("\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060", "\ufe0f\u20e3", "\u3164")
IN_WORDS = ("零一二三四五六七八九", "〇幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
OTHER_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨")


@dataclass(frozen=True)
class Secret:
    """A datum as it is written in a message, its kind, and ``bare``: its letters and digits alone, in capitals."""

    written: str
    kind: str
    bare: str


def check_digit(seventeen: str) -> str:
    return "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, seventeen, strict=True)) % 11]


def luhn_digit(digits: str) -> str:
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def of_digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def identity(draw: st.DrawFn) -> str:
    birthday = draw(st.dates(date(1920, 1, 1), date(2026, 11, 1)))
    most = f"{draw(st.sampled_from(REGIONS))}{birthday:%Y%m%d}{draw(of_digits(3))}"
    return most + check_digit(most)


@st.composite
def old_identity(draw: st.DrawFn) -> str:
    birthday = draw(st.dates(date(1920, 1, 1), date(1999, 12, 31)))
    return f"{draw(st.sampled_from(REGIONS))}{birthday:%y%m%d}{draw(of_digits(3))}"


mobile = st.builds(lambda second, rest: f"1{second}{rest}", st.sampled_from("3456789"), of_digits(9))
card = st.tuples(
    st.sampled_from(("6222", "6217", "6228", "4", "51", "35", "9558")), st.sampled_from((15, 16, 18)), of_digits(18)
).map(lambda t: (t[0] + t[2])[: t[1]]).map(lambda most: most + luhn_digit(most))  # fmt: skip
LETTERS, PLACES = "ABCDEFGHJKLMNPQRSTUVWXYZ", "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
plate = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from("鲁京沪粤苏豫新"), st.sampled_from(LETTERS), of_digits(5)),
    st.builds("{}{}{}{}".format, st.sampled_from("鲁京沪粤苏豫新"), st.sampled_from(LETTERS), st.sampled_from(PLACES), of_digits(4)),
    st.builds("{}{}D{}".format, st.sampled_from("鲁京沪粤苏豫新"), st.sampled_from(LETTERS), of_digits(5)),
    st.builds("{}{}{}F".format, st.sampled_from("鲁京沪粤苏豫新"), st.sampled_from(LETTERS), of_digits(5)),
    st.builds("{}{}{}学".format, st.sampled_from("鲁京"), st.sampled_from(LETTERS), of_digits(4)),
)
passport = st.one_of(
    st.builds("{}{}".format, st.sampled_from("EGDSPT"), of_digits(8)),
    st.builds("E{}{}".format, st.sampled_from(LETTERS), of_digits(7)),
    st.builds("{}{}".format, st.sampled_from("CW"), of_digits(8)),
    st.builds("C{}{}".format, st.sampled_from(LETTERS), of_digits(7)),
    st.builds("{}{}".format, st.sampled_from("HM"), st.one_of(of_digits(8), of_digits(10))),
)
word = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
email = st.builds("{}@{}.{}".format, word, word, st.sampled_from(("com", "cn", "com.cn", "net", "org")))
fixed = st.builds("0{}-{}{}".format, st.sampled_from(("635", "533", "531", "10", "21")), st.sampled_from("2345678"), of_digits(6))


@st.composite
def broken_up(draw: st.DrawFn, text: str, groupings: tuple[tuple[int, ...], ...], marks: tuple[str, ...]) -> str:
    """The text in groups as people write them, or character by character, with one kind of mark between them."""
    mark, sizes, parts, at = draw(st.sampled_from(marks)), draw(st.sampled_from(groupings)), [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    parts.append(text[at:])
    return mark.join(part for part in parts if part)


ONE_BY_ONE = tuple([1] * 18)


def spelled(plain: st.SearchStrategy[str], kind: str, groupings: tuple[tuple[int, ...], ...]) -> st.SearchStrategy[Secret]:
    """The datum in all its spellings."""

    def of(text: str) -> st.SearchStrategy[Secret]:
        written = st.one_of(
            st.just(text),
            st.sampled_from((text.lower(), text.translate(WIDE), text.lower().translate(WIDE))),
            st.one_of(*(broken_up(text, groupings, marks) for marks in (SPACES, DASHES, CHINESE))),
            broken_up(text.translate(WIDE), groupings, SPACES + DASHES),
            broken_up(text, (*groupings, ONE_BY_ONE), (" ", "-", "·", *INVISIBLE)),
            st.sampled_from(OTHER_DIGITS).map(lambda digits: "".join(digits[int(c)] if c.isdecimal() else c for c in text)),
        )
        return written.map(lambda w: Secret(w, kind, bare(text)))

    return plain.flatmap(of)


def letters_and_digits(plain: st.SearchStrategy[str], kind: str, groupings: tuple[tuple[int, ...], ...]) -> st.SearchStrategy[Secret]:
    """A datum that begins with a letter: the marks people put into it are fewer."""

    def of(text: str) -> st.SearchStrategy[Secret]:
        written = st.one_of(
            st.just(text),
            st.sampled_from((text.lower(), text.translate(WIDE))),
            broken_up(text, groupings, (" ", "·", "-", ".", "—", "\u3000", "\u200b")),
        )
        return written.map(lambda w: Secret(w, kind, bare(text)))

    return plain.flatmap(of)


def in_words(plain: st.SearchStrategy[str], kind: str) -> st.SearchStrategy[Secret]:
    """The datum with its digits in words, all of them or the last ones."""

    def of(text: str) -> st.SearchStrategy[Secret]:
        return st.builds(
            lambda words, kept: Secret(text[:kept] + "".join(words[int(c)] if c.isdecimal() else c for c in text[kept:]), kind, bare(text)),
            st.sampled_from(IN_WORDS),
            st.sampled_from((0, 0, 3, 7)),
        )

    return plain.flatmap(of)


IDENTITIES = ((6, 8), (6, 4, 4), (6, 4, 2, 2), (3, 3, 8), (6,), (14,), (4, 4, 4, 4), (3, 3, 4, 4), (17,))
MOBILES = ((3, 4), (3, 3), (3,), (4, 4), (7,), (3, 2, 2, 2), (5,), (1, 2, 4))
CARDS = ((4, 4, 4, 4), (6,), (4,), (6, 4, 4), (8, 8))
secrets = st.one_of(
    spelled(identity(), "id", IDENTITIES),
    spelled(identity(), "id", IDENTITIES),
    spelled(old_identity(), "id", ((6, 6), (6,), (3, 3, 6))),
    spelled(mobile, "mobile", MOBILES),
    spelled(mobile.map(lambda n: f"+86{n}"), "mobile", ((3,), (3, 3, 4), (1, 2, 3, 4))),
    spelled(mobile.map(lambda n: f"0086{n}"), "mobile", ((4,), (4, 3, 4))),
    spelled(card, "card", CARDS),
    letters_and_digits(plate, "plate", ((2,), (1, 1), (2, 3))),
    letters_and_digits(passport, "passport", ((1,), (1, 4), (2,))),
    email.map(lambda e: Secret(e, "email", bare(e))),
    email.map(lambda e: Secret(e.translate(WIDE), "email", bare(e))),
    email.map(lambda e: Secret(e.upper().replace("@", " @ "), "email", bare(e))),
    fixed.map(lambda f: Secret(f, "phone", bare(f))),
    in_words(identity(), "id"),
    in_words(mobile, "mobile"),
)
"""One personal datum in one spelling."""

FRAMES = (
    "我身份证{}能落户吗", "{}", "电话{}，我在临淄租房住", "你好，我是{}，想问落户", "号码：{}", "我35岁，{}，大专毕业",
    "我的{}，2019年5月买的房", "（{}）", "1、{}", "卡号是{}谢谢", "我在聊城租房\n{}\n能落户吗", "《聊政发〔2020〕7号》{}", "我妈{}我爸没有",
)  # fmt: skip
sentences = st.tuples(st.sampled_from(FRAMES), secrets).map(lambda pair: (pair[0].format(pair[1].written), pair[1]))
"""A sentence with a personal datum in it, and the datum."""

_UNWORDED = str.maketrans("零〇壹一幺贰二叁三肆四伍五陆六柒七捌八玖九", "001112233445566778899")


def bare(text: str) -> str:
    """Letters and digits alone, in capitals, every digit of every script as ASCII, words for digits as digits."""
    out = []
    for char in text.translate(_UNWORDED):
        digit = unicodedata.decimal(char, None)
        out.append(unicodedata.normalize("NFKC", char) if digit is None else str(digit))
    return re.sub(r"[\W_]+", "", "".join(out)).upper()


def traces(secret: Secret) -> tuple[str, ...]:
    """What must not be found in the bare form of anything kept: the datum, and the longest part of it that tells it."""
    if secret.kind == "id" and len(secret.bare) == 18:
        return (secret.bare, secret.bare[4:17])
    if secret.kind == "mobile":
        return (secret.bare[-11:], secret.bare[-8:])
    return (secret.bare,)
