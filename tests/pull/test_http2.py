"""HTTP/2, which a server with TLS may choose: all that holds over HTTP/1.1 holds over it."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from curator import http
from curator.config import Pull
from curator.http.environment import certificates
from curator.models import Feed, FeedState, Fetched
from curator.pull.fetch import fetch_all
from tests.http2_server import Site2, Talk, serving2
from tests.http_server import Reply

BODY = b"<rss version='2.0'><channel><title>T</title><item><title>One</title></item></channel></rss>"
SETTINGS = Pull(timeout=5.0, max_bytes=1_000_000)


@pytest.fixture
def site2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site2]:
    with serving2(tmp_path) as (started, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        certificates.cache_clear()
        yield started
    certificates.cache_clear()


@pytest.fixture
def line() -> Iterator[http.Line]:
    with http.Line(http.client(SETTINGS)) as opened:
        yield opened


def get(line: http.Line, url: str, seconds: float = 5.0, etag: str = "") -> http.Answer:
    return line.get(url, headers={"If-None-Match": etag} if etag else {}, max_bytes=1_000_000, seconds=seconds)


def error_of(line: http.Line, url: str, seconds: float = 5.0) -> str:
    with pytest.raises(http.HttpFault) as caught:
        get(line, url, seconds)
    return caught.value.message


# ---------------------------------------------------------------- what is well


def test_a_server_that_offers_it_is_spoken_to_in_it(site2: Site2, line: http.Line) -> None:
    url = site2.feed("/feed", BODY)
    first = get(line, url)
    assert first.body == BODY
    assert get(line, url, etag=first.etag or "").body is None
    assert get(line, url).body == BODY
    assert [seen.headers[":scheme"] for seen in site2.seen] == ["https"] * 3
    assert site2.connections == 1
    assert site2.seen[0].headers["user-agent"].startswith("curator/")


def test_a_pull_over_it(site2: Site2, tmp_path: Path) -> None:
    feeds = [Feed(f"f{n}", "F", site2.feed(f"/{n}", BODY + b" " * n)) for n in range(20)]
    answers = list(fetch_all(feeds, {}, SETTINGS, tmp_path))
    assert all(isinstance(answer, Fetched) and answer.body for answer in answers)
    states = {a.slug: FeedState(a.slug, a.etag, None, a.content_hash) for a in answers if isinstance(a, Fetched)}
    again = list(fetch_all(feeds, states, SETTINGS, tmp_path))
    assert [answer.body if isinstance(answer, Fetched) else answer for answer in again] == [None] * 20
    assert site2.connections <= 8  # 4 where none stands idle for so long that it is given up


def test_a_large_body_and_a_packed_one(site2: Site2, line: http.Line) -> None:
    large = bytes(range(256)) * 3_500
    assert get(line, site2.at("/large", Reply(large))).body == large
    packed = Reply(gzip.compress(large), headers={"content-encoding": "gzip"})
    assert get(line, site2.at("/packed", packed)).body == large


def test_redirects(site2: Site2, line: http.Line) -> None:
    site2.feed("/c", BODY)
    site2.at("/b", Reply(b"over there", 308, {"location": "/c"}))
    answer = get(line, site2.at("/a", Reply(status=301, headers={"location": site2.url("/b")})))
    assert (answer.body, answer.moved_to) == (BODY, site2.url("/c"))


def test_a_server_with_tls_that_does_not_know_it(site2: Site2, tmp_path: Path, line: http.Line) -> None:
    with serving2(tmp_path, ("http/1.1",)) as (old, _):
        error_of(line, old.url("/"))  # this one says nothing at all in HTTP/1.1
        assert old.connections == 1


# ---------------------------------------------------------------- bounds


def _drip(talk: Talk, piece: Callable[[], None]) -> None:
    while not talk.site.closing.wait(0.05):
        piece()


def _silence(talk: Talk) -> None:
    talk.site.closing.wait(20)


def _slow_body(talk: Talk) -> None:
    talk.head()
    _drip(talk, lambda: talk.data(b" "))


def _pings(talk: Talk) -> None:
    def ping() -> None:
        talk.h2.ping(b"8 bytes!")
        talk.flush()

    _drip(talk, ping)


def _informed(talk: Talk) -> None:
    _drip(talk, lambda: talk.head(103))


@pytest.mark.parametrize("slowly", [_silence, _slow_body, _pings, _informed])
@pytest.mark.parametrize("kept", [False, True], ids=["first", "kept"])
def test_the_deadline_holds(site2: Site2, line: http.Line, slowly: Callable[[Talk], None], kept: bool) -> None:
    """Also on a connection that was kept: what the deadline cut is not asked again."""
    if kept:
        get(line, site2.feed("/feed", BODY))
    began = time.monotonic()
    assert error_of(line, site2.at("/slow", slowly), 0.5) == "no answer within 0.5 s"
    assert time.monotonic() - began < 3
    assert [seen.path for seen in site2.seen].count("/slow") == 1
    assert get(line, site2.feed("/feed", BODY)).body == BODY


def test_an_endless_body(site2: Site2, line: http.Line) -> None:
    def endless(talk: Talk) -> None:
        talk.head()
        while not talk.site.closing.is_set():
            talk.data(b"x" * 16_384)

    assert error_of(line, site2.at("/endless", endless)) == "the answer is over 1 MB"
    assert get(line, site2.feed("/feed", BODY)).body == BODY
    assert site2.connections == 2


def test_a_redirect_to_inside(site2: Site2, line: http.Line) -> None:
    url = site2.at("/feed", Reply(status=302, headers={"location": "https://10.0.0.1/"}))
    assert "an address inside (10.0.0.1)" in error_of(line, url)


def test_a_redirect_with_an_endless_body_is_followed(site2: Site2, line: http.Line) -> None:
    def endless(talk: Talk) -> None:
        talk.head(302, {"location": "/feed"})
        while not talk.site.closing.is_set():
            talk.data(b"x" * 16_384)

    site2.feed("/feed", BODY)
    assert get(line, site2.at("/endless", endless)).body == BODY


# ---------------------------------------------------------------- what breaks


def _goes_away(talk: Talk) -> None:
    talk.h2.close_connection()
    talk.flush()


def _hangs_up(talk: Talk) -> None:
    talk.socket.unwrap()


def _resets(talk: Talk) -> None:
    talk.h2.reset_stream(talk.stream, 7)
    talk.flush()


def _speaks_otherwise(talk: Talk) -> None:
    talk.raw(bytes(9 * 99))


@pytest.mark.parametrize("breaks", [_goes_away, _hangs_up, _speaks_otherwise])
def test_a_kept_connection_that_proves_dead(site2: Site2, line: http.Line, breaks: Callable[[Talk], None]) -> None:
    """It is asked once more, over a new one."""
    get(line, site2.feed("/first", BODY))
    calls = []

    def once(talk: Talk) -> Reply | None:
        calls.append(talk)
        return breaks(talk) if len(calls) == 1 else Reply(BODY)  # type: ignore[func-returns-value]

    assert get(line, site2.at("/feed", once)).body == BODY
    assert (site2.connections, len(calls)) == (2, 2)


def _odd_status(talk: Talk) -> None:
    talk.h2.send_headers(talk.stream, [(":status", "fine")], end_stream=True)
    talk.flush()


def _too_many_headers(talk: Talk) -> None:
    talk.head(headers={f"x-{n}": "y" * 1_000 for n in range(100)})


def _wrong_length(talk: Talk) -> None:
    talk.head(headers={"content-length": "5"})
    talk.data(BODY, last=True)


def _garbage(talk: Talk) -> None:
    talk.head()
    talk.raw(b"\x00\x00\x05\x01\x0c\x00\x00\x00\x01" + b"\xff" * 5)


def _half(talk: Talk) -> None:
    talk.head()
    talk.data(BODY)
    talk.socket.unwrap()


def _pushes(talk: Talk) -> None:
    talk.raw(b"\x00\x00\x05\x05\x04\x00\x00\x00\x01\x00\x00\x00\x02\x88")


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (_goes_away, "the server broke the answer off (HTTP/2: no error)"),
        (_resets, "the server broke the answer off (HTTP/2: refused stream)"),
        (_hangs_up, "the answer broke off before its end"),
        (_half, "the answer broke off before its end"),
        (_odd_status, "the answer is not HTTP as it should be"),
        (_too_many_headers, "the answer is not HTTP as it should be"),
        (_wrong_length, "the answer is not HTTP as it should be"),
        (_garbage, "the answer is not HTTP as it should be"),
        (_speaks_otherwise, "the answer is not HTTP as it should be"),
        (_pushes, "the answer is not HTTP as it should be"),
    ],
)
def test_what_is_no_answer_is_one_sentence(
    site2: Site2, line: http.Line, breaks: Callable[[Talk], None], said: str
) -> None:
    error = error_of(line, site2.at("/broken", breaks))
    assert error.startswith(said)
    assert len(error) < 200 and error.isprintable()
    assert get(line, site2.feed("/feed", BODY)).body == BODY


# ---------------------------------------------------------------- what it costs


def test_it_is_loaded_only_where_a_server_chooses_it(site2: Site2, tmp_path: Path) -> None:
    script = (
        "import sys\nfrom curator import http\nfrom curator.config import Pull\n"
        "loaded = lambda: sorted({name.split('.')[0] for name in sys.modules} & {'hpack', 'brotli', 'backports'})\n"
        "with http.Line(http.client(Pull())) as line:\n"
        "    before = loaded()\n"
        f"    line.get('{site2.feed('/feed', BODY)}', max_bytes=1000, seconds=5)\n"
        "print(before, loaded())\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[] ['hpack']\n", "")
