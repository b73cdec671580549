"""Words for people that are read in a way of their own, by groups, whatever ``data/lexicon/kin.yml`` says they are to the asker."""

from __future__ import annotations

from bot.reading.kin.kinship import NICKNAME, kin
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

PLURAL = frozenset(group("kin_words.plural"))
"""Words for two people or more."""
KINSFOLK = frozenset(group("kin_words.kinsfolk"))
"""Words that a denial turns into nobody (没儿子)."""
ACQUAINTED = frozenset(group("kin_words.acquainted"))
"""Those of them that a denial turns into nobody although they are the asker's (我对象没有)."""
SEVERAL = frozenset(group("kin_words.several"))
"""Words for several relatives of a kind, of whom a denial leaves none (也没兄弟姐妹)."""
CATEGORIES = frozenset(group("kin_words.categories"))
"""Words a rule uses for a class of people (父母投靠那条)."""
OLD = frozenset({"parent", "grandparent", "parent_in_law"})
"""Relations an old person may have."""
YOUNG = frozenset({"child", "grandchild", "step_child"})
"""Relations a child may have whom 孩子 then means."""
NEPHEWS = group("kin_words.nephews")
"""The ends of words for further relatives whom 孩子 may mean."""
BY_RANK = frozenset(group("kin_words.by_rank"))
"""Children, or brothers and sisters, told apart by rank."""
RANKED = frozenset({"child", "sibling", "grandchild", "step_child"})
"""Relations of which there may be several (大的, 小的)."""
ACQUAINTANCES = frozenset(group("kin_words.acquaintances"))
"""Strangers, unless the message is about them."""
HIRED = frozenset(group("kin_words.hired"))
"""Words for people one employs or teaches: of the matter only where they are the asker's (我店里的学徒)."""
CALLERS = frozenset(group("kin_words.callers"))
"""Words of written reports for whoever asks."""
OFFSPRING = frozenset(group("kin_words.offspring"))
"""Words for the child already spoken of."""

WHOSE = frozenset(group("kin_words.whose"))
"""What stands between a possessor and a relative of theirs."""
HOUSEHOLDS = frozenset(group("kin_words.households"))
"""What stands between a grown relative and a child of theirs (大姐|家|孩子)."""
THEIRS = frozenset({"", *group("kin_words.theirs")})
"""What stands between a stranger and a relative of theirs (邻居|家的|媳妇)."""
ONE_OF = frozenset(group("kin_words.one_of")) | {
    where + which for where in group("kin_words.workplaces") for which in ("", *group("kin_words.one_of_those"))
}
"""What stands between the asker and somebody less than near (我|一个|老乡)."""
ONE_OF_THEM = frozenset({"", *group("kin_words.one_of_them")})
"""What stands between asking for somebody and the word that says who (替|一个|亲戚问)."""
LINKS = WHOSE | {"", *group("kin_words.links")}
"""What may stand between two words for people of whom the first owns the second."""
OURS = group("kin_words.ours")
"""What the words for the asker begin with, alone or with others."""
ONESELF = group("kin_words.oneself")
"""自己: whoever the clause is about."""
IN_PERSON = group("kin_words.in_person")
"""本人: the asker, or whoever stands right before it."""
YOUNG_COUPLE = group("kin_words.young_couple")
"""小两口: the asker with the spouse, or a child with theirs."""
FAMILY_OR_FIRM = group("kin_words.family_or_firm")
"""一家: a family, or one firm."""


def one_of_them(words: str) -> bool:
    """Whether words may stand between asking for somebody and the word that says who (替|俺村一个|后生打听)."""
    return words in ONE_OF_THEM or cue("people.one_of_them").fullmatch(words) is not None


def acquainted(word: str) -> bool:
    """Whether a word names a workmate or a neighbour: a stranger, unless the message is about them."""
    return word in ACQUAINTANCES or NICKNAME.fullmatch(word) is not None and word not in kin().relation
