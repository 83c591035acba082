"""Every digest's mail in real Chromium: on a phone and wide, light and dark, with text twice as large, printed; and
nothing of what feeds say runs."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from curator.models import Comparison, Filed
from tests.browser import Frame, axe, look, run
from tests.corpus import corpus_path
from tests.digest.sample import BRIEFING_INTRODUCTION, KEY_MESSAGES, NOTICES, VISIT, sample
from tests.digest.summaries import written
from tests.digest.world import DIGESTS, TAXONOMY, edition, filed, rendered

WIDTHS = (320, 360, 600, 1200)
SLUGS = sorted(DIGESTS)


@cache
def mail(slug: str) -> str:
    """The digest with every kind of heading, seat, gap and box in it, and words too long for a phone."""
    documents = [
        *sample("crisis-care" if DIGESTS[slug].topic else None),
        filed(90, "Donau" * 20, countries=("SE",), blurb="https://example.org/" + "a" * 90, themes=("crisis-care",)),
        filed(91, "خطة الصحة النفسية", countries=("AU",), language="ar", excerpt="خطة وطنية.", themes=("crisis-care",)),
        filed(92, "Apply now", countries=("NZ",), blurb="Apply until 3 January 2027.", themes=("crisis-care",)),
    ]
    if DIGESTS[slug].notices:
        documents += [
            *NOTICES,
            filed(93, "Visit", section="exchanges", blurb=VISIT.replace("Welcome", "Willkommen" * 12)),
        ]
    words = {
        "introduction": f"{BRIEFING_INTRODUCTION}\n\n> As they said.\n\n1. one\n2. two",
        "key_messages": KEY_MESSAGES,
    }
    annexes = [written()] if DIGESTS[slug].topic else []
    said = (
        Comparison("NL", law="Wet " + "a" * 90, data="None."),
        Comparison("SE", policy="A plan.", practice="Teams."),
    )
    given = edition(DIGESTS[slug], documents, comparisons=said, **words)
    return rendered(DIGESTS[slug], given, documents, *annexes).html


LOOK = r"""
async (window, document) => {
  const width = document.documentElement.clientWidth, lines = [];
  const found = {wide: [], cut: [], faint: [], order: [], small: [], over: []};
  found.scroll = document.documentElement.scrollWidth - width;
  const rgb = text => text.match(/[\d.]+/g).map(Number);
  const linear = c => c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const light = colour => colour.reduce((sum, c, i) => sum + linear(c) * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (most, least) => (most + 0.05) / (least + 0.05);
  const contrast = (a, b) => ratio(Math.max(light(a), light(b)), Math.min(light(a), light(b)));
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const [r, g, b, a = 1] = rgb(window.getComputedStyle(at).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const inverted = colour => colour.map(c => 255 - c);
  let last = -1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.trim().slice(0, 40), element = node.parentElement;
    const style = window.getComputedStyle(element);
    if (!words || element.closest("style, script, .preheader")) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.left < -0.5 || box.right > width + 0.5) found.wide.push(words);
    for (let at = element; at; at = at.parentElement) {
      const hidden = window.getComputedStyle(at).overflow === "hidden";
      if (hidden && at.scrollWidth > at.clientWidth) found.cut.push(words);
    }
    if (parseFloat(style.fontSize) < 14) found.small.push(words);
    const [ink, paper] = [rgb(style.color).slice(0, 3), ground(element)];
    const least = Math.min(contrast(ink, paper), contrast(inverted(ink), inverted(paper)));
    if (least < 4.5) found.faint.push([words, least]);
    if (box.bottom < last - 1) found.order.push(words);
    last = Math.max(last, box.top);
    for (const line of range.getClientRects()) {
      const meets = ([, at]) => Math.min(at.bottom, line.bottom) - Math.max(at.top, line.top) > 2
        && Math.min(at.right, line.right) - Math.max(at.left, line.left) > 2;
      found.over.push(...lines.filter(each => each[0] !== node && meets(each)).map(() => words));
      lines.push([node, line]);
    }
  }
  found.images = [...document.querySelectorAll("*")].filter(each =>
    each.matches("img, picture, svg, video, object, canvas, input")
      || window.getComputedStyle(each).backgroundImage !== "none").map(each => each.outerHTML.slice(0, 80));
  found.column = document.querySelector(".page").getBoundingClientRect().width;
  found.fold = document.querySelector(".toc").getBoundingClientRect().bottom;
  return found;
}
"""
TWICE = r"""
(() => {
  const sizes = [...document.querySelectorAll("body *")].map(e => [e, parseFloat(getComputedStyle(e).fontSize)]);
  for (const [element, size] of sizes) element.style.setProperty("font-size", 2 * size + "px", "important");
})()"""
LARGER = f'addEventListener("load", () => {TWICE});'


def test_nothing_is_cut_off_faint_small_or_out_of_order() -> None:
    page = mail("update")
    frames = {
        f"{slug} {width} {'dark' if dark else 'light'}": Frame(mail(slug), width, dark)
        for slug in SLUGS
        for width in WIDTHS
        for dark in (False, True)
    }
    frames |= {
        f"{slug} {width} larger": Frame(mail(slug), width, first=LARGER) for slug in SLUGS for width in (360, 600)
    }
    wrong = {
        "faint": Frame(page.replace("color:#595550", "color:#aaaaaa")),
        "small": Frame(page.replace("14px/1.5", "9px/1.5")),
        "wide": Frame(page.replace("overflow-wrap:break-word", "").replace("word-wrap:break-word", ""), 320),
        "order": Frame(page.replace("</h1>", '</h1><p style="position:absolute;top:9999px">far</p>', 1)),
        "over": Frame(page.replace("</h1>", '</h1><p style="margin-top:-30px">upon it</p>', 1)),
        "images": Frame(page.replace("</h1>", '</h1><img alt="">', 1)),
    }
    answers = look(frames | wrong, LOOK)
    for name in frames:
        assert_sightly(name, answers[name])
    for fault in wrong:
        assert answers[fault][fault], f"the look does not see what is {fault}"


def assert_sightly(name: str, found: dict[str, Any]) -> None:
    assert "error" not in found, found["error"]
    assert found["scroll"] <= 0, name
    for fault in ("wide", "cut", "faint", "order", "small", "over", "images"):
        assert found[fault] == [], (name, fault)
    assert found["column"] <= 600, name
    assert found["fold"] < 520 or "larger" in name, f"the contents are below the fold: {name}"


@pytest.mark.parametrize("slug", SLUGS)
def test_it_prints_whole(slug: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "mail.html", Path(folder) / "mail.pdf"
        page.write_text(mail(slug), encoding="utf-8")
        run(folder, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
        document = pypdfium2.PdfDocument(pdf)
        sheets = [(each.get_size(), each.get_textpage()) for each in document]
        printed = " ".join(" ".join(said.get_text_bounded() for _, said in sheets).split())
        off = [line for (_, high), said in sheets for line in lines_of(said) if line[1] < 18 or line[3] > high - 18]
        pages = len(document)
        document.close()
    titles = re.findall(r'class="t"[^>]*>(?:<a [^>]*>)?([^<]*)<', mail(slug))
    bare = re.sub(r"\W", "", printed)
    for title in titles:
        assert re.sub(r"\W", "", title.replace("&amp;", "&")) in bare or not title.isascii(), title
    assert off == [], "a line is cut by the edge of a sheet"
    assert 1 < pages <= 8


def lines_of(sheet: pypdfium2.PdfTextPage) -> list[tuple[float, float, float, float]]:
    """Left, lower, right and upper edge of each line, in points from the sheet's lower left corner."""
    return [sheet.get_rect(number) for number in range(sheet.count_rects())]


AXE = r"""
async (window, document) => {
  const result = await window.axe.run(document, {resultTypes: ["violations", "incomplete"]});
  const told = rules => rules.map(rule => [rule.id, rule.help, rule.nodes.map(node => node.html.slice(0, 120))]);
  return {violations: told(result.violations), unsure: told(result.incomplete), passes: result.passes.length};
}
"""


def test_axe_finds_nothing() -> None:
    script = axe().replace("</script", "<\\/script")
    frames = {
        f"{slug} {'dark' if dark else 'light'}": Frame(mail(slug), 600, dark, first=script)
        for slug in SLUGS
        for dark in (False, True)
    }
    wrong = mail("update").replace(' lang="en"', "").replace("color:#595550", "color:#aaaaaa")
    answers = look(frames | {"wrong": Frame(wrong, first=script)}, AXE)
    assert {rule for rule, *_ in answers.pop("wrong")["violations"]} >= {"html-has-lang", "color-contrast"}
    for name, found in answers.items():
        assert "error" not in found, found
        assert found["violations"] == [], name
        assert found["unsure"] == [], name
        assert found["passes"] > 15, name


PROBE = r"""
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open", "eval", "print", "fetch"])
  window[name] = (...words) => { window.ran.push(name + " " + words); };
addEventListener("error", event => window.ran.push("error " + event.message), true);
document.currentScript.remove();
"""
DEEDS = r"""
async (window, document) => {
  await new Promise(done => setTimeout(done, 500));
  const allowed = new Set(ALLOWED), elements = [...document.querySelectorAll("*")];
  const over = () => new window.MouseEvent("mouseover", {bubbles: true});
  document.querySelectorAll("a").forEach(link => link.dispatchEvent(over()));
  const those = fits => elements.filter(fits).map(each => each.outerHTML.slice(0, 80));
  const has = (each, ...names) => names.some(name => each.hasAttribute(name));
  return {
    ran: window.ran,
    foreign: those(each => !allowed.has(each.localName)),
    handlers: those(each => each.getAttributeNames().some(name => name.startsWith("on"))),
    links: those(each => has(each, "href") && !/^(https?:|mailto:|#)/.test(each.getAttribute("href"))),
    loads: those(each => has(each, "src", "srcdoc", "data", "background", "action", "poster")),
    title: document.title,
    ids: elements.map(each => each.id).filter(Boolean),
  };
}
"""
ALLOWED = [
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "p",
        "a",
        "span",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "br",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "hr", "table", "tbody", "tr", "td"),
]


@cache
def payloads() -> tuple[str, ...]:
    naughty = json.loads(corpus_path("hostile", "naughty-strings", "blns.json").read_text("utf-8"))
    cleaned = json.loads(corpus_path("hostile", "html-sanitizer", "bleach-tests.json").read_text("utf-8"))
    index = json.loads(corpus_path("hostile", "html-sanitizer", "feedparser-sanitize-index.json").read_text("utf-8"))
    more = [each for each in _strings(index) if "<" in each]
    return tuple(dict.fromkeys([*naughty, *(each["payload"] for each in cleaned), *more]))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for part in parts for each in _strings(part)]


def hostile_mail(slug: str, words: tuple[str, ...]) -> str:
    """Each payload as title, blurb, excerpt, publisher, language and link, and all in the editor's Markdown."""
    documents: list[Filed] = [
        filed(number, said, countries=("SE",), blurb=said if number % 2 else "", excerpt=said, publisher=said,
              language=said[:20], link=said if number % 3 else None, themes=("crisis-care",))
        for number, said in enumerate(words)
    ]  # fmt: skip
    given = edition(DIGESTS[slug], documents, introduction="\n\n".join(words), key_messages="\n".join(words))
    return rendered(DIGESTS[slug], given, documents).html


def test_nothing_a_feed_says_runs() -> None:
    frames = {
        f"{slug} {at}": Frame(hostile_mail(slug, payloads()[at : at + 150]), first=PROBE)
        for slug in SLUGS
        for at in range(0, len(payloads()), 150)
    }
    page = mail("update").replace("</h1>", "</h1><svg onload=alert(1)></svg><a href='javascript:alert(2)'>x</a>", 1)
    answers = look(frames | {"wrong": Frame(page, first=PROBE)}, DEEDS.replace("ALLOWED", json.dumps(ALLOWED)))
    wrong = answers.pop("wrong")
    assert "alert 1" in wrong["ran"]
    assert all(wrong[deed] for deed in ("foreign", "handlers", "links"))
    for name, found in answers.items():
        assert "error" not in found, found
        for deed in ("ran", "foreign", "handlers", "links", "loads"):
            assert found[deed] == [], (name, deed)
        assert "IIMHL" in found["title"]
        assert set(found["ids"]) <= places(name.split()[0])


def places(slug: str) -> set[str]:
    """Every anchor that a digest can have: its sections, and in each the groups that the taxonomy knows."""
    known = [*map(str.lower, TAXONOMY.countries), *TAXONOMY.organisations, *TAXONOMY.audiences, "international"]
    sections = [section.slug for section in DIGESTS[slug].sections]
    return {*sections, "actions", *(f"{section}-{group}" for section in sections for group in known)}
