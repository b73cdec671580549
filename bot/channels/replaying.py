"""``luohu replay ID``: a past reply from the journal, made again and held against what was said. Loads no model."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from bot import versions
from bot.channels.loaded import world
from bot.conversation.replay import Record, Retold, canonical, retell
from bot.store import releases, turns
from bot.store.turns import Turn

_CHINA = timezone(timedelta(hours=8))
_ID = re.compile(r"[0-9a-f]{12}")
_MOST = 100
"""Turns with one reply that are counted."""


class UnknownReply(Exception):
    """There is no such reply in the journal; the message says what to do."""


@dataclass(frozen=True)
class Replayed:
    """A kept turn beside its retelling.

    ``times`` is how often the reply was said; ``changed`` names what it rested on and is another one now; ``retold`` is ``None``
    where it cannot be made again, and ``why`` then says so.
    """

    reply: str
    turn: Turn
    times: int
    record: Record | None
    release: versions.Versions | None
    changed: tuple[str, ...]
    retold: Retold | None
    why: str = ""

    @property
    def same(self) -> bool:
        """Whether the retelling has every byte of what was said."""
        return self.retold is not None and self.retold.text == canonical(self.turn.said)

    @property
    def identical(self) -> bool:
        """Whether the reply was made again from the same documents, words and code, bit for bit."""
        return self.same and not self.changed and self.release is not None

    @property
    def verdict(self) -> str:
        """What came out, in a sentence."""
        if self.retold is None:
            return f"not replayed: {self.why}"
        if self.identical:
            return "identical: every byte of the reply was made again from the same documents, words and code"
        if self.release is None:
            today = "the same words come out" if self.same else "something else comes out"
            return f"not comparable: what the reply rested on is not on record; today {today}"
        if self.changed:
            today = "still the same words come out" if self.same else "something else comes out"
            return f"not comparable: {len(self.changed)} of the things the reply rested on changed since; with today's {today}"
        return "different: the same documents, words and code say something else now; this is a defect, please report it"


def replay(given: str) -> Replayed:
    """Replay the newest turn in which a reply was said; its id may be written with spaces and in capitals, as it is heard on the telephone.

    Raises:
        UnknownReply: the id is none, or the journal holds no such reply.
        StoreError: the database cannot be used.
    """
    reply = re.sub(r"[\s\-]", "", given).lower()
    if not _ID.fullmatch(reply):
        raise UnknownReply(f'{given!r} is no id of a reply; it has 12 digits from 0 to 9 and a to f, as in the payload\'s "id"')
    found = turns.of_reply(reply, _MOST)
    if not found:
        raise UnknownReply(
            f"no reply {reply} is in the journal; it may be older than LUOHU_RETENTION_DAYS, erased by the resident, said by the guard "
            "without an answer, or kept in another database (DATABASE_URL)"
        )
    turn = found[0]
    try:
        record = Record.from_json(turn.how)
    except ValueError as error:
        return Replayed(reply, turn, len(found), None, None, (), None, str(error))
    kept = releases.find(record.versions)
    release = versions.Versions.from_json(kept) if kept else None
    changed = versions.changed(release, versions.current()) if release else ()
    try:
        return Replayed(reply, turn, len(found), record, release, changed, retell(world(), record))
    except Exception as error:  # whatever today's code makes of yesterday's record, the kept reply is shown
        return Replayed(reply, turn, len(found), record, release, changed, None, f"the turn fails now with {type(error).__name__}")


def as_text(done: Replayed) -> str:
    """Everything about it, for people."""
    return "\n".join((*_head(done), *_said(done.turn.said), *_outcome(done)))


def as_json(done: Replayed) -> dict[str, Any]:
    """The same for programs."""
    return {
        "reply": done.reply,
        "at": datetime.fromtimestamp(done.turn.at, _CHINA).isoformat(timespec="seconds"),
        "channel": done.turn.channel,
        "times": done.times,
        "identical": done.identical,
        "same": done.same,
        "verdict": done.verdict,
        "changed": list(done.changed),
        "release": done.release.to_json() if done.release else None,
        "how": done.turn.how,
        "said": json.loads(canonical(done.turn.said)),
        "retold": json.loads(done.retold.text) if done.retold else None,
    }


def _head(done: Replayed) -> Iterator[str]:
    payload: Mapping[str, Any] = next((m["custom"] for m in done.turn.said if (m.get("custom") or {}).get("id") == done.reply), {})
    screening = next((s for s in (payload.get("screening"), *(m["custom"].get("screening") for m in done.turn.said)) if s), None)
    yield f"reply      {done.reply}" + (f" (said {_often(done.times)}; this is the newest)" if done.times > 1 else "")
    yield f"when       {datetime.fromtimestamp(done.turn.at, _CHINA):%Y-%m-%d %H:%M:%S} in China, channel {done.turn.channel}"
    yield f"place      {_place(payload.get('jurisdiction'))}"
    yield f"kind       {payload.get('kind', '?')}" + (f", topic {payload['topic']}" if payload.get("topic") else "")
    if done.record:
        heard = done.record.heard
        yield f"heard      {heard.text}"
        names = ", ".join(s.name for s in done.record.steps)
        yield f"           as {heard.intent}, confidence {heard.luohu.get('confidence', '?')}; turns: {names}"
        yield from (f"           {s.name} failed with {s.failed}: the safe sentence was said" for s in done.record.steps if s.failed)
    if screening:
        yield f"verdict    {screening['verdict']} under {screening['policy']} on {screening['as_of']}, for {screening['person']}"
        yield from _column("facts", (_fact(fact) for fact in screening["facts"]))
    yield from _column("citations", (f"{c['policy']} {c['article']} “{c['quote']}”" for c in payload.get("citations", ())))
    if done.release:
        hashes = ", ".join(f"{name} {digest}" for name, digest in done.release.data.items())
        yield f"rested on  luohu {done.release.luohu}, code {done.release.code}, model {done.release.model}; {hashes}"


def _said(said: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "said"
    for message in said:
        yield from (f"  {line}" for line in str(message.get("text", "")).splitlines())
        if message.get("buttons"):
            yield "  [" + "] [".join(b["title"] for b in message["buttons"]) + "]"


def _outcome(done: Replayed) -> Iterator[str]:
    yield from (f"changed    {line}" for line in done.changed)
    if done.retold is not None and not done.same:
        then, now = _lines(canonical(done.turn.said)), _lines(done.retold.text)
        yield from difflib.unified_diff(then, now, "said then", "said now", n=1, lineterm="")
    yield done.verdict


def _lines(text: str) -> list[str]:
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True).splitlines()


def _column(title: str, rows: Iterable[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"{'' if number else title:10} {row}"


def _fact(fact: Mapping[str, Any]) -> str:
    values = ", ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in fact["values"])
    words = f"  “{fact['words']}”" if fact["words"] else ""
    return f"{fact['label']}: {values}{words}{' (presumed)' if fact['presumed'] else ''}"


def _often(times: int) -> str:
    return f"at least {times} times" if times >= _MOST else f"{times} times"


def _place(jurisdiction: str | None) -> str:
    pack = world().packs.by_jurisdiction.get(jurisdiction or "")
    return f"{jurisdiction} {pack.identity.jurisdiction.name}" if pack else jurisdiction or "none"
