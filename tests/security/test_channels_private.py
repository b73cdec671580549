"""Personal data written through every channel reaches neither the bot, nor any column or byte of the database, nor log or metrics."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from urllib.parse import quote

import aiohttp
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.channels.wechat.clock import SystemClock
from bot.store.database import database_url, shared_engine
from tests.security.personal import Secret, bare, sentences, traces
from tests.security.serving import HOOK, House
from tests.wechat.serving import COMPATIBLE, WeChat

pytestmark = pytest.mark.server
EXAMPLES = 8


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    root, before = logging.getLogger(), logging.getLogger().level
    noisy = {name: logging.getLogger(name).level for name in ("sanic.root", "sanic.error", "luohu", "rasa", "sqlalchemy.engine")}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in ("sanic.root", "sanic.error", "luohu"):
        logging.getLogger(name).setLevel(logging.DEBUG)
        logging.getLogger(name).addHandler(handler)
    yield told
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in noisy.items():
        logging.getLogger(name).setLevel(level)
        logging.getLogger(name).removeHandler(handler)


async def over_wechat(house: House, text: str, number: int) -> list[str]:
    """Typed and spoken, plain and encrypted, and pressed in the menu; what is answered."""
    said: list[str] = []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{house.port}") as session:
        for encrypted in (False, True):
            wechat = WeChat(session, SystemClock(), COMPATIBLE, openid=f"o{number}-{encrypted}")  # type: ignore[arg-type]
            for fields in (
                {"Content": text},
                {"MsgType": "voice", "Recognition": text},
                {"MsgType": "event", "Event": "CLICK", "EventKey": text},
            ):
                reply = await wechat.send(wechat.fields(**fields), encrypted)
                assert reply.status == 200, reply.raw
                said.append(reply.text or "")
    return said


def say_everywhere(house: House, text: str, secret: Secret, number: int) -> str:
    """Send the sentence wherever a sentence can be sent; everything that a resident is shown."""
    token = house.ask("POST", "/chat/session").json["token"]
    clear = "".join(c for c in text if c >= " " or c in "\n\t")
    said = [
        house.ask("POST", HOOK, {"sender": f"s{number}", "message": text, "metadata": {"note": text, "masked_kinds": [text]}}),
        house.ask("POST", HOOK, {"sender": f"t{number}", "message": f'/ask{{"fact": "{clear}"}}'}),
        house.ask("POST", "/chat/message", {"token": token, "message": text, "id": secret.bare[:64]}),
        house.ask("POST", "/chat/message", {"token": token, "message": "没用"}),
    ]
    house.ask("POST", "/chat/feedback", {"token": token, "reply": "r1", "useful": False, "reason": text, "message": text})
    if secret.kind != "passport":  # a short random id looks like one
        named = secret.written if secret.kind == "email" else secret.bare
        assert house.ask("POST", HOOK, {"sender": named, "message": "你好"}).status == 400
        refused = house.ask("POST", "/chat/feedback", {"token": token, "reply": named, "useful": False, "reason": "不对"})
        assert refused.status == 400 or len(named) == 12
    house.desk("POST", "/api/gaps", {"kind": "gap", "message": text})
    house.desk("POST", "/api/gaps", {"kind": "error", "message": "写错了", "entry": secret.written})
    house.desk("POST", "/api/find", {"query": text[:200]})
    house.desk("POST", "/api/used", {"id": "linzi-2022/topic/fee", "what": "read", "query": text[:200]})
    house.desk("POST", "/api/packet", {"story": text, "answers": {"housing.kind": text[:200]}})
    house.ask("POST", "/desk/api/sign-in", {"name": secret.written, "password": secret.written})
    house.ask("GET", f"/api/v1/search?q={quote(text[:150])}")
    house.ask("GET", f"/api/v1/policies/{quote(secret.written, safe='')}")
    house.ask("POST", "/api/v1/screen", {"policy": "linzi-2022", "facts": {secret.written: text}})
    assert all(answer.status == 200 for answer in said), [a.raw for a in said if a.status != 200]

    return " ".join([*(answer.raw.decode() for answer in said), *asyncio.run(over_wechat(house, text, number))])


def cells() -> Iterator[tuple[str, str]]:
    """Every value of every column of every table."""
    engine = shared_engine(database_url())
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(sa.select(table)):
                for column, value in row._mapping.items():
                    yield (
                        f"{table.name}.{column}",
                        value if isinstance(value, str) else "" if isinstance(value, (int, float)) else str(value),
                    )


def test_nothing_is_kept_of_what_is_written_anywhere(served: House, log: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Secret] = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(
        st.lists(sentences.filter(lambda pair: len(pair[1].bare) >= 11 or pair[1].kind in ("plate", "passport")), min_size=2, max_size=4)
    )
    def fuzz(written: list[tuple[str, Secret]]) -> None:
        for text, secret in written:
            heard = len(served.bot.heard)
            shown = bare(say_everywhere(served, text, secret, len(told)))
            told.append(secret)
            reached = bare(" ".join(f"{m.text} {m.metadata} {m.sender_id}" for m in served.bot.heard[heard:]))
            assert not [trace for trace in traces(secret) if trace in reached], "it reached the bot"
            assert not [trace for trace in traces(secret)[:1] if trace in shown], "it is shown"

    fuzz()
    served.run(served.settled())
    values = list(cells())
    columns = {column for column, _ in values}
    for column in ("conversations.state", "gaps.message", "gaps.reply", "feedback.reason", "audit.subject"):
        assert column in columns, f"nothing was kept in {column}: the scan would prove nothing"
    marks = sum("已隐去" in value for _, value in values)
    assert marks >= len(told), "what is kept is the masked text"
    files = b"".join(f.read_bytes() for f in sorted(served.folder.rglob("*")) if f.is_file())
    metrics = served.ask("GET", "/metrics").raw.decode()
    bared = [(column, bare(value)) for column, value in values]
    for secret in told:
        assert not [column for column, value in bared if traces(secret)[0] in value], secret
        for form in (secret.written, secret.bare):
            assert form.encode() not in files, secret
            assert form not in log.getvalue(), secret
            assert form not in metrics, secret
    with capsys.disabled():
        print(f"\n{len(told)} personal data in {len(served.bot.heard)} messages, {len(values)} cells, {len(files)} bytes: none found")


def test_a_scan_would_find_what_is_kept(served: House) -> None:
    served.ask("POST", HOOK, {"sender": "scan", "message": "凤凰牌自行车修理铺"})
    assert any("凤凰牌自行车修理铺" in value for _, value in cells())


def test_a_conversation_is_not_named_by_a_personal_number(served: House) -> None:
    answer = served.ask("POST", HOOK, {"sender": "13800138000", "message": "你好"})
    assert (answer.status, answer.code) == (400, "sender_personal")
    assert "13800138000" not in answer.raw.decode()
