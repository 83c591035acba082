"""brotli and zstd, unpacked a bounded piece at a time; each library is loaded when such an answer comes.

As `bodies.Inflater`: no call of `feed` returns more than a little over `room` bytes, whatever the data would become.
"""

from __future__ import annotations

import sys
from typing import Any

from curator.http.faults import HttpFault

_PIECE = 65_536  # bytes asked of brotli at a time: it rounds a larger wish up to as much again
_SLICE = 16_384  # bytes
_WINDOW_LOG = 23  # 8 MB: RFC 9659 allows a zstd answer on the web no larger window
_MOST_FRAMES = 10_000  # each costs as much as some kB of content; one is usual, a frame for every megabyte is known


class Parted:
    """What is made of parts (gzip's members, zstd's frames): looked at a slice at a time, since the rest of one is
    copied at the end of every part; whatever follows the last is left out. `_unpack` gives what a slice becomes."""

    def __init__(self) -> None:
        self._over = False  # what comes now belongs to no part

    def feed(self, data: bytes, room: int) -> bytes:
        """The next part, or HttpFault where the data is not what it says."""
        parts, left = [], room
        for at in range(0, len(data), _SLICE):
            if self._over or left < 0:
                break
            part = self._unpack(data[at : at + _SLICE], left)
            left -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _unpack(self, data: bytes, room: int) -> bytes:
        raise NotImplementedError


def damaged() -> HttpFault:
    return HttpFault("the answer is damaged: it cannot be decompressed")


class Brotli:
    """RFC 7932. What follows the end is damage: the library gives nothing of a piece with anything after its end."""

    def __init__(self) -> None:
        import brotli

        self._error: type[Exception] = brotli.error
        self._stream: Any = brotli.Decompressor()

    @property
    def complete(self) -> bool:
        return bool(self._stream.is_finished())

    def feed(self, data: bytes, room: int) -> bytes:
        """The next part, or HttpFault where the data is not what it says."""
        parts = [self._piece(data)]
        left = room - len(parts[0])
        while left >= 0 and (part := self._piece(b"")):  # it may hold some back though it would take more
            left -= len(part)
            parts.append(part)
        if left >= 0 and not self._stream.can_accept_more_data():
            raise damaged()
        return b"".join(parts)

    def _piece(self, data: bytes) -> bytes:
        try:
            return bytes(self._stream.process(data, output_buffer_limit=_PIECE))
        except self._error as error:
            raise damaged() from error


class Zstd(Parted):
    """RFC 8878: frames one after the other; whatever follows the last is left out."""

    def __init__(self) -> None:
        super().__init__()
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        self._error: type[Exception] = zstd.ZstdError
        self._options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
        self._new = zstd.ZstdDecompressor
        self._frame = self._new(options=self._options)
        self._frames = 1
        self._between = b""  # what came after a frame, while too little to tell what it is

    @property
    def complete(self) -> bool:
        return self._frame.eof

    def _unpack(self, data: bytes, room: int) -> bytes:
        parts = []
        while room >= 0 and data and (not self._frame.eof or self._next(data)):
            part, data = self._decompress(self._between + data, room + 1), b""
            self._between = b""
            room -= len(part)
            parts.append(part)
            if self._frame.eof:
                data = self._frame.unused_data
        return b"".join(parts)

    def _next(self, data: bytes) -> bool:
        """Whether another frame begins here; if so, be ready for it."""
        start = self._between + data
        if len(start) < 4:
            self._between = start
            return False
        if not _begins_frame(start):
            self._over = True
            return False
        self._frames += 1
        if self._frames > _MOST_FRAMES:
            raise damaged()
        self._frame = self._new(options=self._options)
        return True

    def _decompress(self, data: bytes, most: int) -> bytes:
        try:
            return self._frame.decompress(data, most)
        except self._error as error:
            raise damaged() from error


def _begins_frame(start: bytes) -> bool:
    """RFC 8878, 3.1: a frame of content, or one to be skipped."""
    skippable = 0x50 <= start[0] <= 0x5F and start[1:4] == b"\x2a\x4d\x18"
    return skippable or start[:4] == b"\x28\xb5\x2f\xfd"
