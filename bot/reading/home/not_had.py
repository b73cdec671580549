"""Dwellings that a clause names and that nobody has in it: planned, left, given away, urged on somebody, asked about, or a way to register.

Each of the predicates below gives one reason; any of them is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.reading.home.dwelling_links import GIVEN_AWAY, given_away_next
from bot.reading.home.home_told import ACQUIRED, BORROWED, NONE, OWNED, PRESALE, HomeTold
from bot.reading.home.no_dwelling import lived_in_by_others
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.person.times import once
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Spot
from bot.reading.text.cues import cue

_LONG_AGO, _LEFT_THEN = cue("dwellings.long_ago"), cue("dwellings.left_then")
_NOT_TOGETHER, _URGED = cue("dwellings.not_together"), cue("dwellings.urged")
_NOT_BUYING, _BUYING = cue("dwellings.not_buying"), cue("dwellings.buying")
_NOT_BOUGHT, _SETTLES_FIRST = cue("dwellings.not_bought"), cue("dwellings.settles_first")
_CONDITION, _BY_THAT_WAY, _THAT_WAY = cue("dwellings.bare_condition"), cue("dwellings.by_that_way"), cue("dwellings.that_way")
_THIS_DWELLING = cue("dwellings.this_dwelling")
_ASKS_ABOUT, _THEN_CAN = cue("dwellings.asks_about"), cue("dwellings.then_can")
_BOUGHT_THEN = cue("dwellings.bought_then")
BARE_LIVES = cue("dwellings.bare_lives")
_LIVED_IN = cue("dwelling_links.lived_in")
LIVED_IN_ONCE = frozenset({"rented", "public_rental", "borrowed", "dormitory"})
"""Dwellings somebody lives in without having them, and may have left again."""
_LIVED_IN_NEAR = 3  # clauses back in which the flat may be said to be lived in
_LANDED_NEAR = 2  # letters before the owner at which the words for the home landed on may begin
_JUST_BEFORE = 2


def not_had(told: HomeTold) -> bool:
    """Whether nobody is told to have the dwelling."""
    return any(reason(told) for reason in (*_OF_ANY_HOME, *_OF_ONE_KIND.get(told.kind, ())))


def _only_planned(told: HomeTold) -> bool:
    """准备买房: planned, supposed or counted as one; what is denied is so whatever is planned."""
    return told.as_said and told.clause.planned(told.hit.start)


def _of_former_days(told: HomeTold) -> bool:
    """Whether it is over by now, and not only acquired long ago."""
    return told.clause.past_at(told.hit.start) and bool(told.kind) and not (_bought_long_ago(told) or _sold_since(told))


def _sold_since(told: HomeTold) -> bool:
    """房子去年卖了没地方落: when the home went, and there has been none since."""
    return told.kind == NONE and GIVEN_AWAY.search(told.words) is not None


def _bought_long_ago(told: HomeTold) -> bool:
    """Whether words of the past only say when a home was acquired (早些年在县城买了套三室的)."""
    ago = _LONG_AGO.search(told.text, 0, told.hit.start)
    return bool(ago and not _LEFT_THEN.search(told.text) and ACQUIRED.search(told.text, ago.end(), told.hit.end))


def _lived_in_once(told: HomeTold) -> bool:
    """在上海租过房."""
    return bool(told.kind) and told.kind <= LIVED_IN_ONCE and once(told.text, told.hit.start)


def _apart_from_nobody(told: HomeTold) -> bool:
    """没跟我姐住一块: of nobody's home."""
    return told.hit.deny == BORROWED and _NOT_TOGETHER.search(told.text) is not None


def _urged(told: HomeTold) -> bool:
    """我劝他买房."""
    return bool(told.kind) and _URGED.search(told.text[: told.hit.start]) is not None and not told.clause.asks


def _registers_on_it(told: HomeTold) -> bool:
    """落到我高唐县城的房上: the home a register is wanted on is entered by itself."""
    return told.landed is not None and bool(told.kind) and told.start >= told.landed.start - _LANDED_NEAR


def _given_away(told: HomeTold) -> bool:
    """有套小房,一八年过户给儿子了."""
    if not told.kind or told.kind == NONE:
        return False
    return GIVEN_AWAY.search(told.text[told.hit.start :]) is not None or given_away_next(told.ledger, told.order, told.hit)


def _others_live_there(told: HomeTold) -> bool:
    """整套出租给别人的."""
    return lived_in_by_others(told.hit, told.text)


def _pointed_at_and_asked(told: HomeTold) -> bool:
    """Whether a question only points at a dwelling (这套房…吗)."""
    return _THIS_DWELLING.search(told.text[: told.hit.start]) is not None and told.clause.asks


def _asked_about(told: HomeTold) -> bool:
    """Whether the dwelling is only what somebody asks about (问问租房能…)."""
    asks = bool(told.kind) and _ASKS_ABOUT.search(told.text[: told.hit.start])
    return bool(asks) and _THEN_CAN.match(told.text[told.hit.end :]) is not None


def _not_bought_yet(told: HomeTold) -> bool:
    """没买正儿八经的住宅; 先落户再买房; 我不买房."""
    at = told.hit.start
    if _BUYING.match(told.words) and _NOT_BUYING.search(told.text, 0, at):
        return True
    return _NOT_BOUGHT.search(told.text, 0, at) is not None or _SETTLES_FIRST.search(told.text, 0, at) is not None


def _a_condition(told: HomeTold) -> bool:
    """都说买房就能落户."""
    return _CONDITION.match(told.text, told.hit.start) is not None


def _names_a_way(told: HomeTold) -> bool:
    """Whether words for a home only name a way to register (按自有住房落户)."""
    return bool(_BY_THAT_WAY.search(told.text[: told.hit.start]) and _THAT_WAY.match(told.text[told.hit.end :]))


def _how_the_register_left(told: HomeTold) -> bool:
    """当年在外县买楼,户口起走了."""
    return _BOUGHT_THEN.search(told.text, 0, told.hit.start) is not None and _outside(told.spot, told.ledger.home)


def _outside(spot: Spot, home: str | None) -> bool:
    """Whether a place told lies outside the jurisdiction."""
    return spot.places is not None and home is not None and not at_home(spot.places, home)


def _lives_in_ones_own(told: HomeTold) -> bool:
    """我住着: of a home of one's own."""
    return BARE_LIVES.fullmatch(told.text) is not None and not _anothers_home(told)


def _anothers_home(told: HomeTold) -> bool:
    """Whether the dwelling told just before is somebody else's."""
    earlier = (t for t in reversed(told.ledger.homes) if t.kind and 0 < told.order - t.order <= _JUST_BEFORE)
    last = next(earlier, None)
    return last is not None and last.person not in (SELF, COUPLE)


def _day_of_a_flat_lived_in(told: HomeTold) -> bool:
    """住进去好几年了,哪天交的忘了."""
    near = told.ledger.clauses[max(0, told.order - _LIVED_IN_NEAR) : told.order + 1]
    return told.asks_the_day and any(_LIVED_IN.search(c.text) for c in near)


_Reason = Callable[[HomeTold], bool]
_OF_ANY_HOME: tuple[_Reason, ...] = (
    _only_planned,
    _of_former_days,
    _lived_in_once,
    _apart_from_nobody,
    _urged,
    _registers_on_it,
    _given_away,
    _others_live_there,
    _pointed_at_and_asked,
    _asked_about,
)
_OF_ONE_KIND: Mapping[frozenset[str], tuple[_Reason, ...]] = {
    OWNED: (_not_bought_yet, _a_condition, _names_a_way, _how_the_register_left),
    BORROWED: (_lives_in_ones_own,),
    PRESALE: (_day_of_a_flat_lived_in,),
}
