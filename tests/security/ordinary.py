"""Ordinary numbers, as residents write them; none of them is personal data."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

_days = st.dates(date(1930, 1, 1), date(2035, 12, 31))
_day = st.one_of(
    *(
        _days.map(lambda d, form=form: d.strftime(form))  # type: ignore[misc]
        for form in ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m", "%Y年%m月", "%Y", "%y年")
    ),
    _days.map(lambda d: f"{d.year}.{d.month}.{d.day}"),
    _days.map(lambda d: f"{d.year}-{d.month}-{d.day}"),
)
_small = st.integers(0, 200)
_range = st.builds("{}{}{}".format, _day, st.sampled_from(("到", "-", "至", "—", " 到 ", "~", "、", " ")), _day)
_amount = st.one_of(
    st.integers(1, 9_999_999).map(str), st.integers(1000, 99_999_999_999).map("{:,}".format), st.integers(1, 99).map("{}0000".format)
)
ordinary = st.one_of(
    _day,
    _range,
    st.builds("{}岁".format, _small),
    st.builds("{}年零{}个月".format, _small, _small),
    st.builds("{}个月社保".format, _small),
    st.builds("{}.{}平米".format, _small, st.integers(0, 99)),
    st.builds("{}平".format, st.integers(10, 500)),
    st.builds("{}元".format, _amount),
    st.builds(
        "{}〔{}〕{}号".format, st.sampled_from(("聊政发", "鲁公发", "临政办字", "国发")), st.integers(1998, 2026), st.integers(1, 99)
    ),
    st.sampled_from(("12345", "110", "12333", "打12345问过", "0635-12345", "114", "95588", "10086", "12367")),
    st.builds("{}、{}、{}、{}、{}岁".format, *(st.integers(1, 99) for _ in range(5))),
    st.lists(st.integers(1990, 2026), min_size=2, max_size=5).map(lambda years: "、".join(map(str, sorted(years)))),
    st.builds("二(一){}和三(三){}".format, st.integers(1, 9), st.integers(1, 9)),
    st.builds("{}号楼{}单元{}室".format, st.integers(1, 60), st.integers(1, 6), st.integers(101, 3202)),
    st.builds(
        "{}{}".format, st.sampled_from(("第", "三十", "二〇一九年", "一九九八年")), st.sampled_from(("一二三条", "二", "五年", "六月"))
    ),
    st.builds("{}:{:02d}".format, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(
        ("鲁A牌照", "GB/T 44191-2024", "A类人才", "985大学", "211", "C1驾照", "E类", "90后", "3/4", "1+1", "80、90后", "五险一金")
    ),
)
"""One number in the words around it."""
