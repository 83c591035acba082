"""Passwords and headers for one feed: from the environment, to its own server only, never into a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.config import Pull
from curator.errors import UsageError
from curator.models import Feed, Fetched
from curator.pull.fetch import fetch_all
from curator.pull.private import private_headers
from tests.http_server import Reply, Site, serving

RSS = b"<rss/>"


def test_each_feed_has_its_own() -> None:
    environ = {
        "CURATOR_FEED_GOV_UK_AUTH": "ann:p:w",
        "CURATOR_FEED_GOV_UK_HEADERS": "X-Key: 1 | User-Agent: me (x; y)\nCookie: a=b",
        "CURATOR_FEED_OTHER_AUTH": "",
    }
    assert private_headers(["gov-uk", "other", "gov"], environ) == {
        "gov-uk": {"Authorization": "Basic YW5uOnA6dw==", "X-Key": "1", "User-Agent": "me (x; y)", "Cookie": "a=b"}
    }
    assert private_headers(["a"], {}) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AUTH", "secret"),
        ("HEADERS", "secret"),
        ("HEADERS", "X Key: secret"),
        ("HEADERS", "X-Key: secr\u00e9t"),
        ("HEADERS", "Host: secret"),
        ("HEADERS", "TE: secret"),
    ],
)
def test_what_cannot_be_used_is_named_and_not_told(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"CURATOR_FEED_A_{name}") as caught:
        private_headers(["a"], {f"CURATOR_FEED_A_{name}": value})
    assert "secr" not in caught.value.message


def fetch(url: str) -> Fetched:
    private = {"a": {"Authorization": "Basic x", "X-Key": "1", "User-Agent": "me"}}
    (answer,) = fetch_all([Feed("a", "A", url)], {}, Pull(), Path(), private=private)
    assert isinstance(answer, Fetched)
    return answer


def test_they_go_to_the_feeds_own_server_only() -> None:
    with serving() as ours, serving() as theirs:
        end = theirs.at("/end", Reply(RSS))
        theirs.at("/back", Reply(status=302, headers={"Location": ours.url("/feed")}))
        ours.at("/feed", Reply(RSS))
        for first, private in ((ours.at("/in", to("/feed")), True), (ours.at("/out", to(end)), False)):
            fetch(first)
            assert sent(ours)["x-key"] == "1"
            last = sent(ours if private else theirs)
            assert [last.get(name) for name in ("authorization", "x-key")] == (
                ["Basic x", "1"] if private else [None] * 2
            )
            assert (last["user-agent"] == "me") is private
        fetch(ours.at("/round", to(theirs.url("/back"))))
        assert "x-key" not in sent(ours)


def to(address: str) -> Reply:
    return Reply(status=301, headers={"Location": address})


def sent(site: Site) -> dict[str, str]:
    return dict(site.seen[-1].headers)
