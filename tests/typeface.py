"""A typeface in which every letter is the same block, made here: a page set in it is laid out alike on every machine.

A letter is half as wide as the type is high, whole pixels in every even size, so that no machine rounds it otherwise;
a bold one is taller. Written as the OpenType specification has it, with the tables that a browser asks for."""

from __future__ import annotations

import struct
from base64 import b64encode
from functools import cache

_EM, _WIDE, _UP, _DOWN = 1000, 500, 800, 200
_EDGES = 40
"""Left free at either side of a block: letters are told apart, if one looks closely."""
_SPACES = ((0x20, 0x20), (0xA0, 0xA0))
_LETTERS = ((0x21, 0x7E), (0xA1, 0x200A), (0x2010, 0x2027), (0x2030, 0x205F), (0x2070, 0xD7FF), (0xE000, 0xFDFF))


@cache
def set_in_blocks() -> str:
    """A style sheet that sets a whole page in it."""
    faces = "".join(_face(weight, tall) for weight, tall in ((400, 480), (700, 700)))
    return f"{faces} *, ::before, ::after {{ font-family: Blocks !important; font-synthesis: none; }}"


def _face(weight: int, tall: int) -> str:
    data = b64encode(typeface(tall, weight)).decode()
    return f"@font-face {{ font-family: Blocks; font-weight: {weight}; src: url(data:font/ttf;base64,{data}); }} "


def typeface(tall: int, weight: int) -> bytes:
    """A TrueType file whose letters are `tall` thousandths of the type's size."""
    block = _block(_EDGES, 0, _WIDE - _EDGES, tall)
    tables = {
        b"OS/2": _os2(weight),
        b"cmap": _cmap(),
        b"glyf": block,
        b"head": _head(tall),
        b"hhea": struct.pack(
            ">Ihhh H hhh hhh 4h hH", 0x10000, _UP, -_DOWN, 0, _WIDE, 0, 0, _WIDE, 1, 0, 0, *[0] * 5, 3
        ),
        b"hmtx": struct.pack(">Hh", _WIDE, 0) + struct.pack(">Hh", _WIDE, _EDGES) + struct.pack(">Hh", _WIDE, 0),
        b"loca": struct.pack(">4H", 0, 0, len(block) // 2, len(block) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 3, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": _name("Blocks"),
        b"post": struct.pack(">IIhhI4I", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
    }
    return _file(tables)


def _file(tables: dict[bytes, bytes]) -> bytes:
    at, listed, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        listed += tag + struct.pack(">III", _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    power = len(tables).bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    return head + listed + body


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def _block(left: int, low: int, right: int, high: int) -> bytes:
    ends_and_kinds = struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    steps = struct.pack(">8h", left, 0, right - left, 0, low, high - low, 0, low - high)
    glyph = struct.pack(">5h", 1, left, low, right, high) + ends_and_kinds + steps
    return glyph + b"\0" * (-len(glyph) % 4)


def _cmap() -> bytes:
    """Many characters, one glyph: what format 13 is for."""
    groups = sorted([(*span, 2) for span in _SPACES] + [(*span, 1) for span in _LETTERS])
    said = b"".join(struct.pack(">III", *group) for group in groups)
    table = struct.pack(">HHIII", 13, 0, 16 + len(said), 0, len(groups)) + said
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table


def _head(tall: int) -> bytes:
    box = (0, 0, _WIDE, tall)
    return struct.pack(">IIIIHHqq4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, *box, 0, 8, 2, 0, 0)


def _os2(weight: int) -> bytes:
    shapes = struct.pack(">10h", 500, 500, 0, 100, 500, 500, 0, 400, 50, 250)
    measures = struct.pack(">hhhHH", _UP, -_DOWN, 0, _UP, _DOWN)
    last = struct.pack(">IIhhHHH", 1, 0, 500, 700, 0, 0x20, 1)
    return (
        struct.pack(">HhHHH", 4, _WIDE, weight, 5, 0) + shapes + struct.pack(">h", 0) + bytes(10)
        + struct.pack(">4I", 1, 0, 0, 0) + b"NONE" + struct.pack(">HHH", 0x40, 0x20, 0xFDFF) + measures + last
    )  # fmt: skip


def _name(family: str) -> bytes:
    said = family.encode("utf-16-be")
    records = b"".join(struct.pack(">6H", 3, 1, 0x409, number, len(said), 0) for number in (1, 4, 6))
    return struct.pack(">HHH", 0, 3, 6 + len(records)) + records + said
