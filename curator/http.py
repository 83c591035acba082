"""Speaking HTTP: the one client factory, and a GET that is bounded in time, bytes and redirects.

    settings ─client→ httpx.Client ─Line→ get(url) → Answer | HttpFault

httpx bounds neither the whole of a download nor what a compressed body grows into, and reads the bodies of
redirects to their end; so redirects, decoding and the deadline are done here. What the deadline does not cover is
the system's name look-up and, for a name with several dead addresses, one connection timeout (10 s at most) for each.
"""

from __future__ import annotations

import heapq
import os
import socket
import ssl
import sys
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from curator import __version__
from curator.clean import plain_line
from curator.config import Pull
from curator.errors import CuratorError, UsageError

if TYPE_CHECKING:
    import httpx

MAX_REDIRECTS = 10
CONNECT_SECONDS = 10.0
ACCEPT_FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
ACCEPT_PAGES = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"


class HttpFault(CuratorError):
    """An address did not give what was asked; `passing` where the same request may work later."""

    title = "The address does not answer as it should"

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


@dataclass(frozen=True, slots=True)
class Answer:
    """`url` is where the redirects ended; `body` is decoded, and None after 304 Not Modified."""

    url: str
    body: bytes | None
    content_type: str | None
    etag: str | None
    last_modified: str | None


def user_agent(settings: Pull, site: str = "") -> str:
    """Who asks, and where to read about it: `curator/0.1.0 (+https://example.org)`."""
    default = f"curator/{__version__} (+{site})" if site else f"curator/{__version__}"
    name = plain_line(settings.user_agent) or default
    return name.encode("ascii", "ignore").decode()


def client(settings: Pull, site: str = "", accept: str = ACCEPT_FEEDS) -> httpx.Client:
    """A client for one thread: proxies and certificates come from the environment as httpx reads it."""
    load_httpx()
    import httpx

    headers = {"User-Agent": user_agent(settings, site), "Accept": accept, "Accept-Encoding": "gzip, deflate"}
    timeout = httpx.Timeout(settings.timeout, connect=min(CONNECT_SECONDS, settings.timeout))
    with _told_as_usage():
        return httpx.Client(headers=headers, timeout=timeout, verify=_verify(), follow_redirects=False)


@contextmanager
def _told_as_usage() -> Iterator[None]:
    try:
        yield
    except (ImportError, ValueError, OSError) as error:
        said = plain_line(str(error), 200).rstrip(".")
        raise UsageError(f"The proxy or certificate settings of the environment cannot be used: {said}.") from error


_ONE_AT_A_TIME = threading.Lock()


def load_httpx() -> None:
    """Import httpx without its command line, whose absence it allows for: that brings rich, which takes as long."""
    with _ONE_AT_A_TIME:
        if "httpx" in sys.modules:
            return
        sys.modules["httpx._main"] = cast(Any, None)
        try:
            import httpcore  # noqa: F401 - httpx would leave it to the first of many threads
            import httpx  # noqa: F401 - for those who import it next
        finally:
            del sys.modules["httpx._main"]


def _verify() -> ssl.SSLContext:
    """The authorities, looked at now only where the environment names some that are not there."""
    named = (os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    if any(path and not os.access(path, os.R_OK) for path in named):
        return _certificates()
    return cast(ssl.SSLContext, _LateContext())


class _LateContext:
    """A TLS context that is made when a connection first needs it: loading the authorities takes longer than most
    downloads, and a feed without TLS does not need them."""

    def __getattr__(self, name: str) -> Any:
        with _ONE_AT_A_TIME, _told_as_usage():
            context = _certificates()
        return getattr(context, name)


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    """One for all clients."""
    import httpx

    return httpx.create_ssl_context()


class _Deadlines:
    """One thread that cuts lines when their time is over; a timer each would be a thread for every request."""

    def __init__(self) -> None:
        self._due: list[list[Any]] = []  # a heap of [when, number, line], line None where it was in time
        self._changed = threading.Condition()
        self._number = 0
        self._runs = False

    @contextmanager
    def cut_after(self, seconds: float, line: Line) -> Iterator[None]:
        due = self._add(time.monotonic() + seconds, line)
        try:
            yield
        finally:
            with self._changed:
                due[2] = None

    def _add(self, when: float, line: Line) -> list[Any]:
        with self._changed:
            self._number += 1
            due = [when, self._number, line]
            heapq.heappush(self._due, due)
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._watch, name="deadlines", daemon=True).start()
            elif self._due[0] is due:
                self._changed.notify()
            return due

    def _watch(self) -> None:
        with self._changed:
            while True:
                while self._due and self._due[0][2] is None:
                    heapq.heappop(self._due)
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is not None and left <= 0:
                    heapq.heappop(self._due)[2].cut()
                else:
                    self._changed.wait(left)


_DEADLINES = _Deadlines()


class Line:
    """One thread's way out: a client, and the sockets it opened, so that another thread can `cut` them.
    It asks nothing twice, except where a kept connection proves dead before any answer."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._client.close()

    def get(self, url: str, *, max_bytes: int, seconds: float, headers: Mapping[str, str] | None = None) -> Answer:
        """The decoded answer, or HttpFault with a sentence an editor understands."""
        import httpx

        ends = time.monotonic() + seconds
        self._client.cookies.clear()  # what one feed's server says is not for another's
        try:
            with _DEADLINES.cut_after(seconds, self), self._open(url, headers or {}) as response:
                answer = _answer(response, max_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            if time.monotonic() >= ends:
                raise HttpFault(f"no answer within {seconds:g} s", passing=True) from error
            raise _fault(error, seconds) from error
        if time.monotonic() >= ends:  # a body that ends with the connection looks whole when it was cut
            raise HttpFault(f"no answer within {seconds:g} s", passing=True)
        return answer

    def cut(self) -> None:
        """Break every connection: whoever waits on one gets an error at once."""
        for opened in self._sockets:
            with suppress(OSError):  # closed meanwhile
                socket.socket.shutdown(opened, socket.SHUT_RDWR)  # SSLSocket's own would pull TLS from under a reader

    @contextmanager
    def _open(self, url: str, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer at the end of the redirects, its body not yet read."""
        request = self._client.build_request("GET", url, headers=dict(headers), extensions={"trace": self._trace})
        for _ in range(MAX_REDIRECTS + 1):
            if request.url.scheme not in ("http", "https") or not request.url.host:
                raise HttpFault(f"leads to {plain_line(str(request.url), 100)}, which is not a web address")
            response = self._send(request)
            try:
                if response.next_request is None:
                    yield response
                    return
                request = response.next_request
            finally:
                response.close()
        raise HttpFault(f"the server redirects more than {MAX_REDIRECTS} times")

    def _send(self, request: httpx.Request) -> httpx.Response:
        import httpx

        reused = any(opened.fileno() != -1 for opened in self._sockets)
        try:
            return self._client.send(request, stream=True)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            if not reused:
                raise
            return self._client.send(request, stream=True)

    def _trace(self, event: str, info: Mapping[str, object]) -> None:
        """httpcore's `trace` extension: remember each socket as it opens, forget the closed."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            stream = info["return_value"]
            opened = stream.get_extra_info("socket")  # type: ignore[attr-defined]
            self._sockets = [old for old in self._sockets if old.fileno() != -1]
            self._sockets.append(opened)


def _answer(response: httpx.Response, max_bytes: int) -> Answer:
    status = response.status_code
    if status != HTTPStatus.NOT_MODIFIED and not response.is_success:
        raise HttpFault(f"the server answered {status_line(status)}", passing=status >= 500 or status in (408, 429))
    body = None if status == HTTPStatus.NOT_MODIFIED else _body(response, max_bytes)
    kept = {name: _header(response, name) for name in ("content-type", "etag", "last-modified")}
    return Answer(str(response.url), body, kept["content-type"], kept["etag"], kept["last-modified"])


def status_line(status: int) -> str:
    """`404 Not Found`; the standard's words, since the server's own could hold anything."""
    with suppress(ValueError):
        return f"{status} {HTTPStatus(status).phrase}"
    return str(status)


def _header(response: httpx.Response, name: str) -> str | None:
    """Only what can be sent back as it came: printable ASCII of a bearable length."""
    value: str = response.headers.get(name, "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= 500 else None


# ---------------------------------------------------------------- bodies


def too_big(max_bytes: int) -> HttpFault:
    return HttpFault(f"the answer is over {max_bytes / 1e6:g} MB")


def _body(response: httpx.Response, max_bytes: int) -> bytes:
    """The body, decoded, never holding more than `max_bytes` of it; httpcore hands out at most 64 kB at a time."""
    unpack = _unpacker(response.headers.get("content-encoding", ""))
    parts, raw, decoded = [], 0, 0
    for chunk in response.iter_raw():
        raw += len(chunk)
        part = unpack.feed(chunk, max_bytes - decoded) if unpack else chunk
        decoded += len(part)
        if max(raw, decoded) > max_bytes:
            raise too_big(max_bytes)
        parts.append(part)
    if unpack and raw and not unpack.complete:
        raise HttpFault("the answer broke off before its end", passing=True)
    return b"".join(parts)


def _unpacker(encoding: str) -> Inflater | None:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name in ("gzip", "x-gzip", "deflate"):
        return Inflater(raw_allowed=name == "deflate")
    raise HttpFault(f"the answer is compressed as “{plain_line(encoding, 40)}”, which was not asked for")


class Inflater:
    """gzip (also of several members) and deflate, bounded: no call returns more than `room` + 1 bytes."""

    def __init__(self, *, raw_allowed: bool = False) -> None:
        self._raw_allowed = raw_allowed  # some servers send "deflate" without its zlib header
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 32)

    @property
    def complete(self) -> bool:
        return self._zlib.eof

    def feed(self, data: bytes, room: int) -> bytes:
        """The next part, or HttpFault where the data is not what it says."""
        part = self._feed(data, room + 1)
        while self._zlib.eof and len(part) <= room and self._zlib.unused_data.startswith(b"\x1f\x8b"):
            rest, self._zlib = self._zlib.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16)
            part += self._feed(rest, room + 1 - len(part))
        return part

    def _feed(self, data: bytes, most: int) -> bytes:
        try:
            part = self._zlib.decompress(data, most)
        except zlib.error as error:
            if not self._raw_allowed:
                raise HttpFault("the answer is damaged: it cannot be decompressed") from error
            self._raw_allowed, self._zlib = False, zlib.decompressobj(-zlib.MAX_WBITS)
            return self._feed(data, most)
        self._raw_allowed = False
        return part


def inflate(data: bytes, max_bytes: int) -> bytes:
    """A body that is itself a gzip file, unpacked within `max_bytes`; HttpFault where it is damaged."""
    inflater = Inflater()
    body = inflater.feed(data, max_bytes)
    if len(body) > max_bytes:
        raise too_big(max_bytes)
    if not inflater.complete:
        raise HttpFault("the answer broke off before its end", passing=True)
    return body


# ---------------------------------------------------------------- what went wrong, in words


def _fault(error: Exception, seconds: float) -> HttpFault:
    """The sentence for an error of httpx; the cause the system gave lies at the end of its chain."""
    import httpx

    host = error.request.url.host if isinstance(error, httpx.RequestError) and error._request else "?"
    host = plain_line(host, 80)
    causes = tuple(_causes(error))
    if isinstance(error, httpx.ConnectTimeout):
        return HttpFault(f"{host} did not take the connection within {min(CONNECT_SECONDS, seconds):g} s", passing=True)
    if isinstance(error, httpx.TimeoutException):
        return HttpFault(f"no answer within {seconds:g} s", passing=True)
    if isinstance(error, httpx.ProxyError):
        return HttpFault(f"the proxy refused: {plain_line(str(error), 100)}", passing=True)
    if isinstance(error, httpx.ConnectError):
        return _connect_fault(host, causes)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)):
        return HttpFault(f"the address is not valid: {plain_line(str(error), 100)}")
    if isinstance(error, httpx.NetworkError):
        return HttpFault(f"{host} broke the connection off", passing=True)
    if "disconnected" in str(error) or "incomplete" in str(error) or "without sending" in str(error):
        return HttpFault("the answer broke off before its end", passing=True)
    return HttpFault(f"the answer is not HTTP as it should be: {plain_line(str(error), 100)}", passing=True)


def _connect_fault(host: str, causes: tuple[BaseException, ...]) -> HttpFault:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return HttpFault(f"the name {host} cannot be found", passing=True)
        if isinstance(cause, ConnectionRefusedError):
            return HttpFault(f"{host} refused the connection", passing=True)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HttpFault(f"the certificate of {host} is not valid: {plain_line(cause.verify_message, 100)}")
        if isinstance(cause, ssl.SSLError):
            return HttpFault(f"{host} does not speak TLS as it should", passing=True)
    reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "no connection")
    return HttpFault(f"{host} cannot be reached: {plain_line(reason, 100)}", passing=True)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
