"""What can go wrong on the way, in words an editor understands."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus

from curator.clean import plain_line
from curator.errors import CuratorError
from curator.http.environment import authorities_named
from curator.models import Illness

CONNECT_SECONDS = 10.0


class HttpFault(CuratorError):
    """An address did not give what was asked; `passing` where the same request may work later, `illness` what that
    makes of a feed, `retry_after` the server's word on when to ask again, `answered` the address that said so, at the
    end of the redirects, `reached` whether there was a server, `status` with what it refused."""

    title = "The address does not answer as it should"

    def __init__(
        self,
        message: str,
        *,
        passing: bool = False,
        illness: Illness = "failing",
        retry_after: str | None = None,
        answered: str = "",
    ) -> None:
        super().__init__(message)
        self.passing, self.illness, self.reached = passing, illness, True
        self.retry_after, self.answered = retry_after, answered
        self.status: int | None = None


def too_big(max_bytes: int) -> HttpFault:
    return HttpFault(f"the answer is over {max_bytes / 1e6:g} MB", illness="too-big")


def fault_of(error: Exception, seconds: float, proxy: str) -> HttpFault:
    """The sentence for an error of httpx; the cause the system gave lies at the end of its chain. `proxy` is where the
    last step was one towards a proxy, and not the server."""
    import httpx

    if isinstance(error, HttpFault):
        return error
    host = error.request.url.host if isinstance(error, httpx.RequestError) and error._request else "?"
    via = f"the proxy {plain_line(proxy, 80)}" if proxy else ""
    host = plain_line(host, 80)
    if isinstance(error, httpx.ConnectTimeout):
        return _unreached(f"{via or host} did not take the connection within {min(CONNECT_SECONDS, seconds):g} s")
    if isinstance(error, httpx.TimeoutException):
        return HttpFault(f"no answer within {seconds:g} s", passing=True)
    if isinstance(error, httpx.ProxyError):
        status = str(error).partition(" ")[0]
        return proxy_refused(int(status)) if status.isdigit() else _unreached("the proxy refused")
    if isinstance(error, httpx.ConnectError):
        return _connect_fault(via or host, tuple(_causes(error)))
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)):
        return HttpFault(f"the address is not valid: {plain_line(str(error), 100)}")
    if isinstance(error, httpx.NetworkError):
        return HttpFault(f"{via or host} broke the connection off", passing=True)
    return protocol_fault(str(error))


def proxy_refused(status: int) -> HttpFault:
    """A proxy's answer instead of the server's; 407 is its wish for a name and a password."""
    asks = "; HTTPS_PROXY or HTTP_PROXY takes user:password@ before its name" if status == 407 else ""
    return _unreached(f"the proxy refused: {status_line(status)}{asks}")


def status_line(status: int) -> str:
    """`404 Not Found`; the standard's words, since the server's own could hold anything."""
    with suppress(ValueError):
        return f"{status} {HTTPStatus(status).phrase}"
    return str(status)


def protocol_fault(said: str) -> HttpFault:
    """The sentence for what is not HTTP, from a reader's words for it."""
    if ended := _ended_by_server(said):
        return HttpFault(ended, passing=True)
    if "disconnected" in said or "incomplete" in said or "without sending" in said:
        return HttpFault("the answer broke off before its end", passing=True)
    said = plain_line(said.partition(": bytearray(")[0], 100)  # h11 quotes the bytes as Python writes them
    if " " not in said:  # h2 may say no more than the number of a stream
        said = "its parts do not belong together"
    return HttpFault(f"the answer is not HTTP as it should be: {said}", passing=True)


_CODE = re.compile(r"<\w+ .*?error_code:(\d+)")


def _ended_by_server(said: str) -> str | None:
    """The sentence for a stream or a connection of HTTP/2 that the server ended, from how httpcore tells of it."""
    code = _CODE.match(said)
    if not code:
        return None
    from h2.errors import ErrorCodes

    known = {one.value: one.name.lower().replace("_", " ") for one in ErrorCodes}
    return f"the server broke the answer off (HTTP/2: {known.get(int(code[1]), code[1][:20])})"


def _connect_fault(whom: str, causes: tuple[BaseException, ...]) -> HttpFault:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return _unreached(f"the name {whom} cannot be found".replace("the name the proxy", "the name of the proxy"))
        if isinstance(cause, ConnectionRefusedError):
            return _unreached(f"{whom} refused the connection")
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HttpFault(
                f"the certificate of {whom} is not valid: {plain_line(cause.verify_message, 100)}{_by_whom()}"
            )
        if isinstance(cause, ssl.SSLError):
            return HttpFault(f"{whom} does not speak TLS as it should", passing=True)
    reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "no connection")
    return _unreached(f"{whom} cannot be reached: {plain_line(reason, 100)}")


def _by_whom() -> str:
    """Where the environment says whom to believe."""
    named = authorities_named()
    return f" (the authorities are those of {named[0]})" if named else ""


def _unreached(said: str) -> HttpFault:
    fault = HttpFault(said, passing=True)
    fault.reached = False
    return fault


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
