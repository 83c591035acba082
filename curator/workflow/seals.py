"""What a seal stands for, and in words what differs once it is broken. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from curator.models import Certificate, Finding, Rendered, Seal

_TOLD = ("From", "Reply-To", "mailing list", "subject", "preheader", "text")
"""What an editor would look for first; HTML and list headers follow from these, or changed alone."""


def seal_hash(result: Rendered, addresses: Sequence[str], contents: str = "") -> str:
    """SHA-256 over headers, mailing list, subject, preheader, HTML, text, the sorted addresses and, where it is kept,
    what all other forms are made from, each with its length before it."""
    digest = hashlib.sha256()
    headers = "\n".join(f"{name}: {words}" for name, words in sorted(result.headers.items()))
    words = (result.mailing_list, result.subject, result.preheader, result.html, result.text)
    for part in (headers, *words, "\n".join(sorted(addresses)), *([contents] if contents else [])):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _checked(result: Rendered) -> str:
    from curator.digest.certificate import rendering_hash

    return rendering_hash(result)


def certified(result: Rendered, at: datetime) -> Certificate:
    """What every rule says of a rendering; loads what takes HTML apart only then."""
    from curator.digest.certificate import certify

    return certify(result, at)


def altered(
    seal: Seal, result: Rendered, addresses: Sequence[str], certificate: Certificate | None, contents: str
) -> str | None:
    """Why what is kept beside a seal is not what was approved; None where it is. Seals older than certificates have
    none; older ones do not cover `contents`, '' where none are kept."""
    if seal.hash not in (seal_hash(result, addresses, contents), seal_hash(result, addresses)):
        return "what was approved is not in the library any more as it was"
    if certificate and certificate.hash != _checked(result):
        return "its certificate is that of another mail"
    return None


def differences(sealed: Rendered, now: Rendered) -> list[str]:
    """What changed, at most two of it, each with the first words that differ; HTML and what follows from other changes
    only where nothing else did."""
    was, is_now = _parts(sealed), _parts(now)
    changed = [what for what in was | is_now if was.get(what, "") != is_now.get(what, "")]
    told = [what for what in _TOLD if what in changed] or changed
    return [f"its {what} changed{_first_difference(was.get(what, ''), is_now.get(what, ''))}" for what in told[:2]]


def _parts(result: Rendered) -> dict[str, str]:
    words = {"mailing list": result.mailing_list, "subject": result.subject, "preheader": result.preheader}
    return {**words, "text": result.text, "HTML": result.html, **result.headers}


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
