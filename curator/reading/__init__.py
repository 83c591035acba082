"""The text behind a link: `read_url` and `read_file` give a `Page`, from HTML, PDF or plain text."""

from __future__ import annotations

from curator.reading.pages import Page
from curator.reading.read import read_file, read_url

__all__ = ["Page", "read_file", "read_url"]
