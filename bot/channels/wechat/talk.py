"""What is said to each kind of message, and how it is put into one chat bubble after another.  Knows no HTTP and no Rasa."""

from __future__ import annotations

import inspect
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bot.channels import metrics
from bot.channels.erasure import journal_retention
from bot.channels.guard import Incoming, admit, clean
from bot.channels.wechat.customer import CustomerService
from bot.channels.wechat.envelope import Message
from bot.channels.wechat.shelf import Held, Shelf
from bot.channels.wechat.text import MOST, chosen, link, option, plain, split, tap
from bot.channels.wechat.wording import Wording

logger = logging.getLogger("luohu.wechat")

Ask = Callable[[Incoming], Awaitable[Sequence[Mapping[str, Any]]]]
"""Asks the bot: a guarded message to messages of the REST format, never none."""
Erase = Callable[[str], Any]
"""Deletes everything kept about a sender; may be a coroutine function."""

_PHRASES = {"image": "image", "video": "video", "shortvideo": "video", "link": "link", "location": "location"}
_GREETED = ("subscribe", "scan")
_LINKED = ("screening", "answer")


@dataclass(frozen=True)
class Bubble:
    """What one reply carries: ``text``, at most :data:`MOST` bytes. ``whole`` are the answers in it, with what is still to be offered."""

    text: str = field(repr=False)
    whole: tuple[str, ...] = field(repr=False)
    choices: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Bubble:
        """From its fields as plain JSON."""
        return cls(plain["text"], tuple(plain["whole"]), tuple(plain["choices"]))


@dataclass(frozen=True)
class Speech:
    """Something to say. ``choices`` are what its numbers stand for; ``None`` leaves the numbers shown before as they are."""

    text: str
    choices: tuple[str, ...] | None = None


class Talk:
    """Conversations on WeChat. All calls about one person come one after the other (the caller sees to that)."""

    def __init__(
        self,
        wording: Wording,
        shelf: Shelf,
        erase: Erase,
        places: Callable[[], str],
        public_url: str | None = None,
        customer: CustomerService | None = None,
    ) -> None:
        """``places`` names the places served; ``customer`` is there where an app secret is set."""
        self._wording, self._shelf, self._erase, self._places = wording, shelf, erase, places
        self._public_url, self._customer = public_url, customer

    async def hear(self, message: Message, sender: str, ask: Ask) -> Bubble | None:
        """The reply to a message; ``None`` where nothing is to be said."""
        text = self._text_of(message)
        if text is not None:
            return await self._hear_text(text, sender, ask)
        if message.event == "unsubscribe":
            await self.forget(sender)
            return None
        if message.event in _GREETED or message.event == "click":  # a click on an entry of an older menu
            return await self._put(self._welcome(), sender)
        if message.kind == "voice":
            return await self._put(self._phrase("voice"), sender)
        if message.kind == "text":
            sticker = message.get("Content") in self._wording.unsupported
            return await self._put(self._phrase("sticker" if sticker else "empty"), sender)
        if message.kind in _PHRASES:
            return await self._put(self._phrase(_PHRASES[message.kind]), sender)
        return None

    async def late(self, bubble: Bubble, openid: str, sender: str) -> bool:
        """Send an answer that nobody waits for any more as a customer-service message (``True``), or keep it (``False``)."""
        if self._customer and await self._customer.send(openid, sender, bubble.text):
            return True
        held = await self._shelf.get(sender)
        await self._shelf.put(sender, Held((*held.late, *bubble.whole), (), bubble.choices))
        return False

    async def pick_up(self, sender: str) -> Bubble | None:
        """The kept answers, taken off the shelf; ``None`` where there are none."""
        held = await self._shelf.get(sender)
        return await self._put(Speech("", None), sender, held, head=False) if held.late else None

    def patience(self, sender: str) -> str | None:
        """What to say while the answer is still being made; ``None`` where it will be sent by itself."""
        if self._customer and self._customer.may(sender):
            return None
        word = self._wording.word("kept")
        return self._wording.say("wait", word=word) + "\n" + tap(word)

    async def forget(self, sender: str) -> None:
        """Delete everything about a person, here and wherever else it is kept."""
        await self._shelf.delete(sender)
        if self._customer:
            self._customer.forget(sender)
        done = self._erase(sender)
        if inspect.isawaitable(done):
            await done

    def _text_of(self, message: Message) -> str | None:
        """What the person says with it, typed, spoken or pressed."""
        if message.kind == "text":
            text = message.get("Content")
            return text if clean(text) and text not in self._wording.unsupported else None
        if message.kind == "voice":
            return message.get("Recognition") or None
        if message.event == "click":
            return self._wording.pressed(message.get("EventKey"))
        return None

    async def _hear_text(self, text: str, sender: str, ask: Ask) -> Bubble:
        held = await self._shelf.get(sender)
        word = _word(text)
        words = self._wording.words
        if word in words["erase"]:
            return await self._erased(sender)
        if word in words["privacy"]:
            told = self._wording.say("privacy", word=self._wording.word("erase"), days=str(journal_retention()))
            return await self._put(Speech(told), sender, held)
        # Whoever is told to fetch an answer has not seen its question yet: a number or a single character is no answer to it.
        if held.late and (word in words["kept"] or len(word) <= 1 or chosen(text, 9)):
            return await self._put(Speech("", None), sender, held, head=False)
        if held.rest and not held.late and word in words["more"]:
            return await self._show(held.rest, ("".join(held.rest),), held.choices, sender)
        if word == self._wording.word("kept"):
            return await self._put(self._phrase("nothing_kept"), sender, held)
        number = None if held.late else chosen(text, len(held.choices))
        messages = await ask(admit(sender, held.choices[number - 1] if number else text, {}))
        return await self._put(self._speech(messages), sender, held)

    async def _erased(self, sender: str) -> Bubble:
        try:
            await self.forget(sender)
        except Exception as error:  # the person has to know; the log never names them
            logger.error("a person's records were not deleted: %s", type(error).__name__)
            return await self._put(self._phrase("erase_failed"), sender)
        text = self._wording.say("erased")
        return Bubble(text, (text,), ())

    def _phrase(self, key: str) -> Speech:
        return Speech(self._wording.say(key))

    def _welcome(self) -> Speech:
        examples = self._wording.examples
        lines = (option(number, say, say) for number, say in enumerate(examples, 1))
        text = "\n".join([self._wording.say("welcome", places=self._places()), "", self._wording.say("welcome_examples"), *lines])
        return Speech(text, examples)

    def _speech(self, messages: Sequence[Mapping[str, Any]]) -> Speech:
        """The bot's messages as one text: what they say, a link to the article, the options of the last question."""
        blocks = [plain(str(m["text"])) for m in messages if m.get("text")]
        buttons = next((m["buttons"] for m in reversed(messages) if m.get("buttons")), ())
        if address := self._article(messages):
            blocks[-1] += "\n" + link(self._wording.say("article"), address)
        if buttons:
            lines = (option(number, button["title"], button["payload"]) for number, button in enumerate(buttons, 1))
            blocks[-1] += "\n\n" + "\n".join([self._wording.say("choose"), *lines])
        return Speech("\n\n".join(blocks), tuple(b["payload"] for b in buttons))

    def _article(self, messages: Sequence[Mapping[str, Any]]) -> str | None:
        """The page of the article that the answer rests on first."""
        if not self._public_url:
            return None
        for payload in (m.get("custom") or {} for m in messages):
            if payload.get("kind") in _LINKED and payload.get("citations"):
                cited = payload["citations"][0]
                return f"{self._public_url}/chat/policies/{quote(cited['policy'])}#{quote(cited['article'], safe='()')}"
        return None

    async def _put(self, speech: Speech, sender: str, held: Held | None = None, head: bool = True) -> Bubble:
        """The speech after what is still owed to the person (``held``, where it is known), in parts; one is shown, the others wait."""
        held = held or await self._shelf.get(sender)
        if held.late:
            metrics.wechat_fetched(len(held.late))
        whole = tuple(text for text in (*held.late, speech.text) if text)
        lead = self._wording.say("late") + "\n" if held.late and head else ""
        choices = held.choices if speech.choices is None else speech.choices
        # What was offered before stays on offer as long as nothing new has been asked or answered.
        before = held.rest if speech.choices is None and not held.late else ()
        return await self._show(self._parts(lead + "\n\n".join(whole)), whole, choices, sender, before)

    async def _show(
        self,
        parts: Sequence[str],
        whole: tuple[str, ...],
        choices: tuple[str, ...],
        sender: str,
        before: tuple[str, ...] = (),
    ) -> Bubble:
        rest = tuple(parts[1:])
        await self._shelf.put(sender, Held((), rest or before, choices))
        return Bubble(parts[0].strip() + (self._more() if rest else ""), whole, choices)

    def _parts(self, text: str) -> list[str]:
        if len(text.encode()) <= MOST:
            return [text]
        return split(text, MOST - len(self._more().encode()))

    def _more(self) -> str:
        word = self._wording.word("more")
        return "\n" + self._wording.say("more", word=word) + "\n" + tap(word)


def _word(text: str) -> str:
    """A short message without marks and spaces, to be looked up among the channel's own words."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
