"""Coverage as a picture: well-formed, said in words, legible in light and dark, safe whatever a label says."""

from __future__ import annotations

import os
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from curator.errors import UsageError
from curator.taxonomy import Taxonomy, default_taxonomy_path, load_taxonomy
from curator.workflow.coverage_svg import DARK, LIGHT, coverage_svg, described
from curator.workflow.picture import png_of, write_picture
from curator.workflow.report import NONE, ORGANISATIONS, OTHER, Coverage, shade

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
CELLS = {("recovery", "SE"): 1, ("recovery", "GB-SCT"): 8, ("medication", "SE"): 5, (NONE, ORGANISATIONS): 2}
FOUND = Coverage(
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    documents=15,
    themes=("recovery", "peer-support", "medication", NONE),
    countries=("SE", "GB-SCT", "IE", OTHER, ORGANISATIONS),
    months=MONTHS,
    cells=CELLS,
    by_theme={"recovery": 8, "medication": 5, NONE: 2},
    by_country={"SE": 6, "GB-SCT": 8, ORGANISATIONS: 2},
    in_month={"2026-03": 10, "2026-04": 5},
)


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(default_taxonomy_path())


def drawn(found: Coverage, taxonomy: Taxonomy, network: str = "A network") -> ET.Element:
    return ET.fromstring(coverage_svg(found, taxonomy, network))


def classed(picture: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in picture.iter() if one.get("class") == name]


def test_shades_run_from_the_least_to_the_most() -> None:
    assert [shade(count, 8) for count in (0, 1, 2, 3, 5, 7, 8)] == [0, 1, 1, 2, 3, 4, 4]
    assert shade(1, 1) == 1


def test_every_cell_has_its_shade_its_count_and_its_name(taxonomy: Taxonomy) -> None:
    picture = drawn(FOUND, taxonomy)
    for level, counts in {1: ["1", "2"], 3: ["5"], 4: ["8"]}.items():
        assert [one.text for one in classed(picture, f"n{level}")] == counts
        assert len(classed(picture, f"c{level}")) == len(counts) + 1  # one is the legend's
    silent = [one.findtext(f"{SVG}title") for one in classed(picture, "silent")[1:]]
    assert len(silent) == 4 * 5 - 4
    assert "Peer support · Ireland: 0 documents" in silent
    assert "Recovery · Sweden: 1 document" in [one.findtext(f"{SVG}title") for one in classed(picture, "c1")]


def test_it_says_in_words_what_it_shows(taxonomy: Taxonomy) -> None:
    picture = drawn(FOUND, taxonomy)
    assert picture.get("role") == "img"
    named = [picture.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert picture.get("aria-labelledby") == " ".join(one.get("id", "") for one in named if one is not None)
    assert picture.findtext(f"{SVG}title") == "A network: 15 documents kept, Jan 2026 to Dec 2026"
    assert described(FOUND, taxonomy) == (
        "4 themes by 5 countries and groups. The fullest cell is Recovery · Scotland with 8 documents. "
        "Nothing from Ireland, other countries. Nothing on Peer support."
    )


def test_nothing_kept_is_said_and_drawn(taxonomy: Taxonomy) -> None:
    empty = replace(FOUND, documents=0, cells={}, by_theme={}, by_country={}, in_month={})
    picture = drawn(empty, taxonomy)
    assert len(classed(picture, "silent")) == 4 * 5 + 1
    assert "every cell is empty" in (picture.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "A & B \"c\" 'd'", "x\x1b[31m\u202ey\x00", "日本" * 60])
def test_no_name_breaks_out_of_it(taxonomy: Taxonomy, name: str) -> None:
    found = replace(FOUND, themes=(name, *FOUND.themes), cells={**CELLS, (name, "SE"): 3}, by_theme={name: 3})
    picture = drawn(found, taxonomy, name)
    assert {one.tag.removeprefix(SVG) for one in picture.iter()} == {"svg", "title", "desc", "style", "rect", "text"}
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", "".join(picture.itertext()))
    width = float(picture.get("width", "0"))
    assert all(0 <= float(one.get("x", "0")) <= width for one in picture.iter())


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_figure_is_legible(colours: Mapping[str, str]) -> None:
    pairs = [(colours[level], colours[f"on-{level}"]) for level in "1234"]
    pairs += [(colours["paper"], colours[name]) for name in ("ink", "dim")]
    assert all(contrast(*pair) >= 4.5 for pair in pairs), [round(contrast(*pair), 1) for pair in pairs]
    steps = [luminance(colours[level]) for level in "1234"]
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_it_is_written_and_only_in_a_form_that_is_known(taxonomy: Taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    write_picture(FOUND, taxonomy, "A network", path, {})
    assert ET.parse(path).getroot().tag == f"{SVG}svg"
    with pytest.raises(UsageError, match=r"a\.gif is neither"):
        write_picture(FOUND, taxonomy, "A network", tmp_path / "a.gif", {})
    with pytest.raises(UsageError, match="There is no folder"):
        write_picture(FOUND, taxonomy, "A network", tmp_path / "none" / "a.svg", {})
    with pytest.raises(UsageError, match="neither is here"):
        write_picture(FOUND, taxonomy, "A network", tmp_path / "a.png", {"PATH": str(tmp_path)})
    assert [one.name for one in tmp_path.iterdir()] == ["a.svg"]


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_a_png_is_twice_as_large_as_the_svg_says(taxonomy: Taxonomy) -> None:
    svg = coverage_svg(FOUND, taxonomy, "A network")
    data = png_of(svg, os.environ)
    assert data.startswith(b"\x89PNG")
    size = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert size == tuple(2 * int(one) for one in re.findall(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)[0])
