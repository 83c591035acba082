"""OPML: whatever readers export is read, what is damaged is mended or its line named, nothing hostile runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.clean import plain_line
from curator.pull.opml import NotOpml, Subscription, read_opml, write_opml
from tests.corpus import corpus_path


def opml(*lines: str, head: str = "") -> bytes:
    return "\n".join([f'{head}<opml version="2.0"><head/><body>', *lines, "</body></opml>"]).encode()


def test_folders_lines_and_names() -> None:
    found = read_opml(
        opml(
            '<outline text="Europe"><outline title="Sweden" text="not this">',
            '<outline text="A" xmlUrl=" https://example.org/a " language="sv"/></outline></outline>',
            '<outline TEXT="B" xmlurl="https://example.org/b"/>',
            '<outline text="a page" type="link" url="https://example.org/c"/>',
            '<outline text="D" type="rss" url="https://example.org/d"/>',
        )
    )
    assert [(one.url, one.name, one.folders, one.line) for one in found] == [
        ("https://example.org/a", "A", ("Europe", "Sweden"), 3),
        ("https://example.org/b", "B", (), 4),
        ("https://example.org/d", "D", (), 6),
    ]
    assert found[0].language == "sv"


def test_an_ampersand_is_mended() -> None:
    (one,) = read_opml(
        opml('<outline text="A & B &amp; C &eacute;&LT; &x" xmlUrl="https://example.org/?a=1&b=2&#38;c"/>')
    )
    assert (one.name, one.url) == ("A & B & C é< &x", "https://example.org/?a=1&b=2&c")


def test_html_in_a_text_is_mended() -> None:
    (one,) = read_opml(
        opml('<outline text="The "A" < B" description="<a href="x" title>y</a>" xmlUrl="https://example.org/" />')
    )
    assert (one.name, one.url) == ('The "A" < B', "https://example.org/")


def test_forbidden_characters_go() -> None:
    (one,) = read_opml(opml('<outline text="A\x1b[31m\x00\u202eB" xmlUrl="https://example.org/"/>'))
    assert one.name == "A[31mB"


def test_forbidden_characters_go_also_where_they_are_numbers() -> None:
    (one,) = read_opml(opml('<outline text="A&#27;[31m&#x0;&#xD800;&#xFFFFFF;B&#233;" xmlUrl="https://example.org/"/>'))
    assert one.name == "A[31mBé"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("feed://example.org/rss", "http://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("FEED:http://example.org/rss", "http://example.org/rss"),
        ("feed:javascript:alert(1)", "feed:javascript:alert(1)"),
    ],
)
def test_a_feed_address_is_a_web_address(said: str, address: str) -> None:
    (one,) = read_opml(opml(f'<outline text="A" xmlUrl="{said}"/>'))
    assert one.url == address


@pytest.mark.parametrize("head", ['\n<?xml version="1.0" encoding="UTF-16"?>\n', "\ufeff", "<!-- a comment -->\n"])
def test_what_stands_before_it_does_not_matter(head: str) -> None:
    (one,) = read_opml(opml('<outline text="Ö" xmlUrl="https://example.org/"/>', head=head))
    assert one.name == "Ö"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "line 1: no element"),
        (b"<html><body/></html>", "begins with <html>"),
        (opml('<outline><outline text="a<b" xmlUrl="https://example.org/"/></outline>'), "line 2: not well-formed"),
        (opml("<outline>"), "line 3: mismatched tag"),
        (opml("<outline text='x' xmlUrl='https://example.org/'/>")[:-20], "line 2"),
        (b"<opml><body>" + b"<outline text='x'>" * 5000, "nested more than"),
        (b"\x89PNG\r\n\x1a\n", "is not"),
    ],
)
def test_what_cannot_be_mended_is_named(data: bytes, says: str) -> None:
    with pytest.raises(NotOpml, match=says):
        read_opml(data)


def test_entities_are_never_expanded() -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (one,) = read_opml(opml('<outline text="&b;&x;" xmlUrl="https://example.org/"/>', head=bomb))
    assert one.name == "&b;&x;"
    for hidden in ('<!DOCTYPE opml [<!ENTITY b "]>"><!ENTITY c "d">]>', bomb + bomb):
        with pytest.raises(NotOpml):
            read_opml(opml('<outline text="&b;" xmlUrl="https://example.org/"/>', head=hidden))


@pytest.mark.parametrize("folder", ["opml", "hostile/xml"])
def test_every_file_of_the_corpus_is_read_or_refused_with_a_reason(folder: str) -> None:
    read = 0
    for path in sorted(corpus_path(*folder.split("/")).iterdir()):
        if path.suffix not in (".opml", ".xml"):
            continue
        try:
            read += bool(read_opml(path.read_bytes()))
        except NotOpml as fault:
            assert "is not" in fault.message or "DOCTYPE" in fault.message, path.name
            assert folder != "opml" or path.name == "newsboat-opml-element-missing.opml", fault.message
    assert folder != "opml" or read > 35


def test_as_many_feeds_as_the_manifest_says() -> None:
    folder: Path = corpus_path("opml")
    assert len(read_opml((folder / "nnw-Subs.opml").read_bytes())) == 207


words = st.text(st.characters(codec="utf-8"), max_size=40).map(plain_line).filter(bool)


@given(st.lists(st.tuples(words, words, words), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str]]) -> None:
    given_ = [
        Subscription(f"https://example.org/?{name}", name, folders=(folder,), own={"publisher": publisher})
        for name, folder, publisher in rows
    ]
    again = read_opml(write_opml("A & B", given_).encode())
    assert [(one.url, one.name, one.folders, one.own) for one in again] == [
        (one.url.strip(), one.name, one.folders, one.own) for one in given_
    ]
