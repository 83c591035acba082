"""A real HTTP server on 127.0.0.1 for tests: threaded, keeping connections, able to misbehave on purpose.

def test_it(site: Site) -> None:
    site.at("/feed", Reply(b"<rss/>", headers={"ETag": '"1"'}))
    fetch(site.url("/feed")); assert site.seen[0].headers["user-agent"]
"""

from __future__ import annotations

import socketserver
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest


@dataclass(frozen=True)
class Reply:
    """What the server says. `headers` come after Content-Length, which is left out where they name it."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """One request; header names in lower case."""

    path: str
    headers: Mapping[str, str]


Handler = BaseHTTPRequestHandler
Route = Reply | Callable[[Handler], Reply | None]


class Site:
    """`at` gives a path its answer: a Reply, or a function of the handler that returns one or writes by itself
    (and returns None: the connection is then closed). Slow ones wait on `closing`, which ends them all."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self._routes: dict[str, Route] = {}
        self._server = _Server((address, 0), _handler_for(self))
        self.port = self._server.server_address[1]
        self.host = f"{address}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def at(self, path: str, route: Route) -> str:
        """Answer `path` so; the address to ask."""
        self._routes[path] = route
        return self.url(path)

    def feed(self, path: str, body: bytes, content_type: str = "application/xml") -> str:
        """Serve `body` with an ETag, answering 304 to who knows it."""
        etag = f'"{sha256(body).hexdigest()[:16]}"'

        def answer(handler: Handler) -> Reply:
            headers = {"ETag": etag, "Content-Type": content_type}
            if handler.headers.get("If-None-Match") == etag:
                return Reply(status=304, headers=headers)
            return Reply(body, headers=headers)

        return self.at(path, answer)

    def folder(self, folder: Path, at: str = "/") -> list[str]:
        """Serve every file of `folder`; the addresses, sorted by name."""
        return [self.feed(at + quote(file.name), file.read_bytes()) for file in sorted(folder.iterdir())]

    def route(self, path: str) -> Route:
        return self._routes.get(path) or self._routes.get(unquote(path)) or Reply(b"nothing here", 404)

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what these tests are about; anything else is worth seeing."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _handler_for(site: Site) -> Callable[..., socketserver.BaseRequestHandler]:
    class _Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.seen.append(Seen(self.path, headers))
            route = site.route(self.path)
            with suppress(ConnectionError):
                reply = route if isinstance(route, Reply) else route(self)
                if reply is not None:
                    _write(self, reply)
                    return
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    return _Handler


def _write(handler: Handler, reply: Reply) -> None:
    handler.send_response(reply.status)
    if "Content-Length" not in reply.headers and reply.status != 304:
        handler.send_header("Content-Length", str(len(reply.body)))
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(reply.body)


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[Site]:
    """A site for as long as the block runs."""
    site = Site(address)
    site.start()
    try:
        yield site
    finally:
        site.stop()


@pytest.fixture
def site() -> Iterator[Site]:
    """A fresh local server; put `from tests.http_server import site as site` into a conftest to have it."""
    with serving() as started:
        yield started
