from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.eligibility.values import Dates
from bot.reading.time.dates import find_dates
from bot.reading.time.durations import ahead, find_durations, since
from bot.reading.time.months import add_months

TODAY = date(2026, 11, 22)


def days(first: str, last: str | None = None) -> Dates:
    return Dates(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize(
    "plain, value",
    [
        ("2023年5月", days("2023-05-01", "2023-05-31")),
        ("23年5月", days("2023-05-01", "2023-05-31")),
        ("二三年三月", days("2023-03-01", "2023-03-31")),
        ("2023年5月8日", days("2023-05-08")),
        ("二〇二三年五月一号", days("2023-05-01")),
        ("2023-05-01", days("2023-05-01")),
        ("2023/5/1", days("2023-05-01")),
        ("2023.5", days("2023-05-01", "2023-05-31")),
        ("发证日期2024年3月15", days("2024-03-15")),
        ("执照2024年3月15,独立门头", days("2024-03-15")),
        ("前年八月二十办的", days("2024-08-20")),
        ("2024年3月15万元", days("2024-03-01", "2024-03-31")),
        ("去年六月初一办的", days("2025-06-20", "2025-07-22")),
        ("前年十二月初三领的照", days("2024-12-22", "2025-01-24")),
        ("去年六月初领的", days("2025-06-01", "2025-06-10")),
        ("2025年9月初中开学", days("2025-09-01", "2025-09-10")),
        ("零三年", days("2003-01-01", "2003-12-31")),
        ("03年结的婚", days("2003-01-01", "2003-12-31")),
        ("九八年迁走的", days("1998-01-01", "1998-12-31")),
        ("97年当兵走的", days("1997-01-01", "1997-12-31")),
        ("17年在那儿开了店", days("2017-01-01", "2017-12-31")),
        ("一九年嫁过来的", days("2019-01-01", "2019-12-31")),
        ("八几年参的军", days("1980-01-01", "1989-12-31")),
        ("零几年迁走", days("2000-01-01", "2009-12-31")),
        ("去年12月", days("2025-12-01", "2025-12-31")),
        ("前年", days("2024-01-01", "2024-12-31")),
        ("大前年", days("2023-01-01", "2023-12-31")),
        ("今年三月", days("2026-03-01", "2026-03-31")),
        ("明年6月", days("2027-06-01", "2027-06-30")),
        ("明年6月底", days("2027-06-20", "2027-06-30")),
        ("明年春天", days("2027-03-01", "2027-05-31")),
        ("明年3、4月份", days("2027-03-01", "2027-04-30")),
        ("去年七八月份", days("2025-07-01", "2025-08-31")),
        ("明年年底", days("2027-11-01", "2027-12-31")),
        ("明年上半年", days("2027-01-01", "2027-06-30")),
        ("明年下半年交房", days("2027-07-01", "2027-12-31")),
        ("2027年下半年交房", days("2027-07-01", "2027-12-31")),
        ("后年上半年交付", days("2028-01-01", "2028-06-30")),
        ("明年后半年交房", days("2027-07-01", "2027-12-31")),
        ("下半年交房", days("2026-07-01", "2026-12-31")),
        ("上半年交房", days("2027-01-01", "2027-06-30")),
        ("执照上半年办的", days("2026-01-01", "2026-06-30")),
        ("执照上年三月办的", days("2025-03-01", "2025-03-31")),
        ("旧年办的", days("2025-01-01", "2025-12-31")),
        ("再有半年交房", days("2027-05-22")),
        ("上个月", days("2026-10-01", "2026-10-31")),
        ("上个月20号", days("2026-10-20")),
        ("下个月", days("2026-12-01", "2026-12-31")),
        ("下下个月", days("2027-01-01", "2027-01-31")),
        ("下周", days("2026-11-23", "2026-11-29")),
        ("昨天", days("2026-11-21")),
        ("后天", days("2026-11-24")),
        ("年底交房", days("2026-11-01", "2026-12-31")),
        ("五一结婚的", days("2026-05-01", "2026-05-05")),
        ("五一交房", days("2027-05-01", "2027-05-05")),
        ("三月份办的执照", days("2026-03-01", "2026-03-31")),
        ("3月交房", days("2027-03-01", "2027-03-31")),
        ("12月办的执照", days("2025-12-01", "2025-12-31")),
        ("12月交房", days("2026-12-01", "2026-12-31")),
        ("3个月后", days("2027-02-22")),
        ("半年后", days("2027-05-22")),
        ("还有14个月", days("2028-01-22")),
        ("再过俩月", days("2027-01-22")),
        ("差俩月交房", days("2027-01-22")),
        ("10天后", days("2026-12-02")),
        ("半年以内交房", days("2026-11-22", "2027-05-22")),
        ("离交房不到半年", days("2026-11-22", "2027-05-21")),
        ("距交房还有5个月", days("2027-04-22")),
    ],
)
def test_a_date(plain: str, value: Dates) -> None:
    (reading,) = find_dates(plain, TODAY)
    assert reading.value == value
    assert not reading.hedged


@pytest.mark.parametrize("plain", ["2月30日交房", "2023年2月30日", "今年13月32日", "2026-02-30", "11月31号"])
def test_an_impossible_date_is_reported(plain: str) -> None:
    readings = find_dates(plain, TODAY)
    assert all(reading.value is None for reading in readings if "3" in plain[slice(*reading.span)])


def test_the_thirtieth_of_february_does_not_exist() -> None:
    assert [reading.value for reading in find_dates("2027年2月30日交房", TODAY)] == [None]


@pytest.mark.parametrize("plain", ["大概明年3月", "明年3月左右", "刚办的执照", "三年前买的", "最近领的证", "还有大概三个月交房"])
def test_rough_dates_are_hedged(plain: str) -> None:
    (reading,) = find_dates(plain, TODAY)
    assert reading.hedged


@pytest.mark.parametrize(
    "plain",
    [
        "三年级",
        "上一年级",
        "上年纪了",
        "工作10年了",
        "两年制大专",
        "交房半年了",
        "90后",
        "16岁",
        "超过年限",
        "五一路",
        "满一年",
        "交了三年社保",
        "干了16年",
        "我想落户",
    ],
)
def test_what_is_no_date(plain: str) -> None:
    assert find_dates(plain, TODAY) == []


@pytest.mark.parametrize(
    "plain, low, high, hedged",
    [
        ("一年多", 12, 23, False),
        ("社保交上半年了", 6, 6, False),
        ("毕业后半年", 6, 6, False),
        ("快一年", 10, 11, False),
        ("快一年了", 10, 11, False),
        ("将近两年", 22, 23, False),
        ("交了近两年", 22, 23, False),
        ("不到半年", 0, 5, False),
        ("不足一年", 0, 11, False),
        ("没满一年", 0, 11, False),
        ("一年不到", 0, 11, False),
        ("差不多半年", 5, 7, True),
        ("一年左右", 10, 14, True),
        ("两年半", 30, 30, False),
        ("三年零六个月", 42, 42, False),
        ("一年零三个月", 15, 15, False),
        ("十来年", 108, 167, True),
        ("十几年", 132, 239, True),
        ("二十多年", 252, 359, False),
        ("三年了", 36, 47, False),
        ("交了三年社保", 36, 47, False),
        ("半年", 6, 6, False),
        ("半年多", 6, 11, False),
        ("大半年", 7, 11, True),
        ("小半年", 4, 5, True),
        ("俩月", 2, 2, False),
        ("仨月", 3, 3, False),
        ("11个多月", 11, 11, True),
        ("差两个月满一年", 10, 10, False),
        ("还差一个月就够半年", 5, 5, False),
        ("还差10天满一年", 11, 11, False),
        ("刚满一年", 12, 12, False),
        ("满一年", 12, None, False),
        ("至少两年", 24, None, False),
        ("一年以上", 12, None, False),
        ("超过半年", 6, None, False),
        ("半年以内", 0, 6, False),
        ("一两年", 12, 24, True),
        ("好几年", 36, 119, True),
        ("1.5年", 18, 18, False),
        ("十二个月", 12, 12, False),
        ("社保满24个月", 24, None, False),
        ("工作16年", 192, 192, False),
    ],
)
def test_a_duration(plain: str, low: int, high: int | None, hedged: bool) -> None:
    (reading,) = find_durations(plain)
    assert (reading.months_min, reading.months_max, reading.hedged) == (low, high, hedged)


@pytest.mark.parametrize(
    "plain",
    ["三年级", "两年制", "2023年5月", "03年结婚", "17年在那儿开了店", "明年6月", "三月份", "年薪高", "一年到头", "一九年嫁过来", "九几年"],
)
def test_what_is_no_duration(plain: str) -> None:
    assert find_durations(plain) == []


@pytest.mark.parametrize("plain, count", [("10天", 10), ("两周", 14), ("半个月", 15), ("一个半月", 45)])
def test_days_are_kept_as_days(plain: str, count: int) -> None:
    (reading,) = find_durations(plain)
    assert reading.days == count


@pytest.mark.parametrize(
    "plain, first, last",
    [
        ("三年了", "2022-11-23", "2023-11-22"),
        ("一年多", "2024-11-23", "2025-11-22"),
        ("快一年", "2025-11-23", "2026-01-22"),
        ("不到半年", "2026-05-23", "2026-11-22"),
        ("5个月", "2026-05-23", "2026-06-22"),
        ("10天", "2026-11-12", "2026-11-12"),
        ("刚满一年", "2025-10-23", "2025-11-22"),
    ],
)
def test_since(plain: str, first: str, last: str) -> None:
    (reading,) = find_durations(plain)
    assert since(reading, TODAY) == days(first, last)


def test_a_full_year_has_no_earliest_day() -> None:
    (reading,) = find_durations("满一年")
    assert since(reading, TODAY) == Dates(None, date(2025, 11, 22))


def test_a_rough_time_ahead_is_an_interval() -> None:
    (reading,) = find_durations("两三个月")
    value = ahead(reading, TODAY)
    assert value == days("2027-01-22", "2027-02-22")


def test_months_are_added_to_the_last_day_of_a_short_month() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


def test_spans_hold_the_words() -> None:
    plain = "我去年12月领的执照,还有3个月交房"
    assert [plain[slice(*reading.span)] for reading in find_dates(plain, TODAY)] == ["去年12月", "还有3个月"]


@pytest.mark.timeout(10)  # an exponential pattern would take hours
@pytest.mark.parametrize("piece", ["一", "年", "一年", "月", "1", "2月", "还有", "差一个月", "不到", "2023-", "三十", "半年后", "离交房"])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = (piece * 1000)[:1000]
    assert all(reading.span[1] <= len(text) for reading in find_dates(text, TODAY))


@pytest.mark.parametrize(
    ("plain", "nearest", "farthest"),
    [
        ("合同写十月底交房,现在七月头上", 102, 122),
        ("今天3月10号,合同约的9月1号交房", 175, 175),
        ("这都六月了,十二月才交房", 154, 213),
        ("现在才十月,明年一月交房", 62, 122),
    ],
)
def test_a_day_is_as_far_off_as_it_is_from_the_month_said_to_be_now(plain: str, nearest: int, farthest: int) -> None:
    [found] = find_dates(plain, TODAY)
    assert found.value == Dates(TODAY + timedelta(days=nearest), TODAY + timedelta(days=farthest))


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        ("现在三月交房", days("2027-03-01", "2027-03-31")),
        ("明年五月交房,现在是11月", days("2027-05-01", "2027-05-31")),
        ("2027年五月交房,现在七月", days("2027-05-01", "2027-05-31")),
        ("明年五月交房,孩子都三月了", days("2027-05-01", "2027-05-31")),
    ],
)
def test_no_other_month_is_said_to_be_now(plain: str, value: Dates) -> None:
    assert find_dates(plain, TODAY)[0].value == value
