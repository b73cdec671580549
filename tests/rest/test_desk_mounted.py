"""The hotline desk is served beside the channels, and answers nobody without a session."""

from __future__ import annotations

import http.client

import pytest

from tests.rest.serving import Server


@pytest.mark.server
@pytest.mark.parametrize("path, status", [("/desk/", 303), ("/desk/sign-in", 200), ("/desk/api/me", 401), ("/desk/nothing", 401)])
def test_the_desk_is_there_and_closed(server: Server, path: str, status: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    assert answer.status == status
    assert "default-src 'none'" in (answer.getheader("content-security-policy") or "")
