"""A second reading of both documents, independent of the engine and the packs, to test them against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.oracle import liaocheng_2020_7, linzi_2022
from tests.oracle.answers import NO, YES, Facts, Reading

_DOCUMENTS = {"liaocheng-2020-7": liaocheng_2020_7, "linzi-2022": linzi_2022}


def oracle(policy_id: str) -> Mapping[str, Reading]:
    """The routes of a document: each takes complete facts and a day, and answers ``yes``, ``no`` or ``open``."""
    return _DOCUMENTS[policy_id].ROUTES


def document(policy_id: str, facts: Facts, as_of: date) -> str:
    """The verdict on the whole document: ``eligible``, ``not_eligible`` or ``need_more_info``. A service that settles nobody has no say."""
    module = _DOCUMENTS[policy_id]
    answers = {module.ROUTES[route](facts, as_of) for route in module.SETTLING}
    if YES in answers:
        return "eligible"
    return "not_eligible" if answers == {NO} else "need_more_info"
