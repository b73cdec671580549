"""Personal data is replaced; ordinary numbers are not."""

from __future__ import annotations

import pytest

from bot.channels.masking import mask

ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        (f"我身份证{ID}能落户吗", "id", "［已隐去身份证号］"),
        (f"我身份证{ID.lower()}能落户吗", "id", "［已隐去身份证号］"),
        ("110105 19491231 002X", "id", "［已隐去身份证号］"),
        ("110105-19491231-002X", "id", "［已隐去身份证号］"),
        ("１１０１０５１９４９１２３１００２Ｘ", "id", "［已隐去身份证号］"),
        ("371502199003071234", "id", "［已隐去身份证号］"),
        ("老号110105491231002", "id", "［已隐去身份证号］"),
        ("电话13812345678", "mobile", "［已隐去手机号］"),
        ("电话138 1234 5678", "mobile", "［已隐去手机号］"),
        ("电话138-1234-5678谢谢", "mobile", "［已隐去手机号］"),
        ("＋８６１３８１２３４５６７８", "mobile", "［已隐去手机号］"),
        ("卡6222 0212 3456 7890 128", "card", "［已隐去银行卡号］"),
        ("卡4111111111111111", "card", "［已隐去银行卡号］"),
        ("邮箱abc.def@example.com.cn可以", "email", "［已隐去邮箱］"),
        ("车鲁P·12345", "plate", "［已隐去车牌号］"),
        ("车鲁AD12345", "plate", "［已隐去车牌号］"),
        ("护照E12345678", "passport", "［已隐去证件号］"),
        ("护照EA1234567", "passport", "［已隐去证件号］"),
        ("通行证C12345678", "passport", "［已隐去证件号］"),
    ],
)
def test_personal_data_is_masked(text: str, kind: str, mark: str) -> None:
    found = mask(text)
    assert found.kinds == (kind,)
    assert mark in found.text
    assert not any(len(run) > 4 for run in "".join(c if c.isdigit() else " " for c in found.text).split())


@pytest.mark.parametrize(
    "text",
    [
        "租房能落户吗",
        "我35岁，2019年5月买的房，交了36个月社保",
        "聊政发〔2020〕7号",
        "2026-11-22",
        "房子120平，花了1250000元",
        "打12345问过了",
        "1234567890123456",
        "2018年10月到2020年12月",
        "二(一)2和三(三)",
        "从2015.09.01到2020.12.31交的社保",
        "A类B类",
        "鲁西新区",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert mask(text).text == text
    assert mask(text).kinds == ()


def test_everything_around_is_kept() -> None:
    found = mask(f"我叫某某，{ID}，手机13812345678，　租房ａｂｃ")
    assert found.text == "我叫某某，［已隐去身份证号］，手机［已隐去手机号］，　租房ａｂｃ"
    assert found.kinds == ("id", "mobile")


@pytest.mark.timeout(10)  # an exponential pattern would take hours
def test_a_thousand_digits_are_read_to_their_end() -> None:
    assert mask("1" * 1000 + "- " * 1000 + "a@" * 1000).text
