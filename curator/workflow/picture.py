"""A coverage written as a picture: SVG by curator itself, PNG by a Chromium where there is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from curator.errors import UsageError
from curator.taxonomy import Taxonomy
from curator.workflow import chromium
from curator.workflow.coverage_svg import coverage_svg
from curator.workflow.replace import assert_folder, replace_file
from curator.workflow.report import Coverage


def write_picture(found: Coverage, taxonomy: Taxonomy, network: str, path: Path, environ: Mapping[str, str]) -> None:
    """Write the picture into `path`, in the form that the end of its name says.

    Raises UsageError for another end, or for PNG where there is no Chromium; TryLater where that does not answer;
    LibraryError or TryLater where the file cannot be written."""
    end = path.suffix.lower()
    if end not in (".svg", ".png"):
        raise UsageError(f"A picture is .svg or .png; {path.name} is neither. Name it so.")
    assert_folder(path)
    svg = coverage_svg(found, taxonomy, network)
    replace_file(path, svg.encode() if end == ".svg" else png_of(svg, environ))


def png_of(svg: str, environ: Mapping[str, str]) -> bytes:
    """The SVG as a PNG twice as large, so that it is sharp in print and on any screen; in its light colours."""
    browser = chromium.find(environ)
    if browser is None:
        raise UsageError("PNG needs Chromium or Chrome, and neither is here. Write .svg, which every browser shows.")
    width, height = re.findall(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)[0]
    page = f'<meta charset="utf-8"><style>body{{margin:0}}svg{{display:block}}</style>{svg}'
    options = ("--hide-scrollbars", "--force-device-scale-factor=2", "--blink-settings=preferredColorScheme=1")
    sized = (*options, f"--window-size={width},{height}")
    return chromium.made_of(page, browser, "--screenshot", ".png", sized, "write .svg")
