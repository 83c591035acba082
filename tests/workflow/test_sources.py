"""Pages, sitemaps and folders are feeds like any other: pulled, asked for what changed, ill with a reason."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from curator.errors import ConfigError
from curator.models import Filed
from curator.workflow import triage
from curator.workflow.feeds import remove_feed
from curator.workflow.feeds_check import check_feeds, feeds_with_health
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace, open_workspace
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.reading.test_mail import mail
from tests.reading.test_reading import pdf
from tests.workflow.world import Clock, sit_down

Declare = Callable[[str], Workspace]
NEWS = b"""<ul class="news"><li><a href="/a">A plan for crisis care</a> <time datetime="2026-09-21">x</time></li>
<li><a href="/b">Beds for the young</a></li></ul>"""


@pytest.fixture
def declare(folder: Path, request: pytest.FixtureRequest) -> Declare:
    """Write one more feed, `new`, into feeds.toml and open the workspace anew."""

    def write(lines: str) -> Workspace:
        path = folder / "feeds.toml"
        path.write_text(f'{path.read_text()}\n[[feeds]]\nslug = "new"\nname = "New"\n{lines}\n', encoding="utf-8")
        desk = sit_down(folder, Clock())
        request.addfinalizer(desk.close)
        return desk

    return write


def brought(desk: Workspace) -> list[Filed]:
    return sorted(triage.find(desk, "feed:new", limit=0), key=lambda filed: filed.id)


def why(desk: Workspace) -> tuple[str, str | None]:
    (health,) = (health for feed, _, health in feeds_with_health(desk) if feed.slug == "new")
    return health.condition, health.reason


def test_a_page_is_pulled_and_only_asked_for_what_changed(declare: Declare, site: Site) -> None:
    url = site.feed("/news", NEWS, "text/html")
    desk = declare(f'url = "{url}"\ncountry = "SE"\npage = true\nselect = {{ entry = "ul.news > li" }}')
    assert pull(desk, ["new"]).new == 2
    plan, beds = sorted((filed.document for filed in brought(desk)), key=lambda one: one.title)
    assert (plan.title, plan.link, plan.dated, beds.dated) == ("A plan for crisis care", site.url("/a"), "feed", "pull")
    assert brought(desk)[0].countries == ("SE",)
    assert site.seen[0].headers["accept"].startswith("text/html")
    assert pull(desk, ["new"]).unchanged == 1
    assert "if-none-match" in site.seen[1].headers
    assert why(desk) == ("ok", None)


def test_selectors_that_find_nothing_are_an_illness_with_a_reason(declare: Declare, site: Site) -> None:
    url = site.at("/news", Reply(b"<p>We have moved</p>"))
    desk = declare(f'url = "{url}"\npage = true\n[feeds.select]\nentry = "ul.news > li"')
    (failure,) = pull(desk, ["new"]).failures
    assert failure.stage == "parse"
    assert "ul.news > li” finds nothing on the page" in failure.error
    condition, reason = why(desk)
    assert condition == "not-a-feed"
    assert reason is not None and "finds nothing" in reason
    ((_, _, health),) = check_feeds(desk, ["new"])
    assert health.condition == "not-a-feed"


def test_other_selectors_read_an_unchanged_page_anew(declare: Declare, site: Site, folder: Path) -> None:
    url = site.feed("/news", NEWS, "text/html")
    desk = declare(f'url = "{url}"\npage = true\n[feeds.select]\nentry = "li:first-child"')
    assert pull(desk, ["new"]).new == 1
    path = folder / "feeds.toml"
    path.write_text(path.read_text().replace("li:first-child", "li"), encoding="utf-8")
    with sit_down(folder, Clock()) as again:
        assert pull(again, ["new"]).new == 1
        remove_feed(again, "new")
        assert "select" not in path.read_text()


def test_a_sitemap_of_sitemaps_packed_or_not(declare: Declare, site: Site) -> None:
    def urls(*paths: str) -> bytes:
        return f"<urlset>{''.join(f'<url><loc>{site.url(path)}</loc></url>' for path in paths)}</urlset>".encode()

    site.at("/one.xml.gz", Reply(gzip.compress(urls("/news/a-plan", "/about"))))
    site.feed("/two.xml", urls("/news/b"))
    index = (
        b"<sitemapindex><sitemap><loc>/one.xml.gz</loc></sitemap><sitemap><loc>/two.xml</loc></sitemap></sitemapindex>"
    )
    url = site.feed("/sitemap.xml", index)
    desk = declare(f'url = "{url}"\nsitemap = true\nmatch = "/news/*"')
    assert pull(desk, ["new"]).new == 2
    assert {filed.document.title for filed in brought(desk)} == {"A plan", "B"}
    assert pull(desk, ["new"]).unchanged == 1
    site.feed("/two.xml", urls("/news/b", "/news/c"))
    assert pull(desk, ["new"]).new == 1
    site.at("/two.xml", Reply(b"<html></html>"))
    (failure,) = pull(desk, ["new"]).failures
    assert f"its sitemap {site.url('/two.xml')} cannot be read: the answer is a web page" in failure.error
    site.at("/two.xml", Reply(gzip.compress(b" " * 30_000_000)))
    assert pull(desk, ["new"]).failures[0].illness == "too-big"


def test_a_sitemap_that_is_no_more_takes_no_other_along(declare: Declare, site: Site) -> None:
    page = f"<urlset><url><loc>{site.url('/news/a-plan')}</loc></url></urlset>"
    site.feed("/one.xml", page.encode())
    url = site.feed(
        "/sitemap.xml",
        b"<sitemapindex><sitemap><loc>/lost.xml</loc></sitemap><sitemap><loc>/one.xml</loc></sitemap></sitemapindex>",
    )
    desk = declare(f'url = "{url}"\nsitemap = true')
    assert pull(desk, ["new"]).new == 1
    site.at("/lost.xml", Reply(status=503))
    assert "its sitemap" in pull(desk, ["new"]).failures[0].error
    site.at("/lost.xml", Reply(status=410))
    site.at("/one.xml", Reply(status=404))
    (failure,) = pull(desk, ["new"]).failures
    assert f"its sitemap {site.url('/lost.xml')} cannot be read: the server answered 410" in failure.error
    assert failure.illness == "failing"


def test_a_folder_brings_its_files_with_their_texts(declare: Declare, folder: Path) -> None:
    reports = folder / "reports"
    (reports / "2026").mkdir(parents=True)
    (reports / "plan.pdf").write_bytes(pdf())
    (reports / "2026" / "note.txt").write_text("A note on beds\n\nThere are too few.", encoding="utf-8")
    (reports / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (reports / "picture.png").write_bytes(b"\x89PNG")
    (reports / "outside.txt").symlink_to("/etc/hostname")
    desk = declare('url = "file:reports"\nfolder = true\npublisher = "who"')
    assert pull(desk, ["new"]).new == 3
    found = {filed.document.title: triage.show(desk, filed.id).document for filed in brought(desk)}
    assert set(found) == {"A plan for crisis care in every region", "A note on beds", "broken"}
    assert found["A note on beds"].text.endswith("There are too few.")
    assert "Unreadable: it is a PDF that is damaged" in found["broken"].excerpt
    assert triage.count(desk, '"too few" feed:new') == 1
    assert pull(desk, ["new"]).unchanged == 1
    (reports / "two.txt").write_text("Another one", encoding="utf-8")
    assert (pull(desk, ["new"]).new, why(desk)) == (1, ("undated", why(desk)[1]))
    ((_, _, health),) = check_feeds(desk, ["new"])
    assert not health.ill
    shutil.rmtree(reports)
    assert "is not a folder" in pull(desk, ["new"]).failures[0].error


def test_a_feeds_themes_are_suggested(declare: Declare, site: Site) -> None:
    url = site.feed("/news", NEWS, "text/html")
    desk = declare(f'url = "{url}"\nthemes = ["recovery"]\npage = true\nselect = {{ entry = "li" }}')
    pull(desk, ["new"])
    first = triage.suggestions(desk, brought(desk)[0]).themes[0]
    assert (first.code, first.reason) == ("recovery", "feed")
    assert desk.library.feeds.states()["new"].error is None


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("page = true", "feeds[2].select: missing. Add select"),
        (
            'page = true\nselect = { entry = "li["}',
            "feeds[2].select.entry: is “li[”, must be a CSS selector: Expected ident",
        ),
        (
            'page = true\nselect = { entry = "li", date = "a::text"}',
            "feeds[2].select.date: is “a::text”, must be a CSS selector",
        ),
        ('page = true\nselect = { entry = " "}', "feeds[2].select.entry: is “”, must be a CSS selector of 1 to 500"),
        ('page = true\nselect = { entri = "li"}', "feeds[2].select.entri: unknown key. Did you mean “entry”?"),
        ('page = true\nsitemap = true\nselect = { entry = "li"}', "feeds[2].sitemap: stands beside “page”"),
        ('select = { entry = "li" }', "feeds[2].select: is for pages only. Add page = true"),
        ('match = "/news"', "feeds[2].match: is for pages, sitemaps and folders only"),
        ('sitemap = true\nmatch = ""', "feeds[2].match: must be a pattern"),
        ("folder = true", "feeds[2].url: is “https://h.example.org/”, must be a folder inside the workspace"),
        ('page = "yes"', "feeds[2].page: is text, must be true or false."),
        ('themes = ["recovry"]', "feeds[2].themes[0]: there is no theme “recovry”. Did you mean “recovery”?"),
    ],
)
def test_what_is_wrong_is_named_by_its_key(declare: Declare, lines: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        declare(f'url = "https://h.example.org/"\n{lines}')
    assert any(str(one).startswith(fault) for one in caught.value.faults), [str(one) for one in caught.value.faults]


def test_an_index_tells_its_secrets_to_no_other_server(declare: Declare, site: Site) -> None:
    site.feed("/one.xml", f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>".encode())
    site.feed("/there.xml", b"<sitemapindex><sitemap><loc>/one.xml</loc></sitemap></sitemapindex>")
    port = site.host.partition(":")[2]
    site.at("/here.xml", Reply(status=302, headers={"Location": f"http://localhost:{port}/there.xml"}))
    desk = declare(f'url = "{site.url("/here.xml")}"\nsitemap = true')
    with open_workspace(desk.path, now=Clock(), environ={"CURATOR_FEED_NEW_AUTH": "a:b"}) as again:
        assert pull(again, ["new"]).new == 1
    told = {(one.headers["host"], one.path): "authorization" in one.headers for one in site.seen}
    assert told == {
        (site.host, "/here.xml"): True,
        (f"localhost:{port}", "/there.xml"): False,
        (f"localhost:{port}", "/one.xml"): False,
    }


def test_an_ordinary_pull_loads_nothing_of_this() -> None:
    heavy = "{'curator.days', 'curator.reading', 'curator.pull.html', 'curator.pull.pages', 'lxml', 'cssselect'}"
    script = f"import curator.pull.bring, curator.pull.fetch, sys; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "set()\n"


def test_a_file_written_anew_is_the_same_document_with_its_new_text(declare: Declare, folder: Path) -> None:
    note = folder / "reports" / "note.txt"
    note.parent.mkdir()
    note.write_text("A note on beds\n\nThere are too few.", encoding="utf-8")
    desk = declare('url = "file:reports"\nfolder = true')
    pull(desk, ["new"])
    note.write_text("A note on beds\n\nThere are enough.", encoding="utf-8")
    report = pull(desk, ["new"])
    assert (report.new, report.changed) == (0, 1)
    (filed,) = brought(desk)
    assert triage.show(desk, filed.id).document.text.endswith("There are enough.")


def test_a_mail_in_a_folder_brings_its_attachment_along(declare: Declare, folder: Path) -> None:
    mails = folder / "mails"
    (mails / "old").mkdir(parents=True)
    message = mail()
    message.add_attachment(pdf(), maintype="application", subtype="pdf", filename="report.pdf")
    (mails / "saved.eml").write_bytes(message.as_bytes())
    (mails / "old" / "x.eml").write_bytes(mail(subject="Old").as_bytes())
    desk = declare('url = "file:mails"\nfolder = true\nmatch = "*.eml"')
    assert pull(desk, ["new"]).new == 3
    assert {filed.document.title for filed in brought(desk)} == {
        "A report", "Old", "A plan for crisis care in every region",
    }  # fmt: skip
