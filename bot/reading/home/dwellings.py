"""Dwellings someone tells of."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.home.clause_homes import homes_in
from bot.reading.home.dwelling_links import refined
from bot.reading.home.home_told import BORROWED, OWNED, HomeTold
from bot.reading.home.not_had import not_had
from bot.reading.home.not_of_a_home import no_place_to_live, not_of_a_home, seen_as_shop
from bot.reading.home.spots import spot_of
from bot.reading.home.whose_home import whose_home
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.record.ledger import Claim, Ledger, Passage, Thing, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_LANDS_ON, _LANDED_HOME, _LIVES_IN = cue("dwellings.lands_on"), cue("dwellings.landed_home"), cue("dwellings.lives_in")
_A_HOUSE, _ONES_HOUSE, _THEIR_DWELLING = cue("dwellings.a_house"), cue("dwellings.ones_house"), cue("dwellings.their_dwelling")
_SOME_RELATIVE, _AND_PARTNER = cue("people.some_relative"), cue("dwellings.and_partner")
_TAKES_REGISTER, _OVER_THERE, _ONLY_FLATS = cue("dwellings.takes_register"), cue("dwellings.over_there"), cue("dwellings.only_flats")
_NO_RELATIVE = (SELF, COUPLE, NOBODY)
_STRANGERS = ("friend", "other")
_BEHIND_THE_HOME = 4  # letters behind the words for a home within which the one who lives there with them is named


_DORMITORY = frozenset({"dormitory"})


def read_dwellings(passage: Passage) -> str:
    """Enter every dwelling the clause tells of; ``rent`` or ``home`` where one was told, empty where none.

    A dormitory goes with the work or the school told of, and leaves what is spoken of as it was (住厂里宿舍,合同签了).
    """
    domain = ""
    landed = _landed(passage)
    for found in homes_in(passage.clause.text):
        told = HomeTold.of(passage, found, landed)
        if no_place_to_live(told):
            continue
        told = seen_as_shop(told)
        if not_had(told) or not_of_a_home(told):
            continue
        person = whose_home(told)
        if person is not None and _entered(told, person) and told.kind != _DORMITORY:
            domain = "rent" if "rented" in told.kind else "home"
    return domain


def _entered(told: HomeTold, person: str) -> bool:
    """Enter the dwelling as that person's, with what it says of others; whether one is told that there is."""
    ledger = told.ledger
    if _lived_in_by_leave(told, person):
        ledger.homes.append(_owned_by(told, person))
        return False
    if told.kind == BORROWED and _names_owner(told, person):
        told = told.as_kind(OWNED)  # 我妈的房, and no more
    if told.kind == BORROWED:
        _enter_who_lives_there_too(told, person)
        _enter_lender(told)
    if told.kind and _TAKES_REGISTER.search(told.text[told.hit.end :]):
        return False
    thing = _thing(told, person)
    if not refined(ledger, thing, told.text, told.hit):
        ledger.homes.append(thing)
        if person == SELF and _with_partner(told):
            ledger.homes.append(replace(thing, person="spouse"))
    return bool(told.kind)


def _thing(told: HomeTold, person: str) -> Thing:
    """The dwelling as it is entered."""
    clause, around = told.clause, told.text[max(0, told.hit.start - 2) : told.hit.end]
    deny = told.hit.deny - {"village_house"} if told.as_said and _ONLY_FLATS.search(around) else told.hit.deny
    hedged = clause.hedged and not told.asks_the_day
    away = at_origin(told.ledger, clause, told.end, told.passage.roles) if told.kind else bool(_OVER_THERE.search(told.text))
    return Thing(person, told.kind, deny, told.spot, told.start, told.end, told.order, hedged, away)


def _owned_by(told: HomeTold, person: str) -> Thing:
    """The home as the one of whoever lets another live there."""
    return Thing(person, OWNED, frozenset(), told.spot, told.start, told.end, told.order, told.clause.hedged)


def _lived_in_by_leave(told: HomeTold, person: str) -> bool:
    """房子是我爸的: the father's own home, which the speaker lives in by his leave."""
    by_name = told.kind == BORROWED and told.owner_word is not None
    return by_name and _A_HOUSE.match(told.words) is not None and person not in _NO_RELATIVE


def _names_owner(told: HomeTold, person: str) -> bool:
    """Whether the clause says no more than whose a home is: a relative's, by name."""
    start = told.clause.start
    named = next((m for m in told.passage.mentions if m.start == start and m.person == person), None)
    if named is None or person in _NO_RELATIVE or named.end <= told.start:
        return False
    return _ONES_HOUSE.fullmatch(told.text[named.end - start :]) is not None


def _enter_who_lives_there_too(told: HomeTold, person: str) -> None:
    """Enter where the relatives are that somebody lives with, or at whose home."""
    places = told.spot.places
    if not places:
        return
    area = _area_in_words(told)
    for m in told.passage.mentions:
        if m.person in (*_NO_RELATIVE, person) or not told.start <= m.start < told.end + _BEHIND_THE_HOME:
            continue
        told.ledger.stands.append(Claim(m.person, "where", places, m.start, m.end, told.order))
        if area is not None and not m.person.startswith(_STRANGERS) and not _SOME_RELATIVE.search(m.words):
            told.ledger.stands.append(Claim(m.person, "area", Choice(area), m.start, m.end, told.order))


def _area_in_words(told: HomeTold) -> frozenset[str] | None:
    """The kind of area that the clause itself names as where the home is (住临淄城里我姐家), and no bare name of a district."""
    named = (p for p in told.ledger.places if told.clause.start <= p.span[0] < told.clause.end)
    return next((p.area for p in named if p.area is not None and p.area == told.spot.area and not p.by_name and p.kind != "building"), None)


def _enter_lender(told: HomeTold) -> None:
    """Enter a borrowed home as its owner's too, where it is said whose it is (住爸妈房子里), not where only a household is (住我姐家)."""
    for m in told.passage.mentions:
        if (
            m.person not in _NO_RELATIVE
            and not _SOME_RELATIVE.search(m.words)  # 住亲戚家的房: nobody in particular
            and told.start <= m.start
            and _THEIR_DWELLING.match(told.text[_behind_the_place(told.ledger, m.end) - told.clause.start :])
        ):
            told.ledger.homes.append(_owned_by(told, m.person))
            return


def _behind_the_place(ledger: Ledger, at: int) -> int:
    """Where the places end that stand right behind a name (住男朋友|冠县县城|的房里)."""
    for place in ledger.places:
        if place.span[0] == at:
            at = place.span[1]
    return at


def _with_partner(told: HomeTold) -> bool:
    """Whether the clause names the partner beside the owner (房本是我跟老婆的名)."""
    if told.owner_word is None:
        return False
    word, at = told.owner_word
    return _AND_PARTNER.match(told.text, at + len(word)) is not None


def _landed(passage: Passage) -> Mention | None:
    """Whose home the clause wants a register put on (落到我高唐县城的房上), which is entered as theirs where none was told."""
    owner = _owner_landed_on(passage)
    if owner is None or owner.person == NOBODY or owner.relation == "pronoun":
        return None
    home = _LANDED_HOME.match(passage.clause.text[owner.end - passage.clause.start :])
    if home is None:
        return None
    if not any(t.kind for t in things(passage.ledger.homes, owner.person)):
        _enter_landed_on(passage, owner, owner.end + home.end())
    return owner


def _owner_landed_on(passage: Passage) -> Mention | None:
    """Who is named right behind the words for putting a register on something; of living in it, where it is the speaker."""
    clause, mentions = passage.clause, passage.mentions
    if found := _LANDS_ON.search(clause.text):
        at = clause.start + found.end()
        if (owner := next((m for m in mentions if m.start == at), None)) is not None:
            return owner
    if found := _LIVES_IN.search(clause.text):
        at = clause.start + found.end()
        return next((m for m in mentions if m.start == at and m.relation == SELF), None)
    return None


def _enter_landed_on(passage: Passage, owner: Mention, end: int) -> None:
    """Enter the home that a register is wanted on; the places named inside the words for it are where it is."""
    ledger, clause = passage.ledger, passage.clause
    inside = {i: "where" for i, p in enumerate(ledger.places) if owner.end <= p.span[0] < end}
    spot = spot_of(ledger, clause, end, end, passage.plain, {**passage.roles, **inside})
    ledger.homes.append(Thing(owner.person, OWNED, frozenset(), spot, owner.start, end, passage.order, clause.hedged))


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
