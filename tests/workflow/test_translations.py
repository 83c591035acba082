"""What names itself in another language is one document with that, whichever comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pytest

from curator.workflow import families
from curator.workflow.pull import pull
from curator.workflow.workspace import Workspace
from tests.cli.world import empty_workspace
from tests.http_server import Reply, Site
from tests.http_server import site as site
from tests.workflow.world import Clock, add_document, sit_down

ENGLISH = ("https://agency.example.org/stories/4711-loneliness", "Loneliness in four cities", "en")
FRENCH = ("https://agency.example.org/actualites/4711-solitude", "La solitude dans quatre villes", "fr")
Said = tuple[str, str, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with two feeds of one agency, in English and in French."""
    empty_workspace(tmp_path)
    with (tmp_path / "feeds.toml").open("a", encoding="utf-8") as file:
        for code in ("en", "fr"):
            file.write(f'\n[[feeds]]\nslug = "{code}"\nname = "{code}"\nurl = "file:feeds/{code}.xml"\n')
    with sit_down(tmp_path, Clock()) as workspace:
        yield workspace


def bring(desk: Workspace, said: Said, names: Sequence[tuple[str, str]] = ()) -> int:
    """Pull the feed of its language, which holds this alone; its id."""
    link, title, language = said
    alternates = "".join(
        f'<link rel="alternate" hreflang="{escape(code)}" href="{escape(address)}"/>' for code, address in names
    )
    entry = (
        f'<entry xml:lang="{language}"><title xml:lang="{language}">{title}</title><id>{link}</id>{alternates}'
        f'<link rel="alternate" href="{link}"/><published>2026-09-20T08:00:00Z</published></entry>'
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><title>F</title>{entry}</feed>'
    (desk.path / "feeds" / f"{language}.xml").write_text(feed, encoding="utf-8")
    assert pull(desk, [language]).new == 1
    return max(filed.id for filed in desk.library.documents.find())


def one_family(desk: Workspace, one: int, other: int) -> bool:
    return len(set(desk.library.families.leads([one, other]).values())) == 1


@pytest.mark.parametrize("tag", ["fr", "fr-CA", "FR"])
def test_the_one_that_is_named_comes_later(desk: Workspace, tag: str) -> None:
    one = bring(desk, ENGLISH, [("en", ENGLISH[0]), (tag, FRENCH[0]), ("x-default", "https://agency.example.org/")])
    two = bring(desk, FRENCH)
    assert one_family(desk, one, two)
    assert [tie.reason for tie in families.family(desk, one).ties] == ["one names the other as itself in fr"]


def test_the_one_that_is_named_was_there(desk: Workspace) -> None:
    two = bring(desk, FRENCH)
    assert one_family(desk, two, bring(desk, ENGLISH, [("fr", FRENCH[0] + "?utm_source=feed")]))


def test_both_of_one_body(desk: Workspace) -> None:
    entries = "".join(
        f'<entry xml:lang="{code}"><title xml:lang="{code}">{title}</title><id>{link}</id>'
        f'<link hreflang="{tag}" href="{other}"/><link href="{link}"/></entry>'
        for (link, title, code), tag, other in ((ENGLISH, "fr", FRENCH[0]), (FRENCH, "en", ENGLISH[0]))
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{entries}</feed>'
    (desk.path / "feeds" / "en.xml").write_text(feed, encoding="utf-8")
    assert pull(desk, ["en"]).new == 2
    assert one_family(desk, 1, 2)


def test_another_edition_and_another_language_are_proposed(desk: Workspace) -> None:
    one = bring(desk, (ENGLISH[0], "Loneliness in 2025", "en"), [("fr", FRENCH[0])])
    two = bring(desk, (FRENCH[0], "La solitude en 2026", "fr"))
    assert not one_family(desk, one, two)
    ((tie, *_),) = families.proposals(desk)
    assert tie.reason == "one names the other as itself in fr, but their titles have other numbers"


def test_a_language_that_the_other_says_it_is_not_in_is_proposed(desk: Workspace) -> None:
    one = bring(desk, ENGLISH, [("sv", FRENCH[0])])
    two = bring(desk, FRENCH)
    assert not one_family(desk, one, two)
    assert len(families.proposals(desk)) == 1


@pytest.mark.parametrize(
    "names",
    [
        [("en-GB", FRENCH[0])],
        [("fr", "https://agency.example.org/")],
        [("fr", "javascript:alert(1)")],
        [("", FRENCH[0])],
    ],
)
def test_what_says_nothing(desk: Workspace, names: list[tuple[str, str]]) -> None:
    one = bring(desk, ENGLISH, names)
    assert not one_family(desk, one, bring(desk, FRENCH))
    assert families.proposals(desk) == []


def test_a_page_that_is_added_says_it_in_its_head(desk: Workspace, site: Site) -> None:
    url = site.url("/fr/rapport")
    page = (
        '<html lang="en"><head><title>A report</title><link rel="alternate" hreflang="fr" href="/fr/rapport">'
        "<link rel='alternate' type='application/rss+xml' href='/feed'></head><body><p>Some words.</p></body></html>"
    )
    one = add_document(desk, site.at("/report", Reply(page.encode(), headers={"Content-Type": "text/html"}))).id
    assert one_family(desk, one, bring(desk, (url, "Un rapport sur la solitude", "fr")))
