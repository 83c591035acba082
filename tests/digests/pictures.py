"""The kept pictures: every digest's mail, a summary, a web page and one of the archive, as Chromium draws them.

`python -m tests.digests.pictures` draws them anew; look at every changed one before committing. Letters are blocks of
one size (`tests.typeface`), so that the fonts of a machine are not in them. One of their pixels is four of the page's
each way."""

from __future__ import annotations

import asyncio
import json
import re
import struct
import tempfile
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from curator.digest.forms.web import as_web_page
from tests.archive.world import some
from tests.archive.world import written as archived
from tests.browser import browser as program
from tests.desk.browser import Page, browser
from tests.digest.forms import sample_contents
from tests.digest.summaries import written
from tests.digests.test_in_chromium import SLUGS, TWICE, mail
from tests.digests.test_summaries import render
from tests.typeface import set_in_blocks

FOLDER = Path(__file__).parent / "kept"
SCALE = 0.25
CELL = 4
"""Pictures are compared by squares of so many of their pixels."""
TOLERANCE = 6.0
"""How far the pixels of a square may be apart on average, of 255: what two browsers differ by in drawing an edge. A
frame of one of the page's pixels is eleven."""


@dataclass(frozen=True)
class View:
    """How a page is shown: `width` in CSS pixels, in the dark, its type twice as large, or on paper."""

    width: int = 600
    dark: bool = False
    larger: bool = False
    paper: bool = False


VIEWS = {
    "phone": View(360),
    "dark": View(600, dark=True),
    "wide": View(1200),
    "larger": View(360, larger=True),
    "paper": View(dark=True, paper=True),
}


@dataclass(frozen=True)
class Picture:
    """`grey` is a byte for each pixel, row by row, white 255."""

    width: int
    grey: bytes

    @property
    def height(self) -> int:
        return len(self.grey) // self.width


ON_PAPER = ("phone", "dark", "paper")
"""The views of what is printed by itself."""


def pages() -> dict[str, str]:
    """Every page that is drawn, by name."""
    return {slug: mail(slug) for slug in SLUGS} | {
        "summary": render(written(), "page").html,
        "web": _web(),
        "archive": _archive(),
    }


def _web() -> str:
    return _open(as_web_page(sample_contents("make-it-so")))


def _open(page: str) -> str:
    """Free of the page's own policy, which would stop the typeface."""
    return re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)


def _archive() -> str:
    """A page of the archive with its style sheet in it."""
    with tempfile.TemporaryDirectory() as folder:
        site = archived(some(), Path(folder))
        page = (site / "editions" / "update-1.html").read_text(encoding="utf-8")
        sheet = (site / "archive.css").read_text(encoding="utf-8")
    return re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: f"<style>{sheet}</style>", _open(page))


def wanted() -> dict[str, tuple[str, View]]:
    """The Update in every view; of the others where they may go wrong of themselves."""
    views = {"update": tuple(VIEWS), "archive": ON_PAPER, "web": ON_PAPER}
    return {
        f"{name}-{view}": (page, VIEWS[view])
        for name, page in pages().items()
        for view in views.get(name, ("phone", "dark"))
    }


def drawn(views: Mapping[str, tuple[str, View]]) -> dict[str, Picture]:
    """Each page in its view, all by one Chromium; skips the test where there is none."""
    return asyncio.run(_drawn(program(), views))


async def _drawn(chromium: str, views: Mapping[str, tuple[str, View]]) -> dict[str, Picture]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with browser(chromium, Path(folder)) as tab:
            frame = (await tab.do("Page.getFrameTree"))["frameTree"]["frame"]["id"]
            await tab.do("Emulation.setScrollbarsHidden", hidden=True)
            return {name: await _draw(tab, frame, page, view) for name, (page, view) in views.items()}


async def _draw(tab: Page, frame: str, page: str, view: View) -> Picture:
    colours = [{"name": "prefers-color-scheme", "value": "dark" if view.dark else "light"}]
    await tab.do("Emulation.setEmulatedMedia", features=colours)
    await tab.do("Emulation.setDeviceMetricsOverride", width=view.width, height=900, deviceScaleFactor=1, mobile=False)
    shown = page.replace("</head>", f"<style>{set_in_blocks()}</style></head>", 1)
    await tab.do("Page.setDocumentContent", frameId=frame, html=shown)
    await _say(tab, "Promise.all([...document.fonts].map(face => face.load())).then(() => 0)")
    if view.larger:
        await _say(tab, TWICE)
    return await (_on_paper(tab) if view.paper else _on_screen(tab, view.width))


async def _say(tab: Page, script: str) -> str:
    said = await tab.do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
    assert "exceptionDetails" not in said, said
    return str(said["result"].get("value"))


async def _on_screen(tab: Page, width: int) -> Picture:
    high = int(await _say(tab, "document.documentElement.scrollHeight"))
    part = {"x": 0, "y": 0, "width": width, "height": high, "scale": SCALE}
    shot = await tab.do("Page.captureScreenshot", captureBeyondViewport=True, clip=part)
    found = json.loads(await _say(tab, f"({_GREY})({json.dumps(shot['data'])})"))
    return Picture(found["width"], b64decode(found["grey"]))


_GREY = """async data => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const seen = context.getImageData(0, 0, image.width, image.height).data;
  let grey = "";
  for (let at = 0; at < seen.length; at += 4)
    grey += String.fromCharCode(Math.round((299 * seen[at] + 587 * seen[at + 1] + 114 * seen[at + 2]) / 1000));
  return JSON.stringify({width: image.width, grey: btoa(grey)});
}"""


async def _on_paper(tab: Page) -> Picture:
    """The sheets below each other."""
    printed = await tab.do("Page.printToPDF", preferCSSPageSize=True)
    document = pypdfium2.PdfDocument(b64decode(printed["data"]))
    try:
        sheets = [sheet.render(scale=SCALE * 96 / 72, grayscale=True) for sheet in document]
        width = sheets[0].width
        rows = [bytes(sheet.buffer)[sheet.stride * row :][:width] for sheet in sheets for row in range(sheet.height)]
    finally:
        document.close()
    return Picture(width, b"".join(rows))


def differences(kept: Picture, seen: Picture) -> list[str]:
    """Where the two are apart, in the page's pixels from its upper left corner; nothing if they are alike."""
    if kept == seen:
        return []
    sizes = [f"{each.width / SCALE:.0f} by {each.height / SCALE:.0f} pixels" for each in (kept, seen)]
    if kept.width != seen.width or abs(kept.height - seen.height) > 1:
        return [f"kept is {sizes[0]}, seen {sizes[1]}"]
    return [f"{apart:.0f} of 255 at {x}, {y}" for x, y, apart in _squares(kept, seen) if apart > TOLERANCE]


def _squares(kept: Picture, seen: Picture) -> Iterator[tuple[int, int, float]]:
    for top in range(0, min(kept.height, seen.height) - CELL + 1, CELL):
        for left in range(0, kept.width - CELL + 1, CELL):
            starts = [kept.width * (top + row) + left for row in range(CELL)]
            pairs = (zip(kept.grey[at : at + CELL], seen.grey[at : at + CELL], strict=True) for at in starts)
            apart = sum(abs(one - other) for row in pairs for one, other in row)
            yield round(left / SCALE), round(top / SCALE), apart / CELL**2


def encoded(picture: Picture) -> bytes:
    """As PNG, no row filtered, which `decoded` reads."""
    rows = (picture.grey[at : at + picture.width] for at in range(0, len(picture.grey), picture.width))
    head = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 0, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def decoded(data: bytes) -> Picture:
    assert data.startswith(_SIGNATURE) and data[24:26] == b"\x08\x00", "not a picture that was written here"
    width = int.from_bytes(data[16:20])
    (length,) = struct.unpack(">I", data[33:37])
    rows = zlib.decompress(data[41 : 41 + length])
    return Picture(width, b"".join(rows[at + 1 : at + 1 + width] for at in range(0, len(rows), width + 1)))


_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> None:
    """Replace what is kept."""
    pictures = drawn(wanted())
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.png"):
        path.unlink(missing_ok=True)
    for name, picture in pictures.items():
        (FOLDER / f"{name}.png").write_bytes(encoded(picture))


if __name__ == "__main__":
    main()
