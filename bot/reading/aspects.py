"""Which side of a matter a message asks about: materials, fee, time, office, steps, online, phone, validity, count."""

from __future__ import annotations


def aspects(plain: str) -> tuple[str, ...]:
    """The aspects asked about, each once, in order of mention.

    ``materials``, ``fee``, ``time`` (how long until it is done), ``office``, ``steps``, ``online``, ``phone``, ``validity`` (is the document
    still in force) and ``count`` (how many years, months or square metres are required).
    """
    return ()
