"""How the address of a PostgreSQL and the statements are handed to asyncpg; what it then does is tested in ``tests/channels``."""

from __future__ import annotations

import pytest

from bot.store.errors import WrongDatabase
from bot.store.keeping_postgres import address, numbered
from bot.store.turns import BEFORE


@pytest.mark.parametrize(("url", "given"), [
    ("postgresql://u:p%40ss@db:5433/city", "postgresql://u:p%40ss@db:5433/city?application_name=luohu"),
    ("postgresql+psycopg2://u@db/city", "postgresql://u@db/city?application_name=luohu"),
    ("postgresql://u@db/city?sslmode=verify-full&sslrootcert=/ca.pem",
     "postgresql://u@db/city?application_name=luohu&sslmode=verify-full&sslrootcert=%2Fca.pem"),
    ("postgresql:///city?host=/var/run/postgresql", "postgresql:///city?application_name=luohu&host=%2Fvar%2Frun%2Fpostgresql"),
    ("postgresql://u@db/city?connect_timeout=9&keepalives=1", "postgresql://u@db/city?application_name=luohu"),
    ("postgresql://u@db/city?application_name=desk", "postgresql://u@db/city?application_name=desk"),
])  # fmt: skip
def test_an_address_of_libpq_is_one_of_asyncpg(url: str, given: str) -> None:
    assert address(url) == given


def test_a_parameter_that_would_be_passed_over_is_refused() -> None:
    with pytest.raises(WrongDatabase, match="DATABASE_URL has channel_binding, which luohu does not understand; leave it out") as wrong:
        address("postgresql://u:geheim@db/city?channel_binding=require")
    assert "geheim" not in str(wrong.value)


def test_parameters_are_numbered_as_they_come() -> None:
    text, *values = numbered(BEFORE, {"person": "p", "sender": "s", "key": None})
    assert "c.sender = $1" in text
    assert "t.sender = $2 AND t.key = $3" in text
    assert values == ["s", "p", None]
