"""The text behind a link: `read_url`, `read_file`, `read_bytes` give a `Page`, from HTML, PDF, mail or plain text;
`read_lines` the lines as they are set."""

from __future__ import annotations

from curator.reading.pages import Page
from curator.reading.pdf import WITHOUT_TEXT, PicturesOnly
from curator.reading.read import read_bytes, read_file, read_lines, read_url

__all__ = ["WITHOUT_TEXT", "Page", "PicturesOnly", "read_bytes", "read_file", "read_lines", "read_url"]
