"""What the server does by itself: erase what is older than the retention, at the start and every hour."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.erasure import purge_by_settings
from bot.store.errors import cause

logger = logging.getLogger("luohu.upkeep")

EVERY = 3600.0
"""Seconds between two rounds."""


async def keep_tidy(every: float = EVERY) -> None:
    """Purge until cancelled. A round that fails is logged and tried again the next time."""
    while True:
        try:
            gone = await asyncio.get_running_loop().run_in_executor(None, purge_by_settings)
            if gone.total:
                logger.info("erased by age: %s", gone)
        except Exception as error:  # the next round may work; the bot goes on answering meanwhile
            logger.error("purge failed: %s", cause(error))
        await asyncio.sleep(every)
