"""The site as people see it: opened from the disk by real Chromium, narrow and wide, with scripts and without."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.archive.test_site import HOSTILE
from tests.archive.world import FRENCH, both_tongues, document, kept, sampled, some, written
from tests.browser import Visit, axe, visit

LONG = "Rammeverk_for_psykisk_helse_" * 9
PAGES = ("index.html", "editions/update-1.html", "countries/se.html", "countries.html", "themes.html", "search.html")
TONGUES = ("index.html", "editions/bulletin-2.html", "editions/update-1.html", "countries/se.html", "search.html")
SEARCHES = {"accents and case": "?q=STRATÉGY+australia", "hostile": "?q=script", "none": "?q=zebra", "empty": ""}

_SCRIPT = """async (window, document) => {
  AXE
  const query = window.location.search;
  for (let turn = 0; query && turn < 200 && !document.getElementById("status").textContent; turn++)
    await new Promise(done => setTimeout(done, 20));
  const style = element => window.getComputedStyle(element);
  const shown = element => element && style(element).display !== "none" && element.getClientRects().length > 0;
  const wide = [...document.querySelectorAll("body *")].filter(each =>
    shown(each) && !each.closest(".skip") && each.getBoundingClientRect().right > window.innerWidth + 1);
  return {
    styled: style(document.body).maxWidth,
    headings: [...document.querySelectorAll("h1")].filter(shown).length,
    wide: wide.map(each => each.outerHTML.slice(0, 80)),
    smallest: Math.min(...[...document.querySelectorAll("p, li, a, h1, h2, h3, h4")].filter(shown).map(
      each => parseFloat(style(each).fontSize))),
    form: shown(document.getElementById("search")) || false,
    without: [...document.querySelectorAll("noscript")].some(each => shown(each) && each.textContent.trim()),
    status: (document.getElementById("status") || {}).textContent,
    found: [...document.querySelectorAll("#found a")].map(each => [each.textContent, each.getAttribute("href")]),
    tongues: [...document.querySelectorAll("#found a")].map(each => each.lang),
    elements: document.querySelectorAll("#found img, #found script").length,
    ran: window.ran === 1 || window.top.ran === 1,
    violations: window.axe ? (await window.axe.run(document, {resultTypes: ["violations"]})).violations.map(
      each => each.id + ": " + each.nodes.map(node => node.html).slice(0, 2)) : [],
  };
}"""


@cache
def opened(folder: Path) -> dict[str, Any]:
    """Everything in one run of the browser."""
    strange = [document(30, title=HOSTILE, blurb=HOSTILE, line=LONG), document(33, title=LONG, blurb=LONG, link="")]
    site = written([kept(9, strange, digest="strange", called="Strange"), *some()], folder)
    visits = {
        f"{page} {width} {'' if scripts else 'bare'}".strip(): Visit(site / page, width, scripts=scripts)
        for page in (*PAGES, "editions/strange-9.html")
        for width in (360, 1200)
        for scripts in (True, False)
    }
    visits |= {name: Visit(site / "search.html", 360, query) for name, query in SEARCHES.items()}
    french = written(both_tongues(), folder / "fr", FRENCH)
    whole = written(sampled(), folder / "whole")
    visits |= {f"{page.stem} {width}": Visit(page, width) for page in pages_of(whole) for width in (360, 1200)}
    visits |= {f"{page} fr {width}": Visit(french / page, width) for page in TONGUES for width in (360, 1200)}
    visits["one in French"] = Visit(french / "search.html", 360, "?q=strategie")
    visits["many in French"] = Visit(french / "search.html", 360, "?q=crise")
    return visit(visits, _SCRIPT.replace("AXE", ""))


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return opened(tmp_path_factory.mktemp("site"))


def test_nothing_is_cut_off_or_small_and_nothing_runs(seen: dict[str, Any]) -> None:
    for name, found in seen.items():
        assert "error" not in found, (name, found)
        assert found["styled"] == "640px", (name, "archive.css was not loaded")
        assert not found["wide"], (name, found["wide"])
        assert found["headings"] == 1, name
        assert found["smallest"] >= 14, name
        assert not found["ran"], name


def test_searching_finds_whatever_the_accents_and_the_case(seen: dict[str, Any]) -> None:
    found = seen["accents and case"]
    assert found["status"] == "1 found." and found["form"]
    assert found["found"] == [["Crisis care strategy 3", "editions/update-1.html#d3"]]
    assert seen["none"]["status"] == "Nothing found." and not seen["none"]["found"]
    assert not seen["empty"]["status"] and seen["empty"]["form"]


def test_searching_speaks_the_language_of_the_site(seen: dict[str, Any]) -> None:
    assert seen["one in French"]["status"] == "1 résultat."
    assert seen["one in French"]["tongues"] == ["fr"]
    assert seen["many in French"]["status"] == "2 résultats."


def test_what_is_found_is_written_as_words(seen: dict[str, Any]) -> None:
    assert seen["hostile"]["found"] == [[HOSTILE, "editions/strange-9.html#d30"]]
    assert seen["hostile"]["elements"] == 0


def test_without_scripts_the_page_says_so(seen: dict[str, Any]) -> None:
    bare = seen["search.html 360 bare"]
    assert bare["without"] and not bare["form"]
    assert not seen["search.html 360"]["without"]


def test_axe_finds_nothing(tmp_path: Path) -> None:
    script = axe()
    site = written([replace(one) for one in some()], tmp_path)
    french = written(both_tongues(), tmp_path / "fr", FRENCH)
    whole = written(sampled(), tmp_path / "whole")
    every = [*(site / page for page in PAGES), *(french / page for page in TONGUES), *pages_of(whole)]
    for page in every:
        open_to_scripts(page)
    visits = {f"{page} {width}": Visit(page, width) for page in every for width in (360, 1200)}
    run = _SCRIPT.replace("AXE", f"window.Function({json.dumps(script)}).call(window);")
    for name, found in visit(visits, run).items():
        assert "error" not in found and not found["violations"], (name, found)


def pages_of(site: Path) -> list[Path]:
    return [page for page in sorted((site / "editions").glob("*.html")) if ".mail." not in page.name]


def open_to_scripts(page: Path) -> None:
    """Take a page's own policy away, under which axe could not run either."""
    said = page.read_text(encoding="utf-8")
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", said)
    assert bare != said
    page.write_text(bare, encoding="utf-8")
