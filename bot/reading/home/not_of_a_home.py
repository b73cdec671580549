"""Words of letting, of a name, a deed or a purchase that are of no home of one's own.

They are of a shop or a licence, of the landlord, of a marriage, of a plot in the village, or only go on about the home told before.
Each of the predicates below gives one reason; any of them is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.reading.home.dwelling_links import refines_other, title_of_anothers, title_of_this
from bot.reading.home.home_told import ACQUIRED, INHERITED, NONE, OWNED, PRESALE, SHOP, UNTITLED, HomeTold
from bot.reading.home.no_dwelling import no_dwelling, says_no_more
from bot.reading.home.not_had import LIVED_IN_ONCE
from bot.reading.paper.dated import of_a_bill
from bot.reading.paper.licence import name_of_licence
from bot.reading.paper.shops import no_dwelling_of_shop, of_shop
from bot.reading.text.cues import cue

_HOUSE, _NAMES_HOME, _BARE_SHOP = cue("dwellings.house"), cue("dwellings.names_home"), cue("dwellings.bare_shop")
_BARE_NAME, _BARE_BOUGHT, _BOUGHT_AT = cue("dwellings.bare_name"), cue("dwellings.bare_bought"), cue("dwellings.bare_bought_at")
_NOT_HANDED, _FRESH, _OF_A_HOME = cue("dwellings.bare_not_handed"), cue("dwellings.fresh"), cue("dwellings.of_a_home")
_DEED_IN_LIST, _LANDLORDS_DEED = cue("dwellings.deed_in_list"), cue("dwellings.landlords_deed")
_BARE_DEED, _LEASE_PAPERS = cue("dwellings.bare_deed"), cue("dwellings.lease_papers")
_HOMESTEAD, _TOWN_HOME = cue("dwellings.homestead"), cue("dwellings.town_home")
_OWNER, _ONES_OWN = cue("dwellings.owner"), cue("dwellings.ones_own")
_SHOP_RENT, _INTO_A_NAME = cue("dwellings.shop_rent"), cue("dwellings.into_a_name")
_BOUGHT_BY_OWNER = cue("dwellings.bought_by_owner")
_OUT_OF_REACH, _OWN_DEED = cue("dwellings.out_of_reach"), cue("dwellings.own_deed")
_BOUGHT_OR_OWN, _BOUGHT_FRONT = cue("dwellings.bought_or_own"), cue("dwellings.bought_front")
_ENDS_IN_FRONT, _ENDS_IN_SHOP = cue("dwellings.ends_in_front"), cue("dwellings.ends_in_shop")
_LIVED_IN = cue("dwellings.lived_in")
_RENTED = frozenset({"rented"})
_CERTIFICATE = "证"
_UNFINISHED = frozenset({"owned", "presale", "untitled"})
_TRADE = frozenset({"self_employed"})
_PAPERS_NEAR = 5  # clauses within which a deed that is not there is still the landlord's
_OWNER_NEAR = 3  # clauses back in which the owner of a rented home may be named
_JUST_BEFORE = 2


def no_place_to_live(told: HomeTold) -> bool:
    """Whether what reads like a dwelling is a shop, a firm or a licence (店面沿街,长租; 公司注册在我名下; 照办了,写的媳妇的名)."""
    return (
        no_dwelling_of_shop(told.ledger, told.order, told.text, told.hit)
        or no_dwelling(told.hit, told.text, told.before)
        or (told.kind == OWNED and name_of_licence(told.ledger, told.order))
    )


def seen_as_shop(told: HomeTold) -> HomeTold:
    """What is told, as a place of business where the clause only says whose the one just named is (沿街商铺,产权是我的)."""
    if told.kind == OWNED and _of_a_shop(told) and not _NAMES_HOME.search(told.words):
        return told.as_kind(SHOP)
    return told


def _of_a_shop(told: HomeTold) -> bool:
    """Whether a place of business was named by itself just before, and no dwelling."""
    if any(t.kind == _TRADE for t in told.ledger.jobs):
        return False  # 开店,独立门面,…写我名字
    near = told.ledger.clauses[max(0, told.order - _JUST_BEFORE) : told.order]
    homes = told.ledger.homes
    return any(_BARE_SHOP.search(c.text) for c in near) and not any(t.kind and told.order - t.order <= _JUST_BEFORE for t in homes)


def not_of_a_home(told: HomeTold) -> bool:
    """Whether the words are of no home of one's own, or of none but the one told before."""
    return any(reason(told) for reason in (*_OF_ANY_HOME, *_OF_ONE_KIND.get(told.kind, ())))


# -- of a shop -----------------------------------------------------------------------------------------------------------


def _rent_of_a_shop(told: HomeTold) -> bool:
    """Whether words of rent say what a shop costs."""
    if "rented" not in told.kind or not _SHOP_RENT.search(told.text, max(0, told.hit.start - 1), told.hit.end + 1):
        return False
    ledger = told.ledger
    trades = any(t.kind == _TRADE for t in ledger.jobs) or any(c.fact == "premises.kind" for c in ledger.claims)
    return trades or of_shop(ledger, told.order)


def _front_bought(told: HomeTold) -> bool:
    """三十来平一间门头,是俺自个买的; 理发店的门脸是俺买的: who owns the front they trade from told of no dwelling."""
    if _LIVED_IN.search(f"{told.before},{told.text},{told.after}"):
        return False
    clause = told.ledger.clauses[told.order]
    front = _BOUGHT_FRONT.search(told.text)
    if front is not None and not _in_a_name(told, clause.start + front.start()):
        return True
    bare = _BOUGHT_OR_OWN.fullmatch(told.text)
    if bare is None:
        return False
    ends_in_shop = _ENDS_IN_SHOP.search(told.before) is not None and not _in_a_name(told, told.ledger.clauses[told.order - 1].end - 1)
    return _ENDS_IN_FRONT.search(told.before) is not None or not bare["house"] and ends_in_shop


def _in_a_name(told: HomeTold, at: int) -> bool:
    """Whether what looks like a shop is the end of a place's name (辛|店)."""
    return any(p.span[0] <= at < p.span[1] for p in told.ledger.places)


# -- of the landlord's papers --------------------------------------------------------------------------------------------


def _landlords_deed(told: HomeTold) -> bool:
    """合同房本都有, of a rented home; 房东的产权证也拿来了."""
    return told.in_tenancy and (_DEED_IN_LIST.search(told.text) is not None or _LANDLORDS_DEED.search(told.text) is not None)


def _among_lease_papers(told: HomeTold) -> bool:
    """Whether words for a home are only a deed, there or not, among the papers of a rented one (备案也有,房本也有,无房证明没处开)."""
    if not told.kind or not told.kind <= OWNED | UNTITLED or not told.in_tenancy or not _BARE_DEED.fullmatch(told.words):
        return False
    around = f"{told.before},{told.text},{told.after}"
    return bool(_LEASE_PAPERS.search(around)) and not ACQUIRED.search(around)


def _deed_out_of_reach(told: HomeTold) -> bool:
    """房产证在银行抵押着呢,房东拿不出来,我租的整套: pledged or lost, the deed of what is rented, where no home of one's own is told."""
    if not told.in_tenancy or told.last_kind(_PAPERS_NEAR) - _RENTED or not _OUT_OF_REACH.search(told.text):
        return False
    return not (_OWN_DEED.search(told.text) or ACQUIRED.search(told.passage.plain))


def _title_of_what_is_let(told: HomeTold) -> bool:
    """租的房,房产证还没办下来: the landlord's; 公租房,证没给发: the certificate of the tenancy."""
    return bool(told.last_kind(_PAPERS_NEAR) & LIVED_IN_ONCE) and not ACQUIRED.search(told.text)


def _landlords_estate(told: HomeTold) -> bool:
    """房东老两口,老爷子没了,继承没办: of the owner of the rented home, and the asker inherits nothing in it."""
    near = told.ledger.clauses[max(0, told.order - _OWNER_NEAR) : told.order + 1]
    return told.in_tenancy and not _ONES_OWN.search(told.text) and any(_OWNER.search(c.text) for c in near)


def _landlord_bought_it(told: HomeTold) -> bool:
    """房东同意了,老楼,二手买的: how the owner just named came by the home that is rented."""
    if not told.in_tenancy or _BOUGHT_BY_OWNER.fullmatch(told.text) is None or any(t.kind - _RENTED for t in told.ledger.homes):
        return False
    near = told.ledger.clauses[max(0, told.order - _PAPERS_NEAR) : told.order]
    return any(_OWNER.search(c.text) for c in near) and not any(_ONES_OWN.search(c.text) for c in near)


# -- of something else ---------------------------------------------------------------------------------------------------


def _just_a_name(told: HomeTold) -> bool:
    """我的名, of a licence."""
    return _BARE_NAME.fullmatch(told.text) is not None and not _HOUSE.search(told.before)


def _register_into_a_name(told: HomeTold) -> bool:
    """孩子户口在外地,想过到爷爷我名下: a register, where no home was spoken of."""
    return _INTO_A_NAME.search(told.text) is not None and not _HOUSE.search(told.text) and not _HOUSE.search(told.before)


def _plot_in_the_village(told: HomeTold) -> bool:
    """宅基地有,是村里我名下的."""
    around = f"{told.before},{told.text}"
    return _HOMESTEAD.search(around) is not None and not _TOWN_HOME.search(around)


def _bought_anything(told: HomeTold) -> bool:
    """我买的在…, of anything."""
    if not _BOUGHT_AT.fullmatch(told.text):
        return False
    near = told.ledger.clauses[max(0, told.order - _JUST_BEFORE) : told.order]
    return not any(_HOUSE.search(c.text) for c in near)


def _any_certificate(told: HomeTold) -> bool:
    """证下来了: after nothing about a dwelling of one's own it may be any certificate."""
    return bool(told.words.startswith(_CERTIFICATE) and told.order) and not title_of_this(told.ledger, told.order, told.speaks_of())


def _title_of_anothers(told: HomeTold) -> bool:
    """房子是爸妈的,有房本: of the home of somebody else just told."""
    return title_of_anothers(told.ledger, told.order, told.text, told.speaks_of())


def _paper_on_no_dwelling(told: HomeTold) -> bool:
    """房子工作一概没有,证书也没."""
    return told.last_kind() == NONE


def _paper_of_something_else(told: HomeTold) -> bool:
    """证还没领, of a marriage or a skill."""
    return not _OF_A_HOME.search(told.text + told.before) and not told.last_kind()


def _anything_handed_over(told: HomeTold) -> bool:
    """还没交呢, of whatever may be handed in or paid."""
    return _NOT_HANDED.fullmatch(told.text) is not None and not told.last_kind() & _UNFINISHED


def _bill_due(told: HomeTold) -> bool:
    """学费明年二月交."""
    return of_a_bill(told.text, told.before)


# -- of the home told before ---------------------------------------------------------------------------------------------


def _goes_on_about_it(told: HomeTold) -> bool:
    """入住三年没红本,买的商品房: how the home told before came about, or that one was looked at and not bought."""
    return bool(told.order) and says_no_more(told.hit, told.text, told.before, told.last_kind())


def _how_it_was_bought(told: HomeTold) -> bool:
    """公寓…,我全款买的."""
    return bool(told.order and _BARE_BOUGHT.fullmatch(told.text) and told.last_kind())


def _whose_it_is(told: HomeTold) -> bool:
    """门头房, 产权是我的: that what was told before is owned makes no titled home of it."""
    return not _FRESH.search(told.words) and refines_other(told.ledger, told.order, told.text, told.hit, told.speaks_of())


_Reason = Callable[[HomeTold], bool]
_OF_ANY_HOME: tuple[_Reason, ...] = (_rent_of_a_shop, _among_lease_papers, _goes_on_about_it)
_OF_ONE_KIND: Mapping[frozenset[str], tuple[_Reason, ...]] = {
    OWNED: (
        _front_bought,
        _just_a_name,
        _register_into_a_name,
        _landlord_bought_it,
        _landlords_deed,
        _deed_out_of_reach,
        _plot_in_the_village,
        _bought_anything,
        _how_it_was_bought,
        _any_certificate,
        _title_of_anothers,
        _whose_it_is,
    ),
    UNTITLED: (_title_of_what_is_let, _paper_on_no_dwelling, _paper_of_something_else),
    INHERITED: (_landlords_estate,),
    PRESALE: (_anything_handed_over, _bill_due),
}
