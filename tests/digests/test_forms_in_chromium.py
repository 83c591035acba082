"""The web page of an edition in real Chromium: nothing of what a feed says runs, axe-core finds nothing, nothing is cut
off on a phone, and every other form of hostile words is read as words."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import rispy

from curator.digest.forms.calendar import as_calendar
from curator.digest.forms.contents import Contents
from curator.digest.forms.markdown import as_markdown
from curator.digest.forms.references import as_csl, as_ris, cited
from curator.digest.forms.web import as_web_page
from curator.digest.render.filters import markdown
from tests.browser import Frame, axe, look, run
from tests.digest.forms import DATES, contents, sample_contents, with_dates
from tests.digest.world import DIGESTS, edition, filed
from tests.digests.test_in_chromium import ALLOWED, AXE, DEEDS, PROBE, payloads

OF_THE_PAGE = [*ALLOWED, "header", "footer", "main", "nav", "section", "article", "time"]
WIDTH = "async (window, document) => ({over: document.documentElement.scrollWidth - window.innerWidth})"


def hostile(words: tuple[str, ...]) -> Contents:
    """Each payload as title, blurb, excerpt, publisher, language and link, and all in the editor's Markdown."""
    documents = [
        filed(number, said, countries=("SE",), blurb=said if number % 2 else "", excerpt=said, publisher=said,
              language=said[:20], link=said if number % 3 else None, section="research")
        for number, said in enumerate(words)
    ]  # fmt: skip
    digest = DIGESTS["update"]
    given = edition(digest, documents, introduction="\n\n".join(words), key_messages="\n".join(words))
    return contents(digest, given, with_dates(documents))


def test_nothing_a_feed_says_runs_on_the_page() -> None:
    frames = {
        str(at): Frame(as_web_page(hostile(payloads()[at : at + 150])), first=PROBE)
        for at in range(0, len(payloads()), 150)
    }
    answers = look(frames, DEEDS.replace("ALLOWED", json.dumps(OF_THE_PAGE)))
    for name, found in answers.items():
        assert "error" not in found, found
        for deed in ("ran", "foreign", "handlers", "links", "loads"):
            assert found[deed] == [], (name, deed)


def test_the_pages_policy_stops_a_script_that_got_in(tmp_path: Path) -> None:
    page = as_web_page(sample_contents("update"))
    page = page.replace("</footer>", "<script>document.title = 'it ran'</script></footer>")
    assert "<title>it ran</title>" in shown(tmp_path, page.replace("Content-Security-Policy", "nothing"))
    assert "<title>IIMHL Update 232: 1 December 2026</title>" in shown(tmp_path, page)


def shown(folder: Path, page: str) -> str:
    (folder / "page.html").write_text(page, encoding="utf-8")
    return run(str(folder), "--dump-dom", (folder / "page.html").as_uri())


def test_hostile_words_are_words_in_every_other_form() -> None:
    said = hostile(payloads()[:300])
    events = icalendar.Calendar.from_ical(as_calendar(said)).walk("VEVENT")
    assert len(events) >= len(DATES)
    assert [each.get("title") for each in rispy.loads(as_ris(said))] == [
        each.original or each.title for each in cited(said)
    ]
    assert len(json.loads(as_csl(said))) == len(cited(said))
    shown = str(markdown(as_markdown(said), 1))
    assert "<script" not in shown and "javascript:" not in shown.partition('href="')[2].partition('"')[0]


def test_axe_finds_nothing_on_the_page_and_nothing_is_cut_off() -> None:
    script = axe().replace("</script", "<\\/script")
    pages = {slug: as_web_page(sample_contents(slug)) for slug in DIGESTS}
    frames = {
        f"{slug} {dark}": Frame(page, 600, dark, first=script) for slug, page in pages.items() for dark in (True, False)
    }
    for name, found in look(frames, AXE).items():
        assert "error" not in found, found
        assert (found["violations"], found["unsure"]) == ([], []), name
    narrow = {f"{slug} {width}": Frame(page, width) for slug, page in pages.items() for width in (320, 360, 1200)}
    assert {name: found["over"] for name, found in look(narrow, WIDTH).items()} == dict.fromkeys(narrow, 0)
