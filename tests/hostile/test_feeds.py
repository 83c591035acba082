"""Feeds that mean harm or are broken, pulled whole: bounded memory, nothing opened, nothing doubled, nothing lost.

Every pull runs in a process of its own under limits of memory and processor time.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from curator.clean import plain_line
from tests.hostile import limited
from tests.hostile.limited import words
from tests.http_server import Handler, Reply, Site

FEW, MORE, MANY = 2_000, 20_000, 100_000
PER_ENTRY = 3  # kB that an entry of some 150 bytes may take in memory, in every form at once


def rss(items: str, head: str = "", before: str = "") -> bytes:
    return f'{before}<rss version="2.0"><channel><title>F</title>{head}{items}</channel></rss>'.encode()


def item(title: str, number: object = 1, rest: str = "") -> str:
    return f"<item><title>{title}</title><link>https://example.org/{number}</link><guid>g{number}</guid>{rest}</item>"


def stored(folder: Path, columns: str = "title", more: str = "") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "curator.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return connection.execute(f"SELECT {columns} FROM documents {more} ORDER BY id").fetchall()


# ---------------------------------------------------------------- many entries


def ordinary(count: int) -> bytes:
    return rss("".join(item(f"Title {n}", n, f"<description>Text {n}</description>") for n in range(count)))


def undated(count: int) -> bytes:
    """Left to feedparser because of its dates."""
    return rss("".join(item(f"Title {n}", n, "<pubDate>Tuesday</pubDate>") for n in range(count)))


def broken(count: int) -> bytes:
    """Read by feedparser's forgiving parser."""
    return rss("".join(item(f"Title {n} &unknown;", n) for n in range(count)))


def json_feed(count: int) -> bytes:
    items = [{"id": str(n), "url": f"https://example.org/{n}", "title": f"Title {n}"} for n in range(count)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def one_page(count: int) -> bytes:
    """Every entry links to one page."""
    return rss(
        "".join(f"<item><title>Title {n}</title><link>https://example.org/a</link></item>" for n in range(count))
    )


def one_guid(count: int) -> bytes:
    return rss("".join(f"<item><title>Title {n}</title><guid>g</guid></item>" for n in range(count)))


FORMS = (ordinary, undated, broken, json_feed, one_page, one_guid)


def many_entries(site: Site, folder: Path, form: Callable[[int], bytes], count: int) -> None:
    url = site.feed("/many", form(count))
    ended = limited.pull(limited.workspace(folder, [url]))
    assert (ended.code, ended.report["new"]) == (0, count)
    assert ended.megabytes < limited.ORDINARY + count * PER_ENTRY / 1_000
    assert len(site.seen) == 1


@pytest.mark.parametrize("form", FORMS)
def test_two_thousand_entries(site: Site, tmp_path: Path, form: Callable[[int], bytes]) -> None:
    many_entries(site, tmp_path, form, FEW)


def test_twenty_thousand_entries(site: Site, tmp_path: Path) -> None:
    many_entries(site, tmp_path, ordinary, MORE)


@pytest.mark.soak
@pytest.mark.parametrize("form", FORMS)
def test_a_hundred_thousand_entries_of_each_form(site: Site, tmp_path: Path, form: Callable[[int], bytes]) -> None:
    many_entries(site, tmp_path, form, MANY)


# ---------------------------------------------------------------- big things

BIG = 10_000_000


@pytest.mark.parametrize(
    "body",
    [
        lambda: rss(item("x" * BIG)),
        lambda: rss(item("x " * (BIG // 2) + "&unknown;")),
        lambda: rss(item("&lt;b&gt;" * (BIG // 9))),
        lambda: rss(item("T", rest="<description>" + "&lt;p&gt;" * (BIG // 9) + "</description>")),
        lambda: rss(item("T", rest="<description><![CDATA[" + "<" * BIG + "]]></description>")),
        lambda: rss(item("T", rest="<a>" * 200_000 + "</a>" * 200_000)),
        lambda: rss(item("T", rest=f"<category>{'c' * 60}</category>" * 100_000)),
        lambda: rss(item("T", rest="<x " + " ".join(f"a{n}='b'" for n in range(200_000)) + "/>")),
        lambda: rss(item("T", rest="<x " + " ".join(f"xmlns:a{n}='u:{n}'" for n in range(200_000)) + "/>")),
        lambda: rss(item("T", rest="<media:group>" * 100_000 + "</media:group>" * 100_000)).replace(
            b"<rss ", b"<rss xmlns:media='http://search.yahoo.com/mrss/' ", 1
        ),
        lambda: rss(item("T"), before=f"<!--{'-' * BIG}-->"),
        lambda: rss(item("T"), head=f"<description>{'d' * BIG}</description>"),
        lambda: json_feed(1).replace(b"Title 0", b"x" * BIG),
        lambda: json_feed(1).replace(b'"Title 0"', b'"T","x":' + b"[" * 900 + b"]" * 900),
    ],
    ids=words(
        "title broken-title html-title html-text lt nested categories attributes namespaces media comment head json "
        "json-nested"
    ),
)
def test_ten_megabytes_of_one_thing(site: Site, tmp_path: Path, body: Callable[[], bytes]) -> None:
    ended = limited.pull(limited.workspace(tmp_path, [site.feed("/big", body())]))
    assert (ended.code, ended.report["new"]) == (0, 1)
    [(length,)] = stored(tmp_path, "length(title) + length(excerpt) + length(guid)")
    assert isinstance(length, int) and length < 5_000
    assert ended.megabytes < limited.ORDINARY + 22 * BIG / 1e6
    assert (tmp_path / "curator.db").stat().st_size < 1_000_000


# ---------------------------------------------------------------- entities

BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "before",
    [
        f'<!DOCTYPE rss [<!ENTITY e0 "secret">{BOMB}]>',
        f'<!DOCTYPE rss [<!ENTITY e9 "{"B" * 100_000}">]>',
        '<!DOCTYPE rss [<!ENTITY e9 SYSTEM "{secret}">]>',
        '<!DOCTYPE rss [<!ENTITY e9 SYSTEM "{url}">]>',
        '<!DOCTYPE rss [<!ENTITY e9 PUBLIC "x" "{url}">]>',
        '<!DOCTYPE rss SYSTEM "{url}">',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "{url}"> %p;]>',
        '<!DOCTYPE rss [<!ENTITY e9 "&e9;">]>',
        '<?xml-stylesheet href="{url}"?>',
    ],
)
def test_entities_open_and_expand_nothing(site: Site, tmp_path: Path, before: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    before = before.replace("{secret}", (tmp_path / "secret.txt").as_uri()).replace("{url}", site.url("/outside"))
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{site.url("/outside")}"/>'
    url = site.feed("/feed", rss(item("&e9;" * 2_000 + "T"), head=include, before=before))
    ended = limited.pull(limited.workspace(tmp_path, [url]))
    assert (ended.code, ended.report["new"]) == (0, 1)
    [(title,)] = stored(tmp_path, "title || excerpt")
    assert "secret" not in str(title) and "BBBB" not in str(title)
    assert [seen.path for seen in site.seen] == ["/feed"]
    assert ended.megabytes < limited.ORDINARY + 20


# ---------------------------------------------------------------- lies about encodings

SWEDISH = "Blåbärsgröt på Åland"


@pytest.mark.parametrize("really", ["utf-8", "iso-8859-1", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_wrong_and_lying_encodings(site: Site, tmp_path: Path, really: str) -> None:
    """Whatever header and prolog claim, UTF of every kind is read as what it is, and Western 8-bit where what they
    claim cannot be; a false claim that can be is believed, and costs letters only."""
    claims = (
        "utf-8",
        "iso-8859-1",
        "utf-16",
        "koi8-r",
        "shift_jis",
        "utf-7",
        "zlib",
        "rot13",
        "",
        "x" * 300,
        "\x1b[31m",
    )
    urls = []
    for n, claim in enumerate(claims):
        body = rss(item(f"{SWEDISH} {n}", n), before=f'<?xml version="1.0" encoding="{claim}"?>').decode()
        urls.append(site.feed(f"/{n}", body.encode(really), f"text/xml; charset={claim}"))
    ended = limited.pull(limited.workspace(tmp_path, urls))
    assert (ended.code, ended.report["new"]) == (0, len(claims))
    titles = [str(title) for (title,) in stored(tmp_path)]
    assert all("land" in title and title == plain_line(title) for title in titles)
    right = sum(SWEDISH in title for title in titles)
    assert right == len(claims) if really.startswith("utf") else right >= len(claims) - 3


# ---------------------------------------------------------------- guids


def guids(folder: Path) -> tuple[int, int]:
    """How many documents, and how many ids they are remembered under."""
    with closing(sqlite3.connect(folder / "curator.db")) as connection:
        [(documents, ids)] = connection.execute("SELECT (SELECT count(*) FROM documents), count(*) FROM sightings")
    return documents, ids


@pytest.mark.parametrize(
    "entry",
    [
        lambda n, _: f"<title>T {n}</title><guid>same</guid>",
        lambda n, pull: f"<title>T {n}</title><link>https://example.org/{n}</link><guid>same</guid>",
        lambda n, pull: f"<title>T {n}</title>",
        lambda n, pull: f"<title>T {n}</title><link>https://example.org/{n}</link>",
        lambda n, pull: f"<title>T {n}</title><guid>{pull}-{n}</guid>",
        lambda n, pull: f"<title>T {n}</title><link>https://example.org/{n}</link><guid>{pull}-{n}</guid>",
        lambda n, pull: f"<title>T {n}</title><link>https://example.org/{n}?utm_id={pull}</link>",
        lambda n, pull: f"<title>T {n}</title><link>https://example.org/{n}</link><guid>{n}</guid>" * 2,
        lambda n, pull: f"<title>T {n}</title><guid>{'g' * 50_000}{n}</guid>",
        lambda n, pull: f"<title>T {n}</title><guid>\u202e{n}\x1b[31m</guid>",
        lambda n, pull: f"<title>T {n}</title><guid> </guid><guid>{n}</guid>",
    ],
    ids=words(
        "one-for-all one-with-links none none-with-links new-each-time new-with-links tracked twice long odd two"
    ),
)
def test_ids_repeated_missing_and_changing(site: Site, tmp_path: Path, entry: Callable[[int, int], str]) -> None:
    count, limits = 20, limited.workspace(tmp_path, [site.url("/feed")])
    order = list(range(count))
    for pull in range(3):
        items = "".join(f"<item>{entry(n, pull)}</item>" for n in order)
        if pull == 0 and entry(0, 0).count("<title>") == 2:
            items = items.replace("</guid><title>", "</guid></item><item><title>")
        site.feed("/feed", rss(items, before=f"<!-- {pull} -->"))
        ended = limited.pull(limits)
        assert (ended.code, ended.report["new"]) == (0, 0 if pull else count), pull
        random.Random(pull).shuffle(order)
    documents, remembered = guids(tmp_path)
    assert documents == count and remembered <= count * 4


def test_ids_new_at_every_answer_do_not_fill_the_library(site: Site, tmp_path: Path) -> None:
    """A feed that is asked for ever, with a new id for its document each time."""
    asked = iter(range(1_000))

    def answer(handler: Handler) -> Reply:
        return Reply(rss(item("T", 1).replace("<guid>g1<", f"<guid>{next(asked)}<")))

    limits = limited.workspace(tmp_path, [site.at(f"/{n}", answer) for n in range(30)])
    for _ in range(3):
        limited.pull(limits)
    documents, remembered = guids(tmp_path)
    assert documents == 1 and remembered <= 30 * 20


# ---------------------------------------------------------------- dates

DATES = (
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "1969-12-31T23:59:59Z",
    "Fri, 31 Dec 2099 23:59:59 GMT",
    "9999-12-31T23:59:59+14:00",
    "0000-00-00T00:00:00Z",
    "Tuesday",
    "-1",
    "1e400",
    "99999999999999999999",
    "2026-02-30T00:00:00Z",
    "Mon, 99 Foo 20266 99:99:99 +9999",
    "Mon, 05 Oct 2026 10:00:00 +99999999999",
    "２０２６-10-05",
    "\u202e2026-10-05",
    "2026-W41-1",
    "今日",
)


def test_dates_that_cannot_be(site: Site, tmp_path: Path) -> None:
    """The document comes all the same, dated by the pull, and is not new again the next time."""
    items = "".join(item(f"T {n}", n, f"<pubDate>{date}</pubDate>") for n, date in enumerate(DATES))
    limits = limited.workspace(tmp_path, [site.at("/feed", Reply(rss(items)))])
    assert limited.pull(limits).report["new"] == len(DATES)
    site.at("/feed", Reply(rss(items, before="<!-- again -->")))
    again = limited.pull(limits).report
    assert (again["new"], again["changed"], again["failed"]) == (0, 0, 0)
    years = {str(day)[:4] for (day,) in stored(tmp_path, "published_at")}
    assert years <= {"2026"}


def _json_dates() -> Iterator[str]:
    yield from DATES
    yield from ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-10-05T10:00:00.123456789012+00:00")


def test_dates_of_a_json_feed_that_cannot_be(site: Site, tmp_path: Path) -> None:
    items = [{"id": str(n), "title": f"T {n}", "date_published": date} for n, date in enumerate(_json_dates())]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    limits = limited.workspace(tmp_path, [site.feed("/feed", body)])
    assert limited.pull(limits).report["new"] == len(items)
    assert {str(day)[:4] for (day,) in stored(tmp_path, "published_at")} <= {"2026"}
