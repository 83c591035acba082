"""A real server on 127.0.0.1 that speaks HTTP/2 over TLS, by ALPN; able to misbehave on purpose.

with serving2(tmp_path) as site:
    site.at("/feed", Reply(b"<rss/>", headers={"ETag": '"1"'}))
    fetch(site.url("/feed")); assert site.seen[0].headers["user-agent"]
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import h2.exceptions

from tests.http_server import Reply, Seen
from tests.smtp_server import self_signed

_FRAME = 16_384  # bytes of DATA in a frame, which every client has to take


@dataclass
class Talk:
    """One request, and the connection it came over: what is answered goes through `h2`, or `raw` past it."""

    site: Site2
    socket: ssl.SSLSocket
    h2: h2.connection.H2Connection
    stream: int
    seen: Seen

    def flush(self) -> None:
        self.socket.sendall(self.h2.data_to_send())

    def raw(self, data: bytes) -> None:
        self.flush()
        self.socket.sendall(data)

    def head(self, status: int = 200, headers: Mapping[str, str] | None = None, *, last: bool = False) -> None:
        named = [(name.lower(), value) for name, value in (headers or {}).items()]
        self.h2.send_headers(self.stream, [(":status", str(status)), *named], end_stream=last)
        self.flush()

    def data(self, body: bytes, *, last: bool = False) -> None:
        """As much at a time as the client has room for."""
        while len(body) > (room := self._room()):
            self.h2.send_data(self.stream, body[:room])
            body = body[room:]
        self.h2.send_data(self.stream, body, end_stream=last)
        self.flush()

    def _room(self) -> int:
        while not (room := self.h2.local_flow_control_window(self.stream)):
            self.flush()
            _receive(self.socket, self.h2)
        return min(room, _FRAME)

    def reply(self, reply: Reply) -> None:
        self.head(reply.status, reply.headers, last=not reply.body)
        if reply.body:
            self.data(reply.body, last=True)


Route2 = Reply | Callable[[Talk], Reply | None]


class Site2:
    """As `tests.http_server.Site`; `protocols` is what it offers, best first, `connections` how many were made."""

    def __init__(self, context: ssl.SSLContext, protocols: Sequence[str] = ("h2", "http/1.1")) -> None:
        self.seen: list[Seen] = []
        self.connections = 0
        self.closing = threading.Event()
        self._routes: dict[str, Route2] = {}
        self._context = context
        context.set_alpn_protocols(list(protocols))
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"https://127.0.0.1:{self.port}{path}"

    def at(self, path: str, route: Route2) -> str:
        self._routes[path] = route
        return self.url(path)

    def feed(self, path: str, body: bytes) -> str:
        """Serve `body` with an ETag, answering 304 to who knows it."""

        def answer(talk: Talk) -> Reply:
            headers = {"ETag": f'"{len(body)}"', "Content-Type": "application/rss+xml"}
            known = talk.seen.headers.get("if-none-match") == headers["ETag"]
            return Reply(status=304, headers=headers) if known else Reply(body, headers=headers)

        return self.at(path, answer)

    def stop(self) -> None:
        self.closing.set()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed, which is the end
            while True:
                raw, _ = self._listener.accept()
                threading.Thread(target=self._talk, args=(raw,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        """One connection, until somebody hangs up."""
        with (
            suppress(OSError, h2.exceptions.ProtocolError),
            self._context.wrap_socket(raw, server_side=True) as talking,
        ):
            talking.settimeout(20)
            self.connections += 1
            if talking.selected_alpn_protocol() == "h2":
                self._speak(talking)

    def _speak(self, talking: ssl.SSLSocket) -> None:
        config = h2.config.H2Configuration(
            client_side=False,
            header_encoding="utf-8",
            validate_outbound_headers=False,
            normalize_outbound_headers=False,
        )
        spoken = h2.connection.H2Connection(config)
        spoken.initiate_connection()
        talking.sendall(spoken.data_to_send())
        while not self.closing.is_set():
            for event in _receive(talking, spoken):
                if isinstance(event, h2.events.RequestReceived):
                    self._answer(Talk(self, talking, spoken, event.stream_id or 0, _seen(event)))
            talking.sendall(spoken.data_to_send())

    def _answer(self, talk: Talk) -> None:
        self.seen.append(talk.seen)
        route = self._routes.get(talk.seen.path) or Reply(b"nothing here", 404)
        reply = route if isinstance(route, Reply) else route(talk)
        if reply is not None:
            talk.reply(reply)


def _receive(talking: ssl.SSLSocket, spoken: h2.connection.H2Connection) -> list[h2.events.Event]:
    data = talking.recv(65_536)
    if not data:
        raise ConnectionResetError
    return spoken.receive_data(data)


def _seen(event: h2.events.RequestReceived) -> Seen:
    headers = {str(name): str(value) for name, value in event.headers or []}
    return Seen(headers[":path"], headers)


@contextmanager
def serving2(folder: Path, protocols: Sequence[str] = ("h2", "http/1.1")) -> Iterator[tuple[Site2, Path]]:
    """A site for as long as the block runs, and the certificate to trust."""
    context, certificate = self_signed(folder, "127.0.0.1")
    site = Site2(context, protocols)
    try:
        yield site, certificate
    finally:
        site.stop()
