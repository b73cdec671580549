"""What a short message asks of papers, and what it only tells."""

from __future__ import annotations

import pytest

from bot.reading.asking.papers_asked import (
    ENOUGH,
    INSURANCE,
    INSURED_WHERE,
    LACKS,
    PAPERS,
    WHY,
    asked_of_there,
    names_insurance,
    of_people,
    paper_asked,
)


@pytest.mark.parametrize(
    ("plain", "kind"),
    [
        ("备案要不要", PAPERS),
        ("还要无房证明不", PAPERS),
        ("用不用房产证", PAPERS),
        ("那合同呢", None),
        ("租赁合同呢", PAPERS),
        ("社保呢", INSURANCE),
        ("真不用社保?", INSURANCE),
        ("要社保证明不", INSURANCE),
        ("老家交的算不算", INSURED_WHERE),
        ("社保在冠县交的行不", INSURED_WHERE),
        ("就这个证够了?", ENOUGH),
        ("光凭租赁证就行吗", ENOUGH),
        ("为啥外地的要", WHY),
        ("凭什么要无房证明", WHY),
        ("房产证可没有啊", LACKS),
        ("备案有", None),
        ("备案办了", None),
        ("社保交了", None),
        ("社保没交", None),
        ("为啥不行", None),
        ("我在城里租房", None),
    ],
)
def test_what_is_asked(plain: str, kind: str | None) -> None:
    asked = paper_asked(plain)
    assert (asked.kind if asked else None) == kind


@pytest.mark.parametrize(("plain", "beside"), [("社保呢,俺是高唐的", "俺是高唐的"), ("我高唐的,社保要不要", "我高唐的"), ("社保呢", "")])
def test_what_is_told_beside(plain: str, beside: str) -> None:
    asked = paper_asked(plain)
    assert asked is not None
    assert (asked.beside, asked.of_insurance) == (beside, True)


@pytest.mark.parametrize(
    ("plain", "what"),
    [
        ("茌平城区呢", "茌平城区"),
        ("临清的话还要社保不", "临清"),
        ("东昌府本地人呢", "东昌府本地人"),
        ("茌平的呢", "茌平"),
        ("我在茌平上班", None),
    ],
)
def test_of_where_else(plain: str, what: str | None) -> None:
    assert asked_of_there(plain) == what


def test_people_and_places() -> None:
    assert [of_people(what) for what in ("东昌府本地人", "外省", "茌平城区")] == [True, True, False]
    assert [names_insurance(text) for text in ("为啥要社保", "为啥要备案")] == [True, False]
