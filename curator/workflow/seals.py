"""What a seal stands for, and in words what differs once it is broken. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple

from curator.models import Finding, Rendered


def seal_hash(result: Rendered, addresses: Sequence[str]) -> str:
    """SHA-256 over letterhead, subject, preheader, HTML, text and the sorted list, each with its length before it."""
    digest = hashlib.sha256()
    words = (result.subject, result.preheader, result.html, result.text)
    for part in (*astuple(result.letterhead), *words, "\n".join(sorted(addresses))):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def differences(sealed: Rendered, now: Rendered) -> list[str]:
    """What changed, at most two of it, each with the first words that differ; HTML where nothing else did."""
    was, is_now = sealed.letterhead, now.letterhead
    pairs = (
        ("sender", was.sender, is_now.sender),
        ("reply_to", was.reply_to, is_now.reply_to),
        ("mailing list", was.mailing_list, is_now.mailing_list),
        ("subject", sealed.subject, now.subject),
        ("preheader", sealed.preheader, now.preheader),
        ("text", sealed.text, now.text),
    )
    changes = [f"its {what} changed{_first_difference(old, new)}" for what, old, new in pairs if old != new]
    if not changes and was != is_now:
        changes = [f"its list headers changed{_first_difference(was.list_id, is_now.list_id)}"]
    if not changes and sealed.html != now.html:
        changes = [f"its HTML changed{_first_difference(sealed.html, now.html)}"]
    return changes[:2]


def _first_difference(was: str, is_now: str) -> str:
    """The first line that differs, cut to where it does."""
    old, new = was.splitlines() or [""], is_now.splitlines() or [""]
    for before, after in zip(old, new, strict=False):
        if before != after:
            pairs = zip(before, after, strict=False)
            same = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
            return f" (“{_around(before, same)}” is now “{_around(after, same)}”)"
    return f" ({len(old)} lines, now {len(new)})"


def _around(line: str, at: int) -> str:
    """At most 60 characters of a line, the one at `at` among them."""
    start = 0 if at < 40 else at - 20
    return "…" * bool(start) + line[start:].strip()[:60]


def list_change(name: str, was: Sequence[str], is_now: Sequence[str]) -> str:
    """How many joined and left a mailing list; '' where the people are the same."""
    joined, left = len(set(is_now) - set(was)), len(set(was) - set(is_now))
    parts = [f"{joined} joined"] * bool(joined) + [f"{left} left"] * bool(left)
    return f"the list “{name}” changed: {' and '.join(parts)}" if parts else ""


def blocked(name: str, blocking: Sequence[Finding]) -> str:
    """Why an edition cannot be sealed, each finding on a line of its own."""
    listed = "\n".join(f"  {one.where or name}: {one.message}" for one in blocking)
    count = f"{len(blocking)} finding{'s' * (len(blocking) > 1)}"
    return f"{name} cannot be sealed; {count} must be mended first:\n{listed}"
