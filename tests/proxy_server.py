"""A real proxy on 127.0.0.1: passes plain requests on, and tunnels with CONNECT.

with proxying() as proxy:
    monkeypatch.setenv("HTTP_PROXY", proxy.address); fetch(site.url("/feed")); assert proxy.asked == ["GET http://…"]
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

_MOST = 65_536


class Proxy:
    """`asked` has the first line of each request without its version; `login` (user:password) is asked for where it
    is given, `refuses` is a status to answer all with."""

    def __init__(self, login: str = "", refuses: str = "", context: ssl.SSLContext | None = None) -> None:
        self.asked: list[str] = []
        self._login, self._refuses, self._context = login, refuses, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.address = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed, which is the end
            while True:
                raw, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with suppress(OSError, ValueError):
            asking = self._context.wrap_socket(raw, server_side=True) if self._context else raw
            with closing(asking):
                head = _head(asking)
                line, *headers = head.decode("latin-1").split("\r\n")
                self.asked.append(line.rpartition(" ")[0])
                if refusal := self._refusal(headers):
                    asking.sendall(f"HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n".encode())
                    return
                self._pass_on(asking, line, headers)

    def _refusal(self, headers: list[str]) -> str:
        wanted = f"Proxy-Authorization: Basic {b64encode(self._login.encode()).decode()}"
        if self._login and wanted not in headers:
            return "407 Proxy Authentication Required"
        return self._refuses

    def _pass_on(self, asking: socket.socket, line: str, headers: list[str]) -> None:
        method, target, version = line.split(" ")
        host, _, port = target.removeprefix("http://").partition("/")[0].rpartition(":")
        with socket.create_connection((host, int(port))) as there:
            if method == "CONNECT":
                asking.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = "/" + target.removeprefix("http://").partition("/")[2]
                kept = [one for one in headers if not one.lower().startswith(("proxy-", "connection"))]
                there.sendall("\r\n".join([f"{method} {path} {version}", "Connection: close", *kept]).encode("latin-1"))
            _carry(asking, there)


def _head(asking: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        part = asking.recv(_MOST)
        if not part:
            raise ConnectionResetError
        head += part
    return head


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Both ways, until either hangs up."""
    while True:
        for ready in [one] if getattr(one, "pending", int)() else select.select([one, other], [], [], 20)[0]:
            data = ready.recv(_MOST)
            if not data:
                return
            (other if ready is one else one).sendall(data)


@contextmanager
def proxying(login: str = "", refuses: str = "", context: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy for as long as the block runs."""
    proxy = Proxy(login, refuses, context)
    try:
        yield proxy
    finally:
        proxy.stop()
