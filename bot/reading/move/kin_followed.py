"""What kinship makes of a wish: a following named by its kind (父母投靠子女), in-laws come to their own, and what one is to the other."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin.family import related
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation, kin
from bot.reading.move.wish import Wish
from bot.reading.record.ledger import ONES_OWN, Ledger, along, things
from bot.reading.record.standing import gone, lies_here, own_word, parted, registered_elsewhere, registered_here, words_for
from bot.reading.text.cues import cue

_OWN_BLOOD = frozenset({"sibling", "grandparent"})
_KINDS = (
    (cue("wishes.parents_to_child"), "parent", "child"),
    (cue("wishes.child_to_parents"), "child", "parent"),
    (cue("wishes.elder_to_grandchild"), "grandparent", "grandchild"),
    (cue("wishes.grandchild_to_elder"), "grandchild", "grandparent"),
)


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


# -- kinds of following ----------------------------------------------------------------------------------------------------
def of_a_kind(ledger: Ledger, plain: str) -> Wish | None:
    """The wish of a message that names a following by its kind (父母投靠子女那条), and tells of the one relative it can mean.

    The asker is the one or the other: whoever of the two is told to be registered elsewhere moves.
    """
    if (named := _mover_and_followed(ledger, plain)) is None:
        return None
    mover, followed = named
    return Wish(mover, words_for(ledger, mover), followed, followed_relation(mover, followed), -1, mover != SELF)


def _mover_and_followed(ledger: Ledger, plain: str) -> tuple[str, str] | None:
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


def to_one_of_the_kind(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """A wish that names nobody gone to, in a message that names the kind of following (按子女随父母这条): the one it can mean."""
    for kind, _, relation in _KINDS if wish.followed is None and wish.person not in (SELF, COUPLE) else ():
        who = (m.person for m in ledger.people if m.person != wish.person and followed_relation(wish.person, m.person) == relation)
        if kind.search(plain) and (gone_to := next(who, None)) is not None:
            return replace(wish, followed=gone_to, relation=relation)
    return wish


def to_the_relative(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """The asker's wish to go by the way of relatives (用投靠亲属这一条), which names none, in a message that tells of one: to that one."""
    if wish.person != SELF or wish.followed is not None or not cue("wishes.by_kinship").search(plain):
        return wish
    named = {m.person for m in ledger.people if m.relation not in (SELF, COUPLE, NOBODY, "pronoun")} - {SELF, COUPLE, NOBODY}
    one = named.pop() if len(named) == 1 else None
    return wish if one is None else replace(wish, followed=one, relation=relation_of(ledger, SELF, one))


def of_a_couple(ledger: Ledger, found: list[Wish], plain: str) -> Wish | None:
    """Husband or wife, where the message speaks of couples following one another (夫妻投靠) and names nobody else."""
    if not cue("wishes.couple_follows").search(plain) or any(m.relation == "fiance" for m in ledger.people):
        return None
    if found and (found[0].person != SELF or found[0].followed is not None):
        return None
    if registered_here(ledger, SELF) and not registered_here(ledger, "spouse"):
        return Wish("spouse", words_for(ledger, "spouse"), SELF, "spouse", -1, True)
    return Wish(SELF, "", "spouse", "spouse", -1, bool(found) and found[0].spoken)


# -- the own child ---------------------------------------------------------------------------------------------------------
def told_as_parents(ledger: Ledger, wish: Wish) -> Wish:
    """The parents of a question by its kind (外地父母投靠独生女), where the asker turns out to be one of them (俺老两口户口在…)."""
    bare = [m for m in ledger.people if m.person == "parent" and m.relation != "pronoun"]
    speaks = any(m.relation == COUPLE and cue("wishes.old_couple").match(m.words) for m in ledger.people)
    if wish.person != "parent" or not speaks or not all(m.bare for m in bare) or not any(m.person == "child" for m in ledger.people):
        return wish
    return replace(wish, person=SELF, words="", followed="child", relation="child")


def told_as_child(ledger: Ledger, wish: Wish) -> Wish:
    """The child of a question by its kind (我结婚了,爸妈在…,嫁出去的闺女能迁到爸妈那吗), where the asker is who it tells of."""
    clause = ledger.clauses[wish.order] if 0 <= wish.order < len(ledger.clauses) else None
    named = [m for m in ledger.people if m.person == "child" and clause is not None and clause.start <= m.start < clause.end]
    own = any(m.person == "parent" and m.relation == "parent" for m in ledger.people)
    if clause is not None and any(m.relation in (SELF, COUPLE) and named[0].end <= m.start < clause.end for m in ledger.people if named):
        return wish  # 成了家的儿子能随我们过来不: the asker's own
    if wish.person != "child" or not own or not named or not any(m.person == SELF for m in ledger.people if m.start < named[0].start):
        return wish
    if clause is None or not all(m.bare for m in named) or not cue("wishes.kind_of_child").search(clause.text):
        return wish
    return replace(wish, person=SELF, words="", followed="parent", relation="parent")


def to_own_child(ledger: Ledger, wish: Wish) -> Wish:
    """A parent-in-law who comes to a couple's home comes to the own child, of whom, or of both, the home or the register is told."""
    if wish.person == "child_in_law" and wish.followed == SELF and _married_here(ledger):
        return replace(wish, followed="child", relation="spouse")
    led = wish.person == "parent_in_law" and any(cue("wishes.through_spouse").search(c.text) for c in ledger.clauses)
    if not led and (wish.followed is None or not comes_to_own_child(ledger, wish.person, wish.followed)):
        return wish
    return replace(wish, followed="spouse", relation="child")


def to_own_relative(ledger: Ledger, wish: Wish) -> Wish:
    """The asker's own brother or grandmother who is to go to the home of the asker's husband or wife: it is the asker who is their kin.

    Of parents the documents ask in whose name the home is.
    """
    own = wish.person in _OWN_BLOOD and wish.followed == "spouse" and 0 <= wish.order < len(ledger.clauses)
    return wish.to(SELF) if own and cue("wishes.into_their_home").search(ledger.clauses[wish.order].text) else wish


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
