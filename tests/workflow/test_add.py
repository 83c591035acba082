"""add: one document by hand, from a page or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from curator.errors import CuratorError, UsageError
from curator.library import BY_HAND
from curator.models import NewDocument
from curator.pull.match import match
from curator.workflow import triage
from curator.workflow.add import add_document
from curator.workflow.workspace import Workspace
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import everything

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
