"""What the server does by itself: erase what is older than the retention, at the start and every hour."""

from __future__ import annotations

import asyncio
import logging

from bot.channels.erasure import purge, retention

logger = logging.getLogger("luohu.upkeep")

EVERY = 3600.0
"""Seconds between two rounds."""


async def keep_tidy(every: float = EVERY) -> None:
    """Purge until cancelled. A round that fails is logged and tried again the next time."""
    while True:
        try:
            gone = await asyncio.get_running_loop().run_in_executor(None, purge, retention())
            if gone.total:
                logger.info("erased by age: %d conversations, %d opinions, %d gaps", gone.conversations, gone.feedback, gone.gaps)
        except Exception as error:  # the next round may work; the bot goes on answering meanwhile
            logger.error("purge failed: %s", type(error).__name__)
        await asyncio.sleep(every)
