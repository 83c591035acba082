"""Speaking HTTP: the one client factory, and a GET that is bounded in time, bytes and redirects.

    settings ─client→ httpx.Client ─Line→ get(url) → Answer | HttpFault

httpx bounds neither the whole of a download nor what a compressed body grows into, and reads the bodies of
redirects to their end; so redirects, decoding and the deadline are done here. What the deadline does not cover is
the system's name look-up and, for a name with several dead addresses, one connection timeout (10 s at most) for each;
and the beginning of TLS, once more that timeout at most.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import msgspec

from curator import __version__
from curator.clean import plain_line
from curator.config import Pull
from curator.http.bodies import ENCODINGS, body_of, inflate
from curator.http.deadlines import DEADLINES
from curator.http.environment import (
    authorities,
    authorities_named,
    certificates,
    load_httpx,
    mounts,
    told_as_usage,
)
from curator.http.faults import CONNECT_SECONDS, HttpFault, fault_of, proxy_refused, status_line, too_big
from curator.http.http2 import leave, misread_as_faults, shut
from curator.http.inside import may_lead
from curator.models import Illness

if TYPE_CHECKING:
    import httpx

__all__ = [
    "ACCEPT_FEEDS",
    "ACCEPT_PAGES",
    "Answer",
    "HttpFault",
    "Line",
    "client",
    "inflate",
    "load_httpx",
    "status_line",
    "too_big",
    "try_environment",
    "user_agent",
]

MAX_REDIRECTS = 10
ACCEPT_FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5"
)
ACCEPT_PAGES = "text/html, application/xhtml+xml, application/pdf;q=0.9, */*;q=0.5"


class Answer(msgspec.Struct, frozen=True):
    """`url` is where the redirects ended; `body` is decoded, and None after 304 Not Modified. `moved_to` is where the
    redirects led as long as they were permanent, `caching` the headers that say how long it stays fresh, by name."""

    url: str
    body: bytes | None
    content_type: str | None
    etag: str | None
    last_modified: str | None
    moved_to: str | None = None
    caching: Mapping[str, str] = msgspec.field(default_factory=dict)


def user_agent(settings: Pull, site: str = "") -> str:
    """Who asks, and where to read about it: `curator/0.1.0 (+https://example.org)`."""
    default = f"curator/{__version__} (+{site})" if site else f"curator/{__version__}"
    name = plain_line(settings.user_agent) or default
    return name.encode("ascii", "ignore").decode()


def client(settings: Pull, site: str = "", accept: str = ACCEPT_FEEDS) -> httpx.Client:
    """A client for one thread; proxies and authorities come from the environment. UsageError where these cannot be
    used. A server with TLS may choose HTTP/2."""
    load_httpx()
    import httpx

    headers = {"User-Agent": user_agent(settings, site), "Accept": accept, "Accept-Encoding": ENCODINGS}
    timeout = httpx.Timeout(settings.timeout, connect=min(CONNECT_SECONDS, settings.timeout))
    ways, verify = mounts(), authorities()
    with told_as_usage():
        return httpx.Client(
            headers=headers, timeout=timeout, verify=verify, mounts=ways, http2=True, follow_redirects=False
        )


def try_environment(settings: Pull) -> None:
    """Make of the environment what a pull makes of it, and what it leaves until a server with TLS is asked; UsageError
    where that cannot be used."""
    client(settings).close()
    if authorities_named():
        certificates("servers")


class Line:
    """One thread's way out: a client, and the sockets it opened, so that another thread can `cut` them.
    It asks nothing twice, except where a kept connection proves dead before any answer."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._sockets: list[socket.socket] = []
        self._peers: dict[tuple[str, int], str] = {}  # which address a name was last reached at
        self._dialled = ("", 0)
        self._toward = ("", 0)  # whom a connection, or TLS over it, was last made with
        self._ends = 0.0
        self._asked: httpx.URL | None = None
        self._led_from: httpx.URL | None = None  # the first address, while a redirect is followed

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with suppress(HttpFault), misread_as_faults():  # what it said last is of no interest any more
            self._client.close()
        for opened in self._sockets:  # one whose TLS could not begin is nobody's
            opened.close()

    def get(
        self,
        url: str,
        *,
        max_bytes: int,
        seconds: float,
        headers: Mapping[str, str] | None = None,
        private: Mapping[str, str] | None = None,
        lead: Callable[[str], None] = lambda url: None,
    ) -> Answer:
        """The decoded answer, or HttpFault with a sentence an editor understands. `private` headers are for this
        server only: a redirect to another one goes without them. `lead` is told of each address that a redirect leads
        to before that is asked, and may raise. With `max_bytes` 0 no body is read."""
        import httpx

        self._ends = ends = time.monotonic() + seconds
        self._client.cookies.clear()  # what one feed's server says is not for another's
        try:
            cut = DEADLINES.cut_after(seconds, self)
            opened = self._open(url, headers or {}, private or {}, lead)
            with cut, misread_as_faults(), opened as (response, moved_to):
                answer = _answer(response, max_bytes, moved_to)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, HttpFault) as error:
            if time.monotonic() >= ends:
                raise HttpFault(f"no answer within {seconds:g} s", passing=True) from error
            raise fault_of(error, seconds, self._proxy) from error
        if time.monotonic() >= ends:  # a body that ends with the connection looks whole when it was cut
            raise HttpFault(f"no answer within {seconds:g} s", passing=True)
        return answer

    def cut(self) -> None:
        """Break every connection: whoever waits on one gets an error at once."""
        for opened in self._sockets:
            shut(opened)

    @contextmanager
    def _open(
        self, url: str, headers: Mapping[str, str], private: Mapping[str, str], lead: Callable[[str], None]
    ) -> Iterator[tuple[httpx.Response, str | None]]:
        """The answer at the end of the redirects, its body not yet read, and where permanent ones led."""
        request = self._client.build_request(
            "GET", url, headers={**headers, **private}, extensions={"trace": self._trace}
        )
        first = request.url
        moved_to, permanent, self._led_from = None, True, None
        for _ in range(MAX_REDIRECTS + 1):
            if request.url.scheme not in ("http", "https") or not request.url.host:
                raise HttpFault(f"leads to {plain_line(str(request.url), 100)}, which is not a web address")
            response = self._send(request)
            try:
                if response.next_request is None:
                    yield response, moved_to
                    return
                request, self._led_from = response.next_request, first
                self._refuse_inside(request.url.host, request.url)
                lead(str(request.url))
                if not _same_server(first, request.url):
                    self._forget(private, request)
                permanent = permanent and response.status_code in (301, 308)
                moved_to = str(request.url) if permanent else moved_to
            finally:
                leave(response)
        raise HttpFault(f"the server redirects more than {MAX_REDIRECTS} times")

    def _refuse_inside(self, address: str, url: httpx.URL) -> None:
        """A redirect may lead inside only where the feed itself lives; a kept connection counts as it was made."""
        assert self._led_from is not None
        home = self._peers.get(_end(self._led_from), self._led_from.host)
        for there in (address, self._peers.get(_end(url), address)):
            if not may_lead(home, there):
                raise HttpFault(
                    f"leads to {plain_line(str(url), 100)}, an address inside ({plain_line(there, 60)}), from outside"
                )

    def _forget(self, private: Mapping[str, str], request: httpx.Request) -> None:
        for name in private:
            request.headers.pop(name, None)
            if name in self._client.headers:
                request.headers[name] = self._client.headers[name]

    def _send(self, request: httpx.Request) -> httpx.Response:
        import httpx

        self._asked, self._toward = request.url, _end(request.url)
        reused = any(opened.fileno() != -1 for opened in self._sockets)
        try:
            return self._client.send(request, stream=True)
        except (httpx.ProtocolError, httpx.ReadError, httpx.WriteError):
            if not reused or time.monotonic() >= self._ends:
                raise
            return self._client.send(request, stream=True)

    def _trace(self, event: str, info: Mapping[str, object]) -> None:
        """httpcore's `trace` extension: remember each socket as it opens, forget the closed."""
        if event.endswith("connect_tcp.started"):
            self._dialled = self._toward = (str(info["host"]), cast(int, info["port"]))
        if event.endswith("start_tls.started") and self._asked and info["server_hostname"] == _end(self._asked)[0]:
            self._toward = _end(self._asked)
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            stream = info["return_value"]
            self._opened(stream)
            if event.endswith("connect_tcp.complete"):
                self._reached(stream)

    @property
    def _proxy(self) -> str:
        """Who stands between, where the last step was one towards a proxy; else ''."""
        return "" if self._asked is None or self._toward == _end(self._asked) else self._toward[0]

    def _opened(self, stream: Any) -> None:
        import httpx

        self._sockets = [old for old in self._sockets if old.fileno() != -1]
        self._sockets.append(stream.get_extra_info("socket"))
        if time.monotonic() >= self._ends:  # the deadline has been, and cut what there was then
            stream.close()
            raise httpx.ReadTimeout("too late")

    def _reached(self, stream: Any) -> None:
        """A connection was made; a proxy's says nothing of where the request goes from there."""
        peer = self._peers[self._dialled] = str(stream.get_extra_info("server_addr")[0])
        url = self._asked
        if self._led_from is None or url is None or _end(url) != self._dialled:
            return
        try:
            self._refuse_inside(peer, url)
        except HttpFault:
            stream.close()
            raise


def _end(url: httpx.URL) -> tuple[str, int]:
    """What a connection for it is made to: its name as it is dialled, in ASCII (`xn--…`)."""
    return url.raw_host.decode("ascii"), url.port or {"https": 443}.get(url.scheme, 80)


def _same_server(one: httpx.URL, other: httpx.URL) -> bool:
    """Also where it only changes to https."""
    if one.host != other.host:
        return False
    upgraded = (one.scheme, one.port, other.scheme, other.port) == ("http", None, "https", None)
    return upgraded or (one.scheme, one.port) == (other.scheme, other.port)


def _answer(response: httpx.Response, max_bytes: int, moved_to: str | None) -> Answer:
    status = response.status_code
    if status != HTTPStatus.NOT_MODIFIED and not response.is_success:
        raise _refusal(response)
    body = None
    if status == HTTPStatus.NOT_MODIFIED:
        _read_nothing(response)
    elif max_bytes:
        body = body_of(response, max_bytes)
    kept = {name: _header(response, name) for name in ("content-type", "etag", "last-modified")}
    caching = {name: said for name in ("cache-control", "expires", "date", "age") if (said := _header(response, name))}
    return Answer(str(response.url), body, kept["content-type"], kept["etag"], kept["last-modified"], moved_to, caching)


def _read_nothing(response: httpx.Response) -> None:
    """Read to its end, where there should be nothing before that: so its connection can be kept."""
    for _ in response.iter_raw():
        break


def _refusal(response: httpx.Response) -> HttpFault:
    status = response.status_code
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return proxy_refused(status)
    challenge = _header(response, "cf-mitigated") == "challenge"  # Cloudflare's sign that a page asks for a browser
    said = f"the server answered {status_line(status)}{', and asks for a browser' if challenge else ''}"
    illness: Illness = "blocked" if challenge or status in (401, 403) else "gone" if status == 410 else "failing"
    passing = status >= 500 or status in (408, 429)
    asks = _header(response, "retry-after") or ("" if status == 429 else None)  # 429 asks to wait without saying so
    asks = asks if status in (429, 503) else None
    fault = HttpFault(said, passing=passing, illness=illness, retry_after=asks, answered=str(response.url))
    fault.status = status
    return fault


def _header(response: httpx.Response, name: str) -> str | None:
    """Only what can be sent back as it came: printable ASCII of a bearable length."""
    value: str = response.headers.get(name, "").strip()
    return value if value and value.isascii() and value.isprintable() and len(value) <= 500 else None
