"""Token buckets over many servers."""

from __future__ import annotations

from bot.channels.fleet.link import Link, name
from bot.channels.fleet.wire import Script

_LONGEST = 24 * 3600.0

_TAKE = Script("""
local burst, per_second = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(kept[1]) or burst
tokens = math.min(burst, tokens + math.max(0, now - (tonumber(kept[2]) or now)) * per_second)
local allowed = 0
if tokens >= 1 then allowed, tokens = 1, tokens - 1 end
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return allowed
""")


class Bucket:
    """A limit that all servers count together, by Redis' clock. A key is forgotten once its bucket would be full again."""

    def __init__(self, link: Link, purpose: str, burst: float, per_second: float) -> None:
        """``burst`` at once, ``per_second`` on average."""
        full = burst / per_second if per_second > 0 else _LONGEST
        self._link, self._purpose = link, purpose
        self._arguments = [burst, per_second, int(min(full, _LONGEST) * 1000) + 1000]

    async def allows(self, key: str) -> bool:
        """Whether the key may go on now; takes a token if so.

        Raises:
            Apart: Redis cannot be asked.
        """
        return bool(await self._link.wire.run(_TAKE, name(f"rate-{self._purpose}", key), *self._arguments))
