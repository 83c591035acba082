"""A coverage written as a picture: SVG by curator itself, PNG by a Chromium where there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from curator.errors import TryLater, UsageError
from curator.taxonomy import Taxonomy
from curator.workflow.coverage_svg import coverage_svg
from curator.workflow.replace import replace_file
from curator.workflow.report import Coverage

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 60.0  # seconds


def write_picture(found: Coverage, taxonomy: Taxonomy, network: str, path: Path, environ: Mapping[str, str]) -> None:
    """Write the picture into `path`, in the form that the end of its name says.

    Raises UsageError for another end, or for PNG where there is no Chromium; TryLater where that does not answer;
    LibraryError or TryLater where the file cannot be written."""
    end = path.suffix.lower()
    if end not in (".svg", ".png"):
        raise UsageError(f"A picture is .svg or .png; {path.name} is neither. Name it so.")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}. Make it, or name another.")
    svg = coverage_svg(found, taxonomy, network)
    replace_file(path, svg.encode() if end == ".svg" else png_of(svg, environ))


def png_of(svg: str, environ: Mapping[str, str]) -> bytes:
    """The SVG as a PNG twice as large, so that it is sharp in print and on any screen; in its light colours."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name, path=environ.get("PATH")))), None)
    if browser is None:
        raise UsageError("PNG needs Chromium or Chrome, and neither is here. Write .svg, which every browser shows.")
    width, height = re.findall(r'<svg [^>]*width="(\d+)" height="(\d+)"', svg)[0]
    with tempfile.TemporaryDirectory(prefix="curator-") as made:
        page, picture = Path(made) / "picture.html", Path(made) / "picture.png"
        page.write_text(f'<meta charset="utf-8"><style>body{{margin:0}}svg{{display:block}}</style>{svg}', "utf-8")
        command = [browser, "--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
        command += [f"--user-data-dir={made}/profile", "--blink-settings=preferredColorScheme=1"]
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses root else
        command += [f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri()]
        _run(command)
        if not picture.is_file():
            raise TryLater(f"{browser} drew nothing. Try again, or write .svg.")
        return picture.read_bytes()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise TryLater(f"{command[0]} did not answer within {_PATIENCE:g} seconds. Try again, or write .svg.") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise TryLater(f"{command[0]} failed ({error}). Try again, or write .svg.") from error
