"""Who a clause that speaks of moving a register wants moved.

What part a person plays is told by the words around the name, a small table of constructions (cues ``moving.*``):

=============  =====================================  ==========================================
part           words before                           words after
=============  =====================================  ==========================================
moves          把 让 叫 给 接 替 …, or none (subject)   (的户口) 想 能 落 迁 …
is gone to     随 跟 投靠 落到 迁来 上 …                那 家 名下 户口上 落 一块 行不 …
is only named  从 和 在 …, 说 讲 (who retells)         的房 (a dwelling), 来上学 (a reason)
=============  =====================================  ==========================================

Where the words do not say who moves, the message so far does: :mod:`bot.reading.move.mover_unsaid`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.move.mover_unsaid import mover_unsaid
from bot.reading.move.scene import ASKERS, Mover, Scene, booklet_of, is_goal
from bot.reading.record.standing import host, registered_elsewhere, registered_here, words_for
from bot.reading.text.cues import cue


def mover_of(scene: Scene) -> Mover:
    """Who the clause wants moved."""
    named = _cleft(scene) or _invited(scene)
    named = named or _only_this_one(scene) or _to_own_home(scene) or _in_turn(scene) or _handed(scene) or _fetched(scene)
    named = named or _to_this_end(scene) or _subject(scene)
    return named or mover_unsaid(scene)


# -- the constructions -----------------------------------------------------------------------------------------------------
def _named(scene: Scene, m: Mention) -> Mover:
    words = m.words if m.relation != "pronoun" else words_for(scene.ledger, m.person) or m.words
    return Mover(SELF if m.person == COUPLE else m.person, words, True, m.start)


def _cleft(scene: Scene) -> Mover | None:
    """要迁户口的是X: X."""
    found = cue("individuals.the_one").search(scene.clause.text)
    at = scene.clause.start + found.end() if found else -1
    named = next((m for m in scene.mentions if m.start == at and m.relation != NOBODY), None)
    return _named(scene, named) if named is not None else None


def _invited(scene: Scene) -> Mover | None:
    """The asker, whom a relative asks to come."""
    return Mover(SELF, "我", True, -1) if host(scene.ledger, scene.order) is not None else None


def _to_own_home(scene: Scene) -> Mover | None:
    """落X自己房上: X."""
    found = cue("moving.own_place").search(scene.clause.text)
    if found is None:
        return None
    at = scene.clause.start + found.start(1)
    owner = next((m for m in scene.mentions if m.start <= at < m.end), None)
    if owner is None or NOBODY in (owner.relation, owner.person):
        return None
    others = any(m.start < owner.start and m.relation not in (*ASKERS, NOBODY) for m in scene.mentions)
    return None if owner.relation in ASKERS and others else _named(scene, owner)  # 我妈想落我自己买的房上


def _in_turn(scene: Scene) -> Mover | None:
    """先办X的,再办Y的: X, then Y."""
    found = cue("wishes.in_turn").search(scene.clause.text)
    at = scene.clause.start + found.end() - 1 if found else -1
    named = next((m for m in scene.mentions if m.start == at and m.relation != NOBODY), None)
    if named is None or cue("wishes.into_ones_home").match(scene.after(named)):
        return None  # 先落他家
    return _named(scene, named)


def _only_this_one(scene: Scene) -> Mover | None:
    """这回只迁X: X."""
    for m in scene.mentions:
        alone = m.relation not in (NOBODY, COUPLE) and cue("moving.only_moves").search(scene.before(m))
        if alone and cue("moving.and_nobody_else").match(scene.after(m)):  # not 先落他家
            return _named(scene, m)
    return None


def _handed(scene: Scene) -> Mover | None:
    """把X迁来, 让X落; X能带Y迁; 给我落户."""
    return _taken_or_let(scene) or _brought_along(scene) or _settled_for(scene)


def _taken_or_let(scene: Scene) -> Mover | None:
    """把X迁来, 让X落, 给X办."""
    taken = any(_is_taken(scene, m) and m.relation not in (*ASKERS, NOBODY) for m in scene.mentions)
    for m in scene.mentions:
        if _retells(scene, m) or taken and not _is_taken(scene, m):
            continue  # 让媳妇出面把她妈迁来: her mother
        if _is_let(scene, m) or _is_urged(scene, m):
            return _named(scene, m)
        if m.relation != NOBODY and _is_taken(scene, m):
            return _with_those_taken(scene, m)
    return None


def _is_taken(scene: Scene, m: Mention) -> bool:
    """把X迁来."""
    return bool(cue("moving.take").search(scene.before(m)))


def _is_let(scene: Scene, m: Mention) -> bool:
    """让X落."""
    return m.relation not in (*ASKERS, NOBODY) and m.start < scene.move and bool(cue("moving.let").search(scene.before(m)))


def _is_urged(scene: Scene, m: Mention) -> bool:
    """她出主意让我也找个地方落下; not 我妈催我说想迁到我这."""
    urged = m.relation == SELF and m.start < scene.move and cue("moving.urges").search(scene.before(m))
    return bool(urged) and not scene.after(m).startswith(("说", "讲"))


def _with_those_taken(scene: Scene, m: Mention) -> Mover:
    """Who comes where somebody is taken along: the one taken, or the asker with the family."""
    if m.relation == SELF:
        return Mover(SELF, m.words, True, m.start)
    if _as_a_family(scene, m) and not registered_here(scene.ledger, SELF):
        return Mover(SELF, "我", True, m.start)
    return _named(scene, m)


def _as_a_family(scene: Scene, m: Mention) -> bool:
    """Whether the one taken comes with the whole family, and not with somebody named (把婆婆的户口迁来跟我老公一起)."""
    found = cue("moving.with_family").search(scene.after(m))
    at = m.end + found.start() if found else -1
    return found is not None and not any(o.end == at and cue("moving.with_end").search(scene.before(o)) for o in scene.mentions)


def _brought_along(scene: Scene) -> Mover | None:
    """孙女能带奶奶迁户口吗, the asker being the granddaughter: the grandmother."""
    for asker, m in zip(scene.mentions, scene.mentions[1:], strict=False):
        brought = asker.relation in ASKERS or asker.person == SELF
        brought = brought and m.relation not in (*ASKERS, NOBODY) and not registered_elsewhere(scene.ledger, SELF)
        if brought and cue("moving.brings").fullmatch(scene.plain[asker.end : m.start]):
            return _named(scene, m)
    return None


def _settled_for(scene: Scene) -> Mover | None:
    """能用它给我落户吗: the asker."""
    last = scene.mentions[-1] if scene.mentions else None
    if last is None or last.relation != SELF or not cue("moving.give").search(scene.before(last)):
        return None
    return Mover(SELF, last.words, True, last.start) if cue("moving.settled_for").match(scene.after(last)) else None


def _fetched(scene: Scene) -> Mover | None:
    """接X来, 替X办."""
    for m in scene.mentions:
        before = scene.before(m)
        if not cue("moving.let_or_fetch").search(before) or m.relation in (*ASKERS, NOBODY) or m.start >= scene.move + 4:
            continue
        if not cue("moving.give").search(before) or cue("moving.move").search(scene.after(m)):
            return _named(scene, m)
    return None


def _to_this_end(scene: Scene) -> Mover | None:
    """X…迁到我这: X, as nobody moves to themselves (我妈催我说想迁到我这)."""
    goals = [m for m in scene.mentions if m.relation == SELF and cue("moving.my_place").match(scene.after(m)) and is_goal(scene, m)]
    if not goals or scene.mentions[0].relation in ASKERS:
        return None
    coming = [m for m in scene.mentions if m.start < goals[0].start and m.relation not in (*ASKERS, NOBODY)]
    return _named(scene, coming[-1]) if coming else None


# -- the subject -----------------------------------------------------------------------------------------------------------
def _subject(scene: Scene) -> Mover | None:
    """X想落, X的户口能迁: the first name before the move that no word makes a goal, a source or a reason."""
    for m in _before_the_move(scene):
        if cue("moving.accompanied").search(scene.before(m)):
            if _at_the_askers_end(scene, m):
                return Mover(SELF, "我", True, m.start)
        elif not any(passed_over(scene, m) for passed_over in _NO_SUBJECT):
            return _named(scene, m)
    return None


def _before_the_move(scene: Scene) -> Iterator[Mention]:
    """Whoever opens the clause, and those named before the word that moves a register, or just behind it."""
    end = max(scene.move, scene.clause.start + 1) + 2
    return takewhile(lambda m: m.start < end or m.start <= scene.clause.start, scene.mentions)


def _at_the_askers_end(scene: Scene, m: Mention) -> bool:
    """Whether it is the asker who comes along with the one named."""
    before = scene.before(m)
    return bool(cue("moving.with_end").search(before) and cue("moving.asker_end").search(before[:-1]))


def _asker_goes_too(scene: Scene, m: Mention) -> bool:
    """Whether the asker, who is registered elsewhere, wants to go along with the one named."""
    return bool(cue("moving.along_too").search(scene.before(m))) and registered_elsewhere(scene.ledger, SELF)


def _is_this_end(scene: Scene, m: Mention) -> bool:
    """Whether the name is but that of a place (我这边)."""
    return m.relation in (SELF, "pronoun") and bool(cue("moving.this_end").match(scene.after(m)))


def _retells(scene: Scene, m: Mention) -> bool:
    """Whether a relative only says what follows."""
    return m.relation not in ASKERS and bool(cue("moving.speaks").match(scene.plain, m.end))


def _tells_of_another(scene: Scene, m: Mention) -> bool:
    """俺家老二说他同学落户人家要社保: whether a relative tells of somebody of no matter to the case."""
    after = [o for o in scene.mentions if m.end <= o.start < max(scene.move, m.end)]
    if m.relation in ASKERS or not after or after[-1].relation != NOBODY:
        return False
    return bool(cue("moving.tells_of").match(scene.after(m)))


def _only_asks(scene: Scene, m: Mention) -> bool:
    """俺替她问能不能起过来."""
    return m.relation in ASKERS and bool(cue("moving.asks_for").match(scene.after(m)))


def _only_owner(scene: Scene, m: Mention) -> bool:
    """Whether the asker is only named as somebody's relative (我有个远房侄子想来落)."""
    after = next((o for o in scene.mentions if o.start >= m.end), None) if m.relation in ASKERS else None
    return (
        after is not None
        and after.relation not in (*ASKERS, "pronoun")
        and bool(cue("moving.has_one").fullmatch(scene.plain[m.end : after.start]))
    )


def _stranger_who_stays(scene: Scene, m: Mention) -> bool:
    """Whether somebody of no matter to the case is named, and no word of a move follows."""
    return m.relation == NOBODY and not cue("moving.move").search(scene.after(m))


def _only_their_side(scene: Scene, m: Mention) -> bool:
    """Whether the name is but that of a relative's place or home (她那边)."""
    named = m.relation not in (*ASKERS, "pronoun", NOBODY) and not m.plural
    return named and bool(cue("moving.their_side").match(scene.after(m)))


def _only_a_reason(scene: Scene, m: Mention) -> bool:
    """Whether a relative is named for the sake of a reason (孩子来上学)."""
    return m.relation not in (*ASKERS, NOBODY) and bool(cue("moving.for_a_reason").match(scene.after(m)))


_NO_SUBJECT: tuple[Callable[[Scene, Mention], bool], ...] = (
    _asker_goes_too,
    booklet_of,  # 公公户口在外地,想上我们这个本
    _is_this_end,
    _retells,
    _only_asks,
    _only_owner,
    _tells_of_another,
    _stranger_who_stays,
    _only_their_side,
    _only_a_reason,
)
"""Why the one named is not who moves."""
