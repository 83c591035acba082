"""What was checked, by which rules, with which result: kept with an edition at its seal. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from curator import __version__
from curator.digest.rules import RULES, Broken, broken_rules
from curator.models import Certificate, Finding, Rendered, Ruling


def rendering_hash(rendered: Rendered) -> str:
    """SHA-256 over subject, preheader, HTML and text, each with its length before it."""
    digest = hashlib.sha256()
    for part in (rendered.subject, rendered.preheader, rendered.html, rendered.text):
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def certify(rendered: Rendered, at: datetime) -> Certificate:
    """A rendering looked at by every rule."""
    broken = broken_rules(rendered)
    rulings = (
        Ruling(rule.code, rule.what, tuple(each.message for each in broken if each.rule is rule)) for rule in RULES
    )
    return Certificate(rendering_hash(rendered), at.replace(microsecond=0), __version__, tuple(rulings))


def rule_findings(rendered: Rendered, digest: str) -> Iterator[Finding]:
    """The rules' faults as the check tells them; the mail's size has a finding of its own there."""
    for each in broken_rules(rendered):
        if each.rule.code != "whole":
            yield Finding(each.rule.level, each.rule.code, each.message, _place(each, digest))


def _place(each: Broken, digest: str) -> str:
    return f"{digest}, line {each.line} of the HTML" if each.line else f"{digest}, the mail"
