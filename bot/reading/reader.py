"""The fact reader: what a message says about who wants to register, and nothing it does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.policy.vocabulary import Vocabulary
from bot.reading.claims import collect
from bot.reading.frame import FactReading, Frame, assemble, spell
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, UNNAMED, followed_relation
from bot.reading.move.landlord import of_the_tenant
from bot.reading.move.taken_from import of_the_mover
from bot.reading.move.wish import Wish
from bot.reading.move.wishes import find_wishes
from bot.reading.notes import retold
from bot.reading.person.individuals import only_those_meant
from bot.reading.place.bracketed import out_of_brackets
from bot.reading.place.put_right import put_right
from bot.reading.place.rejoined import rejoined
from bot.reading.record.ledger import Ledger
from bot.reading.register.towns import left_open
from bot.reading.text.clauses import CORRECTION
from bot.reading.text.cues import cue
from bot.reading.text.normalise import normalise
from bot.reading.text.routes import routes_asked
from bot.reading.text.ticks import without_ticks


@dataclass(frozen=True)
class OtherWish:
    """A further person the same message wants registered, with facts of their own."""

    person: str
    person_words: str
    facts: tuple[FactReading, ...]


@dataclass(frozen=True)
class Reading:
    """What one message says.

    ``person`` is who wants to register, seen from the asker (``self``, ``spouse``, ``parent`` …), ``None`` where nobody is said; ``facts``
    are in terms of the vocabulary, a fact twice where the message contradicts itself unmarked; ``wishes`` are further movers;
    ``corrected`` says that the message marks itself as a correction; ``retracted`` names facts it takes back; ``routes_only`` the topics
    the question is limited to; ``is_story`` whether it tells of a person rather than asking in general; ``supposed`` what a question
    in general supposes (小产权房能落户吗), which is nobody's fact.
    """

    person: str | None
    person_words: str
    facts: tuple[FactReading, ...]
    wishes: tuple[OtherWish, ...]
    corrected: bool
    retracted: tuple[str, ...]
    routes_only: tuple[str, ...]
    is_story: bool
    supposed: tuple[FactReading, ...] = ()


_PERSONAL = cue("reader.personal")
_ASKING = cue("reader.asking")


def read(text: str, *, as_of: date, home: str | None, vocabulary: Vocabulary, about: str = SELF) -> Reading:
    """Read one message.

    ``about`` is whom the conversation is speaking of, so whom a message tells of that names nobody (她跟我一起住, about the asker's wife).
    ``home`` is the place path of the jurisdiction the conversation is about; a home, job or relative told with no place at all is presumed
    to be there.  Never raises for a string.
    """
    words = put_right(out_of_brackets(retold(rejoined(normalise(text))), home), home, as_of)
    plain = without_ticks(words.plain)
    ledger = collect(plain, as_of, home, about)
    corrects_from = _corrects_from(ledger, plain)
    wishes = _distinct(_after_retraction(find_wishes(ledger, plain), ledger))
    if about == SELF:
        wishes = of_the_tenant(ledger, wishes, plain)
    if about != SELF and not any(w.spoken for w in wishes):
        followed = wishes[0].followed if wishes else None
        wishes = [Wish(about, "", followed, followed_relation(about, followed) if followed else None, -1, True)]
    ledger = of_the_mover(ledger, wishes, plain)
    generic = _is_generic(ledger, plain, wishes)
    movers = frozenset(w.person for w in wishes) if len(wishes) > 1 else frozenset()
    meant = [(_meant(ledger, wish), wish) for wish in (wishes if wishes else (None,))]
    frames = [assemble(own, wish, plain, home, vocabulary, corrects_from, movers) for own, wish in meant]
    first = frames[0]
    read_out = left_open(spell(first.facts, words), plain)
    facts, supposed = ((), read_out) if generic else (read_out, ())
    person = _person(first, wishes, ledger, generic)
    others = tuple(OtherWish(_seen(f.person), f.words, spell(f.facts, words)) for f in frames[1:])
    told = 0 if generic else sum(f.told for f in frames)
    one_question = len([c for c in ledger.clauses if c.text]) == 1 and ledger.clauses[0].asks
    story = not generic and (told >= 2 or (told == 1 and not one_question)) and not (one_question and told < 2)
    return Reading(
        person,
        first.words if person not in (None, SELF) else "",
        facts,
        others,
        corrects_from is not None,
        _retracted(plain, ledger),
        _routes(plain, wishes),
        story,
        supposed,
    )


def _corrects_from(ledger: Ledger, plain: str) -> int | None:
    """Where the clause begins that a first word of correction puts right: the one before it; ``None`` where nothing is put right."""
    order = next((n for n, c in enumerate(ledger.clauses) if CORRECTION.search(c.text)), None)
    if order is None or cue("reader.no_correction").search(plain):
        return None
    return ledger.clauses[max(0, order - 1)].start


def _meant(ledger: Ledger, wish: Wish | None) -> Ledger:
    """The ledger as far as it concerns the wish: where several children are told apart, only the one that it names."""
    if wish is None:
        return ledger
    return only_those_meant(ledger, [(p, wish.order) for p in (wish.person, wish.followed) if p is not None])


_NOT_THAT = cue("reader.not_that")


def _after_retraction(wishes: list[Wish], ledger: Ledger) -> list[Wish]:
    """The wishes a message stands by: those after 不是不是, where it says so and names one afterwards."""
    taken_back = [order for order, clause in enumerate(ledger.clauses) if _NOT_THAT.search(clause.text)]
    kept = [w for w in wishes if taken_back and w.order >= taken_back[-1]]
    return kept or wishes


def _distinct(wishes: list[Wish]) -> list[Wish]:
    """One wish a person, the one that says most; a wish with no person said belongs to the one before."""
    kept: list[Wish] = []
    for wish in wishes:
        same = next((i for i, w in enumerate(kept) if w.person == wish.person), None)
        if same is None:
            if not wish.spoken and kept:
                continue
            kept.append(wish)
        elif kept[same].followed is None and wish.followed is not None:
            kept[same] = Wish(wish.person, kept[same].words or wish.words, wish.followed, wish.relation, wish.order, True)
    return kept


def _is_generic(ledger: Ledger, plain: str, wishes: list[Wish]) -> bool:
    """Whether the message asks in general: one question, and nobody in it."""
    asking = [m.span() for m in _ASKING.finditer(plain)]
    if _PERSONAL.search(_ASKING.sub("", plain)):
        return False
    if any(m.relation != NOBODY and not any(start <= m.start < end for start, end in asking) for m in ledger.people):
        return False
    clauses = [c for c in ledger.clauses if len(c.text) > 1]
    return len(clauses) <= 1 and any(c.asks for c in clauses)


def _seen(person: str) -> str:
    """Who somebody is to the asker: the wife of a friend, an uncle or a cousin is no wife of the asker's."""
    if person == UNNAMED:
        return "other"
    whose, _, relation = person.rpartition("/")
    return "other" if whose.split("/")[0] in ("other", "friend") else relation


def _person(frame: Frame, wishes: list[Wish], ledger: Ledger, generic: bool) -> str | None:
    if generic:
        return None
    if wishes and wishes[0].spoken:
        return _seen(frame.person) if frame.person != COUPLE else SELF
    if frame.person != SELF:
        return _seen(frame.person)
    if any(m.relation in (SELF, COUPLE) for m in ledger.people):
        return SELF
    return None


_BY_A_HOME = frozenset({"buy_house"})


def _routes(plain: str, wishes: list[Wish]) -> tuple[str, ...]:
    """The topics that the question is limited to; who goes into a relative's home (落到我老婆名下的房里) asks of none of their own."""
    goes = bool(wishes) and wishes[0].followed is not None and cue("reader.into_a_home").search(plain) is not None
    return tuple(topic for topic in routes_asked(plain) if not (goes and topic in _BY_A_HOME))


_RETRACT = cue("reader.retract")


def _said_by_others(ledger: Ledger, at: int) -> bool:
    """Whether what stands at an offset is what others say, or asked (有人说公租房不算数), so that it takes nothing back."""
    clause = next((c for c in ledger.clauses if c.start <= at < c.end), None)
    return clause is not None and (clause.hearsay or clause.asks)


def _retracted(plain: str, ledger: Ledger) -> tuple[str, ...]:
    """Facts the message takes back without giving a new one."""
    found = []
    m = next((m for m in _RETRACT.finditer(plain) if not _said_by_others(ledger, m.start())), None)
    if m is not None:
        around = plain[max(0, m.start() - 12) : m.end()]
        for fact, pattern in (
            ("housing.kind", cue("reader.of_a_home")),
            ("work.status", cue("reader.of_work")),
            ("insurance.paid", cue("reader.of_insurance")),
            ("hukou.place", cue("reader.of_a_register")),
            ("education.level", cue("reader.of_schooling")),
        ):
            if pattern.search(around):
                found.append(fact)
    return tuple(found)
