"""Who moves where no word of the clause says so: the relative told of so far, or the asker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.eligibility.values import Choice
from bot.reading.kin.kin_words import ONESELF
from bot.reading.kin.kinship import NOBODY, PRONOUN, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.move.own_case import stands_alone
from bot.reading.move.scene import ASKERS, Mover, Scene, agrees, is_goal, last_relative
from bot.reading.person.subjects import stayed_at_home
from bot.reading.record.ledger import Ledger, along, things
from bot.reading.record.standing import (
    NOT_RELATIVES,
    is_elsewhere,
    is_here,
    lodger,
    moves_itself,
    only_a_reason,
    registered_away,
    registered_elsewhere,
    registered_here,
    settled_here,
    silent,
    words_for,
)
from bot.reading.text.cues import cue

_OLDER = ("grandparent", "parent_in_law")


def mover_unsaid(scene: Scene) -> Mover:
    """Who moves where the clause does not say: the relative told of so far, or the asker (also 借朋友的房住,户口想迁来)."""
    found = _told_so_far(_Untold(scene))
    housed = found.person not in ASKERS and not scene.mentions and _houses_the_asker(scene.ledger, found.person)
    return _ASKER if housed else found


_ASKER = Mover(SELF, "", False, -1)


@dataclass(frozen=True)
class _Untold:
    """A clause that does not say who moves, with what the message tells of them."""

    scene: Scene

    @property
    def ledger(self) -> Ledger:
        """What the message tells."""
        return self.scene.ledger

    @cached_property
    def carried(self) -> str:
        """Whom the clause is about by what was told before it."""
        subjects, order = self.scene.ledger.subjects, self.scene.order
        return subjects[order] if order < len(subjects) else SELF

    @property
    def of_a_relative(self) -> bool:
        """Whether the clause is about somebody of the asker's."""
        return self.carried not in (*ASKERS, NOBODY)

    @cached_property
    def goals(self) -> list[Mention]:
        """Those whom the words before the name make the ones gone to; not 落自己房上, which says nothing of who wants it."""
        return [m for m in self.scene.mentions if m.words not in ONESELF and is_goal(self.scene, m, loosely=True)]

    def relative(self, person: str | None) -> Mover | None:
        """The move of a relative, where there is one."""
        return None if person is None else Mover(person, words_for(self.ledger, person), True, -1)


def _told_so_far(untold: _Untold) -> Mover:
    """The relative told of so far, or the asker: by the first of the rules that tells."""
    return next((found for rule in _RULES if (found := rule(untold)) is not None), _ASKER)


# -- the clause tells whom it goes on about --------------------------------------------------------------------------------
def _relative_of_the_one_asked_for(untold: _Untold) -> Mover | None:
    """The relative, told of right before, of whoever it is asked for, who lives here (替邻居问,他房在这,他儿子没工作,户口想迁来)."""
    scene, ledger = untold.scene, untold.ledger
    if scene.asked is None or scene.mentions or not scene.order or not cue("moving.wishes_on").match(scene.clause.text):
        return None
    last = ledger.clauses[scene.order - 1]
    named = next((m for m in ledger.people if last.start == m.start), None)
    if named is None or last.sentence != scene.clause.sentence or not named.person.startswith(f"{scene.asked}/"):
        return None
    lodged = all(t.kind <= {"none", "borrowed"} for t in things(ledger.homes, named.person))
    return untold.relative(named.person) if lodged and stands_alone(ledger, scene.asked) else None


def _wish_told_already(untold: _Untold) -> Mover | None:
    """A clause that names nobody and goes on about a wish: of whoever it is asked for, of the clause before, or of the asker after."""
    scene = untold.scene
    if scene.mentions:
        return None
    asked = scene.asked is not None  # 替我表姐问,…,能落不: hers, whoever was spoken of since
    # 光问投靠这条: the wish told before
    return _ASKER if asked or scene.goes_on or _goes_on_of_the_asker(scene) else None


def _to_live_with_the_asker(untold: _Untold) -> Mover | None:
    """The relative whom the clause right before wants to come and live here (想让婆婆过来住,户口也迁来)."""
    scene, ledger = untold.scene, untold.ledger
    if scene.mentions or not scene.order or not cue("moving.register_too").match(scene.clause.text):
        return None
    last = ledger.clauses[scene.order - 1]
    named = [m for m in ledger.people if last.start <= m.start < last.end and m.relation not in ASKERS]
    come = last.sentence == scene.clause.sentence and cue("moving.come_to_live").search(last.text)
    if not come or len(named) != 1 or named[0].person in (*ASKERS, NOBODY):
        return None
    return Mover(named[0].person, named[0].words, True, -1)


def _opening_lodger(untold: _Untold) -> Mover | None:
    """The relative whom the message opens with as living with the asker."""
    return untold.relative(lodger(untold.ledger))


# -- the one gone to tells who comes ---------------------------------------------------------------------------------------
def _whose_relative_is_gone_to(untold: _Untold) -> Mover | None:
    """孩子…,能落他爸那不: the child."""
    goals = untold.goals
    whose = goals[0].owner if len(goals) == 1 == len(untold.scene.mentions) else None
    return untold.relative(whose) if whose not in (None, *ASKERS, NOBODY) else None


def _to_the_asker(untold: _Untold) -> Mover | None:
    """Who comes to the asker: the relative spoken of, as nobody moves to themselves."""
    scene, ledger, goals = untold.scene, untold.ledger, untold.goals
    if not _ends_at_the_asker(untold):
        return None
    coming = untold.carried if untold.of_a_relative and not agrees(scene, untold.carried) else last_relative(scene)
    if coming is None or _brought_along(scene, coming):
        return None
    if not goals and only_a_reason(ledger, coming) and not registered_here(ledger, SELF):
        return _ASKER  # 在这买的房,娃九月报名,户口能迁来不: why the asker comes
    if not goals and stayed_at_home(ledger, coming):
        return _ASKER
    # Nobody moves to themselves, so a booklet of the asker's (落我这一本上) is where the relative goes.
    # Nor does who wants no more than to come to the asker follow anybody (户口在农村,想跟我), wherever their village is.
    onto = bool(goals) and bool(cue("moving.askers_booklet").match(scene.plain, goals[0].end) or _only_to_the_asker(scene))
    return untold.relative(coming) if onto or not (settled_here(ledger, coming) and registered_here(ledger, coming)) else None


def _brought_along(scene: Scene, person: str) -> bool:
    """Whether somebody is named only as whom the asker, who is not registered here, has with them (离婚带俩娃,…想把户口迁过来)."""
    named = [m for m in scene.ledger.people if m.person == person and m.start < scene.clause.start]
    alone = bool(named) and all(cue("moving.has_with_one").search(scene.plain[: m.start]) for m in named)
    return alone and not registered_here(scene.ledger, SELF)


def _only_to_the_asker(scene: Scene) -> bool:
    """Whether the clause is nothing but a wish to come to the asker."""
    return cue("moving.only_to_the_asker").fullmatch(scene.clause.text) is not None


def _ends_at_the_asker(untold: _Untold) -> bool:
    """Whether the move is to the asker, who is here and does not come back to the village (宅基地是我名,想迁回来)."""
    ledger, goals = untold.ledger, untold.goals
    if not (goals and goals[0].relation in ASKERS or _toward_the_asker(untold.scene)):
        return False
    back = untold.carried in ASKERS and not goals and any(c.fact.startswith("origin.") for c in along(ledger, SELF))
    return not back and (bool(goals) or not registered_elsewhere(ledger, SELF))


def _says_so(untold: _Untold) -> Mover | None:
    """他…,说当初交过社保应该能落: he."""
    said = untold.of_a_relative and not untold.scene.mentions and cue("moving.says_so").match(untold.scene.clause.text)
    return untold.relative(untold.carried) if said else None


def _young_one_of_the_elder(untold: _Untold) -> Mover | None:
    """Who moves to an elder the asker calls itself (外孙女户口青岛,我临淄户口,投靠姥姥行不行): the young one registered elsewhere."""
    ledger, goal = untold.ledger, untold.goals[0] if len(untold.goals) == 1 else None
    if goal is None or not goal.bare or goal.relation not in _OLDER or not registered_here(ledger, SELF):
        return None
    younger = kin().inverse.get(goal.relation)
    named = next((m.person for m in ledger.people if m.relation == younger and m.start < untold.scene.clause.start), None)
    told = any(m.person == goal.person and m is not goal for m in ledger.people)
    return untold.relative(named) if named is not None and not told and registered_elsewhere(ledger, named) else None


def _away_from_the_one_gone_to(untold: _Untold) -> Mover | None:
    """The one relative registered elsewhere, where the clause goes to another and no register of the asker's is told."""
    ledger, gone_to = untold.ledger, {m.person for m in untold.goals}
    if not gone_to or gone_to & {*ASKERS, NOBODY} or not silent(ledger) or len(untold.goals) < len(untold.scene.mentions):
        return None
    if untold.scene.toward in gone_to:
        return None  # 户口想挂老丈人那,…就问投靠岳父这条路: the wish told before
    away = registered_away(ledger, gone_to)
    # 投靠老丈人行不,…媳妇户口还在外地: who is named only afterwards is not who was asked for.
    return untold.relative(away) if any(m.person == away and m.start < untold.scene.clause.end for m in ledger.people) else None


def _none_spoken_of(untold: _Untold) -> Mover | None:
    """Where no relative was spoken of last: the asker, or the one relative registered elsewhere (我户口在这,老婆的在邯郸,能迁来不)."""
    if untold.of_a_relative:
        return None
    asker_here = all(m.relation in ASKERS for m in untold.scene.mentions) and registered_here(untold.ledger, SELF)
    return untold.relative(registered_away(untold.ledger) if asker_here else None) or _ASKER


def _to_their_own(untold: _Untold) -> Mover | None:
    """闺女…想随父母落: the asker's own."""
    carried, bare = untold.carried, {m.relation for m in untold.goals if m.bare}
    if carried in ("child", "parent") and kin().inverse.get(carried) in bare:
        return untold.relative(carried)
    return None


def _grandchild_of_the_elder(untold: _Untold) -> Mover | None:
    """孙女…能落爷爷奶奶户上不: she."""
    younger = {kin().inverse.get(m.relation) for m in untold.goals if m.bare and m.relation in _OLDER}
    before = (m for m in untold.ledger.people if m.start < untold.scene.clause.start) if younger else ()
    return untold.relative(next((m.person for m in before if m.relation in younger), None))


def _to_a_relative_of_theirs(untold: _Untold) -> Mover | None:
    """闺女跟着她爷爷奶奶…,想落爷爷家: she."""
    theirs = {m.person for m in untold.ledger.people}
    told = any(m.bare and f"{untold.carried}/{m.relation}" in theirs for m in untold.goals)
    return untold.relative(untold.carried) if told else None


# -- the one spoken of last ------------------------------------------------------------------------------------------------
def _spoken_of_but_stays(untold: _Untold) -> Mover | None:
    """Who is gone to does not move, nor a child who is but the reason: the asker."""
    stays = any(m.person == untold.carried for m in untold.goals) or only_a_reason(untold.ledger, untold.carried)
    return _ASKER if stays else None


def _asks_to_join(untold: _Untold) -> Mover | None:
    """兄弟在城里,户口是外地的,能投靠不: who asks to join goes to the one told to be here, whose register may be anywhere."""
    scene, ledger = untold.scene, untold.ledger
    if any(m.relation != PRONOUN or m.person != untold.carried for m in scene.mentions) or settled_here(ledger, SELF):
        return None
    return _ASKER if is_here(ledger, untold.carried) and cue("moving.asks_to_join").fullmatch(scene.clause.text) else None


def _left_behind_by_the_one_here(untold: _Untold) -> Mover | None:
    """The one relative told to be elsewhere, where the last one spoken of is settled here (我妈在老家,我姐在这买了房,想把户口迁来)."""
    ledger, here = untold.ledger, untold.carried
    if untold.scene.mentions or not settled_here(ledger, here) or is_elsewhere(ledger, here) or registered_elsewhere(ledger, here):
        return None
    before = {m.person for m in ledger.people if m.start < untold.scene.clause.start and m.relation not in NOT_RELATIVES}
    away = {person for person in before - {here, *ASKERS, NOBODY} if is_elsewhere(ledger, person)}
    return untold.relative(away.pop()) if len(away) == 1 and silent(ledger) else None


def _spoken_of_and_moves(untold: _Untold) -> Mover | None:
    """The one spoken of last, of whom a move of their own is told, or with whom the message opens."""
    carried, scene = untold.carried, untold.scene
    moves = moves_itself(untold.ledger, carried, scene.order) or _opens_with(scene, carried)
    return untold.relative(carried) if moves else None


def _holder_of_the_licence(untold: _Untold) -> Mover | None:
    """连襟开店,照是他的名,大姨子跟他住店后头,能按营业执照落不: who has the licence, and not who was spoken of last."""
    if untold.scene.mentions or not cue("moving.by_the_licence").search(untold.scene.clause.text):
        return None
    own = {c.person for c in untold.ledger.claims if c.fact == "business.license" and c.value == Choice(frozenset({"own"}))}
    return untold.relative(own.pop()) if len(own) == 1 and not own & {*ASKERS, NOBODY} else None


_RULES: tuple[Callable[[_Untold], Mover | None], ...] = (
    _holder_of_the_licence,
    _relative_of_the_one_asked_for,
    _to_live_with_the_asker,
    _wish_told_already,
    _opening_lodger,
    _whose_relative_is_gone_to,
    _to_the_asker,
    _says_so,
    _young_one_of_the_elder,
    _away_from_the_one_gone_to,
    _none_spoken_of,  # from here on a relative was spoken of last
    _to_their_own,
    _grandchild_of_the_elder,
    _to_a_relative_of_theirs,
    _spoken_of_but_stays,
    _asks_to_join,
    _left_behind_by_the_one_here,
    _spoken_of_and_moves,
)
"""Who moves, the surest tellings first."""


# -- what the rules look at ------------------------------------------------------------------------------------------------
def _houses_the_asker(ledger: Ledger, person: str) -> bool:
    """Whether the asker lodges with somebody, or rents from them, by the clause that names them."""
    if is_elsewhere(ledger, person) or registered_elsewhere(ledger, person):
        return False
    homes = [t for t in things(ledger.homes, SELF) if t.kind and t.kind <= {"borrowed", "rented"}]
    clauses = [ledger.clauses[t.order] for t in homes]
    return any(m.person == person and c.start <= m.start < c.end for m in ledger.people for c in clauses)


def _opens_with(scene: Scene, person: str) -> bool:
    """Whether the message opens with somebody, and in the same sentence, with nobody named since, somebody wishes (朋友租了房,想落户)."""
    ledger = scene.ledger
    if scene.mentions or not ledger.people or scene.clause.sentence != ledger.clauses[0].sentence:
        return False
    before = [m for m in ledger.people if m.start < scene.clause.start and m.person != NOBODY]
    alone = bool(before) and before[0].start == 0 and all(m.person == person for m in before)
    return alone and bool(cue("moving.wishes_on").match(scene.clause.text))


def _toward_the_asker(scene: Scene) -> bool:
    """Whether the words of going to somebody end at the asker, and not at somebody of theirs (投靠我, but not 投靠我弟弟)."""
    relatives = [m for m in scene.mentions if m.relation not in ASKERS]
    found = [scene.clause.start + hit.end() for hit in cue("moving.to_the_asker").finditer(scene.clause.text)]

    def theirs(m: Mention, end: int) -> bool:
        """Whether the words end at a relative's name, or right behind it (迁到闺女这边来)."""
        return m.start < end and (end <= m.end or bool(cue("moving.ones_side").fullmatch(scene.plain[m.end : end])))

    return any(not any(theirs(m, end) for m in relatives) for end in found)


def _goes_on_of_the_asker(scene: Scene) -> bool:
    """Whether the clause only names a way, and what it is about follows: the asker (光按有房落户,|俺继承的行不)."""
    if not cue("moving.by_a_way").fullmatch(scene.clause.text) or scene.order + 1 >= len(scene.ledger.clauses):
        return False
    after = scene.ledger.clauses[scene.order + 1]
    first = next((m for m in scene.ledger.people if m.start == after.start), None)
    return after.sentence == scene.clause.sentence and first is not None and first.relation in ASKERS
