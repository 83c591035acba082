"""What a seal stands for, and in words what differs once it is broken. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from curator.models import Rendered


def seal_hash(result: Rendered, addresses: Sequence[str]) -> str:
    """SHA-256 over subject, preheader, HTML, text and the sorted list, each with its length before it."""
    digest = hashlib.sha256()
    for part in (result.subject, result.preheader, result.html, result.text, "\n".join(sorted(addresses))):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def differences(sealed: Rendered, now: Rendered) -> list[str]:
    """What changed, at most two of it, each with the first line that differs."""
    changes = []
    for what, was, is_now in (
        ("subject", sealed.subject, now.subject),
        ("preheader", sealed.preheader, now.preheader),
        ("text", sealed.text, now.text),
        ("HTML", sealed.html, now.html),
    ):
        if was != is_now:
            changes.append(f"its {what} changed{_first_difference(was, is_now)}")
    return changes[:2]


def _first_difference(was: str, is_now: str) -> str:
    old, new = was.splitlines(), is_now.splitlines()
    for before, after in zip(old, new, strict=False):
        if before != after:
            return f" (“{before.strip()[:60]}” is now “{after.strip()[:60]}”)"
    return f" ({len(old)} lines, now {len(new)})"


def list_change(name: str, was: Sequence[str], is_now: Sequence[str]) -> str:
    """How many joined and left a mailing list; '' where the people are the same."""
    joined, left = len(set(is_now) - set(was)), len(set(was) - set(is_now))
    parts = [f"{joined} joined"] * bool(joined) + [f"{left} left"] * bool(left)
    return f"the list “{name}” changed: {' and '.join(parts)}" if parts else ""
