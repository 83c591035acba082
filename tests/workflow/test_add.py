"""add: one document by hand, from a page or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import CuratorError, UsageError
from curator.library import BY_HAND
from curator.models import NewDocument
from curator.pull.match import match
from curator.reading import Page
from curator.workflow import triage
from curator.workflow.add import add_documents, publisher_of
from curator.workflow.workspace import Workspace
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.reading.test_mail import mail
from tests.reading.test_reading import pdf
from tests.workflow.world import add_document, everything

WORDS = "Recovery colleges teach people what others have learnt the hard way, and let them teach it in turn. " * 8
PAGE = (
    "<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    f"<p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
)


def page(title: str) -> bytes:
    return PAGE.format(title=title).encode()


def test_a_page_comes_into_the_inbox_with_its_text(desk: Workspace, site: Site) -> None:
    url = site.at("/page", Reply(page("Recovery colleges"), headers={"Content-Type": "text/html"}))
    filed = add_document(desk, url)
    one = filed.document
    assert (one.feed, one.feeds, filed.review.decision) == (BY_HAND, (BY_HAND,), "inbox")
    assert one.title == "Recovery colleges"
    assert "learnt the hard way" in one.text
    assert len(one.excerpt) <= 600
    assert triage.count(desk, "hard way feed:by-hand") == 1
    assert add_document(desk, url).id == one.id
    assert len(everything(desk)) == 5


def test_an_address_a_feed_has_brought_is_that_document(desk: Workspace) -> None:
    known = everything(desk)[0].document
    again = NewDocument(
        known.link, known.link, known.canonical_url, "Its page's title", BY_HAND, None,
        known.published_at, "feed", "en", "", "Text",
    )  # fmt: skip
    (verdict,) = match([again], desk.library.documents.known(BY_HAND, [again]))
    assert (verdict.kind, verdict.document) == ("known", known.id)


def test_two_files_of_one_name_are_two_documents(desk: Workspace, tmp_path: Path) -> None:
    numbers = []
    for folder in ("a", "b"):
        path = tmp_path / folder / "report.html"
        path.parent.mkdir()
        path.write_bytes(page(f"Report {folder}"))
        numbers.append(add_document(desk, str(path)).id)
    assert numbers[0] != numbers[1]
    assert triage.show(desk, numbers[0]).document.title == "Report a"
    assert add_document(desk, str(tmp_path / "a" / "report.html")).id == numbers[0]


@pytest.mark.parametrize("what", ["", "nothing.pdf", "ftp://example.org/x", "."])
def test_what_is_neither_an_address_nor_a_file(desk: Workspace, what: str) -> None:
    with pytest.raises(UsageError, match="neither an address"):
        add_document(desk, what)


def test_a_page_that_is_not_there(desk: Workspace, site: Site) -> None:
    with pytest.raises(CuratorError):
        add_document(desk, site.url("/missing"))
    assert len(everything(desk)) == 4


def test_an_empty_file(desk: Workspace, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    with pytest.raises(CuratorError):
        add_document(desk, str(tmp_path / "empty.pdf"))


def test_a_scan_is_a_document_that_says_so(desk: Workspace, tmp_path: Path, site: Site) -> None:
    path = tmp_path / "Plan for crisis care.pdf"
    path.write_bytes(pdf(""))
    scan = add_document(desk, str(path)).document
    assert (scan.title, scan.text, scan.link) == ("Plan for crisis care", "", "")
    assert scan.excerpt.startswith("Unreadable: it is a PDF without text")
    url = site.at("/files/Plan%20of%20Wales.pdf?x=1", Reply(pdf(""), headers={"Content-Type": "application/pdf"}))
    there = add_document(desk, url).document
    assert (there.title, there.link) == ("Plan of Wales", url)
    another = add_document(desk, str(_copied(path, "Budget of the regions.pdf")))
    assert desk.library.families.proposed() == [] and another.document.family == ()
    (piped,) = add_documents(desk, "-", pdf("") + b"\n")
    assert piped.document.title == "A PDF without text"


def _copied(path: Path, name: str) -> Path:
    """Another scan: the same pictures of nothing, other bytes."""
    path.with_name(name).write_bytes(path.read_bytes() + b"\n\n")
    return path.with_name(name)


def test_a_forwarded_mail_brings_its_attachment_along(desk: Workspace, tmp_path: Path) -> None:
    forwarded = (
        "Forwarded message\nFrom: WHO <news@who.int>\nDate: Sun, 20 Sep 2026 09:00:00 +0000\nSubject: A report\n\n"
    )
    message = mail(forwarded + WORDS, "Fwd: A report", "Ann <ann@example.org>")
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="report.pdf")
    note, report = add_documents(desk, "-", message.as_bytes())
    assert (note.document.title, note.document.publisher) == ("A report", "who")
    assert note.document.published_at.date().isoformat() == "2026-09-20"
    assert report.document.title == "A plan for crisis care in every region"
    path = tmp_path / "saved.eml"
    path.write_bytes(message.as_bytes())
    assert [one.id for one in add_documents(desk, str(path))] == [note.id, report.id]


def test_a_mail_about_a_known_page_is_that_document(desk: Workspace) -> None:
    known = everything(desk)[0].document
    (found,) = add_documents(desk, "-", mail(f"Look at this one, it is good: {known.link}").as_bytes())
    assert found.id == known.id


@pytest.mark.parametrize(
    ("sender", "publisher"),
    [
        (("Press", "press@euro.who.int"), "who"),
        (("World Health Organization", "x@mailer.example.org"), "who"),
        (("Health Office", "x@health.example.org"), "Health Office"),
        (("", "x@health.example.org"), "health.example.org"),
        (("", ""), None),
    ],
)
def test_the_publisher_of_a_mail(desk: Workspace, sender: tuple[str, str], publisher: str | None) -> None:
    assert publisher_of(Page("", "", sender=sender), desk.taxonomy) == publisher


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"A note\n\nof several words", "A note"),
        (page("Of HTML"), "Of HTML"),
        (pdf(), "A plan for crisis care in every region"),
        ("\ufeffÖppen vård".encode("utf-16-le"), "Öppen vård"),
    ],
)
def test_standard_input_is_told_by_its_content(desk: Workspace, data: bytes, title: str) -> None:
    (found,) = add_documents(desk, "-", data)
    assert found.document.title == title


@pytest.mark.parametrize("data", [b"", b"\0\1\2" * 100, b"<rss></rss>"])
def test_what_is_no_document_says_so(desk: Workspace, data: bytes) -> None:
    with pytest.raises(UsageError, match="What came on standard input cannot be read: it is"):
        add_documents(desk, "-", data)
