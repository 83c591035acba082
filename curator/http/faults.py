"""What can go wrong on the way, in words an editor understands."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

from curator.clean import plain_line
from curator.errors import CuratorError
from curator.models import Illness

CONNECT_SECONDS = 10.0


class HttpFault(CuratorError):
    """An address did not give what was asked; `passing` where the same request may work later, `illness` what that
    makes of a feed, `retry_after` the server's word on when to ask again, `reached` whether there was a server."""

    title = "The address does not answer as it should"

    def __init__(
        self, message: str, *, passing: bool = False, illness: Illness = "failing", retry_after: str | None = None
    ) -> None:
        super().__init__(message)
        self.passing, self.illness, self.retry_after, self.reached = passing, illness, retry_after, True


def too_big(max_bytes: int) -> HttpFault:
    return HttpFault(f"the answer is over {max_bytes / 1e6:g} MB", illness="too-big")


def fault_of(error: Exception, seconds: float) -> HttpFault:
    """The sentence for an error of httpx; the cause the system gave lies at the end of its chain."""
    import httpx

    host = error.request.url.host if isinstance(error, httpx.RequestError) and error._request else "?"
    host = plain_line(host, 80)
    causes = tuple(_causes(error))
    if isinstance(error, httpx.ConnectTimeout):
        return _unreached(f"{host} did not take the connection within {min(CONNECT_SECONDS, seconds):g} s")
    if isinstance(error, httpx.TimeoutException):
        return HttpFault(f"no answer within {seconds:g} s", passing=True)
    if isinstance(error, httpx.ProxyError):
        return _unreached(f"the proxy refused: {plain_line(str(error), 100)}")
    if isinstance(error, httpx.ConnectError):
        return _connect_fault(host, causes)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)):
        return HttpFault(f"the address is not valid: {plain_line(str(error), 100)}")
    if isinstance(error, httpx.NetworkError):
        return HttpFault(f"{host} broke the connection off", passing=True)
    if "disconnected" in str(error) or "incomplete" in str(error) or "without sending" in str(error):
        return HttpFault("the answer broke off before its end", passing=True)
    said = plain_line(str(error).partition(": bytearray(")[0], 100)  # h11 quotes the bytes as Python writes them
    return HttpFault(f"the answer is not HTTP as it should be: {said}", passing=True)


def _connect_fault(host: str, causes: tuple[BaseException, ...]) -> HttpFault:
    for cause in causes:
        if isinstance(cause, socket.gaierror):
            return _unreached(f"the name {host} cannot be found")
        if isinstance(cause, ConnectionRefusedError):
            return _unreached(f"{host} refused the connection")
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HttpFault(f"the certificate of {host} is not valid: {plain_line(cause.verify_message, 100)}")
        if isinstance(cause, ssl.SSLError):
            return HttpFault(f"{host} does not speak TLS as it should", passing=True)
    reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "no connection")
    return _unreached(f"{host} cannot be reached: {plain_line(reason, 100)}")


def _unreached(said: str) -> HttpFault:
    fault = HttpFault(said, passing=True)
    fault.reached = False
    return fault


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
