"""Messages as WeChat writes them: XML or JSON in, text replies in the same form out. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

XML, JSON = "xml", "json"
_REQUIRED = ("ToUserName", "FromUserName", "CreateTime", "MsgType")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Malformed(Exception):
    """The body is no message; the text says why."""


@dataclass(frozen=True)
class Message:
    """One message or event. ``kind`` is WeChat's MsgType, ``event`` its Event, both in lower case; ``fields`` is all it carried."""

    account: str
    openid: str = field(repr=False)
    created: int
    kind: str
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def event(self) -> str:
        """The name of the event, in lower case; empty for a message."""
        return self.get("Event").lower() if self.kind == "event" else ""

    def get(self, name: str) -> str:
        """A field without surrounding space; empty where there is none."""
        return self.fields.get(name, "").strip()

    @property
    def key(self) -> str:
        """The same for every try of one message, and for no other.

        A message by MsgId, sender and time; an event, which has no MsgId, by sender and time, and by what happened: a person who
        scans a code and so subscribes causes two events in one second.
        """
        told = ("Event", "EventKey") if self.kind == "event" else ("MsgId",) if self.get("MsgId") else ("Content", "MediaId")
        parts = [self.openid, str(self.created), self.kind, *(self.get(name) for name in told)]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def read(body: bytes) -> tuple[str, dict[str, str]]:
    """The form of a body (:data:`XML` or :data:`JSON`) and its fields; nested ones, which no message needs, are left out.

    Raises:
        Malformed: it is neither, or it declares entities.
    """
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Malformed("the body is no UTF-8") from error
    return (JSON, _from_json(text)) if text.startswith("{") else (XML, _from_xml(text))


def message(fields: Mapping[str, str]) -> Message:
    """The message of the fields.

    Raises:
        Malformed: one that every message has is missing, or the time is no number.
    """
    for name in _REQUIRED:
        if not fields.get(name, "").strip():
            raise Malformed(f"{name} is missing")
    created = fields["CreateTime"].strip()
    if not re.fullmatch(r"[0-9]{1,12}", created):
        raise Malformed("CreateTime is no time in seconds")
    who, account = fields["FromUserName"].strip(), fields["ToUserName"].strip()
    if max(len(who), len(account)) > 128:
        raise Malformed("FromUserName or ToUserName is too long")
    return Message(account, who, int(created), fields["MsgType"].strip().lower(), fields)


def text_reply(form: str, to: str, account: str, at: int, content: str) -> bytes:
    """A text message to a person in the form in which they wrote."""
    told = {"ToUserName": to, "FromUserName": account, "CreateTime": at, "MsgType": "text", "Content": content}
    return _write(form, told)


def encrypted_reply(form: str, encrypted: str, signature: str, at: int, nonce: str) -> bytes:
    """The envelope of an encrypted reply."""
    return _write(form, {"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": at, "Nonce": nonce})


def _from_json(text: str) -> dict[str, str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is no JSON") from error
    return {
        name: str(found)
        for name, found in value.items()
        if isinstance(found, str) or (isinstance(found, (int, float)) and not isinstance(found, bool))
    }


def _from_xml(text: str) -> dict[str, str]:
    try:
        root = fromstring(text, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Malformed("the XML declares a document type or entities") from error
    except (ParseError, ValueError, RecursionError) as error:
        raise Malformed("the body is no XML") from error
    return {child.tag: child.text or "" for child in root if not len(child)}


def _write(form: str, told: Mapping[str, Any]) -> bytes:
    if form == JSON:
        return json.dumps(told, ensure_ascii=False).encode()
    rows = (f"<{name}>{value if isinstance(value, int) else _cdata(value)}</{name}>" for name, value in told.items())
    return f"<xml>{''.join(rows)}</xml>".encode()


def _cdata(text: str) -> str:
    """A CDATA section with what XML cannot hold taken out, and its end mark cut in two."""
    return "<![CDATA[" + _NO_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"
