"""What a short message amid somebody's case asks of that case, told by its words alone: 那咋办, 为啥不行, 到底行不行, 那补上了呢.

Such messages hold no word of the documents, so the classifier hears anything in them; what they mean is what came before.
"""

from __future__ import annotations

from bot.reading.text.clauses import condition
from bot.reading.text.cues import cue

WHAT_TO_DO, WHY_NOT, VERDICT, WITH_THEM, WHERE_TO = "what_to_do", "why_not", "verdict", "with_them", "where_to"
INSURED_FOR = "insured_for"
CONDITIONS, WHO_DECIDES, CERTAIN, BASIS, WHY_SO = "conditions", "who_decides", "certain", "basis", "why_so"
WHEN = "when"
_KINDS = (
    (WHAT_TO_DO, cue("follow_up.what_to_do")),
    (WHY_NOT, cue("follow_up.why_not")),
    (VERDICT, cue("follow_up.verdict")),
    (WITH_THEM, cue("follow_up.with_them")),
    (WHERE_TO, cue("follow_up.where_to")),
    (WHERE_TO, cue("follow_up.at_the_shop")),
    (INSURED_FOR, cue("follow_up.insured_for")),
    (CONDITIONS, cue("follow_up.conditions")),
    (WHO_DECIDES, cue("follow_up.who_decides")),
    (CERTAIN, cue("follow_up.certain")),
    (BASIS, cue("follow_up.basis")),
    (WHY_SO, cue("follow_up.why_so")),
    (WHEN, cue("follow_up.when")),
)
_WHAT_IF, _MARKS = cue("follow_up.what_if"), " ,。;?!~…"
_LIES_THERE, _PLACE_ASKED = cue("follow_up.lies_there"), cue("follow_up.place_asked")
_AFTER_ALL = cue("follow_up.after_all")
_HALF_ASKED = cue("follow_up.half_asked")
_TONE = cue("follow_up.tone")
_FOLLOWS_ASKED = cue("follow_up.follows_asked")
_TO_BE_DONE, _BEFOREHAND = cue("follow_up.to_be_done"), cue("follow_up.beforehand")
_THANKS, _GREETS = cue("follow_up.thanks"), cue("follow_up.greets")
_CONSENTS, _COUNTS = cue("follow_up.consents"), cue("follow_up.counts_as_consent")
_LANDS, _LANDS_ASKED, _LIES_NOW = cue("follow_up.lands"), cue("follow_up.lands_asked"), cue("follow_up.lies_now")
_OF_SELF, _BACK, _ELSEWHERE = cue("follow_up.of_self"), cue("follow_up.back"), cue("follow_up.elsewhere")


def follow_up(plain: str) -> str | None:
    """What the plain text asks of the case spoken of, where it asks nothing else; otherwise ``None``.

    ``what_to_do``, ``why_not`` and ``verdict``, or ``with_them``: whether the asker may follow whoever was spoken of (那我跟她落),
    ``where_to``: where the register is put (落哪), ``insured_for``: how long insurance must have been paid (要交几个月), or of what was
    said last ``conditions`` (条件是什么), ``who_decides`` (谁来认定), ``certain`` (一定给办吗), ``basis`` (依据是哪一条), ``why_so``
    (为啥非得一年) and ``when`` (啥时候能).
    """
    words = plain.strip(_MARKS)
    return next((kind for kind, expression in _KINDS if expression.fullmatch(words)), None)


def of_each_place(plain: str) -> bool:
    """Whether it is asked of every place at once: 两边各依据哪条."""
    return cue("follow_up.each").search(plain) is not None


def consents(plain: str) -> tuple[str, bool] | None:
    """Who agrees or does not, in their own words, and which of the two, where the text says nothing else."""
    found = _CONSENTS.fullmatch(plain.strip(_MARKS))
    return (found["who"], not (found["no"] or found["no_2"])) if found else None


def counts_as_consent(plain: str) -> bool:
    """Whether it is asked if what was told counts as consent, and nothing else: 那这算同意不."""
    return _COUNTS.fullmatch(plain.strip(_MARKS)) is not None


def of_oneself(plain: str) -> bool:
    """Whether the asker speaks of themselves (那我能落吗), who may not be the one whose case it is."""
    return _OF_SELF.search(plain) is not None


def what_if(plain: str) -> str | None:
    """What is supposed to be otherwise (要是补上了呢: 补上了, 她要是离了呢: 她离了, 满一年就行吧: 满一年).

    ``None`` where the text supposes nothing.
    """
    found = _WHAT_IF.fullmatch(plain.strip(_MARKS))
    return "".join(what for what in found.groups() if what) or None if found else condition(plain)


def half_asked(plain: str) -> str | None:
    """What half a question ending in 呢 puts (没房呢: 没房); ``None`` where it goes on telling (还有五个月呢) or asks in full."""
    found = _HALF_ASKED.fullmatch(_AFTER_ALL.sub("", plain.strip(_MARKS)))
    return found["what"] if found else None


def come_about(what: str) -> str:
    """What is supposed, told as if it had come about: 补个备案: 备案补了, 他迁走: 他迁走了."""
    done = _TO_BE_DONE.sub(r"\1\3\2", what, count=1)
    return done if done.endswith("了") else f"{done}了"


def lands(plain: str) -> str | None:
    """Where else the register would go (落临清呢, 落临清: 临清), where the text says nothing else; otherwise ``None``."""
    found = _LANDS.fullmatch(_LANDS_ASKED.sub("", plain.strip(_MARKS)))
    return found["where"] if found else None


def lies_there(plain: str) -> str | None:
    """The home or work that is put in another place, told plainly (茌平的房呢: 房在茌平); ``None`` where nothing is."""
    found = _LIES_THERE.fullmatch(plain.strip(_MARKS))
    return f"{found['what']}在{found['where']}" if found else None


def place_asked(plain: str) -> str | None:
    """What stands alone before a 呢 that may be the name of a place (高新区呢, 那临清那边呢: 临清)."""
    found = _PLACE_ASKED.fullmatch(plain.strip(_MARKS))
    return found["where"] if found else None


def asks_of_landing(plain: str) -> bool:
    """Whether the text ends as a question after another place does (…呢, …行不)."""
    return _LANDS_ASKED.search(plain.strip(_MARKS)) is not None


def lies_now(plain: str) -> str:
    """The plain text with where a home or work is by now told plainly (房子改到临清: 房子在临清); any other text as it is."""
    found = _LIES_NOW.match(plain)
    return f"{found['what']}在{found['where']}{plain[found.end() :]}" if found else plain


def puts_elsewhere(plain: str) -> bool:
    """Whether a job, a shop or insurance is said to be in some place (要是饭店在张店呢, 交在济南呢), and not the register."""
    return cue("follow_up.puts_elsewhere").search(plain) is not None


def works_there_not_here(rest: str) -> bool:
    """Whether the rest of a text without the name of a place asks why it works there and not here: 为啥行这里不行."""
    return cue("follow_up.there_not_here").fullmatch(rest.strip(_MARKS)) is not None
def follows_asked(plain: str) -> bool:
    """Whether it is asked whether one may follow somebody (投靠爸妈行吗)."""
    return _FOLLOWS_ASKED.search(plain) is not None


def at_the_shop(plain: str) -> bool:
    """Whether it is asked if the register may be put at the shop (落我店里行不)."""
    return cue("follow_up.at_the_shop").fullmatch(plain.strip(_MARKS)) is not None


def beforehand(plain: str) -> bool:
    """Whether it is asked whether the register may be moved ahead of something (能提前落吗), which one rule may be about."""
    return _BEFOREHAND.search(plain) is not None


def back_to(rest: str) -> bool:
    """Whether what is said beside the name of a place only turns to that place: 再说聊城, 还是看临淄吧."""
    return _BACK.fullmatch(rest.strip(_MARKS)) is not None


def speaks_of_elsewhere(plain: str) -> bool:
    """Whether a place is meant that is not named: 那边呢, 换个地方行不."""
    return _ELSEWHERE.search(plain) is not None


def untoned(text: str) -> str:
    """The text without the words that only press for an answer (你就说租房行不行, 租房行不行你直接说: 租房行不行)."""
    return _TONE.sub("", text)


def thanks(plain: str) -> bool:
    """Whether somebody gives thanks in so many words; 好的 alone may be meant as an answer."""
    return _THANKS.search(plain) is not None


def greets(plain: str) -> bool:
    """Whether a greeting is said in so many words."""
    return _GREETS.search(plain) is not None
