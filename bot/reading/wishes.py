"""Who wants to register and whom they follow, read from the clauses that speak of moving a register."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.reading.asides import by_the_way
from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.family import related
from bot.reading.goals import beside, goal_of, key_of
from bot.reading.kin_words import one_of_them
from bot.reading.kinship import COUPLE, NOBODY, SELF, UNNAMED, followed_relation, kin
from bot.reading.ledger import ONES_OWN, Ledger, along, things
from bot.reading.mention import Mention
from bot.reading.moves import goes_to, move_in
from bot.reading.moving import mover_of
from bot.reading.own_case import comes_on_merit, stands_alone
from bot.reading.scene import Goal, Mover, Scene
from bot.reading.singled_out import singled_out
from bot.reading.standing import (
    gone,
    lies_here,
    lodger,
    most_told,
    own_word,
    parted,
    registered_away,
    registered_elsewhere,
    registered_here,
    settled_here,
    silent,
    words_for,
)
from bot.reading.times import not_of_today
from bot.reading.told_of import told_of


@dataclass(frozen=True)
class Wish:
    """One person who wants to register: who (seen from the asker), the words, and the one followed, if any was said."""

    person: str
    words: str
    followed: str | None
    relation: str | None
    order: int
    spoken: bool  # whether the words name the mover, rather than leaving it to the context
    guessed: bool = False  # whether the clause names nobody at all, so that it is the context that says who moves


def find_wishes(ledger: Ledger, plain: str) -> list[Wish]:
    """Every person the message wants registered, in order; at least one entry where any clause speaks of moving a register."""
    found = _asked_for(ledger, plain)
    asked = found[0].person if found else None
    for order, clause in enumerate(ledger.clauses):
        scene = _scene(ledger, clause, order, plain, found, asked)
        if scene is not None:
            _add(found, scene)
    found = _and_the_asker(ledger, _asked_alone(ledger, _but_a_way(ledger, _over_guesses(ledger, found))))
    plainly = any(w.spoken or w.followed and _in_so_many_words(ledger, w) for w in found)
    if not plainly and (named := _kind_of_following(ledger, plain)) is not None:
        mover, followed = named
        goal = Goal(followed, followed_relation(mover, followed))
        return [_wish(Mover(mover, words_for(ledger, mover), mover != SELF, -1), goal, -1)]
    found = _of_the_one_told_of(ledger, _of_the_sender(ledger, found, plain), plain)
    found[:1] = [_by_kinship(ledger, _of_the_kind(ledger, w, plain), plain) for w in found[:1]]
    found = [_to_own_child(ledger, _told_as_parents(ledger, _back_home(ledger, w))) for w in found]
    found = [w for w in found if not (registered_here(ledger, w.person) and any(o.followed == w.person for o in found))]
    found = [replace(w, followed=None, relation=None) if w.followed == NOBODY and _landlord(ledger) else w for w in found]
    found = [_with_whom(ledger, w, plain) for w in found] or _said_alone(ledger, plain)
    found = sorted((_beside_the_asker(ledger, w, found) for w in found), key=lambda w: not _comes_first(ledger, w))
    if (couple := _couple(ledger, found, plain)) is not None:
        return [couple, *found[1:]]
    if not found and (told := most_told(ledger)) is not None:
        found.append(Wish(told.person, told.words, None, None, -1, True))
    if not found and (away := _away_from_the_asker(ledger)) is not None:
        found.append(Wish(away, words_for(ledger, away), SELF, followed_relation(away, SELF), -1, True))
    return found or _of_a_guest(ledger) or _whether_too(ledger)


def _of_a_guest(ledger: Ledger) -> list[Wish]:
    """The wish of the child whose marriage is told and who lives with the asker, where no more is told of the asker (闺女没结婚,跟我住)."""
    guest = None if things(ledger.homes, SELF) or things(ledger.jobs, SELF) else lodger(ledger)
    others = {m.person for m in ledger.people} - {guest, SELF, COUPLE}
    if guest != "child" or others or not any(c.fact == "marital" for c in along(ledger, guest)):
        return []
    return [Wish(guest, words_for(ledger, guest), SELF, followed_relation(guest, SELF), -1, True)]


def _whether_too(ledger: Ledger) -> list[Wish]:
    """The wish of the relative of whom it is asked whether they may come, behind a home or work of the asker's (我在这租房,我妈能来吗)."""
    last = ledger.clauses[-1] if ledger.clauses else None
    named = [m for m in ledger.people if last is not None and m.start >= last.start]
    if last is None or len(named) != 1 or named[0].owner not in (None, SELF) or named[0].person in (SELF, COUPLE, NOBODY):
        return []
    (one,) = named
    asked = one.start == last.start and cue("wishes.may_come_too").fullmatch(last.text, one.end - last.start)
    told = things(ledger.homes, SELF) or things(ledger.jobs, SELF)
    if not asked or not told or one.relation == "pronoun" or "/" in one.person:
        return []
    return [Wish(one.person, one.words, SELF, followed_relation(one.person, SELF), len(ledger.clauses) - 1, True)]


def _away_from_the_asker(ledger: Ledger) -> str | None:
    """The one relative registered elsewhere, where no wish is told and the asker has a home here (房子是我的,我媳妇户口在德州)."""
    homes = [t for t in things(ledger.homes, SELF) if t.kind & (ONES_OWN | {"rented"})]
    if not (settled_here(ledger, SELF) and homes) or registered_elsewhere(ledger, SELF):
        return None
    away = registered_away(ledger)
    return away if away in _NEAR_KIN and len(ledger.clauses) > 1 else None


def _with_whom(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """A wish that names nobody gone to, with whom a clause of its own says (爸想迁来,是跟妈不是跟我)."""
    for m in ledger.people if wish.followed is None else ():
        if m.person not in (wish.person, NOBODY) and _goes_with(ledger, m, plain) and _of_whom(ledger, m) == wish.person:
            followed = SELF if m.person == COUPLE else m.person
            return replace(wish, followed=followed, relation=relation_of(ledger, wish.person, followed))
    return wish


def _said_alone(ledger: Ledger, plain: str) -> list[Wish]:
    """The asker's wish where no clause tells one but says with whom (户口在…,跟谁呢?跟我媳妇)."""
    for m in ledger.people if cue("wishes.with_whom_asked").search(plain) else ():
        if m.relation not in (SELF, COUPLE, NOBODY, "pronoun") and m.person not in (SELF, COUPLE, NOBODY) and _goes_with(ledger, m, plain):
            return [Wish(SELF, "", m.person, followed_relation(SELF, m.person), -1, False)]
    return []


def _of_whom(ledger: Ledger, m: Mention) -> str:
    """Whom the clause that names somebody is about."""
    order, clause = next((n, c) for n, c in enumerate(ledger.clauses) if c.start <= m.start < c.end)
    first = next((o.person for o in ledger.people if clause.start <= o.start < m.start), None)
    return first or (ledger.subjects[order] if order < len(ledger.subjects) else SELF)


def _goes_with(ledger: Ledger, m: Mention, plain: str) -> bool:
    """Whether a clause says nothing but that somebody goes with the one named."""
    clause = next((c for c in ledger.clauses if c.start <= m.start < c.end), None)
    if clause is None or not cue("wishes.with_whom").fullmatch(plain[clause.start : m.start]):
        return False
    return bool(cue("wishes.and_no_more").search(plain[m.end : clause.end]))


def _wish(mover: Mover, goal: Goal | None, order: int, guessed: bool = False) -> Wish:
    followed, relation = (goal.person, goal.relation) if goal else (None, None)
    return Wish(mover.person, mover.words, followed, relation, order, mover.spoken, guessed)


def _landlord(ledger: Ledger) -> bool:
    """Whether whoever is followed is but the landlord, at whose home one registers as a tenant (房东说了,我可以落他房上)."""
    strangers = [m for m in ledger.people if m.person == NOBODY and m.relation == NOBODY]
    return bool(strangers) and all(cue("wishes.owner").search(m.words) for m in strangers)


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
    if not found and (one := singled_out(ledger, plain)) is not None:
        found.append(Wish(one.person, one.words, None, None, -1, True))
    return found


def _of_the_sender(ledger: Ledger, found: list[Wish], plain: str) -> list[Wish]:
    """The wish of a message that names no mover but opens with somebody who has the asker ask (妹妹让我代她问): that one's."""
    first = next((m for m in ledger.people if m.relation not in (SELF, NOBODY, COUPLE)), None)
    if first is None or any(w.spoken for w in found) or first.person in (SELF, NOBODY) or not cue("people.sends").match(plain, first.end):
        return found
    followed = found[0].followed if found and found[0].followed != first.person else None
    relation = followed_relation(first.person, followed) if followed else None
    return [Wish(first.person, first.words, followed, relation, found[0].order if found else -1, True)]


_A_TELLING = 3  # clauses from which on a message without a wish tells a case


def _of_the_one_told_of(ledger: Ledger, found: list[Wish], plain: str) -> list[Wish]:
    """The wish of a message that names no mover, and tells of one relative as one who moves and nothing of the asker: that one's."""
    short = not found and len(ledger.clauses) < _A_TELLING
    if short or any(w.spoken or w.followed for w in found) or (person := told_of(ledger, plain)) is None:
        return found
    return [Wish(person, words_for(ledger, person), None, None, found[0].order if found else -1, True)]


def _went_on(found: list[Wish], ledger: Ledger, order: int) -> bool:
    """Whether the clause continues a wish of the same sentence."""
    if not found or order == 0 or found[-1].order != order - 1:
        return False
    return ledger.clauses[order - 1].sentence == ledger.clauses[order].sentence


def _scene(ledger: Ledger, clause: Clause, order: int, plain: str, found: list[Wish], asked: str | None) -> Scene | None:
    """The clause as one that wants somebody moved; ``None`` where it tells of a move that is over, or wants none."""
    if clause.hearsay and not cue("wishes.the_asker").search(clause.text):
        return None
    mentions = [m for m in ledger.people if clause.start <= m.start < clause.end]
    move = move_in(clause, mentions, plain)
    if move is None or cue("wishes.not_for").search(clause.text):
        return None
    after = ledger.clauses[order + 1].text if order + 1 < len(ledger.clauses) else ""
    if cue("wishes.not_so").match(clause.text) and cue("wishes.but_so").match(after):
        return None  # 不是公公投靠我,是我投靠公公
    if cue("wishes.rule").search(clause.text) and not clause.asks:
        return None
    if cue("wishes.not_moving").search(clause.text) and not clause.asks:
        return None  # 她爸妈不迁
    if cue("wishes.came_already").search(clause.text) and "户口" not in clause.text and not _then_the_register(ledger, order):
        return None
    if cue("wishes.done").search(clause.text) and not clause.asks:
        return None
    if cue("wishes.past_move").search(clause.text) and not cue("wishes.wishes_on").search(clause.text):
        return None
    wanted = cue("wishes.want").search(clause.text) or cue("wishes.in_turn").search(clause.text)
    if not (wanted or clause.asks or _just_asked(ledger, order) or _went_on(found, ledger, order) or goes_to(clause, mentions, plain)):
        return None
    return Scene(ledger, clause, order, mentions, move, plain, bool(found), asked)


def _then_the_register(ledger: Ledger, order: int) -> bool:
    """Whether the next clause asks of the register of whoever is fetched in this one (想把她接过来跟我住,户口能一块迁吗)."""
    after = ledger.clauses[order + 1] if order + 1 < len(ledger.clauses) else None
    if after is None or after.sentence != ledger.clauses[order].sentence or not after.asks or "户口" not in after.text:
        return False
    return not any(after.start <= m.start < after.end for m in ledger.people)


def _just_asked(ledger: Ledger, order: int) -> bool:
    """Whether one of the next two clauses of the sentence, before anybody is named, asks of this one in a word of yes or no."""
    for n in range(order + 1, min(order + 3, len(ledger.clauses))):
        after = ledger.clauses[n]
        if after.sentence != ledger.clauses[order].sentence:
            return False
        if cue("wishes.just_asks").search(after.text):
            return True
        if any(after.start <= m.start < after.end for m in ledger.people):
            return False
    return False


def _add(found: list[Wish], scene: Scene) -> None:
    """Enter what one clause wants; a clause that names no mover adds to the wish before it."""
    mover = mover_of(scene)
    if mover.person == NOBODY:
        return
    if found and found[-1].followed is None and _asked_whether_near(scene, mover, found[-1]):
        found[-1] = replace(found[-1], followed=mover.person, relation=followed_relation(found[-1].person, mover.person))
        return  # 想落她跟前…,后娘算不算近亲属
    others = beside(scene, mover)
    goal = goal_of(scene, mover, others)
    if not mover.spoken and found:
        last = found[-1]
        if goal and not last.followed and goal.person != last.person:
            found[-1] = replace(last, followed=goal.person, relation=followed_relation(last.person, goal.person))
        return
    found.append(_wish(mover, goal, scene.order, guessed=mover.at < 0 and not scene.mentions))
    for m in others:
        too = goal and Goal(goal.person, followed_relation(m.person, goal.person))
        found.append(_wish(Mover(m.person, m.words, mover.spoken, m.start), too, scene.order))


def _over_guesses(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes without those that only the context gave a mover (投靠近亲属咋办,…,儿媳想落我这), where a later one names another."""
    named = [w for w in found if w.spoken and not w.guessed]
    hither = any(w.followed == SELF for w in named) and not registered_elsewhere(ledger, SELF)

    def outdone(w: Wish) -> bool:
        """A question of anybody (租房的能让人投靠不) is none of the asker's, whom somebody named afterwards goes to."""
        later = any(w.order < o.order and w.person != o.person for o in named)
        return w.guessed and later and (w.spoken or hither and w.followed is None and w.order >= 0)

    return [w for w in found if not outdone(w)]


def _and_the_asker(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes with the asker's own first, who is named as an afterthought, with a home or work here (把孩子的迁来,还有我自己的)."""
    if not found or any(w.person in (SELF, COUPLE) for w in found) or not stands_alone(ledger, SELF):
        return found
    after = range(found[0].order + 1, min(found[0].order + 3, len(ledger.clauses)))
    order = next((n for n in after if cue("wishes.me_too").fullmatch(ledger.clauses[n].text)), None)
    return found if order is None else [Wish(SELF, "我", None, None, order, True), *found]


def _asked_whether_near(scene: Scene, mover: Mover, last: Wish) -> bool:
    """Whether the clause only asks if somebody registered here counts as a relative: whom the wish before goes to."""
    named = next((m for m in scene.mentions if m.start == mover.at), None)
    if named is None or mover.person in (SELF, COUPLE, last.person) or not registered_here(scene.ledger, mover.person):
        return False
    return bool(cue("wishes.counts_as_kin").match(scene.plain, named.end))


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


_KINDS = (
    (cue("wishes.parents_to_child"), "parent", "child"),
    (cue("wishes.child_to_parents"), "child", "parent"),
    (cue("wishes.elder_to_grandchild"), "grandparent", "grandchild"),
    (cue("wishes.grandchild_to_elder"), "grandchild", "grandparent"),
)


def _in_so_many_words(ledger: Ledger, wish: Wish) -> bool:
    """Whether a wish stands in a clause that asks whether one can go to somebody named there (那投爷奶行吗)."""
    return wish.order >= 0 and cue("wishes.asks_of_one").search(ledger.clauses[wish.order].text) is not None


def _kind_of_following(ledger: Ledger, plain: str) -> tuple[str, str] | None:
    """Mover and followed of a following named by its kind (父母投靠子女那条), where the message tells of the one relative it can mean.

    The asker is the one or the other: whoever of the two is told to be registered elsewhere moves.
    """
    if cue("wishes.siblings_follow").search(plain) and any(m.person == "sibling" for m in ledger.people):
        stays = registered_here(ledger, SELF) and not registered_here(ledger, "sibling")
        return ("sibling", SELF) if stays else (SELF, "sibling")
    for kind, mover, followed in _KINDS:
        if not kind.search(plain):
            continue
        told = any(c.fact == "hukou.place" for c in along(ledger, SELF))
        if any(m.person == mover for m in ledger.people) and (not told or registered_here(ledger, SELF)):
            here = bool(things(ledger.homes, SELF)) or registered_here(ledger, SELF)
            if here or any(c.fact in ("hukou.place", "marital", "age") for c in along(ledger, mover)):
                return mover, SELF
        if any(m.person == followed for m in ledger.people):
            return SELF, followed
    return None


def _of_the_kind(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """A wish that names nobody gone to, in a message that names the kind of following (按子女随父母这条): the one it can mean."""
    for kind, _, relation in _KINDS if wish.followed is None and wish.person not in (SELF, COUPLE) else ():
        who = (m.person for m in ledger.people if m.person != wish.person and followed_relation(wish.person, m.person) == relation)
        if kind.search(plain) and (gone_to := next(who, None)) is not None:
            return replace(wish, followed=gone_to, relation=relation)
    return wish


def _by_kinship(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """The asker's wish to go by the way of relatives (用投靠亲属这一条), which names none, in a message that tells of one: to that one."""
    if wish.person != SELF or wish.followed is not None or not cue("wishes.by_kinship").search(plain):
        return wish
    named = {m.person for m in ledger.people if m.relation not in (SELF, COUPLE, NOBODY, "pronoun")} - {SELF, COUPLE, NOBODY}
    one = named.pop() if len(named) == 1 else None
    return wish if one is None else replace(wish, followed=one, relation=relation_of(ledger, SELF, one))


def _comes_first(ledger: Ledger, wish: Wish) -> bool:
    """Whether the message says that this one is to be done first (先弄我男人的)."""
    return wish.spoken and wish.order >= 0 and bool(cue("wishes.comes_first").search(ledger.clauses[wish.order].text))


def _beside_the_asker(ledger: Ledger, wish: Wish, found: list[Wish]) -> Wish:
    """The wish of a near relative who has no home or work here beside an asker who has: to come to the asker (先办我的,再办我爸的)."""
    if wish.person not in _NEAR_KIN or wish.followed is not None or not any(w.person == SELF for w in found):
        return wish
    if settled_here(ledger, wish.person) or not stands_alone(ledger, SELF):
        return wish
    return replace(wish, followed=SELF, relation=followed_relation(wish.person, SELF))


def _back_home(ledger: Ledger, wish: Wish) -> Wish:
    """Who wants back home (落回家里), where the parents are told to be registered here, comes to them."""
    asked = wish.order >= 0 and cue("moving.back_home").search(ledger.clauses[wish.order].text)
    if not asked or wish.person != SELF or wish.followed is not None or not registered_here(ledger, "parent"):
        return wish
    return replace(wish, followed="parent", relation="parent")


def _told_as_parents(ledger: Ledger, wish: Wish) -> Wish:
    """The parents of a question by its kind (外地父母投靠独生女), where the asker turns out to be one of them (俺老两口户口在…)."""
    bare = [m for m in ledger.people if m.person == "parent" and m.relation != "pronoun"]
    speaks = any(m.relation == COUPLE and cue("wishes.old_couple").match(m.words) for m in ledger.people)
    if wish.person != "parent" or not speaks or not all(m.bare for m in bare) or not any(m.person == "child" for m in ledger.people):
        return wish
    return replace(wish, person=SELF, words="", followed="child", relation="child")


def _to_own_child(ledger: Ledger, wish: Wish) -> Wish:
    """A parent-in-law who comes to a couple's home comes to the own child, of whom, or of both, the home or the register is told."""
    if wish.person == "child_in_law" and wish.followed == SELF and _married_here(ledger):
        return replace(wish, followed="child", relation="spouse")
    led = wish.person == "parent_in_law" and any(cue("wishes.through_spouse").search(c.text) for c in ledger.clauses)
    if not led and (wish.followed is None or not comes_to_own_child(ledger, wish.person, wish.followed)):
        return wish
    return replace(wish, followed="spouse", relation="child")


def _married_here(ledger: Ledger) -> bool:
    """Whether the asker's one child who is told of is registered here, or lives here with whoever married them (跟俺儿住俺们村).

    A child whose register is told to be elsewhere is nobody to follow here.
    """
    if gone(ledger, "child") or parted(ledger, "child") or parted(ledger, "child_in_law") or registered_elsewhere(ledger, "child"):
        return False
    lives = [c for c in ledger.stands if c.person == "child" and c.fact == "where"]
    return registered_here(ledger, "child") or any(lies_here(c.value, ledger.home) for c in lives)


def comes_to_own_child(ledger: Ledger, mover: str, followed: str, *, owner: bool = False) -> bool:
    """Whether a parent-in-law who is said to come to the asker comes to the asker's husband or wife; ``owner``: only to one who owns."""
    if mover != "parent_in_law" or followed != SELF:
        return False
    shared = [t for t in things(ledger.homes, "spouse") if t.kind and t.kind != {"none"} and not (owner and t.person != "spouse")]
    own = [t for t in ledger.homes if t.person == SELF and t.kind and t.kind != {"none"}]
    theirs = any(t.person == "spouse" and t.kind & ONES_OWN for t in shared)  # 房子写的我和媳妇两人名
    return bool(registered_here(ledger, "spouse") or shared and not own or theirs) and not gone(ledger, "spouse")


def _couple(ledger: Ledger, found: list[Wish], plain: str) -> Wish | None:
    """Husband or wife, where the message speaks of couples following one another (夫妻投靠) and names nobody else."""
    if not cue("wishes.couple_follows").search(plain) or any(m.relation == "fiance" for m in ledger.people):
        return None
    if found and (found[0].person != SELF or found[0].followed is not None):
        return None
    if registered_here(ledger, SELF) and not registered_here(ledger, "spouse"):
        return Wish("spouse", words_for(ledger, "spouse"), SELF, "spouse", -1, True)
    return Wish(SELF, "", "spouse", "spouse", -1, bool(found) and found[0].spoken)


def relation_of(ledger: Ledger, mover: str, followed: str) -> str:
    """What somebody is to the mover: by the word where the message names him as the mover's own (俺哥…他媳妇)."""
    if mover not in (SELF, COUPLE):
        for m in ledger.people:
            if m.person == followed and m.owner == mover and m.relation != "pronoun":
                return m.relation
            if m.person == mover and m.owner == followed and m.relation != "pronoun":
                return kin().inverse.get(m.relation, "other")  # 我哥媳妇…跟我哥
        if (known := related(own_word(ledger, mover), own_word(ledger, followed))) is not None:
            return known
    return followed_relation(mover, followed)


_NEAR_KIN = frozenset({"spouse", "child", "step_child", "parent"})


def unsaid_followed(ledger: Ledger, mover: str, plain: str, home_people: list[str]) -> str | None:
    """Whom the mover follows where no clause says so: the one they live with, else the one told to be at the destination."""
    staying = (m for m in cue("wishes.stays_with").finditer(plain) if not not_of_today(ledger, m.start()))
    if (together := next(staying, None)) is not None:
        clause = max(plain.rfind(mark, 0, together.start()) for mark in ",。;!?")
        lives = [m.person for m in ledger.people if clause < m.start < together.start()]  # 我娘跟我弟住: she does
        for m in ledger.people if not lives or {mover, COUPLE} & set(lives) or mover not in (SELF, COUPLE) else ():
            if together.start(1) <= m.start < together.end(1) and m.relation != NOBODY:
                key = key_of(m, mover, ledger)
                if key != mover and ({key, key.split("/")[-1]} & {*home_people} or key == SELF or not home_people):
                    return key
    if mover not in (SELF, COUPLE):
        alone = stands_alone(ledger, mover)
        if SELF in home_people and not (alone and mover not in _NEAR_KIN):
            return SELF
        alone = alone or comes_on_merit(ledger, mover)
        if cue("wishes.fetched").search(plain) and not home_people and not (alone and silent(ledger)):
            return SELF if not silent(ledger) or cue("wishes.handed").search(plain) else None
    by_name = [p for p in home_people if p not in (mover, NOBODY, COUPLE, UNNAMED)]
    candidates = [p for p in by_name if mover != SELF or not (p == SELF or by_the_way(ledger, p))]
    return max(candidates, key=lambda p: len(along(ledger, p)) + len(things(ledger.homes, p)) + len(things(ledger.jobs, p)), default=None)
