"""What templates write, in order: no trailing blanks, no heaps of empty lines."""

from __future__ import annotations

import re

from curator.digest.render.filters import SOFT

_BLANK_LINES = re.compile(r"\n{4,}")
_ANY_BLANK_LINES = re.compile(r"\n{2,}")


def tidy_html(html: str) -> str:
    """Without empty lines."""
    return _ANY_BLANK_LINES.sub("\n", _bare_lines(html)).strip("\n") + "\n"


def tidy_text(text: str) -> str:
    """No space at the end of a line but where `wrap` put a soft break: any other would join it with the next."""
    bare = _BLANK_LINES.sub("\n\n\n", _bare_lines(text)).strip("\n") + "\n"
    return bare.replace(f"{SOFT}\n", " \n").replace(SOFT, "")


def _bare_lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n"))
