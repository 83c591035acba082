from __future__ import annotations

import gzip
import os
import socket
import threading
import time
import zlib
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from curator import http
from curator.config import Pull
from curator.errors import UsageError
from curator.http.environment import certificates
from curator.models import Failure, Feed, FeedState, Fetched
from curator.pull.fetch import fetch_all
from tests.http_server import Handler, Reply, Site

RSS = b'<rss version="2.0"><channel><title>F</title></channel></rss>'
SETTINGS = Pull(timeout=5.0, max_bytes=1_000_000)


def fetch(
    *urls: str, settings: Pull = SETTINGS, workspace: Path = Path(), **states: FeedState
) -> list[Fetched | Failure]:
    """The results in the order of `urls`; their slugs are f0, f1, …"""
    feeds = [Feed(f"f{n}", "F", url) for n, url in enumerate(urls)]
    results = {r.slug if isinstance(r, Fetched) else r.feed: r for r in fetch_all(feeds, states, settings, workspace)}
    return [results[feed.slug] for feed in feeds]


def body_of(*urls: str, settings: Pull = SETTINGS, workspace: Path = Path()) -> Fetched:
    [result] = fetch(*urls, settings=settings, workspace=workspace)
    assert isinstance(result, Fetched), result
    return result


def error_of(url: str, settings: Pull = SETTINGS, workspace: Path = Path()) -> str:
    [result] = fetch(url, settings=settings, workspace=workspace)
    assert isinstance(result, Failure), result
    assert result.stage == "fetch"
    return result.error


def state_after(fetched: Fetched | Failure, slug: str = "f0") -> FeedState:
    assert isinstance(fetched, Fetched)
    return FeedState(slug, fetched.etag, fetched.last_modified, fetched.content_hash)


# ---------------------------------------------------------------- asking before fetching


def test_etag_and_304(site: Site) -> None:
    url = site.feed("/feed", RSS)
    first = body_of(url)
    assert (first.body, first.content_hash, first.url) == (RSS, sha256(RSS).hexdigest(), url)
    [again] = fetch(url, f0=state_after(first))
    assert again == Fetched("f0", url, None, "application/xml", first.etag, None, first.content_hash)
    assert site.seen[1].headers["if-none-match"] == first.etag


def test_last_modified_is_sent_back_as_it_came(site: Site) -> None:
    day = "Mon, 05 Oct 2026 10:00:00 GMT"
    url = site.at("/feed", Reply(RSS, headers={"Last-Modified": day}))
    [again] = fetch(url, f0=state_after(body_of(url)))
    assert site.seen[1].headers["if-modified-since"] == day
    assert isinstance(again, Fetched) and again.body is None and again.last_modified == day


def test_the_same_content_is_unchanged_without_help_of_the_server(site: Site) -> None:
    url = site.at("/feed", Reply(RSS))
    [again] = fetch(url, f0=state_after(body_of(url)))
    assert isinstance(again, Fetched) and again.body is None


def test_nothing_is_asked_conditionally_where_no_body_was_stored(site: Site) -> None:
    url = site.feed("/feed", RSS)
    etag = body_of(url).etag
    [again] = fetch(url, f0=FeedState("f0", etag=etag))
    assert isinstance(again, Fetched) and again.body == RSS


def test_who_asks(site: Site) -> None:
    url = site.feed("/feed", RSS)
    list(fetch_all([Feed("a", "A", url)], {}, SETTINGS, Path(), site="https://network.example"))
    body_of(url, settings=msgspec.structs.replace(SETTINGS, user_agent="me/1\r\nX-Evil: 1"))
    names = [seen.headers["user-agent"] for seen in site.seen]
    assert names[0].startswith("curator/") and names[0].endswith("(+https://network.example)")
    assert names[1] == "me/1 X-Evil: 1" and "atom+xml" in site.seen[0].headers["accept"]


# ---------------------------------------------------------------- redirects


def test_redirects_are_followed_to_where_they_end(site: Site) -> None:
    site.feed("/c", RSS)
    site.at("/b", Reply(status=308, headers={"Location": "/c"}))
    assert body_of(site.at("/a", Reply(status=302, headers={"Location": site.url("/b")}))).url == site.url("/c")


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("/loop", "the server redirects more than 10 times"),
        ("file:///etc/passwd", "is not a web address"),
        ("ftp://example.org/a", "is not a web address"),
        ("data:text/html,x", "the address is not valid"),
    ],
)
def test_redirects_that_are_not_followed(site: Site, location: str, error: str) -> None:
    assert error in error_of(site.at("/loop", Reply(b"x", 301, {"Location": location})))


def test_the_body_of_a_redirect_is_not_read(site: Site) -> None:
    site.feed("/feed", RSS)

    def endless(handler: Handler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "/feed")
        handler.end_headers()
        while not site.closing.is_set():
            handler.wfile.write(b"x" * 65_536)

    assert body_of(site.at("/endless", endless)).body == RSS


# ---------------------------------------------------------------- failures are sentences


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(status=404), "the server answered 404 Not Found"),
        (Reply(status=410), "the server answered 410 Gone"),
        (Reply(status=500), "the server answered 500 Internal Server Error"),
        (Reply(status=304), "the server answered 304 Not Modified though nothing was asked for before"),
        (Reply(status=799), "the server answered 799"),
        (Reply(b""), "the answer is empty"),
        (Reply(b" \r\n"), "the answer is empty"),
        (Reply(b"x" * 1_000_001), "the answer is over 1 MB"),
        (
            Reply(RSS, headers={"Content-Encoding": "lzma"}),
            "the answer is compressed as “lzma”, which was not asked for",
        ),
        (Reply(RSS, headers={"Content-Encoding": "br"}), "the answer is damaged: it cannot be decompressed"),
        (Reply(RSS, headers={"Content-Encoding": "zstd"}), "the answer is damaged: it cannot be decompressed"),
        (Reply(RSS, headers={"Content-Encoding": "gzip"}), "the answer is damaged: it cannot be decompressed"),
        (Reply(gzip.compress(RSS)[:-9], headers={"Content-Encoding": "gzip"}), "the answer broke off before its end"),
        (Reply(RSS, headers={"Content-Length": "9999", "Connection": "close"}), "the answer broke off before its end"),
    ],
)
def test_answers_that_are_no_feed(site: Site, reply: Reply, error: str) -> None:
    def answer(handler: Handler) -> Reply:
        handler.close_connection = True
        return reply

    assert error_of(site.at("/feed", answer)) == error


def test_no_server_and_no_name() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert error_of(f"http://127.0.0.1:{unused.getsockname()[1]}/") == "127.0.0.1 refused the connection"
    assert error_of("http://nothing.invalid/") == "the name nothing.invalid cannot be found"
    assert error_of("http://nøthing.invalid/") == "the name nøthing.invalid cannot be found"


@pytest.mark.parametrize("url", ["ftp://example.org/a", "javascript:alert(1)", "", "feeds.xml"])
def test_other_schemes(url: str) -> None:
    assert error_of(url) == "the address has to begin with http://, https:// or file:"


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a b/", "http://x:99999/", "http://\x00/", "http://" + "é" * 99]
)
def test_addresses_that_are_not_valid(url: str) -> None:
    assert error_of(url)


def test_a_server_that_does_not_speak_http() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(9_999)
                connection.sendall(b"220 mail.example ESMTP\r\n\r\n")

        threading.Thread(target=speak, daemon=True).start()
        error = error_of(f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert error.startswith("the answer is not HTTP as it should be")


# ---------------------------------------------------------------- bounds


def test_gzip_and_deflate(site: Site) -> None:
    raw = zlib.compressobj(wbits=-15)
    bodies: Mapping[str, bytes] = {
        "gzip": gzip.compress(RSS[:9]) + gzip.compress(RSS[9:]),
        "deflate": zlib.compress(RSS),
        "Deflate": raw.compress(RSS) + raw.flush(),
    }
    for n, (name, body) in enumerate(bodies.items()):
        assert body_of(site.at(f"/{n}", Reply(body, headers={"Content-Encoding": name}))).body == RSS


def test_a_file_that_is_itself_compressed(site: Site) -> None:
    assert body_of(site.at("/feed.xml.gz", Reply(gzip.compress(RSS)))).body == RSS


@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {}])
def test_a_gzip_bomb(site: Site, headers: Mapping[str, str]) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 1_000_000
    assert error_of(site.at("/bomb", Reply(bomb, headers=headers))) == "the answer is over 1 MB"


def test_an_endless_body(site: Site) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not site.closing.is_set():
            handler.wfile.write(b"x" * 65_536)

    assert error_of(site.at("/endless", endless)) == "the answer is over 1 MB"


def _silence(site: Site, handler: Handler) -> None:
    site.closing.wait(20)


def _drip_headers(site: Site, handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not site.closing.wait(0.05):
        handler.wfile.write(b"x")


def _drip_body(site: Site, handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(RSS)
    while not site.closing.wait(0.05):
        handler.wfile.write(b" ")


@pytest.mark.parametrize("slowly", [_silence, _drip_headers, _drip_body])
def test_the_timeout_is_for_the_whole_feed(site: Site, slowly: object) -> None:
    url = site.at("/slow", lambda handler: slowly(site, handler))  # type: ignore[operator]
    began = time.monotonic()
    assert error_of(url, msgspec.structs.replace(SETTINGS, timeout=0.5)) == "no answer within 0.5 s"
    assert 0.4 < time.monotonic() - began < 3


@pytest.mark.parametrize("slowly", [_silence, _drip_headers])
def test_the_timeout_is_so_too_on_a_connection_that_was_kept(site: Site, slowly: object) -> None:
    """What was cut at its deadline is not asked a second time."""
    site.at("/slow", lambda handler: slowly(site, handler))  # type: ignore[operator]
    with http.Line(http.client(SETTINGS)) as line:
        line.get(site.feed("/feed", RSS), max_bytes=1_000, seconds=5)
        with pytest.raises(http.HttpFault, match="no answer within"):
            line.get(site.url("/slow"), max_bytes=1_000, seconds=0.3)
    assert [seen.path for seen in site.seen] == ["/feed", "/slow"]


def test_a_body_cut_at_the_deadline_is_not_taken_for_a_whole_one(site: Site) -> None:
    def half(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n" + RSS)
        site.closing.wait(20)

    url = site.at("/half", half)
    assert error_of(url, msgspec.structs.replace(SETTINGS, timeout=0.3)) == "no answer within 0.3 s"


# ---------------------------------------------------------------- many at once


def test_one_broken_feed_does_not_stop_the_others(site: Site) -> None:
    urls = [site.feed(f"/{n}", RSS + b" " * n) for n in range(20)]
    results = fetch(*urls[:10], site.url("/none"), "http://nothing.invalid/", *urls[10:])
    assert [isinstance(r, Failure) for r in results] == [False] * 10 + [True, True] + [False] * 10


def test_a_host_is_never_asked_for_more_than_its_share(site: Site) -> None:
    now, most, lock = Counter[str](), Counter[str](), threading.Lock()
    third = threading.Barrier(3)

    def answer(handler: Handler) -> Reply:
        with lock:
            now["site"] += 1
            most["site"] = max(most["site"], now["site"])
        try:
            third.wait(0.1)
        except threading.BrokenBarrierError:
            third.reset()
        with lock:
            now["site"] -= 1
        return Reply(RSS)

    fetch(*(site.at(f"/{n}", answer) for n in range(8)), settings=msgspec.structs.replace(SETTINGS, per_host=2))
    assert most["site"] == 2


def test_a_slow_host_does_not_hold_up_the_others(site: Site) -> None:
    """Three threads, nine feeds of a host that says nothing, one of another: the other's comes at once."""
    slow = [site.at(f"/slow{n}", lambda handler: _silence(site, handler)) for n in range(9)]
    fast = site.feed("/fast", RSS).replace("127.0.0.1", "localhost")
    feeds = [Feed(f"f{n}", "F", url) for n, url in enumerate([*slow, fast])]
    results = fetch_all(feeds, {}, Pull(per_host=2, concurrency=3, timeout=15), Path())
    began = time.monotonic()
    first = next(results)
    assert isinstance(first, Fetched) and first.slug == "f9"
    results.close()
    assert time.monotonic() - began < 4


def test_abandoning_a_pull_ends_its_threads(site: Site) -> None:
    urls = [site.feed(f"/{n}", RSS + b" " * n) for n in range(50)]
    urls.append(site.at("/slow", lambda handler: _silence(site, handler)))
    results = fetch_all([Feed(f"f{n}", "F", u) for n, u in enumerate(urls)], {}, SETTINGS, Path())
    next(results)
    with pytest.raises(KeyboardInterrupt):
        results.throw(KeyboardInterrupt())
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("pull-")]


def test_no_feeds_no_threads() -> None:
    assert list(fetch_all([], {}, SETTINGS, Path())) == []


def test_a_programming_error_is_raised(tmp_path: Path) -> None:
    broken = {"f0": object()}
    with pytest.raises(AttributeError):
        list(fetch_all([Feed("f0", "F", "http://127.0.0.1/")], broken, SETTINGS, tmp_path))  # type: ignore[arg-type]


# ---------------------------------------------------------------- file: addresses


def test_files_of_the_workspace(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    (workspace / "feeds").mkdir(parents=True)
    (workspace / "feeds" / "å b.xml").write_bytes(RSS)
    for url in ("file:feeds/å b.xml", "file:feeds/%C3%A5%20b.xml", (workspace / "feeds" / "å b.xml").as_uri()):
        first = body_of(url, workspace=workspace)
        assert first.body == RSS
        [again] = fetch(url, workspace=workspace, f0=state_after(first))
        assert isinstance(again, Fetched) and again.body is None


def test_files_that_are_not_read(tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    workspace.mkdir()
    (tmp_path / "outside.xml").write_bytes(RSS)
    (workspace / "link.xml").symlink_to(tmp_path / "outside.xml")
    (workspace / "loop.xml").symlink_to("loop.xml")
    (workspace / "big.xml").write_bytes(b"x" * 1_000_001)
    (workspace / "empty.xml").touch()
    os.mkfifo(workspace / "pipe")
    expected = {
        "file:../outside.xml": "lies outside the workspace",
        "file:%2e%2e/outside.xml": "lies outside the workspace",
        "file:///etc/passwd": "lies outside the workspace",
        "file:link.xml": "lies outside the workspace",
        "file://example.org/a.xml": "is on another machine",
        "file:none.xml": "cannot be read: No such file or directory",
        "file:loop.xml": "cannot be read",
        "file:a%00b": "cannot be read",
        "file:": "is not a file",
        "file:pipe": "is not a file",
        "file:big.xml": "the answer is over 1 MB",
        "file:empty.xml": "the answer is empty",
    }
    for url, error in expected.items():
        assert error in error_of(url, workspace=workspace), url


# ---------------------------------------------------------------- certificates


def test_authorities_that_are_not_there_are_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    certificates.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(UsageError, match="SSL_CERT_FILE cannot be used: there is no file"):
        http.client(Pull())


def test_a_feed_without_tls_needs_no_authorities(site: Site, tmp_path: Path) -> None:
    certificates.cache_clear()
    list(fetch_all([Feed("a", "A", site.feed("/a.xml", b"<rss/>"))], {}, Pull(), tmp_path))
    assert certificates.cache_info().misses == 0
