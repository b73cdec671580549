"""Dwellings someone tells of."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.home.dwelling_links import GIVEN_AWAY, given_away_next, hit_text, refined, refines_other, title_of_anothers, title_of_this
from bot.reading.home.no_dwelling import lived_in_by_others, no_dwelling, says_no_more
from bot.reading.home.spots import place_of, spot_of
from bot.reading.home.unreal import as_meant, in_a_list
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.paper.licence import name_of_licence
from bot.reading.paper.shops import no_dwelling_of_shop, of_shop
from bot.reading.person.subjects import owner_named
from bot.reading.person.times import once
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage, Spot, Thing, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit, lodging_hits

_GIVEN, _ESTATE = cue("dwellings.given"), cue("dwellings.estate")


_HOUSE, _SHOP_RENT = cue("dwellings.house"), cue("dwellings.shop_rent")


_NAMED, _LENT_TO_ME = cue("dwellings.named"), cue("dwellings.lent_to_me")
_BARE_LIVES, _OF_A_HOME = cue("dwellings.bare_lives"), cue("dwellings.of_a_home")
_LIVES_IN = cue("dwellings.lives_in")
_LANDS_ON, _LANDED_HOME = cue("dwellings.lands_on"), cue("dwellings.landed_home")
_BARE_NAME, _LEFT_THEN = cue("dwellings.bare_name"), cue("dwellings.left_then")
_BARE_BOUGHT, _PEERS, _WITH_PEER = cue("dwellings.bare_bought"), cue("dwellings.peers"), cue("dwellings.with_peer")
_LONG_AGO, _ACQUIRED = cue("dwellings.long_ago"), cue("dwellings.acquired")
_NOT_BOUGHT, _NOT_YET = cue("dwellings.not_bought"), cue("dwellings.settles_first")
_DEED_IN_LIST, _CONDITION = cue("dwellings.deed_in_list"), cue("dwellings.bare_condition")
_LANDLORDS_DEED = cue("dwellings.landlords_deed")
_BY_THAT_WAY, _THAT_WAY = cue("dwellings.by_that_way"), cue("dwellings.that_way")
_NOT_HANDED, _BOUGHT_AT = cue("dwellings.bare_not_handed"), cue("dwellings.bare_bought_at")
_OWNER, _ONES_OWN = cue("dwellings.owner"), cue("dwellings.ones_own")
_ONLY_FLATS, _FRESH = cue("dwellings.only_flats"), cue("dwellings.fresh")
_BARE_SHOP, _NAMES_HOME = cue("dwellings.bare_shop"), cue("dwellings.names_home")
_HOMESTEAD, _TOWN_HOME = cue("dwellings.homestead"), cue("dwellings.town_home")
_BOUGHT_THEN = cue("dwellings.bought_then")
_BARE_DEED, _LEASE_PAPERS = cue("dwellings.bare_deed"), cue("dwellings.lease_papers")
_LIVES_WITH_ME = cue("dwellings.lives_with_me")
_LIVED_IN = cue("dwelling_links.lived_in")
_YARD, _FLAT_WITH_YARD = cue("dwellings.yard"), cue("dwellings.flat_with_yard")
_OTHERS_HOME = frozenset({"rented", "public_rental"})
_BOUGHT = frozenset({"owned", "presale", "secondhand", "untitled"})
_LIVED_IN_ONCE = frozenset({"rented", "public_rental", "borrowed", "dormitory"})
_PAPERS_NEAR = 5  # clauses within which a deed that is not there is still the landlord's
_OWNER_NEAR = 3  # clauses back in which the owner of a rented home may be named
_SAME_HOME = 6  # letters within which two words for the same kind of home speak of one


def read_dwellings(passage: Passage) -> str:
    """Enter every dwelling the clause tells of; ``rent`` or ``home`` where one was told, empty where none."""
    ledger, clause, order, plain, roles = passage.ledger, passage.clause, passage.order, passage.plain, passage.roles
    text, offset, who = clause.text, clause.start, passage.who
    domain = ""
    after = ledger.clauses[order + 1].text if order + 1 < len(ledger.clauses) else ""
    before = ledger.clauses[order - 1].text if order else ""
    landed = _landed(passage)
    for told in _homes(text):
        hit = as_meant(told, text)
        if (hit is told and clause.planned(hit.start)) or (clause.past_at(hit.start) and hit.kind and not _bought_long_ago(text, hit)):
            continue
        if hit.deny == {"borrowed"} and cue("dwellings.not_together").search(text):
            continue  # 没跟我姐住一块: of nobody's home
        if hit.kind == {"presale"} and _NOT_HANDED.fullmatch(text) and not _last_kind(ledger, order) & {"owned", "presale", "untitled"}:
            continue  # 还没交呢, of whatever may be handed in or paid
        if no_dwelling_of_shop(ledger, order, text, hit):
            continue  # 店面沿街,长租
        if hit.kind and cue("dwellings.urged").search(text[: hit.start]) and not clause.asks:
            continue  # 我劝他买房
        if no_dwelling(hit, text, before) or (hit.kind and hit.kind <= _LIVED_IN_ONCE and once(text, hit.start)):
            continue  # 在上海租过房
        if hit.kind == {"owned"} and name_of_licence(ledger, order):
            continue
        if hit.kind == {"owned"} and _of_a_shop(ledger, order) and not _NAMES_HOME.search(hit_text(text, hit)):
            hit = replace(hit, kind=frozenset({"shop"}))  # 沿街商铺,产权是我的
        if hit.kind == {"owned"} and _BARE_NAME.fullmatch(text) and not _HOUSE.search(before):
            continue  # 我的名, of a licence
        if hit.kind == {"owned"} and (_NOT_BOUGHT.search(text, 0, hit.start) or _NOT_YET.search(text, 0, hit.start)):
            continue  # 没买正儿八经的住宅; 先落户再买房
        if hit.kind == {"owned"} and "rented" in passage.story and (_DEED_IN_LIST.search(text) or _LANDLORDS_DEED.search(text)):
            continue  # 合同房本都有, of a rented home; 房东的产权证也拿来了
        if hit.kind <= {"owned", "untitled"} and "rented" in passage.story and _among_lease_papers(hit, before, text, after):
            continue  # 备案也有,房本也有,无房证明没处开: the landlord's
        if hit.kind == {"owned"} and _HOMESTEAD.search(before + "," + text) and not _TOWN_HOME.search(before + "," + text):
            continue  # 宅基地有,是村里我名下的
        if hit.kind == {"owned"} and _BOUGHT_AT.fullmatch(text) and not _house_before(ledger, order):
            continue  # 我买的在…, of anything
        if hit.kind == {"inherited"} and "rented" in passage.story and _landlords(ledger, order):
            continue  # 房东老两口,老爷子没了,继承没办
        if hit.kind == {"owned"} and (_CONDITION.match(text, hit.start) or _names_a_way(text, hit)):
            continue  # 都说买房就能落户
        if hit.kind == {"untitled"} and _last_kind(ledger, order, _PAPERS_NEAR) & _LIVED_IN_ONCE and not _ACQUIRED.search(text):
            continue  # 租的房,房产证还没办下来: the landlord's; 公租房,证没给发: the certificate of the tenancy
        if hit.kind == {"untitled"} and _last_kind(ledger, order) == {"none"}:
            continue  # 房子工作一概没有,证书也没: no paper on a dwelling
        if hit.kind == {"untitled"} and not _OF_A_HOME.search(text + before) and not _last_kind(ledger, order):
            continue  # 证还没领, of a marriage or a skill
        if order and says_no_more(hit, text, before, _last_kind(ledger, order)) or lived_in_by_others(hit, text):
            continue
        if hit.kind == {"owned"} and order and _BARE_BOUGHT.fullmatch(text) and _last_kind(ledger, order):
            continue  # 公寓…,我全款买的
        if landed is not None and hit.kind and offset + hit.start >= landed.start - 2:
            continue
        if hit.kind and GIVEN_AWAY.search(text[hit.start :]) or (hit.kind and given_away_next(ledger, order, hit)):
            continue
        if cue("dwellings.this_dwelling").search(text[: hit.start]) and clause.asks:
            continue
        if hit.kind and cue("dwellings.asks_about").search(text[: hit.start]) and cue("dwellings.then_can").match(text[hit.end :]):
            continue
        if hit.kind == {"owned"} and hit_text(text, hit).startswith("证") and order and not title_of_this(ledger, order, who(hit.start)):
            continue  # 证下来了 after nothing about a dwelling of one's own may be any certificate
        if (
            "rented" in hit.kind
            and _SHOP_RENT.search(text, max(0, hit.start - 1), hit.end + 1)
            and (
                any(t.kind == {"self_employed"} for t in ledger.jobs)
                or any(c.fact == "premises.kind" for c in ledger.claims)
                or of_shop(ledger, order)
            )
        ):
            continue  # what a shop costs
        if hit.kind == {"owned"} and title_of_anothers(ledger, order, text, who(hit.start)):
            continue
        fresh = _FRESH.search(hit_text(text, hit))
        if hit.kind == {"owned"} and not fresh and refines_other(ledger, order, text, hit, who(hit.start)):
            continue
        person = _first_of_pair(passage, who(hit.end - 1 if hit.kind else hit.start), offset + hit.start)
        if in_a_list(hit, text):
            person = passage.carried
        if hit.kind == {"owned"} and (lives := _LIVES_WITH_ME.search(text)) and lives.end() > hit.start:
            person = SELF  # 孙子跟我住自家楼上
        if hit.kind == {"inherited"} and (_ESTATE.search(hit_text(text, hit)) or _GIVEN.search(after)):
            person = passage.carried  # 父亲的遗产房,判给我了
        taker = _bought_for(passage)
        if taker is not None and hit.kind == {"owned"}:
            person = taker
        elif _GIVEN.search(text) or hit.kind == {"inherited"} and person == NOBODY:
            person = SELF
        name = _NAMED.search(text)
        if name:
            person = owner_named(name.group(1), ledger, offset + name.start(1), passage.subject, passage.topic)
        if hit.kind == {"borrowed"} and _BARE_LIVES.fullmatch(text) and not _anothers_home(ledger, order):
            continue  # 我住着: of a home of one's own
        if hit.kind == {"borrowed"} and _LENT_TO_ME.search(text):
            person = SELF
        elif hit.kind == {"borrowed"} and (cue("dwellings.lives").match(hit_text(text, hit)) or _BARE_LIVES.fullmatch(text)):
            person = who(hit.start)  # 住女儿女婿家: whose home it is stands behind
        if person == NOBODY and hit.kind and _of_peer(passage, hit):
            continue  # 我同学住宿舍
        if person == NOBODY and hit.kind & {"small_title", "dormitory", "rented", "borrowed", "untitled", "presale", "secondhand"}:
            person = SELF if passage.topic == NOBODY and hit.kind == {"secondhand"} else passage.topic
        if hit.kind and hit.kind <= _BOUGHT and (buyer := _buyer(passage, hit)) is not None:
            person = buyer
        spot = place_of(ledger, clause, order, hit, plain, roles, passage.where)
        if hit.kind == {"owned"} and _BOUGHT_THEN.search(text, 0, hit.start) and _outside(ledger, spot):
            continue  # 当年在外县买楼,户口起走了: how the register left
        if (
            hit.kind == {"borrowed"}
            and name
            and cue("dwellings.a_house").match(hit_text(text, hit))
            and person not in (SELF, COUPLE, NOBODY)
        ):
            # 房子是我爸的: the father's own home, which the speaker lives in by his leave
            owner_spot = place_of(ledger, clause, order, hit, plain, roles, passage.where)
            owned = frozenset({"owned"})
            ledger.homes.append(Thing(person, owned, frozenset(), owner_spot, offset + hit.start, offset + hit.end, order, clause.hedged))
            if _LENT_TO_ME.search(text):
                ledger.homes.append(replace(ledger.homes[-1], person=SELF, kind=hit.kind))
            continue
        if hit.kind == {"borrowed"} and _names_owner(passage, hit, person):
            hit = replace(hit, kind=frozenset({"owned"}))  # 我妈的房, and no more
        if hit.kind == {"borrowed"}:
            ledger.stands.extend(
                Claim(m.person, "where", spot.places, m.start, m.end, order)
                for m in passage.mentions
                if m.person not in (SELF, COUPLE, NOBODY, person) and offset + hit.start <= m.start < offset + hit.end + 4 and spot.places
            )
            if (lender := _owner_of(passage.mentions, text, offset, hit)) is not None:
                ledger.homes.append(
                    Thing(lender, frozenset({"owned"}), frozenset(), spot, offset + hit.start, offset + hit.end, order, clause.hedged)
                )
        if hit.kind and cue("dwellings.takes_register").search(text[hit.end :]):
            continue
        of_the_day = hit.kind == {"presale"} and cue("dwellings.which_day").search(hit_text(text, hit))  # 交房日子记不清了
        if of_the_day and any(_LIVED_IN.search(c.text) for c in ledger.clauses[max(0, order - _OWNER_NEAR) : order + 1]):
            continue  # 住进去好几年了,哪天交的忘了
        hedged = clause.hedged and not of_the_day
        thing = Thing(
            person,
            hit.kind,
            hit.deny - {"village_house"} if hit is told and _ONLY_FLATS.search(text[max(0, hit.start - 2) : hit.end]) else hit.deny,
            spot,
            offset + hit.start,
            offset + hit.end,
            order,
            hedged,
            at_origin(ledger, clause, offset + hit.end, roles) if hit.kind else bool(cue("dwellings.over_there").search(text)),
        )
        if not refined(ledger, thing, text, hit):
            ledger.homes.append(thing)
            if name and person == SELF and cue("dwellings.and_partner").match(text, name.end(1)):
                ledger.homes.append(replace(thing, person="spouse"))
        if hit.kind:
            domain = "rent" if "rented" in hit.kind else "home"
    return domain


def _buyer(passage: Passage, hit: KindHit) -> str | None:
    """Who is said to have bought the home, behind the word for it (期房是我爸买的, 楼爸妈买的)."""
    text, offset = passage.clause.text, passage.clause.start
    for m in passage.mentions:
        before, after = text[hit.start : max(hit.start, m.start - offset)], text[m.end - offset :]
        if m.relation != NOBODY and cue("dwellings.the_home").fullmatch(before) and cue("dwellings.was_bought").match(after):
            return m.person
    return None


def _bought_for(passage: Passage) -> str | None:
    """The relative for whom another relative bought a home (爸妈给我姐买了房), whose it then is."""
    relatives = [m for m in passage.mentions if m.relation not in (SELF, COUPLE, NOBODY)]
    for buyer, taker in zip(relatives, relatives[1:], strict=False):
        before, after = passage.plain[buyer.end : taker.start], passage.plain[taker.end : passage.clause.end]
        if cue("dwellings.bought_for").search(before) and cue("dwellings.buys_it").match(after):
            return taker.person
    return None


def _outside(ledger: Ledger, spot: Spot) -> bool:
    """Whether a place told lies outside the jurisdiction."""
    return spot.places is not None and ledger.home is not None and not at_home(spot.places, ledger.home)


def _among_lease_papers(hit: KindHit, before: str, text: str, after: str) -> bool:
    """Whether words for a home are only a deed, there or not, among the papers of a rented one (备案没有,房本也没有)."""
    if not hit.kind or not _BARE_DEED.fullmatch(hit_text(text, hit)):
        return False
    around = f"{before},{text},{after}"
    return bool(_LEASE_PAPERS.search(around)) and not _ACQUIRED.search(around)


def _house_before(ledger: Ledger, order: int) -> bool:
    """Whether one of the two clauses before speaks of a dwelling."""
    return any(_HOUSE.search(c.text) for c in ledger.clauses[max(0, order - 2) : order])


def _names_a_way(text: str, hit: KindHit) -> bool:
    """Whether words for a home only name a way to register (按自有住房落户)."""
    return bool(_BY_THAT_WAY.search(text[: hit.start]) and _THAT_WAY.match(text[hit.end :]))


def _landlords(ledger: Ledger, order: int) -> bool:
    """Whether the clause, or one of the few before, speaks of the owner of the rented home, and the asker inherits nothing in it."""
    near = ledger.clauses[max(0, order - _OWNER_NEAR) : order + 1]
    return not _ONES_OWN.search(ledger.clauses[order].text) and any(_OWNER.search(c.text) for c in near)


def _of_a_shop(ledger: Ledger, order: int) -> bool:
    """Whether a place of business was named by itself just before, and no dwelling."""
    near = ledger.clauses[max(0, order - 2) : order]
    if any(t.kind == {"self_employed"} for t in ledger.jobs):
        return False  # 开店,独立门面,…写我名字
    return any(_BARE_SHOP.search(c.text) for c in near) and not any(t.kind and order - t.order <= 2 for t in ledger.homes)


def _landed(passage: Passage) -> Mention | None:
    """Whose home the clause wants a register put on (落到我高唐县城的房上), which is entered as theirs where none was told."""
    clause, ledger = passage.clause, passage.ledger
    found = _LANDS_ON.search(clause.text)
    owner = next((m for m in passage.mentions if found and m.start == clause.start + found.end()), None)
    if owner is None and (found := _LIVES_IN.search(clause.text)):
        owner = next((m for m in passage.mentions if found and m.start == clause.start + found.end() and m.relation == SELF), None)
    if owner is None or owner.person == NOBODY or owner.relation == "pronoun":
        return None
    home = _LANDED_HOME.match(clause.text[owner.end - clause.start :])
    if home is None:
        return None
    if not any(t.kind for t in things(ledger.homes, owner.person)):
        end = owner.end + home.end()
        spot = spot_of(
            ledger, clause, end, end, passage.plain, {**passage.roles, **dict.fromkeys(_inside(ledger, owner.end, end), "where")}
        )
        ledger.homes.append(Thing(owner.person, frozenset({"owned"}), frozenset(), spot, owner.start, end, passage.order, clause.hedged))
    return owner


def _inside(ledger: Ledger, start: int, end: int) -> list[int]:
    """The places named between two offsets."""
    return [i for i, p in enumerate(ledger.places) if start <= p.span[0] < end]


def _anothers_home(ledger: Ledger, order: int) -> bool:
    """Whether the dwelling told just before is somebody else's."""
    last = next((t for t in reversed(ledger.homes) if t.kind and 0 < order - t.order <= 2), None)
    return last is not None and last.person not in (SELF, COUPLE)


def _last_kind(ledger: Ledger, order: int, near: int = 2) -> frozenset[str]:
    """The kinds of the dwelling told in the clause or two before (or ``near`` many), empty where none was."""
    return next((t.kind for t in reversed(ledger.homes) if t.kind and t.order < order and order - t.order <= near), frozenset())


def _of_peer(passage: Passage, hit: KindHit) -> bool:
    """Whether words tell how a colleague, a neighbour or somebody else lives, which is nothing of the case."""
    at = passage.clause.start + hit.end
    last = next((m for m in reversed(passage.mentions) if m.start < at), None)
    if last is None or last.relation != NOBODY or not _PEERS.search(last.words):
        return False
    return not _WITH_PEER.search(passage.plain[passage.clause.start : last.start])


def _first_of_pair(passage: Passage, person: str, at: int) -> str:
    """The first of two named together (俺儿跟儿媳买的楼: the son), whose home it is as much; the asker where they are the second."""
    for first, second in zip(passage.mentions, passage.mentions[1:], strict=False):
        joined = cue("dwellings.joined").fullmatch(passage.plain[first.end : second.start])
        if joined and second.relation == SELF and second.end == at and first.person not in (COUPLE, NOBODY):
            return SELF  # 媳妇孩子跟我租的
        if joined and second.person == person and first.person not in (SELF, COUPLE, NOBODY):
            return first.person
    return person


def _bought_long_ago(text: str, hit: KindHit) -> bool:
    """Whether words of the past only say when a home was acquired (早些年在县城买了套三室的)."""
    ago = _LONG_AGO.search(text, 0, hit.start)
    return bool(ago and not _LEFT_THEN.search(text) and _ACQUIRED.search(text, ago.end(), hit.end))


def _owner_of(mentions: list[Mention], text: str, offset: int, hit: KindHit) -> str | None:
    """Whose home a borrowed one is said to be (住爸妈房子里), ``None`` where only a household is named (住我姐家)."""
    for m in mentions:
        if (
            m.person not in (SELF, COUPLE, NOBODY)
            and not cue("people.some_relative").search(m.words)  # 住亲戚家的房: nobody in particular
            and hit.start <= m.start - offset
            and cue("dwellings.their_dwelling").match(text[m.end - offset :])
        ):
            return m.person
    return None


def _names_owner(passage: Passage, hit: KindHit, person: str) -> bool:
    """Whether the clause says no more than whose a home is: a relative's, by name."""
    named = next((m for m in passage.mentions if m.start == passage.clause.start and m.person == person), None)
    if named is None or person in (SELF, COUPLE, NOBODY) or named.end <= passage.clause.start + hit.start:
        return False
    return bool(cue("dwellings.ones_house").fullmatch(passage.clause.text[named.end - passage.clause.start :]))


def at_origin(ledger: Ledger, clause: Clause, end: int, roles: dict[int, str]) -> bool:
    """Whether a dwelling or job is said to be at the unnamed 老家 and not at the destination."""
    return any(
        p.kind == "origin"
        and roles.get(i) in ("where", "origin")
        and clause.start <= p.span[0] < end
        and p.places.include == frozenset({""})
        and p.area is None
        for i, p in enumerate(ledger.places)
    )


def _homes(text: str) -> list[KindHit]:
    """The dwellings of one clause, with words that refine one another made one."""
    found = lodging_hits(text)
    kinds = set().union(*(h.kind for h in found)) if found else set()
    if _FLAT_WITH_YARD.search(text) and all(_YARD.match(hit_text(text, h)) for h in found if h.kind == {"village_house"}):
        kinds -= {"village_house"}
    strong = kinds & {
        "small_title",
        "village_house",
        "apartment",
        "inherited",
        "untitled",
        "presale",
        "secondhand",
        "subscription",
        "public_rental",
        "shop",
        "rented",
        "borrowed",
        "dormitory",
    }
    if cue("dwellings.either").search(text) and len([h for h in found if h.kind]) > 1:
        first = next(h for h in found if h.kind)
        return [KindHit(frozenset(kinds), frozenset(), first.start, found[-1].end)]
    kept: list[KindHit] = []
    for hit in found:
        if hit.kind and any(k.kind == hit.kind and hit.start < k.end + _SAME_HOME for k in kept):
            continue  # said in two ways, or twice
        if hit.kind == {"owned"} and strong and not (strong <= {"rented"} and not _same(found, hit)) and not (strong <= {"borrowed"}):
            continue
        if (
            hit.kind == {"owned"}
            and any(h.kind == {"borrowed"} and h.start <= hit.start for h in found)
            and not _ACQUIRED.search(hit_text(text, hit))
        ):
            continue  # 住我哥名下的房: the owner is not who lives there
        if hit.kind == {"inherited"} and "shop" in kinds:
            continue  # 法院拍的写字楼
        if hit.kind == {"village_house"} and kinds & {"small_title", "rented", "borrowed", "public_rental"}:
            continue
        if hit.kind == {"village_house"} and _YARD.match(hit_text(text, hit)) and _FLAT_WITH_YARD.search(text):
            continue
        if hit.kind == {"rented"} and kinds & {"public_rental", "dormitory"}:
            continue
        if hit.kind == {"borrowed"} and kinds & {"dormitory", "rented", "public_rental"}:
            continue
        if hit.kind == {"public_rental"} and kinds & {"dormitory"} and cue("dwellings.flats").search(text):
            continue
        if hit.kind == {"public_rental", "owned"} and {"public_rental"} in [h.kind for h in found]:
            continue
        if hit.kind and any(h.deny & hit.kind and h.start <= hit.start < h.end + 1 for h in found):
            continue
        if hit.kind == {"secondhand"} and "presale" in kinds:
            continue
        if hit.kind == {"presale"} and "secondhand" in kinds:
            continue
        if hit.kind == {"untitled"} and kinds & {"presale", "small_title", "village_house", "secondhand"}:
            continue
        kept.append(hit)
    return kept


def _same(found: list[KindHit], hit: KindHit) -> bool:
    """Whether the rented dwelling of the clause is the one this hit speaks of (租的房,写的…)."""
    rented = next(h for h in found if "rented" in h.kind)
    return abs(rented.start - hit.start) < 6
