"""No host is asked for more than its share, whether a feed lives there or is led there."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from curator.config import Pull
from curator.models import Failure, Feed, FeedState, Fetched
from curator.pull.fetch import fetch_all
from curator.pull.schedule import Schedule
from tests.http_server import Handler, Reply, Site, serving

RSS = b'<rss version="2.0"><channel><title>F</title></channel></rss>'
A, B, C = (Feed(name, name, f"https://{name}.example/") for name in "abc")


@pytest.fixture
def origins() -> Iterator[Site]:
    """One server under many addresses, 127.0.0.2 and on: each is a host."""
    with serving("0.0.0.0") as started:
        yield started


def feed_at(origins: Site, n: int, there: str) -> Feed:
    """A feed at a host of its own that leads `there`."""
    origins.at(f"/{n}", Reply(status=302, headers={"Location": there}))
    return Feed(f"f{n}", "F", f"http://127.0.0.{n + 2}:{origins.port}/{n}")


def fetch(feeds: Sequence[Feed], **states: FeedState) -> list[Fetched | Failure]:
    return list(fetch_all(feeds, states, Pull(per_host=2, concurrency=16, timeout=10), Path()))


def test_led_feeds_count_where_they_are_led(origins: Site, site: Site) -> None:
    now, most, lock = Counter[str](), Counter[str](), threading.Lock()

    def answer(handler: Handler) -> Reply:
        with lock:
            now["there"] += 1
            most["there"] = max(most["there"], now["there"])
        site.closing.wait(0.05)
        with lock:
            now["there"] -= 1
        return Reply(RSS)

    answers = fetch([feed_at(origins, n, site.at(f"/{n}", answer)) for n in range(10)])
    assert [answer for answer in answers if isinstance(answer, Failure)] == []
    assert len(answers) == len(site.seen) == 10
    assert most["there"] == 2
    assert max(Counter(seen.path for seen in origins.seen).values()) <= 2


def test_no_host_sees_more_connections_than_its_share(origins: Site) -> None:
    """Whoever has a connection to a host goes on with it, however the threads run."""
    seen: set[tuple[str, int]] = set()

    def answer(handler: Handler) -> Reply:
        seen.add((handler.headers["Host"], handler.client_address[1]))
        origins.closing.wait(0.005)
        return Reply(RSS)

    paths = [(host, origins.at(f"/{host}/{n}", answer)) for host in range(2, 14) for n in range(host)]
    feeds = [Feed(f"f{n}", "F", url.replace("0.0.0.0", f"127.0.0.{host}")) for n, (host, url) in enumerate(paths)]
    assert all(isinstance(one, Fetched) for one in fetch(feeds))
    assert max(Counter(host for host, _ in seen).values()) == 2


def test_who_asks_to_wait_is_whoever_answered(origins: Site, site: Site) -> None:
    """The host that a redirect led to is left alone, the one that it came from is not."""
    busy = site.at("/busy", Reply(status=429, headers={"Retry-After": "600"}))
    own = Feed("own", "Own", origins.at("/own", Reply(RSS)).replace("0.0.0.0", "127.0.0.2"))
    feeds = [*(feed_at(origins, n, busy) for n in range(6)), own]
    answers = list(fetch_all(feeds, {}, Pull(per_host=1, concurrency=1), Path()))
    errors = {answer.feed: answer.error for answer in answers if isinstance(answer, Failure)}
    assert sorted(errors) == [f"f{n}" for n in range(6)]
    assert len(site.seen) == 1
    assert sum("127.0.0.1 asks to wait" in error for error in errors.values()) == 5


def test_one_feed_that_asks_to_wait_does_not_starve_its_neighbours(site: Site) -> None:
    """Whatever failed is asked last, so the others of its host have had their turn."""
    feeds = [Feed("bad", "Bad", site.at("/bad", Reply(status=503, headers={"Retry-After": "600"})))]
    feeds += [Feed(f"f{n}", "F", site.at(f"/{n}", Reply(RSS))) for n in range(5)]
    settings = Pull(per_host=1, concurrency=1)
    first = list(fetch_all(feeds, {}, settings, Path()))
    assert sum(isinstance(answer, Failure) for answer in first) == 6
    ill = {"bad": FeedState("bad", error="fetch: 503", failures=1)}
    again = list(fetch_all(feeds, ill, settings, Path()))
    assert [answer.feed for answer in again if isinstance(answer, Failure)] == ["bad"]


# ---------------------------------------------------------------- by itself


def test_one_goes_on_with_the_host_it_knows_and_only_then_with_the_next() -> None:
    more = [Feed(f"a{n}", "A", f"https://a.example/{n}") for n in range(2)]
    schedule = Schedule([A, B, *more], per_host=2)
    assert (schedule.take(), schedule.take()) == (A, B)
    assert schedule.take(after=A) == more[0]
    assert schedule.take(after=B) == more[1]
    assert not schedule.has_room
    assert schedule.take(after=more[0]) is None


def test_a_feed_goes_back_once_and_is_given_out_when_there_is_room() -> None:
    schedule = Schedule([A, B], per_host=1)
    assert (schedule.take(), schedule.take()) == (A, B)
    assert schedule.may_lead(B, "c.example")
    assert not schedule.may_lead(A, "c.example")
    schedule.done(A)
    taken: list[Feed | None] = []
    waiting = threading.Thread(target=lambda: taken.append(schedule.take()))
    waiting.start()
    schedule.done(B)
    waiting.join(5)
    assert taken == [A]
    assert schedule.may_lead(A, "c.example")
    schedule.done(A)
    assert schedule.take() is None


def test_whoever_went_back_is_not_sent_back_again() -> None:
    schedule = Schedule([A, B, C], per_host=1)
    assert {schedule.take(), schedule.take(), schedule.take()} == {A, B, C}
    assert schedule.may_lead(B, "d.example")
    assert not schedule.may_lead(A, "d.example")
    schedule.done(A)
    assert schedule.take(after=B) == A
    assert schedule.may_lead(A, "c.example")  # full, but A has waited once already
    schedule.done(C)
    schedule.done(A)
    assert schedule.take() is None
