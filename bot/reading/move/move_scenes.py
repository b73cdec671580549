"""Which clauses want somebody's register moved: none of a move that is over or refused, and no rule that is only told."""

from __future__ import annotations

from bot.reading.kin.mention import Mention
from bot.reading.move.moves import goes_to, move_in
from bot.reading.move.scene import Scene
from bot.reading.move.wish import Wish
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue


def scene_of(ledger: Ledger, order: int, plain: str, before: Wish | None, asked: str | None) -> Scene | None:
    """The clause as one that wants somebody moved; ``None`` where it tells of a move that is over, or wants none.

    ``before`` is the wish told last, ``asked`` whom the message says it asks for.
    """
    clause = ledger.clauses[order]
    if clause.hearsay and not cue("wishes.the_asker").search(clause.text):
        return None
    mentions = [m for m in ledger.people if clause.start <= m.start < clause.end]
    move = move_in(clause, mentions, plain)
    if move is None or _wants_none(ledger, clause, order) or not _wants(ledger, clause, order, mentions, plain, before):
        return None
    toward = before.followed if before is not None else None
    return Scene(ledger, clause, order, mentions, move, plain, before is not None, asked, toward)


def _wants_none(ledger: Ledger, clause: Clause, order: int) -> bool:
    """Whether a clause with words of moving refuses the move, tells of one that is over, or only says what the rule is."""
    if cue("wishes.not_for").search(clause.text):
        return True
    after = ledger.clauses[order + 1].text if order + 1 < len(ledger.clauses) else ""
    if cue("wishes.not_so").match(clause.text) and cue("wishes.but_so").match(after):
        return True  # 不是公公投靠我,是我投靠公公
    if cue("wishes.refused").search(clause.text) and not clause.asks:
        return True  # 他不让在他房上落户口; 落户她不愿意
    if cue("wishes.rule").search(clause.text) and not clause.asks:
        return True
    if cue("wishes.not_moving").search(clause.text) and not clause.asks:
        return True  # 她爸妈不迁
    came = cue("wishes.came_already").search(clause.text) and not cue("roles.register").search(clause.text)
    if came and not _then_the_register(ledger, order):
        return True
    if cue("wishes.done").search(clause.text) and not clause.asks:
        return True
    return bool(cue("wishes.past_move").search(clause.text)) and not cue("wishes.wishes_on").search(clause.text)


def _wants(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], plain: str, before: Wish | None) -> bool:
    """Whether a clause with words of moving asks for the move or wishes it, by itself or with the clauses around it."""
    if cue("wishes.want").search(clause.text) or cue("wishes.in_turn").search(clause.text) or clause.asks:
        return True
    return _just_asked(ledger, order) or _goes_on(ledger, order, before) or goes_to(clause, mentions, plain) is not None


def _goes_on(ledger: Ledger, order: int, before: Wish | None) -> bool:
    """Whether the clause continues a wish of the same sentence."""
    if before is None or order == 0 or before.order != order - 1:
        return False
    return ledger.clauses[order - 1].sentence == ledger.clauses[order].sentence


def _then_the_register(ledger: Ledger, order: int) -> bool:
    """Whether the next clause asks of the register of whoever is fetched in this one (想把她接过来跟我住,户口能一块迁吗)."""
    after = ledger.clauses[order + 1] if order + 1 < len(ledger.clauses) else None
    if after is None or after.sentence != ledger.clauses[order].sentence or not after.asks or not cue("roles.register").search(after.text):
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
