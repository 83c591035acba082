"""The site: valid, accessible, whole; every link leads somewhere, nothing hostile runs, the same editions give the same
bytes."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
import pytest

from curator.archive.feeds import DOCUMENTS, EDITIONS
from curator.archive.kept import file_name
from curator.errors import TemplateFault
from curator.pull import jsonfeed
from tests.archive.world import FOLDERS, FRENCH, WORDS, both_tongues, document, files, kept, sampled, some
from tests.corpus import corpus_path

HOME = "https://example.org/archive/"
HOSTILE = '<img src=x onerror="top.ran=1">"\'</script><script>top.ran=1</script>\u202e'


@cache
def made() -> dict[str, bytes]:
    return files(some())


def pages(of: dict[str, bytes]) -> dict[str, str]:
    """The pages of curator's own making, without the mails."""
    return {path: data.decode() for path, data in of.items() if path.endswith(".html") and ".mail." not in path}


class Page(HTMLParser):
    """What a page has: its tags, the texts of its headings, its ids and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def of(self, *tags: str) -> list[str]:
        return [tag for tag, _ in self.tags if tag in tags]


def assert_valid(path: str, text: str) -> None:
    """Not one fault in the eyes of a parser that names them all, and no id twice."""
    reading = pytest.importorskip("tinyhtml5.parser", reason="tinyhtml5 is not installed: `make .venv/.tooled`")
    parser = reading.HTMLParser()
    parser.parse(text)
    assert not parser.errors, (path, parser.errors[:3])
    ids = Page(text).all("id")
    assert len(ids) == len(set(ids)), path


def test_every_page_is_valid_html() -> None:
    for path, text in pages(made()).items():
        assert_valid(path, text)


def test_every_page_of_what_every_digest_says_is_valid() -> None:
    for path, text in pages(files(sampled())).items():
        assert_valid(path, text)
        levels = [int(tag[1]) for tag in Page(text).of("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_the_parser_finds_faults() -> None:
    with pytest.raises(AssertionError):
        assert_valid("x", "<!DOCTYPE html><title>x</title><p><b>not closed</p></div>")


def test_every_page_can_be_found_ones_way_in() -> None:
    for path, text in pages(made()).items():
        page = Page(text)
        assert page.tags[0][1]["lang"] == "en", path
        assert page.of("h1") == ["h1"], path
        assert page.of("header", "main", "footer") == ["header", "main", "footer"], path
        levels = [int(tag[1]) for tag in page.of("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
        first = next(attributes for tag, attributes in page.tags if tag == "a")
        assert first["href"] == "#content" and "content" in page.all("id"), path
        assert all("aria-label" in attributes for tag, attributes in page.tags if tag == "nav"), path


def beside(path: str, address: str) -> str:
    """The file that a relative address in a page means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def test_every_link_inside_leads_to_a_file_and_a_place_in_it() -> None:
    for path, text in pages(made()).items():
        for address in [*Page(text).all("href"), *Page(text).all("src")]:
            parts = urlsplit(address)
            if parts.scheme:
                assert address.startswith("https://example.org"), (path, address)
                continue
            assert not parts.path.startswith("/"), (path, address)
            to = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            assert to in made(), (path, address)
            assert not parts.fragment or parts.fragment in Page(made()[to].decode()).all("id"), (path, address)


def test_every_file_is_reached_from_the_first_page() -> None:
    seen, waiting = set[str](), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in made():
            continue
        seen.add(path)
        if path in pages(made()):
            page = Page(made()[path].decode())
            found = (urlsplit(address).path for address in [*page.all("href"), *page.all("src")])
            waiting += [beside(path, to) for to in found if to]
    assert set(made()) - seen == {"search-index.js"}, "which search.js loads"


def test_no_page_takes_anything_from_elsewhere() -> None:
    for path, text in pages(made()).items():
        loads = [a for tag, a in Page(text).tags if tag in ("script", "link", "img", "iframe", "source")]
        assert not [a for a in loads if urlsplit(a.get("src", "") or a.get("href", "")).scheme], path
        assert not re.search(r"\son[a-z]+=|<style|style=", text), path
    assert not re.search(r"url\(|@import|//[a-z]", made()["archive.css"].decode())


def test_mails_stand_beside_their_pages_byte_by_byte() -> None:
    for one in some():
        assert made()[f"editions/{one.edition.id}.mail.html"].decode() == one.mail.html
        assert made()[f"editions/{one.edition.id}.txt"].decode() == one.mail.text


def test_what_is_where() -> None:
    home = made()["index.html"].decode()
    assert re.findall(r'href="(editions/[^"]+)"', home) == [
        "editions/briefing-3.html",
        "editions/update-2.html",
        "editions/update-1.html",
    ]
    assert re.findall(r"<h[23][^>]*>([^<]+)", home) == ["Briefing", "2025", "Update", "2025", "2024"]
    edition = made()["editions/update-1.html"].decode()
    assert "Good <em>morning</em>." in edition and "Nothing found for the Netherlands." in edition
    assert 'href="../editions/update-2.html">Update 2' in edition
    sweden = made()["countries/se.html"].decode()
    assert sweden.count('class="doc"') == 3
    assert "Crisis care strategy, anew" in sweden and "Crisis care strategy 1<" not in sweden, "the latest words"
    assert re.findall(r'editions/([a-z0-9-]+)\.html#d1"', sweden) == ["briefing-3", "update-1"]
    assert "strategy 5<" in made()["countries/gb-sct.html"].decode(), "the latest year"
    assert "strategy 2<" in made()["countries/gb-sct.2024.html"].decode(), "the year before"
    assert "Netherlands <span" in made()["countries.html"].decode(), "a member without a document is named, not linked"
    assert "countries/nl.html" not in made()
    assert set(made()) >= {"themes/crisis-care.html", "organisations/moh.html"}


def test_the_same_editions_give_the_same_bytes() -> None:
    assert files(some()) == made()


def test_without_an_edition_it_says_so() -> None:
    empty = files([])
    assert "No edition has been sent yet." in empty["index.html"].decode()
    for path, text in pages(empty).items():
        assert_valid(path, text)
    assert not [path for path in empty if path.endswith((".atom", ".json"))], "a feed without an entry has no day"


# ---------------------------------------------------------------- contrast


def test_contrast_is_high_enough_in_light_in_the_dark_and_on_paper() -> None:
    palettes = re.findall(r":root \{([^}]+)\}", made()["archive.css"].decode())
    assert len(palettes) == 3, "light, dark, on paper"
    for palette in palettes:
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", palette))
        for name in ("ink", "soft", "link", "accent"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, (name, palette)
        assert contrast(colours["bar"], colours["paper"]) >= 3, "what frames a field"


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---------------------------------------------------------------- languages


def tongues(page: str) -> dict[str, str]:
    """The language of each element that says its own, by tag or class."""
    return {a.get("class", tag): a["lang"] for tag, a in Page(page).tags if "lang" in a}


def test_a_french_archive_has_not_one_english_word() -> None:
    """What the English frame says is nowhere; links, ids and structure are the same."""
    of = [kept(1, [document(3), document(1)], language="fr")]
    french, english = files(of, words=FRENCH, url=HOME), files(of, url=HOME)
    assert set(french) == set(english)
    only = [said for word, said in WORDS.frame.items() if word not in WORDS.said and said != FRENCH.frame[word]]
    assert len(only) > 25
    for path, text in pages(french).items():
        assert_valid(path, text)
        assert tongues(text)["html"] == "fr", path
        assert not [each for each in only if f">{each}<" in text or f'"{each}"' in text], path
        assert Page(text).all("href") == Page(english[path].decode()).all("href"), path
    assert "<title>Archives\u00a0: International Initiative" in french["index.html"].decode()
    assert "<title>Suède · IIMHL</title>" in french["countries/se.html"].decode()


def test_pages_and_feeds_say_which_language_is_whose() -> None:
    there = files(both_tongues(), url=HOME)
    bulletin, update = there["editions/bulletin-2.html"].decode(), there["editions/update-1.html"].decode()
    assert tongues(bulletin) == {"html": "fr", "skip": "en", "header": "en", "forms": "en", "footer": "en"}
    assert tongues(update) == {"html": "en"}
    assert '<a href="editions/bulletin-2.html" lang="fr" dir="auto">' in there["index.html"].decode()
    shelf = there["countries/se.html"].decode()
    assert '<div lang="fr" dir="auto">' in shelf and '<a href="../editions/bulletin-2.html#d1" lang="fr">' in shelf
    assert '<a href="../editions/update-1.html#d1">Update 1</a>' in shelf
    atom = there["countries/se.atom"].decode()
    assert atom.count('xml:lang="fr"') == 1 and '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">' in atom
    assert [each[4] for each in index(there)["editions"]] == ["fr", "en"]
    french = files(both_tongues(), url=HOME, words=FRENCH)
    assert tongues(french["editions/bulletin-2.html"].decode()) == {"html": "fr"}
    assert tongues(french["editions/update-1.html"].decode())["header"] == "fr"
    feed = json.loads(french["countries/se.json"])
    assert feed["language"] == "fr" and feed["title"].startswith("Suède\u00a0: ")


# ---------------------------------------------------------------- feeds


FEEDS = ("editions", "countries/se", "countries/au", "countries/gb-sct")


@pytest.mark.parametrize("name", FEEDS)
def test_both_forms_of_a_feed_are_read_back_alike(name: str) -> None:
    there = files(some(), url=HOME)
    atom = feedparser.parse(there[f"{name}.atom"])
    assert not atom.bozo and atom.version == "atom10"
    again = jsonfeed.entries(there[f"{name}.json"].decode(), f"{HOME}{name}.json")
    assert [entry.guid for entry in again] == [entry.id for entry in atom.entries]
    assert [entry.link for entry in again] == [entry.link for entry in atom.entries]
    assert [entry.title for entry in again] == [entry.title for entry in atom.entries]
    assert all(entry.link.startswith(HOME) and entry.id.startswith("tag:example.org,") for entry in atom.entries)
    assert len({entry.id for entry in atom.entries}) == len(atom.entries)
    assert atom.feed.updated == max(entry.updated for entry in atom.entries)
    assert {link.rel: link.href for link in atom.feed.links}["self"] == f"{HOME}{name}.atom"


def test_a_feed_says_the_words_of_an_edition_and_when_its_documents_are() -> None:
    open_call = document(1, title="A call", deadline="2027-01-08", due="8 January 2027", when="3 March 2027")
    there = files([kept(1, [open_call])])
    (edition,) = feedparser.parse(there["editions.atom"]).entries
    (call,) = feedparser.parse(there[f"countries/{open_call.countries[0].lower()}.atom"]).entries
    said = edition.content[0].value
    assert said.index("Deadlines") < said.index("<strong>8 January 2027</strong>") < said.index("<em>morning</em>")
    assert "3 March 2027" in said.partition("<h3>")[2] and "3 March 2027" in call.content[0].value
    assert "Deadline: 8 January 2027" in call.content[0].value


def test_an_edition_is_dated_as_it_was_sent_and_keeps_its_id() -> None:
    entry = feedparser.parse(made()["editions.atom"]).entries[-1]
    assert entry.id == "tag:example.org,2024-12-06:update-1"
    assert entry.updated == "2024-12-06T07:00:00Z"
    more = files([kept(4, [document(9)]), *some()])
    assert [e.id for e in feedparser.parse(more["editions.atom"]).entries[1:]] == [
        e.id for e in feedparser.parse(made()["editions.atom"]).entries
    ]
    of = [json.loads(each["editions.json"]) for each in (more, made())]
    assert of[0]["items"][1:] == of[1]["items"]


def test_without_an_address_links_start_from_the_feed() -> None:
    root = made()["countries/se.atom"].decode()
    assert 'href="../editions/update-1.html#d1"' in root and 'rel="self"' not in root
    item = json.loads(made()["countries/se.json"])["items"][0]
    assert item["url"] == "../editions/briefing-3.html#d7" or item["url"] == "../editions/briefing-3.html#d1"
    assert item["external_url"].startswith("https://example.org/")


def test_feeds_hold_the_latest() -> None:
    many = [kept(number, [document(3 * n + number * 300 + 1) for n in range(3)]) for number in range(60, 0, -1)]
    there = files(many)
    assert len(feedparser.parse(there["editions.atom"]).entries) == EDITIONS
    assert len(json.loads(there["countries/se.json"])["items"]) == DOCUMENTS


# ---------------------------------------------------------------- search


def index(of: dict[str, bytes]) -> Any:
    text = of["search-index.js"].decode()
    assert text.isascii() and text.startswith("var archiveIndex = ") and text.endswith(";\n")
    return json.loads(text.removeprefix("var archiveIndex = ").removesuffix(";\n"))


def test_every_document_is_in_the_index_once() -> None:
    found = index(made())
    assert [each[0] for each in found["documents"]].count("Crisis care strategy, anew") == 1
    assert sorted(each[3] for each in found["documents"]) == [1, 2, 3, 4, 5, 7]
    title, publisher, edition, document_id, on, foreign = found["documents"][0]
    assert not foreign
    assert found["editions"][edition][0] == "editions/briefing-3.html"
    assert [found["shelves"][place] for place in on] == ["Sweden", "Crisis and emergency care"]
    assert (title, publisher, document_id) == ("Crisis care strategy, anew", "Ministry of Health", 1)


# ---------------------------------------------------------------- hostile words, names, templates


def test_hostile_words_are_only_words() -> None:
    strange = document(
        1, title=HOSTILE, publisher=HOSTILE, line=HOSTILE, blurb=HOSTILE, original=HOSTILE, source=HOSTILE
    )
    assert_only_words(files([kept(1, [strange])]))


def test_hostile_keys_break_no_file_name() -> None:
    keys = ("../../etc/passwd", "..", "", "CON", "a/b", "se", "SE", "x" * 400, "\0", "é", "?", "#", "index")
    found = files([kept(1, [document(1, countries=keys, themes=keys, organisation="../x")])])
    for path in found:
        assert re.fullmatch(r"(?:[a-z]+/)?[a-z0-9-]{1,90}(\.[a-z]+)+", path), path
    assert len({file_name(key) for key in keys} | {file_name("gb-sct")}) == len(keys), "se and SE are one country"
    assert file_name("con") != "con"


def test_the_corpus_of_hostile_strings_are_only_words() -> None:
    naughty = json.loads(corpus_path("hostile", "naughty-strings", "blns.json").read_text("utf-8"))
    payloads = json.loads(corpus_path("hostile", "html-sanitizer", "bleach-tests.json").read_text("utf-8"))
    words = [each for each in (*naughty, *(str(payload) for payload in payloads)) if each.strip()]
    strange = [document(n, title=each, blurb=each, organisation=each, themes=(each,)) for n, each in enumerate(words)]
    assert_only_words(files([kept(1, strange)]))


def assert_only_words(of: dict[str, bytes]) -> None:
    """No element, attribute or address that our templates do not write; feeds are still read."""
    for path, text in pages(of).items():
        page = Page(text)
        assert set(page.of("script", "img", "svg", "iframe", "object", "style")) <= {"script"}, path
        assert page.of("script") == ["script"] * (path == "search.html"), path
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")], path
        assert not [a for a in page.all("href") if urlsplit(a).scheme not in ("", "https")], path
    index(of)
    for path in of:
        if path.endswith(".atom"):
            assert not feedparser.parse(of[path]).bozo, path
        elif path.endswith(".json"):
            jsonfeed.entries(of[path].decode(), HOME)


def test_a_template_of_ones_own_stands_before_curators(tmp_path: Any) -> None:
    (tmp_path / "home.html.j2").write_text("<h1>{{ site.short }}: {{ digests | length }}</h1>")
    there = files(some(), folders=(tmp_path, *FOLDERS))
    assert there["index.html"] == b"<h1>IIMHL: 2</h1>\n"
    assert there["countries.html"] == made()["countries.html"]


def test_a_template_with_a_fault_is_named(tmp_path: Any) -> None:
    (tmp_path / "home.html.j2").write_text("\n{{ sight.name }}")
    with pytest.raises(TemplateFault, match=r"home\.html\.j2:2: “sight” is not known"):
        files(some(), folders=(tmp_path, *FOLDERS))
