"""Nearly every real feed is fetched over TLS: against a real server with a certificate it signed itself."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from curator.config import Pull
from curator.http.environment import LateContext, certificates
from curator.models import Failure, Feed, Fetched
from curator.pull.fetch import fetch_all
from tests.smtp_server import self_signed

BODY = b"<rss version='2.0'><channel><title>T</title><item><title>One</title></item></channel></rss>"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us hangs up; that is what it should do."""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a feed over TLS, and the certificate to trust."""
    context, certificate = self_signed(tmp_path, "127.0.0.1")
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    certificates.cache_clear()
    yield f"https://127.0.0.1:{server.server_address[1]}", certificate
    certificates.cache_clear()
    server.shutdown()
    server.server_close()
    thread.join()


def _answers(address: str, folder: Path, count: int = 1) -> list[Fetched | Failure]:
    feeds = [Feed(f"f{n}", f"F{n}", f"{address}/{n}.xml") for n in range(count)]
    return list(fetch_all(feeds, {}, Pull(timeout=10), folder))


def test_feeds_come_over_tls_from_whom_the_environment_trusts(
    secure: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, certificate = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answers = _answers(address, tmp_path, 12)
    assert [one.body if isinstance(one, Fetched) else one for one in answers] == [BODY] * 12
    assert certificates.cache_info().misses == 1


def test_nobody_else_is_believed(secure: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    (answer,) = _answers(secure[0], tmp_path)
    assert isinstance(answer, Failure)
    assert "certificate of 127.0.0.1 is not valid" in answer.error


def test_the_context_is_a_real_one_once_it_is_used() -> None:
    """httpx and httpcore ask a context for what they need by name; what they get is the ssl module's own."""
    context = LateContext("servers")
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname is True
