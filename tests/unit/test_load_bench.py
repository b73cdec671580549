"""What the load bench decides by itself: the plan, a WeChat signature, the table, the verdicts, whether memory is flat."""

from __future__ import annotations

import pytest

from bot.channels.wechat.crypto import signature
from tests.benchmarks.load import Load
from tests.benchmarks.load_many.figures import STOCK, Line, Soak, judged, lines_of, soaked, stages_of
from tests.benchmarks.load_many.fleet import each
from tests.benchmarks.load_many.plan import DEPLOYMENTS, REST, WECHAT, Shot, halves, held, shots
from tests.benchmarks.load_many.residents import TOKEN, WIRES, Proxy, signed
from tests.benchmarks.messages import TURNS, Conversation, conversations

EMBEDDED = DEPLOYMENTS[0].name


def line(bot: str, wire: str, users: int, per_second: float, failed: int = 0, late: int = 0) -> Line:
    times = [float(n) for n in range(1, 1001)]
    return Line(bot, wire, users, Load(times, len(times) / per_second, 5.0, ["no answer"] * failed, late), (800.0, 900.0))


# -- plan ---------------------------------------------------------------------------------------------------------------


def test_every_resident_has_a_conversation_and_every_crowd_the_messages_asked_for() -> None:
    planned = shots(REST, (20, 500), 1800)
    assert planned == [Shot(REST, 20, 300), Shot(REST, 500, 500)]
    assert [shot.messages for shot in planned] == [1800, 500 * TURNS]
    assert len(held(conversations(), 777)) == 777


@pytest.mark.parametrize("users, messages", [((0,), 100), ((20,), 0)])
def test_a_crowd_of_nobody_is_refused(users: tuple[int, ...], messages: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        shots(REST, users, messages)


def test_the_stock_bot_is_measured_before_and_after_unless_each_resident_has_one_conversation() -> None:
    assert halves(Shot(REST, 20, 301)) == [Shot(REST, 20, 151)] * 2
    assert halves(Shot(REST, 500, 500)) == [Shot(REST, 500, 500)]


# -- wire ---------------------------------------------------------------------------------------------------------------


def test_a_wechat_request_is_signed_as_the_channel_checks_it() -> None:
    query = signed("1700000000", "12345")
    assert query["signature"] == signature(TOKEN, "1700000000", "12345")


def test_a_resident_on_wechat_says_where_they_are() -> None:
    talk = Conversation(("租房可以落户吗",), "liaocheng")
    assert WIRES[WECHAT]().opening(talk) == ("聊城市", "租房可以落户吗")
    assert WIRES[REST]().opening(talk) == talk.messages


# -- report -------------------------------------------------------------------------------------------------------------


def test_a_line_stands_beside_the_stock_bot_with_as_many_residents() -> None:
    told = lines_of([line(STOCK, REST, 20, 50), line(STOCK, REST, 100, 40), line(EMBEDDED, REST, 20, 160), line(EMBEDDED, WECHAT, 20, 90)])
    head, stock20, _, ours, wechat = told.splitlines()
    assert head.endswith("in 5 s")
    assert ours.replace(EMBEDDED, "").split()[:5] == ["REST", "20", "1,000", "160", "3.20"]
    assert "500 ms" in ours
    assert "850 MB" in ours
    assert " - " in stock20
    assert " - " in wechat, "the stock bot has no WeChat"


def test_what_was_aimed_at_is_judged() -> None:
    good = [line(STOCK, REST, 20, 50), line(EMBEDDED, REST, 20, 150), line(EMBEDDED, WECHAT, 500, 90, late=1)]
    assert [sentence.split()[0] for sentence in judged(good)] == ["ok"] * 3
    bad = [line(STOCK, REST, 20, 50), line(EMBEDDED, REST, 20, 149), line(EMBEDDED, WECHAT, 500, 90, failed=1, late=2)]
    assert [sentence.split()[0] for sentence in judged(bad)] == ["MISSED"] * 3
    assert "99.80%" in judged(bad)[1]


def test_errors_of_the_stock_bot_are_not_ours() -> None:
    assert judged([line(STOCK, REST, 20, 50, failed=3), line(EMBEDDED, REST, 20, 200)])[0].startswith("ok")


def test_stages_are_milliseconds_of_a_message_between_two_readings() -> None:
    spent = each({"store": (1.0, 100.0), "parse": (0.0, 100.0)}, {"store": (3.0, 1100.0), "parse": (0.5, 1100.0)})
    assert spent == {"store": 2.0, "parse": 0.5}
    assert stages_of({"luohu": spent}).splitlines()[1].split() == ["luohu", "0.50", "2.00", "2.50"]


# -- soak ---------------------------------------------------------------------------------------------------------------


def soak(growth: float) -> Soak:
    counts = list(range(0, 20_001, 100))
    return Soak(counts, [800 + growth * n / 1000 for n in counts])


def test_memory_that_stays_is_flat_and_memory_that_grows_is_not() -> None:
    assert soak(0.0).flat
    assert soak(0.0).slope() == 0
    growing = soak(5.0)
    assert not growing.flat
    assert growing.slope() == pytest.approx(5.0)
    assert "MISSED" in soaked("luohu", growing, Load([1.0] * 20_000, 100.0))
    assert "MISSED" in soaked("luohu", soak(0.0), Load([1.0] * 20_000, 100.0, failed=["refused"]))
    assert "MISSED" not in soaked("luohu", soak(0.0), Load([1.0] * 20_000, 100.0))
    first, second, third, last = growing.quarters()
    assert first < second < third < last


def test_growth_while_everything_is_used_for_the_first_time_does_not_count() -> None:
    counts = list(range(0, 20_001, 100))
    assert Soak(counts, [min(800.0, 600 + n / 25) for n in counts]).flat


def test_a_soak_too_short_to_be_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="let it run longer"):
        Soak([0, 100], [800.0, 800.0]).quarters()
    with pytest.raises(ValueError, match="let it run longer"):
        Soak().quarters()


def test_a_message_goes_to_the_server_with_the_fewest_under_way_and_in_turn_among_equals() -> None:
    proxy = Proxy(["a", "b", "c"])
    with proxy.chosen() as first, proxy.chosen() as second:
        assert (first, second) == ("a", "b")
        with proxy.chosen() as third:
            assert third == "c"
        with proxy.chosen() as free:
            assert free == "c"
    chosen = []
    for _ in range(6):
        with proxy.chosen() as base:
            chosen.append(base)
    assert sorted(chosen) == ["a", "a", "b", "b", "c", "c"], "no server is left out"
