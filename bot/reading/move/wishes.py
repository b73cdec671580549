"""Who wants to register and whom they follow, read from the clauses that speak of moving a register.

Which clauses do is told by ``move_scenes``; who moves where none does by ``wishes_unsaid``; to whom where the clause leaves it open by
``gone_to`` and ``kin_followed``.
"""

from __future__ import annotations

from bot.reading.kin.kin_words import one_of_them
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation
from bot.reading.move.goals import beside, goal_of
from bot.reading.move.gone_to import back_home, to_no_landlord, to_the_asker_beside, with_whom
from bot.reading.move.kin_followed import (
    of_a_couple,
    of_a_kind,
    to_one_of_the_kind,
    to_own_child,
    to_own_relative,
    to_the_relative,
    told_as_child,
    told_as_parents,
)
from bot.reading.move.let_by_kin import to_no_kin_landlord
from bot.reading.move.move_scenes import scene_of
from bot.reading.move.moving import mover_of
from bot.reading.move.own_case import stands_alone
from bot.reading.move.scene import Goal, Mover, Scene
from bot.reading.move.singled_out import only_about, singled_out
from bot.reading.move.taken_back import but_given_up, given_up
from bot.reading.move.wish import Wish, wish_of
from bot.reading.move.wishes_unsaid import of_one_fetched, of_the_one_told_of, of_the_sender, of_those_along, of_whom_it_tells, said_alone
from bot.reading.record.ledger import Ledger
from bot.reading.record.standing import registered_elsewhere, registered_here, settled_here, words_for
from bot.reading.text.cues import cue


def find_wishes(ledger: Ledger, plain: str) -> list[Wish]:
    """Every person the message wants registered, in order; at least one entry where any clause speaks of moving a register."""
    found = to_no_kin_landlord(ledger, but_given_up(ledger, _told(ledger, plain), plain))
    found = _over_the_one_asked_for(ledger, found)
    found = _and_the_asker(ledger, _asked_alone(ledger, _but_a_way(ledger, _over_guesses(ledger, found))))
    plainly = any(w.spoken or w.followed and _in_so_many_words(ledger, w) for w in found)
    if not plainly and (by_kind := of_a_kind(ledger, plain)) is not None:
        return [by_kind]
    found = of_one_fetched(ledger, of_those_along(ledger, of_the_one_told_of(ledger, of_the_sender(ledger, found, plain), plain)))
    found = [*(to_the_relative(ledger, to_one_of_the_kind(ledger, w, plain), plain) for w in found[:1]), *found[1:]]
    found = [to_own_relative(ledger, w) for w in found]
    found = [to_own_child(ledger, told_as_child(ledger, told_as_parents(ledger, back_home(ledger, w)))) for w in found]
    found = [w for w in found if not (registered_here(ledger, w.person) and any(o.followed == w.person for o in found))]
    found = [with_whom(ledger, to_no_landlord(ledger, w), plain) for w in found] or said_alone(ledger, plain)
    found = sorted((to_the_asker_beside(ledger, w, found) for w in found), key=lambda w: not _comes_first(ledger, w))
    if (couple := of_a_couple(ledger, found, plain)) is not None:
        return [couple, *found[1:]]
    return found or of_whom_it_tells(ledger)


# -- what the clauses tell -------------------------------------------------------------------------------------------------
def _told(ledger: Ledger, plain: str) -> list[Wish]:
    """The wishes of those the message says it asks for, and of each clause that wants somebody moved."""
    found = _asked_for(ledger, plain)
    asked = found[0].person if found else None
    for order in range(len(ledger.clauses)):
        scene = scene_of(ledger, order, plain, found[-1] if found else None, asked)
        if scene is not None:
            found = _with_scene(found, scene)
    return found


def _asked_for(ledger: Ledger, plain: str) -> list[Wish]:
    """Those the message says it asks for (替我妈问问)."""
    found = []
    for match in cue("wishes.on_behalf").finditer(plain):
        for m in ledger.people:
            named = m.start >= match.end() and one_of_them(plain[match.end() : m.start])
            asked = named and cue("wishes.then_asks").match(plain[m.end :])
            if asked and m.person not in (SELF, NOBODY, COUPLE):
                words = m.words if m.relation != "pronoun" else words_for(ledger, m.person)
                found.append(Wish(m.person, words, None, None, -1, True))
    for match in cue("individuals.the_one").finditer(plain):  # 问的是我妹夫
        who = next((m for m in ledger.people if m.start == match.end() or m.owner == SELF and m.start == match.end() - 1), None)
        if who is not None and who.person not in (SELF, NOBODY, COUPLE) and not any(w.person == who.person for w in found):
            order = next(n for n, c in enumerate(ledger.clauses) if c.start <= who.start < c.end)
            found.append(Wish(who.person, who.words, None, None, order, True))
    if not found and (one := singled_out(ledger, plain) or only_about(ledger, plain)) is not None:
        found.append(Wish(one.person, one.words, None, None, -1, True))
    return found


def _with_scene(found: list[Wish], scene: Scene) -> list[Wish]:
    """The wishes with what one clause wants; a clause that names no mover adds to the wish before it."""
    mover = mover_of(scene)
    if mover.person == NOBODY:
        return found
    if found and found[-1].followed is None and _asked_whether_near(scene, mover, found[-1]):
        return [*found[:-1], found[-1].to(mover.person)]  # 想落她跟前…,后娘算不算近亲属
    others = beside(scene, mover)
    goal = goal_of(scene, mover, others)
    if not mover.spoken and found:
        last = found[-1]
        if goal is not None and goal.person == last.person and _turns_to_the_asker(scene):
            return [wish_of(Mover(SELF, "我", True, -1), goal, scene.order), *(w for w in found if w.followed is not None)]
        if goal is not None and last.followed is not None and given_up(scene.ledger, scene.plain, last, scene.order):
            return [*found[:-1], last.to(goal.person)]
        if goal is None or last.followed or goal.person == last.person:
            return found
        if _of_the_asker_after_all(scene, last, goal):
            return [*found[:-1], wish_of(mover, goal, scene.order)]
        return [*found[:-1], last.to(goal.person)]
    found = [*found, wish_of(mover, goal, scene.order, guessed=mover.at < 0 and not scene.mentions)]
    for m in others:
        too = goal and Goal(goal.person, followed_relation(m.person, goal.person))
        found.append(wish_of(Mover(m.person, m.words, mover.spoken, m.start), too, scene.order))
    return found


def _turns_to_the_asker(scene: Scene) -> bool:
    """Whether the clause before turns from somebody to the asker (他自己能迁,那我呢,能不能跟他一起迁)."""
    before = scene.ledger.clauses[scene.order - 1] if scene.order else None
    return before is not None and cue("wishes.and_me").fullmatch(before.text) is not None


def _of_the_asker_after_all(scene: Scene, guessed: Wish, goal: Goal) -> bool:
    """Whether a clause about the asker, who is told of since as living elsewhere, wants to go to a relative.

    Then what was told before it with no mover (他妈说先把户口落过来,…,我在宿州,户口能落他家不) was the asker's as well.
    """
    ledger = scene.ledger
    if not guessed.guessed or guessed.person in (SELF, COUPLE, NOBODY) or goal.person in (SELF, COUPLE):
        return False
    about = ledger.subjects[scene.order] if scene.order < len(ledger.subjects) else SELF
    told = any(c.person == SELF and c.order > guessed.order for c in [*ledger.stands, *ledger.claims])
    return about in (SELF, COUPLE) and told and not settled_here(ledger, SELF) and not registered_elsewhere(ledger, guessed.person)


def _asked_whether_near(scene: Scene, mover: Mover, last: Wish) -> bool:
    """Whether the clause only asks if somebody registered here counts as a relative: whom the wish before goes to."""
    named = next((m for m in scene.mentions if m.start == mover.at), None)
    if named is None or mover.person in (SELF, COUPLE, last.person) or not registered_here(scene.ledger, mover.person):
        return False
    return bool(cue("wishes.counts_as_kin").match(scene.plain, named.end))


# -- which of them the message stands by -----------------------------------------------------------------------------------
def _over_the_one_asked_for(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes without that of whoever it is asked for, who lives here and has a relative come (替邻居问,他房在这,他儿子想迁来)."""
    asked = found[0] if found and found[0].order < 0 and found[0].followed is None else None
    if asked is not None and any(w.spoken and w.followed == asked.person for w in found[1:]):
        return found[1:]  # 大姑姐想投靠婆婆,婆婆答应了,我替她问问: she is whoever goes, as nobody is asked for who is gone to
    if asked is None or not settled_here(ledger, asked.person) or registered_elsewhere(ledger, asked.person):
        return found
    theirs = [w for w in found if w.spoken and w.person.startswith(f"{asked.person}/")]
    return found[1:] if theirs and not any(w.person == asked.person for w in found[1:]) else found


def _over_guesses(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes without those that only the context gave a mover (投靠近亲属咋办,…,儿媳想落我这), where a later one names another."""
    named = [w for w in found if w.spoken and not w.guessed]
    hither = any(w.followed == SELF for w in named) and not registered_elsewhere(ledger, SELF)

    def outdone(w: Wish) -> bool:
        """A question of anybody (租房的能让人投靠不) is none of the asker's, whom somebody named afterwards goes to."""
        later = any(w.order < o.order and w.person != o.person for o in named)
        if w.person == SELF and stands_alone(ledger, SELF) and any(_too(ledger, o) for o in named if w.order < o.order):
            return False  # 我在这上班,想把户口迁来,我妈也想跟着
        return w.guessed and later and (w.spoken or hither and w.followed is None and w.order >= 0)

    return [w for w in found if not outdone(w)]


def _too(ledger: Ledger, wish: Wish) -> bool:
    """Whether the clause of a wish says that its mover wants it as well as whoever was spoken of."""
    clause = ledger.clauses[wish.order]
    named = (m for m in ledger.people if clause.start <= m.start < clause.end and m.person == wish.person)
    return any(cue("wishes.wants_too").match(clause.text, m.end - clause.start) for m in named)


def _but_a_way(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes without a clause that only names a way (就问投靠这条,…她户口能靠到我这不), where a later one names the mover."""
    if not any(w.spoken for w in found):
        return found
    named = [w for w in found if w.spoken or w.followed or w.order < 0]
    return [w for w in found if w in named or not cue("moving.names_a_way").search(ledger.clauses[w.order].text)]


def _asked_alone(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """Only the wish that the message says it is about (我就问老伴能不能落), where it names a mover; otherwise every wish."""
    alone = [w for w in found if w.spoken and w.order >= 0 and cue("wishes.asks_only").search(ledger.clauses[w.order].text)]
    return alone[-1:] or found


def _and_the_asker(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes with the asker's own first, who is named as an afterthought, with a home or work here (把孩子的迁来,还有我自己的)."""
    if not found or any(w.person in (SELF, COUPLE) for w in found) or not stands_alone(ledger, SELF):
        return found
    after = range(found[0].order + 1, min(found[0].order + 3, len(ledger.clauses)))
    order = next((n for n in after if cue("wishes.me_too").fullmatch(ledger.clauses[n].text)), None)
    return found if order is None else [Wish(SELF, "我", None, None, order, True), *found]


def _in_so_many_words(ledger: Ledger, wish: Wish) -> bool:
    """Whether a wish stands in a clause that asks whether one can go to somebody named there (那投爷奶行吗)."""
    return wish.order >= 0 and cue("wishes.asks_of_one").search(ledger.clauses[wish.order].text) is not None


def _comes_first(ledger: Ledger, wish: Wish) -> bool:
    """Whether the message says that this one is to be done first (先弄我男人的)."""
    return wish.spoken and wish.order >= 0 and bool(cue("wishes.comes_first").search(ledger.clauses[wish.order].text))
