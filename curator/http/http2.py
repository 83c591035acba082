"""What HTTP/2 needs beyond httpx, whose reader lets its errors through as they come and keeps what was left unread."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING

from curator.http.faults import protocol_fault

if TYPE_CHECKING:
    import httpx

_READERS = ("httpcore", "h2", "hpack", "hyperframe")


@contextmanager
def misread_as_faults() -> Iterator[None]:
    """`faults.protocol_fault` for what a reader of HTTP/2 raises over words of the server; httpx's own errors stay."""
    try:
        yield
    except Exception as error:
        if not _of_a_reader(error):
            raise
        theirs = type(error).__module__.partition(".")[0] in _READERS
        raise protocol_fault(str(error) if theirs else "") from error


def _of_a_reader(error: Exception) -> bool:
    """Whether it came from within a reader, and not from our code that one calls; no error that has a sentence."""
    if type(error).__module__.partition(".")[0] in ("httpx", "curator"):
        return False
    rooms = [frame.tb_frame.f_globals.get("__name__", "") for frame in _frames(error.__traceback__)]
    known = [room.partition(".")[0] for room in rooms if room.partition(".")[0] in (*_READERS, "curator")]
    return bool(known) and known[-1] in _READERS


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def leave(response: httpx.Response) -> None:
    """Close it; what was not read to its end would go on arriving over HTTP/2, so its connection ends too."""
    whole = response.is_closed
    response.close()
    if not whole and response.http_version == "HTTP/2":
        shut(response.extensions["network_stream"].get_extra_info("socket"))


def shut(opened: socket.socket) -> None:
    """Break a connection: whoever waits on it gets an error at once. SSLSocket's own would pull TLS from under a
    reader."""
    with suppress(OSError):  # closed meanwhile
        socket.socket.shutdown(opened, socket.SHUT_RDWR)
