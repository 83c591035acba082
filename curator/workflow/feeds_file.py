"""feeds.toml rewritten by curator: feeds put in, taken out or said differently, the rest as the editor left it.

    bytes ─→ text ─with_feeds | without_feed | with_said→ text ─proved→ bytes

The text is edited, not a tree of it: tomlkit counts a comment to the table above it, so a feed that goes would take
the next one's heading along. What the edit did is proved by reading the result.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from curator.config import FEEDS_FILE, Config, config_of
from curator.errors import ConfigError, UsageError
from curator.taxonomy import Taxonomy
from curator.toml_file import toml_of
from curator.workflow.feeds_past import Change, forget_change, last_change, remember_change
from curator.workflow.locks import lock
from curator.workflow.replace import replace_file

_WAIT = 10.0  # seconds for another curator to finish with the file, which takes it some milliseconds
_FEED = re.compile(r"^[ \t]*\[\[[ \t]*feeds[ \t]*\]\]", re.MULTILINE)
_TABLE = re.compile(r"^[ \t]*\[(?![ \t]*feeds[ \t]*\.)", re.MULTILINE)
"""Where the next table begins; [feeds.select] belongs to the feed above it."""
_SAYS = re.compile(r"^[ \t]*[^\s#].*\n?", re.MULTILINE)
"""A line that is neither empty nor only a comment."""


def rewrite_feeds(folder: Path, taxonomy: Taxonomy, change: Callable[[str, Config], str], *, by: str = "") -> Config:
    """Give feeds.toml the text that `change` makes of its text and meaning, whole or not at all; answers its new
    meaning. Byte order mark, line ends, permissions and a symbolic link stay. Where `by` names an editor, `undo_feeds`
    can take it back for them.

    Raises ConfigError where either would not load, LibraryError or TryLater where it cannot be written."""
    shown = folder / FEEDS_FILE
    with lock(folder, "feeds", wait=_WAIT):
        path = Path(os.path.realpath(shown))
        before = path.read_bytes()
        text = before.removeprefix(BOM_UTF8).decode("utf-8")
        ends = "\r\n" if 0 < text.count("\n") == text.count("\r\n") else "\n"
        text = text.replace(ends, "\n")
        was = config_of(toml_of(text, shown), folder, taxonomy)
        after = change(text, was)
        config = config_of(toml_of(after, shown), folder, taxonomy)
        mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
        data = mark + after.replace("\n", ends).encode()
        if by and data != before:
            remember_change(folder, Change.of(by, what_changed(was, config), before, data))
        replace_file(path, data)
        return config


def undo_feeds(folder: Path, taxonomy: Taxonomy, by: str) -> tuple[Change, Config] | None:
    """Give feeds.toml the text it had before the editor's last change; answers what is taken back, and its meaning now;
    None where nothing is left.

    Raises UsageError where somebody else has changed the file since; and as above."""
    shown = folder / FEEDS_FILE
    with lock(folder, "feeds", wait=_WAIT):
        path = Path(os.path.realpath(shown))
        last = last_change(folder, by, path.read_bytes())
        if last is None:
            return None
        config = config_of(toml_of(last.before.removeprefix("\ufeff"), shown), folder, taxonomy)
        replace_file(path, last.before.encode())
        forget_change(folder)
        return last, config


def what_changed(was: Config, now: Config) -> str:
    """In a few words: which feeds were added, removed or said differently."""
    before, after = ({feed.slug: feed for feed in config.feeds} for config in (was, now))
    changed = {
        "added": [slug for slug in after if slug not in before],
        "removed": [slug for slug in before if slug not in after],
        "changed": [slug for slug, feed in after.items() if slug in before and before[slug] != feed],
    }
    return "; ".join(f"{word} {_few(slugs)}" for word, slugs in changed.items() if slugs)


def _few(slugs: Sequence[str]) -> str:
    return ", ".join(slugs) if len(slugs) <= 3 else f"{len(slugs)} feeds"


def _written(value: Any) -> str:
    """A value on one line, a table in braces."""
    import tomlkit

    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(each)}" for key, each in value.items()) + " }"
    return str(tomlkit.item(value).as_string())


def with_feeds(text: str, feeds: Sequence[Mapping[str, Any]]) -> str:
    """`text` with more feeds at its end. UsageError where the file is written so that they cannot be put there."""
    blocks = [text.rstrip()]
    for feed in feeds:
        lines = "".join(f"{key:<9} = {_written(value)}\n" for key, value in feed.items())
        blocks.append(f"[[feeds]]\n{lines.rstrip()}")
    after = "\n\n".join(blocks).lstrip() + "\n"
    return _proved(text, after, [*_feeds(text), *map(dict, feeds)])


def without_feed(text: str, slug: str) -> str:
    """`text` without the feed of that slug; comments above and below it stay. UsageError as above."""
    feeds, (head, end) = _feeds(text), _block(text, slug)
    block = list(_SAYS.finditer(text, head, end))
    above, below = text[:head], text[block[-1].end() :]
    if above.endswith("\n\n") or not above:
        below = re.sub(r"\A[ \t]*\n", "", below)
    return _proved(text, above + below, [feed for feed in feeds if feed["slug"] != slug])


def with_said(text: str, slug: str, key: str, value: str | bool | None) -> str:
    """`text` where the feed of that slug says `value` for `key`, or nothing of it (None); a comment behind the old
    value stays. UsageError as above."""
    head, end = _block(text, slug)
    inner = re.compile(r"^[ \t]*\[(?!\[)", re.MULTILINE).search(text, text.index("\n", head), end)
    block = text[head : inner.start() if inner else end]
    feeds = [{**feed, key: value} if feed["slug"] == slug else feed for feed in _feeds(text)]
    if value is None:
        feeds = [{k: v for k, v in feed.items() if v is not None} for feed in feeds]
    return _proved(text, text[:head] + _resaid(block, key, value) + text[head + len(block) :], feeds)


_VALUE = r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|true|false)"""


def _resaid(block: str, key: str, value: str | bool | None) -> str:
    """The lines of one feed, with that key's value put in, put in the place of another, or its line taken out."""
    line = re.compile(rf"^([ \t]*{key}[ \t]*=[ \t]*){_VALUE}([^\n]*)(\n|\Z)", re.MULTILINE)
    found = line.search(block)
    if found and value is None:
        comment = found[3].strip()
        return block[: found.start()] + (f"{comment}{found[4]}" if comment else "") + block[found.end() :]
    if found:
        return f"{block[: found.start(2)]}{_written(value)}{block[found.end(2) :]}"
    last = list(_SAYS.finditer(block))[-1].end()
    ends = "" if block[:last].endswith("\n") else "\n"
    return f"{block[:last]}{ends}{key:<9} = {_written(value)}\n{block[last:]}"


def _block(text: str, slug: str) -> tuple[int, int]:
    """Where the feed of that slug begins, and where the next table does."""
    feeds = _feeds(text)
    place = next((number for number, feed in enumerate(feeds) if feed["slug"] == slug), None)
    heads = [found.start() for found in _FEED.finditer(text)]
    if place is None or len(heads) != len(feeds):
        raise _by_hand()
    head = heads[place]
    following = _TABLE.search(text, text.index("\n", head)) if "\n" in text[head:] else None
    return head, following.start() if following else len(text)


def _feeds(text: str) -> list[dict[str, Any]]:
    feeds: list[dict[str, Any]] = toml_of(text, FEEDS_FILE).get("feeds", [])
    return feeds


def _proved(before: str, after: str, feeds: list[dict[str, Any]]) -> str:
    """`after`, if it says what `before` says but for these feeds."""
    try:
        says = toml_of(after, FEEDS_FILE)
    except ConfigError:
        raise _by_hand() from None
    if {"feeds": [], **says} != {**toml_of(before, FEEDS_FILE), "feeds": feeds}:
        raise _by_hand()
    return after


def _by_hand() -> UsageError:
    return UsageError(
        f"{FEEDS_FILE} is not written as one [[feeds]] block for each feed, so curator cannot change it. "
        "Write that in an editor; nothing was changed."
    )
