"""Plain text that cannot hurt: what a feed, a page or a file says, made safe for a terminal, a mail and a name.

Pure and at the bottom of the house, because every room that shows foreign words needs it.
"""

from __future__ import annotations

import re
import unicodedata

# Cc and Cs, bidirectional controls (Unicode TR9: embeddings, overrides, isolates, marks) and the invisible
# ones that fake a word: zero-width space, word joiner, BOM, soft hyphen, line and paragraph separators.
# Zero-width joiner and non-joiner stay: Persian, Hindi and emoji need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[-‐-―'’‘`_/]")
_BLANK = re.compile(r"\n\s*\n\s*")


def plain_line(text: str, limit: int = 0) -> str:
    """`text` on one line: no control or direction characters, single spaces; cut with … at `limit` characters."""
    is_plain = text.isascii() and text.isprintable() and "  " not in text  # as most are
    line = text.strip() if is_plain else " ".join(_safe(text).split())
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def plain_text(text: str) -> str:
    """`text` with its paragraphs (one empty line between), otherwise as `plain_line`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    safe = _safe(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)
    return "\n\n".join(line for paragraph in _BLANK.split(safe) if (line := " ".join(paragraph.split())))


def plain_lines(text: str) -> str:
    """`text` with its lines, spaces and tabs as they stand: no control or direction characters."""
    return _safe(text.replace("\r\n", "\n").replace("\r", "\n"))


def _safe(text: str) -> str:
    if text.replace("\n", "").isprintable():  # nothing of what follows is, in Unicode's sense
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    text = _UNSAFE.sub("", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """`text` for comparing: lower case, no accents, hyphens and apostrophes as spaces, single spaces."""
    if text.isascii():
        bare = text.lower()
        for mark in "-'`_/":
            bare = bare.replace(mark, " ")
    else:
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
        bare = _MARKS.sub(" ", bare.casefold())
    return " ".join(bare.split())


def columns(text: str) -> int:
    """How many columns a line takes in plain text; for a rule as long as its heading."""
    wide = unicodedata.east_asian_width
    return sum(0 if unicodedata.combining(one) else 2 if wide(one) in "WF" else 1 for one in text)


def slugify(text: str, limit: int = 60) -> str:
    """A name safe in files, TOML and a shell: `a-z0-9-`, at most `limit` characters; `x` where nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return slug[:limit].strip("-") or "x"
