"""Servers that mean harm over HTTP/2: as `test_servers`, each costs one line, bounded memory, and few requests."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curator import http
from curator.config import Pull
from curator.http.environment import certificates
from tests.hostile import limited
from tests.hostile.limited import words
from tests.hostile.test_servers import MOST, RSS, TOO_BIG, bomb
from tests.http2_server import Site2, Talk, serving2
from tests.http_server import Reply, serving


@pytest.fixture
def site2(tmp_path: Path) -> Iterator[Site2]:
    with serving2(tmp_path) as (started, _):
        yield started


def pull(folder: Path, urls: list[str], timeout: float) -> limited.Ended:
    return limited.pull(limited.workspace(folder, urls, timeout=timeout), SSL_CERT_FILE=str(folder / "certificate.pem"))


def _endless(talk: Talk) -> None:
    talk.head(headers={"content-type": "application/rss+xml"})
    while not talk.site.closing.is_set():
        talk.data(b"x" * 16_384)


def _bomb(talk: Talk) -> Reply:
    return Reply(bomb(300), headers={"content-encoding": "gzip"})


def frame(kind: int, flags: int, body: bytes, stream: int = 1) -> bytes:
    return len(body).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + body


def _header_bomb(talk: Talk) -> None:
    """One header of 4 kB put into the table, then named again and again by its number: 64 MB from 16 kB."""
    long = b"\x40\x01x\x7f\x81\x1e" + b"y" * 4_000  # a literal with incremental indexing, its value 4,000 bytes long
    talk.raw(frame(1, 4, b"\x88" + long + b"\xbe" * 12_000))


def _endless_headers(talk: Talk) -> None:
    talk.raw(frame(1, 0, b"\x88"))
    _flood(talk, frame(9, 0, b"\x00\x01x\x01y" * 3_000))


def _flood(talk: Talk, piece: bytes) -> None:
    while not talk.site.closing.is_set():
        talk.raw(piece)


def _pings(talk: Talk) -> None:
    _flood(talk, frame(6, 0, b"8 bytes!", 0) * 1_000)


def _settings(talk: Talk) -> None:
    _flood(talk, frame(4, 0, b"\x00\x03\x00\x00\x00\x01", 0) * 1_000)


def _empty(talk: Talk) -> None:
    talk.head()
    _flood(talk, frame(0, 0, b"") * 1_000)


def _a_long_frame(talk: Talk) -> None:
    """It says that it is of 16 MB, a thousand times what is allowed, and never comes to its end."""
    talk.raw(b"\xff\xff\xff\x00\x00\x00\x00\x00\x01")
    _flood(talk, b"x" * 65_536)


@pytest.mark.parametrize(
    ("route", "error"),
    [
        (_endless, TOO_BIG),
        (_bomb, TOO_BIG),
        (_header_bomb, "the answer is not HTTP as it should be"),
        (_endless_headers, "the answer is not HTTP as it should be"),
        (_a_long_frame, "the answer is not HTTP as it should be"),
        (_pings, "no answer within 1 s"),
        (_settings, "no answer within 1 s"),
        (_empty, "no answer within 1 s"),
    ],
    ids=words("body bomb header-bomb headers frame pings settings empty"),
)
def test_over_http2(site2: Site2, tmp_path: Path, route: Callable[[Talk], Reply | None], error: str) -> None:
    timeout = 1.0 if "within" in error else 20.0
    ended = pull(tmp_path, [site2.at("/harm", route)], timeout)
    assert (ended.code, ended.report["failed"]) == (1, 1)
    assert ended.error.startswith(error) and len(ended.error) < 200 and "\n" not in ended.error
    assert ended.megabytes < limited.ORDINARY + 3 * MOST / 1e6
    assert len(site2.seen) == 1


def test_a_good_feed_beside_them(site2: Site2, tmp_path: Path) -> None:
    routes = [_endless, _bomb, _header_bomb, _endless_headers, _pings]
    urls = [*(site2.at(f"/{n}", route) for n, route in enumerate(routes)), site2.feed("/good", RSS)]
    ended = pull(tmp_path, urls, 2.0)
    assert (ended.code, ended.report["new"], ended.report["failed"]) == (1, 1, len(routes))


# ---------------------------------------------------------------- mutated


class Mutator:
    """Answers over HTTP/2 whose bytes are changed, doubled, cut or mixed with frames that do not belong there."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def __call__(self, talk: Talk) -> None:
        chance = self._chance
        status = chance.choice(("200", "200", "301", "304", "404", "429", "1", "", "-1", "99999", "2e2"))
        named = chance.choice(("content-encoding", "location", "content-length", "x"))
        if chance.random() < 0.3:
            talk.h2.send_headers(talk.stream, [(":status", "103"), ("link", "x")])
        talk.h2.send_headers(talk.stream, [(":status", status), (named, chance.choice(("gzip", "/feed", "7", "\x1b")))])
        talk.h2.send_data(talk.stream, RSS, end_stream=chance.random() < 0.7)
        talk.socket.sendall(self._mutated(bytearray(talk.h2.data_to_send())))
        if chance.random() < 0.8:
            talk.socket.unwrap()

    def _mutated(self, data: bytearray) -> bytes:
        chance = self._chance
        for _ in range(chance.choice((0, 1, 1, 2, 5))):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                data[at:at] = chance.randbytes(chance.randrange(1, 12))
            elif kind == 2:
                del data[at : min(at + chance.randrange(1, 9), len(data) - 1)]
            else:
                stream = chance.choice((0, 1, 2, 3, 2**31 - 1))
                body = chance.randbytes(chance.randrange(20))
                data[at:at] = frame(chance.randrange(11), chance.randrange(256), body, stream)
        return bytes(data)


@pytest.mark.parametrize("rounds", [50, pytest.param(3_000, marks=pytest.mark.soak)])
def test_mutated_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int) -> None:
    """Each is an answer or one sentence, and the line can be used for another server afterwards."""
    with serving2(tmp_path) as (site2, certificate), serving() as other:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        certificates.cache_clear()
        url, good, said = site2.at("/x", Mutator(1)), other.feed("/good", RSS), Counter[str]()
        site2.feed("/feed", RSS)
        for _ in range(rounds):
            with http.Line(http.client(Pull())) as line:
                for _ in range(2):
                    said[_told(line, url)] += 1
                assert line.get(good, max_bytes=10_000, seconds=5).body == RSS
    certificates.cache_clear()
    assert said["answered"] > 0 and len(said) > 8
    assert all(one.isprintable() and len(one) < 200 for one in said)


def _told(line: http.Line, url: str) -> str:
    try:
        line.get(url, max_bytes=10_000, seconds=0.3)
    except http.HttpFault as fault:
        return fault.message
    return "answered"
