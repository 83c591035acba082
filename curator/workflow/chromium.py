"""The Chromium that draws and prints pages, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from curator.errors import TryLater

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 60.0  # seconds


def find(environ: Mapping[str, str]) -> str | None:
    """Its path; None where there is none on the PATH of `environ`."""
    return next((found for name in NAMES if (found := shutil.which(name, path=environ.get("PATH")))), None)


def made_of(page: str, browser: str, option: str, end: str, options: Sequence[str], instead: str) -> bytes:
    """What `browser` makes of `page`, HTML that loads nothing: `option` takes the file it is to write, whose name ends
    in `end`; `instead` is what else the editor can do. Raises TryLater where it fails, keeps silent, writes nothing."""
    with tempfile.TemporaryDirectory(prefix="curator-") as folder:
        source, made = Path(folder) / "page.html", Path(folder) / f"made{end}"
        source.write_text(page, encoding="utf-8")
        command = [browser, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile", *options]
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses root else
        _run([*command, f"{option}={made}", source.as_uri()], instead)
        if not made.is_file():
            raise TryLater(f"{browser} made nothing. Try again, or {instead}.")
        return made.read_bytes()


def _run(command: list[str], instead: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise TryLater(f"{command[0]} did not answer within {_PATIENCE:g} seconds. Try again, or {instead}.") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise TryLater(f"{command[0]} failed ({error}). Try again, or {instead}.") from error
