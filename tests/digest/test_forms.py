"""Every form of one edition: as it was looked at, read again by other programs, and harmless whatever a feed says."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
import rispy
import vobject
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from curator.digest.forms.calendar import as_calendar
from curator.digest.forms.contents import WORDS, Contents, Listed, decoded, encoded
from curator.digest.forms.markdown import as_markdown
from curator.digest.forms.marked import editors
from curator.digest.forms.references import as_csl, as_ris, cited
from curator.digest.forms.web import as_web_page
from curator.digest.wording import safe_link
from curator.models import Filed, Moment
from tests.archive.test_site import assert_valid
from tests.digest.forms import FOLDER, contents, files, sample_contents
from tests.digest.world import DIGESTS, edition, filed

UPDATE = DIGESTS["update"]


@cache
def golden() -> dict[str, bytes]:
    return files()


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*")))
def test_the_form_is_as_it_was_looked_at(name: str) -> None:
    assert golden()[name] == (FOLDER / name).read_bytes()


def test_no_golden_form_is_missing() -> None:
    assert {path.name for path in FOLDER.glob("*")} == set(golden())


def test_nothing_on_a_web_page_is_escaped_twice() -> None:
    pages = {name: data.decode() for name, data in golden().items() if name.endswith(".html")}
    assert [name for name, text in pages.items() if re.search("&amp;(?:amp|lt|gt|quot|#\\d+);", text)] == []
    link = '<a href="mailto:gather@example.org">gather@example.org</a>'
    assert f"<p><strong>Contact:</strong> {link}</p>" in pages["network-notices.html"]


def test_json_gives_the_same_contents_again() -> None:
    said = sample_contents("update")
    assert decoded(encoded(said)) == said


def test_deadlines_stand_as_the_mail_has_them_within_a_day_in_reading_order() -> None:
    said = sample_contents("update")
    days = {
        1: "2026-12-18 17:00 Europe/London",
        2: "2026-12-18",
        3: "2026-12-18 09:00 Pacific/Auckland",
        4: "2026-12-03",
    }

    def due(each: Listed) -> Listed:
        return msgspec.structs.replace(each, deadline=days.get(each.number, ""))

    sections = tuple(
        msgspec.structs.replace(
            section,
            groups=tuple(
                msgspec.structs.replace(group, documents=tuple(map(due, group.documents))) for group in section.groups
            ),
        )
        for section in said.sections
    )
    assert [each.number for each in msgspec.structs.replace(said, sections=sections).due] == [4, 1, 2, 3]


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_what_an_older_curator_sealed_has_every_form(slug: str) -> None:
    """It kept no briefing, no notices, no words to audiences, and not the words that these need."""
    old = json.loads(encoded(sample_contents(slug)))
    del old["briefing"]
    old["words"] = {name: said for name, said in old["words"].items() if name in WORDS}
    for group in (group for section in old["sections"] for group in section["groups"]):
        del group["introduction"]
        for each in group["documents"]:
            del each["notice"]
    said = decoded(json.dumps(old))
    assert said.briefing is None and said.documents[0].title in as_web_page(said)
    assert as_markdown(said) and as_calendar(said) and as_ris(said) and as_csl(said)


def test_countries_at_a_glance_lead_to_what_is_said_of_them() -> None:
    page = golden()["make-it-so.html"].decode()
    for place in re.findall(r'<li><a href="#([^"]+)">', page):
        assert f'<h3 id="{place}">' in page or f'<h2 id="{place}">' in page
    assert '<li><a href="#countries.se">Sweden</a>: no document; known: law, data</li>' in page


def one(title: str, **more: object) -> Contents:
    """An edition of one document of that title."""
    document = filed(1, title, countries=("SE",), **more)  # type: ignore[arg-type]
    return contents(UPDATE, edition(UPDATE, [document]), [document])


# ---------------------------------------------------------------- Markdown

READER = MarkdownIt("commonmark")
READER.validateLink = lambda url: True  # type: ignore[method-assign]
READER.normalizeLink = str  # type: ignore[method-assign,assignment]


def read(text: str) -> list[tuple[str, str, list[str]]]:
    """Each heading and paragraph a Markdown reader finds: tag, words, addresses. Markup is told apart from words."""
    tokens = READER.parse(text)
    found = []
    for opening, inside in pairwise(tokens):
        if opening.type in ("heading_open", "paragraph_open"):
            every = inside.children or []
            assert {each.type for each in every} <= {
                *("text", "link_open", "link_close", "strong_open", "strong_close", "em_open", "em_close"),
                *("softbreak", "text_special"),
            }, text
            words = "".join(" " if each.type == "softbreak" else each.content for each in every)
            links = [str(each.attrGet("href")) for each in every if each.type == "link_open"]
            found.append((opening.tag, words, links))
    assert not [each for each in tokens if each.type in ("html_block", "fence", "code_block", "table_open")], text
    return found


HOSTILE_TITLES = st.text(min_size=1, max_size=60) | st.text("\\`*_[]()<>#+-.!|&;:/ab1 \t~=", min_size=1, max_size=30)


@settings(max_examples=120, deadline=None)
@given(title=HOSTILE_TITLES, blurb=HOSTILE_TITLES)
@example(title="1. a", blurb="1) b")
@example(title="- a", blurb="+ b")
@example(title="](javascript:alert(1))", blurb="<script>alert(1)</script>")
@example(title="&amp; &lt;", blurb="[a]: http://example.org")
@example(title="# a #", blurb="===")
@example(title="a\\", blurb="***")
@example(title="http://example.org/_a_", blurb="<http://example.org>")
def test_a_markdown_reader_finds_the_same_headings_links_and_texts(title: str, blurb: str) -> None:
    said = one(title, blurb=blurb)
    (listed,) = said.documents
    found = read(as_markdown(said))
    assert ("h4", listed.title, [listed.link]) in found
    for paragraph in listed.blurb.split("\n\n") if listed.blurb else ():
        assert ("p", paragraph, []) in found
    assert [tag for tag, *_ in found if tag.startswith("h")] == ["h1", "h2", "h3", "h4"]


@settings(max_examples=60, deadline=None)
@given(link=st.text("ab/?#&=%()[]<>\\*_~`!\"' ", max_size=30).map(lambda end: f"https://example.org/{end}"))
def test_a_markdown_reader_follows_the_same_address(link: str) -> None:
    wanted = safe_link(link)
    ((_, _, links),) = [each for each in read(as_markdown(one("Title", link=link))) if each[0] == "h4"]
    assert [same(each) for each in links] == [same(wanted)]


def same(link: str) -> str:
    """An address with what may be written as its bytes written so."""
    for mark in "()[]\\*_~`!":
        link = link.replace(mark, f"%{ord(mark):02X}")
    return link.lower()


@pytest.mark.parametrize(
    ("text", "is_"),
    [
        ("Words with a [link](https://example.org).", "Words with a [link](https://example.org)."),
        ("# One\n\nTitle\n=====\n\n## Two", "## One\n\n## Title\n\n\n### Two"),
        ("- a\n- **b**", "- a\n- **b**"),
        ("See <script>alert(1)</script>", "See \\<script\\>alert(1)\\</script\\>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("[x]\n\n[x]: javascript:alert(1)", "\\[x\\]\n\n\\[x\\]: javascript:alert(1)"),
        ("![x](https://example.org/p.png)", None),
    ],
)
def test_the_editors_own_markdown_stays_unless_it_could_do_harm(text: str, is_: str | None) -> None:
    told = editors(text, 1)
    assert is_ is None or told == is_
    assert "<img" not in READER.render(told) and "<script" not in READER.render(told)
    assert "javascript" not in "".join(re.findall(r'href="[^"]*"', READER.render(told)))


# ---------------------------------------------------------------- calendar


def dated(number: int, title: str = "A webinar", **dates: Any) -> Filed:
    one = filed(number, title, countries=("SE",), section="webinars", blurb="Come, all; bring\\questions.")
    return Filed(one.document, replace(one.review, **dates))


def calendar(*documents: Filed, number: int = 232) -> bytes:
    return as_calendar(contents(UPDATE, edition(UPDATE, documents, number=number), documents))


VANCOUVER = Moment(date(2026, 12, 3), time(15), "America/Vancouver")


def test_two_other_readers_find_every_start_and_deadline_at_its_instant() -> None:
    data = golden()["update.ics"]
    events = {str(each["UID"]): each for each in icalendar.Calendar.from_ical(data).walk("VEVENT")}
    assert set(events) == {
        *("document-1-deadline@example.org", "document-13-deadline@example.org", "document-14-start@example.org"),
        *("document-15-start@example.org", "document-16-start@example.org", "document-17-deadline@example.org"),
    }
    assert events["document-16-start@example.org"].decoded("dtstart").astimezone(UTC) == datetime(
        2026, 12, 10, 23, tzinfo=UTC
    )
    read = vobject.readOne(data.decode())
    starts = {each.uid.value: each.dtstart.value for each in read.vevent_list}
    assert starts["document-14-start@example.org"].astimezone(UTC) == datetime(2026, 12, 2, 22, tzinfo=UTC)
    assert starts["document-16-start@example.org"].astimezone(UTC) == datetime(2026, 12, 10, 23, tzinfo=UTC)
    assert starts["document-1-deadline@example.org"].astimezone(UTC) == datetime(2026, 12, 18, 17, tzinfo=UTC)
    assert starts["document-13-deadline@example.org"] == date(2027, 1, 31)  # from the blurb
    assert starts["document-17-deadline@example.org"] == date(2027, 1, 15)
    (days,) = [each for each in read.vevent_list if each.uid.value == "document-15-start@example.org"]
    assert (days.dtstart.value, days.dtend.value) == (date(2026, 12, 8), date(2026, 12, 10))  # the end is not in it


@pytest.mark.parametrize("name", ["update.ics", "make-it-so.ics"])
def test_a_calendar_is_as_rfc_5545_has_it(name: str) -> None:
    data = golden()[name]
    assert data.endswith(b"END:VCALENDAR\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    unfolded = data.replace(b"\r\n ", b"").decode()
    zones = set(re.findall(r"^TZID:(.+)\r$", unfolded, re.M))
    assert set(re.findall(r"TZID=([^:]+):", unfolded)) == zones
    assert all(unfolded.count(f"{name}:") == unfolded.count("BEGIN:VEVENT") for name in ("UID", "DTSTAMP", "SUMMARY"))


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE_TITLES)
@example(title="a, b; c\\n d: e\nBEGIN:VALARM")
@example(title="ö" * 80)
def test_a_title_in_a_calendar_is_only_a_title(title: str) -> None:
    document = dated(1, title, starts=VANCOUVER)
    data = calendar(document)
    (event,) = vobject.readOne(data.decode()).vevent_list
    shown = contents(UPDATE, edition(UPDATE, [document]), [document]).documents[0].title
    assert event.summary.value == shown
    begun, ended = (re.findall(rf"(?m)^{word}:(\w+)", data.decode()) for word in ("BEGIN", "END"))
    assert sorted(begun) == sorted(ended) and "VALARM" not in begun
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_ids_stay_from_edition_to_edition_and_the_sequence_rises() -> None:
    document = dated(1, starts=VANCOUVER, deadline=Moment(date(2026, 12, 2)))
    first, second = (icalendar.Calendar.from_ical(calendar(document, number=number)) for number in (232, 233))
    assert [each["UID"] for each in first.walk("VEVENT")] == [each["UID"] for each in second.walk("VEVENT")]
    assert [each["SEQUENCE"] for each in second.walk("VEVENT")] == [233, 233]
    assert calendar(document) == calendar(document)


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        (Moment(date(2026, 12, 3)), VANCOUVER, date(2026, 12, 4)),
        (VANCOUVER, Moment(date(2026, 12, 4)), datetime(2026, 12, 5, tzinfo=ZoneInfo("America/Vancouver"))),
        (VANCOUVER, Moment(date(2026, 12, 4), time(1), "Europe/London"), datetime(2026, 12, 4, 1, tzinfo=UTC)),
    ],
)
def test_an_end_is_of_the_kind_of_its_start(start: Moment, end: Moment, last: date) -> None:
    (event,) = icalendar.Calendar.from_ical(calendar(dated(1, starts=start, ends=end))).walk("VEVENT")
    assert event.decoded("dtend") == last


def test_clocks_are_right_on_both_sides_of_a_change() -> None:
    before, after = (Moment(date(2027, month, 20), time(12), "Europe/Stockholm") for month in (3, 4))
    data = calendar(dated(1, starts=before), dated(2, starts=after))
    hours = [each.dtstart.value.astimezone(UTC).hour for each in vobject.readOne(data.decode()).vevent_list]
    assert sorted(hours) == [10, 11]


def test_without_dates_there_is_no_calendar() -> None:
    assert calendar(filed(1, countries=("SE",))) == b""


# ---------------------------------------------------------------- references


def test_another_parser_reads_the_references_of_the_research_section() -> None:
    said = sample_contents("update")
    entries = rispy.loads(golden()["update.ris"].decode())
    assert [each.get("title") for each in entries] == [each.original or each.title for each in cited(said)]
    assert {each["urls"][0] for each in entries} == {each.link for each in cited(said)}
    assert len(entries) == sum(len(section.documents) for section in said.sections if section.slug == "research")


def test_a_document_with_a_doi_is_a_report() -> None:
    said = one("On recovery", link="https://doi.org/10.1234/ABC.5", section="research", publisher="who", language="sv")
    (entry,) = rispy.loads(as_ris(said))
    assert (entry["type_of_reference"], entry["doi"], entry["language"]) == ("RPRT", "10.1234/abc.5", "sv")
    (csl,) = json.loads(as_csl(said))
    assert (csl["type"], csl["DOI"], csl["issued"]) == ("report", "10.1234/abc.5", {"date-parts": [[2026, 11, 23]]})


@settings(max_examples=60, deadline=None)
@given(title=HOSTILE_TITLES)
@example(title="x\r\nER  - \r\nTY  - JOUR")
def test_a_title_in_references_is_only_a_title(title: str) -> None:
    said = one(title)
    (entry,) = rispy.loads(as_ris(said))
    (csl,) = json.loads(as_csl(said))
    assert entry["title"] == csl["title"].strip() == said.documents[0].title


def test_every_key_of_csl_is_one_of_its_schema() -> None:
    known = {"id", "type", "title", "publisher", "issued", "URL", "DOI", "language", "note", "abstract"}
    for name in ("update.csl.json", "make-it-so.csl.json"):
        for each in json.loads(golden()[name]):
            assert set(each) <= known and each["type"] in ("report", "webpage") and each["id"]


# ---------------------------------------------------------------- the web page


class _Page(HTMLParser):
    """Its elements, and whether each that is opened is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in ("br", "hr") or self.open.pop() == tag


@pytest.mark.parametrize("slug", sorted(DIGESTS))
def test_the_page_stands_alone_and_nests_rightly(slug: str) -> None:
    page = _Page()
    page.feed(golden()[f"{slug}.html"].decode())
    page.close()
    tags = [tag for tag, _ in page.seen]
    assert page.open == [] and tags.count("h1") == tags.count("main") == 1
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(tags)
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert_valid(slug, golden()[f"{slug}.html"].decode())
    style = golden()[f"{slug}.html"].decode().partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style and "@import" not in style


@settings(max_examples=60, deadline=None)
@given(words=HOSTILE_TITLES)
@example(words="</style><script>alert(1)</script>")
@example(words="a\\\nb")
@example(words='"><img src=x onerror=alert(1)>')
def test_hostile_words_are_only_words_on_the_page(words: str) -> None:
    document = filed(1, words, countries=("SE",), blurb=words, publisher=words, language=words, link=words)
    page = _Page()
    page.feed(as_web_page(contents(UPDATE, edition(UPDATE, [document], introduction=words), [document])))
    page.close()
    assert page.open == []
    assert not {"script", "img"} & {tag for tag, _ in page.seen}
    assert not [name for _, attributes in page.seen for name in attributes if name.startswith("on")]


def test_an_empty_edition_has_every_form_but_a_calendar_and_references() -> None:
    said = contents(UPDATE, edition(UPDATE), [])
    assert "There is nothing" in as_web_page(said) and "There is nothing" in as_markdown(said)
    assert (as_calendar(said), as_ris(said), json.loads(as_csl(said))) == (b"", "", [])


def test_contents_of_another_shape_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decoded("{}")


def test_what_is_plain_stays_plain() -> None:
    assert as_markdown(one("A plain title, with (brackets), 2026–2029: what now?")).count("\\") == 0


def test_a_span_within_a_day_names_the_day_once() -> None:
    end = Moment(VANCOUVER.on, time(16, 30), VANCOUVER.zone)
    document = dated(1, starts=VANCOUVER, ends=end)
    said = contents(UPDATE, edition(UPDATE, [document]), [document])
    assert said.documents[0].when == "3 December 2026, 15:00–16:30 (Vancouver)"
