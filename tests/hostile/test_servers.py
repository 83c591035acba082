"""Servers that mean harm or are broken: each costs one line, bounded memory, and few requests and bytes.

Every pull runs in a process of its own under limits of memory and processor time.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import brotli
import pytest

from tests.hostile import limited
from tests.hostile.limited import words
from tests.http_server import Handler, Reply, Route, Site

RSS = b'<rss version="2.0"><channel><title>F</title><item><title>T</title></item></channel></rss>'
MOST = 20_000_000  # bytes of a body, as `[pull] max_bytes` has it
BUFFERS = 12_000_000  # bytes that lie in the two ends of a local connection when it is closed


@dataclass
class Sender:
    """Writes for ever, and counts what it got rid of."""

    site: Site
    before: bytes
    piece: bytes
    pause: float = 0.0
    sent: int = field(default=0)

    def __call__(self, handler: Handler) -> None:
        handler.wfile.write(self.before)
        while not self.site.closing.wait(self.pause) if self.pause else not self.site.closing.is_set():
            handler.wfile.write(self.piece)
            self.sent += len(self.piece)


def head(*headers: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: application/rss+xml", *headers, "", "")).encode()


@lru_cache
def bomb(megabytes: int, wbits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def br_bomb(megabytes: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    parts: list[bytes] = [packer.process(bytes(1_000_000)) for _ in range(megabytes)]
    return b"".join([*parts, packer.finish()])


def zstd_frame(blocks: bytes, window_log: int = 17) -> bytes:
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(window_log - 10) << 3]) + blocks


ZEROS = b"\x02\x00\x10\x00"  # RFC 8878, 3.1.1.2: a block of 131,072 bytes that are all the same, not the last
EMPTY = b"\x01\x00\x00"  # the last block, with nothing in it


def stored(body: bytes) -> bytes:
    """The last block, as it is."""
    return (len(body) << 3 | 1).to_bytes(3, "little") + body


def answered(tmp_path: Path, url: str, **settings: float) -> limited.Ended:
    ended = limited.pull(limited.workspace(tmp_path, [url], **settings))
    assert ended.code == 1
    assert ended.report["failed"] == 1 and ended.report["new"] == 0
    assert len(ended.error) < 200 and "\n" not in ended.error
    return ended


def lines(site: Site, tmp_path: Path, routes: Sequence[Route], **settings: float) -> list[str]:
    """The one line about each, all asked in one pull."""
    urls = [site.at(f"/from{n}", route) for n, route in enumerate(routes)]
    ended = limited.pull(limited.workspace(tmp_path, urls, **settings))
    assert (ended.code, ended.report["failed"], ended.report["new"]) == (1, len(urls), 0), ended
    errors = [failure["error"] for failure in ended.report["failures"]]
    assert all(error.isprintable() and 10 < len(error) < 200 for error in errors)
    return errors


# ---------------------------------------------------------------- bombs

TOO_BIG = "the answer is over 20 MB"
DAMAGED = "the answer is damaged: it cannot be decompressed"


@pytest.mark.parametrize(
    ("body", "encoding", "error"),
    [
        (lambda: bomb(300), "gzip", TOO_BIG),
        (lambda: bomb(300, 15), "deflate", TOO_BIG),
        (lambda: bomb(300, -15), "deflate", TOO_BIG),
        (lambda: bomb(300), "", TOO_BIG),
        (lambda: gzip.compress(bomb(300)), "gzip", TOO_BIG),
        (lambda: gzip.compress(b"") * 900_000, "gzip", "the answer is empty"),
        (lambda: gzip.compress(b"") * 900_000, "", "the answer is empty"),
        (lambda: gzip.compress(RSS) + bytes(19_000_000), "gzip", ""),
        (lambda: gzip.compress(RSS) + bytes(19_000_000), "", ""),
        (lambda: br_bomb(300), "br", TOO_BIG),
        (lambda: zstd_frame(ZEROS * 2_300 + EMPTY), "zstd", TOO_BIG),
        (lambda: zstd_frame(EMPTY) * 2_000_000, "zstd", DAMAGED),
        (lambda: b"\x50\x2a\x4d\x18\x00\x00\x00\x00" * 2_400_000, "zstd", DAMAGED),
        (lambda: zstd_frame(stored(RSS), window_log=27), "zstd", DAMAGED),
        (lambda: zstd_frame(stored(RSS)) + bytes(19_000_000), "zstd", ""),
    ],
    ids=words(
        "gzip deflate raw-deflate gz-file gz-file-in-gzip empty-members empty-members-file tail tail-file"
        " br zstd zstd-frames zstd-skipped zstd-window zstd-tail"
    ),
)
def test_bombs(site: Site, tmp_path: Path, body: Callable[[], bytes], encoding: str, error: str) -> None:
    reply = Reply(body(), headers={"Content-Encoding": encoding} if encoding else {})
    url = site.at("/bomb", reply)
    ended = limited.pull(limited.workspace(tmp_path, [url]))
    assert [failure["error"] for failure in ended.report["failures"]] == ([error] if error else [])
    assert ended.megabytes < limited.ORDINARY + 3 * MOST / 1e6
    assert len(site.seen) == 1


# ---------------------------------------------------------------- without end


@pytest.mark.parametrize(
    ("before", "piece", "most", "error"),
    [
        (head(), b"x" * 65_536, MOST, TOO_BIG),
        (head("Content-Length: 99999999999"), b"x" * 65_536, MOST, TOO_BIG),
        (head("Transfer-Encoding: chunked"), b"10000\r\n" + b"x" * 65_536 + b"\r\n", MOST, TOO_BIG),
        (head("Content-Encoding: gzip"), gzip.compress(b"", 0) * 3_000, MOST, TOO_BIG),
        (head("Transfer-Encoding: chunked") + b"1;", b"x" * 65_536, 200_000, "the answer is not HTTP as it should be"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"x" * 65_536, 200_000, "the answer is not HTTP as it should be"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Many: x\r\n" * 6_000, 200_000, "the answer is not HTTP as it should be"),
        (b"", b"HTTP/1.1 200 OK " * 4_096, 200_000, "the answer is not HTTP as it should be"),
        (b"", b"\x00\xff" * 32_768, 200_000, "the answer is not HTTP as it should be"),
        (head("Transfer-Encoding: chunked") + b"0\r\n", b"X: x\r\n" * 9_000, 200_000, "not HTTP as it should be"),
    ],
    ids=words("body long-body chunks members chunk-size header headers status garbage trailers"),
)
def test_what_has_no_end(site: Site, tmp_path: Path, before: bytes, piece: bytes, most: int, error: str) -> None:
    sender = Sender(site, before, piece)
    ended = answered(tmp_path, site.at("/endless", sender))
    assert error in ended.error
    assert sender.sent < most + BUFFERS
    assert ended.megabytes < limited.ORDINARY + 3 * MOST / 1e6
    assert len(site.seen) == 1


SLOW = (
    (b"", b"H"),
    (b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"),
    (head(), b" "),
    (head("Content-Length: 5000"), b" "),
    (head("Transfer-Encoding: chunked"), b"1\r\n \r\n"),
    (head("Content-Encoding: gzip"), b"\x1f"),
    (head("Content-Encoding: br"), b"\x0b"),
    (head("Content-Encoding: zstd"), b"\x28"),
    (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
)


def test_a_byte_now_and_then(site: Site, tmp_path: Path) -> None:
    """It trickles too quickly for any single wait to be long: the time of the whole feed is what ends it."""
    senders = [Sender(site, before, piece, pause=0.2) for before, piece in SLOW]
    for error in lines(site, tmp_path, senders, timeout=1.0):
        assert error == "no answer within 1 s" or "not HTTP" in error or "damaged" in error
    assert all(sender.sent <= 12 * len(sender.piece) for sender in senders)
    assert len(site.seen) == len(SLOW)


def test_a_flood_of_informational_answers(site: Site, tmp_path: Path) -> None:
    sender = Sender(site, b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000)
    ended = answered(tmp_path, site.at("/flood", sender), timeout=1.0)
    assert ended.error == "no answer within 1 s"
    assert ended.megabytes < limited.ORDINARY + 3 * MOST / 1e6
    assert len(site.seen) == 1


# ---------------------------------------------------------------- redirects


def test_a_redirect_loop(site: Site, tmp_path: Path) -> None:
    site.at("/a", Reply(status=302, headers={"Location": "/b"}))
    url = site.at("/b", Reply(status=301, headers={"Location": "/a"}))
    assert answered(tmp_path, url).error == "the server redirects more than 10 times"
    assert len(site.seen) == 11


def test_redirects_that_never_come_back(site: Site, tmp_path: Path) -> None:
    count = itertools.count()

    def onwards(handler: Handler) -> Reply:
        path = f"/{next(count)}"
        site.at(path, onwards)
        return Reply(status=302, headers={"Location": path})

    assert answered(tmp_path, site.at("/on", onwards)).error == "the server redirects more than 10 times"
    assert len(site.seen) == 11


PLACES = (
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "file:feeds.toml",
    "http:",
    "http:///etc/passwd",
    "javascript:alert(1)",
    "data:text/xml,<rss/>",
    "gopher://127.0.0.1/",
    "http://[::1",
    "http://a:b:c/",
    "http://x:99999/",
    "\x1b]0;owned\x07",
    "http://\x1b[31m/",
    "http://" + "a" * 70 + ".example/",
    "http://" + "é" * 300 + "/",
)


def test_redirects_to_no_web_address(site: Site, tmp_path: Path) -> None:
    for error in lines(site, tmp_path, [_says(_redirect(place)) for place in PLACES]):
        assert "root:" not in error
    assert len(site.seen) == len(PLACES)  # `file:` is opened by nobody, and nothing is asked of this server again


def _redirect(place: str) -> bytes:
    return b"HTTP/1.1 302 Found\r\nLocation: " + place.encode() + b"\r\n\r\n"


def test_a_redirect_to_an_address_of_megabytes(site: Site, tmp_path: Path) -> None:
    sender = Sender(site, b"HTTP/1.1 302 Found\r\nLocation: /", b"x" * 65_536)
    assert "not HTTP as it should be" in answered(tmp_path, site.at("/from", sender)).error
    assert sender.sent < BUFFERS


# ---------------------------------------------------------------- lies


def _reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _says(raw: bytes) -> Callable[[Handler], None]:
    def answer(handler: Handler) -> None:
        handler.wfile.write(raw)

    return answer


LIES = (
    _reset,
    _says(b""),
    _says(b"HTTP/1.1 200\r\n"),
    _says(b"HTTP/1.1 20 OK\r\n\r\n" + RSS),
    _says(b"HTTP/x.y 200 OK\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 099 No\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    _says(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n" + RSS),
    _says(head("Content-Length: 5000") + RSS),
    _says(head("Transfer-Encoding: chunked") + b"zz\r\n" + RSS),
    _says(head("Transfer-Encoding: chunked") + b"-1\r\n" + RSS),
    _says(head("Transfer-Encoding: chunked") + b"ffffffffffffffff\r\n" + RSS),
    _says(head("Transfer-Encoding: gzip") + RSS),
    _says(head("Content-Encoding: gzip") + RSS),
    _says(head("Content-Encoding: br") + RSS),
    _says(head("Content-Encoding: zstd") + RSS),
    _says(head("Content-Encoding: br, zstd") + RSS),
    _says(head("Content-Encoding: \x1b[31m") + RSS),
    _says(head("Content-Encoding: gzip, gzip, gzip, gzip") + RSS),
    _says(b"HTTP/1.1 200 OK\r\nX\x00Y: \x00\r\n\r\n" + RSS),
    _says(b"HTTP/1.1 503 \x1b[31mOwned\x07\r\nRetry-After: " + b"9" * 400 + b"\r\n\r\n"),
    _says(b"HTTP/1.1 429 Slow\r\nRetry-After: Fri, 99 Foo 0000 00:00:00\r\n\r\n"),
)


def test_answers_that_lie(site: Site, tmp_path: Path) -> None:
    lines(site, tmp_path, LIES)
    assert len(site.seen) <= 2 * len(LIES)


def test_headers_that_lie_about_a_good_feed(site: Site, tmp_path: Path) -> None:
    """Unknown types, instants that never were and cookies by the thousand cost nothing."""
    lies = {
        "Content-Type": "image/png; charset=x-\x1b[31m",
        "ETag": '"' + "e" * 5_000 + '"',
        "Last-Modified": "Tuesday",
        "Cache-Control": "max-age=" + "9" * 500,
        "Expires": "Thu, 99 Foo 9999 99:99:99 GMT",
        "Age": "-1",
        "Date": "never",
        "Set-Cookie": "a=" + "b" * 9_000,
    }
    ended = limited.pull(limited.workspace(tmp_path, [site.at("/feed", Reply(RSS, headers=lies))]))
    assert (ended.code, ended.report["new"]) == (0, 1)
    again = limited.pull(tmp_path)
    assert (again.code, again.report["new"]) == (0, 0)


# ---------------------------------------------------------------- all at once


def _every_kind(site: Site) -> Iterator[str]:
    yield site.at("/bomb", Reply(bomb(300), headers={"Content-Encoding": "gzip"}))
    yield site.at("/loop", Reply(status=302, headers={"Location": "/loop"}))
    yield site.at("/reset", _reset)
    for n, before in enumerate((head(), b"HTTP/1.1 200 OK\r\nX-Long: ")):
        yield site.at(f"/endless{n}", Sender(site, before, b"x" * 65_536))
        yield site.at(f"/slow{n}", Sender(site, before, b"x", pause=0.1))


def test_one_good_feed_among_them_comes_through(site: Site, tmp_path: Path) -> None:
    urls = [*_every_kind(site), site.feed("/good", RSS)]
    ended = limited.pull(limited.workspace(tmp_path, urls, timeout=3.0))
    assert (ended.code, ended.report["new"], ended.report["failed"]) == (1, 1, len(urls) - 1)
    assert ended.megabytes < limited.ORDINARY + 5 * MOST / 1e6
