from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curator.pull.urls import canonical_url, host_of, is_home_page, is_web, site_of, without_user
from tests.corpus import corpus_path


@pytest.mark.parametrize(
    ("given_", "canonical"),
    [
        ("HTTP://WWW.Example.ORG:80/a/", "https://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org:443/?", "https://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a?utm_source=x&b=2&fbclid=1&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/a?UTM_Source=x", "https://example.org/a"),
        ("https://example.org/a?ref=home&id=3", "https://example.org/a?ref=home&id=3"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/#!/a", "https://example.org/#!/a"),
        ("https://example.org/a%7eb%2fc d", "https://example.org/a~b%2Fcd"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org./a;jsessionid=AF1?x=1", "https://example.org/a?x=1"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("http://[2001:DB8::1]:80/a", "https://[2001:db8::1]/a"),
        (" https://example.org/\n a ", "https://example.org/a"),
        ("mailto:someone@example.org", "mailto:someone@example.org"),
        ("http://[", "http://["),
        ("http://example.org:99999/", "http://example.org:99999/"),
        ("https://www.com/", "https://www.com/"),
        ("", ""),
        ("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a/amp/", "https://example.org/a"),
        ("https://www.google.com/amp/s/www.example.org/a.amp.html", "https://example.org/a.html"),
        ("https://amp.example.org/a?amp=1&id=3", "https://example.org/a?id=3"),
        ("https://example.org/a?id=3&outputType=amp", "https://example.org/a?id=3"),
        ("https://example.org/a/amp?utm_source=x", "https://example.org/a"),
        ("https://example.org/amp", "https://example.org/amp"),
        ("https://example.org/lamp/stamp", "https://example.org/lamp/stamp"),
        ("https://m.example.org/a", "https://example.org/a"),
        ("https://mobile.example.org/a", "https://example.org/a"),
        ("https://m.org/a", "https://m.org/a"),
        ("https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"),
        ("https://example.org/a/index.html", "https://example.org/a"),
        ("https://example.org/index.php?id=3", "https://example.org/?id=3"),
        ("https://example.org/Default.aspx", "https://example.org/"),
        ("https://example.org/index.html5", "https://example.org/index.html5"),
        ("https://example.org/a?print=1", "https://example.org/a"),
        ("https://example.org/a?id=3&print=pdf&page=2", "https://example.org/a?id=3&page=2"),
        ("https://example.org/a?print=3", "https://example.org/a?print=3"),
        ("https://example.org/node/7/printable/print", "https://example.org/node/7"),
        ("https://example.org/print/7", "https://example.org/print/7"),
    ],
)
def test_canonical(given_: str, canonical: str) -> None:
    assert canonical_url(given_) == canonical


ADDRESS = st.builds(
    "{}{}{}".format,
    st.sampled_from(
        [
            "http://",
            "https://",
            "HTTP://www.",
            "//",
            "",
            "javascript:",
            "http://www.www.",
            "http://m.amp.",
            "https://a.cdn.ampproject.org/c/s/",
            "http://www.google.com/amp/s/",
            "https://mobile.example.org/",
        ]
    ),
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "/",
            "//",
            "/%%341",
            "?utm_a=1&&b=%4",
            "#!x",
            ":80/",
            ":443",
            "/;jsessionid=1/;jsessionid=2",
            "/amp/index.html",
            "/index.php?amp&print=1&a=b",
            "?print&amp=1#!x",
            "/printable/print.amp",
        ]
    ),
)


@given(st.one_of(st.text(), ADDRESS))
@example("http://＃.example/")
@example("http://www.．a/")
@example("http://a/;jsession;jsessionid=1id=2")
def test_canonical_twice_is_once(address: str) -> None:
    once = canonical_url(address)
    assert canonical_url(once) == once


def test_every_hostile_address_is_borne() -> None:
    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    for address in (a for group in lists.values() for a in group if isinstance(a, str)):
        once = canonical_url(address)
        assert canonical_url(once) == once
        host_of(address)
        is_web(address)


def test_a_home_page_has_no_path() -> None:
    assert is_home_page(canonical_url("http://www.example.org"))
    assert not is_home_page(canonical_url("http://www.example.org/a"))
    assert not is_home_page(canonical_url("http://example.org/?p=1"))


def test_host() -> None:
    assert host_of("https://User@WWW.Example.org:8/a") == "www.example.org"
    assert host_of("file:feeds/a.xml") == host_of("http://[") == ""


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://news.example.org/a", "example.org"),
        ("https://www.health.govt.nz/a", "health.govt.nz"),
        ("https://nhs.uk/", "nhs.uk"),
        ("https://www.england.nhs.uk/a", "england.nhs.uk"),
        ("https://health.example.se/a", "example.se"),
        ("", ""),
        ("https://localhost/", ""),
    ],
)
def test_site(address: str, site: str) -> None:
    assert site_of(canonical_url(address)) == site


@pytest.mark.parametrize(
    ("url", "without"),
    [
        ("https://ann:secret@example.org/a", "https://example.org/a"),
        ("HTTP://health.example@other.example/", "HTTP://other.example/"),
        ("https://a@b@example.org?x=c@d", "https://example.org?x=c@d"),
        ("https://example.org/@ann/a@b", "https://example.org/@ann/a@b"),
        ("https://example.org?to=a@b", "https://example.org?to=a@b"),
        ("https://example.org#a@b", "https://example.org#a@b"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
    ],
)
def test_no_user_stands_in_an_address(url: str, without: str) -> None:
    assert without_user(url) == without
