"""Where a clause speaks of moving a register, in words of moving or of one person's going to another."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUNS, SELF
from bot.reading.kin.mention import Mention
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)


def move_in(clause: Clause, mentions: list[Mention], plain: str) -> int | None:
    """The offset in the plain text where the clause speaks of moving a register, ``None`` where it does not.

    Going along with somebody (能跟他走不, 叫他随我行吗) is one as soon as the clause wants it.
    """
    if found := cue("moving.move").search(clause.text):
        if cue("moving.booklet").search(clause.text[found.start() : found.end() + 1]):
            return None  # 办家庭户口簿 moves nobody
        wish = cue("moving.wish_before").match(found.group())  # 想让她|随父母: who stands between is the one to move
        return clause.start + found.start() + (wish.end() if wish else 0)
    if (come := cue("moving.let_come").search(clause.text)) and cue("moving.register").search(plain):
        return clause.start + come.start("come")
    if (loosely := _loosely(clause, plain)) is not None:
        return loosely
    for m in mentions:
        if m.relation != NOBODY and cue("moving.right_before").search(plain[clause.start : m.start]):
            return m.start - 1
    if (clause.asks or cue("moving.register").search(plain)) and (to := goes_to(clause, mentions, plain)) is not None:
        return to.start - 1
    for m in mentions:
        asked = (
            clause.asks
            and cue("moving.qualifies").match(plain, m.end)
            or (cue("wishes.asks_only").search(plain[clause.start : m.start]) and cue("moving.the_register_of").match(plain, m.end))
        )
        if asked and m.relation not in (*_ASKERS, NOBODY):
            return m.end
    for m in mentions:
        along_with = cue("moving.along_with").search(plain[clause.start : m.start])
        if along_with and cue("moving.goes_along").match(plain[m.end : clause.end]) and cue("moving.register").search(plain):
            return clause.start + along_with.start()
    return None


def _loosely(clause: Clause, plain: str) -> int | None:
    """The offset of words that move anything (过到爷爷名下, 给他弄过来), where a register is spoken of."""
    passed = cue("moving.into_a_name").search(clause.text)
    if passed and cue("moving.of_a_register").search(plain[: clause.start + passed.end()]):
        return clause.start + passed.start("move")
    if (loose := cue("moving.moves_loosely").search(clause.text)) and cue("moving.register").search(plain):
        verb = next(reversed(list(cue("moving.loose_verb").finditer(loose.group()))), None)
        return clause.start + loose.start() + (verb.start() if verb else 0)
    return None


def goes_to(clause: Clause, mentions: list[Mention], plain: str) -> Mention | None:
    """Whom the clause says somebody named in it goes to (丈母娘随女婿落, 老两口过去投儿子), in the present."""
    for before, m in zip(mentions, mentions[1:], strict=False):
        named = (
            m.relation != NOBODY and m.words not in PRONOUNS and before.relation != NOBODY and not cue("moving.gone_to").match(plain, m.end)
        )
        words = cue("moving.goes_to").search(plain[clause.start : m.start])
        # 孩子户口随他妈 tells where a register is; 随女婿落 and 投儿子 want one moved.
        if named and words and (clause.asks or words.group().startswith("投") or cue("moving.gets_there").match(plain, m.end)):
            return m
    return None
