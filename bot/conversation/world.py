"""What every turn may look at and never changes: packs, vocabulary, wording, the search index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.conversation.state import Conversation
from bot.eligibility.means import Means, load_means
from bot.policy.load import Packs, load_packs
from bot.policy.model import Pack
from bot.policy.vocabulary import Vocabulary
from bot.replies.model import Reply
from bot.replies.wording import Wording, load_wording
from bot.search.index import ArticleIndex


@dataclass(frozen=True)
class World:
    """The data that the bot speaks from. ``settling`` are the topics about ways to settle, which a pre-screening can decide."""

    packs: Packs
    wording: Wording
    index: ArticleIndex
    settling: frozenset[str]
    means: Means

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts, topics and matters that packs share."""
        return self.packs.vocabulary

    def pack(self, jurisdiction: str) -> Pack:
        """The pack of a jurisdiction.

        Raises:
            KeyError: there is none.
        """
        return self.packs.by_jurisdiction[jurisdiction]

    @property
    def places(self) -> str:
        """The names of the places served, for sentences: 聊城市、淄博市临淄区."""
        return "、".join(p.identity.jurisdiction.name for p in self.packs.by_jurisdiction.values())


def load_world() -> World:
    """Load everything under ``data/``.

    Raises:
        bot.policy.problem.PackError: a pack is not well formed; the message lists every fault.
    """
    packs = load_packs()
    groups = YAML(typ="safe", pure=True).load((paths.VOCABULARY / "topics.yml").read_text(encoding="utf-8"))
    return World(packs, load_wording(), ArticleIndex(packs.by_id.values()), frozenset(groups["settling"]), load_means(packs.vocabulary))


CERTAIN = 0.9
"""From this share on the classifier is taken at its word."""
LIKELY = 0.5
"""From this share on what it heard is at least as likely as not."""


@dataclass(frozen=True)
class Heard:
    """One message as Rasa understood it.

    ``luohu`` is the classifier's finding (topic, matter, confidence, coverage, segments); ``metadata`` what the front end
    sent (jurisdiction, as_of, masked); ``today`` the day of the message, used where ``metadata`` gives none.
    """

    text: str
    intent: str
    today: date
    luohu: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        """The day the pre-screening counts to."""
        given = self.metadata.get("as_of")
        return date.fromisoformat(given) if given else self.today

    @property
    def topic(self) -> str | None:
        """The topic the message asks about, when its intent is to ask."""
        return self.luohu.get("topic") if self.intent in ("ask", "tell") else None

    @property
    def sure(self) -> bool:
        """Whether the classifier is certain of what the message is about."""
        return float(self.luohu.get("confidence", 0.0)) >= CERTAIN

    @property
    def likely(self) -> bool:
        """Whether what the classifier heard is at least as likely as not; so it is where no classifier spoke."""
        return float(self.luohu.get("confidence", 1.0)) >= LIKELY

    @property
    def matter(self) -> str | None:
        """The neighbouring matter the message is about, when it is out of scope."""
        return self.luohu.get("matter")


@dataclass(frozen=True)
class Turn:
    """What a turn leaves behind: the new state, what is said, and whether the screening loop should run on.

    ``loop`` is ``on`` (a question is waiting), ``off`` (nothing is waiting), ``keep`` (the turn did not concern it) or ``rejected`` (the
    message answers nothing that is asked: state and replies count for nothing, and the rule of its intent takes it).
    """

    state: Conversation
    replies: tuple[Reply, ...] = ()
    loop: str = "keep"
