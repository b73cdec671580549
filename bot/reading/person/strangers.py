"""Messages told of a workmate or a neighbour: a stranger otherwise, and the one who wants to register here.

Such a message names nobody else, and the asker only as whoever asks (我替工友问) or knows them (我同事).
"""

from __future__ import annotations

import re

from bot.reading.kin.kin_words import FAMILY_OR_FIRM, ONESELF, acquainted
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, kin
from bot.reading.text.cues import cue

_NEAR = 10


def told_of_a_stranger(plain: str) -> bool:
    """Whether the message is about a workmate, a neighbour or somebody from the same street."""
    relation = kin().relation
    named = askers = 0
    theirs = -1  # where the name of the stranger's own child begins (邻居家|孩子)
    for match in kin().pattern.finditer(plain):
        word, start, end = match.group(), match.start(), match.end()
        if start == theirs:
            continue
        kind = relation.get(word, "")
        if acquainted(word) or cue("people.form_of_address").fullmatch(word):
            child = _child_after(plain, end) if acquainted(word) else None
            if not named and not _opens(plain, start, end, with_child=child is not None):
                return False
            theirs = child if child is not None else theirs
            named += 1
        elif word in FAMILY_OR_FIRM and cue("people.one_firm").match(plain, end):
            continue
        elif kind in (SELF, COUPLE) and word not in ONESELF:
            if not _only_asks(plain, start, end):
                return False
            askers += 1
        elif kind not in ("", PRONOUN, NOBODY) and word not in ONESELF:
            return False
    return named > 0


def asked_about(plain: str) -> tuple[int, int] | None:
    """The words for somebody of no kin whom the message is about, though it may tell of the asker too (替同事问,我有房他没有).

    ``None`` where it is about nobody of the sort: whom it asks for is a relative, an office, or the asker himself.
    """
    if (tenant := tenant_named(plain)) is not None:
        return tenant
    if (hand := hand_named(plain)) is not None:
        return hand
    for said, surely in ((cue("strangers.on_behalf"), True), (cue("strangers.sends"), False), *_NAMED):
        for found in said.finditer(plain):
            who = found.group("who")
            of_no_kin = cue("strangers.of_no_kin").search(who)
            if cue("strangers.nobody_of").search(who) or not of_no_kin and _is_kin(plain, found.start(), found.end("who")):
                continue
            rest = plain[found.end() :]
            if surely or cue("strangers.told_of_him").search(rest) or not cue("strangers.told_of_me").search(rest):
                return found.span("who")
    return None


def of_ones_work(plain: str) -> re.Match[str] | None:
    """Where the message names somebody from where the asker works (单位有个女员工; 招了个云南小伙开叉车): the group ``who``."""
    return cue("strangers.of_ones_work").search(plain) or cue("strangers.taken_on").search(plain)


def hand_named(plain: str) -> tuple[int, int] | None:
    """The words for somebody from where the asker works (我手底下一个司机, 有个女员工), who is told of as one who wants a register.

    ``None`` where the asker wants one too: a workmate then is only named to compare with.
    """
    found = of_ones_work(plain) or cue("strangers.opens_told").match(plain)
    if found is None:
        return None
    rest = plain[found.end("who") :]
    if not rest.startswith(",") and cue("strangers.by_the_way").match(rest):
        return None
    wants = cue("strangers.then_wants").match(rest) or cue("strangers.he_wants").search(rest)
    return found.span("who") if wants and not cue("strangers.asker_wants").search(plain) else None


def tenant_named(plain: str) -> tuple[int, int] | None:
    """The words for the tenant whose register a landlord asks about (我的房租给个小伙子,他想落户).

    ``None`` where the asker lets no home to anybody, or to somebody who wants no register there.
    """
    found = cue("strangers.tenant").search(plain)
    if found is None or not cue("strangers.lets").search(plain) or not cue("strangers.tenant_registers").search(plain):
        return None
    return found.span(str(found.lastgroup))


_NAMED = ((cue("strangers.wants"), True), (cue("strangers.asked_about"), True))


def _is_kin(plain: str, start: int, end: int) -> bool:
    """Whether the last word of the stretch is one for a relative or a friend (我姐, 邻居家儿子)."""
    last = None
    for match in kin().pattern.finditer(plain, start, end):
        last = match
    return last is not None and last.end() == end and kin().relation.get(last.group(), "") not in ("", NOBODY)


def _child_after(plain: str, end: int) -> int | None:
    """Where the name of a stranger's child begins, right behind the stranger (邻居家|孩子, 同事的|闺女)."""
    link = cue("strangers.household").match(plain, end)
    child = kin().pattern.match(plain, link.end()) if link else None
    return child.start() if child is not None and kin().relation.get(child.group()) == "child" else None


def _opens(plain: str, start: int, end: int, with_child: bool = False) -> bool:
    """Whether the message begins with the stranger, or says that it asks for him, and he neither speaks nor helps."""
    before = plain[max(0, start - _NEAR) : start]
    title = kin().pattern.match(plain, end)
    if title is not None and cue("people.form_of_address").fullmatch(title.group()):
        end = title.end()
    asked = cue("strangers.asked_for").search(before)
    spoken = bool(asked or cue("strangers.opens").search(plain[:start]))
    return spoken and (with_child or not cue("strangers.by_the_way").match(plain, end))


def _only_asks(plain: str, start: int, end: int) -> bool:
    """Whether 我 only asks, is asked to, or is whom the stranger works with."""
    asks = cue("strangers.asker_after").match(plain, end) or cue("strangers.asker_before").search(plain[max(0, start - _NEAR) : start])
    return bool(asks)
