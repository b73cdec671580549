"""Who lends the asker a home is no mover; mates are no family; a village meant without a name; shops, filings and a home of the spouse."""

from __future__ import annotations

import pytest
from telling import read_of

_HERE = "山东省/淄博市/临淄区"


@pytest.mark.parametrize(
    "text",
    [
        "借同学的房住着，户口想迁来",
        "租战友的房子，户口想迁过来",
        "在城里借朋友闲房住，他没松口让落户，户口想迁来有门没",
    ],
)
def test_who_lends_or_lets_a_home_does_not_move(text: str) -> None:
    assert read_of(text)["housing.kind"].values <= {"borrowed", "rented"}


def test_a_relative_who_lives_with_the_asker_still_does() -> None:
    assert "kin.relation" in read_of("我妈跟我住，户口想迁来", "parent")


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("我跟同屋的哥们都在厂里集体户，俩人就是同事", {"no"}),
        ("我跟我弟户口都在厂里集体户，他在食堂上班", {"yes"}),
        ("跟他领证俩月了，户口都落在公司集体户", {"yes"}),
    ],
)
def test_who_is_family_in_a_collective_household(text: str, family: set[str]) -> None:
    assert read_of(text)["collective.family"].values == family


def test_a_village_without_a_name_lies_here() -> None:
    facts = read_of("早年户口迁进城里落了户，村里宅基地还是我的名，搬回去住了两年，户口想迁回村")
    assert facts["origin.place"].include == {_HERE}


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("门脸整一套，不跟别人搭伙", "premises.kind", {"independent"}),
        ("单独一套带库房的门市", "premises.kind", {"independent"}),
        ("整租的，合同有，房东不让去房管局登记", "rent.filing", {"no"}),
    ],
)
def test_papers_and_shops_in_other_words(text: str, fact: str, value: set[str]) -> None:
    assert read_of(text)[fact].values == value


def test_who_lives_at_the_spouses_home_lives_together() -> None:
    assert read_of("我和老公领证了，现在住他城里那套")["kin.together"].values == {"yes"}
