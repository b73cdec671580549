"""Words that decide what a question is about: the documents' own (近亲属, 稳定住所), and those of matters beside them (违约金, 物业费)."""

from __future__ import annotations

import re

from bot.reading.text.cues import cue

_OF, _ASKS, _NEIGHBOUR = cue("terms.of"), cue("terms.asks"), cue("terms.neighbour")
_MEASURED = cue("terms.measured")
_SENTENCE = re.compile("[。;?!]+")


def term_asked(plain: str) -> str | None:
    """The topic of a word of the documents, where it is asked what that takes in: 近亲属都指谁, 摊位算经营场所吗."""
    for sentence in _SENTENCE.split(plain):
        named = _OF.search(sentence)
        if named and _ASKS.search(sentence):
            return named.lastgroup
    return None


def word_alone(plain: str) -> str | None:
    """The topic of a word of the documents that is all a message says (居住证, 宅基地呢), as if looked up."""
    named = cue("terms.alone").fullmatch(plain.strip(" ,。;?!"))
    return named.lastgroup if named else None


def measured_by_a_term(plain: str) -> str | None:
    """The topic of a word of the documents that something is asked to come under: 宿舍算不算有合法稳定住所."""
    named = _OF.search(plain)
    return named.lastgroup if named and _MEASURED.search(plain[: named.start()]) else None


def neighbour_named(plain: str) -> str | None:
    """The matter, of those that no document regulates, that a word of its own names."""
    named = _NEIGHBOUR.search(plain)
    return named.lastgroup if named else None


def of_higher_rank(plain: str) -> bool:
    """Whether a text of the province or the state is asked for (国务院的文件原文), not what a document here rests on."""
    return cue("terms.higher").search(plain) is not None


def of_another_nation(plain: str) -> bool:
    """Whether the message names somebody of another nationality, or of Hong Kong, Macao or Taiwan (越南籍的, 老婆是韩国的)."""
    return cue("terms.foreigner").search(plain) is not None


def finer_topic(plain: str) -> str | None:
    """The topic that a word of its own tells apart from the one it sounds like: 农村集体户 is no 集体户 of a community."""
    named = cue("terms.finer").search(plain)
    return named.lastgroup if named else None


def way_counted(plain: str) -> str | None:
    """The way to settle that is named beside what is counted: 租房落户要交几个月社保."""
    named = cue("terms.way_counted").search(plain)
    return named.lastgroup if named else None


def way_named(plain: str) -> str | None:
    """The way to settle that a word of its own names, whatever the message sounds like: 买房落户要带啥,几天."""
    named = cue("terms.way").search(plain)
    return named.lastgroup if named else None


def ways_named(plain: str) -> tuple[str, ...]:
    """Every way that a message names, each once (租房要备案吗,公租房要不要)."""
    return tuple(dict.fromkeys(str(named.lastgroup) for named in cue("terms.way").finditer(plain)))


def of_other_papers(plain: str) -> bool:
    """Whether papers are those of something beside settling: of a home let out (租给别人要备案吗), or of one applied for."""
    return bool(cue("terms.other_papers").search(plain))


def papers_of_a_way(plain: str) -> str | None:
    """The way where a message names it and asks what to bring, and says nothing more (租房要啥材料)."""
    named = cue("terms.way_papers").match(plain)
    return named.lastgroup if named else None


def of_the_landlord(plain: str) -> bool:
    """Whether it is asked what the owner of a rented home agrees to, and of no dispute over the rent."""
    return landlord_refuses(plain) or bool(cue("terms.landlord_agrees").search(plain)) and not cue("terms.rent_dispute").search(plain)


def landlord_refuses(plain: str) -> bool:
    """Whether the owner of a rented home is said not to let somebody register there."""
    return bool(cue("terms.landlord_refuses").search(plain)) and not cue("terms.rent_dispute").search(plain)


def asks_as_a_tenant(plain: str) -> bool:
    """Whether a tenant asks to register in the home rented, whoever else has a register there."""
    return bool(cue("terms.as_tenant").search(plain))


def asks_as_a_landlord(plain: str) -> bool:
    """Whether the owner of a home that is let asks if a tenant who is to register there needs the owner's word."""
    return bool(cue("terms.as_landlord").search(plain))


def asks_the_assistant(plain: str) -> bool:
    """Whether the assistant itself is asked about: 你叫啥, 您是哪位."""
    return bool(cue("terms.of_the_assistant").match(plain))
