"""Clauses of a message and how each is meant: as a fact, a plan, the past, hearsay, a supposition or a question."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.text.cues import cue

_END = cue("clauses.end")
LONGEST = 80  # a stretch with no mark in it is read in pieces, so that reading stays linear
_SENTENCE = cue("clauses.sentence")
# A new clause also begins where the speaker turns without a comma.
_TURN = cue("clauses.turn")
_OTHER_SIDE = cue("clauses.other_side")
_RUN_ON = cue("clauses.run_on")
_BREATH = 22  # more than this is hardly said in one clause: whoever dictates sets no marks, so it is cut where a new subject begins

PLAN = cue("clauses.plan")
SUPPOSE = cue("clauses.suppose")
URGED = cue("clauses.urged")
HEARSAY = cue("clauses.hearsay")
COUNTED = cue("clauses.counted")
PAST = cue("clauses.past")
PRESENT = cue("clauses.present")
_PAST_EVENT = cue("clauses.past_event")
HEDGE = cue("clauses.hedge")
QUESTION = cue("clauses.question")
CORRECTION = cue("clauses.correction")
TAKEN_BACK = cue("clauses.taken_back")


@dataclass(frozen=True)
class Clause:
    """A stretch of the plain text between two marks, and how it is meant.

    ``sentence`` numbers the sentence it stands in; ``hearsay``, ``hedged`` and ``asks`` hold for the whole clause (what is taken back,
    前面说成正式工不对, is nobody's word either); ``past`` is
    set where the clause, or one before it that it continues, tells what used to be; ``condition`` where all of it only asks whether
    something would be enough (see :func:`condition`).
    """

    start: int
    end: int
    text: str
    sentence: int
    hearsay: bool
    hedged: bool
    asks: bool
    past: bool
    condition: bool = False

    def planned(self, at: int) -> bool:
        """Whether what stands at offset ``at`` of the clause is only planned, supposed, urged, or asked whether it counts as that."""
        before = self.text[:at]
        let = _LET_ALREADY.search(self.text)
        if let is not None and at < let.end():
            return self.counted(at)  # 想在村里租的院子上落户: only the register is to come
        return self.counted(at) or any(
            True for pattern in (PLAN, SUPPOSE, URGED) for m in pattern.finditer(self.text) if m.start() <= at and m.start() <= len(before)
        ) and not _settled(self.text, at)

    def counted(self, at: int) -> bool:
        """Whether what stands there is the kind that something is asked to belong to (我这算不算有房, 摊位叫独立门面吗)."""
        asked = COUNTED.search(self.text)
        return asked is not None and asked.start() < at

    def past_at(self, at: int) -> bool:
        """Whether what stands at offset ``at`` of the clause is over by now."""
        last = [m.start() for m in PAST.finditer(self.text) if m.start() <= at]
        if not last:
            return self.past and not any(m.start() <= at for m in PRESENT.finditer(self.text))
        return not any(last[-1] < m.start() <= at for m in PRESENT.finditer(self.text))


def _settled(text: str, at: int) -> bool:
    """Whether a word between the plan and the place says that it is no plan (打算迁户口, 已经买了房)."""
    plans = [m.end() for pattern in (PLAN, SUPPOSE) for m in pattern.finditer(text) if m.start() <= at]
    between = text[max(plans) : at] if plans else ""
    return bool(cue("clauses.settled").search(between))


_LET_ALREADY = cue("clauses.let_already")
_WHETHER = cue("clauses.whether_to_settle")
_CONDITION, _NO_CONDITION = cue("clauses.condition"), cue("clauses.no_condition")
_IF = cue("clauses.if")
_BESIDE = " ,。;?!~…"


def condition(text: str) -> str | None:
    """What a clause asks to be enough or needed (满一年就能落了吧, 得满一年才行吗: 满一年); ``None`` where it asks nothing of the kind.

    Nobody tells such a thing of themselves by asking for it: it is a fact no more than what is planned.
    """
    asked = _CONDITION.fullmatch(text.strip(_BESIDE))
    if asked is None:
        return None
    what = asked["enough"] or asked["begun"]
    return None if _NO_CONDITION.search(what) else _IF.sub("", what) or None


def statement(text: str) -> str:
    """A clause without the question at its end (房东不同意|能落户吗), which leaves what comes before it as told or supposed."""
    asked = _WHETHER.search(text)
    return text[: asked.start()] if asked else text


def split(plain: str) -> list[Clause]:
    """The clauses of the text from left to right; brackets hold clauses of their own."""
    pieces: list[tuple[int, int, str]] = []
    at = 0
    for mark in _END.finditer(plain):
        pieces.append((at, mark.start(), mark.group()))
        at = mark.end()
    pieces.append((at, len(plain), ""))
    clauses: list[Clause] = []
    sentence, past = 0, False
    for start, end, stop in pieces:
        turns = {m.start() for m in _TURN.finditer(plain[start:end])} | {m.end() for m in _OTHER_SIDE.finditer(plain[start:end])}
        if end - start > _BREATH:
            turns |= {m.start() for m in _RUN_ON.finditer(plain[start:end])}
        cuts = [start, *[start + turn for turn in sorted(turns)], end]
        cuts = [low + step for low, high in zip(cuts, cuts[1:], strict=False) for step in range(0, max(high - low, 1), LONGEST)] + [end]
        for low, high in zip(cuts, cuts[1:], strict=False):
            text = plain[low:high]
            if not text:
                continue
            begins = bool(PAST.search(text)) and not _PAST_EVENT.search(text)
            present = list(PRESENT.finditer(text))
            carried = past and not present
            asks = bool(QUESTION.search(text)) or (high == end and "?" in stop)
            said = not HEARSAY.search(text) and not TAKEN_BACK.search(text)
            hedged, only_if = bool(HEDGE.search(text)), condition(text) is not None
            clauses.append(Clause(low, high, text, sentence, not said, hedged, asks, carried, only_if))
            if begins:
                past = not (present and present[-1].start() > [m.start() for m in PAST.finditer(text)][-1])
            elif present:
                past = False
        if _SENTENCE.search(stop):
            sentence += 1
            past = False
    return clauses
