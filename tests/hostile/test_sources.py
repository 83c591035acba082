"""Sources without a feed that mean harm: pages, sitemaps and folders, pulled under limits of memory and processor."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import limited
from tests.hostile.limited import words
from tests.hostile.test_servers import MOST, bomb
from tests.http_server import Handler, Reply, Site

SELECT = 'page = true\nselect.entry = "li"\nselect.title = "a"\n'
LOCATION = "<url><loc>https://example.org/{n}</loc></url>"


def pulled(folder: Path, url: str, kind: str) -> limited.Ended:
    limited.workspace(folder, [url])
    toml = folder / "feeds.toml"
    toml.write_text(toml.read_text("utf-8") + kind, encoding="utf-8")
    ended = limited.pull(folder)
    assert all(one["error"].isprintable() and len(one["error"]) < 400 for one in ended.report["failures"])
    return ended


def item(n: object) -> str:
    return f"<li><a href='/{n}'>Title {n}</a></li>"


@pytest.mark.parametrize(
    "body",
    [
        lambda: item(1) + "<div>" * 400_000,
        lambda: item(1) + "<li>" * 400_000,
        lambda: "<ul>" * 100_000 + item(1),
        lambda: "".join(item(n) for n in range(80_000)),
        lambda: item("x" * 4_000_000),
        lambda: "<li><a " + " ".join(f"a{n}=b" for n in range(200_000)) + ">T</a></li>",
        lambda: "".join(f"<p {' ' * 90}a{' ' * 1_500}b{' ' * 900}>" for _ in range(1_000)) + item(1),
        lambda: item(1) + "&amp;" * 900_000,
        lambda: item(1) + "<!--" * 900_000,
        lambda: item(1) + "<script>" * 500_000,
        lambda: item("\x1b[31m\u202e") + "\x00" * 1_000_000,
    ],
    ids=words("divs entries lists many title attributes blanks entities comments scripts controls"),
)
def test_pages(site: Site, tmp_path: Path, body: Callable[[], str]) -> None:
    reply = Reply(f"<html><body>{body()}".encode(), headers={"Content-Type": "text/html; charset=utf-8"})
    ended = pulled(tmp_path, site.at("/page", reply), SELECT)
    assert ended.report["new"] <= 1_000
    assert ended.report["new"] or ended.report["failed"]
    assert ended.megabytes < limited.ORDINARY + 300
    assert len(site.seen) == 1


def test_a_page_that_is_a_bomb(site: Site, tmp_path: Path) -> None:
    ended = pulled(tmp_path, site.at("/page", Reply(bomb(300), headers={"Content-Encoding": "gzip"})), SELECT)
    assert ended.error == "the answer is over 20 MB"


def index(*places: str) -> bytes:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{one}</loc></sitemap>' for one in places)}</sitemapindex>".encode()


def test_sitemaps_that_name_each_other(site: Site, tmp_path: Path) -> None:
    loop = site.at("/loop.xml", Reply(index(site.url("/loop.xml"), site.url("/other.xml"))))
    site.at("/other.xml", Reply(index(*(site.url(f"/{n}.xml") for n in range(10_000)))))
    ended = pulled(tmp_path, loop, "sitemap = true\n")
    assert ended.report["new"] == 0
    assert len(site.seen) <= 25


def test_sitemaps_that_grow_together(site: Site, tmp_path: Path) -> None:
    """Each within bounds, all together not."""
    whole = f"<urlset>{''.join(LOCATION.format(n=n) for n in range(49_000))}</urlset>".encode() + b" " * 15_000_000
    for n in range(20):
        site.at(f"/{n}.xml", Reply(whole))
    url = site.at("/index.xml", Reply(index(*(site.url(f"/{n}.xml") for n in range(20)))))
    ended = pulled(tmp_path, url, "sitemap = true\n")
    assert ended.report["failed"] == 1
    assert ended.megabytes < limited.ORDINARY + 20 * MOST / 1e6
    assert len(site.seen) <= 6


@pytest.mark.parametrize(
    "body",
    [
        bomb(300),
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>https://example.org/&a;</loc></url></urlset>",
        b"<urlset>" + b"<url>" * 2_000_000,
        b"<urlset><url><loc>" + b"x" * 15_000_000 + b"</loc></url></urlset>",
        b"https://example.org/a\n" * 800_000,
        b"<sitemapindex><sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>",
    ],
    ids=words("bomb doctype nested long lines file"),
)
def test_sitemaps(site: Site, tmp_path: Path, body: bytes) -> None:
    ended = pulled(tmp_path, site.at("/sitemap.xml", Reply(body)), "sitemap = true\n")
    assert (ended.report["failed"], ended.report["new"]) in ((1, 0), (0, 1))
    assert "root:" not in ended.talk
    assert ended.megabytes < limited.ORDINARY + 30 * MOST / 1e6
    assert len(site.seen) == 1


def test_a_sitemap_whose_parts_never_come(site: Site, tmp_path: Path) -> None:
    """The whole of it has the time of one feed."""

    def silent(handler: Handler) -> None:
        site.closing.wait(20)

    for n in range(20):
        site.at(f"/{n}.xml", silent)
    url = site.at("/index.xml", Reply(index(*(site.url(f"/{n}.xml") for n in range(20)))))
    limited.workspace(tmp_path, [url], timeout=1.0)
    toml = tmp_path / "feeds.toml"
    toml.write_text(toml.read_text("utf-8") + "sitemap = true\n", encoding="utf-8")
    ended = limited.pull(tmp_path)
    assert ended.report["failed"] == 1 and len(site.seen) <= 3


def test_a_folder_of_traps(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "deep").mkdir(parents=True)
    (folder / "good.txt").write_text("A good report\n\nWhat it has to say about rural care.")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "empty.txt").touch()
    (folder / "not.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 50_000)
    (folder / "huge.txt").write_bytes(b"x" * 25_000_000)
    (folder / "\x1b[31m\u202e;touch owned;.txt").write_text("A report with a strange name, and some words.")
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("A report whose name is no UTF-8, and some words.")
    (folder / "bomb.html").write_text("<html>" + "<div>" * 300_000)
    (folder / "mail.eml").write_text("Subject: \x1b[31m\nFrom: a@example.org\nDate: Tuesday\n\n" + "x" * 100)
    ended = pulled(tmp_path, "file:reports", "folder = true\n")
    assert ended.report["new"] >= 1
    assert "root:" not in ended.talk
    assert not list(tmp_path.rglob("owned"))
    assert ended.megabytes < limited.ORDINARY + 250
    again = limited.pull(tmp_path)
    assert (again.report["new"], again.report["changed"]) == (0, 0)
