"""Sign-in at the desk: no session that was brought along becomes good, no name is told by the time it takes."""

from __future__ import annotations

import pytest

from bot.store import staff
from tests.security.conftest import PASSWORD
from tests.security.serving import House

pytestmark = pytest.mark.server


def test_a_sign_in_takes_no_session_that_was_brought_along(served: House) -> None:
    planted = "planted-by-somebody-else"
    signed = served.ask("POST", "/desk/api/sign-in", {"name": "staff", "password": PASSWORD}, {"cookie": f"luohu_desk={planted}"})
    assert signed.status == 200
    given = signed.headers["set-cookie"].split("luohu_desk=")[1].split(";")[0]
    assert given != planted
    assert served.ask("GET", "/desk/api/me", headers={"cookie": f"luohu_desk={planted}"}).status == 401
    assert served.ask("GET", "/desk/api/me", headers={"cookie": f"luohu_desk={given}"}).status == 200


def test_a_name_that_does_not_exist_costs_the_same_hash(served: House, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Counting:
        def verify(self, hashed: str, password: str) -> bool:
            checked.append(hashed.split("$p=")[0][:30])
            return real.verify(hashed, password)

    real = staff._HASHER
    monkeypatch.setattr(staff, "_HASHER", Counting())
    assert staff.check("staff", "a wrong password") is None
    assert staff.check("nobody-here", "a wrong password") is None
    assert staff.check("nobody' OR 1=1 --", "a wrong password") is None
    assert len(checked) == 3
    assert len(set(checked)) == 1, "the same kind of hash, with the same cost"


def test_the_desk_answers_a_name_that_is_code_as_any_other(served: House) -> None:
    for name in ("staff' OR '1'='1", "staff\x00", "staff\u200b", "STAFF ", "../staff", "😀" * 50):
        answer = served.ask("POST", "/desk/api/sign-in", {"name": name, "password": "a wrong password"})
        assert answer.status in (401, 429)
        assert "set-cookie" not in answer.headers
