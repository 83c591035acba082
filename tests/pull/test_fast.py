"""The fast reading of ordinary feeds beside feedparser's: the same entries, or none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from curator.models import Entry
from curator.pull import fast, jsonfeed, names, parse, values
from curator.pull.encoding import decode
from curator.pull.webpage import is_page
from tests.corpus import corpus_path

URL = "https://example.org/feeds/all.xml"
QUICK, SOAK = 3_000, 60_000  # mutated feeds


def taken(text: str) -> list[Entry] | None:
    found = fast.read(text)
    return None if found is None else [parse._entry(said, URL, found[1].get("language")) for said in found[0]]


def judged(text: str) -> list[Entry] | str:
    """By feedparser alone."""
    try:
        read = parse._read(text)
    except parse.ParseFailure as failure:
        return failure.message
    assert read.version, "taken by the fast path, though feedparser knows no such feed"
    assert not read.bozo, "taken by the fast path, though feedparser finds it broken"
    return [parse._entry(entry, URL, dict.get(read.feed, "language")) for entry in read.entries]


def xml_of(body: bytes) -> str | None:
    """What would be given to either of them, as `parse` cuts it."""
    text = decode(body).strip()
    bare = parse._without_prolog(text)
    if not text or jsonfeed.is_json(text) or is_page(text) or is_page(bare) or not parse._FIRST.match(bare):
        return None
    return bare


def feeds_of(*folder: str) -> Iterator[tuple[Path, str]]:
    for path in sorted(corpus_path(*folder).rglob("*")):
        if path.is_file() and path.suffix not in (".json", ".jsonl", ".csv", ".md", ".txt"):
            text = xml_of(path.read_bytes())
            if text is not None:
                yield path, text


@pytest.mark.parametrize(
    ("folder", "at_least"), [("real-feeds", 0.6), ("feedparser-suite", 0.35), ("hostile", 0.0)], ids=lambda v: str(v)
)
def test_every_feed_of_the_corpus_reads_as_feedparser_reads_it_or_is_left_to_it(folder: str, at_least: float) -> None:
    count = declined = 0
    for path, text in feeds_of(folder):
        count += 1
        found = taken(text)
        if found is None:
            declined += 1
        else:
            assert found == judged(text), path
    assert count and (count - declined) / count >= at_least, f"{declined} of {count} declined"


def test_the_namespaces_are_feedparsers() -> None:
    from feedparser.mixin import _FeedParserMixin

    theirs = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items() if uri}
    assert theirs == names.PREFIX_OF


def test_the_elements_with_rules_are_feedparsers() -> None:
    from feedparser.mixin import _FeedParserMixin

    rules = {n.split("_", 2)[2].lower() for n in dir(_FeedParserMixin) if n.startswith(("_start_", "_end_"))}
    bare = {rule for rule in rules if "_" not in rule}
    prefixes = {rule.partition("_")[0] for rule in rules if "_" in rule}
    assert bare == names.HANDLED
    assert prefixes <= {prefix.lower() for prefix in names.HANDLED_PREFIXES}


def test_the_elements_taken_for_html_are_feedparsers() -> None:
    from feedparser.sanitizer import _HTMLSanitizer

    assert _HTMLSanitizer.acceptable_elements >= values.ACCEPTED


# ---------------------------------------------------------------- what is and is not ordinary

HEAD = '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>'


def rss(item: str, head: str = HEAD) -> str:
    return f"{head}<item><title>T</title>{item}</item></channel></rss>"


@pytest.mark.parametrize(
    "text",
    [
        rss("<description>&lt;p&gt;A&lt;/p&gt;</description><link>https://example.org/a?x=1&amp;y=2</link>"),
        rss("<description>A</description><description>B</description><guid>g</guid>"),
        rss("<guid isPermaLink='true'>https://example.org/a</guid><author>a@example.org (A)</author>"),
        rss("<pubDate>Mon, 05 Oct 2026 10:00:00 EST</pubDate><dc:date>2026-10-05T10:00:00.5+02:00</dc:date>"),
        rss("<title>Caf&#195;&#169; &amp;eacute; &lt;b&gt;x&lt;/b&gt;</title><enclosure url='https://example.org/e'/>"),
    ],
)
def test_the_ordinary_is_taken_and_reads_the_same(text: str) -> None:
    found = taken(text)
    assert found is not None
    assert found == judged(text)


@pytest.mark.parametrize(
    "text",
    [
        rss("<pubDate>yesterday</pubDate>"),
        rss("<pubDate>31 Feb 2026 10:00:00 GMT</pubDate>"),
        rss("<description><p>not escaped</p></description>"),
        rss("<link>https:///example.org/a</link>"),
        rss("<dc:title>U</dc:title>"),
        rss("<x><y xml:base='https://example.com/'/></x>"),
        rss("<title>C1 &#145;quotes&#146;</title>"),
        rss("<links>l</links>"),
        rss("", HEAD.replace("xmlns:dc", "xmlns:media")),
        rss("<description>A").removesuffix("</rss>"),
        "<rdf/>",
    ],
)
def test_the_rest_is_left_to_feedparser(text: str) -> None:
    assert fast.read(text) is None


# ---------------------------------------------------------------- mutations

_PIECES = (
    "< > & &amp; &lt;p&gt; &lt;/p&gt; &nbsp; <![CDATA[ ]]> <!--c--> <?pi?> Ã© <title>N</title> <link/> <svg>x</svg>",
    "<link>http://a/</link> <guid>g</guid> <id>i</id> <description>D</description> <summary>S</summary> <item> </item>",
    "<content>C</content> <source>s</source> <image><url>u</url></image> <image/> <div>x</div> <x><y/></x> <entry>",
    "</entry> <textInput/> <author><name>N</name></author> <updated>2026-01-01T00:00:00Z</updated> <links>x</links>",
    "<language>fr</language> <date>2026</date> <authors/> <skipHours><hour>1</hour></skipHours> <rights>r</rights>",
    "<info>i</info> <name>n</name> <enclosure~url='http://e/'/> <link~href='/r'/> <content~type='html'>C</content>",
    "<pubDate>1~Jan~2026~00:00:00~PST</pubDate> <a:x~xmlns:a='urn:a'><a:x~b='1'>t</a:x></a:x> <site~xmlns='urn:s'/>",
    "<media:title~xmlns:media='http://search.yahoo.com/mrss/'>M</media:title> <dc:title~xmlns:dc='urn:o'>D</dc:title>",
    "<media:description~xmlns:media='http://search.yahoo.com/mrss/'>M</media:description>",
    "<content:encoded~xmlns:content='http://purl.org/rss/1.0/modules/content/'>E</content:encoded>",
    "<dc:date~xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-01-01T00:00:00Z</dc:date>",
    "<itunes:summary~xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>I</itunes:summary>",
)
_ATTRIBUTES = (
    "xml:lang='sv' xml:lang='' lang='de_AT' xml:base='http://b.example/x/' xml:base='/r/' base='b' type='html' x='y'",
    "type='text' type='xhtml' type='text/plain' type='image/png' mode='base64' rel='self' rel='ALTERNATE' href='http://h/'",
    "url='http://u/' isPermaLink='false' xmlns='urn:d' xmlns:dc='urn:d' xmlns:media='http://search.yahoo.com/mrss'",
)


def one_of(lines: tuple[str, ...], chance: random.Random) -> str:
    """One word of them; `~` stands for a blank in it."""
    return chance.choice(" ".join(lines).split()).replace("~", " ")


def mutated(text: str, chance: random.Random) -> str:
    """One to three small changes: cut, doubled, swapped, something put in, an attribute more."""
    for _ in range(chance.randint(1, 3)):
        places = [n for n, c in enumerate(text) if c in "<>"]
        if len(places) < 4:
            return text
        a, b = sorted(chance.sample(places, 2))
        b = min(b, a + 400)
        match chance.randrange(6):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:b] + text[a:b] + text[b:]
            case 2:
                text = text[:a] + one_of(_PIECES, chance) + text[a:]
            case 3:
                at = text.find(">", a)
                text = text[: at + 1] + one_of(_PIECES, chance) + text[at + 1 :]
            case 4:
                at = text.find(">", a)
                at -= text[at - 1 : at] == "/"
                text = text[:at] + " " + one_of(_ATTRIBUTES, chance) + text[at:]
            case _:
                at = chance.randrange(len(text))
                text = text[:at] + chance.choice("aZ0 -:/&<\"'é\u2028") + text[at + 1 :]
    return text


def small_feeds() -> list[str]:
    """Those the rules take as they are, cut to their first entries so that feedparser has less to read."""
    found = [text for folder in ("real-feeds", "feedparser-suite") for _, text in feeds_of(folder)]
    short = [text if len(text) < 8_000 else first_entries(text) for text in found]
    return [text for text in short if fast.read(text) is not None]


def first_entries(text: str) -> str:
    for closing, ending in (("</item>", "</channel></rss>"), ("</entry>", "</feed>")):
        parts = text.split(closing, 2)
        if len(parts) == 3:
            return closing.join(parts[:2]) + closing + ending
    return text


def check_mutations(count: int, seed: int) -> None:
    feeds, chance, read = small_feeds(), random.Random(seed), 0
    assert len(feeds) > 300
    for _ in range(count):
        text: Any = mutated(chance.choice(feeds), chance)
        if parse._FIRST.match(text) is None or (found := taken(text)) is None:
            continue
        read += 1
        assert found == judged(text), text
    assert read > count / 20, "too few of the mutated feeds were taken to say anything"


def test_a_mutated_feed_reads_the_same_or_is_left() -> None:
    check_mutations(QUICK, 20261123)


@pytest.mark.soak
def test_many_mutated_feeds() -> None:
    check_mutations(SOAK, 7)
