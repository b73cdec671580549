"""What a message says of each person, clause by clause, before it is known who wants to register and whom they follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.eligibility.values import Choice, Dates, Places, Value, inside, meet
from bot.reading.clauses import Clause, split
from bot.reading.dates import DateReading, DurationReading, find_dates, find_durations, since
from bot.reading.patterns import Hit, KindHit, hits, kind_hits, lexicon
from bot.reading.papers import listed
from bot.reading.people import COUPLE, NOBODY, SELF, Mention, find_people, followed_relation
from bot.reading.places import PlaceReading, find_places

AREAS = frozenset({"urban", "town", "town_village", "urban_village", "township"})
Who = Callable[[int], str]


@dataclass(frozen=True)
class Claim:
    """A fact said of a person; ``order`` is the clause it stands in, ``hedged`` whether the words waver."""

    person: str
    fact: str
    value: Value
    start: int
    end: int
    order: int
    hedged: bool = False
    anyone: bool = False
    presumed: bool = False


@dataclass(frozen=True)
class Spot:
    """Where something is: the places it may be and the kinds of area, ``None`` where not said."""

    places: Places | None = None
    area: frozenset[str] | None = None
    start: int = 0
    end: int = 0
    assumed: bool = False

    @property
    def said(self) -> bool:
        """Whether the words name anything at all."""
        return self.places is not None or self.area is not None


@dataclass(frozen=True)
class Thing:
    """A dwelling or a job told of a person: its possible kinds (empty where only denied), where, and in which clause."""

    person: str
    kind: frozenset[str]
    deny: frozenset[str]
    spot: Spot
    start: int
    end: int
    order: int
    hedged: bool = False
    away: bool = False


@dataclass
class Ledger:
    """Everything read from a message, before the frame is built."""

    clauses: list[Clause]
    people: list[Mention]
    places: list[PlaceReading]
    subjects: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    homes: list[Thing] = field(default_factory=list)
    jobs: list[Thing] = field(default_factory=list)
    stands: list[Claim] = field(default_factory=list)


_OBJECT_BEFORE = re.compile(
    r"(?:把|给|投靠|投奔|随着?|替|帮|代|让|叫|向|像|为|陪|照顾|伺候|接|嫁|娶|靠|管|供|比|带着?|领着?|过户给|过户到|"
    r"写的?|由|被|跟着|挨着|对|落到?|落在|迁到|归|送|养)(?:了|的是|的)?$"
)
_WITH_BEFORE = re.compile(r"(?:跟|和|与|同)$")
_HUKOU_AFTER = re.compile(
    r"^(?:的|那边的?|这边的?|老家的?|本地的?|当地的?|那儿的?|下面的?|某村的?)?(?:农村|城镇|农业|非农业?|城市|居民|"
    r"集体|农)?(?:的)?(?:户口|户籍|"
    r"籍(?!贯))(?!本|自由|往|迁|落|落户|转|政策|办|想|能|这|那|挪|落到|上去?|去|吗|怎么)"
)
_MAN_AFTER = re.compile(r"^(?:农村|乡下|城里|人)?(?:的(?:$|[,。;!?])|人(?!才|市|家|家里|手|民|多|说)|的人|滴(?:$|[,。])|$)")
_MAN_BEFORE = re.compile(
    r"(?:^|[,。;!?:])(?:我|俺|本人|我们|俺们|(?:我|俺|我们|俺们)?两口子|我俩|俺俩|我们俩|一家(?:人|子)?|全家|他|她|我?(?:爸|妈|老公|老婆|爱人|媳妇|对象|丈夫|妻子|老伴|儿媳|女婿|"
    r"男朋友|女朋友))?(?:也|都|原来|"
    r"本来)?(?:是|就是|都是)$|(?:^|[,。;!?:])(?:我|俺|本人|我们|俺们|他|她)$"
)
_HUKOU_BEFORE = re.compile(
    r"(?:户口|户籍|户口本|户)(?:所在地|本)?(?:上|里)?(?:写的?|登记的?|显示)?(?:现在|目前|一直|还|都|也|仍然?|本来|原来|跟人|和人|人|自己|老|暂时|早|"
    r"后来|又|就|自始至终|从来|上的地址|地址|当年|当初|那年|前些年|前年|去年|跟着工作|老家|原籍|都|、|和|跟|是|东北|西北|西南|"
    r"从小)*(?:(?:落|挂|放|留|迁|转|办|搁)?(?:在|去了?|到了?|是|都在|回了?|属于?|归|是在)|是|为|系|:)?(?:我?(?:老家|原籍|"
    r"娘家|婆家|她?妈家|那边)|(?:上(?:大)?学|读书|念书|工作|打工|当兵)的|东北|西北|西南)?$|"
    r"户口(?:[^,]{0,12})(?:迁|转|落|挂)(?:到|去|在|进)了$|户口(?:跟|和|随)[^,]{1,5}在$|户口(?:还|都|一直)?在[^,]{0,5}家(?:那边)?$"
)
_ORIGIN_AFTER = re.compile(r"^(?:的)?(?:老家|原籍|籍贯)")
_ORIGIN_BEFORE = re.compile(
    r"(?:老家|原籍|祖籍|籍贯|娘家|出生)(?:也|都|就|本来|原来)*(?:是|在|就在|于|:)?$|(?:迁|转|落|弄|挪)(?:回|"
    r"回到)(?:到|去)?(?:我?(?:老家|原籍))?$|(?:从)$"
)
_FROM = re.compile(r"从$|由$|自$|离开$|离$|来自$|调离$")
_TARGET_BEFORE = re.compile(
    r"(?:落户?|迁|转|入户?|投靠|挪|办|弄|申请|迁户口|落户口|上户口?|来|挂)(?:户|户口)?(?:到|在|进|去|往|至|入|回|来|"
    r"过)+(?:的)?$|想(?:落|迁)$|"
    r"(?:落户?|迁|入)$|户口(?:迁|落|转|挪|弄)(?:到|去|往|进|来|回|在)?$"
)
_VILLAGE_SAYS = re.compile(r"(?:的)?(?:里)?(?:干部|人)?(?:给|说|开的|发|让|同意|不让|盖章|盖的章|出的|规定|讲)")
_PLACELESS = re.compile(r"不是$|不在$|不属于$|不归$|又不是$|也不是$")


def _asker(clause: Clause, mentions: list[Mention], carried: str, plain: str) -> Who:
    """Who the words at an offset of the clause are about, as a function of the offset."""
    return lambda at: _subject(clause, mentions, clause.start + at, carried, plain)


def _mentions(ledger: Ledger, clause: Clause) -> list[Mention]:
    return [m for m in ledger.people if clause.start <= m.start < clause.end]


_RETELLS = re.compile(r"(?:也|都|老|又)?(?:跟我|给我)?(?:说|讲|劝|催|嫌)(?!(?:她|他)?(?:也|是|就)?(?:想|愿意|打算|要|自己))")


def _subject(clause: Clause, mentions: list[Mention], at: int, carried: str, plain: str) -> str:
    """Who the words at offset ``at`` of the plain text are about."""
    who = carried
    for mention in mentions:
        if mention.start > at:
            break
        before = plain[clause.start : mention.start]
        if _OBJECT_BEFORE.search(before) or mention.relation not in (SELF, COUPLE) and _RETELLS.match(plain, mention.end):
            continue
        if _WITH_BEFORE.search(before):
            first = before[:-1]
            if who == SELF and mention.relation == "spouse" and (first.endswith(("我", "俺")) or not first):
                who = COUPLE
            continue
        if mention.relation == NOBODY and (
            plain[mention.end : mention.end + 1] in ("的", "家") or before.endswith(("买", "租", "了", "是", "的", "在", "住"))
        ):
            continue
        if (
            re.match(r"(?:的|们)?(?:家|那|这|房|楼|屋|院|空房|老房|名下|厂|店|公司)", plain[mention.end : mention.end + 4])
            and re.search(r"(?:在|住|去|到|来|回|借|挤|进|租)(?:[^,]{0,11})?$", before)
            and mention.relation not in (SELF, COUPLE)
        ):
            continue
        if mention.relation in (SELF, COUPLE) and re.search(r"(?:在|住|到|来|随|跟|和)$", before):
            continue
        if (
            mention.relation == SELF
            and plain[mention.end : mention.end + 1] in ("这", "那")
            and plain[mention.end : mention.end + 2] not in ("这几", "这两", "这些", "那时", "那会")
        ):
            continue
        who = mention.person
    return who


def _combine(outer: Spot, inner: Spot) -> Spot:
    """The place of something told inside another place: the inner words count, the outer ones fill what they leave open."""
    places, assumed = inner.places, inner.assumed
    if outer.places is not None and (inner.places is None or inner.assumed):
        both = meet(outer.places, inner.places) if inner.places is not None else None
        places, assumed = (both, outer.assumed) if isinstance(both, Places) else (outer.places, outer.assumed)
    area = inner.area
    if outer.area is not None and (area is None or area & outer.area):
        area = outer.area if area is None else area & outer.area
    return Spot(places, area, inner.start or outer.start, inner.end or outer.end, assumed)


def _of_reading(place: PlaceReading) -> Spot:
    world = place.places.include == frozenset({""}) and not place.places.exclude
    return Spot(None if world else place.places, place.area, *place.span, place.assumed)


def _join(readings: list[PlaceReading]) -> Spot:
    """Several places of one clause as one spot: a later name replaces an earlier one, a kind of area narrows it."""
    spot = Spot()
    hint: frozenset[str] | None = None
    for place in readings:
        if place.kind == "building":
            hint = place.area
            continue
        one = _of_reading(place)
        spot = _combine(spot, one) if place.kind in ("area", "origin") else one
    if spot.area is None and hint is not None:
        spot = Spot(spot.places, hint, spot.start, spot.end, spot.assumed)
    elif spot.area is not None and hint is not None and spot.area & hint:
        spot = Spot(spot.places, spot.area & hint, spot.start, spot.end, spot.assumed)
    return spot


def _spot(ledger: Ledger, clause: Clause, start: int, end: int, plain: str, roles: dict[int, str]) -> Spot:
    """The place of what stands at ``start:end`` (offsets in the plain text) among the places of its clause."""
    free = [p for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and roles.get(i) == "where"]
    before = [p for p in free if p.span[0] < max(start + 1, end)]
    after = [
        p
        for p in free
        if p.span[0] >= end
        and p.kind != "building"
        and (re.search(r"(?:在|是|于|位于|到|离|住)$", plain[clause.start : p.span[0]]) or plain[end : p.span[0]] == "")
    ]
    named = [p for p in before if p.kind != "building"]
    spot = _join(before if named else [*after, *before])
    return Spot(spot.places, spot.area, start, end, spot.assumed)


def _roles(ledger: Ledger, plain: str) -> dict[int, str]:
    """What each place is named for: ``hukou``, ``origin``, ``target``, ``from``, ``not`` or ``where``."""
    roles: dict[int, str] = {}
    for i, place in enumerate(ledger.places):
        start, end = place.span
        clause = next((c for c in ledger.clauses if c.start <= start < c.end), None)
        if clause is None:
            roles[i] = "where"
            continue
        before, after = plain[clause.start : start], plain[end : clause.end]
        denied = [
            j
            for j in range(max(0, i - 2), i)
            if roles.get(j) == "not" and "户口" in plain[max(0, ledger.places[j].span[0] - 8) : ledger.places[j].span[0]]
        ]
        between = plain[ledger.places[i - 1].span[1] : start] if i else ""
        if i and roles.get(i - 1) in ("hukou", "where") and re.fullmatch(r"(?:的)?(?:,)?(?:我|俺|他|她)(?:是)?", between) and re.match(r"(?:的|人)?(?:$|[,。])", plain[end : end + 2]):
            paired = re.search(r"(?:^|[,。;(])(?:我|俺|他|她)(?:是)?$", plain[: ledger.places[i - 1].span[0]][-6:])
            if paired:  # 他河北我河南
                roles[i - 1] = roles[i] = "hukou"
                continue
        follows = i > 0 and ledger.places[i - 1].span[1] == start and roles.get(i - 1) in ("hukou", "origin", "not", "target")
        if place.kind == "area" and "村" in place.name and _VILLAGE_SAYS.match(after):
            roles[i] = "speaks"
        elif _PLACELESS.search(before):
            roles[i] = "not"
        elif follows:
            roles[i] = roles[i - 1]
        elif re.search(r"(?:落|入|迁|转|上)户(?:口)?(?:到|在|进|去)?$", before):
            roles[i] = "target"
        elif (
            re.search(r"(?:挂|留|放|落|搁)在$", before)
            and "户口" in plain[max(0, clause.start - 10) : clause.start]
            and not re.search("想|能|要", before)
            or _HUKOU_AFTER.search(after)
            or denied
            and re.search(r"(?:^|是|在)$", before)
            and re.match(r"(?:的)?(?:$|[,。;])", after)
            or _HUKOU_BEFORE.search(before)
            and not re.search(
                r"(?:想|能|把|要|怎么|可以|打算|准备)(?:[^,]{0,6})?户口(?:[^,]{0,4})(?:迁|落|转|办|挂|放)(?:[^,]{0,2})$", before
            )
            or re.search(r"(?:^|[,。;!?:])(?:我|俺|他|她)?家(?:就)?(?:是|在)$", plain[max(0, clause.start - 1) : start])
            and re.match(r"(?:农村|乡下|下面)?(?:的|人)$", after)
            or _MAN_AFTER.search(after)
            and _MAN_BEFORE.search(plain[max(0, clause.start - 1) : start])
            and place.kind not in ("area", "here")
        ):
            roles[i] = "hukou"
        elif _ORIGIN_AFTER.search(after) or _ORIGIN_BEFORE.search(before) and not before.endswith("从"):
            roles[i] = "origin"
        elif _FROM.search(before):
            roles[i] = (
                "hukou"
                if re.search(r"户口|想|能|可以|把|让|接", plain[clause.start : start])
                and re.match(r"(?:[^,]{0,6})?(?:迁|转|落|挪)(?!出去|走|出来)", after)
                and re.search("想|能|要|怎么|可以|现在|打算|把|让|接", plain[clause.start : clause.end])
                and not re.search("了$|的$", plain[clause.start : clause.end])
                else "origin"
                if re.match(r"(?:[^,]{0,4})(?:迁|转|考|嫁)(?:走|出)", after) and "户口" in plain[max(0, clause.start - 12) : clause.end]
                else "from"
            )
        elif _TARGET_BEFORE.search(before):
            roles[i] = "target"
        else:
            roles[i] = "where"
    return roles


_AGE = re.compile(
    r"(?:虚岁|周岁|今年|才|刚|快|满|都|已经|已|孩子|岁数)?([\d零一二两三四五六七八九十]{1,4})(?:周岁|岁|个月大|"
    r"多岁)|虚岁([\d一二三四五六七八九十]{1,3})"
)
_BARE_AGE = re.compile(r"(?:^|今年|都|快|已经|也|才|刚|年纪|现在)([1-9]\d|[二三四五六七八九]?十[一二三四五六七八九]?)(?:了|$|,|还没|的人)")
_MINOR_WORDS = re.compile(
    r"幼儿园|上小学|小学生|上[一二三四五六]年级|[一二三四五六]年级|初中生|上初中|读初中|念初中|在读小学|村小念书|"
    r"村小上学|还在吃奶|刚出生|婴儿|才会走|没成年|未成年|不满(?:十六|16|十八|18)|还小|上学前班|读小学|念小学|"
    r"上初[一二三]"
)
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


def age_of(words: str) -> int | None:
    """The number of years in an age (七, 三十五, 六十八, 81), or ``None``."""
    if words.isdigit():
        return int(words)
    if "十" in words:
        tens, _, ones = words.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for c in words:
        if c not in _DIGITS:
            return None
        value = value * 10 + _DIGITS[c]
    return value


_GIVEN = re.compile(r"留(?:给|下)?给?(?:我|俺)|给(?:我|俺|我们)(?:[^,]{0,12})?买|给(?:我|俺|我们)(?:置|购)")
_NAMED = re.compile(
    r"(?:写的?|登记|落|是|在|房本|房产证|名字)(?:的)?(?:也|还|全)?(?:是)?(?:在)?(我|俺|我们|自己|本人|我俩|两口子|"
    r"他|她|我?(?:儿子|闺女|女儿|老公|老婆|"
    r"媳妇|爱人|丈夫|妻子|爸|妈|父亲|母亲|婆婆|公公|岳父|岳母|哥|姐|弟|妹|老伴|对象|父母|爸妈|公婆))(?:自己|俩|两个|"
    r"们)?(?:一个人|独自)?(?:的|名下)?(?:名字|名|$)"
)
_GIVEN_AWAY = re.compile(
    r"过户给(?:了)?|卖(?:了|掉|出)|给了(?:儿子|孩子|闺女)|转给|送给|给儿子|给闺女|过给|拆(?:了|迁)|赠(?:与|给)|"
    r"退(?:房|租)了|搬走|出手|抵债|楼给了"
)


def _seated(places: list[PlaceReading], home: str | None) -> list[PlaceReading]:
    """县城 with no name is the seat of the county named last (高唐农村户口,在县城租房)."""
    county: str | None = None
    done = []
    for place in places:
        path = next(iter(place.places.include)) if len(place.places.include) == 1 else ""
        if place.kind in ("county", "town", "township", "subdistrict") and home and inside(path, home) and path != home:
            county = "/".join(path.split("/")[:3])
        elif place.kind == "area" and place.name.startswith(("县城", "县里")) and county and inside(county, home or ""):
            place = replace(place, places=Places(frozenset({county})), assumed=False)
        done.append(place)
    return done


def collect(plain: str, as_of: date, home: str | None) -> Ledger:
    """Read every claim of the text."""
    ledger = Ledger(split(plain), find_people(plain), _seated(find_places(plain, home), home))
    roles = _roles(ledger, plain)
    dates = find_dates(plain, as_of)
    durations = find_durations(plain)
    story = _story(ledger.clauses)
    carried, topic, theme = SELF, SELF, ""
    sentence = 0
    where: Spot = Spot()
    domain = ""
    asked_for = re.search(r"(?:替|帮|代|给)(?=我|俺|[^,。]{1,4}(?:问|打听|咨询))", plain)
    if asked_for:
        for m in ledger.people:
            if (
                m.start == asked_for.end()
                and re.match(r"(?:来|们)?(?:问|打听|咨询|了解|办|说|查)", plain[m.end :])
                and m.person not in (SELF, NOBODY)
            ):
                carried = topic = theme = m.person
                break
    for order, clause in enumerate(ledger.clauses):
        if clause.sentence != sentence:
            sentence = clause.sentence
            where = Spot()
            carried, theme = theme or carried, ""
        mentions = _mentions(ledger, clause)
        text, offset = clause.text, clause.start
        aside = plain[offset - 1 : offset] == "("
        before_aside = carried
        if aside and (owner := next((m for m in ledger.people if m.end == offset - 1 and m.relation != NOBODY), None)):
            carried = owner.person
        subject_here = _subject(clause, mentions, clause.end, carried, plain)
        ledger.subjects.append(carried)
        if clause.hearsay:
            continue

        who = _asker(clause, mentions, carried, plain)
        _read_places(ledger, clause, order, who, roles, plain, home)
        told_spot = _told_spot(ledger, clause, roles, home)
        # -- dwellings ---------------------------------------------------------------------------------------------
        for hit in _homes(text):
            if clause.planned(hit.start) or (clause.past_at(hit.start) and hit.kind):
                continue
            if hit.kind and _GIVEN_AWAY.search(text[hit.start :]) or (hit.kind and _given_away_next(ledger, order, hit)):
                continue
            if re.search(r"(?<![咱我俺们在])(?:这|那|该|此)(?:个|套|间|处|座)?$", text[: hit.start]) and clause.asks:
                continue
            if (
                hit.kind
                and re.search(r"(?:问|咨询|了解|请教)[^,]{0,3}$", text[: hit.start])
                and re.match(r"(?:的|住)?(?:能|行|可|怎么|要|需|这|那|的?条)", text[hit.end :])
            ):
                continue
            if hit.kind == {"owned"} and hit_text(text, hit).startswith("证") and order and not ledger.homes:
                continue  # 证下来了 after nothing about a dwelling may be any certificate
            if hit.kind == {"owned"} and not re.search(r"买|购|套|楼", hit_text(text, hit)) and _refines_other(ledger, order, text, hit):
                continue
            person = who(hit.end - 1 if hit.kind else hit.start)
            if _GIVEN.search(text) or hit.kind == {"inherited"} and person == NOBODY:
                person = SELF
            name = _NAMED.search(text)
            if name:
                person = _named(name.group(1), ledger, offset + name.start(1), subject_here, topic)
            if person == NOBODY and hit.kind & {"dormitory", "rented", "borrowed", "untitled", "presale"}:
                person = topic
            spot = _place_of(ledger, clause, order, hit, plain, roles, where)
            if hit.kind == {"borrowed"} and name and re.match("房|住的", hit_text(text, hit)) and person not in (SELF, COUPLE, NOBODY):
                # 房子是我爸的: the father's own home, which the speaker lives in by his leave
                owner_spot = _place_of(ledger, clause, order, hit, plain, roles, where)
                owned = frozenset({"owned"})
                ledger.homes.append(
                    Thing(person, owned, frozenset(), owner_spot, offset + hit.start, offset + hit.end, order, clause.hedged)
                )
                continue
            if hit.kind == {"borrowed"}:
                ledger.stands.extend(
                    Claim(m.person, "where", spot.places, m.start, m.end, order)
                    for m in mentions
                    if m.person not in (SELF, COUPLE, NOBODY, person) and offset + hit.start <= m.start < offset + hit.end + 4 and spot.places
                )
                if (lender := _owner_of(mentions, text, offset, hit)) is not None:
                    ledger.homes.append(
                        Thing(lender, frozenset({"owned"}), frozenset(), spot, offset + hit.start, offset + hit.end, order, clause.hedged)
                    )
            if hit.kind and re.search(r"户口(?:带|迁)(?:走|出)", text[hit.end :]):
                continue
            thing = Thing(
                person,
                hit.kind,
                hit.deny,
                spot,
                offset + hit.start,
                offset + hit.end,
                order,
                clause.hedged,
                _away(ledger, clause, offset + hit.end, roles) if hit.kind else bool(re.search(r"在那|那边|这边|在这|当地", text)),
            )
            if not _refined(ledger, thing, text, hit):
                ledger.homes.append(thing)
            if hit.kind:
                domain = "rent" if "rented" in hit.kind else "home"
        # -- jobs --------------------------------------------------------------------------------------------------
        for hit in _jobs(text):
            if clause.planned(hit.start) and "offer" not in hit.kind or (clause.past_at(hit.start) and "none" not in hit.kind):
                continue
            person = who(hit.start)
            if person == NOBODY:
                continue
            spot = _place_of(ledger, clause, order, hit, plain, roles, where)
            if _same_job(ledger, clause, order, person, hit, plain, roles):
                continue
            if "remote" in hit.kind:
                spot = where
            ledger.jobs.append(
                Thing(
                    person,
                    hit.kind,
                    hit.deny,
                    spot,
                    offset + hit.start,
                    offset + hit.end,
                    order,
                    clause.hedged and hit.kind != {"none"},
                )
            )
            domain = "work"
        # -- the rest ----------------------------------------------------------------------------------------------
        for found in hits(text, story):
            pattern = found.pattern
            if clause.planned(found.start) and not pattern.fact.startswith(("intent", "wish", "rural", "origin")):
                continue
            if not pattern.lasting and not pattern.anyone and clause.past_at(found.start):
                if found.value <= {"yes", "own", "independent"}:
                    continue
                if fact_of_insurance(found) and "过" not in text[found.start : found.end]:
                    continue
            own_loss = text[found.start : found.end] in ("丧偶", "守寡")
            person = who(found.start) if found.value != {"widowed"} or own_loss else (carried if carried not in (NOBODY, "spouse") else SELF)
            if person == NOBODY and not pattern.anyone:
                continue
            fact = pattern.fact
            if (
                fact in ("skill.certificate", "title.level")
                and re.fullmatch(r"(?:也|还|都)?没(?:有)?证", text)
                and any(t.kind and t.order == order - 1 for t in ledger.homes)
                and not any(c.fact.startswith("education") for c in ledger.claims)
            ):
                continue
            if fact == "contract" and domain != "work" and not re.search("劳动|上班|厂|公司|单位", text):
                if domain != "rent":
                    continue
                fact = "rent.contract"
            if pattern.fact == "rent.contract" and domain == "work" and "租" not in text:
                continue
            if fact == "insurance.paid" and found.value == {"yes"}:
                _insured_where(ledger, clause, order, person, plain, roles)
            ledger.claims.append(
                Claim(
                    person,
                    fact,
                    Choice(found.value),
                    offset + found.start,
                    offset + found.end,
                    order,
                    clause.hedged,
                    pattern.anyone,
                    pattern.presumed,
                )
            )
        if "rented" in story:
            near = [c.text for c in ledger.clauses[max(0, order - 1) : order + 2]]
            for fact, start, end in listed(text, near[0] if order else "", near[-1] if order + 1 < len(ledger.clauses) else ""):
                ledger.claims.append(Claim(SELF, fact, Choice(frozenset({"yes"})), offset + start, offset + end, order, clause.hedged, True))
        _read_unpaid(ledger, clause, order, who)
        _read_dates(ledger, clause, order, who, dates, durations, as_of)
        _read_age(ledger, clause, order, who)
        told_spot = _told_spot(ledger, clause, roles, home)
        _place_later(ledger, clause, order, told_spot, plain, roles)
        # -- what the next clause continues --------------------------------------------------------------------------
        if told_spot.said and not aside:
            busy = any(t.order == order and t.kind for t in [*ledger.homes, *ledger.jobs])
            where = replace(
                _combine(where, told_spot) if told_spot.places is None or told_spot.assumed else told_spot,
                assumed=told_spot.assumed or busy,
            )
        explicit = [m for m in mentions if m.relation != NOBODY]
        if aside:
            carried = before_aside
            continue
        if _only_elsewhere(ledger, clause, order, mentions, home):
            continue
        if explicit and not theme and subject_here != NOBODY:
            theme = subject_here
        if subject_here != carried or explicit:
            if subject_here == NOBODY or subject_here == "child" and re.search(r"上学|读书|念书|要上|幼儿园|入学", text) and len(text) < 12:
                pass
            else:
                if subject_here not in (SELF, COUPLE):
                    topic = subject_here
                carried = subject_here
    return ledger


def _same_job(ledger: Ledger, clause: Clause, order: int, person: str, hit: KindHit, plain: str, roles: dict[int, str]) -> bool:
    """Whether bare words of work speak of the workplace named just before (厂子在桓台,我住临淄,天天去上班)."""
    last = ledger.jobs[-1] if ledger.jobs else None
    if last is None or last.person != person or order - last.order > 2 or not plain[last.start : last.end].endswith("在") or last.kind != hit.kind:
        return False
    return _spot(ledger, clause, clause.start + hit.start, clause.start + hit.end, plain, roles).places is None


def _place_of(ledger: Ledger, clause: Clause, order: int, hit: KindHit, plain: str, roles: dict[int, str], where: Spot) -> Spot:
    """Where a dwelling or job is: its own clause, else the clause that set the scene."""
    start, end = clause.start + hit.start, clause.start + hit.end
    spot = _spot(ledger, clause, start, end, plain, roles)
    if where.said and (spot.places is None or spot.assumed):
        spot = _combine(where, Spot(spot.places, spot.area, start, end, spot.assumed))
    return Spot(spot.places, spot.area, start, end, spot.assumed)


def _insured_where(ledger: Ledger, clause: Clause, order: int, person: str, plain: str, roles: dict[int, str]) -> None:
    """Where the insurance is paid, where the words say it (社保交在别的市)."""
    for i, place in enumerate(ledger.places):
        if not clause.start <= place.span[0] < clause.end or place.kind == "building" or roles[i] not in ("where", "not"):
            continue
        before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
        if re.search(r"(?:社保|社会保险|五险一金|五险|保险)(?:[^,]{0,6})(?:在|到|是)$", before) or re.match(
            r"(?:这边|那边|那儿)?(?:[^,住租买班]{0,3})?(?:交|缴|参保|上着|上的社保)", after
        ):
            spot = _of_reading(place)
            if spot.places is not None and roles[i] == "where":
                ledger.claims.append(Claim(person, "insurance.place", spot.places, *place.span, order, clause.hedged))
                roles[i] = "insurance"


def _away(ledger: Ledger, clause: Clause, end: int, roles: dict[int, str]) -> bool:
    """Whether a dwelling is said to be at the unnamed 老家 and not at the destination."""
    return any(
        p.kind == "origin"
        and roles.get(i) in ("where", "origin")
        and clause.start <= p.span[0] < end
        and p.places.include == frozenset({""})
        and p.area is None
        for i, p in enumerate(ledger.places)
    )


_REFINES = {
    "untitled": {"owned", "secondhand"},
    "secondhand": {"owned"},
    "presale": {"owned"},
    "small_title": {"owned"},
    "inherited": {"owned"},
    "apartment": {"owned"},
}
_KEEPS = {
    ("secondhand", "presale"),
    ("inherited", "secondhand"),
    ("inherited", "untitled"),
    ("secondhand", "secondhand"),
    ("presale", "untitled"),
    ("small_title", "untitled"),
    ("village_house", "untitled"),
    ("village_house", "secondhand"),
    ("untitled", "untitled"),
    ("apartment", "untitled"),
}


def _refined(ledger: Ledger, thing: Thing, text: str, hit: KindHit) -> bool:
    """Whether a dwelling only says more of the one told just before (全款买的 …, 证还没下来), which is then put in its place."""
    if len(thing.kind) != 1:
        return False
    new = next(iter(thing.kind))
    at = next(
        (
            i
            for i in range(len(ledger.homes) - 1, -1, -1)
            if ledger.homes[i].kind and thing.order - ledger.homes[i].order <= 3 and ledger.homes[i].person == thing.person
        ),
        None,
    )
    if at is None or len(ledger.homes[at].kind) != 1 or ledger.homes[at].order == thing.order:
        return False
    last = ledger.homes[at]
    old = next(iter(last.kind))
    if thing.spot.places is not None and last.spot.places is not None and meet(thing.spot.places, last.spot.places) is None:
        return False
    if (old, new) in _KEEPS:
        return True
    fresh = bool(re.search(r"买|购|套", hit_text(text, hit)))
    if (
        old in _REFINES.get(new, ())
        and not fresh
        or (new == "owned" and not fresh and old in ("untitled", "presale", "secondhand") and re.search("证|本", hit_text(text, hit)))
    ):
        spot = _combine(last.spot, thing.spot) if last.spot.said else thing.spot
        ledger.homes[at] = replace(
            thing, spot=Spot(spot.places, spot.area, thing.start, thing.end, spot.assumed), start=thing.start, end=thing.end
        )
        return True
    return False


_LATER = re.compile(
    r"^(?:(?P<what>房子?|楼房?|楼盘|小区|住的?地方|住处|住|店面?|门面|铺子|摊位|柜台|超市|饭店|公司|厂子?|厂里|单位|"
    r"学校|工作|上班|打工)(?:都|也|就|是|的位置|"
    r"地址)*)?(?:就|都|也|位置)?(?:在|是在|位于|是)?$"
)


def _place_later(ledger: Ledger, clause: Clause, order: int, told: Spot, plain: str, roles: dict[int, str]) -> None:
    """A clause that only names a place says where the dwelling or job told before it is (…,房子在开发区)."""
    if not told.said:
        return
    first = next(
        (
            p
            for i, p in enumerate(ledger.places)
            if clause.start <= p.span[0] < clause.end and roles.get(i) == "where" and p.kind != "building"
        ),
        None,
    )
    if first is None:
        return
    match = _LATER.match(plain[clause.start : first.span[0]])
    if (
        not match
        or not re.match(r"^(?:的(?:住宅|房子?|小区|一个小区)?|那边|这边|附近|上)?(?:[^,]{0,6})?$", plain[told.end : clause.end])
        or any(t.order == order and t.kind for t in [*ledger.homes, *ledger.jobs])
    ):
        return
    what = match.group("what") or ""
    pools: list[list[Thing]] = [ledger.homes] if re.match("房|楼|小区|住", what) else [ledger.jobs] if what else [ledger.homes, ledger.jobs]
    best: tuple[int, list[Thing], int] | None = None
    for pool in pools:
        for i, thing in enumerate(pool):
            if (
                thing.kind
                and thing.kind != {"none"}
                and order - thing.order <= 4
                and (thing.spot.places is None or thing.spot.assumed)
                and (best is None or thing.order >= best[0])
            ):
                best = (thing.order, pool, i)
    if best:
        _, pool, i = best
        spot = _combine(pool[i].spot, told) if pool[i].spot.said else told
        pool[i] = replace(pool[i], spot=replace(spot, start=told.start, end=told.end))


def _story(clauses: list[Clause]) -> frozenset[str]:
    """What the message as a whole tells of, for patterns that only mean something in that light."""
    whole = "".join(c.text + "," for c in clauses)
    told = set()
    if re.search(r"租|房东|备案|无房证明|房主|产权人", whole):
        told.add("rented")
    if re.search(r"公租|廉租|公房|保障房|福利房|人才公寓|保租房|家属楼", whole):
        told.add("public_rental")
    if re.search(r"选派|派|挂职|任职|第一书记|驻村|村官|三支一扶|选调", whole):
        told.add("dispatched")
    return frozenset(told)


def _owner_of(mentions: list[Mention], text: str, offset: int, hit: KindHit) -> str | None:
    """Whose home a borrowed one is said to be (住爸妈房子里), ``None`` where only a household is named (住我姐家)."""
    for m in mentions:
        if m.person not in (SELF, COUPLE, NOBODY) and hit.start <= m.start - offset and re.match(r"(?:的)?(?:房子|楼房|的房)", text[m.end - offset :]):
            return m.person
    return None


def hit_text(text: str, hit: KindHit) -> str:
    """The words of a hit."""
    return text[hit.start : hit.end]


def _refines_other(ledger: Ledger, order: int, text: str, hit: KindHit) -> bool:
    """Whether words of ownership only speak of a dwelling just told (门头房, 产权是我的), which they do not make a titled home."""
    last = next((t for t in reversed(ledger.homes) if t.kind and order - t.order <= 2), None)
    return last is not None and bool(last.kind & {"shop", "small_title", "apartment", "village_house", "rented", "public_rental"})


def _given_away_next(ledger: Ledger, order: int, hit: KindHit) -> bool:
    """Whether the next clause gives the dwelling away (有套小房,一八年过户给儿子了)."""
    if order + 1 >= len(ledger.clauses) or not (hit.kind & {"owned", "apartment"}):
        return False
    text = ledger.clauses[order + 1].text
    found = _GIVEN_AWAY.search(text)
    return found is not None and not re.search("又买|租", text[: found.start()])


def _named(word: str, ledger: Ledger, at: int, subject: str, topic: str) -> str:
    if word in ("我", "俺", "本人"):
        return SELF
    if word in ("我们", "我俩", "两口子"):
        return COUPLE
    if word == "自己":
        return subject
    for mention in ledger.people:
        if mention.start <= at < mention.end:
            return mention.person
    return topic


def _homes(text: str) -> list[KindHit]:
    """The dwellings of one clause, with words that refine one another made one."""
    found = kind_hits(text, lexicon().lodgings)
    kinds = set().union(*(h.kind for h in found)) if found else set()
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
    if "要么" in text and len([h for h in found if h.kind]) > 1:
        first = next(h for h in found if h.kind)
        return [KindHit(frozenset(kinds), frozenset(), first.start, found[-1].end)]
    kept = []
    for hit in found:
        if hit.kind == {"owned"} and strong and not (strong <= {"rented"} and not _same(found, hit)) and not (strong <= {"borrowed"}):
            continue
        if hit.kind == {"village_house"} and kinds & {"small_title", "rented", "borrowed"}:
            continue
        if hit.kind == {"rented"} and kinds & {"public_rental", "dormitory"}:
            continue
        if hit.kind == {"borrowed"} and kinds & {"dormitory", "rented", "public_rental"}:
            continue
        if hit.kind == {"public_rental"} and kinds & {"dormitory"} and "公寓" in text:
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


def _jobs(text: str) -> list[KindHit]:
    """The jobs of one clause; a precise kind beats the general one."""
    found = kind_hits(text, lexicon().jobs)
    general = {"formal", "informal", "dispatched", "probation"}
    precise = [h for h in found if h.kind and h.kind != general and h.kind != {"none"}]
    kept = []
    for hit in found:
        if hit.kind == general and precise:
            continue
        if hit.kind == {"none"} and any(len(h.kind) > 3 and "none" in h.kind for h in found):
            continue
        if hit.kind == {"self_employed"} and any(h.kind & {"flexible", "remote"} for h in precise):
            continue
        if hit.kind == {"none"} and any(h.kind == {"offer"} for h in found):
            continue
        if hit.kind == {"formal"} and any(h.kind & {"dispatched", "probation", "offer", "intern"} for h in precise):
            continue
        kept.append(hit)
    return kept


def _only_elsewhere(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], home: str | None) -> bool:
    """Whether the clause only says that relatives live somewhere else (一家人都在老家那边): what follows is about the speaker again."""
    if not home or not mentions or mentions[0].relation in (SELF, COUPLE, NOBODY, "pronoun"):
        return False
    if any(t.order == order for t in [*ledger.homes, *ledger.jobs]) or any(c.order == order for c in ledger.claims):
        return False
    spots = [c.value for c in ledger.stands if c.order == order and c.fact in ("where", "hukou")]
    named = [p for value in spots if isinstance(value, Places) for p in value.include]
    return (
        bool(named)
        and not any(inside(p, home) or inside(home, p) for p in named if p)
        and bool(re.search(r"(?:都|也|全|还)?在", clause.text))
    )


def _told_spot(ledger: Ledger, clause: Clause, roles: dict[int, str], home: str | None) -> Spot:
    """Where the clause as a whole takes place, for the clauses that follow it."""
    here = [(i, p) for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and p.kind != "building"]
    told = _join(
        [
            p
            for i, p in here
            if roles.get(i) == "where"
            and not (p.kind == "elsewhere" and clause.text[p.span[0] - clause.start - 1 : p.span[0] - clause.start] != "在")
        ]
    )
    if not told.said:
        target = _join([p for i, p in here if roles.get(i) == "target" and p.kind not in ("area", "origin")])
        if target.places is not None and home and all(inside(x, home) and x != home for x in target.places.include):
            return replace(target, area=None, assumed=True)
    return told


_MOVED_PERSON = re.compile(r"(把|让|接)[^,]{1,6}从$")
_OWN_HUKOU = re.compile(
    r"户口(?:也|就|都|现在|早就?|一直|没动过|,)*(?:在|是)(?:那|那边|那儿|城里|城区|市里|县城|镇上|村里|这边)(?:的)?$|户口(?:也|早|都|已经|就|一起)*(?:落|迁)过(?:来|去)了?|(?:有|是)(?:本地|当地|这里|这边|这儿)?(?:的)?户口(?!本)|有房有户口|户口(?:也|都|就|本来)?(?:在|是)(?:这|本地|"
    r"当地|我名下|这边|这里|这儿)|(?:本地|当地)户口"
)


def _read_places(ledger: Ledger, clause: Clause, order: int, who: Who, roles: dict[int, str], plain: str, home: str | None) -> None:
    """Registers where somebody's hukou, origin or whereabouts are."""
    offset = clause.start
    own: dict[tuple[str, str], tuple[Places, PlaceReading]] = {}
    for i, place in enumerate(ledger.places):
        if not clause.start <= place.span[0] < clause.end:
            continue
        person = who(place.span[0] - offset)
        moved = _MOVED_PERSON.search(plain[offset : place.span[0]])
        if moved:
            person = next((m.person for m in ledger.people if m.start == offset + moved.end(1)), person)
        if person == NOBODY:
            continue
        role = roles[i]
        if place.kind == "building" or (place.places.include == frozenset({""}) and not place.places.exclude):
            if place.area is not None and place.kind != "building" and role == "where":
                ledger.stands.append(Claim(person, "area", Choice(place.area), *place.span, order, clause.hedged))
            continue
        role = roles[i]
        if role == "not" and "户口" in plain[max(offset, place.span[0] - 8) : place.span[0]] and place.kind != "area":
            ledger.claims.append(
                Claim(person, "hukou.place", Places(frozenset({""}), place.places.include), *place.span, order, clause.hedged)
            )
        if (
            role == "hukou"
            and place.kind == "area"
            and re.search(r"户口(?:[^,]{0,4})在$", plain[offset : place.span[0]])
            and not clause.asks
        ):
            ledger.claims.append(Claim(person, "hukou_here", Choice(frozenset({"yes"})), *place.span, order, clause.hedged))
        if role in ("hukou", "origin") and place.kind != "area":
            if clause.planned(place.span[0] - offset) or (
                role == "hukou"
                and clause.past_at(place.span[0] - offset)
                and not clause.past
                and not re.search(r"(?:迁|落|转|挂)(?:到|去|在|进|了)+(?:上(?:大)?学的)?$", plain[offset : place.span[0]])
            ):
                continue
            fact = "hukou.place" if role == "hukou" else "origin.place"
            if role == "hukou" and place.kind == "origin":
                continue
            value: Value = place.places
            if role == "origin" and place.kind == "origin" and home is None:
                continue
            own[person, fact] = (place.places, place)
            ledger.claims.append(Claim(person, fact, value, place.span[0], place.span[1], order, clause.hedged))
            if role == "hukou" and (
                _ORIGIN_AFTER.search(plain[place.span[1] : clause.end])
                or re.search(r"(?:户口|户籍)[、和跟,]?(?:老家|原籍)(?:都|也)?(?:在|是)?$", plain[offset : place.span[0]])
            ):
                ledger.claims.append(Claim(person, "origin.place", value, place.span[0], place.span[1], order, clause.hedged))
        if role in ("where", "from", "target") and re.search("老家|原籍", place.name) and not clause.planned(place.span[0] - offset):
            ledger.claims.append(Claim(person, "origin.place", place.places, *place.span, order, clause.hedged))
        if (
            role in ("hukou", "where", "origin")
            and not clause.past_at(place.span[0] - offset)
            and not clause.planned(place.span[0] - offset)
        ):
            before = plain[offset : place.span[0]]
            if role != "origin" or re.search("在$", before):
                ledger.stands.append(Claim(person, role, place.places, place.span[0], place.span[1], order, clause.hedged))
                if place.area is not None:
                    ledger.stands.append(Claim(person, "area", Choice(place.area), place.span[0], place.span[1], order, clause.hedged))
    if (
        home
        and (m := _OWN_HUKOU.search(clause.text))
        and not clause.planned(m.start())
        and not re.search("没有?户口|不是本地", clause.text)
        and not (re.search("[迁落]过", m.group()) and re.search("能|想|把|要|可以|怎么|打算", clause.text))
    ):
        person = who(m.start())
        if person != NOBODY and (person, "hukou.place") not in own:
            ledger.claims.append(
                Claim(person, "hukou_here", Choice(frozenset({"yes"})), offset + m.start(), offset + m.end(), order, clause.hedged)
            )


def fact_of_insurance(found: Hit) -> bool:
    """Whether a hit says that no insurance is paid."""
    return found.pattern.fact == "insurance.paid" and found.value == {"no"}


def _read_dates(
    ledger: Ledger, clause: Clause, order: int, who: Who, dates: list[DateReading], durations: list[DurationReading], as_of: date
) -> None:
    inside_dates = [(d, d.value) for d in dates if clause.start <= d.span[0] < clause.end and d.value is not None]
    inside_lengths = [d for d in durations if clause.start <= d.span[0] < clause.end]
    person = who(0)
    if person == NOBODY:
        person = SELF
    before = ledger.clauses[order - 1].text if order else ""
    continued = bool(re.search(r"执照|证照", before)) and bool(
        re.search(r"(?:领|办|拿|发|下)(?:的|来|到|了)?(?:的)?$|[年月日]的$|^(?:已经|都|快|有)*[\d一二两三四五六七八九十半]+年(?:多)?了$", clause.text)
    )
    if (re.search(r"执照|证照", clause.text) or continued) and not re.search("到期|注销", clause.text):
        found: tuple[Value, tuple[int, int], bool] | None = None
        inside_dates = [(d, v) for d, v in inside_dates if not re.search(r"不是$", clause.text[: d.span[0] - clause.start])]
        if inside_dates:
            day, value = next(((d, v) for d, v in inside_dates if not d.hedged), inside_dates[-1])
            found = (value, day.span, day.hedged)
        elif inside_lengths:
            length = inside_lengths[-1]
            found = (since(length, as_of), length.span, length.hedged)
        if found:
            ledger.claims.append(
                Claim(
                    who(found[1][0] - clause.start), "license.issued", found[0], found[1][0], found[1][1], order, clause.hedged or found[2]
                )
            )
    previous = ledger.clauses[order - 1].text if order else ""
    if re.search(r"算下来|还有|还差|还得", clause.text) and any(d.relative for d, _ in inside_dates):
        ledger.claims[:] = [c for c in ledger.claims if c.fact != "presale.handover"]
    if re.search(r"交房|交付|交钥匙|拿钥匙|收房|领钥匙|后(?:才|就)?交|腾房|[号日底月]交$", clause.text) or (
        re.search(r"交房|交付|期房", previous) and re.search(r"还有|还差|还得|算下来|剩", clause.text)
    ):
        for d, v in inside_dates:
            if re.search(r"买|签|付", clause.text[d.span[1] - clause.start :][:4]):
                continue
            ledger.claims.append(Claim(person, "presale.handover", v, d.span[0], d.span[1], order, clause.hedged or d.hedged))
            if not re.search("算下来|还有|还差", clause.text):
                break


_UNPAID = re.compile(r"(?:我|俺)?(?:可|也|从来|根本|压根|一直|都|还)*没(?:有)?(?:交|缴|上)过?")


def _read_unpaid(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    """社保 named in a clause before and denied in this one (要不要交社保?我可没交过)."""
    if not _UNPAID.fullmatch(clause.text) or any(c.order == order and c.fact == "insurance.paid" for c in ledger.claims):
        return
    if not any(re.search("社保|保险|五险", c.text) for c in ledger.clauses[max(0, order - 2) : order]):
        return
    person = who(0)
    ledger.claims.append(Claim(SELF if person == NOBODY else person, "insurance.paid", Choice(frozenset({"no"})), clause.start, clause.end, order))


def _read_age(ledger: Ledger, clause: Clause, order: int, who: Who) -> None:
    for match in _AGE.finditer(clause.text):
        if re.match(r"(?:那年|时|的时候|就|起|时候|前|以前|后)", clause.text[match.end() :]):
            continue
        age = age_of(match.group(1) or match.group(2))
        if age is None or (match.group().endswith("大") and "个月" in match.group()):
            age = 0 if "个月" in match.group() else age
        if age is not None:
            person = who(match.start())
            ledger.claims.append(
                Claim(
                    person,
                    "age",
                    Choice(frozenset({"minor" if age < 16 else ("youth" if age < 18 else "adult")})),
                    clause.start + match.start(),
                    clause.start + match.end(),
                    order,
                )
            )
    people = [m for m in ledger.people if clause.start <= m.start < clause.end]
    tail = clause.text[people[-1].end - clause.start :] if people else clause.text
    bare = _BARE_AGE.match(tail) or _BARE_AGE.search(clause.text)
    if (
        bare
        and not any(c.order == order and c.fact == "age" for c in ledger.claims)
        and (people or len(clause.text) < 6)
        and (years := age_of(bare.group(1))) is not None
    ):
        person = who(len(clause.text) - 1)
        ledger.claims.append(
            Claim(
                person,
                "age",
                Choice(frozenset({"minor" if years < 16 else ("youth" if years < 18 else "adult")})),
                clause.start,
                clause.end,
                order,
            )
        )
    m = _MINOR_WORDS.search(clause.text)
    if m and not re.search(r"(?:只|就|才)(?:上|念|读)(?:过|了)|毕业|送|接|老师|附近|旁边|应聘|上班|工作|当|幼师", clause.text):
        person = who(m.start())
        if m.group() in ("没成年", "未成年", "还小") and person in (SELF, COUPLE):
            person = "child"
        ledger.claims.append(Claim(person, "age", Choice(frozenset({"minor"})), clause.start + m.start(), clause.start + m.end(), order))


def along(ledger: Ledger, person: str) -> list[Claim]:
    """The claims of one person; what a couple is said to be holds for both."""
    people = {person} | ({COUPLE} if person in (SELF, "spouse") else set())
    return [c for c in ledger.claims if c.person in people]


def things(entries: list[Thing], person: str) -> list[Thing]:
    """The dwellings or jobs of one person, a couple's included."""
    people = {person} | ({COUPLE} if person in (SELF, "spouse") else set())
    return [t for t in entries if t.person in people]


__all__ = [
    "AREAS",
    "Claim",
    "Dates",
    "Ledger",
    "Spot",
    "Thing",
    "along",
    "collect",
    "followed_relation",
    "inside",
    "meet",
    "replace",
    "things",
]
