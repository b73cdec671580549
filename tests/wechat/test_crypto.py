"""Signatures and AES against WeChat's printed answers and against two implementations of others."""

from __future__ import annotations

import base64
import re

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.channels.wechat.crypto import Keys, Undecipherable, WrongAccount, decode_key, decrypt, encrypt, same, signature
from tests.wechat import vectors
from tests.wechat.counterparts import Wecom, wechatpy_cipher

KEY = decode_key(vectors.ENCODING_AES_KEY)
OTHER = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
APP = "wx0123456789abcdef"


@pytest.mark.parametrize("timestamp, nonce, expected", [vectors.VERIFY, vectors.PLAIN])
def test_the_documented_plain_signatures(timestamp: str, nonce: str, expected: str) -> None:
    assert signature(vectors.TOKEN, timestamp, nonce) == expected


def test_the_documented_push() -> None:
    timestamp, nonce, expected = vectors.PUSHED
    assert signature(vectors.TOKEN, timestamp, nonce, vectors.PUSHED_ENCRYPT) == expected
    assert decrypt(KEY, vectors.PUSHED_ENCRYPT) == (vectors.PUSHED_MESSAGE.encode(), vectors.APP_ID.encode())
    assert encrypt(KEY, vectors.APP_ID, vectors.PUSHED_MESSAGE.encode(), vectors.PUSHED_RANDOM) == vectors.PUSHED_ENCRYPT


def test_the_documented_answer() -> None:
    timestamp, nonce, expected = vectors.ANSWERED
    assert encrypt(KEY, vectors.APP_ID, vectors.ANSWER_MESSAGE.encode(), vectors.ANSWER_RANDOM) == vectors.ANSWER_ENCRYPT
    assert signature(vectors.TOKEN, timestamp, nonce, vectors.ANSWER_ENCRYPT) == expected


def test_signatures_are_compared_whole_and_whatever_they_hold() -> None:
    good = vectors.VERIFY[2]
    assert same(good, good)
    for bad in ("", good[:-1], good + "0", good.upper(), "签名", "\ud800"):
        assert not same(good, bad)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.text(max_size=700), key=st.binary(min_size=32, max_size=32).map(lambda b: base64.b64encode(b).decode().rstrip("=")))
def test_both_counterparts_open_ours_and_we_open_theirs(wecom: Wecom, message: str, key: str) -> None:
    ours = encrypt(decode_key(key), APP, message.encode())
    opened = wecom("decrypt", key=key, encrypted=ours)
    assert (opened["message"], opened["id"]) == (message, APP)
    assert wechatpy_cipher(key).decrypt(ours, APP) == message
    for theirs in (wecom("encrypt", key=key, message=message, appId=APP), wechatpy_cipher(key).encrypt(message, APP).decode()):
        assert decrypt(decode_key(key), theirs) == (message.encode(), APP.encode())
    assert signature("tok", "17", "99", ours) == wecom("sign", token="tok", timestamp="17", nonce="99", encrypted=ours)


def test_wechatpy_takes_our_signed_answer() -> None:
    sealed = encrypt(decode_key(OTHER), APP, "好的😀".encode())
    crypto = WeChatCrypto("tok", OTHER, APP)
    assert crypto.decrypt_message({"Encrypt": sealed}, signature("tok", "1", "2", sealed), "1", "2") == "好的😀"


def test_every_block_size_is_padded_to_32() -> None:
    for length in range(70):
        assert len(base64.b64decode(encrypt(KEY, APP, b"x" * length))) % 32 == 0
        assert decrypt(KEY, encrypt(KEY, APP, b"x" * length)) == (b"x" * length, APP.encode())


def test_no_two_ciphertexts_are_alike() -> None:
    assert encrypt(KEY, APP, b"x") != encrypt(KEY, APP, b"x")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "a",
        "不是",
        "====",
        vectors.PUSHED_ENCRYPT[:-1],
        vectors.PUSHED_ENCRYPT[:40],
        vectors.PUSHED_ENCRYPT[24:],
        "A" * 64,
        "AAAA\nAAAA",
    ],
    ids=lambda v: repr(v[:12]),
)
def test_what_is_no_ciphertext_of_ours_is_undecipherable(broken: str) -> None:
    with pytest.raises(Undecipherable):
        decrypt(KEY, broken)


@given(st.binary(max_size=200))
def test_any_bytes_are_opened_or_undecipherable(data: bytes) -> None:
    try:
        message, app_id = decrypt(KEY, base64.b64encode(data).decode())
    except Undecipherable:
        return
    assert len(message) + len(app_id) < len(data)


def seal_raw(plain: bytes) -> str:
    cipher = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16])).encryptor()
    return base64.b64encode(cipher.update(plain) + cipher.finalize()).decode()


@pytest.mark.parametrize(
    "plain",
    [
        b"r" * 16 + b"\xff\xff\xff\xff" + b"x" * 11 + b"\x01",
        b"r" * 16 + b"\0\0\0\1" + b"x" * 12,
        b"\x20" * 32,
        b"r" * 16 + b"\0\0\0\1" + b"x" * 10 + b"\x01\x02",
    ],
    ids=["length beyond the end", "no padding", "nothing but padding", "uneven padding"],
)
def test_a_well_encrypted_wrong_content_is_undecipherable(plain: bytes) -> None:
    with pytest.raises(Undecipherable):
        decrypt(KEY, seal_raw(plain))


def test_during_a_change_of_keys_both_open() -> None:
    new, old = decode_key(OTHER), KEY
    keys = Keys(APP, (new, old))
    assert keys.open(encrypt(new, APP, b"n")) == (b"n", new)
    assert keys.open(encrypt(old, APP, b"o")) == (b"o", old)
    with pytest.raises(Undecipherable):
        Keys(APP, (new,)).open(encrypt(old, APP, b"o"))


def test_another_app_id_is_refused_with_either_key() -> None:
    keys = Keys(APP, (decode_key(OTHER), KEY))
    for key in keys.keys:
        with pytest.raises(WrongAccount):
            keys.open(encrypt(key, "wx" + "0" * 16, b"x"))


@pytest.mark.parametrize(
    "key, why", [("A" * 42, "42 characters"), ("", "0 characters"), ("é" * 43, "something else"), ("A" * 42 + "!", "something else")]
)
def test_a_wrong_key_is_named(key: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        decode_key(key)


def test_nothing_shows_the_keys() -> None:
    assert "keys=" not in repr(Keys(APP, (KEY,)))
