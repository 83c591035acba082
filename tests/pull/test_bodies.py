"""What compressed answers become: the same however they are cut, and never much more than there is room for."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest

from curator.config import Pull
from curator.http import HttpFault, client
from curator.http.bodies import Inflater, Unpacker
from curator.http.unpackers import Brotli, Zstd

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = bytes(random.Random(1).choices(b"abcdef <>", k=200_000)) + bytes(100_000)
PACKED: dict[str, tuple[Callable[[], Unpacker], Callable[[bytes], bytes]]] = {
    "gzip": (Inflater, gzip.compress),
    "deflate": (Inflater, zlib.compress),
    "br": (Brotli, brotli.compress),
    "zstd": (Zstd, zstd.compress),
}
kinds = pytest.mark.parametrize("kind", PACKED)


def unpacked(unpacker: Unpacker, data: bytes, piece: int, room: int = 1_000_000) -> bytes:
    parts = b""
    for at in range(0, len(data), piece):
        parts += unpacker.feed(data[at : at + piece], room - len(parts))
    return parts


@kinds
@pytest.mark.parametrize("piece", [1, 7, 1_000, 1_000_000])
def test_whole_however_it_is_cut(kind: str, piece: int) -> None:
    unpacker, pack = PACKED[kind]
    text = TEXT if piece > 1 else TEXT[-103_000:]
    one = unpacker()
    assert unpacked(one, pack(text), piece) == text
    assert one.complete


@kinds
def test_cut_off_anywhere_it_is_not_complete(kind: str) -> None:
    unpacker, pack = PACKED[kind]
    whole = pack(TEXT[:300])
    for end in range(len(whole)):
        one = unpacker()
        assert TEXT.startswith(unpacked(one, whole[:end], 64))
        assert not one.complete


@kinds
def test_little_more_than_there_is_room_for(kind: str) -> None:
    unpacker, pack = PACKED[kind]
    bomb = pack(bytes(3_000_000))
    for room in (0, 1, 1_000, 100_000):
        part = unpacker().feed(bomb, room)
        assert room < len(part) <= room + 200_000


@kinds
def test_damage_is_a_fault_or_shows_at_the_end(kind: str) -> None:
    """Never another exception, whichever byte is wrong."""
    unpacker, pack = PACKED[kind]
    whole, chance, faults = pack(TEXT[:2_000]), random.Random(2), 0
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            unpacked(unpacker(), bytes(damaged), 500)
        except HttpFault as fault:
            assert fault.message == "the answer is damaged: it cannot be decompressed"
            faults += 1
    assert faults > 20


def test_zstd_of_several_frames_and_what_follows_them() -> None:
    skipped = b"\x51\x2a\x4d\x18\x03\x00\x00\x00abc"
    frames = zstd.compress(TEXT[:1_000]) + skipped + zstd.compress(TEXT[1_000:2_000])
    for piece in (1, 3, 50, 9_999):
        one = Zstd()
        assert unpacked(one, frames + b"and a tail", piece) == TEXT[:2_000]
        assert one.complete


def test_what_is_asked_for_is_what_can_be_unpacked() -> None:
    with client(Pull()) as asked:
        assert asked.headers["accept-encoding"] == "gzip, deflate, br, zstd"
