"""Which place a message is about, where it also tells where somebody lives or works."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.state import Conversation
from bot.conversation.where import where
from bot.conversation.world import Heard, World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def elsewhere(world: World, text: str) -> bool:
    heard = Heard(text, "tell", date(2026, 11, 22), {}, {"jurisdiction": "linzi"})
    return where(world, Conversation(), heard).elsewhere


@pytest.mark.parametrize("text", [
    "我整租了辛店街道一套单元楼，房主点头了，屋里空户，平常在张店开公交，想把户口落这楼上",
    "厂子在潍坊，一周回来一趟，媳妇跟娃守着这边的楼，房证写我，户口能迁进自己家不",
    "在淄博干了半辈子泥瓦匠，如今回老家村里住下了，宅基地还是我的，户口想迁回村",
])
def test_where_somebody_works_is_no_goal(world: World, text: str) -> None:
    assert not elsewhere(world, text)


@pytest.mark.parametrize("text", [
    "在张店整租了一套单元楼，房主点头了，屋里空户，想把户口落这楼上",
    "我哥在潍坊买了楼，户口也在那，我想投靠他落户",
    "我在张店开公交，户口能迁过去吗",
])
def test_where_the_home_or_the_relative_is_is_the_goal(world: World, text: str) -> None:
    assert elsewhere(world, text)


@pytest.mark.parametrize("text", [
    "桓台县城还能投靠哥哥落户不",
    "桓台投靠哥哥能落户吗，我哥在那有楼",
    "沂源农村老家的户口还能往回迁不，俺不是临淄的",
])
def test_a_question_that_opens_with_another_place_is_about_that_place(world: World, text: str) -> None:
    assert elsewhere(world, text)


@pytest.mark.parametrize("text", ["我不是临淄的，租的这边房东让落，户口能进来吗", "我是沂源的，户口想迁到我姐这儿，能行吗"])
def test_where_somebody_comes_from_is_no_goal(world: World, text: str) -> None:
    assert not elsewhere(world, text)


@pytest.mark.parametrize("text", [
    "荣成在校学生能把户口迁过去不",
    "奎文区派出所不给落户咋办",
    "文登职工家属能随迁不",
    "莒县宅基地还在，户口能迁回去不",
])
def test_a_place_in_front_is_asked_about_where_no_place_was_spoken_of(world: World, text: str) -> None:
    heard = Heard(text, "ask", date(2026, 11, 22), {}, {})
    assert where(world, Conversation(), heard).elsewhere


@pytest.mark.parametrize("text", [
    "枣庄买的房子还没交，户口先挪过去给办不",
    "住的是周村的廉租房，户口上那去行吗",
    "我上班在桓台县城，户口也想迁过去，能成吗",
    "想当威海人，中专文凭够吗",
    "我姐在日照，户口能迁她那去吗",
])
def test_a_home_a_relative_or_work_elsewhere_is_the_goal_where_no_place_was_spoken_of(world: World, text: str) -> None:
    assert where(world, Conversation(), Heard(text, "ask", date(2026, 11, 22), {}, {})).elsewhere


@pytest.mark.parametrize("text", [
    "户口在枣庄，买了房能落户吗",
    "枣庄有套房，来你们这上班能落户吗",
    "老家日照的，在这边租的房能落户吗",
    "聊城租房能落户吗，我在枣庄也有房",
])
def test_where_somebody_comes_from_leaves_the_place_open(world: World, text: str) -> None:
    assert not where(world, Conversation(), Heard(text, "ask", date(2026, 11, 22), {}, {})).elsewhere
