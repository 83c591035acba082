"""Bodies: decoded by us, because httpx does not bound what a compressed one grows into."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from curator.clean import plain_line
from curator.http.faults import HttpFault, too_big
from curator.http.unpackers import Brotli, Parted, Zstd, damaged

if TYPE_CHECKING:
    import httpx


ENCODINGS = "gzip, deflate, br, zstd"


class Unpacker(Protocol):
    @property
    def complete(self) -> bool:
        """Whether the data has come to the end that it declares."""

    def feed(self, data: bytes, room: int) -> bytes:
        """The next part, little more than `room` bytes, or HttpFault where the data is not what it says."""


def body_of(response: httpx.Response, max_bytes: int) -> bytes:
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


def _unpacker(encoding: str) -> Unpacker | None:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name == "br":
        return Brotli()
    if name == "zstd":
        return Zstd()
    if name in ("gzip", "x-gzip", "deflate"):
        return Inflater(raw_allowed=name == "deflate")
    raise HttpFault(f"the answer is compressed as “{plain_line(encoding, 40)}”, which was not asked for")


_MEMBER = b"\x1f\x8b"


class Inflater(Parted):
    """gzip (also of several members, whatever follows them left out) and deflate, bounded: no call returns more than
    `room` + 1 bytes, and none takes more than linear time over members without content."""

    def __init__(self, *, raw_allowed: bool = False) -> None:
        super().__init__()
        self._raw_allowed = raw_allowed  # some servers send "deflate" without its zlib header
        self._zlib = zlib.decompressobj(zlib.MAX_WBITS | 32)

    @property
    def complete(self) -> bool:
        return self._zlib.eof

    def _unpack(self, data: bytes, room: int) -> bytes:
        part = self._feed(data, room + 1)
        while self._zlib.eof and len(part) <= room and self._zlib.unused_data.startswith(_MEMBER):
            rest, self._zlib = self._zlib.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16)
            part += self._feed(rest, room + 1 - len(part))
        self._over = self._zlib.eof and not _MEMBER.startswith(self._zlib.unused_data[:2])
        return part

    def _feed(self, data: bytes, most: int) -> bytes:
        try:
            part = self._zlib.decompress(data, most)
        except zlib.error as error:
            if not self._raw_allowed:
                raise damaged() from error
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
