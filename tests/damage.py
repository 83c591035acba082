"""Bytes damaged at random, the same way for the same seed, for readers that must raise only what they promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

_PIECES = (  # what parsers trip over
    b"<",
    b">",
    b"&",
    b'"',
    b"</",
    b"<div ",
    b"\0",
    b"\x1b[31m",
    "\u202e".encode(),
    b"--==",
    b"\r\n\r\n",
    b"=?utf-8?B?",
)


def damaged(bodies: Sequence[bytes], times: int, seed: int = 1) -> Iterator[bytes]:
    """One of `bodies` with a few places cut, doubled, overwritten or broken, `times` times."""
    chance = Random(seed)
    for _ in range(times):
        body = bytearray(chance.choice(bodies))
        for _ in range(chance.randint(1, 12)):
            _hurt(body, chance)
        yield bytes(body)


def _hurt(body: bytearray, chance: Random) -> None:
    at = chance.randrange(len(body) + 1)
    end = at + chance.randrange(1, 200)
    match chance.randrange(5):
        case 0:
            del body[at:end]
        case 1:
            body[at:at] = chance.randbytes(chance.randrange(1, 20))
        case 2:
            body[at:at] = body[at:end] * chance.randrange(1, 5)
        case 3:
            body[at : at + 1] = chance.randbytes(1)
        case _:
            body[at:at] = chance.choice(_PIECES)
