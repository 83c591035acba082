from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from curator.config import Pull
from curator.errors import TryLater, UsageError
from curator.reading import Page, read_file, read_url
from curator.reading.pdf import _instant, _title
from tests.corpus import corpus_path
from tests.http_server import Reply, Site

SETTINGS = Pull(timeout=5.0, max_bytes=2_000_000)
HTML = """<!DOCTYPE html><html lang="sv-SE"><head><title>En plan | Myndigheten</title>
<meta property="og:title" content="En plan för krisvård"><link rel="canonical" href="/plan">
<meta property="article:published_time" content="2026-10-05T10:00:00Z"></head>
<body><nav><a href="/">Hem</a> <a href="/om">Om oss</a></nav><article><h1>En plan för krisvård</h1>
<p>Regeringen lägger fram en plan för krisvård i hela landet, och den börjar gälla nästa år.</p>
<p>Planen är framtagen tillsammans med regionerna och med dem som själva har fått vård.\x1b[31m</p></article></body>
</html>"""


def pdf(text: str = "A plan for crisis care in every region") -> bytes:
    """A one-page PDF; PDFium mends its missing cross references."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def test_a_page(site: Site) -> None:
    url = site.at("/a", Reply(HTML.encode(), headers={"Content-Type": "text/html"}))
    page = read_url(url, SETTINGS)
    assert page.title == "En plan för krisvård"
    assert "Regeringen lägger fram" in page.text and "Om oss" not in page.text and "\x1b" not in page.text
    assert (page.language, page.published_at) == ("sv", datetime(2026, 10, 5, tzinfo=UTC))
    assert (page.link, page.canonical) == (url, site.url("/plan"))


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16", "punycode", "none"])
def test_a_page_in_any_charset(site: Site, charset: str) -> None:
    body = HTML.encode("latin-1" if charset in ("punycode", "none") else charset)
    url = site.at("/a", Reply(body, headers={"Content-Type": f"text/html; charset={charset}"}))
    assert read_url(url, SETTINGS).title == "En plan för krisvård"


def test_a_page_that_names_its_home_page_as_canonical(site: Site) -> None:
    html = HTML.replace('href="/plan"', 'href="/"')
    assert read_url(site.at("/a", Reply(html.encode())), SETTINGS).canonical == ""


def test_a_page_of_a_few_words(site: Site) -> None:
    page = read_url(site.at("/a", Reply(b"<html><title>A &amp; B</title><body></body></html>")), SETTINGS)
    assert page.title == "A & B"


def test_a_pdf(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(pdf())
    words = "A plan for crisis care in every region"
    assert read_file(file) == Page(title=words, text=words)
    assert read_url(site.at("/plan", Reply(pdf())), SETTINGS) == Page(words, words, link=site.url("/plan"))


def test_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nSome words.\n", "utf-8")
    assert read_file(tmp_path / "a.txt") == Page("Title", "Title\n\nSome words.")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b"%PDF-1.4\nnothing", "it is a PDF that is damaged or cut off"),
        (pdf(""), "it is a PDF without text: its pages are pictures, or empty"),
        (b"<html><body></body></html>", "it is a web page without any text"),
        (bytes(range(256)) * 9, "it is neither a web page nor a PDF nor text"),
        (b"<html>" + b"x" * 5_000_001, "it is a web page of over 5 MB"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, body: bytes, reason: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(body)
    with pytest.raises(UsageError) as caught:
        read_file(file)
    assert (
        caught.value.message == f"{str(file)[:119] + '…' if len(str(file)) > 120 else file} cannot be read: {reason}."
    )


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path("a\0b")):
        with pytest.raises(UsageError):
            read_file(path)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "x", ""])
def test_only_web_addresses_are_read(url: str) -> None:
    with pytest.raises(UsageError, match="is not a web address"):
        read_url(url, SETTINGS)


def test_faults_of_the_network(site: Site) -> None:
    with pytest.raises(UsageError, match="404 Not Found"):
        read_url(site.url("/none"), SETTINGS)
    with pytest.raises(TryLater, match="503 Service Unavailable"):
        read_url(site.at("/busy", Reply(status=503)), SETTINGS)
    with pytest.raises(TryLater, match="cannot be found"):
        read_url("http://nothing.invalid/", SETTINGS)
    with pytest.raises(UsageError, match="over 2 MB"):
        read_url(site.at("/big", Reply(b"x" * 2_000_001)), SETTINGS)


def test_pdf_titles_and_dates() -> None:
    assert _title("Microsoft Word - plan_v3.docx", "Annual report\n2026") == "Annual report"
    assert _title("National plan for crisis care", "x") == "National plan for crisis care"
    assert _instant("D:20230621093027-04'00'") == datetime(2023, 6, 21, 13, 30, 27, tzinfo=UTC)
    assert _instant("D:2023") == datetime(2023, 1, 1, tzinfo=UTC)
    assert _instant("D:20239999") is None and _instant("yesterday") is None


def test_every_pdf_of_the_world_gives_text_or_a_reason() -> None:
    read = 0
    for file in sorted(corpus_path("documents", "pdf").rglob("*.pdf")):
        try:
            page = read_file(file)
        except UsageError as error:
            assert "PDF" in error.message
            continue
        read += bool(page.text)
        assert "\n" not in page.title
    assert read > 25


def test_pages_of_the_world_hold_what_they_must() -> None:
    """A sample; over all of it the share found is above nine in ten."""
    folder = corpus_path("documents", "html-trafilatura")
    judged = list(json.loads((folder / "evaldata.json").read_text("utf-8")).values())[::12]
    found = wanted = 0
    for one in judged:
        if (file := folder / "pages" / one["file"]).is_file():
            text = read_file(file).text.replace("\n", " ")
            wanted += len(one["with"])
            found += sum(segment in text for segment in one["with"])
    assert wanted and found / wanted > 0.8


def test_reading_loads_its_libraries_only_when_it_reads() -> None:
    loaded = (
        "import sys, curator.reading, curator.pull.fetch, curator.pull.parse, curator.pull.normalise, curator.http\n"
    )
    heavy = "print([m for m in ('httpx', 'feedparser', 'trafilatura', 'pypdfium2', 'lxml') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", loaded + heavy], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("start", ['<?xml version="1.0"?>\n<!-- x -->\n<rss ', '<feed xmlns="x"', "<rdf:RDF "])
def test_a_feed_is_no_document(tmp_path: Path, start: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(f"{start}><title>News</title><p>words</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="it is a feed, not a document: `curator feeds add`"):
        read_file(path)
