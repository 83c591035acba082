"""A page on paper: PDF by a Chromium, where there is one."""

from __future__ import annotations

from collections.abc import Mapping

from curator.errors import UsageError
from curator.workflow import chromium

_OPTIONS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


def pdf_of(page: str, environ: Mapping[str, str]) -> bytes:
    """`page`, HTML that loads nothing and whose policy lets no script run, as a tagged PDF with an outline.

    Raises UsageError where there is no Chromium, TryLater where it fails or keeps silent."""
    browser = chromium.find(environ)
    if browser is None:
        raise UsageError("PDF needs Chromium or Chrome, and neither is here. Export it as web, and print it elsewhere.")
    return chromium.made_of(page, browser, "--print-to-pdf", ".pdf", _OPTIONS, "export it as web")
