from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from curator.pull.urls import canonical_url, host_of, is_home_page, is_web
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
    ],
)
def test_canonical(given_: str, canonical: str) -> None:
    assert canonical_url(given_) == canonical


ADDRESS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["http://", "https://", "HTTP://www.", "//", "", "javascript:", "http://www.www."]),
    st.text(max_size=30),
    st.sampled_from(["", "/", "//", "/%%341", "?utm_a=1&&b=%4", "#!x", ":80/", ":443", "/;jsessionid=1/;jsessionid=2"]),
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
