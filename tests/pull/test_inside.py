"""A feed from outside must not lead us inside: this machine, its networks, its link."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from curator import http
from curator.config import Pull
from curator.http import inside
from curator.http.inside import may_lead, place_of
from tests.http_server import Reply, Site, serving
from tests.http_server import site as site

OUTSIDE = "news.example"


@pytest.mark.parametrize(
    ("host", "place"),
    [
        *((host, "this-machine") for host in ("127.0.0.1", "127.9.9.9", "::1", "::", "0.0.0.0", "::ffff:127.0.0.1")),
        *((host, "this-machine") for host in ("2130706433", "0177.0.0.1", "0x7f.1", "127.1", "64:ff9b::7f00:1")),
        *((host, "this-machine") for host in ("127.0.0.1.", "localhost", "LOCALHOST.", "news.localhost")),
        *(
            (host, "link")
            for host in ("169.254.169.254.", "169.254.169.254", "fe80::1", "fe80::1%eth0", "2852039166", "0xa9fea9fe")
        ),
        *((host, "network") for host in ("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00:ec2::254")),
        *((host, "network") for host in ("012.0.0.1", "::ffff:10.0.0.1", "2002:a00:1::", "224.0.0.1", "240.0.0.1")),
        *(
            (host, None)
            for host in (
                "8.8.8.8",
                "2606:4700::1111",
                "example.org",
                "1password.example",
                "",
                "notlocalhost",
                "localhost.example",
                "134744072",
            )
        ),
    ],
)
def test_where_an_address_lies(host: str, place: str | None) -> None:
    assert place_of(host) == place


@pytest.mark.parametrize(
    ("home", "there", "may"),
    [
        ("8.8.8.8", "1.1.1.1", True),
        ("10.0.0.5", "1.1.1.1", True),
        ("10.0.0.5", "192.168.0.1", True),
        ("127.0.0.1", "::1", True),
        ("169.254.1.1", "169.254.1.1", True),
        ("8.8.8.8", "127.0.0.1", False),
        ("10.0.0.5", "127.0.0.1", False),
        ("127.0.0.1", "10.0.0.1", False),
        ("169.254.1.1", "169.254.169.254", False),
        ("example.org", "10.0.0.1", False),
    ],
)
def test_inside_only_where_it_lives_itself(home: str, there: str, may: bool) -> None:
    assert may_lead(home, there) is may


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that are looked up. `news.example` is 127.0.0.2, which stands for an address outside; any other name
    of example is 127.0.0.1."""
    asked: list[str] = []
    look_up, place = socket.getaddrinfo, inside.place_of

    def known(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        asked.append(name)
        home = "127.0.0.2" if name == OUTSIDE else "127.0.0.1" if name.endswith(".example") else name
        return look_up(home, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setattr(inside, "place_of", lambda host: None if host == "127.0.0.2" else place(host))
    return asked


def get(url: str, *before: str) -> http.Answer:
    with http.Line(http.client(Pull())) as line:
        for one in before:
            line.get(one, max_bytes=1000, seconds=5)
        return line.get(url, max_bytes=1000, seconds=5)


@pytest.fixture
def outside(names: list[str]) -> Iterator[Site]:
    with serving("127.0.0.2") as started:
        yield started


def at_outside(outside: Site, there: str) -> str:
    outside.at("/feed", Reply(status=302, headers={"Location": there}))
    return f"http://{OUTSIDE}:{outside.port}/feed"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0177.0.0.1", "0x7f000001", "[::ffff:127.0.0.1]", "rebound.example", "rebøund.example"],
)
def test_a_feed_outside_cannot_lead_to_this_machine(outside: Site, site: Site, names: list[str], host: str) -> None:
    site.at("/secret", Reply(b"secret"))
    with pytest.raises(http.HttpFault, match=r"an address inside|Invalid IPv4 address"):
        get(at_outside(outside, f"http://{host}:{site.port}/secret"))
    assert site.seen == []
    assert len(names) == len(set(names)), "a name was looked up more than once"


def test_nor_over_a_connection_that_is_open_already(outside: Site, site: Site) -> None:
    mine = f"http://rebound.example:{site.port}/mine"
    site.at("/mine", Reply(b"mine"))
    site.at("/secret", Reply(b"secret"))
    with pytest.raises(http.HttpFault, match="an address inside"):
        get(at_outside(outside, mine.replace("mine", "secret")), mine)
    assert [seen.path for seen in site.seen] == ["/mine"]


@pytest.mark.parametrize("there", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[fd00::1]/"])
def test_nor_to_a_network_or_the_clouds_secrets_and_nothing_is_dialled(outside: Site, there: str) -> None:
    with pytest.raises(http.HttpFault, match="an address inside"):
        get(at_outside(outside, there))


@pytest.mark.parametrize("there", ["file:///etc/passwd", "gopher://example.org/"])
def test_nor_to_a_file(outside: Site, there: str) -> None:
    with pytest.raises(http.HttpFault, match="not a web address"):
        get(at_outside(outside, there))


def test_who_lives_inside_may_lead_to_its_neighbour(site: Site) -> None:
    with serving() as other:
        there = other.at("/feed", Reply(b"here"))
        assert get(site.at("/feed", Reply(status=301, headers={"Location": there}))).body == b"here"


def test_an_address_outside_may_be_led_to(outside: Site) -> None:
    outside.at("/new", Reply(b"here"))
    assert get(at_outside(outside, "/new")).body == b"here"
