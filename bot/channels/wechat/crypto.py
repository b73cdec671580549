"""Signatures and the AES envelope of WeChat's message push, as its documentation 消息加解密说明 describes them. Pure.

A signature is the SHA-1 of the sorted parts, joined. A message is AES-256-CBC over ``random(16) + length(4, big endian) +
message + app id``, padded by PKCS#7 to blocks of 32 bytes; the vector is the first half of the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_HEAD = 20


class Undecipherable(Exception):
    """What came is no message encrypted with one of our keys; the text says what is wrong with it."""


class WrongAccount(Exception):
    """The message is well encrypted and for another app id."""


def signature(*parts: str) -> str:
    """SHA-1 over the sorted parts: of token, timestamp and nonce, and of the ciphertext where there is one."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "surrogatepass")).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two signatures are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def decode_key(encoding_aes_key: str) -> bytes:
    """The 32 bytes of an EncodingAESKey.

    Raises:
        ValueError: it is not 43 letters and digits of base64.
    """
    if len(encoding_aes_key) != 43:
        raise ValueError(f"it has {len(encoding_aes_key)} characters; an EncodingAESKey has 43")
    try:
        return base64.b64decode(encoding_aes_key + "=", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("it holds something else than letters and digits") from error


def encrypt(key: bytes, app_id: str, message: bytes, random: bytes | None = None) -> str:
    """The message encrypted, as base64; ``random`` are the 16 bytes in front, fresh by default."""
    head = secrets.token_bytes(16) if random is None else random
    plain = head + struct.pack(">I", len(message)) + message + app_id.encode()
    fill = _BLOCK - len(plain) % _BLOCK
    cipher = _cipher(key).encryptor()
    return base64.b64encode(cipher.update(plain + bytes([fill]) * fill) + cipher.finalize()).decode()


def decrypt(key: bytes, encrypted: str) -> tuple[bytes, bytes]:
    """Message and app id.

    Raises:
        Undecipherable: no base64, not whole blocks, wrong padding or a length that does not fit.
    """
    try:
        data = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Undecipherable("the ciphertext is no base64") from error
    if not data or len(data) % 16:
        raise Undecipherable("the ciphertext is cut off")
    cipher = _cipher(key).decryptor()
    plain = cipher.update(data) + cipher.finalize()
    fill = plain[-1]
    if not 1 <= fill <= _BLOCK or plain[-fill:] != bytes([fill]) * fill or len(plain) - fill < _HEAD:
        raise Undecipherable("the ciphertext was made with another key")
    body = plain[_HEAD:-fill]
    (length,) = struct.unpack(">I", plain[_HEAD - 4 : _HEAD])
    if length > len(body):
        raise Undecipherable("the message is shorter than it says")
    return body[:length], body[length:]


@dataclass(frozen=True)
class Keys:
    """The keys of an account, the current one first; the previous one still opens what WeChat sends during a change."""

    app_id: str
    keys: tuple[bytes, ...] = field(repr=False)

    def open(self, encrypted: str) -> tuple[bytes, bytes]:
        """The message, and the key it was encrypted with (an answer is encrypted with the same).

        Raises:
            Undecipherable: none of the keys opens it.
            WrongAccount: one opens it, and it is for another app id.
        """
        failed: Exception = Undecipherable("there is no key")
        for key in self.keys:
            try:
                message, app_id = decrypt(key, encrypted)
            except Undecipherable as error:
                failed = failed if isinstance(failed, WrongAccount) else error
                continue
            if hmac.compare_digest(app_id, self.app_id.encode()):
                return message, key
            failed = WrongAccount("the message is for another app id")
        raise failed


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
