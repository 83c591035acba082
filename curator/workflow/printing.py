"""A page on paper: PDF by a Chromium, where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from curator.errors import TryLater, UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PATIENCE = 60.0  # seconds


def pdf_of(page: str, environ: Mapping[str, str]) -> bytes:
    """`page`, HTML that loads nothing and whose policy lets no script run, as a tagged PDF with an outline.

    Raises UsageError where there is no Chromium, TryLater where it fails or keeps silent."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name, path=environ.get("PATH")))), None)
    if browser is None:
        raise UsageError("PDF needs Chromium or Chrome, and neither is here. Export it as web, and print it elsewhere.")
    with tempfile.TemporaryDirectory(prefix="curator-") as made:
        source, printed = Path(made) / "page.html", Path(made) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [browser, "--headless", "--disable-gpu"]
        command += [
            f"--user-data-dir={made}/profile",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--no-pdf-header-footer",
        ]
        command += ["--export-tagged-pdf", "--generate-pdf-document-outline"]
        command += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it refuses root else
        _run([*command, f"--print-to-pdf={printed}", source.as_uri()])
        if not printed.is_file():
            raise TryLater(f"{browser} printed nothing. Try again, or export it as web.")
        return printed.read_bytes()


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        raise TryLater(f"{command[0]} did not answer within {_PATIENCE:g} seconds. Try again.") from None
    except (subprocess.CalledProcessError, OSError) as error:
        raise TryLater(f"{command[0]} failed ({error}). Try again, or export it as web.") from error
