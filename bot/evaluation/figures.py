"""The figures of a run, by name, with the rows behind each; and the same by place and by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.evaluation.calibration import Bin, calibration_error, reliability
from bot.evaluation.run import Question, Run, Story, TurnTaken
from bot.evaluation.scoring import EITHER, HALF, IN_SCOPE, OUT


@dataclass(frozen=True)
class Figure:
    """One figure: what it counts, how many of how many, and a line for each row that counts against it.

    ``value`` is a share from 0 to 1, except where ``counted`` (then it is the number itself). ``low`` figures are the better the lower.
    """

    name: str
    title: str
    good: float
    total: int
    against: Mapping[str, str] = field(default_factory=dict)
    low: bool = False
    counted: bool = False

    @property
    def value(self) -> float:
        """The share, or the count."""
        if self.counted:
            return self.good
        return self.good / self.total if self.total else 0.0

    @property
    def shown(self) -> str:
        """The figure as people read it."""
        if self.counted:
            return f"{self.good:g} of {self.total}"
        return f"{self.value:.1%} ({self.good:g}/{self.total})" if self.total and self.good == int(self.good) else f"{self.value:.1%}"


def figures(run: Run) -> dict[str, Figure]:
    """Every figure of a run by its name."""
    found = [*question_figures(run.questions), *story_figures(run.stories), *_turn_figures(run), _calibration(run)]
    return {f.name: f for f in found}


def question_figures(questions: Sequence[Question]) -> list[Figure]:
    """The figures on questions."""
    by: dict[str, list[Question]] = defaultdict(list)
    for q in questions:
        by[q.marked.group].append(q)
    answerable = [*by[IN_SCOPE], *by[HALF]]
    declined = [q for q in (*answerable, *by[OUT]) if q.marked.declined]
    several = [q for q in questions if q.marked.parts]
    parts = [(q, i, ok) for q in several for i, ok in enumerate(q.marked.parts)]
    return [
        _share("in_scope_first_three", "in scope: right article in the first three", by[IN_SCOPE], lambda q: q.marked.ok),
        _share("in_scope_first", "in scope: right article first", by[IN_SCOPE], lambda q: q.marked.first),
        _share("half_answered", "half answered: cited", by[HALF], lambda q: q.marked.ok),
        _share("either", "citing and declining both right", by[EITHER], lambda q: q.marked.ok),
        _share("declining_recall", "unanswerable: declined (recall)", by[OUT], lambda q: q.marked.declined),
        _share("declining_precision", "declined: rightly (precision)", declined, lambda q: q.marked.group == OUT),
        _share("wrongly_declined", "answerable: turned away (false positive rate)", answerable, lambda q: q.marked.declined, low=True),
        Figure(
            "parts_cited",
            "several questions: each one's article cited",
            sum(ok for _, _, ok in parts),
            len(parts),
            {f"{_id(q)}#{i + 1}": _line(q) for q, i, ok in parts if not ok},
        ),
        _share("messages_whole", "several questions: all of them", several, lambda q: all(q.marked.parts)),
        _share("topic", "topic or matter heard", _once(questions), lambda q: q.topic_right),
    ]


def story_figures(stories: Sequence[Story]) -> list[Figure]:
    """The figures on stories."""
    read = [s for s in stories if s.frame is not None]
    frames = [s.frame.frame for s in read if s.frame is not None]
    right, told, expected = (sum(getattr(f, n) for f in frames) for n in ("right", "told", "expected"))
    exact = {s.row["id"]: f"{s.row['story'][:60]} | {'; '.join(s.frame.frame.errors)}" for s in read if s.frame and not s.frame.exact}
    wrong = {s.row["id"]: _told(s) for s in stories if not s.ok}
    bad = {s.row["id"]: _told(s) for s in stories if s.forbidden}
    return [
        Figure("frames_exact", "stories: fact frame exact", len(read) - len(exact), len(read), exact),
        Figure("facts_precision", "facts read: right (precision)", right, told),
        Figure("facts_recall", "facts told: read right (recall)", right, expected),
        Figure("verdicts", "stories: right verdict", len(stories) - len(wrong), len(stories), wrong),
        Figure("must_not", "stories: verdict wrong under every reading", len(bad), len(stories), bad, low=True, counted=True),
    ]


def _turn_figures(run: Run) -> list[Figure]:
    turns = run.turns
    verdicts = [t for t in turns if t.verdict_ok is not None]
    read = [t for t in turns if t.errors is not None]
    whole: dict[str, bool] = {}
    for t in turns:
        whole[t.row["id"]] = whole.get(t.row["id"], True) and t.ok
    lines = {_turn_id(t): _turn_line(t) for t in turns if not t.ok}
    wrong = {_turn_id(t): _turn_line(t) for t in verdicts if not t.verdict_ok}
    unread = {_turn_id(t): _turn_line(t) for t in read if t.errors}
    return [
        Figure("turn_verdicts", "dialogues: turns with the right verdict", len(verdicts) - len(wrong), len(verdicts), wrong),
        Figure("turn_facts", "dialogues: turns after which the facts are exact", len(read) - len(unread), len(read), unread),
        Figure("turns", "dialogues: turns right in all", len(turns) - len(lines), len(turns), lines),
        Figure("dialogues", "dialogues: right to the end", sum(whole.values()), len(whole)),
    ]


def calibration(run: Run) -> list[Bin]:
    """The reliability of the topic's confidence, each message once."""
    return reliability([(q.confidence, q.topic_right) for q in _once(run.questions)])


def _calibration(run: Run) -> Figure:
    """The rows against it are those heard wrongly with a confidence in the highest bin."""
    table = calibration(run)
    total = sum(b.count for b in table)
    mistaken = {_id(q): _line(q) for q in _once(run.questions) if not q.topic_right and q.confidence > table[-1].low}
    return Figure("calibration_error", "topic: expected calibration error", calibration_error(table) * total, total, mistaken, low=True)


def by_place(run: Run) -> dict[str, list[Figure]]:
    """The figures on questions and stories of each place; ``-`` is a question about another place."""
    places = dict.fromkeys([*(q.place or "-" for q in run.questions), *(s.row["place"] for s in run.stories)])
    return {
        place: [
            *question_figures([q for q in run.questions if (q.place or "-") == place]),
            *story_figures([s for s in run.stories if s.row["place"] == place]),
        ]
        for place in places
    }


@dataclass(frozen=True)
class TopicLine:
    """How one topic or matter fares: messages, topic heard, questions (per place) answered or declined rightly."""

    topic: str
    messages: int
    heard: int
    asked: int
    right: int


def by_topic(run: Run) -> list[TopicLine]:
    """Each topic and matter by its first question, the worst share first."""
    lines = []
    for topic in dict.fromkeys(q.row["topic"] for q in run.questions):
        asked = [q for q in run.questions if q.row["topic"] == topic]
        once = _once(asked)
        lines.append(TopicLine(topic, len(once), sum(q.topic_right for q in once), len(asked), sum(q.marked.ok for q in asked)))
    return sorted(lines, key=lambda t: (t.right / t.asked, -t.asked))


def confusions(run: Run, most: int = 20) -> list[tuple[str, str, int]]:
    """The topic asked, the topic heard instead, how often; the most frequent first."""
    found = Counter((q.row["topic"], q.label) for q in _once(run.questions) if not q.topic_right)
    return [(true, got, n) for (true, got), n in found.most_common(most)]


def fact_errors(run: Run, most: int = 20) -> list[tuple[str, str, int]]:
    """What of stories is read wrongly, the most frequent first.

    Returns:
        The fact (or ``person``), whether it was ``missing``, ``extra`` or ``other`` than told, and how often.
    """
    found: Counter[tuple[str, str]] = Counter()
    for story in run.stories:
        for error in story.frame.frame.errors if story.frame else ():
            fact, _, rest = error.partition(":") if ": " in error else (error.split()[0], "", "")
            how = rest.split()[0] if rest else "other"
            found[fact, how if how in ("missing", "extra") else "other"] += 1
    return [(fact, how, n) for (fact, how), n in found.most_common(most)]


def _once(questions: Iterable[Question]) -> list[Question]:
    """Each message once, however many places it was asked for."""
    return list({q.row["id"]: q for q in questions}.values())


def _share(name: str, title: str, questions: Sequence[Question], good: Callable[[Question], bool], *, low: bool = False) -> Figure:
    against = {_id(q): _line(q) for q in questions if good(q) == low}
    count = len(against) if low else len(questions) - len(against)
    return Figure(name, title, count, len(questions), against, low)


def _id(question: Question) -> str:
    return f"{question.row['id']}@{question.place or '-'}"


def _line(question: Question) -> str:
    row, reply = question.row, question.reply
    want = (row.get(f"expected_{question.place}") or []) if question.place else []
    heard = f"{question.label} {question.confidence:.2f} for {row['topic']}"
    return f"{row['text'][:60]} | want {want or 'decline'} got {list(reply.paths[:4])} {'/'.join(reply.kinds)} | {heard}"


def _told(story: Story) -> str:
    errors = "; ".join(story.frame.frame.errors) if story.frame else "not covered by the text"
    got = f"want {'/'.join(story.row['accept'])} got {story.verdict} {'/'.join(story.reply.kinds)}"
    return f"{story.row['story'][:60]} | {got} | {errors or 'facts exact'}"


def _turn_id(taken: TurnTaken) -> str:
    return f"{taken.row['id']}#{taken.at + 1}"


def _turn_line(taken: TurnTaken) -> str:
    got = f"want {taken.turn['verdict']}/{taken.turn['kind']} got {taken.verdict}/{','.join(taken.reply.kinds)}"
    return f"{taken.turn['user'][:50]} | {got} | {'; '.join(taken.errors or ()) or 'facts exact'}"
