"""What every folder in templates/ must keep: whoever adds a digest gets these tests for it."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from curator.clean import plain_line
from curator.digest.check import check
from curator.digest.outline import outline
from curator.digest.wording import TITLE_LIMIT, safe_link
from curator.models import Filed, Rendered
from tests.corpus import corpus_path
from tests.digest.sample import sample
from tests.digest.world import DIGESTS, NETWORK, TAXONOMY, edition, filed, rendered

pytestmark = pytest.mark.parametrize("slug", sorted(DIGESTS))

_CODES = [*TAXONOMY.countries, None]
_PUBLISHERS = [None, "who", "gov-scot", "eu", "Some Institute"]


def sixty() -> list[Filed]:
    sections = list(TAXONOMY.sections)
    return [
        filed(
            number,
            f"Report number {number:02} on what was found",
            countries=() if _CODES[number % 12] is None else (str(_CODES[number % 12]), "SE"),
            section=sections[number % 4],
            publisher=_PUBLISHERS[number % 5],
            blurb="Why it matters.\n\nAnd how." if number % 3 else "",
            excerpt="What it says.",
            language=("en", "sv", None)[number % 3],
            audiences=("staff", "members")[: number % 3],
        )
        for number in range(60)
    ]


def render(slug: str, documents: list[Filed], **words: object) -> Rendered:
    digest = DIGESTS[slug]
    return rendered(digest, edition(digest, documents, **words), documents)


class _Page(HTMLParser):
    """What stands in a page: elements with their attributes, text by element, and what each heading holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[str, str]] = []
        self.links: list[tuple[str, str]] = []
        self.words = ""
        self._open: list[str] = []
        self._text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("h1", "h2", "h3", "a"):
            self._text = ""
        if tag in ("style", "head"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, self._text.strip()))
        if tag == "a":
            href = next(attrs.get("href") for name, attrs in reversed(self.elements) if name == "a")
            self.links.append((str(href), self._text.strip()))
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._text += data
        if not self._open:
            self.words += data


def assert_sound(found: Rendered) -> _Page:
    """A mail that is one page, has no empty heading, and carries nothing that runs, loads or watches."""
    page = _Page(found.html)
    tags = Counter(tag for tag, _ in page.elements)
    assert (tags["html"], tags["title"], tags["h1"]) == (1, 1, 1)
    assert not set(tags) & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "link",
        "base",
        "svg",
        "video",
        "button",
    }
    assert all(attrs.get("role") == "presentation" for tag, attrs in page.elements if tag == "table")
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)
    assert next(attrs for tag, attrs in page.elements if tag == "html")["lang"]
    anchors = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    for href, words in page.links:
        assert words
        assert href[1:] in anchors if href.startswith("#") else safe_link(href) == href
    assert all(words for _, words in page.headings)
    assert re.search(r"url\(|@import|expression\(", found.html.split("<body", 1)[0]) is None
    for said in (found.subject, found.preheader):
        assert plain_line(said) == said
    assert found.subject
    assert "\r" not in found.html + found.text
    return page


def assert_same_titles(slug: str, documents: list[Filed], found: Rendered, **words: object) -> None:
    """HTML and text hold the same titles, each once, and every document has its link in both."""
    digest = DIGESTS[slug]
    by_id = {each.id: each for each in documents}
    seats = outline(edition(digest, documents, **words), by_id, digest, NETWORK, TAXONOMY).seats
    page = _Page(found.html)
    text = " ".join(found.text.split())
    assert len(seats) == len(documents)
    for seat in seats:
        assert [href for href, words_ in page.links if words_ == seat.title] == [seat.link]
        assert page.words.count(seat.title) == 1
        assert text.count(seat.title) == 1
        assert found.text.count(f"[{seat.number}] {seat.link}\n") == 1


def test_an_empty_edition(slug: str) -> None:
    found = render(slug, [])
    assert_sound(found)
    assert "None" not in found.html + found.text


def test_one_document(slug: str) -> None:
    documents = [filed(1, "A single plan", countries=("SE",), blurb="Why it matters.")]
    assert_sound(render(slug, documents))
    assert_same_titles(slug, documents, render(slug, documents))


def test_a_bare_document(slug: str) -> None:
    about = ("SE",) if DIGESTS[slug].group_by == "country" else ()  # elsewhere its countries stand beside it
    documents = [filed(1, "A bare plan", countries=about, dated="pull", language=None)]
    found = render(slug, documents)
    assert_same_titles(slug, documents, found)
    assert '<p class="m"' not in found.html


def test_sixty_documents(slug: str) -> None:
    found = render(slug, sixty(), introduction="Words.", key_messages="- one\n- two")
    assert_sound(found)
    assert_same_titles(slug, sixty(), found)
    assert len(found.html.encode()) < 90_000


@cache
def real_ones() -> list[Filed]:
    """Sixty as long as real ones are: the lengths of title, blurb and address of the 2016 Updates and their like."""
    sections = list(TAXONOMY.sections)
    blurb = (
        "What the report sets out, for whom, and why it matters to the other countries of the network. It has figures."
    )
    return [
        filed(
            number,
            f"Report {number:02} on the mental health of young people and what was found in three regions",
            countries=(str(_CODES[number % 10]),),
            section=sections[number % 4],
            publisher="gov-scot",
            link=f"https://www.example.org/government/publications/mental-health-of-young-people-report-{number}.pdf",
            blurb=f"{blurb} {blurb}" if number % 3 else "",
            excerpt=f"{blurb} {blurb}",
            language="en",
        )
        for number in range(60)
    ]


def test_sixty_real_documents_stay_below_what_gmail_shows(slug: str) -> None:
    found = render(slug, real_ones(), introduction="word " * 150, key_messages="- " + "word " * 40)
    assert len(found.html.encode()) < 90 * 1024


def test_two_thousand_documents_are_one_clear_finding(slug: str) -> None:
    documents = [
        filed(number, f"Report {number}", countries=("SE",), blurb="Why.", section="policy") for number in range(2000)
    ]
    given = edition(DIGESTS[slug], documents, introduction="x")
    found = render(slug, documents, introduction="x")
    assert found.text.count("https://example.org/documents/") == 2000
    by_id = {each.id: each for each in documents}
    told = check(given, by_id, found, DIGESTS[slug], NETWORK, TAXONOMY, recipients=1)
    assert [each.code for each in told if each.level == "error"] == ["large"]


def test_no_documents_are_one_clear_finding(slug: str) -> None:
    given = edition(DIGESTS[slug], [], introduction="x")
    told = check(given, {}, render(slug, []), DIGESTS[slug], NETWORK, TAXONOMY, recipients=1)
    assert [each.code for each in told if each.level == "error"] == ["empty"]


def test_no_heading_stands_over_nothing(slug: str) -> None:
    """Whatever follows a heading is a deeper heading or words of its own, never its equal."""
    for documents in ([], sixty()[:1], sixty(), sample()):
        found = render(slug, documents)
        assert not re.search(r"<h([23])[^>]*>[^<]*</h\1>\s*(?:<h[12]|<div role=\"contentinfo\"|</div>)", found.html)
        assert not re.search(r"<h3[^>]*>[^<]*</h3>\s*<h3", found.html)


def test_plain_text_keeps_to_72_columns(slug: str) -> None:
    found = render(slug, sixty() + sample()[:0], introduction="word " * 60, key_messages="- " + "word " * 60)
    lines = found.text.split("\n")
    assert [line for line in lines if len(line.rstrip()) > 72 and "://" not in line] == []
    for line, following in pairwise(lines):  # a space at the end joins two lines of one paragraph (RFC 3676)
        assert line == line.rstrip() or (line == line.rstrip() + " " and following.strip())
    assert "\n\n\n\n\n" not in found.text


def test_who_sends_and_how_to_leave(slug: str) -> None:
    found = render(slug, sixty()[:1])
    for said in (NETWORK.name, NETWORK.postal, "update@example.org", DIGESTS[slug].mailing_list.replace("-", " ")):
        assert said in " ".join(found.text.split())
        assert said in found.html
    assert "mailto:update@example.org?subject=Unsubscribe" in found.html


def test_the_type_is_large_and_the_contrast_high_enough(slug: str) -> None:
    html = render(slug, sixty()[:1], key_messages="- x").html
    sizes = [int(size) for size in re.findall(r"font(?:-size)?:[^;\"]*?(\d+)px", html.replace("font-size:1px", ""))]
    assert min(sizes) >= 14
    assert "font-size:16px" in html
    for colour in set(re.findall(r"[;\"]color:(#\w+)", html.replace('class="preheader"', "preheader"))) - {"#ffffff"}:
        assert _contrast(colour, "#ffffff") >= 4.5


def _contrast(one: str, other: str) -> float:
    """WCAG 2.1's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# ---------------------------------------------------------------- what feeds may say


@cache
def hostile() -> tuple[str, ...]:
    naughty = json.loads(corpus_path("hostile", "naughty-strings", "blns.json").read_text("utf-8"))
    payloads = json.loads(corpus_path("hostile", "html-sanitizer", "bleach-tests.json").read_text("utf-8"))
    return (*naughty, *(each["payload"] for each in payloads))


def test_hostile_titles_blurbs_and_excerpts_are_only_words(slug: str) -> None:
    for at in range(0, len(hostile()), 120):
        documents = [
            filed(number, words, countries=("SE",), blurb=words if number % 2 else "", excerpt=words, publisher=words)
            for number, words in enumerate(hostile()[at : at + 120])
        ]
        page = assert_sound(render(slug, documents))
        shown = " ".join(page.words.split())
        for each in documents:
            title = plain_line(each.document.title, TITLE_LIMIT) or "Untitled document"
            assert " ".join(title.split()) in shown


def test_markup_header_breaks_and_overrides_in_what_feeds_say_are_only_words(slug: str) -> None:
    said = "<b>Plan\r\nBcc: x@example.org\u202egpj.exe\u2066\x1b[31m\u200b</b>"
    documents = [
        filed(1, said, countries=("SE",), blurb=said, excerpt=said, publisher=said, link="javascript:alert(1)")
    ]
    found = render(slug, documents, introduction=said, key_messages=said)
    assert_sound(found)
    for shown in (found.subject, found.preheader, found.html, found.text):
        assert not re.search("[\u202e\u2066\u200b\x1b\r]", shown)
    assert "&lt;b&gt;Plan Bcc: x@example.orggpj.exe&lt;/b&gt;" in found.html
    assert "javascript" not in found.html + found.text


def test_hostile_links_are_no_links(slug: str) -> None:
    lists = json.loads(corpus_path("hostile", "urls-addresses-headers", "django-lists.json").read_text("utf-8"))
    links = [*hostile(), *lists["urls_valid"], *lists["urls_invalid"]]
    for at in range(0, len(links), 120):
        documents = [
            filed(number, countries=("SE",), link=link, blurb="x") for number, link in enumerate(links[at : at + 120])
        ]
        assert_sound(render(slug, documents))


def test_hostile_markdown_is_only_words(slug: str) -> None:
    for at in range(0, len(hostile()), 60):
        words = "\n\n".join(hostile()[at : at + 60])
        found = render(slug, sixty()[:1], introduction=words, key_messages=words)
        tags = {tag for tag, _ in _Page(found.html).elements}
        assert not tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base", "svg", "button"}
        for href, _ in _Page(found.html).links:
            assert href.startswith("#") or safe_link(unescape(href))


def test_a_title_of_megabytes_and_one_from_right_to_left(slug: str) -> None:
    documents = [
        filed(1, "long " * 100_000, countries=("SE",)),
        filed(2, "خطة الصحة النفسية", countries=("AU",), language="ar"),
    ]
    found = render(slug, documents)
    assert len(found.html) < 20_000
    assert 'lang="ar" dir="auto"' in found.html or 'dir="auto" lang="ar"' in found.html
