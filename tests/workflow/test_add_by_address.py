"""What an added document takes from its address and its file's name, and what not."""

from __future__ import annotations

import pytest

from curator.errors import UsageError
from curator.workflow.workspace import Workspace
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import add_document

PAGE = "<html><head><title>A plan</title></head><body><article><p>{}</p></article></body></html>"


def test_a_file_whose_name_begins_like_an_address_has_none(desk: Workspace) -> None:
    path = desk.path / "http-notes.html"
    path.write_text(PAGE.format("Some words about the plan."), encoding="utf-8")
    document = add_document(desk, str(path)).document
    assert (document.link, document.canonical_url) == ("", "")


def test_an_address_in_capitals_is_one(desk: Workspace, site: Site) -> None:
    url = site.at("/plan", Reply(PAGE.format("Some words.").encode(), headers={"Content-Type": "text/html"}))
    first = add_document(desk, url.replace("http", "HTTP"))
    assert add_document(desk, url).id == first.id


def test_a_user_name_and_a_password_are_not_kept(desk: Workspace, site: Site) -> None:
    url = site.at("/plan", Reply(PAGE.format("Some words.").encode(), headers={"Content-Type": "text/html"}))
    document = add_document(desk, url.replace("http://", "http://ann:secret@")).document
    assert site.seen[0].headers["authorization"].startswith("Basic ")
    assert document.link == url
    assert "secret" not in document.guid


def test_the_door_of_a_bot_filter_is_no_document(desk: Workspace, site: Site) -> None:
    door = b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
    url = site.at("/plan", Reply(door, headers={"Content-Type": "text/html"}))
    before = desk.library.documents.count()
    with pytest.raises(UsageError, match="asks for a browser"):
        add_document(desk, url)
    assert desk.library.documents.count() == before


def test_the_network_says_who_asks(desk: Workspace, site: Site) -> None:
    add_document(desk, site.at("/plan", Reply(PAGE.format("Words.").encode())))
    assert desk.config.network.site in site.seen[0].headers["user-agent"]


def test_a_date_that_cannot_be_is_none(desk: Workspace) -> None:
    path = desk.path / "plan.pdf"
    path.write_bytes(_pdf("D:20990101120000Z"))
    document = add_document(desk, str(path)).document
    assert (document.published_at, document.dated) == (desk.now(), "pull")


def _pdf(created: str) -> bytes:
    stream = "BT /F1 12 Tf 72 700 Td (A plan for crisis care) Tj ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
        f"5 0 obj<</CreationDate({created})>>endobj\ntrailer<</Root 1 0 R/Info 5 0 R>>\n%%EOF\n"
    ).encode()
